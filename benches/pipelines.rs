//! `cargo bench -p benches`: pipelines beside what is written by hand for the same job. `-- --quick`: fewer items.

use benches::{Case, compare};
use pipeline_runtime::{Pipeline, pipeline};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

fn fold(sum: u64, n: u64) -> u64 {
    sum.wrapping_mul(31).wrapping_add(n)
}

/// Some 0.4 µs of work, most of it not to be optimised away.
fn work(n: u64) -> u64 {
    (0..400).fold(n, |x, i| std::hint::black_box(x).wrapping_mul(6364136223846793005).wrapping_add(i))
}

fn hop(n: u64) -> Pipeline<u64> {
    pipeline! {
        source numbers = 0..n;
        sink sum = numbers.fold(0, fold);
    }
}

fn four_stages(n: u64) -> Pipeline<u64> {
    pipeline! {
        source numbers = 0..n;
        stage mapped = numbers.map(|n| n.wrapping_mul(3));
        stage even = mapped.filter(|n| n % 2 == 0);
        sink sum = even.fold(0, fold);
    }
}

fn one_stage(n: u64) -> Pipeline<u64> {
    pipeline! {
        source numbers = 0..n;
        sink sum = numbers.map(|n| n.wrapping_mul(3)).filter(|n| n % 2 == 0).fold(0, fold);
    }
}

fn parallel(n: u64) -> Pipeline<u64> {
    pipeline! {
        source numbers = 0..n;
        #[workers(2)]
        stage worked = numbers.map(work);
        sink sum = worked.fold(0, fold);
    }
}

fn serial_work(n: u64) -> Pipeline<u64> {
    pipeline! {
        source numbers = 0..n;
        sink sum = numbers.map(work).fold(0, fold);
    }
}

/// What people write: a task a stage, a channel of 64 between them, `select!` on both sides.
macro_rules! hand_stage {
    ($token:ident, $rx:ident, $tx:ident, $item:ident => $body:expr) => {{
        let token = $token.clone();
        tokio::spawn(async move {
            loop {
                let $item = tokio::select! {
                    () = token.cancelled() => break,
                    item = $rx.recv() => match item { Some(item) => item, None => break },
                };
                if let Some(item) = $body {
                    let sent = tokio::select! { () = token.cancelled() => break, sent = $tx.send(item) => sent };
                    if sent.is_err() {
                        break;
                    }
                }
            }
        });
    }};
}

async fn by_hand(n: u64, stages: bool) -> u64 {
    let token = CancellationToken::new();
    let (numbers_tx, mut numbers_rx) = mpsc::channel(64);
    let source = token.clone();
    tokio::spawn(async move {
        for n in 0..n {
            let sent = tokio::select! { () = source.cancelled() => break, sent = numbers_tx.send(n) => sent };
            if sent.is_err() {
                break;
            }
        }
    });
    let mut last = if stages {
        let (mapped_tx, mut mapped_rx) = mpsc::channel(64);
        let (even_tx, even_rx) = mpsc::channel(64);
        hand_stage!(token, numbers_rx, mapped_tx, n => Some(n.wrapping_mul(3)));
        hand_stage!(token, mapped_rx, even_tx, n => (n % 2 == 0).then_some(n));
        even_rx
    } else {
        numbers_rx
    };
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        loop {
            tokio::select! {
                () = token.cancelled() => return sum,
                item = last.recv() => match item { Some(n) => sum = fold(sum, n), None => return sum },
            }
        }
    });
    sink.await.unwrap_or(0)
}

fn run(runtime: &Runtime, pipeline: Pipeline<u64>) -> u64 {
    runtime.block_on(async { tokio::spawn(pipeline.run()).await }).map_or(0, |result| result.unwrap_or(0))
}

fn hand(runtime: &Runtime, n: u64, stages: bool) -> u64 {
    runtime.block_on(async { tokio::spawn(by_hand(n, stages)).await }).unwrap_or(0)
}

fn main() -> std::io::Result<()> {
    let quick = std::env::args().any(|arg| arg == "--quick");
    let (n, rounds) = if quick { (200_000, 3) } else { (2_000_000, 9) };
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let runtime = &runtime;
    compare(
        "One hop between two tasks",
        n,
        rounds,
        vec![
            Case::new("hand-written: tokio mpsc 64, `select!` on both sides", |n| hand(runtime, n, false)),
            Case::new("`pipeline!`: a source and a sink", |n| run(runtime, hop(n))),
        ],
    );
    compare(
        "Source, map, filter, fold",
        n,
        rounds,
        vec![
            Case::new("hand-written: a task a stage", |n| hand(runtime, n, true)),
            Case::new("`pipeline!`: a task a stage", |n| run(runtime, four_stages(n))),
            Case::new("`pipeline!`: one statement behind the source", |n| run(runtime, one_stage(n))),
            Case::new("a loop", |n| {
                (0..n)
                    .map(|n| n.wrapping_mul(3))
                    .filter(|n| n % 2 == 0)
                    .fold(0, |s, n| fold(s, std::hint::black_box(n)))
            }),
        ],
    );
    compare(
        "Ordered map of about 0.4 µs, on two cores",
        n / 20,
        rounds,
        vec![
            Case::new("a loop on one core", |n| (0..n).map(work).fold(0, fold)),
            Case::new("`pipeline!`: one task", |n| run(runtime, serial_work(n))),
            Case::new("`pipeline!`: `#[workers(2)]`", |n| run(runtime, parallel(n))),
        ],
    );
    Ok(())
}
