//! What goes wrong in a run, and where.

use std::fmt;
use std::num::ParseIntError;
use std::sync::Arc;
use std::sync::atomic::Ordering::*;

use super::Item;
use super::run::Shared;

/// The message that an injected panic begins with.
pub(super) const PANIC: &str = "injected panic";

/// What happens in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    /// Nothing.
    None,
    /// A body fails with an error.
    Error,
    /// A body panics.
    Panic,
    /// The run is cancelled from outside.
    Cancel,
    /// The `Running`, or the future of `run` or `wait`, is dropped.
    Drop,
    /// The run is shut down gracefully.
    Shutdown,
    /// The deadline passes.
    Deadline,
}

impl FaultKind {
    /// All of them; a case sees each as often as the others.
    pub const ALL: [Self; 7] =
        [Self::None, Self::Error, Self::Panic, Self::Cancel, Self::Drop, Self::Shutdown, Self::Deadline];

    /// Whether the run goes on until it is stopped from outside: then its inputs have no end.
    pub(super) fn is_stop(self) -> bool {
        matches!(self, Self::Cancel | Self::Drop | Self::Shutdown | Self::Deadline)
    }
}

/// The error type of all pipelines of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Injected {
    /// The run's one fault, at the item of this index.
    Fault(usize),
    /// An item that a case calls bad, and that it skips or rejects.
    Bad(u64),
    /// From elsewhere.
    Other(String),
}

impl fmt::Display for Injected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fault(index) => write!(f, "injected error at {index}"),
            Self::Bad(n) => write!(f, "bad item {n}"),
            Self::Other(text) => f.write_str(text),
        }
    }
}

impl std::error::Error for Injected {}

impl From<std::io::Error> for Injected {
    fn from(error: std::io::Error) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<ParseIntError> for Injected {
    fn from(error: ParseIntError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<futures::channel::mpsc::SendError> for Injected {
    fn from(error: futures::channel::mpsc::SendError) -> Self {
        Self::Other(error.to_string())
    }
}

impl From<std::convert::Infallible> for Injected {
    fn from(never: std::convert::Infallible) -> Self {
        match never {}
    }
}

/// A place in a pipeline where the run's fault may happen.
#[derive(Clone)]
pub struct Fault {
    pub(super) shared: Arc<Shared>,
    pub(super) stage: &'static str,
    pub(super) site: usize,
}

impl Fault {
    /// To be called for each item: makes the run's fault happen if this is the item and the place.
    ///
    /// # Errors
    ///
    /// If the fault is an error.
    ///
    /// # Panics
    ///
    /// If the fault is a panic.
    pub fn at(&self, item: &Item) -> Result<(), Injected> {
        match self.fires(item, true) {
            true => Err(Injected::Fault(item.index)),
            false => Ok(()),
        }
    }

    /// As [`at`](Self::at), where an error would not end the run: if the fault is an error, nothing happens.
    ///
    /// # Panics
    ///
    /// If the fault is a panic.
    pub fn hit(&self, item: &Item) {
        self.fires(item, false);
    }

    /// Tells whether an error is due.
    fn fires(&self, item: &Item, errors: bool) -> bool {
        let shared = &*self.shared;
        let kind = shared.fault;
        let here = self.site == shared.site() && item.index == shared.index() && item.source == shared.source();
        if !here || matches!(kind, FaultKind::None | FaultKind::Deadline) || (kind == FaultKind::Error && !errors) {
            return false;
        }
        if shared.fired.swap(true, SeqCst) {
            return false;
        }
        let _ = shared.fired_in.set(self.stage);
        match kind {
            FaultKind::Error => return true,
            #[expect(clippy::panic, reason = "that is the fault")]
            FaultKind::Panic => panic!("{PANIC} at {}", item.index),
            _ => shared.signal.cancel(),
        }
        false
    }
}
