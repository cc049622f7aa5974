//! Every message of the build and of a run, with its cause and its cure.
//!
#![doc = include_str!("messages.md")]
