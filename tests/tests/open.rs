//! Open pipelines: `input`, `output()`, `via`, `apply`, `check`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod open {
    #[path = "../behaviour/support.rs"]
    #[allow(dead_code, reason = "shared by several test binaries")]
    mod support;

    mod apply;
    mod check;
    mod table;
    mod via;
}
