//! Operators that keep state from item to item.

use futures::StreamExt;
use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Run, Trial};

table!(stateful: enumerate, take, take_last_stage, take_of_a_quiet_source, take_while, skip, skip_while, scan, dedup, all_at_once);

fn enumerate(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["numbered"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "enumerate"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage numbered = xs
            .filter(|x| x.n % 3 != 0)
            .enumerate()
            .map(|(at, x)| { fault.at(&x)?; at as u64 * 1000 + x.n });
        sink all = numbered.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let kept = model.input(0).into_iter().filter(|n| n % 3 != 0);
        let all: Vec<u64> = kept.enumerate().map(|(at, n)| at as u64 * 1000 + n).collect();
        model.track("out", all.clone());
        all
    })
}

fn take(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [before, after], [out]) = (run.inputs(), run.faults(["checked", "taken"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n - 1);
    let pipeline = pipeline! {
        #![name = "take"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| before.at(x)?);
        stage taken = checked.take(n).inspect(|x| after.at(x)?);
        sink all = taken.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take(n).collect();
        model.track("out", all.clone());
        all
    })
}

fn take_last_stage(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "take_last_stage"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage parts = xs.flat_map(|x| { fault.at(&x)?; (0..x.n % 4).map(move |k| x.n + k) });
        sink sum = parts.take(n).inspect(|x| out.push(*x)).fold(0, |sum, x| sum + x);
    };
    run.check(pipeline, move |model| {
        let parts = model.input(0).into_iter().flat_map(|n| (0..n % 4).map(move |k| n + k));
        let all: Vec<u64> = parts.take(n).collect();
        model.track("out", all.clone());
        all.iter().sum::<u64>()
    })
}

/// A source that has given enough and then nothing, and has not ended.
fn take_of_a_quiet_source(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "take_of_a_quiet_source"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream().take(n).chain(futures::stream::pending());
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x });
        stage (l, r) = checked.tee();
        stage left = l.take(n);
        sink lefts = left.inspect(|x| out.push(x.n)).count();
        sink rights = r.take(n - 1).count();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take(n).collect();
        model.track("out", all.clone());
        (all.len() as u64, all.len().min(n - 1) as u64)
    })
}

fn take_while(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["taken"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n as u64);
    let pipeline = pipeline! {
        #![name = "take_while"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage taken = xs.take_while(async |x| { x.pause().await; fault.at(x)?; x.n % (n * 10) != 1 });
        sink all = taken.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take_while(|x| x % (n * 10) != 1).collect();
        model.track("out", all.clone());
        all
    })
}

fn skip(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["rest"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n - 1);
    let pipeline = pipeline! {
        #![name = "skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage rest = xs.inspect(|x| fault.at(x)?).skip(n);
        sink all = rest.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().skip(n).collect();
        model.track("out", all.clone());
        all
    })
}

fn skip_while(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["rest"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n as u64 + 1);
    let pipeline = pipeline! {
        #![name = "skip_while"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage rest = xs.skip_while(|x| { fault.at(x)?; x.n % n != 1 });
        sink all = rest.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().skip_while(|x| x % n != 1).collect();
        model.track("out", all.clone());
        all
    })
}

fn scan(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "scan"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage sums: u64 = xs.scan(7, |sum, x| { fault.at(&x)?; *sum += x.n; *sum });
        sink all = sums.inspect(|x| out.push(*x)).collect::<std::collections::VecDeque<_>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model
            .input(0)
            .into_iter()
            .scan(7, |sum, n| {
                *sum += n;
                Some(*sum)
            })
            .collect();
        model.track("out", all.clone());
        all.into()
    })
}

fn dedup(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["fewer"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "dedup"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage fewer = xs.map(|x| { let n = x.n / 4; x.with(n) }).dedup().inspect(|x| fault.at(x)?);
        sink all = fewer.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<_>>();
    };
    run.check(pipeline, |model| {
        let mut all: Vec<u64> = model.input(0).into_iter().map(|n| n / 4).collect();
        all.dedup();
        model.track("out", all.clone());
        all
    })
}

fn all_at_once(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["some"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "all_at_once"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage some = xs
            .inspect(|x| fault.at(x)?)
            .skip(2)
            .dedup()
            .skip_while(|x| x.n % 3 == 0)
            .enumerate()
            .take(n * 3)
            .scan(0, |sum, (at, x)| { *sum += x.n; *sum * 2 + at as u64 % 2 })
            .take_while(|x| *x % 101 != 0)
            .skip(1)
            .take(n);
        sink all = some.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let mut all: Vec<u64> = model.input(0).into_iter().skip(2).collect();
        all.dedup();
        let rest = all.into_iter().skip_while(|x| x % 3 == 0).enumerate().take(n * 3);
        let sums = rest.scan(0, |sum, (at, x)| {
            *sum += x;
            Some(*sum * 2 + at as u64 % 2)
        });
        let all: Vec<u64> = sums.take_while(|x| x % 101 != 0).skip(1).take(n).collect();
        model.track("out", all.clone());
        all
    })
}
