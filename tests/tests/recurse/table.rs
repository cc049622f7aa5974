//! Walks of random trees and graphs, with all faults, beside a plain queue.

use std::collections::{BTreeSet, VecDeque};

use pipeline_runtime::{Next, pipeline};
use pipeline_tests::table;
use pipeline_tests::table::{Fault, Injected, Item, Model, Run, Trial, mix};

table!(
    recurse: serial,
    serial_async,
    workers,
    workers_unordered,
    in_flight,
    in_flight_unordered,
    workers_in_flight,
    keyed,
    keyed_in_flight,
    keyed_workers_in_flight,
    blocking,
    cycles,
    cycles_workers,
    cycles_in_flight,
    cycles_keyed,
    rejects,
    rejects_in_flight,
    skip,
    merged,
    before_flights,
    batch,
    in_a_sink,
    route,
    early,
    early_in_flight,
);

/// A node of the trees below the items of the input.
#[derive(Clone, Debug)]
struct Node {
    item: Item,
    depth: u32,
}

fn root(item: Item) -> Node {
    Node { item, depth: 0 }
}

fn children(n: u64, depth: u32) -> impl Iterator<Item = u64> {
    let count = if depth < 4 { mix(n, depth.into()) % 4 } else { 0 };
    (0..count).map(move |at| mix(n, at) % 1000)
}

impl Node {
    fn below(&self, n: u64) -> Self {
        Self { item: self.item.clone().with(n), depth: self.depth + 1 }
    }

    /// The run's fault may strike the root, or its tree.
    fn fault(&self, [at_root, below]: &[Fault; 2]) -> Result<(), Injected> {
        if self.depth == 0 { at_root.at(&self.item) } else { below.at(&self.item) }
    }

    /// As [`fault`](Self::fault), where an error would not end the run.
    fn hit(&self, [at_root, below]: &[Fault; 2]) {
        if self.depth == 0 { at_root.hit(&self.item) } else { below.hit(&self.item) }
    }

    fn find(&self, next: &Next<Node>) {
        for n in children(self.item.n, self.depth) {
            assert!(next.push(self.below(n)));
        }
    }
}

/// The nodes of all trees in the order in which one worker takes them.
fn walk(roots: Vec<u64>) -> Vec<u64> {
    let mut all = Vec::new();
    for root in roots {
        let mut found = VecDeque::from([(root, 0)]);
        while let Some((n, depth)) = found.pop_front() {
            found.extend(children(n, depth).map(|n| (n, depth + 1)));
            all.push(n);
        }
    }
    all
}

fn sorted(mut all: Vec<u64>) -> Vec<u64> {
    all.sort_unstable();
    all
}

/// The model of a walk that keeps no order.
fn walked(model: &mut Model<'_>) -> Vec<u64> {
    let all = walk(model.input(0));
    model.track("out", all.clone());
    sorted(all)
}

fn serial(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_beside(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "serial"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        stage walk = xs.recurse(|x, next| { x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.finds().check(pipeline, |model| {
        let all = walk(model.input(0));
        model.track("out", all.clone());
        all
    })
}

fn serial_async(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_beside(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "serial_async"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.channel(3);
        stage nodes = xs.map(root);
        stage walk = nodes
            .recurse(async |x, next| { x.item.pause().await; x.find(next); x.fault(&faults)?; x.item.n })
            .filter(|n| n % 5 != 0);
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.finds().check(pipeline, |model| {
        let all: Vec<u64> = walk(model.input(0)).into_iter().filter(|n| n % 5 != 0).collect();
        model.track("out", all.clone());
        all
    })
}

fn workers(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers)]
        stage walk = xs.recurse(|x, next| { x.item.work(); x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, walked)
}

fn workers_unordered(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "workers_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers), unordered]
        stage walk = xs.recurse(async |x, next| { x.item.pause().await; x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, walked)
}

fn in_flight(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage nodes = xs.map(root);
        #[in_flight(in_flight)]
        stage walk = nodes.recurse(async |x, next| {
            x.item.pause().await;
            x.find(next);
            x.item.pause().await;
            x.fault(&faults)?;
            x.item.n
        });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, walked)
}

fn in_flight_unordered(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "in_flight_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[in_flight(in_flight), unordered]
        stage walk = xs.recurse(async |x, next| { x.item.pause().await; x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, walked)
}

fn workers_in_flight(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "workers_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers), in_flight(in_flight)]
        stage walk = xs.recurse(async |x, next| { x.item.pause().await; x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, walked)
}

fn keyed(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[keyed(|x: &Node| x.item.n % 7), workers(workers)]
        stage walk = xs
            .recurse(|x, next| { x.item.work(); x.find(next); x.fault(&faults)?; x.item.n })
            .scan((0, 0), |(at, _), n| { *at += 1; (n, *at) });
        sink all = walk.inspect(|(n, _)| out.push(*n)).collect::<Vec<_>>();
        numbered(all)
    };
    run.finds().check(pipeline, walked)
}

/// What was walked, if the nodes of each key were numbered from 1 on.
fn numbered(all: Vec<(u64, u64)>) -> Vec<u64> {
    let mut last = [0; 7];
    for (n, at) in &all {
        assert_eq!(*at, last[(*n % 7) as usize] + 1);
        last[(*n % 7) as usize] += 1;
    }
    sorted(all.into_iter().map(|(n, _)| n).collect())
}

fn keyed_in_flight(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[keyed(|x: &Node| x.item.n % 7), in_flight(in_flight)]
        stage walk = xs
            .recurse(async |x, next| { x.item.pause().await; x.find(next); x.fault(&faults)?; x.item.n })
            .scan((0, 0), |(at, _), n| { *at += 1; (n, *at) });
        sink all = walk.inspect(|(n, _)| out.push(*n)).collect::<Vec<_>>();
        numbered(all)
    };
    run.finds().check(pipeline, walked)
}

fn keyed_workers_in_flight(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_workers_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[keyed(|x: &Node| x.item.n % 7), workers(workers), in_flight(in_flight), unordered]
        stage walk = xs
            .recurse(async |x, next| { x.item.pause().await; x.find(next); x.fault(&faults)?; x.item.n })
            .scan((0, 0), |(at, _), n| { *at += 1; (n, *at) });
        sink all = walk.inspect(|(n, _)| out.push(*n)).collect::<Vec<_>>();
        numbered(all)
    };
    run.finds().check(pipeline, walked)
}

fn blocking(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "blocking"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers), blocking]
        stage walk = xs.recurse(|x, next| { x.item.work(); x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, walked)
}

/// The nodes that can be reached from a node of the graph.
fn reached(roots: Vec<u64>) -> Vec<u64> {
    let mut seen = BTreeSet::new();
    let mut found = VecDeque::from(roots);
    while let Some(n) = found.pop_front() {
        if seen.insert(n) {
            found.extend(neighbours(n));
        }
    }
    seen.into_iter().collect()
}

/// The edges of a graph with many cycles.
fn neighbours(n: u64) -> [u64; 3] {
    [n, (3 * n + 1) % 1000, n / 2]
}

fn find_neighbours(x: &Item, next: &Next<Item>) {
    for n in neighbours(x.n) {
        assert!(next.push(x.clone().with(n)));
    }
}

fn reached_model(model: &mut Model<'_>) -> Vec<u64> {
    let all = reached(model.input(0));
    model.track("out", all.clone());
    all
}

fn cycles(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["walk"]), run.tracks_unordered(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "cycles"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage walk = xs.recurse(|x, next| { find_neighbours(&x, next); fault.at(&x)?; x.n }, unique = |x| x.n);
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, reached_model)
}

fn cycles_workers(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "cycles_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.channel(3);
        #[workers(workers)]
        stage walk = xs.recurse(unique = |x| x.n.to_string(), |ref x, next| {
            x.work();
            find_neighbours(x, next);
            fault.at(x)?;
            x.n
        });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, reached_model)
}

fn cycles_in_flight(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["walk"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "cycles_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[in_flight(in_flight)]
        stage walk = xs.recurse(async |x, next| {
            x.pause().await;
            find_neighbours(&x, next);
            fault.at(&x)?;
            x.n
        }, unique = |x| x.n);
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, reached_model)
}

fn cycles_keyed(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "cycles_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| x.n % 7), workers(workers)]
        stage walk = xs.recurse(|x, next| { find_neighbours(&x, next); fault.at(&x)?; x.n }, unique = |x| x.n);
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, reached_model)
}

/// What fails has found nothing: it fails before.
fn without_bad(roots: Vec<u64>) -> (Vec<u64>, Vec<u64>) {
    let (mut good, mut bad) = (Vec::new(), Vec::new());
    let mut found: VecDeque<(u64, u32)> = roots.into_iter().map(|n| (n, 0)).collect();
    while let Some((n, depth)) = found.pop_front() {
        if n % 4 == 1 {
            bad.push(n);
            continue;
        }
        found.extend(children(n, depth).map(|n| (n, depth + 1)));
        good.push(n);
    }
    (sorted(good), sorted(bad))
}

fn rejects(run: Run) -> Trial {
    let ([xs], faults) = (run.inputs(), run.faults(["walk", "walk"]));
    let ([a, b], buffer, workers) = (run.tracks_unordered(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "rejects"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers)]
        stage walk = xs.recurse(|ref x, next| {
            x.hit(&faults);
            if x.item.n % 4 == 1 { Err(Injected::Bad(x.item.n))? }
            x.find(next);
            x.item.n
        }) else bad;
        sink all = walk.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| r.item().map_or(0, |x| x.item.n)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
        (sorted(all), sorted(rest))
    };
    run.finds().check(pipeline, |model| {
        let (good, bad) = without_bad(model.input(0));
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn rejects_in_flight(run: Run) -> Trial {
    let ([xs], faults) = (run.inputs(), run.faults(["walk", "walk"]));
    let ([a, b], buffer, in_flight) = (run.tracks_unordered(["a", "b"]), run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "rejects_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[in_flight(in_flight)]
        stage walk = xs.recurse(async |x, next| {
            x.item.pause().await;
            x.hit(&faults);
            if x.item.n % 4 == 1 { Err(Injected::Bad(x.item.n))? }
            x.find(next);
            x.item.n
        }) else bad;
        sink all = walk.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| r.item().map_or(0, |x| x.item.n)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
        (sorted(all), sorted(rest))
    };
    run.finds().check(pipeline, |model| {
        let (good, bad) = without_bad(model.input(0));
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn skip(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers), in_flight(in_flight), on_error(skip)]
        stage walk = xs.recurse(async |x, next| {
            x.item.pause().await;
            x.hit(&faults);
            if x.item.n % 4 == 1 { Err(Injected::Bad(x.item.n))? }
            x.find(next);
            x.item.n
        });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, |model| {
        let (good, _) = without_bad(model.input(0));
        model.track("out", good.clone());
        good
    })
}

fn merged(run: Run) -> Trial {
    let ([xs, ys], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "merged"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        source ys = ys.iter();
        #[workers(workers)]
        stage walk = merge(xs, root(ys)).recurse(|x, next| { x.find(next); x.fault(&faults)?; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        sorted(all)
    };
    run.finds().check(pipeline, |model| {
        let all = walk(model.input(0).into_iter().chain(model.input(1)).collect());
        model.track("out", all.clone());
        sorted(all)
    })
}

/// A sync body before others in flight.
fn before_flights(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_beside(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "before_flights"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[in_flight(in_flight)]
        stage walk = xs
            .recurse(|x, next| { x.find(next); x.fault(&faults)?; x })
            .map(async |x| { x.item.pause().await; x.item.n });
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.finds().check(pipeline, |model| {
        let all = walk(model.input(0));
        model.track("out", all.clone());
        all
    })
}

fn batch(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_beside(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "batch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        stage walk = xs
            .recurse(|x, next| { x.find(next); x.fault(&faults)?; x.item.n })
            .batch(n, 1h)
            .map(|batch| batch.iter().sum::<u64>());
        sink all = walk.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.finds().check(pipeline, move |model| {
        let all: Vec<u64> = walk(model.input(0)).chunks(n).map(|batch| batch.iter().sum()).collect();
        model.track("out", all.clone());
        all
    })
}

fn in_a_sink(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["walk", "walk"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "in_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers)]
        sink walk = xs
            .recurse(|x, next| { x.find(next); x.fault(&faults)?; x.item.n })
            .for_each(|x| out.push(x));
        walk
    };
    run.finds().check(pipeline, |model| walked(model).len() as u64)
}

fn route(run: Run) -> Trial {
    let ([xs], faults, [a, b]) = (run.inputs(), run.faults(["low", "low"]), run.tracks_unordered(["a", "b"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "route"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(root);
        #[workers(workers)]
        stage (low, high) = xs
            .recurse(async |x, next| { x.find(next); x.item.pause().await; x.fault(&faults)?; x.item.n })
            .route(|n| if n < 500 { low(n) } else { high(n) });
        sink lows = low.inspect(|x| a.push(*x)).count();
        sink highs = high.inspect(|x| b.push(*x)).count();
    };
    run.finds().check(pipeline, |model| {
        let (low, high): (Vec<u64>, Vec<u64>) = walk(model.input(0)).into_iter().partition(|n| *n < 500);
        let counts = (low.len() as u64, high.len() as u64);
        model.track("a", low);
        model.track("b", high);
        counts
    })
}

/// Endless trees, of which the first few nodes are wanted.
fn early(run: Run) -> Trial {
    let ([xs], n) = (run.inputs(), run.n);
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "early"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage walk = xs.recurse(|x, next| { next.push(x.clone()); next.push(x.clone()); x.n }).take(n);
        sink all = walk.count();
    };
    run.finds().ends().check(pipeline, move |model| if model.input(0).is_empty() { 0 } else { n as u64 })
}

fn early_in_flight(run: Run) -> Trial {
    let ([xs], n) = (run.inputs(), run.n);
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "early_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers), in_flight(in_flight)]
        stage walk = xs.recurse(async |x, next| {
            x.pause().await;
            next.push(x.clone());
            next.push(x.clone());
            x.n
        });
        sink all = walk.take(n).count();
    };
    run.finds().ends().check(pipeline, move |model| if model.input(0).is_empty() { 0 } else { n as u64 })
}
