//! Outputs that a body sends into by itself: those of a `process` and of a generator.

use std::future::{pending, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use super::Pace;
use crate::core::Core;
use crate::edge::{Sender, Shared};
use crate::graph::StageKind;

/// The output of a `process` body, or of an `async` generator. It ends with the body, wherever it was taken.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// use pipeline_runtime::{Output, pipeline};
///
/// async fn countdown(out: &mut Output<u32>, from: u32) {
///     for n in (1..=from).rev() {
///         out.send(n).await;
///     }
/// }
///
/// let counted = pipeline! {
///     source n = async |out| countdown(&mut out, 3).await;
///     sink all = n.collect::<Vec<_>>();
/// };
/// assert_eq!(counted.run().await.unwrap(), [3, 2, 1]);
/// # });
/// ```
pub struct Output<T>(pub(super) Arc<Outgoing<T>>);

impl<T: Send> Output<T> {
    /// Sends an item; returns when it is accepted. With no receiver left it does not return, and the body is dropped.
    ///
    /// In a generator, a `send` during a graceful stop delivers its item and does not return either.
    ///
    /// # Cancel safety
    ///
    /// Dropped before the item is accepted, the item is dropped too, and counted: as abandoned by the edge, and as
    /// discarded by a generator.
    pub async fn send(&mut self, item: T) {
        let Err(item) = self.0.try_accept(item) else { return };
        let Some(mut offer) = self.0.offer() else { return pending().await };
        if offer.is_due {
            poll_fn(|cx| self.0.poll_look_around(cx)).await;
        }
        offer.room().await;
        if !offer.accept(item) || self.0.is_draining() {
            pending().await
        }
    }
}

/// What a body's output and its stage share. The stage takes the sender away when the body has ended, and hands over
/// what was sent whenever the body waits; so items travel in chunks from a body that is fast.
pub(super) struct Outgoing<T> {
    pub(super) core: Arc<Core>,
    pub(super) stage: usize,
    /// A generator's: it counts its items as received, and is stopped by a graceful stop.
    is_source: bool,
    edge: Arc<Shared>,
    /// The body is being polled, and what it sends is handed over when it waits.
    in_body: AtomicBool,
    /// `None` once the body has ended.
    open: Mutex<Option<Open<T>>>,
}

struct Open<T> {
    sender: Sender<T>,
    pace: Pace,
    /// Items accepted and not counted yet.
    accepted: u64,
    /// Items whose `send` waits.
    offers: usize,
    /// The last item of a generator that is stopped gracefully has been accepted.
    stopped: bool,
    /// Who waits for the offers to be over.
    stopper: Option<Waker>,
}

impl<T> Outgoing<T> {
    pub(super) fn new(core: Arc<Core>, stage: usize, sender: Sender<T>, pace: Pace) -> Arc<Self> {
        let is_source = core.graph().stages[stage].kind == StageKind::Source;
        let edge = sender.shared().clone();
        let open = Open { sender, pace, accepted: 0, offers: 0, stopped: false, stopper: None };
        Arc::new(Self { core, stage, is_source, edge, in_body: AtomicBool::new(false), open: Mutex::new(Some(open)) })
    }

    fn open(&self) -> MutexGuard<'_, Option<Open<T>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a generator is stopped gracefully.
    fn is_draining(&self) -> bool {
        self.is_source && self.core.is_draining()
    }

    /// Whether a graceful stop, and nothing more than that, is why the body is to end.
    pub(super) fn is_only_draining(&self) -> bool {
        self.is_draining() && !self.core.stage(self.stage).leave.is_given()
    }

    /// Polls the body; when it waits, what it has sent goes out.
    pub(super) fn poll_body<F: Future>(&self, body: Pin<&mut F>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.in_body.store(true, Relaxed);
        let poll = body.poll(cx);
        self.in_body.store(false, Relaxed);
        if let Some(open) = &mut *self.open() {
            open.pace.rest();
            self.hand_over(open);
        }
        poll
    }

    fn hand_over(&self, open: &mut Open<T>) {
        self.count(open);
        open.sender.publish();
    }

    fn count(&self, open: &mut Open<T>) {
        let accepted = std::mem::take(&mut open.accepted);
        if accepted == 0 {
            return;
        }
        let meter = self.core.stage(self.stage);
        meter.emitted.fetch_add(accepted, Relaxed);
        if self.is_source {
            meter.received.fetch_add(accepted, Relaxed);
            meter.done.fetch_add(accepted, Relaxed);
        }
    }

    /// Accepts an item for which there is room.
    fn push(&self, open: &mut Open<T>, item: T) {
        open.sender.push(item);
        open.accepted += 1;
        // Whoever polls the body takes the lock after it, and hands over what was pushed before.
        if !self.in_body.load(Relaxed) {
            self.hand_over(open);
        }
    }

    /// Accepts the item if nothing speaks against it: no stop, no end of a time slice, a full edge.
    pub(super) fn try_accept(&self, item: T) -> Result<(), T> {
        let mut open = self.open();
        let Some(open) = &mut *open else { return Err(item) };
        if self.is_draining() || !open.pace.may_go_on() || !open.sender.try_room() {
            return Err(item);
        }
        self.push(open, item);
        Ok(())
    }

    /// An item whose `send` has to wait, and before which what was sent goes out; `None` once the body has ended.
    pub(super) fn offer(&self) -> Option<Offer<'_, T>> {
        let mut open = self.open();
        let open = open.as_mut()?;
        open.offers += 1;
        let (is_due, has_room) = (open.stopped || open.pace.is_due(), open.sender.try_room());
        if !has_room {
            self.hand_over(open);
        }
        Some(Offer { outgoing: self, is_due, has_room, credit: false, accepted: false })
    }

    fn poll_look_around(&self, cx: &mut Context<'_>) -> Poll<()> {
        match &mut *self.open() {
            Some(open) if !open.stopped => open.pace.poll_look_around(cx),
            _ => Poll::Pending,
        }
    }

    /// Whether a generator that is to be stopped gracefully can be dropped: no `send` of it waits. Else the task is
    /// woken when that is so.
    pub(super) fn may_stop(&self, cx: &mut Context<'_>) -> bool {
        match &mut *self.open() {
            Some(open) if open.offers > 0 && !open.stopped => {
                open.stopper = Some(cx.waker().clone());
                false
            }
            _ => true,
        }
    }

    /// Takes the sender away; `ended` tells whether all has been sent.
    fn close(&self, ended: bool) {
        let Some(mut open) = self.open().take() else { return };
        self.count(&mut open);
        if ended {
            open.sender.end();
        }
    }
}

/// An item whose `send` waits. Dropped, it was sent and abandoned, and a generator has discarded it.
pub(super) struct Offer<'a, T> {
    outgoing: &'a Outgoing<T>,
    /// The task should look around first.
    pub(super) is_due: bool,
    /// There was room from the start.
    has_room: bool,
    /// It has a credit of the edge's, which the sender does not know of.
    credit: bool,
    accepted: bool,
}

impl<T> Offer<'_, T> {
    /// Waits until the item may be accepted. With nobody left to work for it never returns.
    pub(super) async fn room(&mut self) {
        if !self.has_room {
            self.credit = self.outgoing.edge.credit().await;
            if !self.credit {
                pending().await
            }
        }
    }

    /// The item has a place, unless the body has ended.
    pub(super) fn accept(mut self, item: T) -> bool {
        let outgoing = self.outgoing;
        let mut open = outgoing.open();
        let stopper = open.as_mut().and_then(|open| {
            self.accepted = true;
            open.stopped = outgoing.is_draining();
            let stopper = self.withdraw(open);
            outgoing.push(open, item);
            stopper
        });
        // The lock is free again before anybody is woken, and before an offer is dropped.
        drop(open);
        wake(stopper);
        self.accepted
    }

    /// It waits no longer, and its credit is the sender's. Tells who waits for that.
    fn withdraw(&mut self, open: &mut Open<T>) -> Option<Waker> {
        open.offers -= 1;
        if std::mem::take(&mut self.credit) {
            open.sender.grant();
        }
        open.stopper.take()
    }
}

impl<T> Drop for Offer<'_, T> {
    fn drop(&mut self) {
        if self.accepted {
            return;
        }
        let outgoing = self.outgoing;
        outgoing.edge.meter.sent.fetch_add(1, Relaxed);
        outgoing.edge.meter.abandoned.fetch_add(1, Relaxed);
        if outgoing.is_source {
            let meter = outgoing.core.stage(outgoing.stage);
            meter.received.fetch_add(1, Relaxed);
            meter.discarded.fetch_add(1, Relaxed);
        }
        wake(outgoing.open().as_mut().and_then(|open| self.withdraw(open)));
    }
}

fn wake(waker: Option<Waker>) {
    if let Some(waker) = waker {
        waker.wake();
    }
}

/// What the stage keeps of a body's output. Dropped before the [end](Self::end), the output is cut.
pub(super) struct OutputGuard<T>(pub(super) Arc<Outgoing<T>>);

impl<T> OutputGuard<T> {
    /// The body has come to its end: so has the output.
    pub(super) fn end(self) {
        self.0.close(true);
    }
}

impl<T> Drop for OutputGuard<T> {
    fn drop(&mut self) {
        self.0.close(false);
    }
}

#[cfg(test)]
pub(super) mod tests {
    use std::pin::pin;
    use std::time::Duration;

    use super::*;
    use crate::edge::{Receiver, edge};
    use crate::graph::{Graph, Stage};
    use crate::stage::{Inlet, Supply};

    const SOURCE: &[Stage] = &[Stage::new("a", StageKind::Source, &[], &[], 1)];

    /// A run of one source, and its edge.
    pub(in crate::stage) fn source<T>() -> (Arc<Core>, Sender<T>, Receiver<T>) {
        let core = Arc::new(Core::new(Graph::new("", SOURCE, &[], ""), None, Duration::ZERO));
        let (tx, rx) = edge(1000, Arc::default(), None);
        (core, tx, rx)
    }

    /// A body that is fast hands its items over together, and keeps none back when it waits.
    #[test]
    fn items_travel_in_chunks() {
        let (core, tx, mut rx) = source();
        let outgoing = Outgoing::new(core.clone(), 0, tx, Pace::new(core.clone(), 0));
        let mut output = Output(outgoing.clone());
        let mut body = pin!(async move {
            for n in 0..500 {
                output.send(n).await;
            }
            pending::<()>().await
        });
        let mut cx = Context::from_waker(Waker::noop());
        while core.stage(0).emitted.load(Relaxed) < 500 {
            assert!(outgoing.poll_body(body.as_mut(), &mut cx).is_pending());
        }
        let (mut chunks, mut items) = (0, Vec::new());
        while rx.poll_more(&mut cx) == Poll::Ready(true) {
            chunks += 1;
            items.extend(std::iter::from_fn(|| rx.pop()));
        }
        assert_eq!(items, (0..500).collect::<Vec<_>>());
        assert!(chunks < 250, "{chunks} chunks");
    }
}
