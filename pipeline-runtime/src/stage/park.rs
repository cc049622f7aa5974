//! Waiting without keeping anything back.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Context;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;

/// Something that must let go of what it holds for others before its task waits: an output its unpublished items, an
/// input the credits of what was taken.
pub trait Park: Send {
    /// Called each time before the task waits.
    fn before_park(&mut self);

    /// Adds what is to be done meanwhile so that what was let go of arrives: workers in order have nobody else for it.
    fn deliveries(&self, _deliveries: &mut Vec<BoxFuture<'static, ()>>) {}
}

/// Awaits `future`; each time it is not ready, `held` lets go first.
pub async fn park<F: Future>(future: F, held: &mut impl Park) -> F::Output {
    let mut future = pin!(future);
    let mut deliveries = Vec::new();
    poll_fn(|cx| {
        let poll = future.as_mut().poll(cx);
        if poll.is_pending() {
            let_go(held, &mut deliveries, cx);
        }
        poll
    })
    .await
}

/// Apart from [`park`], for there is one of these an input and not one a body.
fn let_go(held: &mut impl Park, deliveries: &mut Vec<BoxFuture<'static, ()>>, cx: &mut Context<'_>) {
    held.before_park();
    if deliveries.is_empty() {
        held.deliveries(deliveries);
    }
    deliveries.retain_mut(|delivery| delivery.poll_unpin(cx).is_pending());
}
