//! `inline` stages: an account and a name of their own, no task and no edge.

#[path = "inline/table.rs"]
mod table;
