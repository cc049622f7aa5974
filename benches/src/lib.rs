//! What the README's figures come from: pipelines beside what else does the same job, in one process, in turns.
//!
//! `cargo bench -p benches` runs all of it, `-- --quick` in two minutes, `-- hop stages/crossfire` what is named so.

mod census;
mod compile;
mod go;
mod hand;
mod machine;
mod needed;
mod options;
mod plot;
mod probe;
mod requests;
mod runtime;
mod suite;
mod table;
mod waits;
mod work;

pub mod tables;

pub use options::Options;
pub use probe::probe;
pub use suite::Suite;
