//! What the README's figures come from: pipelines beside what else does the same job, in one process, in turns.
//!
//! `cargo bench -p benches` runs all of it, `-- --quick` in two minutes, `-- hop stages/crossfire` what is named so.

mod hand;
mod options;
mod runtime;
mod suite;
mod table;
mod work;

pub mod tables;

pub use options::Options;
pub use suite::Suite;
