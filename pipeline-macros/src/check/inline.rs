//! Rules about `inline`: what asks for a task, threads or an edge of its own cannot run inside its producer's task.

use syn::Ident;

use crate::{
    diagnostics::Diagnostics,
    graph::{Arg, Graph, Head, JoinKind, Op, Statement},
    ops::OpKind,
    plan::{Obstacle, obstacle},
    text,
};

/// Under `#![inline]` only what asks for it by itself is told that it cannot.
pub(super) fn check(graph: &Graph, diagnostics: &mut Diagnostics) {
    for (id, statement) in graph.statements.iter().enumerate() {
        if let Some(inline) = statement.attrs.written("inline")
            && let Some(obstacle) = obstacle(graph, id)
        {
            report(statement, inline, &obstacle, diagnostics);
        }
    }
}

fn report(statement: &Statement, inline: &Ident, obstacle: &Obstacle<'_>, diagnostics: &mut Diagnostics) {
    match obstacle {
        // The rules about what may stand on a source and on `via` say so.
        Obstacle::NoTask => {}
        Obstacle::Outside(input) => diagnostics.conflict(
            inline,
            format_args!(
                "`{}` comes in from outside, where no task of this pipeline could run `inline`\n\
                 help: leave `inline` away",
                input.name
            ),
            &input.name,
            format_args!("`{}` is the `input`", input.name),
        ),
        Obstacle::Generator(producer) => diagnostics.conflict(
            inline,
            format_args!(
                "`{}` cannot run inside `{}`: a generator has its task to itself\n\
                 help: leave `inline` away",
                statement.name, producer.name
            ),
            &producer.name,
            format_args!("`{}` is a generator", producer.name),
        ),
        Obstacle::Lossy(edge) => diagnostics.conflict(
            inline,
            format_args!(
                "`{}` cannot run `inline`: what it reads is `lossy`, and needs an edge that may be full\n\
                 help: leave `inline` away, or remove `lossy`",
                statement.name
            ),
            &edge.name,
            format_args!("`{}` is `lossy`", edge.name),
        ),
        Obstacle::Join => {
            let join = match &statement.head {
                Head::Join { kind: JoinKind::Zip, .. } => "zip",
                Head::Join { kind: JoinKind::Concat, .. } => "concat",
                _ => "merge",
            };
            let message = format!(
                "`inline` runs a stage inside its one producer's task, and a `{join}` has several\n\
                 help: leave `inline` away"
            );
            diagnostics.error(inline, message);
        }
        Obstacle::Policy(policy) => diagnostics.conflict(
            inline,
            format_args!(
                "`inline` cannot stand with `{policy}`, which needs tasks of its own\n\
                 help: remove `inline`, or remove `{policy}`"
            ),
            policy,
            format_args!("`{policy}` is given here"),
        ),
        Obstacle::Whole(op) => diagnostics.conflict(
            inline,
            format_args!(
                "`{0}` has a task to itself and cannot run `inline`\n\
                 help: leave `inline` away",
                op.name
            ),
            &op.name,
            format_args!("`{}` is here", op.name),
        ),
        Obstacle::Timed(op) => diagnostics.conflict(
            inline,
            format_args!(
                "`{}` goes by time and cannot run `inline`, where nothing waits for it\n\
                 help: leave `inline` away{}",
                op.name,
                by_size(op)
            ),
            &op.name,
            format_args!("`{}` is here", op.name),
        ),
        Obstacle::ProducerPolicy(producer, policy) => diagnostics.conflict(
            inline,
            format_args!(
                "`{}` cannot run inside `{}`, which has `{policy}`\n\
                 help: chain the operators in one statement, or leave `inline` away",
                statement.name, producer.name
            ),
            policy,
            format_args!("`{policy}` is given here"),
        ),
        Obstacle::ProducerWhole(producer, op) => diagnostics.conflict(
            inline,
            format_args!(
                "`{}` cannot run inside `{}`, which is all of `{}`\n\
                 help: leave `inline` away",
                statement.name, producer.name, op.name
            ),
            &op.name,
            format_args!("`{}` is here", op.name),
        ),
        Obstacle::Buffer(producer, buffer) => diagnostics.conflict(
            buffer,
            format_args!(
                "`{}` has no edge that could hold items: what reads it runs `inline`\n\
                 help: remove `buffer`, or `inline`",
                producer.name
            ),
            inline,
            format_args!("`{}` runs inside `{}`", statement.name, producer.name),
        ),
    }
}

/// How a `batch` goes by size alone.
fn by_size(op: &Op) -> String {
    match (op.spec.kind, op.args.first()) {
        (OpKind::Batch, Some(Arg::Setting(n))) => format!(", or group by size alone: `batch({})`", text::setting(n)),
        _ => String::new(),
    }
}
