//! The tables, one file each.

mod batch;
mod cancel;
mod capacities;
mod census;
mod compile;
mod cpu;
mod fan;
mod heavy;
mod hop;
mod in_flight;
mod json_lines;
mod latency;
mod many;
mod parallel;
mod policies;
pub(crate) mod scaling;
mod stages;

use crate::runtime::Executor;
use crate::suite::Suite;

/// Runs all that is asked for.
pub fn run(suite: &mut Suite) {
    let (multi, current) = (Executor::multi_thread(), Executor::current_thread());
    for executor in [&multi, &current] {
        hop::run(suite, executor);
        stages::run(suite, executor);
    }
    heavy::run(suite, &multi);
    parallel::run(suite, &multi);
    in_flight::run(suite, &multi);
    policies::run(suite, &current);
    fan::run(suite, &multi);
    batch::run(suite, &multi);
    latency::run(suite, &multi);
    cpu::run(suite, &multi);
    many::run(suite, &multi);
    cancel::run(suite, &multi);
    json_lines::run(suite, &multi);
    census::run(suite);
    capacities::run(suite, &multi);
    scaling::run(suite);
    compile::run(suite);
}
