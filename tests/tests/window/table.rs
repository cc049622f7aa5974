//! Randomised runs with every fault, against sequential models.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Model, Run, Trial};

table!(windows: count, sliding, time, keyed_count, keyed_count_workers, keyed_time, in_flight_before, in_flight_behind);
table!(per_key: fold, fold_workers, collect_workers, first_and_last, expiring, expiring_workers);

fn push(all: &mut Vec<u64>, n: u64) {
    all.push(n);
}

/// The keys of all cases; few enough that each has several items.
fn key(n: u64) -> u64 {
    n % 7
}

fn count(run: Run) -> Trial {
    let ([xs], [before, inside, behind]) = (run.inputs(), run.faults(["b", "b", "b"]));
    let ([out], buffer, n) = (run.tracks(["out"]), run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "window_count"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage b = xs
            .inspect(|x| before.at(x)?)
            .window(Vec::new(), |all, x| { inside.at(&x)?; all.push(x) }, count = n)
            .inspect(|window| window.value.iter().try_for_each(|x: &Item| behind.at(x))?);
        sink all = b
            .map(|window| window.value.iter().map(|x| x.n).collect())
            .inspect(|all: &Vec<u64>| all.iter().for_each(|n| out.push(*n)))
            .collect::<Vec<Vec<u64>>>();
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.chunks(n).map(<[u64]>::to_vec).collect()
    })
}

/// The windows of the last `last` items, every `count`.
fn slid(all: &[u64], count: usize, last: usize) -> Vec<Vec<u64>> {
    let ends = (1..).map(|j| j * count).take_while(|end| *end < all.len() + last);
    let slices = ends.map(|end: usize| all[end.saturating_sub(last).min(all.len())..end.min(all.len())].to_vec());
    slices.filter(|items| !items.is_empty()).collect()
}

fn sliding(run: Run) -> Trial {
    let ([xs], [before, inside]) = (run.inputs(), run.faults(["b", "b"]));
    let ([out], buffer, n) = (run.tracks(["out"]), run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "window_sliding"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage b = xs
            .flat_map(|x| { before.at(&x)?; vec![x.clone(), x] })
            .window(Vec::new(), async |all, ref x| { x.pause().await; inside.at(x)?; push(all, x.n) }, count = 3, last = 2 + n);
        sink all = b
            .map(|window| window.value)
            .inspect(|all| all.last().into_iter().for_each(|n| out.push(*n)))
            .collect::<Vec<Vec<u64>>>();
    };
    run.check(pipeline, move |model| {
        let twice: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n, n]).collect();
        let all = slid(&twice, 3, 2 + n);
        model.track("out", all.iter().map(|all| all[all.len() - 1]));
        all
    })
}

/// Real time cuts where it will; all items come, in order.
fn time(run: Run) -> Trial {
    let ([xs], [inside, behind]) = (run.inputs(), run.faults(["b", "b"]));
    let ([out], buffer) = (run.tracks(["out"]), run.buffer);
    let every = Duration::from_micros(run.n as u64 * 20);
    let pipeline = pipeline! {
        #![name = "window_time"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage b = xs
            .window(Vec::new(), async |all, x| { x.pause().await; inside.at(&x)?; all.push(x) }, every = every)
            .inspect(|window| window.value.iter().try_for_each(|x: &Item| behind.at(x))?);
        sink all = b
            .inspect(|window| window.value.iter().for_each(|x| out.push(x.n)))
            .inspect(|window| assert!(!window.value.is_empty() && window.length() == every))
            .flat_map(|window| window.value)
            .map(|x| x.n)
            .collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// Windows in the order in which they are complete, then those that are open.
fn keyed_chunks(model: &mut Model<'_>, n: usize) -> Vec<(u64, Vec<u64>)> {
    let mut all = Vec::new();
    let mut open: Vec<(u64, Vec<u64>)> = Vec::new();
    for x in model.input(0) {
        let at = open.iter().position(|(open, _)| *open == key(x)).unwrap_or_else(|| {
            open.push((key(x), Vec::new()));
            open.len() - 1
        });
        open[at].1.push(x);
        if open[at].1.len() == n {
            all.push(open.remove(at));
        }
    }
    all.extend(open);
    all
}

fn keyed_count(run: Run) -> Trial {
    let ([xs], [inside], buffer, n) = (run.inputs(), run.faults(["b"]), run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "window_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n))]
        stage b = xs.window(Vec::new(), |all, x| { inside.at(&x)?; push(all, x.n) }, count = n);
        sink all = b.map(|window| (window.key, window.value)).collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| keyed_chunks(model, n))
}

fn keyed_count_workers(run: Run) -> Trial {
    let ([xs], [inside, behind]) = (run.inputs(), run.faults(["b", "b"]));
    let (buffer, n, workers) = (run.buffer, run.n, run.workers);
    let pipeline = pipeline! {
        #![name = "window_keyed_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers)]
        stage b = xs
            .window(Vec::new(), |all, x| { x.work(); inside.at(&x)?; all.push(x) }, count = n)
            .inspect(|window| window.value.iter().try_for_each(|x: &Item| behind.at(x))?)
            .map(|window| (window.key, window.value.iter().map(|x| x.n).collect::<Vec<_>>()));
        sink all = b.collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| keyed_chunks(model, n))
}

/// Real time cuts where it will: of each key all items come, in order, past a state of it.
fn keyed_time(run: Run) -> Trial {
    let ([xs], [inside, behind]) = (run.inputs(), run.faults(["b", "b"]));
    let (buffer, workers, every) = (run.buffer, run.workers, Duration::from_micros(run.n as u64 * 20));
    let pipeline = pipeline! {
        #![name = "window_keyed_time"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers)]
        stage b = xs
            .enumerate()
            .flat_map(|(at, x)| vec![(at, x.clone()), (at, x)])
            .window(Vec::new(), |all, (at, x)| { x.work(); inside.at(&x)?; all.push((at, x)) }, every = every)
            .inspect(|window| window.value.iter().try_for_each(|(_, x): &(usize, Item)| behind.at(x))?)
            .scan(0, |seen, window| {
                *seen += window.value.len();
                (window.key, *seen, window.value.into_iter().map(|(at, x)| (at, x.n)).collect::<Vec<_>>())
            });
        sink all = b.fold(BTreeMap::new(), |mut all: BTreeMap<u64, Vec<(usize, u64)>>, (key, seen, items)| {
            let own = all.entry(key).or_default();
            own.extend(items);
            assert_eq!(own.len(), seen);
            all
        });
    };
    run.check(pipeline, |model| {
        let mut all: BTreeMap<u64, Vec<(usize, u64)>> = BTreeMap::new();
        for x in model.input(0) {
            let own = all.entry(key(x)).or_default();
            let at = own.len() / 2;
            own.extend([(at, x), (at, x)]);
        }
        all
    })
}

fn in_flight_before(run: Run) -> Trial {
    let ([xs], [flying, inside]) = (run.inputs(), run.faults(["b", "b"]));
    let ([out], buffer, n, limit) = (run.tracks(["out"]), run.buffer, run.n, run.in_flight);
    let pipeline = pipeline! {
        #![name = "window_behind_bodies"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(limit)]
        stage b = xs
            .map(async |x| { x.pause().await; flying.at(&x)?; x })
            .window(Vec::new(), |all, x: Item| { inside.at(&x)?; push(all, x.n) }, count = n);
        sink all = b
            .map(|window| window.value)
            .inspect(|all| all.iter().for_each(|n| out.push(*n)))
            .collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.chunks(n).map(<[u64]>::to_vec).collect()
    })
}

fn in_flight_behind(run: Run) -> Trial {
    let ([xs], [inside, flying]) = (run.inputs(), run.faults(["b", "b"]));
    let ([out], buffer, limit) = (run.tracks(["out"]), run.buffer, run.in_flight);
    let every = Duration::from_micros(run.n as u64 * 20);
    let pipeline = pipeline! {
        #![name = "window_before_bodies"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[in_flight(limit)]
        stage b = xs
            .window(Vec::new(), |all, x| { x.work(); inside.at(&x)?; all.push(x) }, every = every)
            .map(async |window| {
                for x in &window.value {
                    x.pause().await;
                    flying.at(x)?;
                }
                window.value
            });
        sink all = b.flat_map(|all| all).map(|x| x.n).inspect(|n| out.push(*n)).collect::<Vec<_>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// The items of each key.
fn by_key(model: &Model<'_>) -> HashMap<u64, Vec<u64>> {
    let mut keys: HashMap<u64, Vec<u64>> = HashMap::new();
    for x in model.input(0) {
        keys.entry(key(x)).or_default().push(x);
    }
    keys
}

fn fold(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["s"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "fold_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n))]
        sink s = xs.fold(Vec::new(), |mut all, x| { fault.at(&x)?; out.push(x.n); all.push(x.n); all });
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all);
        by_key(model)
    })
}

fn fold_workers(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["s"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "fold_keyed_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers)]
        sink s = xs.fold(Vec::new(), async |mut all, ref x| { x.pause().await; fault.at(x)?; all.push(x.n); all });
    };
    run.check(pipeline, |model| by_key(model))
}

fn collect_workers(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["s"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "collect_keyed_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[keyed(|x| key(x.n)), workers(workers), unordered]
        sink s = xs.inspect(|x| { x.work(); fault.at(x)? }).map(|x| x.n).collect::<Vec<_>>();
    };
    run.check(pipeline, |model| by_key(model))
}

fn first_and_last(run: Run) -> Trial {
    let ([xs], [a, b]) = (run.inputs(), run.faults(["firsts", "lasts"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "first_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (ys, zs) = xs.tee();
        #[keyed(|x| key(x.n)), workers(workers)]
        sink firsts = ys.inspect(|x| a.at(x)?).map(|x| x.n).first();
        #[keyed(|x| key(x.n)), workers(workers)]
        sink lasts = zs.inspect(|x| b.at(x)?).map(|x| x.n).last();
    };
    run.check(pipeline, |model| {
        let keys = by_key(model);
        let of = |pick: fn(&[u64]) -> u64| keys.iter().map(|(key, all)| (*key, pick(all))).collect::<HashMap<_, _>>();
        (of(|all| all[0]), of(|all| all[all.len() - 1]))
    })
}

/// A state that would expire in an hour is that of a key.
fn expiring(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["b"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "idle"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[keyed(|x| key(x.n), idle = 1h)]
        stage b = xs.scan(0, async |seen, x| { x.pause().await; fault.at(&x)?; *seen += 1; (*seen, x.n) });
        sink all = b.inspect(|(_, n)| out.push(*n)).collect::<Vec<_>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        let mut seen: HashMap<u64, u64> = HashMap::new();
        let count = |n| {
            let seen = seen.entry(key(n)).or_insert(0);
            *seen += 1;
            (*seen, n)
        };
        all.into_iter().map(count).collect::<Vec<(u64, u64)>>()
    })
}

/// Real time cuts where it will: each state has seen a run of its key's items, one after another.
fn expiring_workers(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["b"]), run.tracks(["out"]));
    let (buffer, workers, idle) = (run.buffer, run.workers, Duration::from_micros(run.n as u64));
    let pipeline = pipeline! {
        #![name = "idle_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[keyed(|x| key(x.n), idle = idle), workers(workers)]
        stage b = xs.scan(Vec::new(), |seen, x| {
            fault.at(&x)?;
            seen.push(x.clone());
            seen.iter().map(|x| x.n).collect::<Vec<_>>()
        });
        sink all = b
            .inspect(|seen| out.push(seen[seen.len() - 1]))
            .fold(HashMap::new(), |mut all: HashMap<u64, Vec<u64>>, seen| {
                let own = all.entry(key(seen[0])).or_default();
                own.push(seen[seen.len() - 1]);
                assert!(own.ends_with(&seen));
                all
            });
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all);
        by_key(model)
    })
}
