//! Groups of 128 items, or of what came within a second.

use std::time::Duration;

use futures::{StreamExt, stream};
use pipeline_runtime::{Pipeline, pipeline};
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep_until};
use tokio_stream::StreamExt as _;
use tokio_util::sync::CancellationToken;

use crate::hand::{self, CAPACITY};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{add, draw};

const SIZE: usize = 128;
const WITHIN: Duration = Duration::from_secs(1);

pipeline! {
    fn batches(n: u64) -> Pipeline<u64> {
        source numbers = (0..n).map(draw);
        sink sum = numbers.batch(SIZE, WITHIN).fold(0, of_batch);
    }
}

fn of_batch(sum: u64, batch: Vec<u64>) -> u64 {
    batch.into_iter().fold(sum, add)
}

/// With a clock for each batch.
async fn by_hand(n: u64) -> u64 {
    let token = CancellationToken::new();
    let mut numbers = hand::source(&token, (0..n).map(draw));
    let (tx, mut rx) = mpsc::channel(CAPACITY);
    let stage = token.clone();
    tokio::spawn(async move {
        let (mut batch, mut due) = (Vec::with_capacity(SIZE), Instant::now() + WITHIN);
        loop {
            let (full, ends) = tokio::select! {
                () = stage.cancelled() => break,
                n = numbers.recv() => match n {
                    Some(n) => {
                        if batch.is_empty() {
                            due = Instant::now() + WITHIN;
                        }
                        batch.push(n);
                        (batch.len() == SIZE, false)
                    }
                    None => (true, true),
                },
                () = sleep_until(due), if !batch.is_empty() => (true, false),
            };
            if full && tx.send(std::mem::replace(&mut batch, Vec::with_capacity(SIZE))).await.is_err() || ends {
                break;
            }
        }
    });
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        while let Some(batch) = rx.recv().await {
            sum = of_batch(sum, batch);
        }
        sum
    });
    joined(sink).await
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    suite
        .table("batch", format!("Batches of {SIZE}, or of what came within a second"))
        .items(4_000_000)
        .expect(|n| (0..n).fold(0, add))
        .slow_case("hand-written", 0.2, |n| executor.run(by_hand(n)))
        .case("tokio-stream, `chunks_timeout`", |n| {
            executor.run(async move {
                let batches = std::pin::pin!(stream::iter((0..n).map(draw)).chunks_timeout(SIZE, WITHIN));
                StreamExt::fold(batches, 0, async |sum, batch| of_batch(sum, batch)).await
            })
        })
        .case("pipeline!, `batch`", |n| executor.pipeline(batches(n)))
        .run();
}
