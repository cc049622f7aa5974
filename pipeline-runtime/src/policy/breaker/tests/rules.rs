use std::time::Duration;

use tokio::time::{Instant, advance};

use super::{call, fail, fragile, ms, permit, succeed};
use crate::policy::breaker::BreakerState::{self, *};
use crate::policy::breaker::Verdict::{Failure, Ignored, Success};
use crate::policy::breaker::{Breaker, BreakerReason, CallClass, Verdict};

#[tokio::test(start_paused = true)]
async fn a_failure_rate_trips_at_its_share_of_a_full_minimum() {
    let breaker = Breaker::builder().failure_rate(0.5).count_window(10).minimum_calls(4).build().unwrap();
    for _ in 0..3 {
        fail(&breaker);
    }
    assert_eq!(breaker.state(), Closed, "three calls are fewer than the minimum");
    succeed(&breaker);
    assert_eq!(breaker.state(), Open, "three of four");
}

#[tokio::test(start_paused = true)]
async fn a_failure_rate_that_is_not_reached_does_not_trip() {
    let breaker = Breaker::builder().failure_rate(0.5).count_window(10).minimum_calls(1).build().unwrap();
    for _ in 0..100 {
        succeed(&breaker);
        succeed(&breaker);
        fail(&breaker);
    }
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn calls_that_have_left_a_window_of_calls_do_not_count() {
    let breaker = Breaker::builder().failure_rate(0.5).count_window(4).build().unwrap();
    fail(&breaker);
    for _ in 0..4 {
        succeed(&breaker);
    }
    fail(&breaker);
    assert_eq!(breaker.state(), Closed, "one of the latest four");
    fail(&breaker);
    assert_eq!(breaker.state(), Open, "two of the latest four");
}

#[tokio::test(start_paused = true)]
async fn calls_that_have_left_a_window_of_time_do_not_count() {
    let builder = Breaker::builder().failure_rate(1.0).time_window(ms(1_000)).minimum_calls(2);
    let breaker = builder.build().unwrap();
    fail(&breaker);
    advance(ms(1_000)).await;
    fail(&breaker);
    assert_eq!(breaker.state(), Closed, "the first has left");
    advance(ms(899)).await;
    fail(&breaker);
    assert_eq!(breaker.state(), Open, "nine tenths of the window count for certain");
}

#[tokio::test(start_paused = true)]
async fn consecutive_failures_trip_without_a_window() {
    let breaker = Breaker::builder().consecutive_failures(3).build().unwrap();
    for _ in 0..10 {
        fail(&breaker);
        fail(&breaker);
        succeed(&breaker);
    }
    fail(&breaker);
    fail(&breaker);
    assert_eq!(breaker.state(), Closed);
    fail(&breaker);
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn slow_calls_trip_though_they_succeed() {
    let breaker = Breaker::builder().slow_calls(ms(100), 0.5).count_window(4).minimum_calls(4).build().unwrap();
    for (took, state) in [(99, Closed), (99, Closed), (100, Closed), (100, Open)] {
        let permit = permit(&breaker);
        advance(ms(took)).await;
        permit.record(Success);
        assert_eq!(breaker.state(), state);
    }
    assert_eq!(breaker.account().slow, 2);
}

#[tokio::test(start_paused = true)]
async fn how_long_a_call_took_can_be_told() {
    let breaker = Breaker::builder().slow_calls(ms(100), 1.0).minimum_calls(1).build().unwrap();
    permit(&breaker).record_after(Success, ms(99));
    assert_eq!(breaker.state(), Closed);
    let breaker = Breaker::builder().slow_calls(ms(100), 1.0).minimum_calls(1).build().unwrap();
    permit(&breaker).record_after(Success, ms(100));
    assert_eq!(breaker.state(), Open);
}

#[derive(Clone, Copy, PartialEq)]
enum Login {
    Granted,
    Denied,
    Down,
    Unknown,
}
use Login::*;

impl CallClass for Login {
    fn verdict(&self) -> Verdict {
        match self {
            Granted | Denied => Success,
            Down => Failure,
            Unknown => Ignored,
        }
    }
}

/// Five refusals and then a success.
fn attack() -> Breaker<Login> {
    let attack = [Denied, Denied, Denied, Denied, Denied, Granted];
    Breaker::builder().trip_on(attack).open_for(ms(1_000)).half_open_calls(2).build().unwrap()
}

fn calls(breaker: &Breaker<Login>, classes: &[Login]) -> BreakerState {
    classes.iter().for_each(|class| call(breaker, *class));
    breaker.state()
}

#[tokio::test(start_paused = true)]
async fn five_refusals_and_a_success_are_an_attack() {
    assert_eq!(calls(&attack(), &[Denied, Denied, Denied, Denied, Denied]), Closed);
    assert_eq!(calls(&attack(), &[Denied, Denied, Denied, Denied, Granted]), Closed);
    assert_eq!(calls(&attack(), &[Denied, Denied, Down, Denied, Denied, Denied, Granted]), Closed);
    assert_eq!(calls(&attack(), &[Denied, Denied, Unknown, Denied, Denied, Denied, Granted]), Closed);
    assert_eq!(calls(&attack(), &[Denied, Denied, Denied, Denied, Denied, Granted]), Open);
    assert_eq!(calls(&attack(), &[Granted, Denied, Denied, Denied, Denied, Denied, Denied, Denied, Granted]), Open);
}

#[tokio::test(start_paused = true)]
async fn a_sequence_alone_trips_on_nothing_else() {
    let breaker = attack();
    for _ in 0..1_000 {
        call(&breaker, Down);
    }
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn a_sequence_goes_on_through_a_trial() {
    let breaker = attack();
    assert_eq!(calls(&breaker, &[Denied, Denied, Denied, Denied, Denied, Granted]), Open);
    advance(ms(1_000)).await;
    assert_eq!(calls(&breaker, &[Denied, Denied]), Closed, "a refusal is the answer of a service that works");
    assert_eq!(calls(&breaker, &[Denied, Denied, Denied, Granted]), Open);
}

#[tokio::test(start_paused = true)]
async fn a_sequence_does_not_reach_back_over_an_open_state() {
    let breaker = attack();
    calls(&breaker, &[Denied, Denied, Denied, Denied, Denied]);
    breaker.force_open();
    breaker.reset();
    assert_eq!(calls(&breaker, &[Granted]), Closed);
}

#[tokio::test(start_paused = true)]
async fn ignored_calls_count_nowhere() {
    let builder = Breaker::builder().consecutive_failures(3).failure_rate(1.0).slow_calls(ms(10), 1.0);
    let breaker = builder.count_window(4).minimum_calls(4).build().unwrap();
    fail(&breaker);
    fail(&breaker);
    for _ in 0..10 {
        permit(&breaker).record_after(Ignored, ms(100));
    }
    assert_eq!(breaker.state(), Closed);
    let account = breaker.account();
    assert_eq!((account.failures, account.ignored, account.slow), (2, 10, 0));
    fail(&breaker);
    assert_eq!(breaker.state(), Open, "they stand between no two failures");
}

#[tokio::test(start_paused = true)]
async fn cancelled_calls_count_as_neither() {
    let breaker = Breaker::builder().consecutive_failures(2).failure_rate(0.5).minimum_calls(2).build().unwrap();
    fail(&breaker);
    for _ in 0..10 {
        drop(permit(&breaker));
    }
    assert_eq!(breaker.state(), Closed);
    assert_eq!(breaker.account().cancelled, 10);
    fail(&breaker);
    assert_eq!(breaker.state(), Open);
}

#[tokio::test(start_paused = true)]
async fn it_is_open_for_longer_each_time_up_to_a_cap_and_for_as_long_as_at_first_once_closed() {
    let breaker = fragile().open_factor(3.0).open_at_most(ms(5_000)).build().unwrap();
    for time in [1_000, 3_000, 5_000, 5_000] {
        fail(&breaker);
        assert_eq!(breaker.open_until(), Some(Instant::now() + ms(time)));
        assert_eq!(breaker.try_acquire().unwrap_err().retry_after(), Some(ms(time)));
        advance(ms(time) - Duration::from_nanos(1)).await;
        assert_eq!(breaker.state(), Open);
        advance(Duration::from_nanos(1)).await;
        assert_eq!(breaker.state(), HalfOpen);
    }
    succeed(&breaker);
    fail(&breaker);
    assert_eq!(breaker.open_until(), Some(Instant::now() + ms(1_000)));
}

#[tokio::test(start_paused = true)]
async fn half_open_lets_its_calls_go_and_closes_when_all_have_succeeded() {
    let breaker = fragile().half_open_calls(3).build().unwrap();
    fail(&breaker);
    advance(ms(1_000)).await;
    let trials = [permit(&breaker), permit(&breaker), permit(&breaker)];
    let refused = breaker.try_acquire().unwrap_err();
    assert_eq!((refused.state(), refused.retry_after()), (HalfOpen, None));
    assert_eq!(refused.to_string(), "the breaker is half-open");
    let [first, second, third] = trials;
    first.record(Success);
    assert!(breaker.try_acquire().is_err(), "a trial that has passed gives its place to nobody");
    second.record(Success);
    assert_eq!(breaker.state(), HalfOpen);
    third.record(Success);
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn one_trial_that_fails_or_is_slow_opens_it_again() {
    for (class, took) in [(Failure, 0), (Success, 100)] {
        let builder = fragile().slow_calls(ms(100), 1.0).half_open_calls(2);
        let breaker = builder.build().unwrap();
        fail(&breaker);
        advance(ms(1_000)).await;
        let other = permit(&breaker);
        permit(&breaker).record_after(class, ms(took));
        assert_eq!(breaker.state(), Open);
        other.record(Success);
        assert_eq!(breaker.open_until(), Some(Instant::now() + ms(2_000)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_trial_that_says_nothing_gives_its_place_to_another() {
    let breaker = fragile().build().unwrap();
    fail(&breaker);
    advance(ms(1_000)).await;
    drop(permit(&breaker));
    permit(&breaker).record(Ignored);
    let trial = permit(&breaker);
    assert!(breaker.try_acquire().is_err());
    trial.record(Success);
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn what_a_call_of_an_earlier_generation_comes_to_changes_nothing() {
    let breaker = fragile().half_open_calls(2).build().unwrap();
    let [late_success, late_failure, late_cancel] = [permit(&breaker), permit(&breaker), permit(&breaker)];
    fail(&breaker);
    advance(ms(1_000)).await;
    let trials = (permit(&breaker), permit(&breaker));
    late_success.record(Success);
    late_failure.record(Failure);
    drop(late_cancel);
    assert_eq!(breaker.state(), HalfOpen);
    assert!(breaker.try_acquire().is_err(), "no place was given back that had not been taken");
    let account = breaker.account();
    assert_eq!((account.successes, account.failures, account.cancelled, account.late), (1, 2, 1, 3));
    drop(trials);
}

#[tokio::test(start_paused = true)]
async fn closing_begins_anew() {
    let builder = Breaker::builder().failure_rate(1.0).consecutive_failures(4).count_window(8).minimum_calls(4);
    let breaker = builder.open_for(ms(1_000)).build().unwrap();
    for _ in 0..4 {
        fail(&breaker);
    }
    advance(ms(1_000)).await;
    succeed(&breaker);
    for _ in 0..3 {
        fail(&breaker);
    }
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn forced_states_last_until_they_are_ended() {
    let breaker = fragile().build().unwrap();
    breaker.force_closed();
    for _ in 0..10 {
        fail(&breaker);
    }
    assert_eq!(breaker.state(), ForcedClosed);
    breaker.force_open();
    advance(Duration::from_hours(1)).await;
    let refused = breaker.try_acquire().unwrap_err();
    assert_eq!((refused.state(), refused.retry_after()), (ForcedOpen, None));
    breaker.reset();
    assert_eq!(breaker.state(), Closed);
    assert_eq!(breaker.account().open, Duration::from_hours(1));
    assert_eq!(breaker.account().opened, 1);
}

#[tokio::test(start_paused = true)]
async fn a_reset_forgets_what_was() {
    let breaker = Breaker::builder().consecutive_failures(2).open_for(ms(100)).build().unwrap();
    let earlier = permit(&breaker);
    fail(&breaker);
    breaker.reset();
    fail(&breaker);
    earlier.record(Failure);
    assert_eq!(breaker.state(), Closed);
    fail(&breaker);
    assert_eq!(breaker.open_until(), Some(Instant::now() + ms(100)));
    breaker.reset();
    assert_eq!(breaker.state(), Closed);
}

#[tokio::test(start_paused = true)]
async fn the_account_adds_up() {
    let breaker = fragile().build().unwrap();
    for _ in 0..3 {
        succeed(&breaker);
    }
    call(&breaker, Ignored);
    drop(permit(&breaker));
    fail(&breaker);
    assert!(breaker.try_acquire().is_err());
    advance(ms(400)).await;
    assert_eq!(breaker.account().open, ms(400), "open as yet");
    // nobody looks for an hour: it was open for its second alone
    advance(Duration::from_hours(1)).await;
    let account = breaker.account();
    assert_eq!(account.calls(), 6);
    assert_eq!((account.successes, account.failures, account.ignored, account.cancelled), (3, 1, 1, 1));
    assert_eq!((account.rejected, account.opened, account.open), (1, 1, ms(1_000)));
    let line = "6 calls: 1 failed, 0 slow, 1 cancelled; 1 rejected; opened 1 times, for 1.000s; waited 0.000ns";
    assert_eq!(account.to_string(), line);
}

#[tokio::test(start_paused = true)]
async fn handles_share_one_breaker() {
    let breaker = fragile().name("payments").build().unwrap();
    let other = breaker.clone();
    fail(&other);
    assert_eq!(breaker.state(), Open);
    let refused = breaker.try_acquire().unwrap_err();
    assert_eq!(refused.to_string(), "the breaker `payments` is open for another 1.000s");
    assert_eq!(refused.name(), Some("payments"));
}

#[tokio::test(start_paused = true)]
async fn each_reason_has_its_name() {
    let mut breaker = fragile().build().unwrap();
    let mut reasons = Vec::new();
    let mut transitions = breaker.transitions();
    fail(&breaker);
    advance(ms(1_000)).await;
    fail(&breaker);
    advance(ms(2_000)).await;
    succeed(&breaker);
    breaker.force_open();
    breaker = Breaker::builder().build().unwrap();
    while let Some(transition) = futures_util::StreamExt::next(&mut transitions).await {
        reasons.push(transition.reason);
    }
    use BreakerReason::*;
    assert_eq!(reasons, [ConsecutiveFailures, TimePassed, TrialFailed, TimePassed, TrialPassed, Outside]);
    drop(breaker);
}

#[test]
fn settings_that_cannot_be_are_refused() {
    let refused = |builder: crate::BreakerBuilder| builder.build().unwrap_err().setting();
    let new = Breaker::builder;
    for rate in [0.0, -0.5, 1.01, f64::NAN, f64::INFINITY] {
        assert_eq!(refused(new().failure_rate(rate)), "failure_rate");
        assert_eq!(refused(new().slow_calls(ms(1), rate)), "slow_calls");
    }
    assert_eq!(refused(new().slow_calls(ms(0), 0.5)), "slow_calls");
    assert_eq!(refused(new().count_window(0)), "count_window");
    assert_eq!(refused(new().time_window(ms(0))), "time_window");
    assert_eq!(refused(new().minimum_calls(0)), "minimum_calls");
    assert_eq!(refused(new().count_window(9).minimum_calls(10)), "minimum_calls");
    assert_eq!(refused(new().consecutive_failures(0)), "consecutive_failures");
    assert_eq!(refused(new().trip_on([])), "trip_on");
    assert_eq!(refused(new().open_for(ms(0))), "open_for");
    assert_eq!(refused(new().open_at_most(ms(1))), "open_at_most");
    assert_eq!(refused(new().half_open_calls(0)), "half_open_calls");
    for factor in [0.99, f64::NAN, f64::INFINITY] {
        assert_eq!(refused(new().open_factor(factor)), "open_factor");
    }
}

#[tokio::test(start_paused = true)]
async fn times_that_no_clock_reaches_are_as_good_as_for_ever() {
    let builder = fragile().open_for(Duration::MAX).open_factor(f64::MAX).time_window(Duration::MAX).failure_rate(1.0);
    let breaker = builder.build().unwrap();
    fail(&breaker);
    advance(Duration::from_hours(24 * 365)).await;
    assert_eq!(breaker.state(), Open);
}
