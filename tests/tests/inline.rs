//! `inline` stages: an account and a name of their own, no task and no edge.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod inline {
    #[path = "../behaviour/support.rs"]
    #[allow(dead_code, reason = "shared by several test binaries")]
    mod support;

    mod account;
    mod end;
    mod failure;
    mod table;
}
