//! Which bodies in flight have been woken: a bit for each slot, and a waker that was made with the slot and sets it. A wake
//! allocates nothing; only the first one of a block takes the lock.

use std::sync::atomic::{AtomicU64, Ordering::*};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Wake, Waker};

const SLOTS_OF_BLOCK: usize = u64::BITS as usize;

/// The slots that have been woken, and the task that polls them.
#[derive(Default)]
pub(super) struct Wakes {
    blocks: Vec<Arc<Block>>,
    woken: Arc<Mutex<Woken>>,
    /// Kept for its memory.
    spare: Vec<usize>,
}

#[derive(Default)]
struct Woken {
    /// The numbers of the blocks that have a bit set.
    blocks: Vec<usize>,
    /// The task, until it is woken.
    task: Option<Waker>,
}

/// The slots that share a word.
struct Block {
    number: usize,
    ready: AtomicU64,
    woken: Arc<Mutex<Woken>>,
}

/// What wakes one slot.
struct SlotWaker {
    block: Arc<Block>,
    bit: u64,
}

impl Wakes {
    /// The waker of a slot: they are numbered as they are made.
    pub(super) fn waker_of(&mut self, slot: usize) -> Waker {
        let number = slot / SLOTS_OF_BLOCK;
        if number == self.blocks.len() {
            self.blocks.push(Arc::new(Block { number, ready: AtomicU64::new(0), woken: self.woken.clone() }));
        }
        Waker::from(Arc::new(SlotWaker { block: self.blocks[number].clone(), bit: 1 << (slot % SLOTS_OF_BLOCK) }))
    }

    /// Adds the slots that have been woken to `slots`. What is woken from now on wakes `task`.
    pub(super) fn take(&mut self, task: &Waker, slots: &mut Vec<usize>) {
        let mut woken = lock(&self.woken);
        if woken.task.as_ref().is_none_or(|known| !known.will_wake(task)) {
            woken.task = Some(task.clone());
        }
        std::mem::swap(&mut woken.blocks, &mut self.spare);
        drop(woken);
        for number in self.spare.drain(..) {
            let mut ready = self.blocks[number].ready.swap(0, AcqRel);
            while ready != 0 {
                slots.push(number * SLOTS_OF_BLOCK + ready.trailing_zeros() as usize);
                ready &= ready - 1;
            }
        }
    }
}

impl Wake for SlotWaker {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        let block = &self.block;
        if block.ready.fetch_or(self.bit, AcqRel) == 0 {
            let mut woken = lock(&block.woken);
            woken.blocks.push(block.number);
            let task = woken.task.take();
            drop(woken);
            if let Some(task) = task {
                task.wake();
            }
        }
    }
}

fn lock(woken: &Mutex<Woken>) -> MutexGuard<'_, Woken> {
    woken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::woken::Woken;

    /// Each slot that was woken is told once, in whatever block, and the task is woken once for all of them.
    #[test]
    fn woken_slots() {
        let (mut wakes, task) = (Wakes::default(), Arc::new(Woken::default()));
        let wakers: Vec<Waker> = (0..200).map(|slot| wakes.waker_of(slot)).collect();
        let mut slots = Vec::new();
        let waker = task.waker();
        for (round, of_round) in [vec![], vec![0, 63, 64, 199], vec![1], vec![]].into_iter().enumerate() {
            wakes.take(&waker, &mut slots);
            assert!(slots.is_empty(), "{slots:?} in round {round}");
            let before = task.times();
            for &slot in of_round.iter().chain(&of_round) {
                wakers[slot].wake_by_ref();
            }
            assert_eq!(task.times() - before, usize::from(!of_round.is_empty()));
            wakes.take(&waker, &mut slots);
            assert_eq!(std::mem::take(&mut slots), of_round);
        }
    }
}
