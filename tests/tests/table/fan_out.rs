//! One stream becomes several.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(fan_out: tee, tee_of_a_stage, tee_with_an_early_branch, route, route_types, tree);

fn tee(run: Run) -> Trial {
    let ([xs], [left, right]) = (run.inputs(), run.faults(["lefts", "rights"]));
    let [a, b, c] = run.tracks_beside(["a", "b", "c"]);
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "tee"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (l, m, r) = xs.tee();
        stage lefts = l.inspect(|x| left.at(x)?);
        stage rights = r.filter(|x| { right.at(x)?; x.n % 2 == 0 });
        sink n = lefts.inspect(|x| a.push(x.n)).count();
        sink sum = m.inspect(|x| b.push(x.n)).fold(0, |sum, x| sum + x.n);
        sink even = rights.inspect(|x| c.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        let even: Vec<u64> = all.iter().copied().filter(|n| n % 2 == 0).collect();
        model.track("a", all.clone());
        model.track("b", all.clone());
        model.track("c", even.clone());
        (all.len() as u64, all.iter().sum::<u64>(), even)
    })
}

fn tee_of_a_stage(run: Run) -> Trial {
    // The workers of a sink have no order.
    let ([a], [b]) = (run.tracks(["a"]), run.tracks_unordered(["b"]));
    let ([xs], [fault], buffer) = (run.inputs(), run.faults(["xs2"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "tee_of_a_stage"]
        #![error(Injected)]
        source xs = xs.iter();
        #[buffer(buffer)]
        stage (xs2: u64, ys: u64) = xs.flat_map(|x| { fault.at(&x)?; vec![x.n; x.n as usize % 3] }).tee();
        sink left = xs2.inspect(|x| a.push(*x)).collect::<Vec<u64>>();
        #[workers(2)]
        sink right = ys.filter(|x| x % 2 == 0).for_each(|x| b.push(x));
        (left, right)
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|n| vec![n; n as usize % 3]).collect();
        let even: Vec<u64> = all.iter().copied().filter(|n| n % 2 == 0).collect();
        model.track("a", all.clone());
        model.track("b", even.clone());
        (all, even.len() as u64)
    })
}

fn tee_with_an_early_branch(run: Run) -> Trial {
    let run = run.early_branch();
    let ([xs], [fault], [few, all]) = (run.inputs(), run.faults(["checked"]), run.tracks(["few", "all"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "tee_with_an_early_branch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| fault.at(x)?);
        stage (l, r) = checked.tee();
        sink firsts = l.take(n).inspect(|x| few.push(x.n)).count();
        sink rest = r.inspect(|x| all.push(x.n)).count();
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        let few: Vec<u64> = all.iter().copied().take(n).collect();
        model.track("few", few.clone());
        model.track("all", all.clone());
        (few.len() as u64, all.len() as u64)
    })
}

fn route(run: Run) -> Trial {
    let ([xs], [fault], [a, b]) = (run.inputs(), run.faults(["checked"]), run.tracks(["a", "b"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "route"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage checked = xs.map(|x| { fault.at(&x)?; x });
        stage (low, high) = checked.route(|x| if x.n % 7 < 3 { low(x) } else { high(x) });
        sink lows = low.inspect(|x| a.push(x.n)).count();
        sink highs = high.map(|x| x.n).inspect(|x| b.push(*x)).reduce(|a, b| a.max(b));
    };
    run.check(pipeline, |model| {
        let (low, high): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 7 < 3);
        model.track("a", low.clone());
        model.track("b", high.clone());
        (low.len() as u64, high.into_iter().max())
    })
}

fn route_types(run: Run) -> Trial {
    let ([xs], [at_filter, at_route], [a, b, c]) =
        (run.inputs(), run.faults(["text", "text"]), run.tracks(["a", "b", "c"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "route_types"]
        #![error(Injected)]
        source xs = xs.iter();
        #[buffer(buffer)]
        stage (text, number: u64, item) = xs
            .filter(|x| { at_filter.at(x)?; x.n % 11 != 3 })
            .route(|x| {
                at_route.at(&x)?;
                match x.n % 4 {
                    0 => text(x.n.to_string()),
                    1 => number(x.n),
                    2 => item(x),
                    _ => skip(),
                }
            });
        sink texts = text.inspect(|x| a.push(x.parse()?)).collect::<String>();
        sink numbers = number.inspect(|x| b.push(*x)).fold(0u64, |sum, x| sum + x);
        sink items = item.inspect(|x| c.push(x.n)).last();
        (texts, numbers, items.map(|x: Item| x.n))
    };
    run.check(pipeline, |model| {
        let kept: Vec<u64> = model.input(0).into_iter().filter(|n| n % 11 != 3).collect();
        let of = |rest: u64| kept.iter().copied().filter(|n| n % 4 == rest).collect::<Vec<u64>>();
        model.track("a", of(0));
        model.track("b", of(1));
        model.track("c", of(2));
        (of(0).iter().map(u64::to_string).collect::<String>(), of(1).iter().sum::<u64>(), of(2).last().copied())
    })
}

/// A route of a tee of a route.
fn tree(run: Run) -> Trial {
    let ([xs], faults) = (run.inputs(), run.faults(["a", "even", "s3"]));
    let ([at_a, at_deep, at_right], [t0, t1, t2, t3]) = (faults, run.tracks_beside(["t0", "t1", "t2", "t3"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "tree"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage a = xs.inspect(|x| at_a.at(x)?);
        stage (left, right) = a.route(|x| if x.n % 3 == 0 { left(x) } else { right(x) });
        stage (l1, l2) = left.tee();
        #[workers(workers)]
        stage (even, odd) = l2.route(|x| { x.work(); at_deep.at(&x)?; if x.n % 2 == 0 { even(x) } else { odd(x) } });
        sink s0 = l1.inspect(|x| t0.push(x.n)).count();
        sink s1 = even.inspect(|x| t1.push(x.n)).count();
        sink s2 = odd.inspect(|x| t2.push(x.n)).count();
        sink s3 = right.inspect(|x| { at_right.hit(x); t3.push(x.n) }).count();
    };
    run.check(pipeline, |model| {
        let (left, right): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 0);
        let (even, odd): (Vec<u64>, Vec<u64>) = left.iter().copied().partition(|n| n % 2 == 0);
        let counts = (left.len() as u64, even.len() as u64, odd.len() as u64, right.len() as u64);
        model.track("t0", left);
        model.track("t1", even);
        model.track("t2", odd);
        model.track("t3", right);
        counts
    })
}
