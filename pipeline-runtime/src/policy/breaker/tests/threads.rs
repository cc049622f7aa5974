use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::*};
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

use super::ms;
use crate::policy::breaker::Verdict::{Failure, Success};
use crate::policy::breaker::{Breaker, BreakerState};

/// What no step of these tests takes, unless something is stuck.
const STUCK: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_service_that_is_down_sees_one_trial_at_a_time() {
    static AT_ONCE: AtomicU32 = AtomicU32::new(0);
    static CALLS: AtomicU32 = AtomicU32::new(0);
    let breaker = Breaker::builder().consecutive_failures(1).open_for(ms(1)).open_factor(1.0).build().unwrap();
    breaker.acquire().await.record(Failure);
    let mut tasks = JoinSet::new();
    for _ in 0..8 {
        let breaker = breaker.clone();
        tasks.spawn(async move {
            for _ in 0..10 {
                let permit = breaker.acquire().await;
                assert_eq!(AT_ONCE.fetch_add(1, AcqRel), 0);
                CALLS.fetch_add(1, Relaxed);
                yield_now().await;
                AT_ONCE.fetch_sub(1, AcqRel);
                permit.record(Failure);
            }
        });
    }
    timeout(STUCK, tasks.join_all()).await.expect("nobody is stuck");
    assert_eq!(CALLS.load(Relaxed), 80);
    let account = breaker.account();
    assert_eq!((account.failures, account.late, account.opened), (81, 0, 81));
}

/// Calls succeed, fail, are cancelled while they wait and while they run, all at once.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn each_call_is_accounted_for_and_nobody_is_stuck() {
    static MADE: AtomicU64 = AtomicU64::new(0);
    static REFUSED: AtomicU64 = AtomicU64::new(0);
    let breaker = Breaker::builder()
        .consecutive_failures(3)
        .failure_rate(0.5)
        .count_window(10)
        .open_for(ms(1))
        .open_at_most(ms(2))
        .half_open_calls(3)
        .build()
        .unwrap();
    let mut tasks = JoinSet::new();
    for seed in 0..8 {
        let breaker = breaker.clone();
        tasks.spawn(async move {
            let mut rng = SmallRng::seed_from_u64(seed);
            for _ in 0..2_000 {
                let permit = match rng.random_range(0..3) {
                    0 => breaker.try_acquire().ok(),
                    1 => timeout(Duration::from_micros(500), breaker.acquire()).await.ok(),
                    _ => Some(breaker.acquire().await),
                };
                let Some(permit) = permit else {
                    REFUSED.fetch_add(1, Relaxed);
                    continue;
                };
                MADE.fetch_add(1, Relaxed);
                yield_now().await;
                match rng.random_range(0..10) {
                    0 => drop(permit),
                    1..3 => permit.record(Failure),
                    _ => permit.record(Success),
                }
            }
        });
    }
    timeout(STUCK, tasks.join_all()).await.expect("nobody is stuck");
    let account = breaker.account();
    assert_eq!(account.calls(), MADE.load(Relaxed));
    assert!(account.rejected <= REFUSED.load(Relaxed));
    assert!(account.opened > 0, "{account}");
    // All places are free again: the trial can be passed.
    while breaker.state() != BreakerState::Closed {
        timeout(STUCK, breaker.acquire()).await.expect("a place is free").record(Success);
    }
}
