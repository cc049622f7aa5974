//! Bodies that block their thread.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Run, Trial};

table!(blocking: stage, source, workers, sink, everything);

fn stage(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["read"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "blocking_stage"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[blocking]
        stage read = xs.map(|x| { x.work(); std::thread::yield_now(); fault.at(&x)?; x.n }).filter(|n| n % 3 != 0);
        sink all = read.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 3 != 0).collect();
        model.track("out", all.clone());
        all
    })
}

fn source(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "blocking_source"]
        #![error(Injected)]
        #[blocking, buffer(buffer)]
        source xs = xs.iter().inspect(|x| x.work());
        stage checked = xs.inspect(|x| fault.at(x)?);
        sink all = checked.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn workers(run: Run) -> Trial {
    let ([xs], [at_a, at_b], [out]) = (run.inputs(), run.faults(["a", "b"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "blocking_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[blocking, workers(workers)]
        stage a = xs.flat_map(|x| { x.work(); at_a.at(&x)?; vec![x.clone(), x] });
        #[blocking, workers(2), unordered]
        stage b = a.map(|x| { x.work(); at_b.at(&x)?; x.n });
        sink sum = b.inspect(|x| out.push(*x)).fold((0, 0), |(sum, len), x| (sum + x, len + 1));
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n, n]).collect();
        model.track("out", all.clone());
        (all.iter().sum::<u64>(), all.len())
    })
}

fn sink(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["written"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "blocking_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.bounded(8);
        #[blocking]
        sink written = xs.batch(n, 1h).for_each(|batch| {
            for x in batch { x.work(); fault.at(&x)?; out.push(x.n); }
        });
        written
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.len().div_ceil(n) as u64
    })
}

fn everything(run: Run) -> Trial {
    let ([xs], [at_key, at_bad]) = (run.inputs(), run.faults(["sums", "good"]));
    let ([a, b], buffer, workers) = (run.tracks_beside(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "blocking_everything"]
        #![error(Injected)]
        #![buffer(buffer)]
        #[blocking]
        source xs = xs.iter();
        #[blocking, workers(workers)]
        stage good = xs.map(|ref x| { at_bad.hit(x); if x.n % 5 == 0 { Err(Injected::Bad(x.n))? } x.clone() }) else bad;
        #[blocking, workers(workers), keyed(|x| x.n % 3)]
        stage sums = good.scan(0, |len, x| { at_key.at(&x)?; *len += 1; x.n * 10_000 + *len });
        #[blocking]
        sink all = sums.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        #[blocking]
        sink rest = bad.inspect(|r| b.push(r.item().map_or(0, |x| x.n))).count();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 5 == 0);
        let mut lens = [0; 3];
        let sums = good.into_iter().map(|n| {
            lens[n as usize % 3] += 1;
            n * 10_000 + lens[n as usize % 3]
        });
        let all: Vec<u64> = sums.collect();
        model.track("a", all.clone());
        model.track("b", bad.clone());
        (all, bad.len() as u64)
    })
}
