//! Freedom from deadlock: what the check refuses comes to a stop when it is run all the same, what it accepts does not.

#[path = "rates/generated.rs"]
mod generated;
#[path = "rates/refused.rs"]
mod refused;
#[path = "rates/support.rs"]
mod support;
