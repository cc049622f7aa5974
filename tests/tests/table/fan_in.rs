//! Several streams become one.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(fan_in: merge, merge_wrapped, merge_of_branches, zip, zip_of_three, zip_of_a_tee, concat, concat_then_zip, all_joins);

/// The values of each source, in their order.
fn by_source(items: Vec<Item>) -> [Vec<u64>; 3] {
    let mut all: [Vec<u64>; 3] = Default::default();
    for x in items {
        all[x.source].push(x.n);
    }
    all
}

fn merge(run: Run) -> Trial {
    let ([xs, ys, zs], [fault]) = (run.inputs(), run.faults(["all"]));
    let (tracks, buffer) = (run.tracks(["x", "y", "z"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "merge"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        source zs = zs.bounded(4);
        stage all = merge(xs, ys, zs).inspect(|x| fault.at(x)?);
        sink items = all.inspect(|x| tracks[x.source].push(x.n)).collect::<Vec<Item>>();
        by_source(items)
    };
    run.check(pipeline, |model| {
        let all = [model.input(0), model.input(1), model.input(2)];
        model.track("x", all[0].clone());
        model.track("y", all[1].clone());
        model.track("z", all[2].clone());
        all
    })
}

enum Event {
    Number(u64),
    Text(String),
}

fn text(n: u64) -> Event {
    Event::Text(n.to_string())
}

fn merge_wrapped(run: Run) -> Trial {
    let ([xs, ys], [at_x, at_y]) = (run.inputs(), run.faults(["numbers", "texts"]));
    let ([a, b], buffer) = (run.tracks(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "merge_wrapped"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.iter();
        stage numbers = xs.map(|x| { at_x.at(&x)?; x.n });
        stage texts = ys.map(|y| { at_y.at(&y)?; y.n });
        sink sum = merge(Event::Number(numbers), text(texts)).fold((0, 0), |(sum, len), event| match event {
            Event::Number(n) => { a.push(n); (sum + n, len) }
            Event::Text(text) => { b.push(text.parse()?); (sum, len + text.len()) }
        });
    };
    run.check(pipeline, |model| {
        let (numbers, texts) = (model.input(0), model.input(1));
        model.track("a", numbers.clone());
        model.track("b", texts.clone());
        (numbers.iter().sum::<u64>(), texts.iter().map(|n| n.to_string().len()).sum::<usize>())
    })
}

fn merge_of_branches(run: Run) -> Trial {
    let ([xs], [at_left, at_both]) = (run.inputs(), run.faults(["odd2", "both"]));
    let ([out], buffer) = (run.tracks_unordered(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "merge_of_branches"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (even, odd) = xs.route(|x| if x.n % 2 == 0 { even(x) } else { odd(x) });
        stage odd2 = odd.map(async |x| { x.pause().await; at_left.at(&x)?; let n = x.n * 10; x.with(n) });
        stage both = merge(even, odd2).inspect(|x| at_both.at(x)?);
        sink all = both.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        { let mut all = all; all.sort(); all }
    };
    run.check(pipeline, |model| {
        let mut all: Vec<u64> = model.input(0).into_iter().map(|n| if n % 2 == 0 { n } else { n * 10 }).collect();
        all.sort_unstable();
        model.track("out", all.clone());
        all
    })
}

fn zip(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys], [at_x, at_pair], [out]) = (run.inputs(), run.faults(["checked", "pairs"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "zip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        stage checked = xs.inspect(|x| at_x.at(x)?);
        stage pairs = zip(checked, ys).map(|(x, y)| { at_pair.at(&x)?; at_pair.at(&y)?; x.n * 1000 + y.n });
        sink all = pairs.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let pairs = model.input(0).into_iter().zip(model.input(1));
        let all: Vec<u64> = pairs.map(|(x, y)| x * 1000 + y).collect();
        model.track("out", all.clone());
        all
    })
}

fn zip_of_three(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys, zs], [fault], [out]) = (run.inputs(), run.faults(["sums"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "zip_of_three"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        source ys = ys.unbounded();
        source zs = zs.channel(2);
        stage sums = zip(xs, ys, zs).map(|(x, y, z)| {
            for item in [&x, &y, &z] { fault.at(item)?; }
            x.n * 1_000_000 + y.n * 1000 + z.n
        });
        sink all = sums.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let triples = model.input(0).into_iter().zip(model.input(1)).zip(model.input(2));
        let all: Vec<u64> = triples.map(|((x, y), z)| x * 1_000_000 + y * 1000 + z).collect();
        model.track("out", all.clone());
        all
    })
}

fn zip_of_a_tee(run: Run) -> Trial {
    let ([xs], [at_left, at_pair], [out]) = (run.inputs(), run.faults(["left", "pairs"]), run.tracks(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "zip_of_a_tee"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (l, r) = xs.tee();
        #[workers(workers)]
        stage left = l.map(|x| { x.work(); at_left.at(&x)?; x.n * 2 });
        stage right = r.map(|x| x);
        stage pairs = zip(left, right).map(|(n, x)| { at_pair.at(&x)?; assert_eq!(n, x.n * 2); n });
        sink all = pairs.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().map(|n| n * 2).collect();
        model.track("out", all.clone());
        all
    })
}

fn concat(run: Run) -> Trial {
    let ([xs, ys, zs], [fault], [out]) = (run.inputs(), run.faults(["all"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "concat"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        source zs = zs.iter();
        stage all = concat(xs, ys, zs).map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink values = all.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let mut all = Vec::new();
        for source in 0..3 {
            all.extend(model.input(source));
            if model.is_cut(source) {
                break;
            }
        }
        model.track("out", all.clone());
        all
    })
}

fn concat_then_zip(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys, zs], [fault], [out]) = (run.inputs(), run.faults(["all"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "concat_then_zip"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.iter();
        source zs = zs.iter();
        stage all = concat(xs, ys).inspect(|x| fault.at(x)?);
        sink sum = zip(all, zs).inspect(|(x, z)| out.push(x.n * 1000 + z.n)).fold(0, |sum, (x, z)| sum + x.n * z.n);
    };
    run.check(pipeline, |model| {
        let mut all = model.input(0);
        if !model.is_cut(0) {
            all.extend(model.input(1));
        }
        let pairs: Vec<(u64, u64)> = all.into_iter().zip(model.input(2)).collect();
        model.track("out", pairs.iter().map(|(x, z)| x * 1000 + z));
        pairs.iter().map(|(x, z)| x * z).sum::<u64>()
    })
}

/// Each join in a sink of its own, with operators behind it.
fn all_joins(run: Run) -> Trial {
    let ([xs, ys], [fault]) = (run.inputs(), run.faults(["ax"]));
    let ([m, c], buffer) = (run.tracks_unordered(["m", "c"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "all_joins"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.iter();
        stage ax = xs.map(|x| { fault.at(&x)?; x });
        stage (x1, x2) = ax.tee();
        stage (y1, y2) = ys.tee();
        #[workers(2)]
        sink merged = merge(x1, y1).filter(|x| x.n % 2 == 0).for_each(|x| m.push(x.n));
        #[in_flight(3), unordered]
        sink others = merge(x2, y2).for_each(async |x| { x.pause().await; c.push(x.n) });
        (merged, others)
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().chain(model.input(1)).collect();
        let even: Vec<u64> = all.iter().copied().filter(|n| n % 2 == 0).collect();
        model.track("m", even.clone());
        model.track("c", all.clone());
        (even.len() as u64, all.len() as u64)
    })
}
