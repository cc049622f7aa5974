//! Keyed bodies in flight and streams in flight, with all faults, beside a sequential model.

use std::collections::{BTreeMap, HashMap};

use futures::{StreamExt, stream};
use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(
    in_flight_more: keyed,
    keyed_workers,
    keyed_unordered,
    keyed_rejects,
    keyed_skip,
    keyed_parts,
    keyed_batch,
    keyed_batch_before,
    streams,
    streams_unordered,
    streams_of_async,
    streams_with_workers,
    iterators,
    keyed_streams,
    streams_skip,
    streams_reject,
    streams_batch,
    streams_in_a_sink,
    streams_early,
);

fn key(n: u64) -> u64 {
    n % 7
}

/// The sums so far of each key's values.
fn sums(values: impl IntoIterator<Item = u64>) -> Vec<u64> {
    let mut sums = HashMap::new();
    let sum = |n| {
        let sum = sums.entry(key(n)).or_insert(0);
        *sum += n;
        *sum
    };
    values.into_iter().map(sum).collect()
}

fn keyed(run: Run) -> Trial {
    let ([xs], [before, inside, behind], [out]) =
        (run.inputs(), run.faults(["sums", "sums", "sums"]), run.tracks(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), in_flight(in_flight)]
        stage sums = xs
            .inspect(|x| before.at(x)?)
            .skip(1)
            .map(async |x| { x.pause().await; inside.at(&x)?; x })
            .scan(0, |sum, x| { behind.at(&x)?; *sum += x.n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let mut seen = [false; 7];
        let kept = model.input(0).into_iter().filter(|n| std::mem::replace(&mut seen[key(*n) as usize], true));
        let all = sums(kept);
        model.track("out", all.clone());
        all
    })
}

fn keyed_workers(run: Run) -> Trial {
    let ([xs], [before, inside], [out]) = (run.inputs(), run.faults(["sums", "sums"]), run.tracks(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x: &Item| key(x.n).to_string()), workers(workers), in_flight(in_flight)]
        stage sums = xs
            .inspect(|x| { x.work(); before.at(x)? })
            .map(async |x| { x.pause().await; inside.at(&x)?; x.n })
            .scan(0, |sum, n| { *sum += n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = sums(model.input(0));
        model.track("out", all.clone());
        all
    })
}

fn keyed_unordered(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks_unordered(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[keyed(|x| key(x.n)), workers(workers), in_flight(in_flight), unordered]
        stage sums = xs
            .map(async |x| { x.pause().await; fault.at(&x)?; x.n })
            .scan(0, |sum, n| { *sum += n; (key(n), *sum) });
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

fn keyed_rejects(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["sums"]));
    let ([a, b], buffer, workers, in_flight) = (run.tracks(["a", "b"]), run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_rejects"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(|x| if x.n % 3 == 1 { Err(Injected::Bad(x.n)) } else { Ok(x) });
        #[keyed(|x| key(x.n)), workers(workers), in_flight(in_flight)]
        stage sums = xs?
            .map(async |ref x| {
                x.pause().await;
                fault.hit(x);
                if x.n % 4 == 0 { Err(Injected::Bad(x.n))? }
                x.n
            })
            .scan(0, |sum, n| { *sum += n; *sum }) else bad;
        sink all = sums.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| match r.error() { Injected::Bad(n) => *n, other => panic!("{other}") })
            .inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 1 || n % 4 == 0);
        let all = sums(good);
        model.track("a", all.clone());
        model.track("b", bad.clone());
        (all, bad)
    })
}

fn keyed_skip(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), in_flight(in_flight), on_error(skip)]
        stage sums = xs
            .map(async |x| { x.pause().await; fault.hit(&x); if x.n % 4 == 1 { Err(Injected::Bad(x.n))? } x.n })
            .scan(0, |sum, n| { *sum += n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = sums(model.input(0).into_iter().filter(|n| n % 4 != 1));
        model.track("out", all.clone());
        all
    })
}

/// Parts of one item have its key, and come one after the other.
fn keyed_parts(run: Run) -> Trial {
    let ([xs], [before, inside], [out]) = (run.inputs(), run.faults(["sums", "sums"]), run.tracks_beside(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_parts"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), in_flight(in_flight)]
        stage sums = xs
            .flat_map(|x| { before.at(&x)?; let len = x.n as usize % 3; vec![x; len] })
            .map(async |x| { x.pause().await; inside.at(&x)?; x.n })
            .scan(0, |sum, n| { *sum += n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = sums(model.input(0).into_iter().flat_map(|n| vec![n; n as usize % 3]));
        model.track("out", all.clone());
        all
    })
}

fn batches(values: Vec<u64>, n: usize) -> BTreeMap<u64, Vec<Vec<u64>>> {
    let mut keys: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for x in values {
        keys.entry(key(x)).or_default().push(x);
    }
    keys.into_iter().map(|(key, values)| (key, values.chunks(n).map(<[u64]>::to_vec).collect())).collect()
}

fn by_key(all: Vec<Vec<u64>>) -> BTreeMap<u64, Vec<Vec<u64>>> {
    let mut keys: BTreeMap<u64, Vec<Vec<u64>>> = BTreeMap::new();
    for batch in all {
        keys.entry(key(batch[0])).or_default().push(batch);
    }
    keys
}

fn keyed_batch(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["batches"]), run.tracks_unordered(["out"]));
    let (buffer, n, workers, in_flight) = (run.buffer, run.n, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_batch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers), in_flight(in_flight)]
        stage batches = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n }).batch(n, 1h);
        sink all = batches.inspect(|batch| batch.iter().for_each(|x| out.push(*x))).collect::<Vec<_>>();
        by_key(all)
    };
    run.check(pipeline, move |model| {
        let values = model.input(0);
        model.track("out", values.clone());
        batches(values, n)
    })
}

fn keyed_batch_before(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["batches"]), run.tracks_unordered(["out"]));
    let (buffer, n, workers, in_flight) = (run.buffer, run.n, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_batch_before"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers), in_flight(in_flight)]
        stage batches = xs.batch(n, 1h).map(async |batch| {
            for x in &batch { fault.at(x)?; x.pause().await; }
            batch.iter().map(|x| x.n).collect::<Vec<u64>>()
        });
        sink all = batches.inspect(|batch| batch.iter().for_each(|x| out.push(*x))).collect::<Vec<_>>();
        by_key(all)
    };
    run.check(pipeline, move |model| {
        let values = model.input(0);
        model.track("out", values.clone());
        batches(values, n)
    })
}

/// A stream that at times has nothing at once: as many parts as the value says, up to 40.
fn parts(x: Item) -> impl futures::Stream<Item = Item> + Send {
    let len = x.n % 41;
    stream::iter(0..len).then(move |at| {
        let x = x.clone();
        async move {
            if (x.n + at).is_multiple_of(3) {
                tokio::task::yield_now().await;
            }
            let n = x.n + at;
            x.with(n)
        }
    })
}

fn parted(values: Vec<u64>) -> Vec<u64> {
    values.into_iter().flat_map(|n| n..n + n % 41).collect()
}

fn streams(run: Run) -> Trial {
    let ([xs], [inside, behind], [out]) = (run.inputs(), run.faults(["parts", "parts"]), run.tracks_beside(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage parts = xs.flat_map(|x| { inside.at(&x)?; parts(x) }).map(|x| { behind.at(&x)?; x.n });
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = parted(model.input(0));
        model.track("out", all.clone());
        all
    })
}

fn streams_unordered(run: Run) -> Trial {
    let ([xs], [inside, behind], [out]) = (run.inputs(), run.faults(["parts", "parts"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[in_flight(in_flight), unordered]
        stage parts = xs.flat_map(|x| { inside.at(&x)?; parts(x) }).filter(|x| { behind.at(x)?; x.n % 3 != 0 });
        sink all = parts.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        { let mut all = all; all.sort(); all }
    };
    run.check(pipeline, |model| {
        let mut all = parted(model.input(0));
        all.retain(|n| n % 3 != 0);
        all.sort_unstable();
        model.track("out", all.clone());
        all
    })
}

fn streams_of_async(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks_beside(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_of_async"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage parts = xs
            .flat_map(|x| [x.clone(), x])
            .flat_map(async |x| { x.pause().await; fault.at(&x)?; parts(x) });
        sink all = parts.map(|x| x.n).inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = parted(model.input(0).into_iter().flat_map(|n| [n, n]).collect());
        model.track("out", all.clone());
        all
    })
}

fn streams_with_workers(run: Run) -> Trial {
    let ([xs], [before, inside], [out]) = (run.inputs(), run.faults(["parts", "parts"]), run.tracks_beside(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_with_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers), in_flight(in_flight)]
        stage parts = xs
            .filter(|x| { before.at(x)?; x.n % 4 != 0 })
            .flat_map(|x| { x.work(); inside.at(&x)?; parts(x) })
            .map(|x| x.n);
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = parted(model.input(0).into_iter().filter(|n| n % 4 != 0).collect());
        model.track("out", all.clone());
        all
    })
}

fn iterators(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks_beside(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "iterators"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage parts = xs.flat_map(|x| { fault.at(&x)?; x.n..x.n + x.n % 41 }).enumerate().map(|(at, n)| at as u64 + n);
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = parted(model.input(0)).into_iter().enumerate().map(|(at, n)| at as u64 + n).collect();
        model.track("out", all.clone());
        all
    })
}

/// Per key in order, streams of different keys at once.
fn keyed_streams(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks_unordered(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "keyed_streams"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[keyed(|x| key(x.n)), workers(workers), in_flight(in_flight), unordered]
        stage parts = xs
            .flat_map(|x| { fault.at(&x)?; let key = key(x.n); parts(x).map(move |x| (key, x.n)) })
            .scan(0, |at, (key, n)| { *at += 1; (key, *at, n) });
        sink all = parts.inspect(|(.., n)| out.push(*n)).fold(BTreeMap::new(), |mut keys, (key, at, n)| {
            let of_key: &mut Vec<u64> = keys.entry(key).or_default();
            of_key.push(n);
            assert_eq!(of_key.len(), at);
            keys
        });
    };
    run.check(pipeline, |model| {
        let mut keys: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
        for n in model.input(0).into_iter().filter(|n| n % 41 > 0) {
            keys.entry(key(n)).or_default().extend(parted(vec![n]));
        }
        model.track("out", keys.values().flatten().copied());
        keys
    })
}

fn streams_skip(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight), on_error(skip)]
        stage parts = xs
            .flat_map(|x| { fault.hit(&x); if x.n % 4 == 1 { Err(Injected::Bad(x.n))? } parts(x) })
            .map(|x| { if x.n % 5 == 2 { Err(Injected::Bad(x.n))? } x.n });
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let mut all = parted(model.input(0).into_iter().filter(|n| n % 4 != 1).collect());
        all.retain(|n| n % 5 != 2);
        model.track("out", all.clone());
        all
    })
}

fn streams_reject(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["good"]));
    let ([a, b], buffer, in_flight) = (run.tracks(["a", "b"]), run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_reject"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage good = xs.flat_map(|ref x| {
            fault.hit(x);
            if x.n % 4 == 1 { Err(Injected::Bad(x.n))? }
            parts(x.clone())
        }) else bad;
        sink all = good.map(|x| x.n).inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| r.item().map_or(0, |x| x.n)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 4 == 1);
        let all = parted(good);
        model.track("a", all.clone());
        model.track("b", bad.clone());
        (all, bad)
    })
}

fn streams_batch(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks_beside(["out"]));
    let (buffer, in_flight, n) = (run.buffer, run.in_flight, run.n);
    let pipeline = pipeline! {
        #![name = "streams_batch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage sums = xs
            .flat_map(|x| { fault.at(&x)?; parts(x) })
            .batch(n, 1h)
            .map(|batch| batch.iter().map(|x| x.n).sum::<u64>());
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = parted(model.input(0)).chunks(n).map(|batch| batch.iter().sum()).collect();
        model.track("out", all.clone());
        all
    })
}

fn streams_in_a_sink(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["all"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_in_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight), unordered]
        sink all = xs.flat_map(|x| { fault.at(&x)?; parts(x) }).for_each(|x| out.push(x.n));
        all
    };
    run.check(pipeline, |model| {
        let all = parted(model.input(0));
        model.track("out", all.clone());
        all.len() as u64
    })
}

/// Endless streams, of which the first few parts are wanted.
fn streams_early(run: Run) -> Trial {
    let ([xs], n) = (run.inputs(), run.n);
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "streams_early"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight), unordered]
        stage parts = xs.flat_map(|x| stream::repeat_with(move || x.clone())).take(n);
        sink all = parts.count();
    };
    run.ends().check(pipeline, move |model| if model.input(0).is_empty() { 0 } else { n as u64 })
}
