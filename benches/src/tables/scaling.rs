//! What work costs as it grows: more items, stages, workers, pipelines; and the memory that it takes.

use pipeline_runtime::{Flow, Pipeline, pipeline};
use tokio_util::sync::CancellationToken;

use super::{many, parallel, stages};
use crate::hand;
use crate::probe::cost;
use crate::runtime::Executor;
use crate::suite::Suite;
use crate::work::{Work, add, mix};

/// A job that can be of any size.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) name: &'static str,
    pub(crate) run: fn(&Executor, u64) -> u64,
    pub(crate) expected: fn(u64) -> u64,
    /// How many units of work there are in a job of a size: its time is told for each.
    pub(crate) units: fn(u64) -> u64,
}

pipeline! {
    fn one_stage() -> Flow<u64, u64> {
        source numbers = input;
        sink mixed = numbers.map(mix).output();
    }
}

pipeline! {
    fn and_one(stages: Flow<u64, u64>) -> Flow<u64, u64> {
        source numbers = input;
        stage mixed = numbers.via(stages);
        sink more = mixed.map(mix).output();
    }
}

pipeline! {
    fn both_and_one(first: Flow<u64, u64>, second: Flow<u64, u64>) -> Flow<u64, u64> {
        source numbers = input;
        stage once = numbers.via(first);
        stage twice = once.via(second);
        sink more = twice.map(mix).output();
    }
}

pipeline! {
    fn through(n: u64, stages: Flow<u64, u64>) -> Pipeline<u64> {
        source numbers = 0..n;
        stage mixed = numbers.via(stages);
        sink sum = mixed.fold(0, add);
    }
}

/// Fragments in fragments, as many as there are stages, but not deep.
fn chain(stages: u64) -> Flow<u64, u64> {
    match stages {
        0 | 1 => one_stage(),
        2 => and_one(one_stage()),
        _ => {
            let first = (stages - 1) / 2;
            both_and_one(chain(first), chain(stages - 1 - first))
        }
    }
}

async fn chain_by_hand(stages: u64) -> u64 {
    let token = CancellationToken::new();
    let mut numbers = hand::source(&token, 0..CHAIN_BY_HAND);
    for _ in 0..stages {
        numbers = hand::stage(&token, numbers, |n| Some(mix(n)));
    }
    hand::fold(&token, numbers, 0, add).await
}

fn mixed_by(items: u64, stages: u64) -> u64 {
    (0..items).map(|n| (0..stages).fold(n, |n, _| mix(n))).fold(0, add)
}

/// The items that go through a chain of stages.
const CHAIN: u64 = 100_000;
const CHAIN_BY_HAND: u64 = 10_000;

/// The items that are shared out among workers, and the nanoseconds of each.
const SHARED: u64 = 50_000;
const NANOS: u64 = 1_000;

fn work() -> Work {
    Work::nanos(NANOS)
}

const JOBS: [Job; 8] = [
    Job {
        name: "items/pipeline!",
        run: |executor, n| executor.pipeline(stages::a_task_each(n)),
        expected: stages::fused,
        units: |n| n,
    },
    Job {
        name: "items/hand-written",
        run: |executor, n| executor.run(stages::by_hand(n)),
        expected: stages::fused,
        units: |n| n,
    },
    Job {
        name: "stages/pipeline!",
        run: |executor, stages| executor.pipeline(through(CHAIN, chain(stages))),
        expected: |stages| mixed_by(CHAIN, stages),
        units: |stages| CHAIN * (stages + 1),
    },
    Job {
        name: "stages/hand-written",
        run: |executor, stages| executor.run(chain_by_hand(stages)),
        expected: |stages| mixed_by(CHAIN_BY_HAND, stages),
        units: |stages| CHAIN_BY_HAND * (stages + 1),
    },
    Job {
        name: "workers/pipeline!",
        run: |executor, workers| executor.pipeline(parallel::ordered(SHARED, work(), workers as usize)),
        expected: |_| parallel::one_by_one(SHARED, work()),
        units: |_| SHARED,
    },
    Job {
        name: "workers/hand-written",
        run: |executor, workers| executor.run(parallel::lanes(SHARED, work(), workers as usize)),
        expected: |_| parallel::one_by_one(SHARED, work()),
        units: |_| SHARED,
    },
    Job {
        name: "pipelines/pipeline!",
        run: |executor, n| executor.run(many::pipelines(n, many::stages)),
        expected: many::expected,
        units: |n| n,
    },
    Job {
        name: "pipelines/hand-written",
        run: |executor, n| executor.run(many::hands(n)),
        expected: many::expected,
        units: |n| n,
    },
];

/// The job of a name.
pub(crate) fn job(name: &str) -> Option<Job> {
    JOBS.into_iter().find(|job| job.name == name)
}

/// A job by `pipeline!` and by hand, at each size.
struct Growth {
    table: &'static str,
    title: &'static str,
    unit: &'static str,
    ours: &'static str,
    by_hand: &'static str,
    sizes: &'static [u64],
    /// The largest size that is not too slow by hand.
    most_by_hand: u64,
}

const GROWTHS: [Growth; 4] = [
    Growth {
        table: "scaling-items",
        title: "More items through source, map, filter, fold, a task each",
        unit: "items",
        ours: "items/pipeline!",
        by_hand: "items/hand-written",
        sizes: &[1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000],
        most_by_hand: 1_000_000,
    },
    Growth {
        table: "scaling-stages",
        title: "More stages, a task each (ns per item and hop)",
        unit: "stages",
        ours: "stages/pipeline!",
        by_hand: "stages/hand-written",
        sizes: &[1, 2, 5, 10, 20, 50, 100, 200],
        most_by_hand: 200,
    },
    Growth {
        table: "scaling-workers",
        title: "More workers for an ordered map of 1 µs an item",
        unit: "workers",
        ours: "workers/pipeline!",
        by_hand: "workers/hand-written",
        sizes: &[1, 2, 4, 8, 16, 32, 64, 128, 256],
        most_by_hand: 256,
    },
    Growth {
        table: "scaling-pipelines",
        title: "More pipelines of four stages and 100 items at once (ns per pipeline)",
        unit: "pipelines",
        ours: "pipelines/pipeline!",
        by_hand: "pipelines/hand-written",
        sizes: &[1, 10, 100, 1_000, 10_000],
        most_by_hand: 10_000,
    },
];

/// In a quick run nothing grows further.
const QUICK: u64 = 10_000_000;

/// What a step may cost more for each unit of work.
const STEP: f64 = 1.5;

pub(super) fn run(suite: &mut Suite) {
    for growth in GROWTHS {
        growth.measure(suite);
    }
}

impl Growth {
    fn measure(&self, suite: &mut Suite) {
        let quick = suite.options.quick;
        let most = if quick { QUICK } else { u64::MAX };
        let mut table = suite
            .table(self.table, self.title)
            .columns(&["pipeline!, ns", "pipeline!, MB", "hand-written, ns", "hand-written, MB"])
            .seldom(if quick { 1 } else { 5 })
            .growing();
        let case = |size| format!("{size} {}", self.unit);
        for &size in self.sizes.iter().filter(|&&size| size <= most) {
            table = table.measured(case(size), move |_| {
                let cost = |name| job(name).map_or([f64::NAN; 2], |job| cost(&job, size));
                let by_hand = if size <= self.most_by_hand { cost(self.by_hand) } else { [f64::NAN; 2] };
                [cost(self.ours), by_hand].concat()
            });
        }
        if let Some(&last) = self.sizes.last() {
            table = table.no_more(case(last), 0, 2).no_more(case(last), 1, 3);
        }
        table.no_step(STEP).run();
    }
}
