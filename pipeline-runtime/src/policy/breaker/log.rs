//! The latest transitions of a breaker, for those that watch it.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::task::{Context, Poll};

use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::stream::unfold;
use tokio::sync::Notify;
use tokio::time::Instant;

use super::class::CallClass;
use super::shared::{Shared, changed_or_due};
use super::state::BreakerTransition;

/// How many transitions are kept for those that lag behind.
const KEPT: usize = 64;

#[derive(Debug, Default)]
pub(super) struct Log {
    entries: Mutex<Entries>,
    grown: Notify,
}

#[derive(Debug, Default)]
struct Entries {
    latest: VecDeque<BreakerTransition>,
    /// The number of the last one.
    last: u64,
    ended: bool,
}

/// What the log has after some transition.
enum Entry {
    Transition(BreakerTransition),
    NothingYet,
    End,
}

impl Log {
    fn entries(&self) -> MutexGuard<'_, Entries> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn extend(&self, transitions: Vec<BreakerTransition>) {
        let mut entries = self.entries();
        for transition in transitions {
            entries.last = transition.number;
            if entries.latest.len() == KEPT {
                entries.latest.pop_front();
            }
            entries.latest.push_back(transition);
        }
    }

    pub(super) fn wake(&self) {
        self.grown.notify_waiters();
    }

    /// There will be no more.
    pub(super) fn end(&self) {
        self.entries().ended = true;
        self.wake();
    }

    fn after(&self, number: u64) -> Entry {
        let entries = self.entries();
        match entries.latest.iter().find(|transition| transition.number > number) {
            Some(transition) => Entry::Transition(*transition),
            None if entries.ended => Entry::End,
            None => Entry::NothingYet,
        }
    }
}

/// The transitions of a [`Breaker`](crate::Breaker) from some time on: [`Breaker::transitions`](crate::Breaker::transitions).
///
/// Ends when the breaker's last handle has been dropped and all have been received.
#[must_use = "streams do nothing unless they are polled"]
pub struct BreakerTransitions(BoxStream<'static, BreakerTransition>);

impl BreakerTransitions {
    pub(super) fn new<C: CallClass>(shared: &Arc<Shared<C>>) -> Self {
        let log = Arc::clone(&shared.log);
        let seen = log.entries().last;
        let breaker = Arc::downgrade(shared);
        Self(Box::pin(unfold((log, breaker, seen), async |(log, breaker, seen)| {
            let transition = next(&log, &breaker, seen).await?;
            Some((transition, (log, breaker, transition.number)))
        })))
    }
}

/// The transition after `seen`, also one that nobody but time brings about.
async fn next<C: CallClass>(log: &Log, breaker: &Weak<Shared<C>>, seen: u64) -> Option<BreakerTransition> {
    loop {
        let grown = log.grown.notified();
        let open_until = breaker.upgrade().and_then(|shared| open_until(&shared));
        match log.after(seen) {
            Entry::Transition(transition) => return Some(transition),
            Entry::NothingYet => changed_or_due(grown, open_until).await,
            Entry::End => return None,
        }
    }
}

fn open_until<C: CallClass>(shared: &Shared<C>) -> Option<Instant> {
    shared.happen(|machine| {
        machine.tick(Instant::now());
        machine.open_until()
    })
}

impl Stream for BreakerTransitions {
    type Item = BreakerTransition;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<BreakerTransition>> {
        self.0.as_mut().poll_next(cx)
    }
}

impl fmt::Debug for BreakerTransitions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BreakerTransitions(..)")
    }
}
