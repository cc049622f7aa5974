//! What stands around the body of a statement's operator.

use syn::{Expr, Ident};

use super::{Func, OnError, Op, Setting, Statement};
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

impl Statement {
    /// Whether an item that fails in an operator may be wanted for the `else` stream.
    pub(crate) fn may_reject(&self) -> bool {
        match self.attrs.on_error {
            OnError::Reject => true,
            OnError::Decided => self.rejects.is_some(),
            OnError::Fail | OnError::Skip => false,
        }
    }

    /// What `timeout` and `retry` stand around: the `async` operator, or without a `timeout` the one that can fail.
    pub(crate) fn guarded_op(&self) -> Option<usize> {
        match (self.is_timed(), self.attrs.written("retry")) {
            (true, _) => self.all_ops().position(Op::is_async),
            (false, Some(_)) => self.all_ops().position(Op::is_fallible),
            (false, None) => None,
        }
    }

    /// It has a `timeout`, though it may be one with a mistake in it: what it fails with is `Failed`.
    pub(crate) fn is_timed(&self) -> bool {
        self.attrs.written("timeout").is_some()
    }

    /// Whether an item may fail in the operator, which is one of this statement's: by its `?`, or since it takes too long.
    pub(crate) fn may_fail(&self, op: &Op) -> bool {
        op.is_fallible() || self.is_timed() && op.is_async() && op.spec.kind != OpKind::Process
    }
}
