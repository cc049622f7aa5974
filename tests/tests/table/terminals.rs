//! What streams end in.

use std::collections::{BTreeSet, HashMap};

use futures::StreamExt;
use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Run, Trial};
use tokio::sync::mpsc;

table!(terminals: folds, collects, first, fallible, forward_bounded, forward_unbounded, forward_sink, forward_early, discard, no_tail);

fn folds(run: Run) -> Trial {
    let ([xs], [at_fold, at_reduce]) = (run.inputs(), run.faults(["sum", "largest"]));
    let ([a, b], buffer) = (run.tracks_beside(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "folds"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (s, r, l, c) = xs.tee();
        sink sum = s.fold(String::new(), async |text, x| {
            x.pause().await;
            at_fold.at(&x)?;
            a.push(x.n);
            text + &x.n.to_string()
        });
        sink largest = r.inspect(|x| { at_reduce.at(x)?; b.push(x.n) }).reduce(|p, q| if q.n > p.n { q } else { p });
        sink last = l.last();
        sink n = c.count();
        (sum, largest.map(|x| (x.n, x.index)), last.map(|x| x.n), n)
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("a", all.clone());
        model.track("b", all.clone());
        let text: String = all.iter().map(u64::to_string).collect();
        let largest = all.iter().copied().enumerate().map(|(at, n)| (n, at));
        let largest = largest.reduce(|p, q| if q.0 > p.0 { q } else { p });
        (text, largest, all.last().copied(), all.len() as u64)
    })
}

fn collects(run: Run) -> Trial {
    let ([xs], [fault]) = (run.inputs(), run.faults(["checked"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "collects"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.map(|x| { fault.at(&x)?; x.n });
        stage (a, b, c) = checked.tee();
        sink set = a.collect::<BTreeSet<u64>>();
        sink map = b.enumerate().map(|(at, n)| (n, at)).collect::<HashMap<u64, usize>>();
        sink list: Vec<u64> = c.collect();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        let map: HashMap<u64, usize> = all.iter().enumerate().map(|(at, n)| (*n, at)).collect();
        (all.iter().copied().collect::<BTreeSet<u64>>(), map, all)
    })
}

fn first(run: Run) -> Trial {
    let run = run.early();
    let ([xs], [fault]) = (run.inputs(), run.faults(["found"]));
    let (buffer, n) = (run.buffer, run.n as u64);
    let pipeline = pipeline! {
        #![name = "first"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage found = xs.filter(|x| { fault.at(x)?; x.n % n == n - 1 });
        sink first = found.first();
        first.map(|x| x.index)
    };
    run.check(pipeline, move |model| model.input(0).iter().position(|x| x % n == n - 1))
}

/// The fault in the closures of terminals.
fn fallible(run: Run) -> Trial {
    let ([xs], [at_each, at_fold]) = (run.inputs(), run.faults(["each", "sum"]));
    let ([a, b], buffer) = (run.tracks_beside(["a", "b"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "fallible"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (l, r) = xs.tee();
        #[on_error(fail)]
        sink each = l.for_each(|ref x| { at_each.at(x)?; a.push(x.n); });
        sink sum = r.fold(1, |sum, x| { at_fold.at(&x)?; b.push(x.n); sum + x.n });
        (each, sum)
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("a", all.clone());
        model.track("b", all.clone());
        (all.len() as u64, all.iter().sum::<u64>() + 1)
    })
}

fn forward_bounded(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, (tx, mut rx)) = (run.buffer, mpsc::channel(run.n));
    tokio::spawn(async move {
        while let Some(n) = rx.recv().await {
            out.push(n);
        }
    });
    let pipeline = pipeline! {
        #![name = "forward_bounded"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| fault.at(x)?);
        sink sent = checked.map(|x| x.n).forward(tx);
        sent
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all.len() as u64
    })
}

fn forward_unbounded(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sent"]), run.tracks(["out"]));
    let (buffer, (tx, mut rx)) = (run.buffer, mpsc::unbounded_channel());
    tokio::spawn(async move {
        while let Some(x) = rx.recv().await {
            let x: pipeline_tests::table::Item = x;
            out.push(x.n);
        }
    });
    let pipeline = pipeline! {
        #![name = "forward_unbounded"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.bounded(2);
        sink sent = xs.filter(|x| x.n % 3 != 0).inspect(|x| fault.at(x)?).forward(tx);
        sent
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 3 != 0).collect();
        model.track("out", all.clone());
        all.len() as u64
    })
}

fn forward_sink(run: Run) -> Trial {
    let ([xs], [fault], [a, b]) = (run.inputs(), run.faults(["checked"]), run.tracks(["a", "b"]));
    let (buffer, (tx, mut rx)) = (run.buffer, futures::channel::mpsc::channel(run.n));
    tokio::spawn(async move {
        while let Some(n) = rx.next().await {
            a.push(n);
        }
    });
    let unfolded = futures::sink::unfold(b, async |track, x: u64| {
        tokio::task::yield_now().await;
        track.push(x);
        Ok::<_, Injected>(track)
    });
    let pipeline = pipeline! {
        #![name = "forward_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.map(|x| { fault.at(&x)?; x.n });
        stage (l, r) = checked.tee();
        sink sent = l.forward(tx);
        sink folded = r.forward(unfolded);
        (sent, folded)
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("a", all.clone());
        model.track("b", all.clone());
        (all.len() as u64, all.len() as u64)
    })
}

/// A receiver that goes after some items ends the pipeline quietly; what it did not take is nobody's.
fn forward_early(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let (buffer, n, (tx, mut rx)) = (run.buffer, run.n, mpsc::channel(1));
    tokio::spawn(async move {
        for _ in 0..n {
            match rx.recv().await {
                Some(n) => out.push(n),
                None => return,
            }
        }
    });
    let pipeline = pipeline! {
        #![name = "forward_early"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage checked = xs.inspect(|x| fault.at(x)?);
        sink sent = checked.map(|x| x.n).forward(tx);
        // One more may be in the channel when its receiver goes.
        sent.min(n as u64)
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.iter().copied().take(n));
        all.len().min(n) as u64
    })
}

fn discard(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["nothing"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "discard"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        sink nothing = xs.inspect(|x| { fault.at(x)?; out.push(x.n) }).discard();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all);
    })
}

fn no_tail(run: Run) -> Trial {
    let ([xs, ys], [fault], buffer) = (run.inputs(), run.faults(["checked"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "no_tail"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![deadline(1h)]
        sink n = xs.count();
        stage checked = ys.filter(|x| { fault.at(x)?; x.n % 2 == 0 });
        source ys = ys.iter();
        sink unseen = more.for_each(|_| ());
        stage (evens, more) = checked.tee();
        sink sum = evens.fold(0, |sum, x| sum + x.n);
        source xs = xs.stream();
    };
    run.check(pipeline, |model| {
        let sum: u64 = model.input(1).into_iter().filter(|n| n % 2 == 0).sum();
        (model.input(0).len() as u64, sum)
    })
}
