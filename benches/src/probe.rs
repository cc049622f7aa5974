//! A job in a process of its own, so that its memory can be told from that of all others.

use std::env;
use std::fs;
use std::process::Command;
use std::time::{Duration, Instant};

use crate::needed::{Needed, printed};
use crate::runtime::Executor;
use crate::tables::scaling::{self, Job};

/// What a job took: nanoseconds for each unit of its work, and megabytes at most.
pub(crate) type Cost = [f64; 2];

/// Runs a job of that size in a process of its own.
///
/// # Panics
///
/// When it fails.
pub(crate) fn cost(job: &Job, size: u64) -> Cost {
    let program = env::current_exe().needed("the path of this program");
    let text = printed(Command::new(program).arg("--probe").arg(format!("{}/{size}", job.name)));
    let mut words = text.split_whitespace().map(|word| word.parse().needed("a figure of the probe"));
    [(); 2].map(|()| words.next().needed("both figures of the probe"))
}

/// Runs the job of that name, `name/size`, and prints what it took.
///
/// # Panics
///
/// When there is no such job, or its result is wrong.
pub fn probe(job: &str) {
    let (name, size) = job.rsplit_once('/').needed("a job and its size");
    let (job, size) = (scaling::job(name).needed("the name of a job"), size.parse().needed("a size"));
    let [time, memory] = measured(&job, size);
    println!("{time} {memory}");
}

/// As long as it takes to see how long it takes: short jobs run often.
const LONG_ENOUGH: Duration = Duration::from_millis(50);

fn measured(job: &Job, size: u64) -> Cost {
    let executor = Executor::multi_thread();
    // starts the threads
    executor.run(async {});
    let before = memory("VmRSS");
    let (start, mut times) = (Instant::now(), Vec::new());
    while times.is_empty() || start.elapsed() < LONG_ENOUGH {
        let start = Instant::now();
        let result = (job.run)(&executor, size);
        times.push(start.elapsed());
        assert_eq!(result, (job.expected)(size), "{} gives a wrong result at {size}", job.name);
    }
    times.sort_unstable();
    let median = times[times.len() / 2];
    [median.as_nanos() as f64 / (job.units)(size) as f64, memory("VmHWM") - before]
}

/// A figure of this process, in megabytes; not a number where there is no `/proc`.
fn memory(name: &str) -> f64 {
    let text = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kilobytes| kilobytes / 1024.0)
}
