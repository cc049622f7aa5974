//! Freedom from deadlock: what the check refuses comes to a stop when it is run all the same, and with the help applied
//! it does not.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "rates/ended.rs"]
mod ended;
#[path = "rates/hands.rs"]
mod hands;
#[path = "rates/inline.rs"]
mod inline;
#[path = "rates/lossy.rs"]
mod lossy;
#[path = "rates/refused.rs"]
mod refused;
#[path = "rates/support.rs"]
mod support;
#[path = "rates/varies.rs"]
mod varies;
