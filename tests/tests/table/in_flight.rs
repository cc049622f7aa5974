//! Several async bodies of one stage at once.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Run, Trial};

table!(in_flight: ordered, unordered, around, parts, with_workers, with_workers_unordered, in_a_sink, rejects, skip, inputs, route, batch);

fn ordered(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["slow"]), run.tracks(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "ordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage slow = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.pause().await; x.n });
        sink all = slow.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn unordered(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["slow"]), run.tracks_unordered(["out"]));
    let (buffer, in_flight) = (run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[in_flight(in_flight), unordered]
        stage slow = xs.filter(async |x| { x.pause().await; fault.at(x)?; x.n % 3 != 0 });
        sink all = slow.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        { let mut all = all; all.sort(); all }
    };
    run.check(pipeline, |model| {
        let mut all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 3 != 0).collect();
        all.sort_unstable();
        model.track("out", all.clone());
        all
    })
}

/// Operators before and after the async one, with state.
fn around(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["slow", "slow", "slow"]), run.tracks(["out"]));
    let ([before, inside, after], buffer, in_flight) = (faults, run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "around"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage slow = xs
            .filter(|x| { before.at(x)?; x.n % 4 != 0 })
            .skip(1)
            .map(async |x| { x.pause().await; inside.at(&x)?; x })
            .map(|x| { after.at(&x)?; x.n })
            .dedup()
            .enumerate()
            .scan(0, |sum, (at, n)| { *sum += n; *sum + at as u64 });
        sink all = slow.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let mut kept: Vec<u64> = model.input(0).into_iter().filter(|n| n % 4 != 0).skip(1).collect();
        kept.dedup();
        let sums = kept.into_iter().enumerate().scan(0, |sum, (at, n)| {
            *sum += n;
            Some(*sum + at as u64)
        });
        let all: Vec<u64> = sums.collect();
        model.track("out", all.clone());
        all
    })
}

fn parts(run: Run) -> Trial {
    // Any part of the item may be the first to fail, and those before it are delivered.
    let ([xs], [before, inside], [out]) = (run.inputs(), run.faults(["parts", "parts"]), run.tracks_beside(["out"]));
    let (buffer, in_flight, n) = (run.buffer, run.in_flight, run.n);
    let pipeline = pipeline! {
        #![name = "parts"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage parts = xs
            .flat_map(|x| { before.at(&x)?; let len = x.n as usize % (n + 1); vec![x; len] })
            .flat_map(async |x| { x.pause().await; inside.at(&x)?; [x.n, x.n + 1] });
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let parts = model.input(0).into_iter().flat_map(|x| vec![x; x as usize % (n + 1)]);
        let all: Vec<u64> = parts.flat_map(|x| [x, x + 1]).collect();
        model.track("out", all.clone());
        all
    })
}

fn with_workers(run: Run) -> Trial {
    let ([xs], [before, inside], [out]) = (run.inputs(), run.faults(["slow", "slow"]), run.tracks(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "with_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers), in_flight(in_flight)]
        stage slow = xs
            .filter_map(|x| { x.work(); before.at(&x)?; if x.n % 5 == 0 { None } else { Some(x) } })
            .map(async |x| { x.pause().await; inside.at(&x)?; x })
            .flat_map(|x| vec![x.n; x.n as usize % 3]);
        sink all = slow.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let kept = model.input(0).into_iter().filter(|n| n % 5 != 0);
        let all: Vec<u64> = kept.flat_map(|n| vec![n; n as usize % 3]).collect();
        model.track("out", all.clone());
        all
    })
}

fn with_workers_unordered(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["slow"]), run.tracks_unordered(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "with_workers_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.channel(3);
        #[workers(workers), in_flight(in_flight), unordered]
        stage slow = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink sum = slow.inspect(|x| out.push(*x)).fold((0, 0), |(sum, len), x| (sum + x, len + 1));
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        (all.iter().sum::<u64>(), all.len())
    })
}

fn in_a_sink(run: Run) -> Trial {
    let ([xs], [at_a, at_b]) = (run.inputs(), run.faults(["a", "b"]));
    let ([a, b], buffer, in_flight) = (run.tracks_unordered(["a", "b"]), run.buffer, run.in_flight);
    let workers = run.workers;
    let pipeline = pipeline! {
        #![name = "in_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (l, r) = xs.tee();
        #[in_flight(in_flight)]
        sink a = l.for_each(async |x| { x.pause().await; at_a.at(&x)?; a.push(x.n); });
        #[in_flight(in_flight), workers(workers)]
        sink b = r.for_each(async |x| { x.pause().await; at_b.at(&x)?; b.push(x.n); });
        a + b
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("a", all.clone());
        model.track("b", all.clone());
        all.len() as u64 * 2
    })
}

fn rejects(run: Run) -> Trial {
    let ([xs], [at_first, at_bad]) = (run.inputs(), run.faults(["checked", "good"]));
    let ([a, b], buffer, in_flight) = (run.tracks(["a", "b"]), run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "rejects"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| at_first.at(x)?);
        #[in_flight(in_flight)]
        stage good = checked.map(async |ref x| {
            x.pause().await;
            at_bad.hit(x);
            if x.n % 4 == 1 { Err(Injected::Bad(x.n))? }
            x.n
        }) else bad;
        sink all = good.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| match r.into_parts() {
            (Some(x), Injected::Bad(n)) if x.n == n => n,
            other => panic!("{other:?}"),
        }).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 4 == 1);
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn skip(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["good"]), run.tracks(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight), workers(workers), on_error(skip)]
        stage good = xs
            .map(|x| { if x.n % 7 == 3 { Err(Injected::Bad(x.n))? } x })
            .map(async |x| { x.pause().await; fault.hit(&x); if x.n % 4 == 1 { Err(Injected::Bad(x.n))? } x.n })
            .map(|n| { if n % 5 == 2 { Err(Injected::Bad(n))? } n });
        sink all = good.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let good = model.input(0).into_iter().filter(|n| n % 7 != 3 && n % 4 != 1 && n % 5 != 2);
        let all: Vec<u64> = good.collect();
        model.track("out", all.clone());
        all
    })
}

/// Inputs that failed go their way beside the bodies, in their place.
fn inputs(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["good"]));
    let ([a, b], buffer, in_flight) = (run.tracks(["a", "b"]), run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "inputs"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(|x| if x.n % 3 == 1 { Err(Injected::Bad(x.n)) } else { Ok(x) });
        #[in_flight(in_flight)]
        stage good = xs?.map(async |ref x| {
            x.pause().await;
            fault.hit(x);
            if x.n % 4 == 0 { Err(Injected::Bad(x.n))? }
            x.n
        }) else bad;
        sink all = good.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| match r.error() { Injected::Bad(n) => *n, other => panic!("{other}") })
            .inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 1 || n % 4 == 0);
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn route(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["low"]));
    let ([a, b, c], buffer, in_flight) = (run.tracks(["a", "b", "c"]), run.buffer, run.in_flight);
    let pipeline = pipeline! {
        #![name = "route_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage (low, high) = xs
            .map(async |x| { x.pause().await; fault.at(&x)?; x.n })
            .route(|n| if n < 10 { low(n) } else { high(n.to_string()) });
        #[in_flight(in_flight)]
        stage (h1, h2) = high.inspect(async |_| tokio::task::yield_now().await).tee();
        sink lows = low.inspect(|x| a.push(*x)).count();
        sink n1 = h1.inspect(|x| b.push(x.parse()?)).count();
        sink n2 = h2.inspect(|x| c.push(x.parse()?)).count();
    };
    run.check(pipeline, |model| {
        let (low, high): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| *n < 10);
        let counts = (low.len() as u64, high.len() as u64, high.len() as u64);
        model.track("a", low);
        model.track("b", high.clone());
        model.track("c", high);
        counts
    })
}

fn batch(run: Run) -> Trial {
    let ([xs], [before, inside], [out]) = (run.inputs(), run.faults(["sums", "sums"]), run.tracks(["out"]));
    let (buffer, in_flight, n) = (run.buffer, run.in_flight, run.n);
    let pipeline = pipeline! {
        #![name = "batch_in_flight"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[in_flight(in_flight)]
        stage sums = xs
            .inspect(|x| before.at(x)?)
            .batch(n, 1h)
            .map(async |batch| {
                for x in &batch { inside.at(x)?; x.pause().await; }
                batch.iter().map(|x| x.n).sum::<u64>()
            });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).chunks(n).map(|batch| batch.iter().sum()).collect();
        model.track("out", all.clone());
        all
    })
}
