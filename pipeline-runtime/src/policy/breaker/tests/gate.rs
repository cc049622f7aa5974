//! A breaker, most of whose successes are counted without its lock, against a state machine that is told of each.

use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;
use tokio::time::{Instant, advance};

use super::{fail, ms, permit, succeed};
use crate::policy::breaker::Breaker;
use crate::policy::breaker::Verdict::{self, Failure, Ignored, Success};
use crate::policy::breaker::machine::{Answer, Machine};
use crate::policy::breaker::settings::{Settings, Slow};
use crate::policy::breaker::window::Span;

fn settings(rng: &mut SmallRng) -> Settings {
    let calls = rng.random_range(1..=30);
    let by_time = rng.random_bool(0.2);
    let some = |rng: &mut SmallRng| rng.random_bool(0.5);
    Settings {
        span: if by_time { Span::Time(ms(rng.random_range(10..=100))) } else { Span::Calls(calls) },
        minimum_calls: rng.random_range(1..=calls as u64),
        failure_rate: some(rng).then(|| f64::from(rng.random_range(1..=8)) / 8.0),
        slow: some(rng).then(|| Slow { after: ms(1_000), rate: f64::from(rng.random_range(1..=8)) / 8.0 }),
        consecutive_failures: some(rng).then(|| rng.random_range(1..=4)),
        open_for: ms(10),
        ..Settings::default()
    }
}

/// `GATE_SEED` tries one life.
#[tokio::test(start_paused = true)]
async fn a_success_that_is_counted_beside_the_lock_is_one_like_any_other() {
    let one = std::env::var("GATE_SEED").ok().and_then(|seed| seed.parse().ok());
    let (mut beside, mut opened) = (0, 0);
    for seed in one.map_or(0..1_000, |seed: u64| seed..seed + 1) {
        let rng = &mut SmallRng::seed_from_u64(seed);
        let settings = settings(rng);
        let breaker = Breaker::<Verdict>::new(None, settings.clone(), None);
        let mut machine = Machine::<Verdict>::new(settings, None, Instant::now());
        let health = rng.random_range(0.5..=1.0);
        let mut under_way = Vec::new();
        for step in 0..300 {
            let now = Instant::now();
            match rng.random_range(0..100) {
                0..5 => advance(Duration::from_millis(rng.random_range(0..15))).await,
                5..50 => {
                    let goes = breaker.try_acquire().ok();
                    match machine.ask(0, now) {
                        Answer::Go(generation) => under_way.push((goes.expect("it goes"), generation)),
                        Answer::Wait(_) => {
                            assert!(goes.is_none(), "seed {seed}, step {step}");
                            machine.rejected();
                        }
                    }
                }
                50..97 if !under_way.is_empty() => {
                    let (permit, generation) = under_way.swap_remove(rng.random_range(0..under_way.len()));
                    let slow = breaker.shared.slow_after.is_some() && rng.random_bool(0.05);
                    let after = if slow { ms(1_000) } else { ms(0) };
                    let verdict = match rng.random_bool(health) {
                        true => Success,
                        false if rng.random_bool(0.2) => Ignored,
                        false => Failure,
                    };
                    permit.record_after(verdict, after);
                    machine.ended(generation, &verdict, slow, || now);
                }
                97 if rng.random_bool(0.1) => {
                    breaker.force_closed();
                    machine.force_closed(now);
                }
                98 if rng.random_bool(0.1) => {
                    breaker.reset();
                    machine.reset(now);
                }
                _ => {}
            }
            beside += u32::from(breaker.shared.gate.has_successes());
            if rng.random_bool(0.05) {
                let mut account = breaker.account();
                machine.tick(Instant::now());
                account.paused = Duration::ZERO;
                assert_eq!(account, machine.account(Instant::now()), "seed {seed}, step {step}");
                assert_eq!(breaker.state(), machine.state(), "seed {seed}, step {step}");
            }
        }
        opened += breaker.account().opened;
    }
    assert!(one.is_some() || beside > 10_000 && opened > 1_000, "{beside} beside the lock, opened {opened} times");
}

/// More than the count has room for.
#[test]
fn no_success_is_lost_when_the_count_is_full() {
    let breaker = Breaker::builder().build().unwrap();
    for _ in 0..2_100_000 {
        succeed(&breaker);
    }
    assert_eq!(breaker.account().successes, 2_100_000);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_success_is_lost_between_threads_while_others_fail() {
    let breaker = Breaker::builder().consecutive_failures(u64::MAX).build().unwrap();
    let mut tasks = JoinSet::new();
    for task in 0..4 {
        let breaker = breaker.clone();
        tasks.spawn(async move {
            for call in 0..20_000 {
                if call % 50 == task {
                    fail(&breaker)
                } else {
                    succeed(&breaker)
                }
                if call % 1_000 == 0 {
                    drop(permit(&breaker));
                }
            }
        });
    }
    tasks.join_all().await;
    let account = breaker.account();
    assert_eq!((account.successes, account.failures, account.cancelled), (78_400, 1_600, 80));
}
