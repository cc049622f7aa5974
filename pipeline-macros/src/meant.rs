//! What a pipeline with mistakes was meant to be, as far as they tell: what rustc would say of it as it is are their
//! consequences.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, Type, token};

use crate::{
    check,
    graph::{EdgeId, End, Func, FuncBody, Graph, Head, Op, Statement},
    ops::OpKind,
    resolve,
};

/// Changes what was reported.
pub(crate) fn mend(graph: &mut Graph, runtime: &TokenStream) {
    for statement in &mut graph.statements {
        waiting_is_async(statement);
        what_should_fail_is_unknown(statement);
    }
    let unread = Type::Verbatim(quote!(#runtime::__private::Unread<PIPELINE_MISTAKES>));
    let unknown = readers_of_unknown(graph);
    for (statement, is_unknown) in graph.statements.iter_mut().zip(unknown) {
        type_unknown_items(statement, is_unknown, &unread);
    }
}

/// Which statements read items of which nothing is known: from one to the next, until no more are found.
fn readers_of_unknown(graph: &Graph) -> Vec<bool> {
    let mut unknown = vec![false; graph.statements.len()];
    loop {
        let mut has_changed = false;
        for (id, statement) in graph.statements.iter().enumerate() {
            if !unknown[id] && statement.head.edges().any(|edge| is_unknown(graph, edge, &unknown)) {
                unknown[id] = true;
                has_changed = true;
            }
        }
        if !has_changed {
            return unknown;
        }
    }
}

fn is_unknown(graph: &Graph, id: EdgeId, unknown: &[bool]) -> bool {
    let edge = &graph.edges[id];
    let Some(statement) = graph.statements.get(edge.from) else { return true };
    let is_made = statement.outputs().any(|output| output == id);
    if edge.ty.is_some() || is_made && statement.rejects != Some(id) && statement.ty.is_some() {
        return false;
    }
    let is_lost = |op: &Op| op.is_unread() || is_half_typed(op);
    let is_head_lost = matches!(&statement.head, Head::Source(expr) if is_unfinished(expr));
    !is_made || is_head_lost || statement.ops.iter().any(is_lost) || unknown[edge.from]
}

/// Of what it gives the type is not known.
fn is_half_typed(op: &Op) -> bool {
    let gives =
        matches!(op.spec.kind, OpKind::Map | OpKind::FilterMap | OpKind::FlatMap | OpKind::Scan | OpKind::MapInit);
    let is_cut = |func: &Func| matches!(&func.body, FuncBody::Closure { body, .. } if is_unfinished(body));
    gives && op.function().is_some_and(is_cut)
}

/// Whether something stands in it for what is missing.
fn is_unfinished(expr: &Expr) -> bool {
    expr.to_token_stream().to_string().contains("unfinished")
}

/// Gives unknown items the type of which rustc says no more: else it takes what is lent to a `&str` for a `str`.
fn type_unknown_items(statement: &mut Statement, mut is_unknown: bool, unread: &Type) {
    let last = match &mut statement.end {
        End::Terminal(op) | End::Route(_, op) => Some(op),
        End::Edge(_) | End::Tee(..) => None,
    };
    for op in statement.ops.iter_mut().chain(last) {
        if is_unknown && !matches!(op.spec.kind, OpKind::Process | OpKind::Via | OpKind::Reduce) {
            let at_front = op.spec.kind == OpKind::Recurse;
            op.functions_mut().for_each(|func| type_item(func, at_front, unread));
            if op.spec.kind == OpKind::FlatMap {
                op.functions_mut().for_each(|func| type_output(func, unread));
            }
        }
        is_unknown |= op.is_unread();
    }
}

/// What an unknown item is made many of is not known either, nor in which way.
fn type_output(func: &mut Func, unread: &Type) {
    if let FuncBody::Closure { output, .. } = &mut func.body {
        output.get_or_insert_with(|| unread.clone());
    }
}

fn type_item(func: &mut Func, at_front: bool, unread: &Type) {
    let FuncBody::Closure { params, .. } = &mut func.body else { return };
    let item = if at_front { params.first_mut() } else { params.last_mut() };
    if let Some(item) = item.filter(|item| item.ty.is_none()) {
        item.ty = Some(unread.clone());
    }
}

/// A body that waits in a statement that asks for one that does.
fn waiting_is_async(statement: &mut Statement) {
    if let Head::Generator(func) = &mut statement.head {
        make_async(func);
    }
    let asks = ["in_flight", "timeout", "on_cancel"].iter().any(|name| statement.attrs.written(name).is_some());
    if !asks || statement.all_ops().any(Op::is_async) {
        return;
    }
    let last = match &mut statement.end {
        End::Terminal(op) => Some(op),
        End::Edge(_) | End::Tee(..) | End::Route(..) => None,
    };
    for op in statement.ops.iter_mut().chain(last).filter(|op| op.spec.may_be_async) {
        op.functions_mut().for_each(make_async);
    }
}

fn make_async(func: &mut Func) {
    if let FuncBody::Closure { body, bar, .. } = &func.body
        && func.asyncness.is_none()
        && resolve::waits(body)
    {
        func.asyncness = Some(token::Async { span: *bar });
    }
}

/// Where nothing fails and something is said of failures a `?` is missing: the items are others than they were meant to be.
fn what_should_fail_is_unknown(statement: &mut Statement) {
    if check::speaks_of_failures_in_vain(statement) && matches!(statement.end, End::Edge(_)) {
        let unread = Op::unread(&statement.name, Vec::new());
        statement.ops.push(unread);
    }
}
