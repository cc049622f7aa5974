//! What a call sees of a breaker without its lock: one word.
//!
//! To let a call go is one load. Nor does a success need the lock while the breaker is *sound*, as most are most of the time:
//! then it leaves the state machine as it is but for how many there were, and that number stands here, until the next event
//! takes it in under the lock, before anything else. No success can slip in behind that: to take the number in is to say that
//! the breaker is not sound, in the same step.

use std::sync::atomic::{AtomicU64, Ordering::*};

/// All calls go through.
const PASSES: u64 = 1;

/// A success is but a number.
const SOUND: u64 = 1 << 1;

/// One success.
const ONE: u64 = 1 << 2;

/// So many make it full.
const SUCCESSES: u64 = GENERATION - ONE;

/// The generation is in front of all that.
const GENERATION: u64 = 1 << 22;

#[derive(Debug)]
pub(super) struct Gate(AtomicU64);

/// How a state machine is seen.
#[derive(Clone, Copy)]
pub(super) struct View {
    pub(super) generation: u64,
    pub(super) passes: bool,
    pub(super) sound: bool,
}

impl View {
    fn word(self) -> u64 {
        let flags = if self.passes { PASSES } else { 0 } | if self.sound { SOUND } else { 0 };
        of(self.generation) | flags
    }
}

fn of(generation: u64) -> u64 {
    generation.wrapping_mul(GENERATION)
}

impl Gate {
    pub(super) fn new(view: View) -> Self {
        Self(AtomicU64::new(view.word()))
    }

    /// The generation, if all calls go through.
    #[inline]
    pub(super) fn pass(&self) -> Option<u64> {
        let word = self.0.load(Acquire);
        (word & PASSES != 0).then_some(word / GENERATION)
    }

    pub(super) fn is_current(&self, generation: u64) -> bool {
        self.0.load(Acquire) & !(GENERATION - 1) == of(generation)
    }

    /// Whether not all calls go through, in this generation.
    pub(super) fn is_narrow(&self, generation: u64) -> bool {
        self.0.load(Acquire) == of(generation)
    }

    /// Counts a success of a call of this generation, if that is all that there is to it.
    #[inline]
    pub(super) fn succeed(&self, generation: u64) -> bool {
        let mut word = self.0.load(Relaxed);
        loop {
            let full = word & SUCCESSES == SUCCESSES;
            if word & SOUND == 0 || full || word & !(GENERATION - 1) != of(generation) {
                return false;
            }
            match self.0.compare_exchange_weak(word, word + ONE, Release, Relaxed) {
                Ok(_) => return true,
                Err(seen) => word = seen,
            }
        }
    }

    /// The successes since this was last asked; none is counted here from now on. Under the lock.
    #[inline]
    pub(super) fn take_successes(&self) -> u64 {
        if self.0.load(Relaxed) & SOUND == 0 {
            return 0;
        }
        let word = self.0.fetch_and(!(SOUND | SUCCESSES), AcqRel);
        (word & SUCCESSES) / ONE
    }

    /// What has become of it. Under the lock.
    #[inline]
    pub(super) fn show(&self, view: View) {
        let word = view.word();
        if self.0.load(Relaxed) != word {
            self.0.store(word, Release);
        }
    }

    /// Whether there are any that have not been taken in.
    #[cfg(test)]
    pub(super) fn has_successes(&self) -> bool {
        self.0.load(Relaxed) & SUCCESSES != 0
    }
}
