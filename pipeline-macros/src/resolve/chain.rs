//! A statement's chain: the operators, and what stands at its end.

use proc_macro2::TokenStream;
use syn::Ident;

use super::{op, streams::Streams};
use crate::{
    diagnostics::Diagnostics,
    graph::{Op, StatementKind},
    ops::{OpKind, Role},
    syntax::{Call, Flow, Link, Statement, Target},
};

/// The operators of a statement, the one that ends it apart.
pub(super) struct Chain {
    pub(super) ops: Vec<Op>,
    /// A terminal or fan-out operator.
    pub(super) last: Option<Op>,
    /// A mistake in it was reported and left out.
    pub(super) tainted: bool,
}

/// Reads the chain of a `stage` or `sink`, and checks that each operator may stand where it stands. What cannot stand
/// there keeps its place, without a meaning.
pub(super) fn lower(
    flow: &Flow,
    kind: StatementKind,
    written: &Statement,
    name: &Ident,
    streams: &mut Streams,
    diagnostics: &mut Diagnostics,
) -> Chain {
    let mut chain = Chain { ops: Vec::new(), last: None, tainted: written.cut };
    let (target, count) = (&written.target, flow.links.len());
    for (at, link) in flow.links.iter().enumerate() {
        let Link::Call(call) = link else {
            chain.ops.push(Op::unread(name, Vec::new()));
            continue;
        };
        let before = diagnostics.count();
        let Some(op) = op::lower(call, diagnostics) else {
            if call.mended {
                diagnostics.truncate(before);
            }
            chain.give_up(call, streams);
            continue;
        };
        let last = at + 1 == count;
        let mistake = match op.spec.role {
            Role::PerItem | Role::Grouping => None,
            Role::Whole => misplaced_whole(&op, kind, count),
            Role::FanOut => misplaced_fan_out(&op, kind, last, target),
            Role::Terminal => misplaced_terminal(&op, kind, last),
        };
        match (mistake, op.spec.role) {
            (Some(message), _) => {
                diagnostics.error(&op.name, message);
                chain.give_up(call, streams);
            }
            // Its branches are not known.
            (None, Role::FanOut) if matches!(target, Target::Unread) => chain.give_up(call, streams),
            (None, Role::FanOut | Role::Terminal) => chain.last = Some(op),
            (None, Role::Whole) if kind == StatementKind::Sink => chain.last = Some(op),
            (None, _) => chain.ops.push(op),
        }
    }
    if chain.last.is_none() && !chain.tainted {
        chain.tainted = report_no_end(kind, target, name, diagnostics);
    }
    chain
}

impl Chain {
    /// Keeps the place and the expressions of a call in which a mistake was reported. A stream that it names was meant
    /// to be read.
    fn give_up(&mut self, call: &Call, streams: &mut Streams) {
        for arg in &call.args {
            streams.leave_out(arg);
        }
        self.ops.push(Op::unread(&call.name, call.args.clone()));
        self.tainted = true;
    }
}

fn misplaced_whole(op: &Op, kind: StatementKind, calls: usize) -> Option<String> {
    let name = &op.name;
    if calls > 1 {
        return Some(format!(
            "`{name}` is a whole stage and must be the only operator of its statement\n\
             help: give it a stage of its own"
        ));
    }
    (kind == StatementKind::Sink && op.spec.kind != OpKind::Via).then(|| {
        format!(
            "`{name}` has an output and cannot end a sink\n\
             help: make it a `stage`, and read that in a sink"
        )
    })
}

fn misplaced_fan_out(op: &Op, kind: StatementKind, last: bool, target: &Target) -> Option<String> {
    let name = &op.name;
    let example = match op.spec.kind {
        OpKind::Tee => "`stage (a, b) = x.tee();`",
        _ => "`stage (a, b) = x.route(…);`",
    };
    match (kind, last, !matches!(target, Target::One(_))) {
        (StatementKind::Stage, true, true) => None,
        (StatementKind::Stage, false, _) => Some(format!("`{name}` must be the last operator of its stage")),
        (StatementKind::Stage, true, false) => Some(format!(
            "`{name}` has several outputs and needs a list of branches\n\
             help: {example}"
        )),
        _ => Some(format!(
            "`{name}` has several outputs and cannot stand in a sink\n\
             help: {example}"
        )),
    }
}

fn misplaced_terminal(op: &Op, kind: StatementKind, last: bool) -> Option<String> {
    let name = &op.name;
    match (kind, last) {
        (StatementKind::Sink, true) => None,
        (StatementKind::Sink, false) => Some(format!("`{name}` ends the stream and must be the last operator")),
        _ => Some(format!(
            "`{name}` ends the stream and cannot stand in a `stage`\n\
             help: make it a `sink`"
        )),
    }
}

/// Reports a chain that does not end as its statement must.
fn report_no_end(kind: StatementKind, target: &Target, name: &Ident, diagnostics: &mut Diagnostics) -> bool {
    match target {
        Target::Many(names) => {
            let list: Vec<&Ident> = names.iter().map(|name| &name.ident).collect();
            let tokens: TokenStream = quote::quote!(#(#list),*);
            diagnostics.error(tokens, "several outputs need `tee` or `route` as the last operator");
            true
        }
        Target::One(_) if kind == StatementKind::Sink => {
            let message = format!(
                "the sink `{name}` does not end its stream\n\
                 help: end it in an operator such as `for_each`, `fold`, `collect`, `count`, `forward` or `discard`"
            );
            diagnostics.error(name, message);
            true
        }
        Target::One(_) | Target::Unread => false,
    }
}
