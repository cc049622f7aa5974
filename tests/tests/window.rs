//! `window`, states that expire, and terminal operators per key.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod window {
    mod by_count;
    mod by_time;
    mod idle;
    mod per_key;
    mod table;
}
