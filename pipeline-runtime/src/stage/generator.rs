//! Generators: sources whose items are sent by a body of the user's.

use std::future::poll_fn;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use super::Pace;
use super::output::{Outgoing, Output, OutputGuard};
use crate::core::Core;
use crate::edge::Sender;

/// The output of a generator under `#[blocking]`. It ends with the body, wherever it was taken.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use pipeline_runtime::{BlockingOutput, pipeline};
///
/// fn walk(depth: u32, out: &mut BlockingOutput<u32>) -> bool {
///     out.send(depth) && (depth == 0 || (walk(depth - 1, out) && walk(depth - 1, out)))
/// }
///
/// let walked = pipeline! {
///     #[blocking]
///     source depth = |out| { walk(2, &mut out); };
///     sink all = depth.collect::<Vec<_>>();
/// };
/// assert_eq!(walked.run().await.unwrap(), [2, 1, 0, 0, 1, 0, 0]);
/// # });
/// ```
pub struct BlockingOutput<T>(Arc<Outgoing<T>>);

impl<T: Send> BlockingOutput<T> {
    /// Sends an item; blocks the thread while the edge is full.
    ///
    /// `false`: the item was not accepted, and none will be any more, for nobody listens, or the run has been cancelled or
    /// is being shut down. The body should return then. The item is counted as discarded. Nothing that ends a run
    /// leaves a `send` waiting.
    #[must_use = "on `false` the body should return"]
    pub fn send(&mut self, item: T) -> bool {
        let Err(item) = self.0.try_accept(item) else { return true };
        let Some(mut offer) = self.0.offer() else { return false };
        let (leave, drain) = (&self.0.core.stage(self.0.stage).leave, self.0.core.drain());
        let has_room = wait_on_thread(async {
            tokio::select! {
                biased;
                () = leave.wait() => false,
                () = drain.wait() => false,
                () = offer.room() => true,
            }
        });
        has_room && offer.accept(item)
    }
}

/// Blocks the thread until `future` is ready. Needs no runtime, so that it may be called from wherever the body waits.
fn wait_on_thread<F: Future>(future: F) -> F::Output {
    struct Unpark(Thread);

    impl Wake for Unpark {
        fn wake(self: Arc<Self>) {
            self.0.unpark();
        }
    }

    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut future = pin!(future);
    loop {
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

/// What a generator's stage keeps: the end of its output, and the stop.
pub struct Generator<T>(OutputGuard<T>);

impl<T> Generator<T> {
    /// A generator that is a future, and what it sends into.
    pub(crate) fn new(core: Arc<Core>, stage: usize, sender: Sender<T>) -> (Output<T>, Self) {
        let pace = Pace::new(core.clone(), stage);
        let outgoing = Outgoing::new(core, stage, sender, pace);
        (Output(outgoing.clone()), Self(OutputGuard(outgoing)))
    }

    /// A generator on a thread of its own, and what it sends into.
    pub(crate) fn blocking(core: Arc<Core>, stage: usize, sender: Sender<T>) -> (BlockingOutput<T>, Self) {
        let mut pace = Pace::new(core.clone(), stage);
        pace.set_blocking();
        let outgoing = Outgoing::new(core, stage, sender, pace);
        (BlockingOutput(outgoing.clone()), Self(OutputGuard(outgoing)))
    }

    /// Runs the body. A graceful stop drops it where it waits; if it waits in a `send`, when that item is accepted.
    pub async fn run<E>(self, body: impl Future<Output = Result<(), E>>) -> Result<(), E> {
        let outgoing = self.0.0.clone();
        let result = {
            let mut body = pin!(body);
            let mut drained = pin!(outgoing.core.drain().wait());
            poll_fn(|cx| {
                let is_draining = outgoing.core.is_draining() || drained.as_mut().poll(cx).is_ready();
                if is_draining && outgoing.may_stop(cx) {
                    return Poll::Ready(Ok(()));
                }
                let poll = outgoing.poll_body(body.as_mut(), cx);
                if poll.is_pending() && is_draining && outgoing.may_stop(cx) {
                    return Poll::Ready(Ok(()));
                }
                poll
            })
            .await
        };
        if result.is_ok() {
            self.0.end();
        }
        result
    }

    /// The body has come back from its thread; `None`: it was stopped before it began.
    pub(crate) fn came_back<E>(self, result: Option<Result<(), E>>) -> Option<Result<(), E>> {
        let is_end = match &result {
            Some(result) => result.is_ok(),
            None => self.0.0.is_only_draining(),
        };
        if is_end {
            self.0.end();
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::super::output::tests::source;
    use super::*;
    use crate::stage::Inlet;

    /// Whether the consumer sees an end of the items once the body has come to `result`.
    fn is_end(result: Result<(), ()>) -> Poll<bool> {
        let mut cx = Context::from_waker(Waker::noop());
        let (core, tx, mut rx) = source::<u64>();
        let (_output, generator) = Generator::new(core, 0, tx);
        assert_eq!(pin!(generator.run(async { result })).poll(&mut cx), Poll::Ready(result));
        let waiting = rx.poll_more(&mut cx);

        let (core, tx, mut rx) = source::<u64>();
        let (_output, generator) = Generator::blocking(core, 0, tx);
        assert_eq!(generator.came_back(Some(result)), Some(result));
        assert_eq!(rx.poll_more(&mut cx), waiting);
        waiting
    }

    /// A failure never looks like the end, not even for the moment until it is recorded.
    #[test]
    fn a_failure_is_no_end() {
        assert_eq!(is_end(Ok(())), Poll::Ready(false));
        assert_eq!(is_end(Err(())), Poll::Pending);
    }
}
