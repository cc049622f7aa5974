//! The example's census: its pipeline, its plain loop, and what they share, as it stands there.

#![allow(dead_code, reason = "the example uses the rest")]

#[path = "../../../examples/census/count.rs"]
mod count;
#[path = "../../../examples/census/files.rs"]
mod files;
#[path = "../../../examples/census/parse.rs"]
mod parse;
#[path = "../../../examples/census/pipeline.rs"]
mod pipeline;
#[path = "../../../examples/census/reject.rs"]
mod reject;
#[path = "../../../examples/census/sequential.rs"]
mod sequential;
#[path = "../../../examples/census/totals.rs"]
mod totals;

pub(crate) use files::find_sources;
pub(crate) use pipeline::census as pipeline;
pub(crate) use reject::Reject;
pub(crate) use sequential::census as one_by_one;
pub(crate) use totals::{Census, Counted, Totals};

/// What the example gives each thread that parses.
pub(crate) const STACK: usize = 128 << 20;
