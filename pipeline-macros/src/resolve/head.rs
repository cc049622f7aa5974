//! What a statement begins with: the expression of a source, or the streams that it reads.

use syn::{Expr, Ident, parse_quote};

use super::{bodies, func, own, setting, streams::Streams};
use crate::{
    diagnostics::Diagnostics,
    graph::{Head, JoinKind, Part, Policies, StatementId},
    lost::Lost,
    syntax::{self, Flow, Input},
};

/// A `source` is an expression, or a generator written in place.
pub(super) fn of_source(expr: &Expr, policies: &Policies, diagnostics: &mut Diagnostics) -> Head {
    let generator = match setting::ungroup(expr) {
        expr if syntax::is_input(expr) => return Head::Input,
        Expr::Async(block) => {
            let message = "an `async` block is no source: it gives one value, not many\n\
                help: `.await` works in a source as it is: write the block without `async`";
            diagnostics.error(block.async_token, message);
            return Head::Source(Box::new(syntax::missing()));
        }
        closure @ Expr::Closure(_) => func::lower(closure, &generator(policies), diagnostics),
        expr => return Head::Source(Box::new(expr.clone())),
    };
    match generator.filter(|func| bodies::check_generator(func, diagnostics)) {
        Some(func) => Head::Generator(Box::new(func)),
        None => Head::Source(Box::new(no_generator(expr))),
    }
}

/// What stands for a closure in which a mistake was reported: no source, which rustc need not say.
fn no_generator(closure: &Expr) -> Expr {
    let missing = syntax::missing();
    match own::way_out(closure_body(closure)) {
        // where it means something is not known
        Some(_) => missing,
        None => {
            let mut closure = closure.clone();
            Lost::of_parameters(&closure).define_in(&mut closure);
            parse_quote!({ let _ = #closure; #missing })
        }
    }
}

fn closure_body(closure: &Expr) -> &Expr {
    match closure {
        Expr::Closure(closure) => &closure.body,
        other => other,
    }
}

fn generator(policies: &Policies) -> func::Expected<'static> {
    let summary = match policies.blocking {
        Some(_) => "|out| { … if !out.send(x) { return } … }",
        None => "async |out| { … out.send(x).await; … }",
    };
    func::Expected { name: "source", params: 1, form: func::FormOf::Any, may_fail: true, lends: None, summary }
}

/// What a `stage` or `sink` reads: one stream, or a join of several.
pub(super) fn of_flow(
    flow: &Flow,
    of: &Ident,
    id: StatementId,
    streams: &mut Streams,
    diagnostics: &mut Diagnostics,
) -> Head {
    let question = flow.question;
    let (keyword, parts) = match &flow.input {
        Input::Unread => return Head::Edge { edge: streams.stand_in(of, id), question },
        Input::Name(name) => return Head::Edge { edge: streams.read(name, id, diagnostics), question },
        Input::Join { keyword, parts } => (keyword, parts),
    };
    if parts.is_empty() {
        too_few_parts(keyword, parts, streams, diagnostics);
        return Head::Edge { edge: streams.stand_in(of, id), question };
    }
    let kind = match keyword.to_string().as_str() {
        "zip" => JoinKind::Zip,
        "concat" => JoinKind::Concat,
        _ => JoinKind::Merge,
    };
    if parts.len() < 2 {
        too_few_parts(keyword, parts, streams, diagnostics);
    }
    if kind == JoinKind::Merge && parts.iter().all(|part| part.weak.is_some()) {
        let message = "a `merge` needs an input that is not `weak`: it ends when all of these have ended\n\
            help: remove one `weak`";
        diagnostics.error(keyword, message);
    }
    let is_join = parts.len() > 1;
    let parts = parts
        .iter()
        .map(|part| {
            if let Some(weak) = part.weak.as_ref().filter(|_| kind != JoinKind::Merge) {
                let message = format!(
                    "`{keyword}` takes no `weak` input\n\
                     help: only `merge` does"
                );
                diagnostics.error(weak, message);
            }
            if let Some(wrap) = part.wrap.as_ref().filter(|_| kind != JoinKind::Merge) {
                let message = format!(
                    "`{keyword}` does not wrap its items\n\
                     help: only `merge` does"
                );
                diagnostics.error(wrap, message);
            }
            Part {
                name: part.name.clone(),
                edge: streams.read(&part.name, id, diagnostics),
                wrap: part.wrap.clone().filter(|_| kind == JoinKind::Merge),
                weak: part.weak.is_some(),
            }
        })
        .collect();
    // what comes of one input is not known
    if kind == JoinKind::Zip && !is_join {
        return Head::Edge { edge: streams.stand_in(of, id), question };
    }
    Head::Join { kind, keyword: keyword.clone(), parts, question }
}

/// A join of one stream or none: whatever else has no reader may belong to it.
pub(super) fn too_few_parts(
    keyword: &Ident,
    parts: &[syntax::Part],
    streams: &mut Streams,
    diagnostics: &mut Diagnostics,
) {
    let help = match parts.first() {
        Some(part) => format!("`{keyword}({}, …)`, or the stream alone: `{}`", part.name, part.name),
        None => format!("`{keyword}(a, b)`"),
    };
    let found = parts.len();
    diagnostics.error(keyword, format_args!("`{keyword}` joins two or more streams, found {found}\nhelp: {help}"));
    streams.excuse_all_unread();
}
