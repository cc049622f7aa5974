//! One item at a time.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(per_item: map, filters, flat_map, flat_map_stream, async_bodies, paths, many_stages, map_init);

fn map(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["doubled"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "map"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage doubled = xs.map(|x: Item| { fault.at(&x)?; let n = x.n * 2; x.with(n) });
        sink all = doubled.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().map(|n| n * 2).collect();
        model.track("out", all.clone());
        all
    })
}

fn filters(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["kept", "odd"]), run.tracks(["out"]));
    let [at_filter, at_inspect] = faults;
    let (buffer, n) = (run.buffer, run.n as u64 + 1);
    let pipeline = pipeline! {
        #![name = "filters"]
        #![error(Injected)]
        source xs = xs.stream();
        #[buffer(buffer)]
        stage kept = xs.filter(|x| { at_filter.at(x)?; x.n % n != 0 });
        #[buffer(buffer)]
        stage odd = kept
            .inspect(|x| at_inspect.at(x)?)
            .filter_map(|x| if x.n % 2 == 1 { Some(x.n) } else { None });
        sink all = odd.inspect(|x| out.push(*x)).collect::<Vec<_>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|x| x % n != 0 && x % 2 == 1).collect();
        model.track("out", all.clone());
        all
    })
}

fn flat_map(run: Run) -> Trial {
    let ([xs], [at_map, at_part], [out]) = (run.inputs(), run.faults(["parts", "parts"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "flat_map"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage parts = xs
            .flat_map(|x| {
                at_map.at(&x)?;
                let len = x.n as usize % (n + 1);
                vec![x; len]
            })
            .inspect(|x| at_part.at(x)?);
        sink all = parts.inspect(|x| out.push(x.n)).collect::<Vec<_>>();
        all.into_iter().map(|x| x.n).collect::<Vec<u64>>()
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|x| vec![x; x as usize % (n + 1)]).collect();
        model.track("out", all.clone());
        all
    })
}

fn flat_map_stream(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["parts"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n as u64);
    let pipeline = pipeline! {
        #![name = "flat_map_stream"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage parts = xs.flat_map(async |x| {
            fault.at(&x)?;
            x.pause().await;
            let parts = x.n % (n + 1);
            futures::stream::unfold((0, x), move |(k, x)| async move {
                x.pause().await;
                (k < parts).then(|| (x.n + k, (k + 1, x)))
            })
        });
        sink all = parts.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|x| (0..x % (n + 1)).map(move |k| x + k)).collect();
        model.track("out", all.clone());
        all
    })
}

fn async_bodies(run: Run) -> Trial {
    let ([xs], [at_map, at_look], [out]) = (run.inputs(), run.faults(["mapped", "looked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "async_bodies"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = { tokio::task::yield_now().await; xs.stream() };
        stage mapped: Item = xs.map(async |x| {
            x.pause().await;
            at_map.at(&x)?;
            if x.n % 3 == 0 { return x.with(0) }
            x
        });
        stage looked = mapped
            .inspect(async |x| { x.pause().await; at_look.at(x)?; })
            .filter(async |x| { x.pause().await; x.n % 4 != 1 });
        sink sum = looked.for_each(async |x| { out.push(x.n); x.pause().await; });
        sum
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> =
            model.input(0).into_iter().map(|n| if n % 3 == 0 { 0 } else { n }).filter(|n| n % 4 != 1).collect();
        model.track("out", all.clone());
        all.len() as u64
    })
}

fn double(n: u64) -> u64 {
    n * 2
}

fn parse(text: String) -> Result<u64, std::num::ParseIntError> {
    text.parse()
}

fn paths(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["texts"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "paths"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage texts: String = xs.map(|ref x| { fault.at(x)?; x.n.to_string() });
        stage numbers = texts.map(parse?).map(double).map(|x| x + 1);
        sink all = numbers.inspect(|x| out.push(*x)).collect::<Vec<_>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().map(|n| n * 2 + 1).collect();
        model.track("out", all.clone());
        all
    })
}

fn many_stages(run: Run) -> Trial {
    let ([xs], faults, [out]) = (run.inputs(), run.faults(["a", "b", "c", "d", "e", "f"]), run.tracks(["out"]));
    let ([f0, f1, f2, f3, f4, f5], buffer) = (faults, run.buffer);
    let pipeline = pipeline! {
        #![name = "many_stages"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![drain(10s)]
        source xs = xs.iter();
        stage a = xs.inspect(|x| f0.at(x)?);
        stage b = a.inspect(|x| f1.at(x)?);
        #[buffer(0)]
        stage c = b.inspect(|x| f2.at(x)?);
        #[buffer(1024)]
        stage d = c.inspect(|x| f3.at(x)?);
        stage e = d.inspect(|x| f4.at(x)?);
        stage f = e.inspect(|x| f5.at(x)?);
        sink last = f.inspect(|x| out.push(x.n)).map(|x| x.n).last();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.last().copied()
    })
}

fn map_init(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["texts"]), run.tracks(["out"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "map_init"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage texts = xs.map_init(String::new, |text: &mut String, x| {
            use std::fmt::Write;
            x.work();
            fault.at(&x)?;
            text.clear();
            let _ = write!(text, "{}", x.n);
            text.len() as u64
        });
        sink all = texts.inspect(|x| out.push(*x)).collect::<Vec<_>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().map(|n| n.to_string().len() as u64).collect();
        model.track("out", all.clone());
        all
    })
}
