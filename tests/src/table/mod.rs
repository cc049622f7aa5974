//! The randomized table: many small pipelines, each run again and again with random data, settings and faults, and
//! compared with a plain sequential model of itself.
//!
//! A [`Case`] is a function that builds a pipeline out of what a [`Run`] gives it (inputs, faults, tracks, settings) and
//! hands it to [`Run::check`] together with its model. Everything in a run follows from its seed, and the seed of a run
//! from the base seed, the case's name and the number of the round; a failure prints how to replay just that run.

mod check;
mod fault;
mod input;
mod item;
mod model;
mod run;
mod suite;

pub use fault::{Fault, FaultKind, Injected};
pub use input::Input;
pub use item::{Item, mix};
pub use model::{Model, Track};
pub use run::{Run, RuntimeKind, Trial};
pub use suite::{Case, run_all};
