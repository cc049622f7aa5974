//! Time slices: a task gives way by time, not by count, and looks at the stop flag for each item.

use std::future::{pending, poll_fn};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use crate::core::Core;
use crate::signal::Signal;

/// A task gives way to others after this time.
const SLICE: Duration = Duration::from_micros(100);

/// The clock is read about this often, whatever an item costs.
const CLOCK_EVERY: Duration = Duration::from_micros(20);

/// Items between two looks at the clock, at the most.
const MAX_TANK: u32 = 256;

/// When a task has to look around, and what it does then. Its clock is the system's: under tokio's paused clock a busy
/// task would never give way.
pub(crate) struct Pace {
    /// The run and the stage, which may be ended: by a cancel, or because nobody needs it any more.
    core: Arc<Core>,
    stage: usize,
    slice: Instant,
    clock: Instant,
    /// The slice was found to be over.
    over: bool,
    /// The task has waited: a new slice begins.
    rested: bool,
    /// Items until the clock is read.
    fuel: u32,
    tank: u32,
    /// The task may block its thread, and so need not give way.
    blocking: bool,
}

impl Pace {
    pub(crate) fn new(core: Arc<Core>, stage: usize) -> Self {
        // A time that is known already. The first slice begins with the first item.
        let begun = core.begun();
        Self { core, stage, slice: begun, clock: begun, over: false, rested: true, fuel: 0, tank: 1, blocking: false }
    }

    /// Given when the stage has been ended.
    #[inline(always)]
    fn leave(&self) -> &Signal {
        &self.core.stage(self.stage).leave
    }

    pub(crate) fn set_blocking(&mut self) {
        self.blocking = true;
    }

    pub(crate) fn is_blocking(&self) -> bool {
        self.blocking
    }

    /// Whether the stage has been ended.
    #[inline]
    pub(crate) fn has_left(&self) -> bool {
        self.leave().is_given()
    }

    /// False when the task should look around: after a time slice, or when the stage has been ended.
    #[inline]
    pub(crate) fn may_go_on(&mut self) -> bool {
        if self.has_left() || (self.fuel == 0 && !self.refuel()) {
            return false;
        }
        self.fuel -= 1;
        true
    }

    /// What is looked at before each item of a stretch: the flag that ends the stage, and how many items may be taken up
    /// before it is time to look around.
    #[inline]
    pub(super) fn for_stretch(&mut self) -> (&AtomicBool, &mut u32) {
        if self.fuel == 0 {
            self.refuel();
        }
        (self.core.stage(self.stage).leave.flag(), &mut self.fuel)
    }

    /// How many items may be taken up before it is time to look around.
    #[inline]
    pub(super) fn fuel(&mut self) -> &mut u32 {
        &mut self.fuel
    }

    /// Whether it is time to look around. A task that may block its thread has no time slices, at whose ends its counts
    /// would be published, and so looks around between its chunks.
    #[inline]
    pub(super) fn is_due(&self) -> bool {
        self.over || self.blocking || self.has_left()
    }

    /// The task waits, and others run meanwhile.
    #[inline]
    pub(super) fn rest(&mut self) {
        self.rested = true;
    }

    /// Reads the clock; the distance to the next time, in items, adapts to what an item costs.
    #[cold]
    fn refuel(&mut self) -> bool {
        let now = Instant::now();
        let rested = std::mem::take(&mut self.rested);
        if now - self.clock <= CLOCK_EVERY {
            self.tank = (self.tank * 4).min(MAX_TANK);
        } else if !rested {
            // A wait tells nothing of what an item costs.
            self.tank = (self.tank / 2).max(1);
        }
        if rested {
            self.slice = now;
        }
        self.clock = now;
        if now - self.slice > SLICE && !self.blocking {
            self.over = true;
            return false;
        }
        self.fuel = self.tank;
        true
    }

    fn slice_is_over(&self) -> bool {
        !self.blocking && self.slice.elapsed() > SLICE
    }

    fn begin_slice(&mut self) {
        self.slice = Instant::now();
        self.clock = self.slice;
        self.rested = false;
    }

    /// Ends with the stage; gives way when the slice is over, having called `before`.
    pub(crate) async fn look_around(&mut self, before: impl FnOnce()) {
        if self.has_left() {
            return pending().await;
        }
        if self.slice_is_over() {
            before();
            give_way().await;
            self.begin_slice();
        }
        self.over = false;
        self.fuel = self.tank;
    }

    /// As [`look_around`](Self::look_around), for what is polled.
    pub(crate) fn poll_look_around(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        if self.has_left() {
            return Poll::Pending;
        }
        self.fuel = self.tank;
        self.over = false;
        if self.slice_is_over() {
            self.begin_slice();
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(())
    }
}

/// Lets other tasks run: wakes itself and waits, which puts the task into the queue that other threads steal from
/// (tokio's `yield_now` defers the wake instead).
pub(crate) async fn give_way() {
    let mut given = false;
    poll_fn(|cx| {
        if std::mem::replace(&mut given, true) {
            return Poll::Ready(());
        }
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}
