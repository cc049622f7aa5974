//! Bodies in flight by key, and streams in flight.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod in_flight_more {
    mod keyed;
    mod streams;
    mod table;
}
