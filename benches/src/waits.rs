//! Counts how many sends and receives had to wait.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// The waits of one edge.
#[derive(Default, Debug)]
pub(crate) struct Waits {
    sends: AtomicU64,
    receives: AtomicU64,
}

impl Waits {
    /// A send, counted if it cannot be done at once.
    pub(crate) async fn send<F: Future>(&self, send: F) -> F::Output {
        counted(&self.sends, send).await
    }

    /// A receive, counted if there is nothing yet.
    pub(crate) async fn receive<F: Future>(&self, receive: F) -> F::Output {
        counted(&self.receives, receive).await
    }

    /// How many of a hundred sends, and of a hundred receives, had to wait.
    pub(crate) fn percent(&self, items: u64) -> [f64; 2] {
        [&self.sends, &self.receives].map(|waits| waits.load(Relaxed) as f64 * 100.0 / items as f64)
    }
}

async fn counted<F: Future>(waits: &AtomicU64, future: F) -> F::Output {
    let (mut future, mut waited) = (pin!(future), false);
    let output = poll_fn(|context| {
        let poll = future.as_mut().poll(context);
        waited |= poll.is_pending();
        poll
    });
    let output = output.await;
    waits.fetch_add(waited.into(), Relaxed);
    output
}
