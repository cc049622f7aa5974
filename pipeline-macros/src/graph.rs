//! The resolved graph: what [`resolve`](crate::resolve) makes of the tree as written and everything behind it reads.
//!
//! Names are gone: a statement knows its edges by index, an edge knows its two statements. After the checks the
//! graph is never changed again.

mod guard;

use proc_macro2::Span;
use syn::{
    Attribute, BinOp, Expr, Generics, Ident, Lit, Pat, Type, Visibility, punctuated::Punctuated, spanned::Spanned,
    token,
};

pub(crate) use guard::{
    Backoff, Breaker, BreakerOf, BreakerSettings, Decide, Jitter, OnCancel, Open, Rate, RateOf, Retry, RetryBudget,
    Timeout,
};

use crate::ops::OpKind;

/// Index into [`Graph::statements`].
pub(crate) type StatementId = usize;
/// Index into [`Graph::edges`].
pub(crate) type EdgeId = usize;

/// A whole pipeline, resolved.
pub(crate) struct Graph {
    /// `Some` for the `fn` form.
    pub(crate) function: Option<Function>,
    /// The pipeline's error type: `#![error(T)]`, or the `fn` form's second type argument. `None`: the runtime's `BoxError`.
    pub(crate) error: Option<Type>,
    pub(crate) options: Options,
    /// `let` items in written order.
    pub(crate) lets: Vec<Let>,
    /// Names that each closure gets a clone of when more than one names them: `clone` items, parameters of the `fn`
    /// form, identifiers bound by `let`.
    pub(crate) shared: Vec<Shared>,
    /// In topological order: each statement stands behind all that it reads from.
    pub(crate) statements: Vec<Statement>,
    /// In the order of their definition.
    pub(crate) edges: Vec<Edge>,
    /// The sinks in written order.
    pub(crate) sinks: Vec<StatementId>,
    pub(crate) tail: Option<Expr>,
}

/// What the `fn` form adds.
pub(crate) struct Function {
    /// Outer attributes, doc comments included.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    pub(crate) inputs: Punctuated<syn::PatType, token::Comma>,
    /// The whole return type, as written.
    pub(crate) output: Type,
}

/// Pipeline-wide inner attributes.
#[derive(Default)]
pub(crate) struct Options {
    /// `#![name = "load"]`
    pub(crate) name: Option<syn::LitStr>,
    /// `#![buffer(1024)]`
    pub(crate) buffer: Option<Setting>,
    /// `#![deadline(30s)]`
    pub(crate) deadline: Option<Setting>,
    /// `#![drain(10s)]`
    pub(crate) drain: Option<Setting>,
    /// `#![retry_budget(…)]`
    pub(crate) retry_budget: Option<RetryBudget>,
    /// `#![inline]`
    pub(crate) inline: bool,
    /// `#![deny(…)]` and its like, in written order.
    pub(crate) lints: Vec<LintLevel>,
    /// An `allow` was reported: what it would have allowed is not known.
    pub(crate) unread_lints: bool,
    /// Expressions of attributes in which a mistake was reported.
    pub(crate) left_out: Vec<Expr>,
}

/// One name in `#![deny(…)]`, `#[allow(…)]` and their like.
pub(crate) struct LintLevel {
    pub(crate) lint: Lint,
    pub(crate) level: Level,
    /// The lint's name as written.
    pub(crate) name: Ident,
    /// `reason = "…"` of the attribute.
    pub(crate) reason: Option<syn::LitStr>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Level {
    Allow,
    Warn,
    Deny,
}

impl Level {
    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Level::Allow => "allow",
            Level::Warn => "warn",
            Level::Deny => "deny",
        }
    }
}

/// What a pipeline may promise of itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Lint {
    MissingTimeout,
    SkippedErrors,
    LossyBranch,
    UnorderedOutput,
    LargeBuffer,
    MissingDrain,
    BlockingInAsync,
}

impl Lint {
    pub(crate) const ALL: [Lint; 7] = [
        Lint::MissingTimeout,
        Lint::SkippedErrors,
        Lint::LossyBranch,
        Lint::UnorderedOutput,
        Lint::LargeBuffer,
        Lint::MissingDrain,
        Lint::BlockingInAsync,
    ];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Lint::MissingTimeout => "missing_timeout",
            Lint::SkippedErrors => "skipped_errors",
            Lint::LossyBranch => "lossy_branch",
            Lint::UnorderedOutput => "unordered_output",
            Lint::LargeBuffer => "large_buffer",
            Lint::MissingDrain => "missing_drain",
            Lint::BlockingInAsync => "blocking_in_async",
        }
    }
}

/// `let PAT: TYPE = expr;`
pub(crate) struct Let {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) pat: Pat,
    pub(crate) ty: Option<Type>,
    pub(crate) value: Expr,
}

/// A name that several closures may hold a clone of.
pub(crate) struct Shared {
    pub(crate) name: Ident,
    pub(crate) from: SharedFrom,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum SharedFrom {
    /// Declared by `clone a, b;`: cloned for each closure that names it.
    Clone,
    /// A parameter or a `let`: moved when one closure names it, else cloned.
    Value,
}

/// What a setting (`workers(n)`, `#![deadline(d)]`, the arguments of `batch`) was written as.
#[derive(Clone)]
pub(crate) enum Setting {
    /// An integer literal without suffix, or with an integer type's.
    Count(u64, Span),
    /// A duration literal such as `250ms` or `1.5s`, in nanoseconds.
    Duration(u64, Span),
    /// Any other expression; evaluated once, when the pipeline is built.
    Expr(Box<Expr>),
}

impl Setting {
    /// The number, if it is a literal or is calculated from literals alone: `1 << 20`.
    pub(crate) fn constant(&self) -> Option<u64> {
        match self {
            Self::Count(count, _) => Some(*count),
            Self::Duration(..) => None,
            Self::Expr(expr) => calculate(expr),
        }
    }

    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Count(_, span) | Self::Duration(_, span) => *span,
            Self::Expr(expr) => expr.span(),
        }
    }
}

fn calculate(expr: &Expr) -> Option<u64> {
    match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => int.base10_parse().ok(),
            _ => None,
        },
        Expr::Paren(paren) => calculate(&paren.expr),
        Expr::Group(group) => calculate(&group.expr),
        Expr::Binary(binary) => {
            let (left, right) = (calculate(&binary.left)?, calculate(&binary.right)?);
            match binary.op {
                BinOp::Add(_) => left.checked_add(right),
                BinOp::Sub(_) => left.checked_sub(right),
                BinOp::Mul(_) => left.checked_mul(right),
                BinOp::Div(_) => left.checked_div(right),
                BinOp::Shl(_) => left.checked_mul(1u64.checked_shl(u32::try_from(right).ok()?)?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// `source`, `stage` or `sink`.
pub(crate) struct Statement {
    pub(crate) kind: StatementKind,
    /// The stage's name in reports: the (first) target.
    pub(crate) name: Ident,
    /// `: TYPE` of a single target.
    pub(crate) ty: Option<Type>,
    pub(crate) attrs: Policies,
    pub(crate) head: Head,
    /// Operators in order, without a terminal one and without a fan-out.
    pub(crate) ops: Vec<Op>,
    /// What stands behind the last operator.
    pub(crate) end: End,
    /// The edge that `else NAME` makes.
    pub(crate) rejects: Option<EdgeId>,
    /// A mistake in its chain was reported and left out: rules about the whole chain stay silent. Never set in
    /// a graph that is emitted.
    pub(crate) tainted: bool,
}

impl Graph {
    /// What comes in from outside: the statement and its edge.
    pub(crate) fn input(&self) -> Option<(StatementId, EdgeId)> {
        self.statements.iter().enumerate().find_map(|(id, statement)| match (&statement.head, &statement.end) {
            (Head::Input, End::Edge(edge)) => Some((id, *edge)),
            _ => None,
        })
    }

    /// What goes outside: the statement and the edge that it stands for.
    pub(crate) fn output(&self) -> Option<(StatementId, EdgeId)> {
        self.statements.iter().enumerate().find_map(|(id, statement)| match &statement.head {
            Head::Edge { edge, .. } if statement.is_output() => Some((id, *edge)),
            _ => None,
        })
    }

    /// Whether it is a fragment.
    pub(crate) fn is_open(&self) -> bool {
        self.input().is_some() || self.output().is_some()
    }
}

impl Statement {
    /// Its output edges, that of its rejects last.
    pub(crate) fn outputs(&self) -> impl Iterator<Item = EdgeId> {
        let outputs = match &self.end {
            End::Edge(edge) => std::slice::from_ref(edge),
            End::Tee(edges, _) | End::Route(edges, _) => edges.as_slice(),
            End::Terminal(_) => &[],
        };
        outputs.iter().copied().chain(self.rejects)
    }

    /// Ends in `output()`.
    pub(crate) fn is_output(&self) -> bool {
        matches!(&self.end, End::Terminal(op) if op.spec.kind == OpKind::Output)
    }

    /// Is an end of an open pipeline, and no task.
    pub(crate) fn is_port(&self) -> bool {
        matches!(self.head, Head::Input) || self.is_output()
    }

    /// The fragment that it is, if it is one.
    pub(crate) fn via(&self) -> Option<&Op> {
        self.all_ops().find(|op| op.spec.kind == OpKind::Via)
    }

    /// All operators, the one that ends the chain included.
    pub(crate) fn all_ops(&self) -> impl Iterator<Item = &Op> {
        let last = match &self.end {
            End::Route(_, op) | End::Terminal(op) => Some(op),
            End::Edge(_) | End::Tee(..) => None,
        };
        self.ops.iter().chain(last)
    }

    /// The place of the operator whose bodies are in flight: the `async` one, or else a `flat_map`, which may give
    /// streams.
    pub(crate) fn in_flight_op(&self) -> Option<usize> {
        self.attrs.in_flight.as_ref()?;
        let find = |wanted: fn(&Op) -> bool| self.all_ops().position(wanted);
        find(Op::is_async).or_else(|| find(|op| op.spec.kind == OpKind::FlatMap))
    }

    /// The `recurse` that it begins with.
    pub(crate) fn recursion(&self) -> Option<&Op> {
        self.ops.first().filter(|op| op.spec.kind == OpKind::Recurse)
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum StatementKind {
    Source,
    Stage,
    Sink,
}

/// Where a statement's items come from.
pub(crate) enum Head {
    /// The expression of a `source`.
    Source(Box<Expr>),
    /// A `source` whose items are sent by a closure, `async` or on a thread of its own.
    Generator(Box<Func>),
    /// `source … = input`: an end of an open pipeline, and no task.
    Input,
    /// `lines` or `lines?`
    Edge { edge: EdgeId, question: Option<token::Question> },
    /// `merge(Row::Slow(slow), normal)`, `concat(a, b)`
    Join {
        kind: JoinKind,
        /// `merge`, `zip` or `concat` as written.
        keyword: Ident,
        parts: Vec<Part>,
        question: Option<token::Question>,
    },
}

impl Head {
    /// What is read from.
    pub(crate) fn edges(&self) -> impl Iterator<Item = EdgeId> {
        let (edge, parts) = match self {
            Self::Edge { edge, .. } => (Some(*edge), [].as_slice()),
            Self::Join { parts, .. } => (None, parts.as_slice()),
            Self::Source(_) | Self::Generator(_) | Self::Input => (None, [].as_slice()),
        };
        edge.into_iter().chain(parts.iter().map(|part| part.edge))
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum JoinKind {
    Merge,
    Zip,
    Concat,
}

/// One input of a join, with the path that wraps its items, if any.
pub(crate) struct Part {
    /// The stream's name, as it stands here.
    pub(crate) name: Ident,
    pub(crate) edge: EdgeId,
    pub(crate) wrap: Option<syn::Path>,
    /// It does not keep the `merge` alive.
    pub(crate) weak: bool,
}

/// How a statement's chain ends.
pub(crate) enum End {
    /// One output edge.
    Edge(EdgeId),
    /// `.tee()`: the branches in written order.
    Tee(Vec<EdgeId>, Ident),
    /// `.route(|x| …)`: the branches in written order, their names as functions in the closure.
    Route(Vec<EdgeId>, Op),
    /// A terminal operator of a sink.
    Terminal(Op),
}

/// One operator call. Arguments are checked for number and kind, so emission may index them.
pub(crate) struct Op {
    /// As written; its span is the call's.
    pub(crate) name: Ident,
    pub(crate) spec: &'static crate::ops::Spec,
    /// `::<C>` of `collect::<C>()`.
    pub(crate) generics: Option<syn::AngleBracketedGenericArguments>,
    pub(crate) args: Vec<Arg>,
    /// What was given by name: each at most once, of the kind that the spec asks for.
    pub(crate) options: Vec<(&'static str, Arg)>,
}

/// One argument of an operator, by the kind that the operator's [`Spec`](crate::ops::Spec) asks for.
#[expect(clippy::large_enum_variant, reason = "a few dozen of them per build")]
pub(crate) enum Arg {
    Function(Func),
    /// A value expression, such as `fold`'s first or `forward`'s only argument.
    Value(Box<Expr>),
    /// A count or duration.
    Setting(Setting),
}

impl Op {
    /// Nothing can be asked of what it is given: it could not be read, or has a closure in the place of a fragment.
    pub(crate) fn is_unread(&self) -> bool {
        match self.spec.kind {
            OpKind::Unread => true,
            OpKind::Via => matches!(self.args.first(), Some(Arg::Value(value)) if matches!(**value, Expr::Closure(_))),
            _ => false,
        }
    }

    /// What keeps the place of an operator in which a mistake was reported, with the expressions that were its
    /// arguments.
    pub(crate) fn unread(name: &Ident, args: Vec<Expr>) -> Self {
        let args = args.into_iter().map(|arg| Arg::Value(Box::new(arg))).collect();
        Self { name: name.clone(), spec: &crate::ops::UNREAD, generics: None, args, options: Vec::new() }
    }

    /// The first function argument; every operator whose spec has one was given one.
    pub(crate) fn function(&self) -> Option<&Func> {
        self.args.iter().rev().find_map(|arg| match arg {
            Arg::Function(func) => Some(func),
            _ => None,
        })
    }

    /// All that it has, as in `map_init`.
    pub(crate) fn functions_mut(&mut self) -> impl Iterator<Item = &mut Func> {
        self.args.iter_mut().filter_map(|arg| match arg {
            Arg::Function(func) => Some(func),
            _ => None,
        })
    }

    /// Its function is an `async` closure.
    pub(crate) fn is_async(&self) -> bool {
        self.function().is_some_and(|func| func.asyncness.is_some())
    }

    /// Its function has a `?`.
    pub(crate) fn is_fallible(&self) -> bool {
        self.function().is_some_and(|func| func.fallible)
    }

    /// The option of this name, if it was given.
    pub(crate) fn option(&self, name: &str) -> Option<&Arg> {
        self.options.iter().find(|(given, _)| *given == name).map(|(_, arg)| arg)
    }

    /// A `window` of time, not of a number of items.
    pub(crate) fn is_by_time(&self) -> bool {
        self.option("every").is_some()
    }

    /// All arguments, the named ones last.
    pub(crate) fn all_args(&self) -> impl Iterator<Item = &Arg> {
        self.args.iter().chain(self.options.iter().map(|(_, arg)| arg))
    }
}

/// A function argument: a closure, an `async` closure or a path.
pub(crate) struct Func {
    pub(crate) asyncness: Option<token::Async>,
    pub(crate) body: FuncBody,
    /// A `?` of its own (not one inside a nested closure, async block or fn): the item may fail.
    pub(crate) fallible: bool,
    pub(crate) span: Span,
}

#[expect(clippy::large_enum_variant, reason = "a few dozen of them per build")]
pub(crate) enum FuncBody {
    Closure {
        params: Vec<Param>,
        /// The bar behind the parameters.
        bar: Span,
        /// `-> TYPE` as written.
        output: Option<Type>,
        body: Box<Expr>,
    },
    /// `parse` or, with `question`, `parse?`
    Path { path: syn::ExprPath, question: Option<token::Question> },
}

/// One closure parameter.
pub(crate) struct Param {
    /// The pattern, without the `ref` of a lent parameter.
    pub(crate) pat: Pat,
    pub(crate) ty: Option<Type>,
    /// `ref x`: the stage keeps the item and lends it.
    pub(crate) lent: bool,
}

/// One stream: the edge between the statement that defines it and the one that reads it.
pub(crate) struct Edge {
    pub(crate) name: Ident,
    pub(crate) ty: Option<Type>,
    pub(crate) from: StatementId,
    pub(crate) to: StatementId,
    pub(crate) kind: EdgeKind,
    /// The `buffer(n)` of the statement that feeds it.
    pub(crate) buffer: Option<Setting>,
    /// `#[lossy(…)]` of a branch.
    pub(crate) lossy: Option<Lossy>,
}

/// A branch that drops items when it is full.
pub(crate) struct Lossy {
    /// The attribute's name, for errors that point at it.
    pub(crate) name: Ident,
    pub(crate) drops: Drops,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Drops {
    Oldest,
    Newest,
}

impl Drops {
    pub(crate) const ALL: [Drops; 2] = [Drops::Oldest, Drops::Newest];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Drops::Oldest => "drop_oldest",
            Drops::Newest => "drop_newest",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum EdgeKind {
    /// What a statement produces.
    Main,
    /// The n-th branch of a `tee` or `route`.
    Branch(usize),
    /// What `else NAME` makes of failed items.
    Rejects,
}

/// The attributes of a statement.
#[derive(Default)]
pub(crate) struct Policies {
    /// Doc comments and lint attributes of rustc, handed through.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) workers: Option<Setting>,
    pub(crate) unordered: Option<Span>,
    pub(crate) keyed: Option<Func>,
    /// `idle = d` of `keyed`.
    pub(crate) idle: Option<Setting>,
    pub(crate) in_flight: Option<Setting>,
    pub(crate) blocking: Option<Span>,
    /// Runs inside its producer's task, as it asks for itself or the whole pipeline does.
    pub(crate) inline: bool,
    pub(crate) timeout: Option<Timeout>,
    pub(crate) retry: Option<Retry>,
    pub(crate) breaker: Option<Breaker>,
    pub(crate) rate: Option<Rate>,
    /// The shared value of `limit(&semaphore)`.
    pub(crate) limit: Option<Expr>,
    pub(crate) on_error: OnError,
    pub(crate) on_cancel: OnCancel,
    /// The closure of `on_error(|e| …)`.
    pub(crate) decide: Option<Decide>,
    /// `#[allow(…)]` of the pipeline's lints, in written order.
    pub(crate) lints: Vec<LintLevel>,
    /// The names of the policies given, as written, for errors that point at them.
    pub(crate) written: Vec<Ident>,
    /// Expressions of those in which a mistake was reported.
    pub(crate) left_out: Vec<Expr>,
}

impl Policies {
    /// Its closures.
    pub(crate) fn functions(&self) -> impl Iterator<Item = &Func> {
        let by = self.rate.iter().filter_map(|rate| rate.by.as_ref());
        let classify = self.breaker.iter().filter_map(|breaker| breaker.classify.as_ref());
        let decide = self.decide.iter().map(|decide| &decide.func);
        self.keyed.iter().chain(self.retry.iter().flat_map(Retry::functions)).chain(by).chain(classify).chain(decide)
    }

    /// The name of this policy as written, if it was given.
    pub(crate) fn written(&self, name: &str) -> Option<&Ident> {
        self.written.iter().find(|written| *written == name)
    }
}

/// What a failed item does.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum OnError {
    /// Ends the run.
    #[default]
    Fail,
    /// Is counted and dropped.
    Skip,
    /// Goes to the `else` stream.
    Reject,
    /// One of these, as a closure says of its error.
    Decided,
}
