//! What attributes stand on, and which of them may.

use syn::{Expr, Ident};

use crate::syntax::{self, Body, Call, Link, Statement, Target};

/// What a statement is, as far as that decides which attributes it takes.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Source,
    /// `source … = input`
    Input,
    /// `process`
    Process,
    Via,
    /// A `sink` with no output.
    Sink,
    /// Everything else.
    Stage,
}

/// A statement, as what its attributes stand on.
pub(super) struct Place<'a> {
    statement: &'a Statement,
    kind: Kind,
}

impl<'a> Place<'a> {
    pub(super) fn new(statement: &'a Statement) -> Self {
        let has = |name: &str| calls(statement).any(|call| call.name == name);
        let kind = match &statement.body {
            Body::Expr(expr) if syntax::is_input(expr) => Kind::Input,
            Body::Expr(_) => Kind::Source,
            Body::Flow(_) if has("via") => Kind::Via,
            Body::Flow(_) if has("process") => Kind::Process,
            Body::Flow(_) if statement.keyword == "sink" && !has("output") && is_read(statement) => Kind::Sink,
            Body::Flow(_) => Kind::Stage,
        };
        Self { statement, kind }
    }

    /// Why a policy cannot stand here, and where it can.
    pub(super) fn refuses(&self, policy: &str) -> Option<String> {
        let name = self.name();
        let (place, help) = match (self.kind, policy) {
            (Kind::Source, "buffer" | "blocking" | "retry") => return None,
            (Kind::Source, "on_error") => (
                "a `source`, whose errors end the run",
                format!("let `{name}` yield the `Result`s, and put it on the stage that reads `{name}?`"),
            ),
            (Kind::Source, _) => (
                "a `source`",
                format!("put it on the stage that reads `{name}`; a source takes `buffer`, `blocking` and `retry`"),
            ),
            (Kind::Input, _) => ("`input`, which is no task", format!("put it on the stage that reads `{name}`")),
            (Kind::Via, "buffer") if self.statement.keyword != "sink" => return None,
            (Kind::Via, _) if policy != "buffer" => {
                ("`via`, which is no task", "put it on a stage inside the fragment".to_owned())
            }
            (Kind::Process, "workers" | "in_flight" | "keyed" | "unordered") => {
                ("`process`, which runs as one task", "let it `spawn` or buffer by itself, or use operators".to_owned())
            }
            (Kind::Process, "on_cancel" | "timeout" | "retry" | "breaker" | "rate" | "limit") => {
                ("`process`, which sees no single items", "do it in the body, or use operators".to_owned())
            }
            (Kind::Process, "blocking") => (
                "`process`, whose body is `async`",
                "give what blocks to `tokio::task::spawn_blocking(…).await` in the body".to_owned(),
            ),
            (Kind::Sink | Kind::Via, "buffer") => (
                "a `sink`, which has no output",
                match self.input() {
                    Some(input) => format!("put it on the statement that makes `{input}`"),
                    None => "put it on the statements that the sink reads from".to_owned(),
                },
            ),
            (Kind::Process | Kind::Via | Kind::Sink | Kind::Stage, _) => return None,
        };
        Some(format!("`{policy}` cannot stand on {place}\nhelp: {help}"))
    }

    /// Whether a closure here is `async`.
    pub(super) fn waits(&self) -> bool {
        let is_async = |arg: &Expr| matches!(arg, Expr::Closure(closure) if closure.asyncness.is_some());
        calls(self.statement).any(|call| call.args.iter().any(is_async))
    }

    /// Whether its branches are those of a `route`.
    pub(super) fn is_route(&self) -> bool {
        calls(self.statement).last().is_some_and(|call| call.name == "route")
    }

    /// The stream that it makes, the first of several.
    pub(super) fn name(&self) -> &'a Ident {
        match &self.statement.target {
            Target::One(name) => &name.ident,
            Target::Many(names) => names.first().map_or(&self.statement.keyword, |name| &name.ident),
            Target::Unread => &self.statement.keyword,
        }
    }

    /// The branches, if it has any.
    pub(super) fn branches(&self) -> &'a [syntax::Name] {
        match &self.statement.target {
            Target::One(_) | Target::Unread => &[],
            Target::Many(names) => names,
        }
    }

    /// The one stream that it reads.
    fn input(&self) -> Option<&'a Ident> {
        match &self.statement.body {
            Body::Flow(flow) => match &flow.input {
                syntax::Input::Name(name) => Some(name),
                syntax::Input::Join { .. } | syntax::Input::Unread => None,
            },
            Body::Expr(_) => None,
        }
    }
}

/// The operators that could be read.
fn calls(statement: &Statement) -> impl Iterator<Item = &Call> {
    links(statement).iter().filter_map(|link| match link {
        Link::Call(call) => Some(call),
        Link::Unread(_) => None,
    })
}

/// Whether all operators could be read.
fn is_read(statement: &Statement) -> bool {
    links(statement).iter().all(|link| matches!(link, Link::Call(_)))
}

fn links(statement: &Statement) -> &[Link] {
    match &statement.body {
        Body::Expr(_) => &[],
        Body::Flow(flow) => &flow.links,
    }
}
