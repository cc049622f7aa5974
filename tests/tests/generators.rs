//! Generators, and sources that block.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod generators {
    mod blocking;
    mod forward;
    mod language;
    mod receivers;
    mod table;
    mod waiting;

    #[path = "../behaviour/support.rs"]
    #[allow(dead_code)]
    mod support;
}
