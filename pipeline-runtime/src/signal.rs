//! Something that happens once in a run.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::task::{Poll, Waker};

use tokio::sync::Notify;

/// A flag that is read between items, and waited for. It stands where it belongs, and costs nothing until somebody waits.
#[derive(Default)]
pub(crate) struct Signal {
    given: AtomicBool,
    waiting: Notify,
}

impl Signal {
    /// Sets the flag and wakes all who wait.
    pub(crate) fn give(&self) {
        self.given.store(true, SeqCst);
        self.waiting.notify_waiters();
    }

    /// Whether the flag is set.
    #[inline(always)]
    pub(crate) fn is_given(&self) -> bool {
        self.given.load(Relaxed)
    }

    /// The flag itself, for a loop to look at.
    #[inline(always)]
    pub(crate) fn flag(&self) -> &AtomicBool {
        &self.given
    }

    /// Resolves when the flag is set.
    pub(crate) async fn wait(&self) {
        // Made before the flag is read, it hears of all that comes after.
        let mut notified = pin!(self.waiting.notified());
        if self.given.load(SeqCst) {
            return;
        }
        // To poll it takes a lock, and a task is polled for many other reasons: it is done once for each waker.
        let mut known: Option<Waker> = None;
        poll_fn(|cx| match &known {
            Some(waker) if waker.will_wake(cx.waker()) && !self.is_given() => Poll::Pending,
            _ => {
                known = Some(cx.waker().clone());
                notified.as_mut().poll(cx)
            }
        })
        .await;
    }
}
