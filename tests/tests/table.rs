//! The randomized table of pipelines; see `pipeline_tests::table`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod table {
    mod blocking;
    mod fan_in;
    mod fan_out;
    mod grouping;
    mod in_flight;
    mod keyed;
    mod per_item;
    mod process;
    mod rejects;
    mod sources;
    mod stateful;
    mod terminals;
    mod workers;
}
