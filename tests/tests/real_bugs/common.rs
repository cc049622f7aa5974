//! What the kernels' tests share: both runtimes, all buffers, the limit of a second, random moments.

use std::time::{Duration, Instant};

use pipeline_runtime::{Failure, Outcome, Pipeline, Running};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

use crate::support::*;

/// Each wait for an end takes less.
const SOON: Duration = Duration::from_secs(1);

/// All runs of one test.
const LIMIT: Duration = Duration::from_secs(120);

const BUFFERS: [usize; 3] = [0, 1, 64];

/// Runs a test on both runtimes with each buffer.
#[track_caller]
pub fn each<F, T>(test: F)
where
    F: Fn(Live, usize) -> T + Send + Clone + 'static,
    T: Future<Output = ()> + 'static,
{
    for kind in [On::One, On::Two] {
        for buffer in BUFFERS {
            let test = test.clone();
            limited(kind, 16, LIMIT, move |live| test(live, buffer));
        }
    }
}

/// Runs a race so many times on each of both runtimes, the buffers in turns.
#[track_caller]
pub fn races<F>(runs: usize, test: F)
where
    F: AsyncFn(&Live, usize, &mut SmallRng) + Send + Clone + 'static,
{
    races_on(&[On::One, On::Two], runs, test);
}

/// Runs a race so many times on each of these runtimes.
#[track_caller]
pub fn races_on<F>(kinds: &[On], runs: usize, test: F)
where
    F: AsyncFn(&Live, usize, &mut SmallRng) + Send + Clone + 'static,
{
    let seed: u64 = rand::rng().random();
    eprintln!("seed {seed}");
    for &kind in kinds {
        let test = test.clone();
        limited(kind, 16, LIMIT, move |live| {
            let test = test.clone();
            async move {
                let mut rng = SmallRng::seed_from_u64(seed);
                for run in 0..runs {
                    test(&live, BUFFERS[run % BUFFERS.len()], &mut rng).await;
                }
            }
        });
    }
}

/// Lets others run until a random moment within so many microseconds.
pub async fn random_moment(rng: &mut SmallRng, micros: u64) {
    let (since, moment) = (Instant::now(), Duration::from_micros(rng.random_range(0..=micros)));
    while since.elapsed() < moment {
        tokio::task::yield_now().await;
    }
}

/// Waits until it is so.
pub async fn until(so: impl Fn() -> bool) {
    let since = Instant::now();
    while !so() {
        assert!(since.elapsed() < 5 * SOON, "it does not come to that");
        tokio::task::yield_now().await;
    }
}

/// What comes within a second.
pub async fn soon<T>(what: impl Future<Output = T>) -> T {
    tokio::time::timeout(SOON, what).await.expect("it takes longer than a second")
}

/// The outcome of a run that ends within a second, with the account and the guards as they must be.
pub async fn ends<O: Send + 'static, E: Send + Sync + 'static>(live: &Live, running: Running<O, E>) -> Outcome<O, E> {
    let before = running.report();
    match tokio::time::timeout(SOON, live.wait(running)).await {
        Ok(outcome) => outcome,
        Err(_) => panic!("not ended within a second, {} guards alive; it began to wait at\n{before}", live.count()),
    }
}

/// The same from the start.
pub async fn runs<O: Send + 'static, E: Send + Sync + 'static>(
    live: &Live,
    pipeline: Pipeline<O, E>,
) -> Result<O, Failure<E>> {
    ends(live, pipeline.spawn()).await.result
}

/// No guard is left within a second.
pub async fn no_guard(live: &Live) {
    soon(async {
        while live.count() > 0 {
            tokio::task::yield_now().await;
        }
    })
    .await;
}
