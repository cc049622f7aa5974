//! Real work: a file of JSON lines is parsed, filtered and grouped by a key.

use std::cell::LazyCell;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

use futures::{StreamExt, TryStreamExt, future, stream};
use pipeline_runtime::{BoxError, Pipeline, pipeline};
use rayon::prelude::*;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio_util::sync::CancellationToken;

use crate::hand::{CAPACITY, until_cancelled};
use crate::machine::cores;
use crate::needed::Needed;
use crate::requests::{Request, Served, blocks, file, lines};
use crate::runtime::{Executor, joined};
use crate::suite::Suite;

pipeline! {
    fn served(path: PathBuf, workers: usize) -> Pipeline<Served> {
        #[blocking]
        source lines = lines(&path)?;

        #[workers(workers), unordered]
        stage requests = lines?.map(|line| Request::parse(&line)?).filter(Request::is_served);

        sink served = requests.fold(Served::default(), Served::with);
    }
}

pipeline! {
    /// What is handed over is a block of lines, and so costs nothing for each of them.
    fn served_by_blocks(path: PathBuf, workers: usize) -> Pipeline<Served> {
        #[blocking]
        source blocks = blocks(&path)?;

        #[workers(workers), unordered]
        stage parts = blocks?.map(|block| served_of(block.lines().map(Ok))?);

        sink served = parts.fold(Served::default(), Served::and);
    }
}

/// The request of a line, if it was served.
fn parse(line: &str) -> Result<Option<Request>, BoxError> {
    let request = Request::parse(line)?;
    Ok(request.is_served().then_some(request))
}

fn add(served: Served, request: Option<Request>) -> Served {
    match request {
        Some(request) => served.with(request),
        None => served,
    }
}

fn served_of<L: AsRef<str>>(mut lines: impl Iterator<Item = io::Result<L>>) -> Result<Served, BoxError> {
    lines.try_fold(Served::default(), |served, line| Ok(add(served, parse(line?.as_ref())?)))
}

fn one_by_one(path: &Path) -> Result<Served, BoxError> {
    served_of(lines(path)?)
}

/// A reader, workers at a channel of its lines, each with a map of its own; the first error cancels all.
async fn by_hand(path: PathBuf, workers: usize) -> Result<Served, BoxError> {
    let token = CancellationToken::new();
    let (lines_tx, texts) = async_channel::bounded(CAPACITY);
    let reader = tokio::task::spawn_blocking(move || -> Result<(), BoxError> {
        for line in lines(&path)? {
            if lines_tx.send_blocking(line?).is_err() {
                break;
            }
        }
        Ok(())
    });
    let worker = |_| {
        let (texts, token) = (texts.clone(), token.clone());
        tokio::spawn(async move {
            let mut served = Served::default();
            while let Some(Ok(line)) = until_cancelled!(token, texts.recv()) {
                served = add(served, parse(&line).inspect_err(|_| token.cancel())?);
            }
            Ok::<_, BoxError>(served)
        })
    };
    let workers: Vec<_> = (0..workers).map(worker).collect();
    drop(texts);
    let mut served = Served::default();
    for worker in workers {
        served = served.and(joined(worker).await?);
    }
    joined(reader).await?;
    Ok(served)
}

/// A task for each line.
async fn buffered(path: PathBuf) -> Result<Served, BoxError> {
    let lines = BufReader::new(tokio::fs::File::open(path).await?).lines();
    let lines = stream::try_unfold(lines, |mut lines| async move {
        let line = lines.next_line().await?;
        Ok::<_, io::Error>(line.map(|line| (line, lines)))
    });
    let tasks = lines.map(|line| tokio::spawn(async move { parse(&line?) }));
    let requests = tasks.buffer_unordered(CAPACITY).map(|task| task?).try_filter_map(future::ok);
    requests.try_fold(Served::default(), |served, request| future::ok(served.with(request))).await
}

fn rayon_in_memory(path: &Path) -> Result<Served, BoxError> {
    let text = fs::read_to_string(path)?;
    let parts = text.par_lines().try_fold(Served::default, |served, line| Ok(add(served, parse(line)?)));
    parts.try_reduce(Served::default, |served, others| Ok(served.and(others)))
}

fn rayon_bridge(path: &Path) -> Result<Served, BoxError> {
    let parts = lines(path)?.par_bridge().try_fold(Served::default, |served, line| Ok(add(served, parse(&line?)?)));
    parts.try_reduce(Served::default, |served, others| Ok(served.and(others)))
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    let quick = suite.options.quick;
    let megabytes = if quick { 20 } else { 1_000 };
    let workers = cores();
    let path = LazyCell::new(|| file(megabytes * 1_000_000).needed("the file of requests"));
    let expected = LazyCell::new(|| one_by_one(&path).needed("the requests in a loop"));
    let seconds = |run: &dyn Fn() -> Result<Served, BoxError>| {
        let expected = &*expected;
        let start = Instant::now();
        let served = run().needed("the requests");
        let time = start.elapsed();
        assert!(served == *expected, "other sums than those of the loop");
        vec![time.as_secs_f64()]
    };
    suite
        .table(
            "json-lines",
            format!("{megabytes} MB of JSON lines parsed, filtered, grouped by key, {workers} workers"),
        )
        .columns(&["s"])
        .seldom(if quick { 1 } else { 5 })
        .measured("a loop", |_| seconds(&|| one_by_one(&path)))
        .measured("hand-written tokio", |_| seconds(&|| executor.run(by_hand(path.clone(), workers))))
        .measured("futures, `buffer_unordered` tasks", |_| seconds(&|| executor.run(buffered(path.clone()))))
        .measured("rayon, `par_bridge`", |_| seconds(&|| rayon_bridge(&path)))
        .measured("rayon, the file in memory", |_| seconds(&|| rayon_in_memory(&path)))
        .measured("pipeline!", |_| seconds(&|| Ok(executor.pipeline(served(path.clone(), workers)))))
        .measured("pipeline!, blocks of lines", |_| {
            seconds(&|| Ok(executor.pipeline(served_by_blocks(path.clone(), workers))))
        })
        .goal("pipeline!", 1.0, "hand-written tokio")
        .goal("pipeline!, blocks of lines", 0.95, "rayon, the file in memory")
        .run();
}
