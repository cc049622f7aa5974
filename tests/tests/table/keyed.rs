//! Items of one key in order, state per key.

use std::collections::{BTreeMap, HashMap};

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Model, Run, Trial};

table!(keyed: scan, scan_workers, scan_unordered, per_key, per_key_workers, batch, batch_workers, skip_workers, question);

/// The keys of all cases; few enough that each has several items.
fn key(n: u64) -> u64 {
    n % 7
}

/// The sums so far of each key's values.
fn sums(values: Vec<u64>) -> Vec<u64> {
    let mut sums = HashMap::new();
    let sum = |n| {
        let sum = sums.entry(key(n)).or_insert(0);
        *sum += n;
        *sum
    };
    values.into_iter().map(sum).collect()
}

fn scan(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "scan_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n))]
        stage sums = xs.scan(0, |sum, x| { fault.at(&x)?; *sum += x.n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = sums(model.input(0));
        model.track("out", all.clone());
        all
    })
}

fn scan_workers(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "scan_keyed_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers)]
        stage sums = xs.scan(0, |sum, x| { x.work(); fault.at(&x)?; *sum += x.n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = sums(model.input(0));
        model.track("out", all.clone());
        all
    })
}

fn scan_unordered(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "scan_keyed_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[keyed(|x| key(x.n)), workers(workers), unordered]
        stage sums = xs.scan(0, async |sum, x| {
            x.pause().await;
            fault.at(&x)?;
            *sum += x.n;
            (key(x.n), *sum)
        });
        sink all = sums.inspect(|(_, sum)| out.push(*sum)).fold(BTreeMap::new(), |mut keys, (key, sum)| {
            keys.entry(key).or_insert_with(Vec::new).push(sum);
            keys
        });
    };
    run.check(pipeline, |model| {
        let values = model.input(0);
        let mut keys: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for (n, sum) in values.iter().zip(sums(values.clone())) {
            keys.entry(key(*n)).or_default().push(sum);
        }
        model.track("out", keys.values().flatten().copied());
        keys
    })
}

/// The model of all stateful operators at once, for each key.
fn stateful(model: &mut Model<'_>, n: usize) -> Vec<u64> {
    let mut keys: HashMap<u64, (usize, Option<u64>, bool, u64, u64)> = HashMap::new();
    let step = |x: u64| {
        let (seen, last, past, sum, given) = keys.entry(key(x)).or_default();
        *seen += 1;
        if *seen <= 1 || *last == Some(x) {
            return None;
        }
        *last = Some(x);
        *past |= !x.is_multiple_of(3);
        if !*past {
            return None;
        }
        *sum += x;
        *given += 1;
        (*given <= n as u64).then(|| *sum * 100 + (*given - 1))
    };
    let all: Vec<u64> = model.input(0).into_iter().filter_map(step).collect();
    model.track("out", all.clone());
    all
}

fn per_key(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["some"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "per_key"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x: &Item| key(x.n).to_string())]
        stage some = xs
            .inspect(|x| fault.at(x)?)
            .skip(1)
            .dedup()
            .skip_while(|x| x.n % 3 == 0)
            .scan(0, |sum, x| { *sum += x.n; *sum })
            .enumerate()
            .take(n)
            .map(|(at, sum)| sum * 100 + at as u64);
        sink all = some.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| stateful(model, n))
}

fn per_key_workers(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["some"]), run.tracks(["out"]));
    let (buffer, n, workers) = (run.buffer, run.n, run.workers);
    let pipeline = pipeline! {
        #![name = "per_key_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x: &Item| key(x.n).to_string()), workers(workers)]
        stage some = xs
            .inspect(|x| { x.work(); fault.at(x)? })
            .skip(1)
            .dedup()
            .skip_while(|x| x.n % 3 == 0)
            .scan(0, |sum, x| { *sum += x.n; *sum })
            .enumerate()
            .take(n)
            .map(|(at, sum)| sum * 100 + at as u64);
        sink all = some.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| stateful(model, n))
}

/// The batches of each key.
fn batches(model: &mut Model<'_>, n: usize) -> BTreeMap<u64, Vec<Vec<u64>>> {
    let mut keys: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for x in model.input(0) {
        keys.entry(key(x)).or_default().push(x);
    }
    model.track("out", keys.values().flatten().copied());
    keys.into_iter().map(|(key, values)| (key, values.chunks(n).map(<[u64]>::to_vec).collect())).collect()
}

fn by_key(all: Vec<Vec<u64>>) -> BTreeMap<u64, Vec<Vec<u64>>> {
    let mut keys: BTreeMap<u64, Vec<Vec<u64>>> = BTreeMap::new();
    for batch in all {
        keys.entry(key(batch[0])).or_default().push(batch);
    }
    keys
}

fn batch(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["batches"]), run.tracks_unordered(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "batch_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n))]
        stage batches = xs.inspect(|x| fault.at(x)?).batch(n, 1h);
        sink all = batches
            .map(|batch| batch.into_iter().map(|x| x.n).collect::<Vec<u64>>())
            .inspect(|batch| batch.iter().for_each(|x| out.push(*x)))
            .collect::<Vec<_>>();
        by_key(all)
    };
    run.check(pipeline, move |model| batches(model, n))
}

fn batch_workers(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["batches"]), run.tracks_unordered(["out"]));
    let (buffer, n, workers) = (run.buffer, run.n, run.workers);
    let pipeline = pipeline! {
        #![name = "batch_keyed_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers)]
        stage batches = xs
            .batch(n)
            .inspect(|batch| batch.iter().try_for_each(|x| { x.work(); fault.at(x) })?)
            .map(|batch| batch.into_iter().map(|x| x.n).collect::<Vec<u64>>());
        sink all = batches.inspect(|batch| batch.iter().for_each(|x| out.push(*x))).collect::<Vec<_>>();
        by_key(all)
    };
    run.check(pipeline, move |model| batches(model, n))
}

fn skip_workers(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["sums"]));
    let ([a, b], buffer, workers) = (run.tracks(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "reject_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers)]
        stage sums = xs.scan(0, |sum, ref x| {
            x.work();
            fault.hit(x);
            if x.n % 4 == 1 { Err(Injected::Bad(x.n))? }
            *sum += x.n;
            *sum
        }) else bad;
        sink all = sums.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| r.item().map_or(0, |x| x.n)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 4 == 1);
        let all = sums(good);
        model.track("a", all.clone());
        model.track("b", bad.clone());
        (all, bad)
    })
}

fn question(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["sums"]));
    let ([out], buffer, workers) = (run.tracks(["out"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "question_keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(|x| if x.n % 4 == 1 { Err(Injected::Bad(x.n)) } else { Ok(x) });
        #[keyed(|x| key(x.n)), workers(workers), on_error(skip)]
        stage sums = xs?.scan(0, |sum, x| { x.work(); fault.hit(&x); *sum += x.n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = sums(model.input(0).into_iter().filter(|n| n % 4 != 1).collect());
        model.track("out", all.clone());
        all
    })
}
