//! What a run promises, and the face of the runtime: one family of rules per file.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]
#![allow(clippy::manual_inspect, reason = "bodies that fail and block, as they come")]

mod behaviour {
    mod support;

    mod account;
    mod batch_time;
    mod blocking;
    mod closing;
    mod dropping;
    mod early_end;
    mod edges;
    mod face;
    mod failure;
    mod handover;
    mod in_flight;
    mod language;
    mod order;
    mod panics;
    mod stop;
}
