//! What stands around the body of a statement's operator.

use syn::{Expr, Ident, token};

use super::{End, Func, Graph, Head, OnError, Op, Setting, Statement, StatementKind};
use crate::ops::OpKind;

/// `timeout(d, total = d)`
pub(crate) struct Timeout {
    /// How long one attempt may take.
    pub(crate) each: Setting,
    /// How long all may take, with the name as written.
    pub(crate) total: Option<(Ident, Setting)>,
}

/// `retry(attempts = n, …)`
pub(crate) struct Retry {
    /// How many, the first one included.
    pub(crate) attempts: Setting,
    pub(crate) backoff: Option<Backoff>,
    /// Each delay is drawn at random, up to what the back-off says.
    pub(crate) jitter: Jitter,
    pub(crate) factor: Option<Expr>,
    pub(crate) max_elapsed: Option<Setting>,
    /// Says which errors are worth another attempt.
    pub(crate) when: Option<Func>,
    /// Says how long an error asks to be waited for.
    pub(crate) after: Option<Func>,
}

/// `on_error(|e| …)`
pub(crate) struct Decide {
    pub(crate) func: Func,
    /// The words that it may end in, each as it stands there first.
    pub(crate) words: Vec<Ident>,
    /// Those of them that are called, which was reported.
    pub(crate) called: Vec<Ident>,
}

impl Decide {
    /// The words that there are.
    pub(crate) const WORDS: [&str; 3] = ["fail", "skip", "reject"];

    /// The word as it stands there first, if it does.
    pub(crate) fn word(&self, word: &str) -> Option<&Ident> {
        self.words.iter().find(|own| *own == word)
    }
}

/// `rate(n, per = d, burst = n, by = |x| key)` or `rate(&limiter)`
pub(crate) struct Rate {
    pub(crate) of: RateOf,
    /// Gives the key of an item, each of which has its own rate.
    pub(crate) by: Option<Func>,
}

pub(crate) enum RateOf {
    Own {
        n: Setting,
        per: Setting,
        burst: Option<Setting>,
    },
    /// One that others share.
    Shared(Expr),
}

/// `breaker(…)` or `breaker(&payments)`
pub(crate) struct Breaker {
    pub(crate) of: BreakerOf,
    /// Says of what class a result is, with the option's name as written.
    pub(crate) classify: Option<Func>,
    pub(crate) open: Open,
}

pub(crate) enum BreakerOf {
    Own(Box<BreakerSettings>),
    /// One that others share.
    Shared(Box<Expr>),
}

/// What an own breaker is told.
#[derive(Default)]
pub(crate) struct BreakerSettings {
    pub(crate) failure_rate: Option<Expr>,
    pub(crate) count_window: Option<Setting>,
    pub(crate) time_window: Option<Setting>,
    pub(crate) minimum_calls: Option<Setting>,
    pub(crate) consecutive_failures: Option<Setting>,
    pub(crate) slow_calls: Option<Setting>,
    pub(crate) slow_rate: Option<Expr>,
    pub(crate) trip_on: Option<Expr>,
    pub(crate) open_for: Option<Setting>,
    /// The end of `open_for = 5s..1m`, and that range as written.
    pub(crate) open_at_most: Option<(Setting, Expr)>,
    pub(crate) open_factor: Option<Expr>,
    pub(crate) half_open_calls: Option<Setting>,
}

/// What becomes of an item that meets an open breaker.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Open {
    /// It waits, and no further item is taken up.
    #[default]
    Pause,
    /// It fails.
    Fail,
    /// It fails, and there is an `else` stream for it.
    Reject,
}

impl Open {
    pub(crate) const ALL: [Open; 3] = [Open::Pause, Open::Fail, Open::Reject];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Open::Pause => "pause",
            Open::Fail => "fail",
            Open::Reject => "reject",
        }
    }
}

/// `#![retry_budget(ratio = 0.1, floor = 10, per = 1s)]`
pub(crate) struct RetryBudget {
    /// The attribute's name as written.
    pub(crate) name: Ident,
    pub(crate) ratio: Option<Expr>,
    pub(crate) floor: Option<Setting>,
    pub(crate) per: Option<Setting>,
}

/// `first..longest`
pub(crate) struct Backoff {
    pub(crate) first: Setting,
    pub(crate) longest: Setting,
    /// The whole range, as written.
    pub(crate) range: Expr,
}

/// What a cancel does to an item whose body has begun.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum OnCancel {
    #[default]
    Drop,
    Finish,
}

impl OnCancel {
    pub(crate) const ALL: [OnCancel; 2] = [OnCancel::Drop, OnCancel::Finish];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            OnCancel::Drop => "drop",
            OnCancel::Finish => "finish",
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Jitter {
    #[default]
    Full,
    None,
}

impl Jitter {
    pub(crate) const ALL: [Jitter; 2] = [Jitter::Full, Jitter::None];

    /// As it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Jitter::Full => "full",
            Jitter::None => "none",
        }
    }
}

impl Retry {
    /// Its closures.
    pub(crate) fn functions(&self) -> impl Iterator<Item = &Func> {
        self.when.iter().chain(&self.after)
    }
}

impl Graph {
    /// What reads a source with `retry` and fails the run with the first item that is an `Err`, with its `?`.
    pub(crate) fn fails_at_err_of(&self, source: &Statement) -> Option<(&Statement, &token::Question)> {
        let End::Edge(edge) = source.end else { return None };
        let reader = self.statements.get(self.edges.get(edge)?.to)?;
        let (Head::Edge { question, .. } | Head::Join { question, .. }) = &reader.head else { return None };
        let fails = reader.attrs.on_error == OnError::Fail;
        question.as_ref().filter(|_| source.is_retried_source() && fails).map(|question| (reader, question))
    }

    /// The `?` that a source with `retry` sees to itself: the first of its items that is an `Err` ends it.
    pub(crate) fn ends_at_err(&self, source: &Statement) -> Option<&token::Question> {
        let (reader, question) = self.fails_at_err_of(source)?;
        let sees = matches!((&source.head, &reader.head), (Head::Source(_), Head::Edge { .. }));
        sees.then_some(question)
    }
}

impl Statement {
    /// It is a source that is made again after an error.
    pub(crate) fn is_retried_source(&self) -> bool {
        self.kind == StatementKind::Source && self.attrs.retry.is_some()
    }

    /// On a cancel an item whose body has begun is finished.
    pub(crate) fn finishes(&self) -> bool {
        self.attrs.on_cancel == OnCancel::Finish
    }

    /// Whether an item that fails in an operator may be wanted for the `else` stream.
    pub(crate) fn may_reject(&self) -> bool {
        match self.attrs.on_error {
            OnError::Reject => true,
            OnError::Decided => self.rejects.is_some(),
            OnError::Fail | OnError::Skip => false,
        }
    }

    /// What policies stand around: the `async` operator, or without a `timeout` the one that can fail. What an item waits
    /// for may stand before any body.
    pub(crate) fn guarded_op(&self) -> Option<usize> {
        let (asyncs, fallible) =
            (|| self.all_ops().position(Op::is_async), || self.all_ops().position(Op::is_fallible));
        match (self.is_timed(), self.attrs.written("retry")) {
            (true, _) => asyncs(),
            (false, Some(_)) => fallible(),
            (false, None) if self.waits_to_enter() => {
                let any = || self.all_ops().position(|op| op.function().is_some());
                asyncs().or_else(fallible).or_else(|| self.in_flight_op()).or_else(any)
            }
            (false, None) => None,
        }
    }

    /// It has a `timeout`, though it may be one with a mistake in it.
    pub(crate) fn is_timed(&self) -> bool {
        self.attrs.written("timeout").is_some()
    }

    /// The first of the policies for which an item waits before its body.
    pub(crate) fn entrance(&self) -> Option<&Ident> {
        ["rate", "limit", "breaker"].into_iter().find_map(|policy| self.attrs.written(policy))
    }

    /// Items may have to wait before their bodies begin.
    pub(crate) fn waits_to_enter(&self) -> bool {
        self.entrance().is_some()
    }

    /// Its breaker does not pause.
    pub(crate) fn refuses(&self) -> bool {
        self.attrs.breaker.as_ref().is_some_and(|breaker| breaker.open != Open::Pause)
    }

    /// Policies may fail an item: what it fails with is `Failed`.
    pub(crate) fn fails_by_policy(&self) -> bool {
        self.is_timed() || self.refuses()
    }

    /// Each key has a rate of its own.
    pub(crate) fn is_paced_by_key(&self) -> bool {
        self.attrs.rate.as_ref().is_some_and(|rate| rate.by.is_some())
    }

    /// Whether an item may fail in the operator, which is one of this statement's: by its `?`, since it takes too long, or
    /// since the breaker is open.
    pub(crate) fn may_fail(&self, op: &Op) -> bool {
        let is_guarded =
            || self.guarded_op().and_then(|at| self.all_ops().nth(at)).is_some_and(|at| std::ptr::eq(at, op));
        let times_out = self.is_timed() && op.is_async() && op.spec.kind != OpKind::Process;
        op.is_fallible() || times_out || self.refuses() && is_guarded()
    }
}
