//! The place of one body in flight. What is allocated for it serves all bodies that have the place one after the other.

use std::collections::VecDeque;
use std::task::{Context, Poll, Waker};

use super::super::hand::{Home, Load};
use super::super::{Parts, Pull};
use super::{Body, Given, Seat};

/// Parts of one item that are got before they can be passed on.
const LOOK_AHEAD: usize = 16;

/// The place of a body, from its start until all that it gave was taken.
pub(super) struct Slot<F: Body, K> {
    waker: Waker,
    pub(super) body: Option<Seat<F>>,
    /// What the body came to.
    parts: Option<F::Parts>,
    /// The item; none once it has arrived.
    load: Load,
    /// The body's number in the order of starts.
    pub(super) number: u64,
    pub(super) key: Option<K>,
    pub(super) stage: Stage,
    /// It stands in the order of what arrives, and not all that it gives has been passed on.
    pub(super) queued: bool,
    /// What it gave and was not passed on.
    pub(super) given: VecDeque<(Load, Given<F>)>,
    /// What it gave and was passed on, but not taken yet.
    pub(super) untaken: usize,
    /// It has given something.
    gave: bool,
}

/// Where a body is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Stage {
    /// It waits for another one of its key.
    InLine,
    /// It is polled when it is woken.
    Flying,
    /// It is far enough ahead.
    Ahead,
    /// It has ended.
    Over,
}

impl<F: Body, K> Slot<F, K> {
    pub(super) fn new(waker: Waker) -> Self {
        Self {
            waker,
            body: None,
            parts: None,
            load: Load::default(),
            number: 0,
            key: None,
            stage: Stage::Over,
            queued: false,
            given: VecDeque::new(),
            untaken: 0,
            gave: false,
        }
    }

    /// A body takes the place.
    pub(super) fn begin(&mut self, number: u64, load: Load, key: K, body: Seat<F>) {
        self.body = Some(body);
        (self.number, self.load, self.key) = (number, load, Some(key));
        (self.stage, self.gave) = (Stage::InLine, false);
    }

    /// The body has ended, and all that it gave was taken.
    pub(super) fn is_done(&self) -> bool {
        self.stage == Stage::Over && !self.queued && self.given.is_empty() && self.untaken == 0
    }

    /// So much of what it gave was taken that a body which is ahead goes on.
    pub(super) fn should_go_on(&self) -> bool {
        self.stage == Stage::Ahead && self.given.len() + self.untaken <= LOOK_AHEAD / 2
    }

    /// What there is here is not taken any more.
    pub(super) fn discard(&mut self, home: &Home) {
        std::mem::take(&mut self.load).discard(home);
        self.given.drain(..).for_each(|(load, _)| load.discard(home));
    }

    /// Polls the body for as long as it goes on without a wait. Tells whether an error of it is `fatal`.
    pub(super) fn poll(&mut self, home: &Home, fatal: &impl Fn(&F::Error) -> bool) -> bool {
        let Self { waker, body, parts, load, stage, given, untaken, gave, .. } = self;
        let (mut cx, work) = (Context::from_waker(waker), AtWork { load, home });
        if let Some(seat) = body
            && let Some(future) = seat.as_mut().as_pin_mut()
        {
            let Poll::Ready(result) = future.poll(&mut cx) else { return false };
            seat.set(None);
            match result {
                Ok(some) => *parts = Some(some),
                Err(error) => {
                    let failed_run = fatal(&error);
                    given.push_back((std::mem::take(work.load), Err(error)));
                    *stage = Stage::Over;
                    return failed_run;
                }
            }
        }
        let Some(some) = parts else { return false };
        loop {
            if given.len() + *untaken >= LOOK_AHEAD {
                *stage = Stage::Ahead;
                return false;
            }
            match some.pull() {
                Pull::Part(part) => {
                    let load = if F::Parts::WHOLE { std::mem::take(work.load) } else { work.load.part(home) };
                    given.push_back((load, Ok(part)));
                    *gave = true;
                    if F::Parts::WHOLE {
                        break;
                    }
                }
                Pull::End => break,
                Pull::Wait if some.poll_wait(&mut cx).is_ready() => {}
                Pull::Wait => return false,
            }
        }
        *parts = None;
        *stage = Stage::Over;
        let load = std::mem::take(work.load);
        if !*gave {
            load.done(home);
        }
        false
    }
}

/// A body that is polled. If it panics, it has failed, and whatever is dropped in its wake is discarded.
struct AtWork<'a> {
    load: &'a mut Load,
    home: &'a Home,
}

impl Drop for AtWork<'_> {
    #[inline]
    fn drop(&mut self) {
        if std::thread::panicking() {
            std::mem::take(self.load).struck(self.home);
        }
    }
}
