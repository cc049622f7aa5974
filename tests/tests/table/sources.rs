//! Whatever a source may be, and the forms of a pipeline.

use std::time::Duration;

use pipeline_runtime::{Pipeline, pipeline};
use pipeline_tests::table;
use pipeline_tests::table::{Fault, Injected, Input, Item, Run, Track, Trial};

table!(sources: vec, bounded, unbounded, channel, lines, opened, awaited, borrowed, function, lets_and_clones, settings);

fn vec(run: Run) -> Trial {
    // A `Vec` has an end in any case, and a shutdown may leave any part of it.
    let run = run.early();
    let cut_short = run.is_shutdown();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "vec"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter().take(n * 5).collect::<Vec<Item>>();
        stage checked = xs.inspect(|x| fault.at(x)?);
        sink n = checked.inspect(|x| out.push(x.n)).count();
        if cut_short { 0 } else { n }
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take(n * 5).collect();
        model.track("out", all.clone());
        if cut_short { 0 } else { all.len() as u64 }
    })
}

fn bounded(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "bounded"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.bounded(n);
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn unbounded(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "unbounded"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.unbounded();
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn channel(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "channel"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.channel(n - 1);
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn lines(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["items"]), run.tracks(["out"]));
    let (buffer, mut parse) = (run.buffer, run.parser(0));
    let pipeline = pipeline! {
        #![name = "lines"]
        #![error(Injected)]
        #![buffer(buffer)]
        source lines = xs.lines();
        stage items = lines?.map(|line| parse(&line)?).inspect(|x| fault.at(x)?);
        sink all = items.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// A source that may fail to open.
fn opened(run: Run) -> Trial {
    let run = run.early();
    let run = run.unaccounted();
    let ([xs, marks], [at_open], [out]) = (run.inputs(), run.faults(["xs"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "opened"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = {
            tokio::task::yield_now().await;
            // One item of the other input stands for what may go wrong.
            for mark in marks.iter().take(1) { at_open.at(&mark)?; }
            xs.iter()
        };
        sink all = xs.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = if model.is_cut(1) { Vec::new() } else { model.input(0) };
        model.track("out", all.clone());
        all
    })
}

/// A source that waits before it gives anything.
fn awaited(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, wait) = (run.buffer, Duration::from_micros(run.n as u64));
    let pipeline = pipeline! {
        #![name = "awaited"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = {
            tokio::time::sleep(wait).await;
            xs.stream()
        };
        stage checked = xs.inspect(|x| fault.at(x)?);
        sink all = checked.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// A source whose items borrow from what it holds.
fn borrowed(run: Run) -> Trial {
    // The bytes have an end in any case, and a shutdown may leave any part of them.
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let held = "1 22 333".to_owned();
    let pipeline = pipeline! {
        #![name = "borrowed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source bytes = held.split(' ').map(|word| word.len() as u64);
        source xs = xs.iter();
        stage checked = xs.inspect(|x| fault.at(x)?);
        stage pairs = zip(checked, bytes).map(|(x, byte)| x.n + byte);
        sink all = pairs.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().zip(1..=3).map(|(n, byte)| n + byte).collect();
        model.track("out", all.clone());
        if cut_short { Vec::new() } else { all }
    })
}

struct Totals {
    even: u64,
    odd: Vec<u64>,
}

pipeline! {
    /// A pipeline as a function.
    fn totals(xs: Input, [left, right]: [Fault; 2], [a, b]: [Track; 2], buffer: usize, workers: usize)
        -> Pipeline<Totals, Injected>
    {
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (l, r) = xs.route(|x| if x.n % 2 == 0 { l(x) } else { r(x) });
        #[workers(workers)]
        stage evens = l.inspect(|x| { x.work(); left.at(x)? });
        stage odds = r.inspect(|x| right.at(x)?);
        sink even = evens.inspect(|x| a.push(x.n)).fold(0, |sum, x| sum + x.n);
        sink odd = odds.inspect(|x| b.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        Totals { even, odd }
    }
}

fn function(run: Run) -> Trial {
    let ([xs], faults) = (run.inputs(), run.faults(["evens", "odds"]));
    let pipeline = totals(xs, faults, run.tracks_beside(["a", "b"]), run.buffer, run.workers);
    assert_eq!(pipeline.name(), "totals");
    run.check(pipeline, |model| {
        let (even, odd): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 2 == 0);
        model.track("a", even.clone());
        model.track("b", odd.clone());
        Totals { even: even.iter().sum(), odd }
    })
}

impl PartialEq for Totals {
    fn eq(&self, other: &Self) -> bool {
        (self.even, &self.odd) == (other.even, &other.odd)
    }
}

impl std::fmt::Debug for Totals {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}", self.even, self.odd)
    }
}

fn lets_and_clones(run: Run) -> Trial {
    let ([xs], [fault], [a, b]) = (run.inputs(), run.faults(["left"]), run.tracks_beside(["a", "b"]));
    let (buffer, factor) = (run.buffer, std::sync::Arc::new(run.n as u64));
    let pipeline = pipeline! {
        #![name = "lets_and_clones"]
        #![error(Injected)]
        let twice: u64 = *factor * 2;
        let (one, two) = (String::from("1"), 2u64);
        clone factor, one;
        #[buffer(buffer + 1)]
        source xs = xs.iter();
        #[buffer(two as usize)]
        stage (l, r) = xs.tee();
        stage left = l.map(|x| { fault.at(&x)?; x.n * *factor + twice + one.len() as u64 });
        stage right = r.map(|x| format!("{one}{}{}", x.n * *factor, two));
        sink sum = left.inspect(|x| a.push(*x)).fold(0, |sum, n| sum + n);
        sink texts = right.inspect(|x| b.push(x.len() as u64)).collect::<Vec<String>>();
        (sum * twice, texts, one)
    };
    let factor = run.n as u64;
    run.check(pipeline, move |model| {
        let all = model.input(0);
        let left: Vec<u64> = all.iter().map(|n| n * factor + factor * 2 + 1).collect();
        let right: Vec<String> = all.iter().map(|n| format!("1{}2", n * factor)).collect();
        model.track("a", left.clone());
        model.track("b", right.iter().map(|text| text.len() as u64));
        (left.iter().sum::<u64>() * factor * 2, right, String::from("1"))
    })
}

/// All settings as expressions, in one statement.
fn settings(run: Run) -> Trial {
    let ([xs], [at_first, at_good]) = (run.inputs(), run.faults(["checked", "good"]));
    let [a, b] = run.tracks_beside(["a", "b"]);
    let (buffer, workers, in_flight, n) = (run.buffer, run.workers as u32, run.in_flight as u64, run.n);
    let pipeline = pipeline! {
        #![name = "settings"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![deadline(Duration::from_secs(3600))]
        #![drain(9.5s)]
        #[buffer(if n > 2 { 1 } else { 64 })]
        source xs = xs.stream();
        #[buffer(n)]
        stage checked = xs.inspect(|x| at_first.at(x)?);
        #[workers(workers), in_flight(in_flight), buffer(buffer * 2), on_error(reject)]
        stage good = checked.map(async |ref x| {
            x.pause().await;
            at_good.hit(x);
            if x.n % 3 == 1 { Err(Injected::Bad(x.n))? }
            x.n
        }) else bad;
        stage batches = good.batch(n * 2, Duration::from_secs(n as u64 * 1000));
        sink all = batches.inspect(|batch| batch.iter().for_each(|x| a.push(*x))).collect::<Vec<Vec<u64>>>();
        sink rest = bad.inspect(|r| b.push(r.item().map_or(0, |x| x.n))).count();
    };
    run.check(pipeline, move |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 1);
        model.track("a", good.clone());
        model.track("b", bad.clone());
        (good.chunks(n * 2).map(<[u64]>::to_vec).collect(), bad.len() as u64)
    })
}
