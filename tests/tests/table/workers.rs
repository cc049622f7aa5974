//! Parallel workers: the same as one, only faster; or unordered.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Run, Trial};

table!(workers: ordered, ordered_async, ordered_parts, unordered, in_a_row, behind_merge, sinks, tee, route, skip);

fn ordered(run: Run) -> Trial {
    let ([xs], [at_filter, at_map], [out]) = (run.inputs(), run.faults(["squares", "squares"]), run.tracks(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "ordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage squares = xs
            .filter(|x| { x.work(); at_filter.at(x)?; x.n % 3 != 0 })
            .map(|x| { x.work(); at_map.at(&x)?; x.n * x.n });
        sink all = squares.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 3 != 0).map(|n| n * n).collect();
        model.track("out", all.clone());
        all
    })
}

fn ordered_async(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["slow"]), run.tracks(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "ordered_async"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[workers(workers)]
        stage slow = xs.filter_map(async |x| {
            x.pause().await;
            fault.at(&x)?;
            if x.n % 4 == 0 { return None }
            Some(x.n)
        });
        sink all = slow.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 4 != 0).collect();
        model.track("out", all.clone());
        all
    })
}

fn ordered_parts(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks(["out"]));
    let (buffer, workers, n) = (run.buffer, run.workers, run.n);
    let pipeline = pipeline! {
        #![name = "ordered_parts"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage parts = xs
            .flat_map(|x| { x.work(); let len = x.n as usize % (n + 1); vec![x; len] })
            .inspect(|x| fault.at(x)?)
            .map(|x| x.n);
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|x| vec![x; x as usize % (n + 1)]).collect();
        model.track("out", all.clone());
        all
    })
}

fn unordered(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["some"]), run.tracks_unordered(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers), unordered]
        stage some = xs.flat_map(|x| { x.work(); fault.at(&x)?; (0..x.n % 3).map(move |k| x.n + k) });
        sink all = some.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        { let mut all = all; all.sort(); all }
    };
    run.check(pipeline, |model| {
        let mut all: Vec<u64> = model.input(0).into_iter().flat_map(|n| (0..n % 3).map(move |k| n + k)).collect();
        all.sort_unstable();
        model.track("out", all.clone());
        all
    })
}

fn in_a_row(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["a", "b", "c"]), run.tracks(["out"]));
    let ([f0, f1, f2], buffer, workers) = (faults, run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "in_a_row"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage a = xs.inspect(|x| { x.work(); f0.at(x)? });
        #[workers(2)]
        stage b = a.inspect(|x| { x.work(); f1.at(x)? });
        #[workers(workers)]
        stage c = b.inspect(async |x| { x.pause().await; f2.at(x)? });
        sink all = c.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn behind_merge(run: Run) -> Trial {
    let ([xs, ys], [fault]) = (run.inputs(), run.faults(["both"]));
    let (tracks, buffer, workers) = (run.tracks(["x", "y"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "behind_merge"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        #[workers(workers)]
        stage both = merge(xs, ys).map(|x| { x.work(); fault.at(&x)?; x });
        sink n = both.inspect(|x| tracks[x.source].push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let (xs, ys) = (model.input(0), model.input(1));
        let n = (xs.len() + ys.len()) as u64;
        model.track("x", xs);
        model.track("y", ys);
        n
    })
}

fn sinks(run: Run) -> Trial {
    let ([xs], [at_each, at_drop]) = (run.inputs(), run.faults(["each", "dropped"]));
    let ([a, b, c], buffer, workers) = (run.tracks_unordered(["a", "b", "c"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "sinks"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (l, m, r) = xs.tee();
        #[workers(workers)]
        sink each = l.filter(|x| x.n % 2 == 0).for_each(|x| { x.work(); at_each.at(&x)?; a.push(x.n); });
        #[workers(workers), unordered]
        sink counted = m.for_each(async |x| { x.pause().await; b.push(x.n) });
        #[workers(workers)]
        sink dropped = r.inspect(|x| { x.work(); at_drop.at(x)?; c.push(x.n) }).discard();
        (each, counted, dropped)
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        let even: Vec<u64> = all.iter().copied().filter(|n| n % 2 == 0).collect();
        let counts = (even.len() as u64, all.len() as u64, all.len() as u64);
        model.track("a", even);
        model.track("b", all.clone());
        model.track("c", all);
        counts
    })
}

fn tee(run: Run) -> Trial {
    let ([xs], [fault], [a, b]) = (run.inputs(), run.faults(["l"]), run.tracks(["a", "b"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "tee_of_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage (l, r) = xs.map(|x| { x.work(); fault.at(&x)?; x.n + 1 }).tee();
        sink left = l.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink right = r.inspect(|x| b.push(*x)).last();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().map(|n| n + 1).collect();
        model.track("a", all.clone());
        model.track("b", all.clone());
        let last = all.last().copied();
        (all, last)
    })
}

fn route(run: Run) -> Trial {
    let ([xs], [fault], [a, b]) = (run.inputs(), run.faults(["even"]), run.tracks(["a", "b"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "route_of_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        #[workers(workers)]
        stage (even, odd) = xs.flat_map(|x| vec![x.clone(), x]).route(|x| {
            x.work();
            fault.at(&x)?;
            match x.n % 3 { 0 => even(x.n), 1 => odd(x), _ => skip() }
        });
        sink evens = even.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        sink odds = odd.inspect(|x| b.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n, n]).collect();
        let of = |rest| all.iter().copied().filter(|n| n % 3 == rest).collect::<Vec<u64>>();
        model.track("a", of(0));
        model.track("b", of(1));
        (of(0), of(1).len() as u64)
    })
}

fn skip(run: Run) -> Trial {
    let ([xs], [at_first, at_bad], [out]) = (run.inputs(), run.faults(["checked", "good"]), run.tracks(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "skip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| at_first.at(x)?);
        #[workers(workers), on_error(skip)]
        stage good = checked.map(|x| {
            x.work();
            at_bad.hit(&x);
            if x.n % 5 == 0 { Err(Injected::Bad(x.n))? }
            x.n
        });
        sink all = good.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 5 != 0).collect();
        model.track("out", all.clone());
        all
    })
}
