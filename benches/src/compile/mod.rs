//! What it costs to compile a pipeline: programs of so many stages, and rustc.

mod program;
mod rustc;

pub(crate) use program::{Program, Style};
pub(crate) use rustc::{Libraries, from_nothing};
