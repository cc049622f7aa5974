use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use futures::StreamExt;
use futures::stream::FuturesUnordered;
use tokio::time::{Instant, advance, sleep, timeout};

use super::{fail, fragile, ms, permit, succeed};
use crate::policy::breaker::BreakerState::*;
use crate::policy::breaker::Verdict::{Failure, Success};
use crate::policy::breaker::{Breaker, BreakerPermit};

/// Polls once, and is not woken.
fn poll_once<F: Future>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(Waker::noop()))
}

fn open() -> Breaker {
    let breaker = fragile().build().unwrap();
    fail(&breaker);
    breaker
}

#[tokio::test(start_paused = true)]
async fn an_open_breaker_is_waited_for_to_the_millisecond() {
    for time in [1, 999, 1_000, 59_999] {
        let breaker = fragile().open_for(ms(time)).build().unwrap();
        let opened = Instant::now();
        fail(&breaker);
        breaker.acquire().await.record(Success);
        assert_eq!(opened.elapsed(), ms(time));
        assert_eq!(breaker.state(), Closed);
    }
}

#[tokio::test(start_paused = true)]
async fn each_failed_trial_is_waited_for_longer() {
    let breaker = fragile().open_at_most(ms(5_000)).half_open_calls(1).build().unwrap();
    fail(&breaker);
    let opened = Instant::now();
    let mut waits = Vec::new();
    for _ in 0..5 {
        breaker.acquire().await.record(Failure);
        waits.push(opened.elapsed());
    }
    assert_eq!(waits, [ms(1_000), ms(3_000), ms(7_000), ms(12_000), ms(17_000)]);
    assert_eq!(breaker.account().paused, ms(17_000));
}

/// A wait costs a few polls, however long it is and however many wait.
#[tokio::test(start_paused = true)]
async fn a_wait_is_no_busy_loop() {
    let breaker = fragile().open_for(Duration::from_hours(1)).build().unwrap();
    fail(&breaker);
    let polls = Cell::new(0);
    let waiting = |_| async {
        let mut acquire = pin!(breaker.acquire());
        let permit = poll_fn(|cx| {
            polls.set(polls.get() + 1);
            acquire.as_mut().poll(cx)
        });
        permit.await.record(Success);
    };
    (0..100).map(waiting).collect::<FuturesUnordered<_>>().collect::<()>().await;
    // at first, at the door, when it is time
    assert!(polls.get() <= 300, "{} polls of 100 waits", polls.get());
}

#[tokio::test(start_paused = true)]
async fn those_that_wait_go_in_the_order_in_which_they_came() {
    let breaker = fragile().half_open_calls(2).build().unwrap();
    fail(&breaker);
    let order = RefCell::new(Vec::new());
    let call = async |number: u32| {
        let permit = breaker.acquire().await;
        order.borrow_mut().push((number, Instant::now()));
        sleep(ms(10)).await;
        permit.record(Success);
    };
    let opened = Instant::now();
    tokio::join!(call(0), call(1), call(2), call(3), call(4));
    let expected = [1_000, 1_000, 1_010, 1_010, 1_010].map(|time| opened + ms(time));
    assert_eq!(*order.borrow(), (0..).zip(expected).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn those_that_do_not_wait_do_not_overtake_those_that_do() {
    let breaker = fragile().half_open_calls(2).build().unwrap();
    fail(&breaker);
    let mut first = pin!(breaker.acquire());
    assert!(poll_once(first.as_mut()).is_pending());
    advance(ms(1_000)).await;
    let second = permit(&breaker);
    assert!(breaker.try_acquire().is_err(), "the other place belongs to the one that waits");
    assert!(poll_once(first.as_mut()).is_ready());
    drop(second);
    drop(permit(&breaker));
}

#[tokio::test(start_paused = true)]
async fn a_trial_that_is_cancelled_wakes_the_next() {
    let breaker = open();
    let opened = Instant::now();
    let cancelled = async {
        let trial = breaker.acquire().await;
        sleep(ms(7)).await;
        drop(trial);
    };
    let next = async {
        breaker.acquire().await.record(Success);
        opened.elapsed()
    };
    assert_eq!(tokio::join!(cancelled, next).1, ms(1_007));
    assert_eq!(breaker.state(), Closed);
}

/// Two calls wait, and the first is given up before one of the steps of this story. The second goes.
#[tokio::test(start_paused = true)]
async fn a_wait_that_is_given_up_at_any_point_takes_nothing_with_it() {
    for point in 0..=5 {
        let breaker = open();
        let mut first = Some(Box::pin(breaker.acquire()));
        let mut second = Box::pin(breaker.acquire());
        let mut trial: Option<BreakerPermit<'_>> = None;
        for step in 0..=5 {
            if step == point {
                (trial, first) = (None, None);
            }
            let mut poll_first = || first.as_mut().map(|first| poll_once(first.as_mut()));
            match step {
                // it stands in front, the other behind it
                0 => assert!(poll_first().is_none_or(|first| first.is_pending())),
                1 => assert!(poll_once(second.as_mut()).is_pending()),
                // it could go, but has not looked yet
                2 => advance(ms(1_000)).await,
                // it goes, and the other stands in front
                3 => trial = poll_first().map(|first| if let Poll::Ready(permit) = first { permit } else { panic!() }),
                4 if trial.is_some() => assert!(poll_once(second.as_mut()).is_pending()),
                _ => {}
            }
        }
        let second = timeout(ms(1_000), second).await;
        second.unwrap_or_else(|_| panic!("given up at {point}, it took a place with it")).record(Success);
        assert_eq!(breaker.state(), Closed);
    }
}

#[tokio::test(start_paused = true)]
async fn the_one_in_front_that_has_been_woken_and_gives_up_lets_the_next_go() {
    let breaker = open();
    let trial = async {
        let trial = breaker.acquire().await;
        sleep(ms(10)).await;
        trial
    };
    let trial = trial.await;
    let mut front = Box::pin(breaker.acquire());
    assert!(poll_once(front.as_mut()).is_pending());
    let mut next = Box::pin(breaker.acquire());
    assert!(poll_once(next.as_mut()).is_pending());
    drop(trial);
    drop(front);
    let before = Instant::now();
    next.await.record(Success);
    assert_eq!(before.elapsed(), ms(0));
}

#[tokio::test(start_paused = true)]
async fn waits_end_at_once_when_it_is_closed_from_outside() {
    for end in [Breaker::reset, Breaker::force_closed] {
        let breaker = open();
        breaker.force_open();
        let before = Instant::now();
        let wait = async || {
            breaker.acquire().await.record(Success);
            before.elapsed()
        };
        let from_outside = async {
            sleep(Duration::from_hours(3)).await;
            end(&breaker);
        };
        let (first, second, ()) = tokio::join!(wait(), wait(), from_outside);
        assert_eq!([first, second], [Duration::from_hours(3); 2]);
    }
}

#[tokio::test(start_paused = true)]
async fn a_breaker_that_is_forced_open_while_somebody_waits_is_waited_for() {
    let breaker = open();
    let before = Instant::now();
    let wait = async {
        drop(breaker.acquire().await);
        before.elapsed()
    };
    let from_outside = async {
        sleep(ms(500)).await;
        breaker.force_open();
        sleep(ms(4_500)).await;
        breaker.reset();
    };
    assert_eq!(tokio::join!(wait, from_outside).0, ms(5_000));
}

#[tokio::test(start_paused = true)]
async fn the_time_of_each_wait_is_counted_also_if_it_is_given_up() {
    let breaker = open();
    assert!(timeout(ms(300), breaker.acquire()).await.is_err());
    assert_eq!(breaker.account().paused, ms(300));
    let two = async || breaker.acquire().await.record(Success);
    tokio::join!(two(), two());
    assert_eq!(breaker.account().paused, ms(300 + 700 + 700));
    assert_eq!(breaker.account().rejected, 0);
}

#[tokio::test(start_paused = true)]
async fn a_closed_breaker_is_not_waited_for() {
    let breaker = fragile().build().unwrap();
    let mut acquire = pin!(breaker.acquire());
    assert!(poll_once(acquire.as_mut()).is_ready());
    assert_eq!(breaker.account().paused, ms(0));
}

#[tokio::test(start_paused = true)]
async fn transitions_come_to_everybody_that_watches_also_those_of_time_alone() {
    let breaker = fragile().build().unwrap();
    let from_the_start = breaker.transitions();
    fail(&breaker);
    let from_now_on = breaker.transitions();
    let opened = Instant::now();
    let life = async {
        sleep(ms(5_000)).await;
        succeed(&breaker);
        drop(breaker);
    };
    let both = async { tokio::join!(from_the_start.collect::<Vec<_>>(), from_now_on.collect::<Vec<_>>()) };
    let ((all, later), ()) = tokio::join!(both, life);
    let told: Vec<_> = all.iter().map(|t| (t.number, t.from, t.to, t.at - opened)).collect();
    let expected = [(1, Closed, Open, ms(0)), (2, Open, HalfOpen, ms(1_000)), (3, HalfOpen, Closed, ms(5_000))];
    assert_eq!(told, expected);
    assert_eq!(later, all[1..]);
}

#[tokio::test(start_paused = true)]
async fn time_alone_is_told_when_it_has_passed() {
    let breaker = open();
    let before = Instant::now();
    let told = breaker.transitions().next().await.unwrap();
    assert_eq!((told.to, before.elapsed()), (HalfOpen, ms(1_000)));
}

#[tokio::test(start_paused = true)]
async fn who_lags_behind_sees_it_in_the_numbers() {
    let breaker = fragile().build().unwrap();
    let transitions = breaker.transitions();
    for _ in 0..50 {
        breaker.force_open();
        breaker.reset();
    }
    drop(breaker);
    let numbers: Vec<u64> = transitions.map(|transition| transition.number).collect().await;
    assert_eq!(numbers, (37..=100).collect::<Vec<_>>());
}

/// A permit and a stream hold on to the breaker's handles only as far as they must.
#[tokio::test(start_paused = true)]
async fn a_stream_of_transitions_does_not_keep_a_breaker_alive() {
    let breaker = open();
    let mut transitions = breaker.transitions();
    let other = breaker.clone();
    drop(breaker);
    assert_eq!(transitions.next().await.unwrap().to, HalfOpen);
    drop(other);
    assert_eq!(transitions.next().await, None);
}
