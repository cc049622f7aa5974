//! A statement's chain: the operators, and what stands at its end.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{BinOp, Expr, ExprBinary, Ident, ext::IdentExt};

use super::{branches, op, policies, streams::Streams};
use crate::{
    diagnostics::{Diagnostics, one_of},
    graph::{Op, StatementKind},
    ops::{self, ArgKind, OpKind, Role},
    syntax::{Call, Flow, Link, Statement, Target},
    text,
};

/// The operators of a statement, the one that ends it apart.
#[derive(Default)]
pub(super) struct Chain {
    pub(super) ops: Vec<Op>,
    /// A terminal or fan-out operator.
    pub(super) last: Option<Op>,
    /// A mistake in it was reported and left out.
    pub(super) tainted: bool,
    /// It ends the stream in a statement that must not: reported.
    pub(super) ends_wrongly: bool,
}

/// What a chain stands in.
pub(super) struct Place<'a> {
    pub(super) statement: &'a Statement,
    pub(super) kind: StatementKind,
    /// The statement's name.
    pub(super) name: &'a Ident,
    /// Where another statement reads that name, if one does.
    pub(super) read: Option<&'a Ident>,
}

/// Whether the last of these calls ends the stream, as far as its name tells.
pub(super) fn ends_stream(flow: &Flow) -> bool {
    match flow.links.last() {
        None => false,
        Some(Link::Unread(_)) => true,
        Some(Link::Call(last)) => match ops::find(&last.name.to_string()) {
            Some(spec) => matches!(spec.role, Role::Terminal | Role::Whole | Role::FanOut),
            None => true,
        },
    }
}

/// Reads the chain of a `stage` or `sink`, and checks that each operator may stand where it stands. What cannot stand
/// there keeps its place, without a meaning.
pub(super) fn lower(flow: &Flow, place: &Place, streams: &mut Streams, diagnostics: &mut Diagnostics) -> Chain {
    let mut chain = Chain { tainted: place.statement.cut, ..Chain::default() };
    let input = flow.input.text();
    for (at, link) in flow.links.iter().enumerate() {
        let Link::Call(call) = link else {
            chain.ops.push(Op::unread(place.name, Vec::new()));
            continue;
        };
        let before = diagnostics.count();
        let Some(op) = op::lower(call, &input, streams, diagnostics) else {
            if call.mended {
                diagnostics.truncate(before);
            }
            chain.give_up(call, streams);
            continue;
        };
        let behind = &flow.links[at + 1..];
        let mistake = match op.spec.role {
            Role::PerItem | Role::Grouping => None,
            Role::Whole => misplaced_whole(&op, place, &flow.links[..at], behind, &input),
            Role::FanOut => misplaced_fan_out(&op, place, behind, &input),
            Role::Terminal => misplaced_terminal(&op, place, behind),
        };
        match (mistake, op.spec.role) {
            (Some(message), role) => {
                chain.ends_wrongly |= role == Role::Terminal && place.kind == StatementKind::Stage;
                match place.read.filter(|_| chain.ends_wrongly) {
                    // its consequence: the chain was read as far as it goes
                    _ if place.statement.cut => {}
                    Some(read) => diagnostics.conflict(&op.name, message, read, format_args!("`{read}` is read here")),
                    None => diagnostics.error(&op.name, message),
                }
                chain.give_up(call, streams);
            }
            // Its branches are not known.
            (None, Role::FanOut) if matches!(place.statement.target, Target::Unread) => chain.give_up(call, streams),
            (None, Role::FanOut) if !branches_are_sound(&op, place, call.mended, diagnostics) => {
                chain.give_up(call, streams)
            }
            (None, Role::FanOut | Role::Terminal) => chain.last = Some(op),
            (None, Role::Whole) if place.kind == StatementKind::Sink => chain.last = Some(op),
            (None, _) => chain.ops.push(op),
        }
    }
    if chain.last.is_none() && !chain.tainted {
        chain.tainted = report_no_end(flow, place, diagnostics);
    }
    chain
}

impl Chain {
    /// Keeps the place and the expressions of a call in which a mistake was reported. A stream that it names was meant
    /// to be read.
    fn give_up(&mut self, call: &Call, streams: &mut Streams) {
        streams.leave_out(&call.name);
        for arg in &call.args {
            streams.leave_out(arg);
        }
        // In a `route` the branches are functions, and the arguments of an attribute are words: nothing that rustc knows.
        let name = call.name.to_string();
        let means_nothing = name == "route" || name == "lossy" || policies::is_attribute(&name);
        let args = call.args.iter().enumerate().filter(|(at, arg)| !means_nothing && has_its_names(call, *at, arg));
        self.ops.push(Op::unread(&call.name, args.map(|(_, arg)| arg.clone()).collect()));
        self.tainted = true;
    }
}

/// Whether an argument can be understood by itself. What should be a closure and is none, or has too few parameters,
/// names what is not there.
fn has_its_names(call: &Call, at: usize, arg: &Expr) -> bool {
    let Some(spec) = ops::find(&call.name.to_string()) else { return true };
    let params = spec.args.iter().filter_map(|kind| match kind {
        ArgKind::Function { params } => Some(*params),
        _ => None,
    });
    let params = params.max();
    match arg {
        Expr::Closure(closure) => params.is_none_or(|params| closure.inputs.len() >= params),
        // `0 |sum, x| …`: the closure's first name is taken for an operand
        Expr::Binary(ExprBinary { op: BinOp::BitOr(_), .. }) if params.is_some() => {
            call.args.iter().any(|arg| matches!(arg, Expr::Closure(_)))
        }
        _ if call.args.len() > spec.args.len() => false,
        _ => !matches!(spec.args.get(at), Some(ArgKind::Function { .. })),
    }
}

fn misplaced_whole(op: &Op, place: &Place, before: &[Link], behind: &[Link], input: &str) -> Option<String> {
    let (name, own) = (&op.name, place.name.unraw());
    if !before.is_empty() {
        return Some(format!(
            "`{name}` is a whole stage and must be the only operator of its statement\n\
             help: give what stands before it a stage of its own: `stage {own}_input = {input}{};`",
            text_of(before)
        ));
    }
    if !behind.is_empty() {
        return Some(format!(
            "`{name}` is a whole stage and must be the only operator of its statement\n\
             help: what stands behind it reads its stream: `{own}{}` in a statement of its own",
            text_of(behind)
        ));
    }
    (place.kind == StatementKind::Sink && op.spec.kind != OpKind::Via).then(|| {
        format!(
            "`{name}` has an output and cannot end a sink\n\
             help: make it a stage, `stage {own} = …`, and read that in a sink"
        )
    })
}

fn misplaced_fan_out(op: &Op, place: &Place, behind: &[Link], input: &str) -> Option<String> {
    let name = &op.name;
    let branches = !matches!(place.statement.target, Target::One(_));
    let own = place.name.unraw();
    let (first, second) = (format!("{own}_1"), format!("{own}_2"));
    let example = match op.spec.kind {
        OpKind::Tee => format!("`stage ({first}, {second}) = {input}.tee();`"),
        _ => {
            format!("`stage ({first}, {second}) = {input}.route(|x| if … {{ {first}(x) }} else {{ {second}(x) }});`")
        }
    };
    match (place.kind, behind.is_empty(), branches) {
        (StatementKind::Stage, true, true) => None,
        (StatementKind::Stage, false, _) => Some(format!(
            "`{name}` must be the last operator of its stage\n\
             help: what follows belongs to its branches: `stage {own}_done = {own}{};`",
            text_of(behind)
        )),
        (StatementKind::Stage, true, false) => {
            Some(format!("`{name}` has several outputs and needs a list of branches\nhelp: {example}"))
        }
        _ => Some(format!("`{name}` has several outputs and cannot stand in a sink\nhelp: {example}")),
    }
}

fn misplaced_terminal(op: &Op, place: &Place, behind: &[Link]) -> Option<String> {
    let (name, own) = (&op.name, place.name);
    match (place.kind, place.read, behind) {
        (StatementKind::Sink, _, []) => None,
        (StatementKind::Sink, _, behind) => Some(format!(
            "`{name}` ends the stream and must be the last operator\n\
             help: its value is there for the tail: remove `{}`",
            text_of(behind)
        )),
        (_, Some(_), _) => Some(format!(
            "`{name}` ends the stream and cannot stand in a `stage`\n\
             help: remove it: `{own}` is read by another statement"
        )),
        _ => Some(format!(
            "`{name}` ends the stream and cannot stand in a `stage`\n\
             help: make it a `sink`: `sink {own} = …`"
        )),
    }
}

/// Whether the closure of a `route` names its branches.
fn branches_are_sound(op: &Op, place: &Place, half_typed: bool, diagnostics: &mut Diagnostics) -> bool {
    match &place.statement.target {
        Target::Many(names) if op.spec.kind == OpKind::Route => {
            let names: Vec<&Ident> = names.iter().map(|name| &name.ident).collect();
            let before = diagnostics.count();
            let sound = branches::check(&names, op, half_typed, diagnostics);
            if place.statement.cut {
                // its arms may be in what could not be read
                diagnostics.truncate(before);
            }
            sound
        }
        _ => true,
    }
}

/// The calls as they were written.
fn text_of(links: &[Link]) -> String {
    let calls = links.iter().map(|link| match link {
        Link::Call(Call { name, generics, args, .. }) => quote!(.#name #generics (#(#args),*)),
        Link::Unread(_) => TokenStream::new(),
    });
    text::tokens(&calls.collect::<TokenStream>())
}

/// Reports a chain that does not end as its statement must.
fn report_no_end(flow: &Flow, place: &Place, diagnostics: &mut Diagnostics) -> bool {
    let name = place.name;
    match (&place.statement.target, place.kind, place.read) {
        (Target::Many(names), ..) => {
            let list = names.iter().map(|name| &name.ident);
            let calls = text_of(&flow.links);
            let message = format!(
                "several outputs need `tee` or `route` as the last operator\n\
                 help: `{}{calls}.tee()` gives each branch every item, `.route(|x| …)` gives each item to one branch",
                flow.input.text()
            );
            diagnostics.error(quote!(#(#list),*), message);
            true
        }
        (Target::One(_), StatementKind::Sink, Some(read)) => {
            diagnostics.conflict(
                &place.statement.keyword,
                format_args!(
                    "the `sink` `{name}` is read by another statement\nhelp: make it a stage: `stage {name} = …`"
                ),
                read,
                format_args!("`{name}` is read here"),
            );
            true
        }
        (Target::One(_), StatementKind::Sink, None) => {
            let ends = ops::ALL.iter().filter(|spec| spec.role == Role::Terminal && spec.kind != OpKind::Output);
            let ends: Vec<&str> = ends.map(|spec| spec.name).collect();
            let message = format!(
                "the sink `{name}` does not end its stream\n\
                 help: end it in an operator: {}",
                one_of(&ends)
            );
            diagnostics.error(name, message);
            true
        }
        (Target::One(_) | Target::Unread, ..) => false,
    }
}
