//! `on_cancel(finish)`: a task that is told to leave finishes what it has begun.

use std::future::{pending, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};
use std::task::Poll;

use crate::core::Core;
use crate::counted::Counted;

/// What a task has begun: what runs it and what is run both know.
#[derive(Clone, Default)]
pub struct Begun(Arc<Items>);

#[derive(Default)]
struct Items {
    /// The task was told to leave.
    leaving: AtomicBool,
    /// Items whose bodies have begun, and whose last attempts have not ended.
    begun: AtomicUsize,
}

impl Begun {
    /// Nothing has begun.
    pub fn new() -> Self {
        Self::default()
    }

    /// An item's body begins; its last attempt ends with the guard.
    pub fn begin(&self) -> Counted<'_> {
        Counted::new(&self.0.begun)
    }

    /// An item's body begins beside others, unless the task is to leave: then it never does.
    pub async fn begin_beside(&self) -> Counted<'_> {
        if self.0.leaving.load(Relaxed) {
            pending::<()>().await;
        }
        self.begin()
    }

    /// Runs a task's `body` until `leave` has resolved, and then for as long as anything in it has begun, within the drain
    /// time.
    pub(crate) async fn run<F: Future>(
        self,
        leave: impl Future<Output = ()>,
        core: &Core,
        body: F,
    ) -> Result<Option<F::Output>, Overrun> {
        let mut body = pin!(body);
        tokio::select! {
            biased;
            () = leave => {}
            output = &mut body => return Ok(Some(output)),
        }
        self.0.leaving.store(true, Relaxed);
        if core.drain_is_over() {
            return Ok(None);
        }
        let _counted = core.finishing();
        let rest = poll_fn(|cx| match body.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending if self.0.begun.load(Relaxed) == 0 => Poll::Ready(None),
            Poll::Pending => Poll::Pending,
        });
        tokio::time::timeout(core.drain_time(), rest).await.map_err(|_elapsed| Overrun)
    }
}

/// What was begun was not finished within the drain time.
pub(crate) struct Overrun;
