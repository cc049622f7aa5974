//! `inline` stages: an account and a name of their own, no task and no edge.

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "other tests use the rest")]
mod support;

#[path = "inline/account.rs"]
mod account;
#[path = "inline/end.rs"]
mod end;
#[path = "inline/failure.rs"]
mod failure;
#[path = "inline/table.rs"]
mod table;
