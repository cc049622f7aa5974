//! One hop between two tasks: what an edge costs.

use futures::{SinkExt, StreamExt};
use pipeline_runtime::{Pipeline, pipeline};
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{Item, add};

pipeline! {
    fn hop<T: Item>(n: u64) -> Pipeline<u64> {
        source items = (0..n).map(T::make);
        sink sum = items.fold(0, |sum, item: T| add(sum, item.value()));
    }
}

/// A task that sends and one that receives, without cancellation.
macro_rules! bare {
    ($n:expr, $item:ty, $channel:expr, |$tx:ident, $value:ident| $send:expr, |$rx:ident| $receive:expr) => {{
        let n = $n;
        async move {
            #[allow(unused_mut, reason = "some channels want it")]
            let (mut $tx, mut $rx) = $channel;
            tokio::spawn(async move {
                for n in 0..n {
                    let $value = <$item>::make(n);
                    if $send.is_err() {
                        break;
                    }
                }
            });
            let sink = tokio::spawn(async move {
                let mut sum = 0;
                while let Some(item) = $receive {
                    let item: $item = item;
                    sum = add(sum, item.value());
                }
                sum
            });
            joined(sink).await
        }
    }};
}

async fn by_hand<T: Item>(n: u64) -> u64 {
    let token = CancellationToken::new();
    let items = hand::source(&token, (0..n).map(T::make));
    hand::fold(&token, items, 0, |sum, item: T| add(sum, item.value())).await
}

/// The careful one: cancellation around the loops.
async fn cancelled_outside<T: Item>(n: u64) -> u64 {
    let token = CancellationToken::new();
    let (tx, mut rx) = mpsc::channel::<T>(CAPACITY);
    let (of_source, of_sink) = (token.child_token(), token.child_token());
    tokio::spawn(async move {
        let sends = async move {
            for n in 0..n {
                if tx.send(T::make(n)).await.is_err() {
                    break;
                }
            }
        };
        of_source.run_until_cancelled(sends).await
    });
    let sink = tokio::spawn(async move {
        let receives = async move {
            let mut sum = 0;
            while let Some(item) = rx.recv().await {
                sum = add(sum, item.value());
            }
            sum
        };
        of_sink.run_until_cancelled(receives).await.unwrap_or_default()
    });
    joined(sink).await
}

/// `reserve_many` and `recv_many`.
async fn many_at_once<T: Item>(n: u64) -> u64 {
    let (tx, mut rx) = mpsc::channel::<T>(1024);
    tokio::spawn(async move {
        let mut next = 0;
        while next < n {
            let Ok(permits) = tx.reserve_many(128.min(n - next) as usize).await else { break };
            for permit in permits {
                permit.send(T::make(next));
                next += 1;
            }
        }
    });
    let sink = tokio::spawn(async move {
        let (mut sum, mut items) = (0, Vec::with_capacity(128));
        while rx.recv_many(&mut items, 128).await > 0 {
            sum = items.drain(..).fold(sum, |sum, item: T| add(sum, item.value()));
        }
        sum
    });
    joined(sink).await
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    let multi = executor.name == "multi-thread";
    of_items::<u64>(suite, executor, if multi { "hop" } else { "hop-current" }, "8 bytes");
    if multi {
        of_items::<[u64; 8]>(suite, executor, "hop-64-bytes", "64 bytes");
    }
}

fn of_items<T: Item>(suite: &mut Suite, executor: &Executor, name: &'static str, size: &str) {
    let title = format!("One hop between two tasks, items of {size}, {}", executor.name);
    suite
        .table(name, title)
        .items(8_000_000)
        .expect(|n| (0..n).map(T::make).fold(0, |sum, item| add(sum, item.value())))
        .slow_case("hand-written", 0.1, |n| executor.run(by_hand::<T>(n)))
        .slow_case("tokio, cancelled outside", 0.1, |n| executor.run(cancelled_outside::<T>(n)))
        .slow_case("tokio, many at once", 0.2, |n| executor.run(many_at_once::<T>(n)))
        .slow_case("async-channel", 0.1, |n| {
            executor.run(bare!(n, T, async_channel::bounded(CAPACITY), |tx, item| tx.send(item).await, |rx| rx
                .recv()
                .await
                .ok()))
        })
        .slow_case("flume", 0.1, |n| {
            executor.run(bare!(n, T, flume::bounded(CAPACITY), |tx, item| tx.send_async(item).await, |rx| rx
                .recv_async()
                .await
                .ok()))
        })
        .slow_case("futures", 0.1, |n| {
            executor.run(bare!(n, T, futures::channel::mpsc::channel(CAPACITY), |tx, item| tx.send(item).await, |rx| {
                rx.next().await
            }))
        })
        .slow_case("kanal", 0.2, |n| {
            executor.run(bare!(n, T, kanal::bounded_async(CAPACITY), |tx, item| tx.send(item).await, |rx| rx
                .recv()
                .await
                .ok()))
        })
        .slow_case("crossfire", 0.2, |n| {
            executor.run(bare!(n, T, crossfire::spsc::bounded_async(CAPACITY), |tx, item| tx.send(item).await, |rx| rx
                .recv()
                .await
                .ok()))
        })
        .case("pipeline!", |n| executor.pipeline(hop::<T>(n)))
        .goal("pipeline!", 45.0, "hand-written")
        .goal("pipeline!", 4.0, "crossfire")
        .goal("pipeline!", 4.0, "kanal")
        .run();
}
