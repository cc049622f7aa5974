//! What policies cost that have nothing to do: bodies that are ready at once, under limits that none of them meets. On one
//! thread, so that what is on top is theirs, and not the scheduler's.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::sync::Arc;
use std::time::{Duration, Instant};

use pipeline_runtime::{BoxError, Limit, Pipeline, pipeline};
use tokio::sync::Semaphore;
use tower::{Service, ServiceBuilder, ServiceExt, retry::Policy};

use crate::runtime::{Executor, joined};
use crate::suite::Suite;
use crate::work::{add, mix};

/// More than go in a second.
const RATE: u32 = 1_000_000_000;

fn answer(n: u64) -> Result<u64, Infallible> {
    Ok(mix(n))
}

/// Ends a pipeline of `n` numbers whose async bodies stand under these policies.
macro_rules! under {
    ($name:ident, $limit:ident, $($policy:tt)*) => {
        fn $name(n: u64) -> Pipeline<u64> {
            let $limit = Limit::new(&Arc::new(Semaphore::new(64)));
            pipeline! {
                source numbers = 0..n;
                #[$($policy)*]
                stage answers = numbers.map(async |n| answer(n)?);
                sink sum = answers.fold(0, add);
            }
        }
    };
}

under!(bare, _limit, buffer(1024));
under!(timed, _limit, timeout(60s));
under!(retried, _limit, retry(attempts = 3));
under!(broken, _limit, breaker(failure_rate = 0.5));
under!(limited, limit, limit(&limit));
under!(paced, _limit, rate(RATE, per = 1s));
under!(all, limit, rate(RATE, per = 1s), limit(&limit), breaker(failure_rate = 0.5), retry(attempts = 3), timeout(60s));

/// Tries again what failed, three times in all.
#[derive(Clone)]
struct Attempts(u32);

impl Policy<u64, u64, BoxError> for Attempts {
    type Future = Ready<()>;

    fn retry(&mut self, _: &mut u64, result: &mut Result<u64, BoxError>) -> Option<Ready<()>> {
        let again = result.is_err() && self.0 < 3;
        self.0 += u32::from(again);
        again.then(|| ready(()))
    }

    fn clone_request(&mut self, request: &u64) -> Option<u64> {
        Some(*request)
    }
}

async fn call_in_turn<S>(mut service: S, n: u64) -> u64
where
    S: Service<u64, Response = u64, Error: std::fmt::Debug + Send, Future: Send> + Send + 'static,
{
    let calls = async move {
        let mut sum = 0;
        for n in 0..n {
            let Ok(ready) = service.ready().await else { break };
            let Ok(answer) = ready.call(n).await else { break };
            sum = add(sum, answer);
        }
        sum
    };
    joined(tokio::spawn(calls)).await
}

/// A service by itself.
async fn service(n: u64) -> u64 {
    call_in_turn(tower::service_fn(async |n: u64| answer(n)), n).await
}

/// The same with the like layers. There is none for a breaker.
async fn layers(n: u64) -> u64 {
    let layers = ServiceBuilder::new()
        .rate_limit(RATE.into(), Duration::from_secs(1))
        .concurrency_limit(64)
        .retry(Attempts(1))
        .timeout(Duration::from_secs(60))
        .service(tower::service_fn(async |n: u64| answer(n)));
    call_in_turn(layers, n).await
}

/// How long an item takes, and how much of it is on top of the bare one.
fn beside(n: u64, bare: impl Fn(u64) -> u64, full: impl Fn(u64) -> u64) -> Vec<f64> {
    let per_item = |run: &dyn Fn(u64) -> u64| {
        let began = Instant::now();
        let sum = run(n);
        assert_eq!(sum, (0..n).map(mix).fold(0, add), "a sum of {n} numbers");
        began.elapsed().as_nanos() as f64 / n as f64
    };
    let (bare, full) = (per_item(&bare), per_item(&full));
    vec![full, full - bare]
}

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    let under = |pipeline: fn(u64) -> Pipeline<u64>| {
        move |n| beside(n, |n| executor.pipeline(bare(n)), |n| executor.pipeline(pipeline(n)))
    };
    let tower = |n| beside(n, |n| executor.run(service(n)), |n| executor.run(layers(n)));
    suite
        .table("policies", "policies around an async body that is ready at once, none of them acting")
        .items(1_000_000)
        .columns(&["ns per item", "of it for the policies"])
        .measured("tower: rate, concurrency limit, retry, timeout", tower)
        .measured("`timeout`", under(timed))
        .measured("`retry`", under(retried))
        .measured("`breaker`", under(broken))
        .measured("`limit`", under(limited))
        .measured("`rate`", under(paced))
        .measured("all five", under(all))
        .limit("all five", 1, 60.0)
        .run();
}
