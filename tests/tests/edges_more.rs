//! Weak inputs of a `merge` and lossy branches of a `tee`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod edges_more {
    mod lossy;
    mod table;
    mod weak;
}
