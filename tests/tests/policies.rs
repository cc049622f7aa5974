//! What stands around a body: timeouts and attempts, with the clock stopped and exact to its millisecond.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod policies {
    mod breaker;
    mod budget;
    mod clock;
    mod letters;
    mod limit;
    mod log;
    mod on_error;
    mod rate;
    mod retry;
    mod shown;
    mod source;
    mod stop;
    mod timeout;
    mod together;
}
