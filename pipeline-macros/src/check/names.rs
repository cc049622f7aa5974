//! Rules about names.

use syn::Ident;

use crate::{
    diagnostics::Diagnostics,
    graph::{End, FuncBody, Graph, Op},
    uses::Uses,
};

pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    for statement in &graph.statements {
        if let End::Route(edges, op) = &statement.end {
            let branches: Vec<&Ident> = edges.iter().map(|&edge| &graph.edges[edge].name).collect();
            reserved_branch(&branches, diagnostics);
            if !statement.tainted {
                unnamed_branch(&branches, op, diagnostics);
            }
        }
    }
}

/// A branch of a `route` is called `skip`, which in its closure drops the item.
fn reserved_branch(branches: &[&Ident], diagnostics: &mut Diagnostics) {
    for branch in branches.iter().filter(|branch| **branch == "skip") {
        diagnostics.error(branch, "`skip` drops an item in a `route` and cannot name a branch");
    }
}

/// No arm of a `route` names one of its branches, so it would stay empty.
fn unnamed_branch(branches: &[&Ident], op: &Op, diagnostics: &mut Diagnostics) {
    let Some(func) = op.function().filter(|func| matches!(func.body, FuncBody::Closure { .. })) else { return };
    let uses = Uses::of_function(func);
    for branch in branches {
        if !uses.contains(branch) {
            let message = format!(
                "no arm of the `route` gives anything to the branch `{branch}`\n\
                 help: name it in the closure, `… => {branch}(x)`, or remove it"
            );
            diagnostics.error(branch, message);
        }
    }
}
