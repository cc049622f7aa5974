//! Where a pipeline's items come from, in all forms that a source may have.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::Ordering::*;
use std::task::{Context, Poll};

use futures::Stream;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, DuplexStream, Lines};
use tokio::sync::mpsc;

use super::Item;
use super::run::Shared;

/// An input of a run. It has no end if the run is to be stopped from outside; then the stop is triggered at the latest
/// when as many items were taken as the input would have had.
pub struct Input {
    pub(super) shared: Arc<Shared>,
    pub(super) source: usize,
}

impl Input {
    fn item(&self, index: usize) -> Item {
        Item { n: self.shared.value(self.source, index), source: self.source, index, token: self.shared.token.clone() }
    }

    fn taken(&self) {
        self.shared.taken[self.source].fetch_add(1, SeqCst);
    }

    /// Whether there is an item number `index`; at the end of an endless input the run is stopped.
    fn has(&self, index: usize) -> bool {
        if index < self.shared.len(self.source) {
            return true;
        }
        if self.shared.fault.is_stop() {
            self.shared.signal.cancel();
        }
        false
    }

    fn is_endless(&self) -> bool {
        self.shared.fault.is_stop()
    }

    /// An iterator. If the input is endless, it goes on and on.
    pub fn iter(self) -> impl Iterator<Item = Item> + Send + 'static {
        (0..).map_while(move |index| {
            if !self.has(index) && !self.is_endless() {
                return None;
            }
            self.taken();
            Some(self.item(index))
        })
    }

    /// A stream. If the input is endless, it falls silent after its items.
    pub fn stream(self) -> impl Stream<Item = Item> + Send + 'static {
        InputStream { input: self, index: 0, paused: false }
    }

    /// A tokio channel, fed by a task of its own. If the input is endless, its sender stays open.
    pub fn bounded(self, capacity: usize) -> mpsc::Receiver<Item> {
        let (tx, rx) = mpsc::channel(capacity.max(1));
        tokio::spawn(async move {
            let mut index = 0;
            while self.has(index) {
                if tx.send(self.item(index)).await.is_err() {
                    return;
                }
                self.taken();
                index += 1;
            }
            if self.is_endless() {
                tx.closed().await;
            }
        });
        rx
    }

    /// An unbounded tokio channel, fed by a task of its own. If the input is endless, its sender stays open.
    pub fn unbounded(self) -> mpsc::UnboundedReceiver<Item> {
        let (tx, rx) = mpsc::unbounded_channel();
        tokio::spawn(async move {
            let mut index = 0;
            while self.has(index) {
                if tx.send(self.item(index)).is_err() {
                    return;
                }
                self.taken();
                index += 1;
                if index % 16 == 0 {
                    tokio::task::yield_now().await;
                }
            }
            if self.is_endless() {
                tx.closed().await;
            }
        });
        rx
    }

    /// A channel of `std`, fed by a thread of its own: unbounded, or of this capacity. If the input is endless, its sender
    /// stays open.
    pub fn std_channel(self, bound: Option<usize>) -> std::sync::mpsc::Receiver<Item> {
        use std::sync::mpsc;
        let (send, rx): (Box<dyn Fn(Item) -> bool + Send>, _) = match bound {
            None => {
                let (tx, rx) = mpsc::channel();
                (Box::new(move |item| tx.send(item).is_ok()), rx)
            }
            Some(bound) => {
                let (tx, rx) = mpsc::sync_channel(bound);
                (Box::new(move |item| tx.send(item).is_ok()), rx)
            }
        };
        std::thread::spawn(move || {
            let mut index = 0;
            while self.has(index) {
                // Before it is sent: the thread may stand still afterwards, while the item goes its whole way.
                self.taken();
                if !send(self.item(index)) {
                    self.shared.taken[self.source].fetch_sub(1, SeqCst);
                    return;
                }
                index += 1;
            }
            while self.is_endless() && !self.shared.closed.is_cancelled() {
                std::thread::sleep(std::time::Duration::from_millis(1));
            }
        });
        rx
    }

    /// The runtime's own channel, fed by a task of its own. If the input is endless, it goes on until nobody listens.
    pub fn channel(self, capacity: usize) -> pipeline_runtime::Receiver<Item> {
        let (mut tx, rx) = pipeline_runtime::channel(capacity);
        tokio::spawn(async move {
            let mut index = 0;
            while self.has(index) || self.is_endless() {
                if tx.send(self.item(index)).await.is_err() {
                    return;
                }
                self.taken();
                index += 1;
                if index % 16 == 0 {
                    tokio::task::yield_now().await;
                }
            }
        });
        rx
    }

    /// The values as lines of text through an in-memory pipe, fed by a task of its own; see
    /// [`Run::parser`](super::Run::parser), which counts what was taken: a line may have been written and not read. If
    /// the input is endless, the pipe stays open.
    pub fn lines(self) -> Lines<BufReader<DuplexStream>> {
        let (mut write, read) = tokio::io::duplex(256);
        tokio::spawn(async move {
            let mut index = 0;
            while self.has(index) {
                let line = format!("{}\n", self.shared.value(self.source, index));
                if write.write_all(line.as_bytes()).await.is_err() {
                    return;
                }
                index += 1;
            }
            if self.is_endless() {
                self.shared.closed.cancelled().await;
            }
        });
        BufReader::new(read).lines()
    }
}

struct InputStream {
    input: Input,
    index: usize,
    paused: bool,
}

impl Stream for InputStream {
    type Item = Item;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Item>> {
        let index = self.index;
        if !self.input.has(index) {
            return if self.input.is_endless() { Poll::Pending } else { Poll::Ready(None) };
        }
        // Every few items there is none at once.
        self.paused = !self.paused && self.input.shared.value(self.input.source, index).is_multiple_of(5);
        if self.paused {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.index += 1;
        self.input.taken();
        Poll::Ready(Some(self.input.item(index)))
    }
}
