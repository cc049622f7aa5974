//! `batch`.

use std::time::Duration;

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(grouping: batch, batch_within, batch_in_the_middle, batch_in_a_sink);

fn batch(run: Run) -> Trial {
    let ([xs], [before, after], [out]) = (run.inputs(), run.faults(["batches", "batches"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "batch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage batches: Vec<Item> = xs
            .inspect(|x| before.at(x)?)
            .batch(n)
            .inspect(|batch| batch.iter().try_for_each(|x| after.at(x))?);
        sink all = batches
            .inspect(|batch| batch.iter().for_each(|x| out.push(x.n)))
            .map(|batch| batch.iter().map(|x| x.n).collect())
            .collect::<Vec<Vec<u64>>>();
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.chunks(n).map(<[u64]>::to_vec).collect()
    })
}

fn batch_within(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let within = Duration::from_micros(run.n as u64 * 50);
    let pipeline = pipeline! {
        #![name = "batch_within"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x });
        stage batches = checked.batch(n, within);
        sink all = batches
            .inspect(|batch| batch.iter().for_each(|x| out.push(x.n)))
            .map(|batch| { assert!((1..=n).contains(&batch.len())); batch })
            .flat_map(|batch| batch)
            .map(|x| x.n)
            .collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn batch_in_the_middle(run: Run) -> Trial {
    let ([xs], [before, after], [out]) = (run.inputs(), run.faults(["sums", "sums"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "batch_in_the_middle"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage sums = xs
            .flat_map(|x| { before.at(&x)?; vec![x.clone(), x] })
            .filter(|x| x.n % 3 != 0)
            .batch(n, 1h)
            .filter(|batch| batch[0].n % 2 == 0)
            .flat_map(|batch| batch)
            .map(async |x| { x.pause().await; after.at(&x)?; x.n });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let twice: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n, n]).filter(|n| n % 3 != 0).collect();
        let all: Vec<u64> = twice.chunks(n).filter(|batch| batch[0] % 2 == 0).flatten().copied().collect();
        model.track("out", all.clone());
        all
    })
}

fn batch_in_a_sink(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["stored"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "batch_in_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.bounded(3);
        sink stored = xs.batch(n, 1h).for_each(async |batch| {
            for x in &batch {
                fault.at(x)?;
                x.pause().await;
                out.push(x.n);
            }
        });
        stored
    };
    let paced = run.n;
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.len().div_ceil(paced) as u64
    })
}
