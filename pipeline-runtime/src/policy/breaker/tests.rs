//! Tests of the breaker: its rules one by one, the state machine against a model, and those that wait.

mod gate;
mod model;
mod rules;
mod threads;
mod waits;

use std::time::Duration;

use super::{Breaker, BreakerBuilder, BreakerPermit, CallClass, Verdict};

fn ms(milliseconds: u64) -> Duration {
    Duration::from_millis(milliseconds)
}

/// Opens with the first failure, for a second.
fn fragile() -> BreakerBuilder {
    Breaker::builder().consecutive_failures(1).open_for(ms(1_000))
}

/// A permit of a breaker that lets calls go.
fn permit<C: CallClass>(breaker: &Breaker<C>) -> BreakerPermit<'_, C> {
    breaker.try_acquire().expect("the breaker lets the call go")
}

/// A call that comes to this.
fn call<C: CallClass>(breaker: &Breaker<C>, class: C) {
    permit(breaker).record(class);
}

fn fail(breaker: &Breaker) {
    call(breaker, Verdict::Failure);
}

fn succeed(breaker: &Breaker) {
    call(breaker, Verdict::Success);
}
