//! Items that bring more items.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod recurse {
    mod table;
    mod walks;
}
