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

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::task::Context;

    use super::*;
    use crate::woken::Woken;

    /// Who has moved to another waker is woken by that one.
    #[test]
    fn the_last_waker_is_woken() {
        let (signal, woken) = (Signal::default(), [Arc::new(Woken::default()), Arc::new(Woken::default())]);
        let mut wait = pin!(signal.wait());
        for woken in &woken {
            let waker = woken.waker();
            for _ in 0..2 {
                assert!(wait.as_mut().poll(&mut Context::from_waker(&waker)).is_pending());
            }
        }
        signal.give();
        assert_eq!(woken.each_ref().map(|woken| woken.times()), [0, 1]);
        assert!(wait.poll(&mut Context::from_waker(&woken[1].waker())).is_ready());
    }
}
