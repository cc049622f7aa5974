//! The latest calls, over which the rates are taken.

use std::time::Duration;

use tokio::time::Instant;

/// What the rates are taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Span {
    /// The latest calls, this many.
    Calls(usize),
    /// The calls of the latest time, this long.
    Time(Duration),
}

/// How many there were.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Counts {
    pub(super) calls: u64,
    pub(super) failed: u64,
    pub(super) slow: u64,
}

impl Counts {
    pub(super) fn of_one(failed: bool, slow: bool) -> Self {
        Self { calls: 1, failed: failed.into(), slow: slow.into() }
    }

    fn add(&mut self, other: Self) {
        self.calls += other.calls;
        self.failed += other.failed;
        self.slow += other.slow;
    }

    fn remove(&mut self, other: Self) {
        self.calls -= other.calls;
        self.failed -= other.failed;
        self.slow -= other.slow;
    }
}

#[derive(Debug)]
pub(super) enum Window {
    Calls(CallWindow),
    Time(TimeWindow),
}

impl Window {
    pub(super) fn new(span: Span, now: Instant) -> Self {
        match span {
            Span::Calls(calls) => Self::Calls(CallWindow::new(calls)),
            Span::Time(time) => Self::Time(TimeWindow::new(time, now)),
        }
    }

    /// Takes in a call, and tells how many there are with it. Only a window of time asks for the time.
    #[inline]
    pub(super) fn push(&mut self, failed: bool, slow: bool, now: impl FnOnce() -> Instant) -> Counts {
        match self {
            Self::Calls(window) => window.push(failed, slow),
            Self::Time(window) => window.push(Counts::of_one(failed, slow), now()),
        }
    }

    /// Whether it matters no more when a call that succeeds is taken in: none in it has failed or was slow, and it is not one
    /// of time.
    #[inline]
    pub(super) fn is_clean(&self) -> bool {
        matches!(self, Self::Calls(window) if window.counts.failed == 0 && window.counts.slow == 0)
    }

    /// Takes in so many calls that have neither failed nor were slow, into a window that [is clean](Self::is_clean).
    pub(super) fn push_clean(&mut self, calls: u64) {
        if let Self::Calls(window) = self {
            // Of more than it holds the latest are as the others.
            for _ in 0..calls.min(window.ring.len() as u64) {
                window.push(false, false);
            }
        }
    }

    /// Begins anew.
    pub(super) fn clear(&mut self, now: Instant) {
        match self {
            Self::Calls(window) => window.clear(),
            Self::Time(window) => window.clear(now),
        }
    }
}

/// The latest calls: a ring of two bits each.
#[derive(Debug)]
pub(super) struct CallWindow {
    ring: Box<[Mark]>,
    /// Where the next call goes: when the ring is full, in place of the oldest.
    next: usize,
    counts: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    failed: bool,
    slow: bool,
}

impl CallWindow {
    fn new(calls: usize) -> Self {
        Self { ring: vec![Mark::default(); calls].into(), next: 0, counts: Counts::default() }
    }

    #[inline]
    fn push(&mut self, failed: bool, slow: bool) -> Counts {
        let oldest = std::mem::replace(&mut self.ring[self.next], Mark { failed, slow });
        if self.counts.calls == self.ring.len() as u64 {
            self.counts.remove(Counts::of_one(oldest.failed, oldest.slow));
        }
        self.counts.add(Counts::of_one(failed, slow));
        self.next = if self.next + 1 == self.ring.len() { 0 } else { self.next + 1 };
        self.counts
    }

    fn clear(&mut self) {
        self.counts = Counts::default();
    }
}

/// A window of time goes on by a tenth of its length at a time.
pub(super) const SLICES: usize = 10;

/// The calls of the latest time, counted by slices of it, so that the memory does not depend on how many there are.
#[derive(Debug)]
pub(super) struct TimeWindow {
    slice: Duration,
    slices: Box<[Counts; SLICES]>,
    /// The slice of now.
    current: usize,
    /// When the slice of now ends.
    ends: Instant,
    counts: Counts,
}

impl TimeWindow {
    fn new(time: Duration, now: Instant) -> Self {
        let slice = (time / SLICES as u32).max(Duration::from_nanos(1));
        let slices = Box::default();
        Self { slice, slices, current: 0, ends: now + slice, counts: Counts::default() }
    }

    #[inline]
    fn push(&mut self, call: Counts, now: Instant) -> Counts {
        if now >= self.ends {
            self.go_on(now);
        }
        self.slices[self.current].add(call);
        self.counts.add(call);
        self.counts
    }

    /// Leaves the slices behind that have ended.
    fn go_on(&mut self, now: Instant) {
        let past = now.saturating_duration_since(self.ends).as_nanos();
        let slice = self.slice.as_nanos();
        for _ in 0..(past / slice + 1).min(SLICES as u128) {
            self.current = (self.current + 1) % SLICES;
            self.counts.remove(std::mem::take(&mut self.slices[self.current]));
        }
        let into_slice = Duration::from_nanos_u128(past % slice);
        self.ends = now + (self.slice - into_slice);
    }

    fn clear(&mut self, now: Instant) {
        *self.slices = Default::default();
        self.counts = Counts::default();
        self.ends = now + self.slice;
    }
}
