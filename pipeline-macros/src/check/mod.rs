//! What is wrong with a graph whose names are all known: one rule per function, one file per family.
//!
//! What rustc says better is left to rustc.

mod blocking;
mod entrance;
mod guard;
mod inline;
mod lints;
mod policy;
mod ports;
pub(crate) mod rates;
mod shape;
mod source;

use crate::{
    diagnostics::Diagnostics,
    graph::{Graph, Head, Op, Statement},
    ops::OpKind,
};

/// Applies every rule. `diagnostics` has what was found before about names.
pub(crate) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    let names_are_wrong = diagnostics.has_errors();
    check_but_rates(graph, diagnostics);
    if !names_are_wrong {
        rates::check(graph, diagnostics);
    }
}

/// Every rule but that no shape may come to a stop.
pub(crate) fn check_but_rates(graph: &Graph, diagnostics: &mut Diagnostics) {
    shape::check(graph, diagnostics);
    policy::check(graph, diagnostics);
    guard::check(graph, diagnostics);
    source::check(graph, diagnostics);
    inline::check(graph, diagnostics);
    ports::check(graph, diagnostics);
    lints::check(graph, diagnostics);
}

/// Whether its input is written `lines?`, so that items fail before any operator sees them.
fn has_question(statement: &Statement) -> bool {
    match &statement.head {
        Head::Source(_) | Head::Generator(_) | Head::Input => false,
        Head::Edge { question, .. } | Head::Join { question, .. } => question.is_some(),
    }
}

/// Whether an item may fail in some operator.
fn any_may_fail(statement: &Statement) -> bool {
    statement.all_ops().any(|op| statement.may_fail(op))
}

/// Whether it says what becomes of failed items, and none can fail.
pub(crate) fn speaks_of_failures_in_vain(statement: &Statement) -> bool {
    let speaks = statement.rejects.is_some() || statement.attrs.written("on_error").is_some();
    speaks && !statement.tainted && !is_process(statement) && !has_question(statement) && !any_may_fail(statement)
}

fn is_async(op: &Op) -> bool {
    op.is_async()
}

/// Whether its only operator is `process`.
fn is_process(statement: &Statement) -> bool {
    statement.ops.iter().any(|op| op.spec.kind == OpKind::Process)
}
