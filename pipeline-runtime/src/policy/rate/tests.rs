use std::cell::RefCell;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU32, Ordering::*};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::task::JoinSet;
use tokio::time::{Instant, advance, sleep, timeout};

use super::{KeyedLimiter, Limiter, SWEEP_AFTER};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

const SECOND: Duration = Duration::from_secs(1);

/// Polls once, and is not woken.
fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

#[tokio::test(start_paused = true)]
async fn items_go_at_the_rate_to_the_millisecond() {
    let limiter = Limiter::with_burst(10, SECOND, 1).unwrap();
    let start = Instant::now();
    for item in 0..100 {
        let waited = limiter.ready().await;
        assert_eq!(start.elapsed(), ms(100 * item));
        assert_eq!(waited, if item == 0 { ms(0) } else { ms(100) });
    }
}

#[tokio::test(start_paused = true)]
async fn a_burst_goes_at_once_and_fills_up_again() {
    let limiter = Limiter::with_burst(10, SECOND, 3).unwrap();
    let start = Instant::now();
    let mut went = Vec::new();
    for _ in 0..5 {
        limiter.ready().await;
        went.push(start.elapsed());
    }
    assert_eq!(went, [ms(0), ms(0), ms(0), ms(100), ms(200)]);
    advance(SECOND).await;
    let times: Vec<bool> = (0..4).map(|_| limiter.try_ready()).collect();
    assert_eq!(times, [true, true, true, false], "no more than the burst, however long the pause");
}

#[tokio::test(start_paused = true)]
async fn the_burst_is_the_rate_unless_it_is_said() {
    let limiter = Limiter::new(7, SECOND).unwrap();
    assert_eq!((0..100).filter(|_| limiter.try_ready()).count(), 7);
}

/// A third of a second is no whole number of anything.
#[tokio::test(start_paused = true)]
async fn a_rate_is_never_exceeded_by_rounding() {
    let limiter = Limiter::with_burst(3, SECOND, 1).unwrap();
    assert!(limiter.try_ready());
    advance(Duration::from_nanos(333_333_333)).await;
    assert!(!limiter.try_ready());
    advance(Duration::from_nanos(1)).await;
    assert!(limiter.try_ready());
}

#[tokio::test(start_paused = true)]
async fn a_rate_above_the_timers_is_reached_through_its_burst() {
    let limiter = Limiter::with_burst(100_000, SECOND, 100).unwrap();
    let start = Instant::now();
    for _ in 0..100_100 {
        limiter.ready().await;
    }
    assert_eq!(start.elapsed(), SECOND);
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_go_in_the_order_in_which_they_came() {
    let limiter = Limiter::with_burst(10, SECOND, 1).unwrap();
    limiter.ready().await;
    let start = Instant::now();
    let went = RefCell::new(Vec::new());
    let item = async |number: u32| {
        limiter.ready().await;
        went.borrow_mut().push((number, start.elapsed()));
    };
    tokio::join!(item(0), item(1), item(2), item(3));
    assert_eq!(*went.borrow(), [(0, ms(100)), (1, ms(200)), (2, ms(300)), (3, ms(400))]);
}

#[tokio::test(start_paused = true)]
async fn those_that_do_not_wait_do_not_overtake_those_that_do() {
    let limiter = Limiter::with_burst(10, SECOND, 1).unwrap();
    limiter.ready().await;
    let mut waits = pin!(limiter.ready());
    assert!(poll_once(waits.as_mut()).is_pending());
    advance(ms(100)).await;
    assert!(!limiter.try_ready(), "the one that waits has the first claim");
    assert!(poll_once(waits.as_mut()).is_ready());
}

/// Three wait, and one of them is given up, at some time: in front or in the line, asleep or already woken.
#[tokio::test(start_paused = true)]
async fn a_wait_that_is_given_up_takes_nothing_with_it() {
    for who in 0..3_u64 {
        for at in [0, 50, 100, 150, 200, 250] {
            let limiter = Limiter::with_burst(10, SECOND, 1).unwrap();
            limiter.ready().await;
            let start = Instant::now();
            let item = async |number: u64| {
                if number != who {
                    limiter.ready().await;
                    return Some(start.elapsed());
                }
                // The wait is looked at first: at its own time it goes.
                timeout(ms(at), limiter.ready()).await.ok().map(|_| start.elapsed())
            };
            let (first, second, third) = tokio::join!(item(0), item(1), item(2));
            let went: Vec<Duration> = [first, second, third].into_iter().flatten().collect();
            let expected: &[u64] = if at < 100 * (who + 1) { &[100, 200] } else { &[100, 200, 300] };
            assert_eq!(went, expected.iter().map(|time| ms(*time)).collect::<Vec<_>>(), "{who} at {at}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn the_one_in_front_that_gives_up_when_its_time_has_come_leaves_its_place_to_the_next() {
    let limiter = Limiter::with_burst(10, SECOND, 1).unwrap();
    limiter.ready().await;
    let start = Instant::now();
    let mut front = Box::pin(limiter.ready());
    let mut next = Box::pin(limiter.ready());
    assert!(poll_once(front.as_mut()).is_pending());
    assert!(poll_once(next.as_mut()).is_pending());
    sleep(ms(100)).await;
    drop(front);
    next.await;
    assert_eq!(start.elapsed(), ms(100));
}

#[tokio::test(start_paused = true)]
async fn handles_share_one_rate() {
    let limiter = Limiter::with_burst(10, SECOND, 1).unwrap();
    let other = limiter.clone();
    assert!(limiter.try_ready());
    assert!(!other.try_ready());
    let keyed = KeyedLimiter::with_burst(10, SECOND, 1).unwrap();
    let other = keyed.clone();
    assert!(keyed.try_ready(&'a'));
    assert!(!other.try_ready(&'a'));
}

#[tokio::test(start_paused = true)]
async fn each_key_has_its_own_rate_and_its_own_line() {
    let limiter = KeyedLimiter::with_burst(10, SECOND, 1).unwrap();
    let start = Instant::now();
    let went = RefCell::new(Vec::new());
    let item = async |key: char, number: u32| {
        limiter.ready(&key).await;
        went.borrow_mut().push((key, number, start.elapsed()));
    };
    tokio::join!(item('a', 0), item('a', 1), item('a', 2), item('b', 0), item('b', 1));
    let mut went = went.into_inner();
    went.sort();
    let expected = [('a', 0, ms(0)), ('a', 1, ms(100)), ('a', 2, ms(200)), ('b', 0, ms(0)), ('b', 1, ms(100))];
    assert_eq!(went, expected);
}

#[tokio::test(start_paused = true)]
async fn a_wait_for_a_key_that_is_given_up_takes_nothing_with_it() {
    let limiter = KeyedLimiter::with_burst(10, SECOND, 1).unwrap();
    limiter.ready(&1).await;
    let start = Instant::now();
    let given_up = async { timeout(ms(99), limiter.ready(&1)).await.is_err() };
    let next = async { limiter.ready(&1).await };
    assert!(tokio::join!(given_up, next).0);
    assert_eq!(start.elapsed(), ms(100));
    assert!(!limiter.shared.lines.has(&1), "nobody waits, and no line is kept");
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_for_a_key_are_not_overtaken() {
    let limiter = KeyedLimiter::with_burst(10, SECOND, 1).unwrap();
    limiter.ready(&1).await;
    let mut waits = pin!(limiter.ready(&1));
    assert!(poll_once(waits.as_mut()).is_pending());
    advance(ms(100)).await;
    assert!(!limiter.try_ready(&1));
    assert!(limiter.try_ready(&2), "another key has nothing to do with it");
    assert!(poll_once(waits.as_mut()).is_ready());
}

/// A hundred thousand visitors, of whom none comes back.
#[tokio::test(start_paused = true)]
async fn keys_that_are_not_used_any_more_are_forgotten() {
    let limiter = KeyedLimiter::with_burst(10, SECOND, 1).unwrap();
    let mut most = 0;
    for visitor in 0..100_000 {
        limiter.ready(&visitor).await;
        if visitor % 100 == 0 {
            // a hundred are used within the time in which a bucket fills
            advance(ms(100)).await;
        }
        most = most.max(limiter.keys());
    }
    assert!(most <= SWEEP_AFTER + 200, "{most} keys held");
}

#[tokio::test(start_paused = true)]
async fn keys_whose_bucket_is_not_full_are_not_forgotten() {
    let limiter = KeyedLimiter::with_burst(1, Duration::from_hours(1), 1).unwrap();
    for key in 0..10 * SWEEP_AFTER {
        assert!(limiter.try_ready(&key));
    }
    assert!((0..10 * SWEEP_AFTER).all(|key| !limiter.try_ready(&key)));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_more_than_the_rate_goes_through_many_threads_and_nobody_is_stuck() {
    static WENT: AtomicU32 = AtomicU32::new(0);
    let limiter = Limiter::with_burst(10_000, SECOND, 10).unwrap();
    let keyed = KeyedLimiter::with_burst(10_000, SECOND, 10).unwrap();
    let start = Instant::now();
    let mut tasks = JoinSet::new();
    for task in 0..8 {
        let (limiter, keyed) = (limiter.clone(), keyed.clone());
        tasks.spawn(async move {
            for item in 0..200 {
                keyed.ready(&(item % 3)).await;
                if item % 4 == task % 4 {
                    // given up now and then, mostly while it waits
                    let given_up = timeout(Duration::from_micros(50), limiter.ready()).await.is_err();
                    WENT.fetch_add(u32::from(!given_up), Relaxed);
                } else {
                    limiter.ready().await;
                    WENT.fetch_add(1, Relaxed);
                }
            }
        });
    }
    timeout(Duration::from_secs(60), tasks.join_all()).await.expect("nobody is stuck");
    let allowed = 10.0 + start.elapsed().as_secs_f64() * 10_000.0;
    assert!(f64::from(WENT.load(Relaxed)) <= allowed.ceil());
    assert!(WENT.load(Relaxed) >= 8 * 150);
    assert!((0..3).all(|key| !keyed.shared.lines.has(&key)));
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let refused = |n, per, burst| Limiter::with_burst(n, per, burst).unwrap_err().to_string();
    assert_eq!(refused(0, SECOND, 1), "`rate` must be at least 1");
    assert_eq!(refused(1, Duration::ZERO, 1), "`per` must be longer than zero");
    assert_eq!(refused(1, Duration::MAX, 1), "`per` must be 30 years at most");
    assert_eq!(refused(1, SECOND, 0), "`burst` must be at least 1");
    assert_eq!(refused(1, SECOND, u32::MAX), "`burst` must be filled within 30 years");
    assert!(KeyedLimiter::<u8>::new(0, SECOND).is_err());
    assert!(Limiter::with_burst(u32::MAX, Duration::from_nanos(1), u32::MAX).is_ok());
}

/// The same rate by whole numbers alone, as it is in theory.
struct Exact {
    each: u128,
    burst: u128,
    /// When the bucket will be full.
    full: u128,
}

impl Exact {
    fn items(&self, now: u128) -> u128 {
        self.burst - self.full.saturating_sub(now).div_ceil(self.each)
    }

    fn take(&mut self, now: u128) {
        self.full = self.full.max(now) + self.each;
    }
}

/// What goes at a high rate without a look at the clock is never more than by the clock, and never less but by the items of a
/// microsecond; and nothing but the clock decides about a lower one. `RATE_SEED` tries one life.
#[tokio::test(start_paused = true)]
async fn items_that_share_a_reading_of_the_clock_are_never_too_many_nor_late_by_more_than_a_microsecond() {
    let (mut alone, mut at_once) = (0, 0);
    let one = std::env::var("RATE_SEED").ok().and_then(|seed| seed.parse().ok());
    for seed in one.map_or(0..100, |seed: u64| seed..seed + 1) {
        let rng = &mut SmallRng::seed_from_u64(seed);
        let each: u32 = if rng.random_bool(0.7) { rng.random_range(1..600) } else { rng.random_range(600..5_000) };
        let burst = rng.random_range(1..300);
        let limiter = Limiter::with_burst(1, Duration::from_nanos(each.into()), burst).unwrap();
        let mut exact = Exact { each: each.into(), burst: burst.into(), full: 0 };
        let late = (1_000 / u128::from(each)).saturating_sub(1);
        if late == 0 {
            alone += 1
        } else {
            at_once += 1
        }
        let start = Instant::now();
        for _ in 0..100 {
            if rng.random_bool(0.2) {
                advance(Duration::from_nanos(rng.random_range(0..u64::from(each * burst) * 2))).await;
            }
            let now = start.elapsed().as_nanos();
            for _ in 0..rng.random_range(0..burst * 2) {
                let there = exact.items(now);
                let goes = limiter.try_ready();
                assert!(!goes || there > 0, "too many at {now}, seed {seed}");
                assert!(goes || there <= late, "{there} are kept back at {now}, seed {seed}");
                if goes {
                    exact.take(now);
                }
            }
        }
    }
    assert!(one.is_some() || alone > 20 && at_once > 20, "{alone} and {at_once}");
}
