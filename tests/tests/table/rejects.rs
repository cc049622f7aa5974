//! Items that fail and do not end the run.

use pipeline_runtime::{Rejected, pipeline};
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(rejects: skip, otherwise, otherwise_cloned, otherwise_workers, unordered, inputs, in_a_sink, from_parts, merged, explicit);

/// What every case here calls bad.
fn is_bad(n: u64) -> bool {
    n % 5 == 1 || n % 11 == 7
}

fn check(x: &Item) -> Result<u64, Injected> {
    if is_bad(x.n) { Err(Injected::Bad(x.n)) } else { Ok(x.n) }
}

/// The value of a rejected item, which must be there with its own error.
fn rejected(r: &Rejected<Item, Injected>) -> u64 {
    match (r.item(), r.error()) {
        (Some(x), Injected::Bad(n)) if x.n == *n => *n,
        other => panic!("{other:?}"),
    }
}

fn parted(values: Vec<u64>) -> (Vec<u64>, Vec<u64>) {
    values.into_iter().partition(|n| !is_bad(*n))
}

fn skip(run: Run) -> Trial {
    let ([xs], [at_first, at_good], [out]) = (run.inputs(), run.faults(["checked", "good"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| at_first.at(x)?);
        #[on_error(skip)]
        stage good = checked
            .inspect(|x| at_good.hit(x))
            .filter(|x| { if x.n % 13 == 4 { Err(Injected::Bad(x.n))? } true })
            .map(|x| check(&x)?);
        sink all = good.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = parted(model.input(0)).0.into_iter().filter(|n| n % 13 != 4).collect();
        model.track("out", all.clone());
        all
    })
}

fn otherwise(run: Run) -> Trial {
    let ([xs], faults) = (run.inputs(), run.faults(["checked", "good", "rest"]));
    let ([at_first, at_good, at_rest], [a, b], buffer) = (faults, run.tracks_beside(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "otherwise"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage checked = xs.inspect(|x| at_first.at(x)?);
        stage good: u64 = checked.map(|ref x| { at_good.hit(x); check(x)? }) else bad;
        sink all = good.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| { if let Some(x) = r.item() { at_rest.at(x)?; } rejected(&r) })
            .inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn otherwise_cloned(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["good"]));
    let ([a, b], buffer) = (run.tracks(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "otherwise_cloned"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage good = xs.filter(|x| x.n % 2 == 0).filter_map(async |x| {
            x.pause().await;
            fault.hit(&x);
            let n = check(&x)?;
            if n % 3 == 0 { return None }
            Some(n)
        }).map(|n| n + 1) else bad;
        sink all = good.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| rejected(&r)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0).into_iter().filter(|n| n % 2 == 0).collect());
        let good: Vec<u64> = good.into_iter().filter(|n| n % 3 != 0).map(|n| n + 1).collect();
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn otherwise_workers(run: Run) -> Trial {
    let ([xs], [at_first, at_good]) = (run.inputs(), run.faults(["checked", "good"]));
    let ([a, b], buffer, workers) = (run.tracks(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "otherwise_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| at_first.at(x)?);
        #[workers(workers)]
        stage good = checked.map(|ref x| { x.work(); at_good.hit(x); check(x)? }) else bad;
        sink all = good.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| rejected(&r)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

fn unordered(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["good"]));
    let ([a, b], buffer, workers) = (run.tracks_unordered(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers), unordered]
        stage good = xs.map(|ref x| { x.work(); fault.hit(x); check(x)? }) else bad;
        sink sum = good.inspect(|x| a.push(*x)).fold(0, |sum, x| sum + x);
        sink n = bad.inspect(|r| b.push(rejected(r))).count();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good.iter().sum::<u64>(), bad.len() as u64)
    })
}

/// `input?`, with and without `else`.
fn inputs(run: Run) -> Trial {
    let ([xs], [at_good, at_last]) = (run.inputs(), run.faults(["good", "last"]));
    let ([a, b], buffer) = (run.tracks_beside(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "inputs"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().map(|x| match check(&x) { Ok(_) => Ok(x), Err(error) => Err(error) });
        stage good = xs?.map(|x| { at_good.hit(&x); x.with(3) }) else bad;
        stage last: Item = good.map(|x| { at_last.at(&x)?; Ok::<_, Injected>(x) }).map(|x| x?);
        sink all = last.inspect(|x| a.push(x.n)).count();
        sink rest = bad.map(|r| match r {
            Rejected::Input { error: Injected::Bad(n), stage: "good", .. } => n,
            other => panic!("{other:?}"),
        }).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        model.track("a", good.iter().map(|_| 3));
        model.track("b", bad.clone());
        (good.len() as u64, bad)
    })
}

fn in_a_sink(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["stored"]));
    let ([a, b], buffer) = (run.tracks(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "in_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        sink stored = xs.for_each(async |ref x| { fault.hit(x); x.pause().await; a.push(check(x)?); }) else bad;
        sink rest = bad.for_each(|r| b.push(rejected(&r)));
        (stored, rest)
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good.len() as u64, bad.len() as u64)
    })
}

/// Parts of an item fail one by one.
fn from_parts(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["good"]));
    let ([a, b], buffer, workers) = (run.tracks(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "from_parts"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage good = xs
            .inspect(|x| fault.hit(x))
            .flat_map(|x| (0..x.n % 4).map(move |k| { let n = x.n + k; x.clone().with(n) }))
            .map(|ref x| check(x)?) else bad;
        sink all = good.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink rest = bad.map(|r| rejected(&r)).inspect(|x| b.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let parts = model.input(0).into_iter().flat_map(|n| (0..n % 4).map(move |k| n + k));
        let (good, bad) = parted(parts.collect());
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good, bad)
    })
}

enum End {
    Good(u64),
    Bad(Rejected<Item, Injected>),
}

/// The rejects meet the others again.
fn merged(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["good"]));
    let ([a, b], buffer, workers) = (run.tracks(["a", "b"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "merged"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage good = xs.map(|ref x| { x.work(); fault.hit(x); check(x)? }) else bad;
        sink n = merge(End::Good(good), End::Bad(bad)).inspect(|end| match end {
            End::Good(n) => a.push(*n),
            End::Bad(r) => b.push(rejected(r)),
        }).count();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        let n = (good.len() + bad.len()) as u64;
        model.track("a", good);
        model.track("b", bad);
        n
    })
}

fn explicit(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["left"]));
    let ([a, b, c], buffer) = (run.tracks(["a", "b", "c"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "explicit"]
        #![error(Injected)]
        source xs = xs.iter();
        #[on_error(reject), buffer(buffer)]
        stage (left, right) = xs.route(|x| {
            fault.hit(&x);
            let n = check(&x)?;
            if n % 2 == 0 { left(n) } else { right(x) }
        }) else bad;
        sink lefts = left.inspect(|x| a.push(*x)).count();
        sink rights = right.inspect(|x| b.push(x.n)).count();
        sink rest = bad.inspect(|r| c.push(rejected(r))).count();
    };
    run.check(pipeline, |model| {
        let (good, bad) = parted(model.input(0));
        let (left, right): (Vec<u64>, Vec<u64>) = good.into_iter().partition(|n| n % 2 == 0);
        let counts = (left.len() as u64, right.len() as u64, bad.len() as u64);
        model.track("a", left);
        model.track("b", right);
        model.track("c", bad);
        counts
    })
}
