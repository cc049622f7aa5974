//! Programs that run for long: a pipeline per connection, a service, progress while it runs, the signals that end it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod long_running {
    mod connections;
    mod group;
    mod progress;
    mod service;
    mod signals;
}
