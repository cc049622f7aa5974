//! Up to n async bodies of one stage at once, in one task.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_util::Stream;
use futures_util::stream::FuturesUnordered;

use super::pace::give_way;
use super::{Hand, Held, Park, park};

/// What arrives at the second half of the stage.
pub enum Arrival<R, J> {
    /// An item's body has come to its end.
    Item(Hand, R),
    /// An item was rejected before it had a body.
    Rejected(Hand, J),
    /// An item failed the run before it had a body.
    Failed(Hand, Held),
    /// What follows belongs to this unit of a worker's input; `None`: the unit has ended.
    Unit(Option<u64>),
}

/// The bodies in flight. The first half of the stage starts them, the second takes what they give, in the order of
/// their start unless that was given up; all of them are polled while either half waits.
pub struct InFlight<F: Future, J> {
    slots: Mutex<Slots<F, J>>,
}

struct Slots<F: Future, J> {
    running: FuturesUnordered<Numbered<F>>,
    /// `arrived[i]` is what body number `next + i` gave. Unordered: what has arrived, as it came.
    arrived: VecDeque<Option<Arrival<F::Output, J>>>,
    next: u64,
    started: u64,
    /// Bodies running, and results not taken.
    occupied: usize,
    limit: usize,
    ordered: bool,
    /// No further body is started.
    closed: bool,
    /// The first half has ended.
    ended: bool,
    /// Counts everything that happens, so that the driver knows when nothing did.
    events: u64,
}

struct Numbered<F> {
    number: u64,
    hand: Option<Hand>,
    body: Pin<Box<F>>,
}

impl<F: Future> Future for Numbered<F> {
    type Output = (u64, Option<Hand>, F::Output);

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let output = std::task::ready!(self.body.as_mut().poll(cx));
        Poll::Ready((self.number, self.hand.take(), output))
    }
}

impl<F: Future, J> InFlight<F, J> {
    /// Room for `limit` bodies.
    pub fn new(limit: usize, ordered: bool) -> Self {
        Self {
            slots: Mutex::new(Slots {
                running: FuturesUnordered::new(),
                arrived: VecDeque::new(),
                next: 0,
                started: 0,
                occupied: 0,
                limit,
                ordered,
                closed: false,
                ended: false,
                events: 0,
            }),
        }
    }

    fn slots(&self) -> MutexGuard<'_, Slots<F, J>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until a body may be started.
    pub async fn room(&self) {
        poll_fn(|_| {
            let slots = self.slots();
            // The driver polls both halves again after whatever happens, so no waker is kept.
            if !slots.closed && slots.occupied < slots.limit { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }

    /// Starts a body, for which there is room.
    pub fn start(&self, hand: Hand, body: F) {
        let mut slots = self.slots();
        let number = slots.started;
        slots.started += 1;
        slots.occupied += 1;
        slots.events += 1;
        if slots.ordered {
            slots.arrived.push_back(None);
        }
        slots.running.push(Numbered { number, hand: Some(hand.into_body()), body: Box::pin(body) });
    }

    /// A unit of the input begins, or (`None`) ends.
    pub(crate) fn unit(&self, unit: Option<u64>) {
        self.slots().arrives(Arrival::Unit(unit));
    }

    /// An item is rejected without a body, for which there is room: it arrives in its place in the order.
    pub fn reject(&self, hand: Hand, rejected: J) {
        let mut slots = self.slots();
        slots.occupied += 1;
        slots.arrives(Arrival::Rejected(hand, rejected));
    }

    /// An item fails the run without a body: it arrives in its place in the order, and nothing is started after it.
    pub fn fail(&self, hand: Hand, error: Held) {
        let mut slots = self.slots();
        slots.occupied += 1;
        slots.closed = true;
        slots.arrives(Arrival::Failed(hand, error));
    }

    /// The first half has ended.
    pub fn end(&self) {
        let mut slots = self.slots();
        slots.ended = true;
        slots.events += 1;
    }

    /// What arrives next; `None` when all has.
    pub async fn next(&self, held: &mut impl Park) -> Option<Arrival<F::Output, J>> {
        park(poll_fn(|_| self.slots().poll_next()), held).await
    }

    /// Polls the bodies. `fail_fast`: after an error no further body is started.
    fn poll_bodies<T, X>(&self, cx: &mut Context<'_>, fail_fast: bool)
    where
        F: Future<Output = Result<T, X>>,
    {
        let mut slots = self.slots();
        while let Poll::Ready(Some((number, hand, result))) = Pin::new(&mut slots.running).poll_next(cx) {
            slots.events += 1;
            slots.closed |= fail_fast && result.is_err();
            let Some(hand) = hand else { continue };
            let arrival = Some(Arrival::Item(hand, result));
            if slots.ordered {
                let at = (number - slots.next) as usize;
                slots.arrived[at] = arrival;
            } else {
                slots.arrived.push_back(arrival);
            }
        }
    }

    /// Runs both halves of the stage and the bodies, until the second half has ended.
    pub async fn drive<O, T, X>(
        &self,
        fail_fast: bool,
        first: impl Future<Output = ()>,
        second: impl Future<Output = O>,
    ) -> O
    where
        F: Future<Output = Result<T, X>>,
    {
        let (mut first, mut second) = (pin!(first), pin!(second));
        let mut first_ended = false;
        loop {
            let mut rounds = 0;
            let output = poll_fn(|cx| {
                loop {
                    let before = self.slots().events;
                    if !first_ended && first.as_mut().poll(cx).is_ready() {
                        first_ended = true;
                        self.end();
                    }
                    self.poll_bodies(cx, fail_fast);
                    if let Poll::Ready(output) = second.as_mut().poll(cx) {
                        return Poll::Ready(Some(output));
                    }
                    if self.slots().events == before {
                        return Poll::Pending;
                    }
                    rounds += 1;
                    if rounds == ROUNDS {
                        return Poll::Ready(None);
                    }
                }
            });
            match output.await {
                Some(output) => return output,
                None => give_way().await,
            }
        }
    }
}

/// Rounds without a wait after which the task gives way.
const ROUNDS: u32 = 256;

impl<F: Future, J> Slots<F, J> {
    /// Something that needs no body has its place behind what was started before it.
    fn arrives(&mut self, arrival: Arrival<F::Output, J>) {
        self.events += 1;
        self.started += 1;
        self.arrived.push_back(Some(arrival));
    }

    fn poll_next(&mut self) -> Poll<Option<Arrival<F::Output, J>>> {
        if !matches!(self.arrived.front(), Some(Some(_))) {
            let over = self.ended && self.arrived.is_empty() && self.running.is_empty();
            return if over { Poll::Ready(None) } else { Poll::Pending };
        }
        let arrival = self.arrived.pop_front().flatten();
        self.events += 1;
        if self.ordered {
            self.next += 1;
        }
        if !matches!(arrival, Some(Arrival::Unit(_)) | None) {
            self.occupied -= 1;
        }
        Poll::Ready(arrival)
    }
}
