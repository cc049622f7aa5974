//! Real work: the census of the examples, by its pipeline, by its plain loop, and as one would write it otherwise.

use std::cell::LazyCell;
use std::env;
use std::fs;
use std::path::PathBuf;
use std::time::Instant;

use indicatif::ProgressBar;
use rayon::prelude::*;
use tokio::sync::mpsc;
use tokio::task::{JoinSet, spawn_blocking};
use tokio_util::sync::CancellationToken;

use crate::census::{Census, Counted, Reject, STACK, Totals, find_sources, one_by_one, pipeline};
use crate::hand::{CAPACITY, until_cancelled};
use crate::machine::cores;
use crate::needed::Needed;
use crate::runtime::{Executor, joined};
use crate::suite::Suite;

/// Of each file: what is in it, or why that is not known.
fn census(files: impl IntoIterator<Item = Result<Counted, Reject>>) -> Census {
    let (mut totals, mut rejects) = (Totals::default(), Vec::new());
    for file in files {
        match file {
            Ok(counted) => totals = totals.with(counted),
            Err(reject) => rejects.push(reject),
        }
    }
    Census::new(totals, rejects)
}

/// The stages of the pipeline, each ended by a cancel, and all cancelled when one does not end well.
async fn by_hand(roots: Vec<PathBuf>, workers: usize) -> Census {
    let (token, mut tasks) = (CancellationToken::new(), JoinSet::new());
    let (files_tx, mut files) = mpsc::channel(CAPACITY);
    let (texts_tx, texts) = async_channel::bounded(CAPACITY);
    let (counted_tx, mut counted) = mpsc::channel(CAPACITY);

    // these two cannot be cancelled, but nobody listens to them then
    tasks.spawn_blocking(move || {
        for file in find_sources(roots) {
            if files_tx.blocking_send(file).is_err() {
                break;
            }
        }
    });
    tasks.spawn_blocking(move || {
        while let Some(file) = files.blocking_recv() {
            if texts_tx.send_blocking(file.and_then(|file| file.read())).is_err() {
                break;
            }
        }
    });
    for _ in 0..workers {
        let (texts, counted, token) = (texts.clone(), counted_tx.clone(), token.clone());
        tasks.spawn(async move {
            while let Some(Ok(text)) = until_cancelled!(token, texts.recv()) {
                let file = text.and_then(|text| text.count());
                let Some(Ok(())) = until_cancelled!(token, counted.send(file)) else { break };
            }
        });
    }
    // what the workers hold ends with them
    drop((texts, counted_tx));
    let stop = token.clone();
    let sink = tokio::spawn(async move {
        let mut files = Vec::new();
        while let Some(Some(file)) = until_cancelled!(stop, counted.recv()) {
            files.push(file);
        }
        census(files)
    });

    while let Some(ended) = tasks.join_next().await {
        if ended.is_err() {
            token.cancel();
        }
    }
    joined(sink).await
}

fn in_rayon(pool: &rayon::ThreadPool, roots: Vec<PathBuf>) -> Census {
    let files: Vec<_> = find_sources(roots).collect();
    let count = || files.into_par_iter().map(|file| file?.read()?.count()).collect::<Vec<_>>();
    census(pool.install(count))
}

/// The source of the crates that cargo has downloaded; of some of them, if it has to be quick.
fn roots(quick: bool) -> Vec<PathBuf> {
    let home = env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")));
    let inside = |folder: PathBuf| fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let registries = home.into_iter().flat_map(|home| inside(home.join("registry/src")));
    let mut crates: Vec<_> = registries.flat_map(inside).collect();
    crates.sort();
    if quick {
        crates.truncate(30);
    }
    crates
}

pub(super) fn run(suite: &mut Suite) {
    let quick = suite.options.quick;
    let (roots, workers) = (roots(quick), cores());
    if roots.is_empty() {
        suite.note("The census is left out: cargo has no sources here.".to_owned());
        return;
    }
    let executor = Executor::with_stacks(STACK);
    let pool = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().needed("threads for rayon");
    // on a thread with such a stack
    let in_a_loop = |roots| executor.run(async { joined(spawn_blocking(|| one_by_one(roots))).await });
    let expected = LazyCell::new(|| in_a_loop(roots.clone()));
    let seconds = |run: &dyn Fn(Vec<PathBuf>) -> Census| {
        let expected = &*expected;
        let start = Instant::now();
        let census = run(roots.clone());
        let time = start.elapsed();
        assert!(census == *expected, "another census than that of the loop");
        vec![time.as_secs_f64()]
    };
    suite
        .table("census", format!("The census of {} crates, {workers} workers", roots.len()))
        .columns(&["s"])
        .seldom(if quick { 1 } else { 5 })
        .measured("a loop", |_| seconds(&in_a_loop))
        .measured("rayon", |_| seconds(&|roots| in_rayon(&pool, roots)))
        .measured("hand-written tokio", |_| seconds(&|roots| executor.run(by_hand(roots, workers))))
        .measured("pipeline!", |_| seconds(&|roots| executor.pipeline(pipeline(roots, workers, ProgressBar::hidden()))))
        .goal("pipeline!", 0.95, "rayon")
        .goal("pipeline!", 1.0, "hand-written tokio")
        .run();
}
