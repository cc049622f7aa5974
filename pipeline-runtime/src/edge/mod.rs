//! The edges: bounded FIFO channels between stages, in chunks.
//!
//! Items travel in [`Chunk`]s through a queue without a bound; what bounds an edge is its *credits*, one per item: a
//! producer needs one before it may push an item, a consumer gives them back as it takes items. So the capacity is
//! exact in items, whatever the chunks are, and the producer's unpublished chunk counts. With capacity 0 the consumer
//! grants one credit whenever it waits: a rendezvous.
//!
//! Two things are kept apart that a plain channel mixes up. The producer *ends* its edge when it is done
//! ([`Sender::finish`]). If it merely goes away, by a panic, an error or a cancel, the edge is *cut*: the consumer sees
//! no end and waits for the cancel that is on its way, so that a failure never looks like a clean end of input.
//!
//! A [`lossy`] edge has another inside and keeps to the same rules.

mod chunk;
mod either;
mod join;
mod lossy;
mod ordered;
mod queue;
mod receiver;
mod sender;
mod tee;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::*};

use tokio::sync::Semaphore;

use crate::core::{Core, EdgeMeter};

pub(crate) use chunk::{Chunk, Parcel};
pub use either::EitherSender;
pub use join::{Concat, Merge, Wrapped, Zip};
pub(crate) use lossy::lossy_edge;
pub use lossy::{Lossy, LossyReceiver, LossySender};
pub use ordered::{Rank, Reorder, Turns};
pub use receiver::Receiver;
pub use sender::{Closer, Sender};
pub use tee::{Push, Tee};

/// No chunk is larger; PERF: beyond this the cost per item hardly falls.
const MAX_CHUNK: usize = 128;

/// What both ends of an edge share.
pub(crate) struct Shared {
    pub(crate) meter: Arc<EdgeMeter>,
    /// The run and the producing stage, which hears of it when the consumer goes.
    producer: Option<(Arc<Core>, usize)>,
    credits: Semaphore,
    rendezvous: bool,
    /// Items after which a chunk is published in any case.
    chunk: usize,
    /// The consumer waits: publish at once.
    waiting: AtomicBool,
    /// Senders that have neither finished nor been dropped by a failure.
    owners: AtomicUsize,
    /// The last owner has finished.
    ended: AtomicBool,
    /// The consumer has gone.
    gone: AtomicBool,
}

impl Shared {
    /// One owner fewer; the last one ends the edge.
    fn owner_finished(&self) {
        if self.owners.fetch_sub(1, AcqRel) == 1 {
            self.end();
        }
    }

    /// Waits for one credit, for which an item may be pushed; `false` if the consumer has gone.
    pub(crate) async fn credit(&self) -> bool {
        match self.credits.acquire().await {
            Ok(credit) => {
                credit.forget();
                true
            }
            Err(_closed) => false,
        }
    }

    /// Declares what has been published to be all there is.
    pub(crate) fn end(&self) {
        self.ended.store(true, Release);
    }

    /// Whether the task that feeds this edge has anybody else to work for.
    fn producer_is_needed(&self) -> bool {
        self.producer.as_ref().is_some_and(|(core, stage)| core.task_is_needed(*stage))
    }
}

/// An edge of `capacity` items.
pub(crate) fn edge<T>(
    capacity: usize,
    meter: Arc<EdgeMeter>,
    producer: Option<(Arc<Core>, usize)>,
) -> (Sender<T>, Receiver<T>) {
    let capacity = capacity.min(Semaphore::MAX_PERMITS);
    meter.capacity.store(capacity, Relaxed);
    let shared = Arc::new(Shared {
        meter,
        producer,
        credits: Semaphore::new(capacity),
        rendezvous: capacity == 0,
        chunk: (capacity / 4).clamp(1, MAX_CHUNK),
        waiting: AtomicBool::new(false),
        owners: AtomicUsize::new(1),
        ended: AtomicBool::new(false),
        gone: AtomicBool::new(false),
    });
    let (tx, rx) = queue::queue();
    (Sender::new(tx, shared.clone()), Receiver::new(rx, shared))
}
