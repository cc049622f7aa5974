//! Waiting without keeping anything back.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

/// Something that must let go of what it holds for others before its task waits: an output its unpublished items, an
/// input the credits of what was taken.
pub trait Park: Send {
    /// Called each time before the task waits.
    fn before_park(&mut self);
}

/// Awaits `future`; each time it is not ready, `held` lets go first.
pub async fn park<F: Future>(future: F, held: &mut impl Park) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| {
        let poll = future.as_mut().poll(cx);
        if poll.is_pending() {
            held.before_park();
        }
        match poll {
            Poll::Ready(output) => Poll::Ready(output),
            // Letting go may have made it ready, and then it has woken us.
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}
