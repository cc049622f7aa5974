//! Unbuffered, buffered: what an edge costs by its capacity, and how many of its sends and receives have to wait.

use std::sync::Arc;
use std::time::Instant;

use pipeline_runtime::{Output, Pipeline, pipeline};
use tokio::sync::mpsc;
use tokio::task::unconstrained;

use crate::needed::Needed;
use crate::plot::{Line, Panel, Plot};
use crate::runtime::{Executor, joined};
use crate::suite::{Suite, write};
use crate::waits::Waits;
use crate::work::add;

pipeline! {
    fn items(n: u64, capacity: usize) -> Pipeline<u64> {
        #[buffer(capacity)]
        source numbers = 0..n;
        sink sum = numbers.fold(0, add);
    }
}

pipeline! {
    fn sends(n: u64, capacity: usize) -> Pipeline<u64> {
        #[buffer(capacity)]
        source numbers = async |mut out: Output<u64>| {
            for n in 0..n {
                out.send(n).await;
            }
        };
        stage sums = numbers.process(async |input, output| {
            let mut sum = 0;
            while let Some(n) = input.next().await {
                sum = add(sum, n);
            }
            output.send(sum).await;
        });
        sink sum = sums.fold(0, add);
    }
}

pipeline! {
    fn counted_sends(n: u64, capacity: usize, waits: Arc<Waits>) -> Pipeline<u64> {
        #[buffer(capacity)]
        source numbers = async |mut out: Output<u64>| {
            for n in 0..n {
                waits.send(out.send(n)).await;
            }
        };
        stage sums = numbers.process(async |input, output| {
            let mut sum = 0;
            while let Some(n) = waits.receive(input.next()).await {
                sum = add(sum, n);
            }
            output.send(sum).await;
        });
        sink sum = sums.fold(0, add);
    }
}

async fn tokio(n: u64, capacity: usize) -> u64 {
    let (tx, mut rx) = mpsc::channel(capacity);
    tokio::spawn(async move {
        for n in 0..n {
            if tx.send(n).await.is_err() {
                break;
            }
        }
    });
    let sink = tokio::spawn(async move {
        let mut sum = 0;
        while let Some(n) = rx.recv().await {
            sum = add(sum, n);
        }
        sum
    });
    joined(sink).await
}

/// Without tokio's budget: a task that has used it up waits, too, but not for the other one.
async fn counted_tokio(n: u64, capacity: usize, waits: Arc<Waits>) -> u64 {
    let (tx, mut rx) = mpsc::channel(capacity);
    let of_source = waits.clone();
    tokio::spawn(unconstrained(async move {
        for n in 0..n {
            if of_source.send(tx.send(n)).await.is_err() {
                break;
            }
        }
    }));
    let sink = tokio::spawn(unconstrained(async move {
        let mut sum = 0;
        while let Some(n) = waits.receive(rx.recv()).await {
            sum = add(sum, n);
        }
        sum
    }));
    joined(sink).await
}

/// The time of the first job, and the waits that the second one counts.
fn figures(n: u64, timed: impl FnOnce() -> u64, counted: impl FnOnce(Arc<Waits>) -> u64) -> Vec<f64> {
    let start = Instant::now();
    let sum = timed();
    let time = start.elapsed().as_nanos() as f64 / n as f64;
    let waits = Arc::new(Waits::default());
    for sum in [sum, counted(waits.clone())] {
        assert_eq!(sum, sum_of(n), "a wrong sum of {n} items");
    }
    let [sends, receives] = waits.percent(n);
    vec![time, sends, receives]
}

fn sum_of(n: u64) -> u64 {
    (0..n).fold(0, add)
}

const TOKIO: &str = "tokio";
const GO: &str = "Go";
const ITEMS: &str = "pipeline!, iterator and fold";
const SENDS: &str = "pipeline!, `send` and `next`";
const CAPACITIES: [(&str, usize); 5] =
    [("capacity-0", 0), ("capacity-1", 1), ("capacity-8", 8), ("capacity-64", 64), ("capacity-1024", 1024)];

pub(super) fn run(suite: &mut Suite, executor: &Executor) {
    for (name, capacity) in CAPACITIES {
        let title = match capacity {
            0 => "A hop with nothing stored, a rendezvous (not possible with tokio's channel)".to_owned(),
            _ => format!("A hop with at most {capacity} stored"),
        };
        let go = suite.go(name, GO);
        let mut table = suite.table(name, title).items(400_000);
        table = table.columns(&["ns per item", "waiting sends, %", "waiting receives, %"]);
        if capacity > 0 {
            table = table.measured(TOKIO, |n| {
                figures(n, || executor.run(tokio(n, capacity)), |waits| executor.run(counted_tokio(n, capacity, waits)))
            });
        }
        table = table
            .measured(SENDS, |n| {
                let counted = |waits| executor.pipeline(counted_sends(n, capacity, waits));
                figures(n, || executor.pipeline(sends(n, capacity)), counted)
            })
            .measured(ITEMS, |n| {
                let start = Instant::now();
                assert_eq!(executor.pipeline(items(n, capacity)), sum_of(n), "a wrong sum of {n} items");
                vec![start.elapsed().as_nanos() as f64 / n as f64, f64::NAN, f64::NAN]
            });
        if let Some(go) = go {
            table = table.measured(GO, move |n| go.run("hop", capacity, n, sum_of(n)));
        }
        if capacity > 0 {
            table = table.goal(SENDS, 1.0, TOKIO);
        }
        table.run();
    }
    if suite.figures(CAPACITIES[0].0).is_some() {
        write(&suite.options.plot, &plot(suite).svg()).needed("the plot");
    }
}

fn plot(suite: &Suite) -> Plot {
    let line = |name: &str, who: &str, column, colour, dashed| {
        let values = CAPACITIES.map(|(table, _)| suite.figures(table)?.figure(who, column)).to_vec();
        Line { name: name.to_owned(), colour, dashed, values }
    };
    let who = [(TOKIO, "#d62728"), (SENDS, "#1f77b4"), (ITEMS, "#2ca02c"), (GO, "#7f7f7f")];
    let is_there = |line: &Line| line.values.iter().any(Option::is_some);
    let times = who.map(|(who, colour)| line(who, who, 0, colour, false));
    let waits = who.map(|(who, colour)| {
        [("waiting sends", 1, false), ("waiting receives", 2, true)]
            .map(|(what, column, dashed)| line(&format!("{who}: {what}"), who, column, colour, dashed))
    });
    Plot {
        title: "One hop between two tasks, by the capacity of its edge".to_owned(),
        axis: "items that the edge stores".to_owned(),
        categories: CAPACITIES.map(|(_, capacity)| capacity.to_string()).to_vec(),
        panels: vec![
            Panel {
                title: "ns per item".to_owned(),
                range: (1.0, 10_000.0),
                ticks: vec![1.0, 10.0, 100.0, 1_000.0, 10_000.0],
                logarithmic: true,
                lines: times.into_iter().filter(is_there).collect(),
            },
            Panel {
                title: "% that have to wait".to_owned(),
                range: (0.0, 100.0),
                ticks: vec![0.0, 25.0, 50.0, 75.0, 100.0],
                logarithmic: false,
                lines: waits.into_iter().flatten().filter(is_there).collect(),
            },
        ],
    }
}
