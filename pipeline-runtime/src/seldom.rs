//! Waiting for the cancel of a token, at little cost.

use std::pin::Pin;
use std::task::{Context, Poll, Waker};

/// Polls the wait for a token when there may be something to learn. It takes a lock each time, and a task is polled for many
/// other reasons: so it is polled once for each waker, and when the flag is up that is set before the token is cancelled.
#[derive(Default)]
pub(crate) struct Seldom {
    /// What the cancel wakes.
    waker: Option<Waker>,
}

impl Seldom {
    pub(crate) fn poll(
        &mut self,
        wait: Pin<&mut impl Future<Output = ()>>,
        is_set: bool,
        cx: &mut Context<'_>,
    ) -> Poll<()> {
        let knows = self.waker.as_ref().is_some_and(|waker| waker.will_wake(cx.waker()));
        if knows && !is_set {
            return Poll::Pending;
        }
        if !knows {
            self.waker = Some(cx.waker().clone());
        }
        wait.poll(cx)
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::*};
    use std::task::Wake;

    use tokio_util::sync::CancellationToken;

    use super::*;

    #[derive(Default)]
    struct Woken(AtomicUsize);

    impl Wake for Woken {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Relaxed);
        }
    }

    /// A task that was moved to another waker is woken by that one, and learns of the cancel.
    #[test]
    fn the_last_waker_is_woken() {
        let (token, woken) = (CancellationToken::new(), [Arc::new(Woken::default()), Arc::new(Woken::default())]);
        let (mut wait, mut seldom) = (pin!(token.cancelled()), Seldom::default());
        for woken in &woken {
            let waker = Waker::from(woken.clone());
            for _ in 0..2 {
                assert!(seldom.poll(wait.as_mut(), false, &mut Context::from_waker(&waker)).is_pending());
            }
        }
        token.cancel();
        assert_eq!(woken.each_ref().map(|woken| woken.0.load(Relaxed)), [0, 1]);
        let waker = Waker::from(woken[1].clone());
        assert!(seldom.poll(wait, true, &mut Context::from_waker(&waker)).is_ready());
    }
}
