//! What becomes of what has begun when a run is stopped, with the clock stopped and exact to its millisecond.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "policies/clock.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod clock;
#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod stopping {
    mod on_cancel;
}
