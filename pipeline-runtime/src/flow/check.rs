//! Fragments under test.

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use super::Flow;
use super::applied::{Applied, Step};
use crate::failure::{Cause, Suppressed};
use crate::ledger::Run;
use crate::report::Report;
use crate::stage::Out;

/// What goes wrong in a fragment under test: see [`Flow::check_with`]. Items are counted from 0.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fault<E = crate::BoxError> {
    /// The input fails before item number `at`.
    Error {
        /// The first item that does not come.
        at: usize,
        /// What it fails with.
        error: E,
    },
    /// The input panics before item number `at`.
    Panic {
        /// The first item that does not come.
        at: usize,
    },
    /// The run is cancelled before item number `at`.
    Cancel {
        /// The first item that does not come.
        at: usize,
    },
    /// The run is stopped gracefully before item number `at`: see [`Running::shutdown`](crate::Running::shutdown).
    Shutdown {
        /// The first item that does not come.
        at: usize,
    },
    /// The input waits before item number `at`, on tokio's clock.
    Stall {
        /// The item that comes late.
        at: usize,
        /// How long.
        lasts: Duration,
    },
    /// Who reads the output leaves after `after` items, as a consumer that ends early.
    Leave {
        /// So many items are read.
        after: usize,
    },
}

impl<E> Fault<E> {
    /// The item before which the input meets it.
    fn place(&self) -> Option<usize> {
        match self {
            Self::Error { at, .. }
            | Self::Panic { at }
            | Self::Cancel { at }
            | Self::Shutdown { at }
            | Self::Stall { at, .. } => Some(*at),
            Self::Leave { .. } => None,
        }
    }
}

/// Runs the fragment on `items`: what came out, and the account.
pub(super) async fn check<I, O, E>(
    flow: Flow<I, O, E>,
    items: impl Iterator<Item = I> + Send + 'static,
    fault: Option<Fault<E>>,
) -> (Vec<O>, Report)
where
    I: Send + 'static,
    O: Send + 'static,
    E: Send + Sync + 'static,
{
    let (wanted, fault) = match fault {
        Some(Fault::Leave { after }) => (after, None),
        fault => (usize::MAX, fault),
    };
    let (pipeline, outside) = flow.closed(move |out| feed(out, items, fault));
    let mut applied = Applied::new(pipeline, outside);
    applied.begin();
    let mut out = Vec::new();
    loop {
        if out.len() == wanted {
            applied.leave();
        }
        match poll_fn(|cx| applied.poll_step(cx)).await {
            Step::Item(item) => out.push(item),
            Step::End(_, report) => return (out, report),
            Step::Over => unreachable!("a run ends once, and that is where this loop is left"),
        }
    }
}

/// The input: the items, and the fault in its place.
async fn feed<I: Send, E: Send + Sync + 'static>(
    mut out: Out<I, E>,
    items: impl Iterator<Item = I>,
    mut fault: Option<Fault<E>>,
) -> Result<(), E> {
    out.drive();
    for (number, item) in items.enumerate() {
        if fault.as_ref().and_then(Fault::place) == Some(number)
            && let Some(fault) = fault.take()
        {
            let met = meet(out.run().clone(), fault);
            out.wait(met).await?;
        }
        if !out.room().await {
            break;
        }
        out.push(item);
    }
    out.finish();
    Ok(())
}

async fn meet<E>(run: Arc<Run<E>>, fault: Fault<E>) -> Result<(), E> {
    match fault {
        Fault::Error { error, .. } => return Err(error),
        #[expect(clippy::panic, reason = "asked for")]
        Fault::Panic { at } => panic!("injected before item {at}"),
        Fault::Cancel { .. } => run.fail(Suppressed::outside(Cause::Cancelled)),
        Fault::Shutdown { .. } => run.core.shutdown(),
        Fault::Stall { lasts, .. } => tokio::time::sleep(lasts).await,
        Fault::Leave { .. } => {}
    }
    Ok(())
}
