//! The consumer's end of an edge.

use std::sync::Arc;
use std::sync::atomic::Ordering::*;
use std::task::{Context, Poll, ready};
use std::vec;

use super::join::Side;
use super::queue::QueueReceiver;
use super::{Chunk, Shared};
use crate::stage::{Inlet, Park, Supply};

/// Takes items from an edge.
pub struct Receiver<T> {
    rx: QueueReceiver<Chunk<T>>,
    chunk: Chunk<T>,
    shared: Arc<Shared>,
    /// What the chunk held when credits were last given back: those of what was taken since are still to be.
    counted: usize,
    /// A rendezvous' credit is out.
    granted: bool,
}

impl<T> Receiver<T> {
    pub(super) fn new(rx: QueueReceiver<Chunk<T>>, shared: Arc<Shared>) -> Self {
        Self { rx, chunk: Chunk::new(Vec::new(), shared.clone()), shared, counted: 0, granted: false }
    }

    /// Accepts nothing further; what is there can still be taken.
    pub(crate) fn close(&mut self) {
        self.shared.end();
        self.rx.close();
        self.shared.credits.close();
    }

    /// Counts what was taken and gives its credits back.
    fn release(&mut self) {
        let left = self.chunk.len();
        let taken = std::mem::replace(&mut self.counted, left) - left;
        if taken > 0 {
            self.shared.meter.received.fetch_add(taken as u64, Relaxed);
            if !self.shared.rendezvous {
                self.shared.credits.add_permits(taken);
            }
        }
    }

    /// Tells the producer that somebody waits.
    fn announce(&mut self) {
        if self.shared.rendezvous && !std::mem::replace(&mut self.granted, true) {
            self.shared.credits.add_permits(1);
        }
        self.shared.waiting.store(true, Relaxed);
    }

    fn take_up(&mut self, chunk: Chunk<T>) {
        self.release();
        self.granted = false;
        self.counted = chunk.len();
        self.chunk = chunk;
    }
}

impl<T: Send> Supply for Receiver<T> {
    type Item = T;

    #[inline]
    fn pop(&mut self) -> Option<T> {
        self.chunk.pop()
    }

    #[inline]
    fn lend(&mut self) -> vec::IntoIter<T> {
        self.chunk.lend()
    }

    #[inline]
    fn give_back(&mut self, left: vec::IntoIter<T>) {
        self.chunk.give_back(left);
    }
}

impl<T: Send> Inlet for Receiver<T> {
    fn poll_more(&mut self, cx: &mut Context<'_>) -> Poll<bool> {
        if self.is_ready() {
            return Poll::Ready(true);
        }
        let received = self.rx.poll_recv(cx);
        if received.is_pending() {
            self.release();
            self.announce();
        }
        match ready!(received) {
            Some(chunk) if chunk.len() > 0 => {
                self.take_up(chunk);
                Poll::Ready(true)
            }
            // An empty chunk is the end of a sender that was given away, and may live on.
            Some(_) | None => {
                self.rx.close();
                self.release();
                // Cut, not ended: the cancel that ends this task is on its way.
                if self.shared.ended.load(Acquire) { Poll::Ready(false) } else { Poll::Pending }
            }
        }
    }
}

impl<T: Send> Side for Receiver<T> {
    fn is_ready(&self) -> bool {
        self.chunk.len() > 0
    }
}

impl<T: Send> Park for Receiver<T> {
    fn before_park(&mut self) {
        self.release();
    }
}

impl<T> Drop for Receiver<T> {
    fn drop(&mut self) {
        self.release();
        self.shared.gone.store(true, Release);
        // Before the producer can wake: it must know whether it is needed at all.
        if let Some((core, stage)) = &self.shared.producer {
            core.output_gone(*stage);
        }
        self.rx.close();
        self.shared.credits.close();
    }
}
