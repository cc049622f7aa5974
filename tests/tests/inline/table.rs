//! Inline stages in all shapes, with every fault.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(
    inline: source_and_stage, source_and_sink, source_that_waits, receiver, opened, chain_of_three, whole,
    stage_and_sink, parts, batches, question, skipping, asynchronous, branch_of_tee, branches_of_tee, branch_of_route,
    branches_of_route, rejects, rejects_of_a_sink, rejects_of_a_part, behind_a_merge, before_workers
);

table!(
    early: take_in_the_stage_behind_the_source, take_in_an_inline_sink, take_in_a_chain, take_in_a_branch,
    take_in_all_branches, first_in_rejects, take_of_parts, closed_receiver
);

fn source_and_stage(run: Run) -> Trial {
    let ([xs], [fault], [out], buffer) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "source_and_stage"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[inline] stage checked = xs.inspect(|x| fault.at(x)?);
        sink all = checked.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn source_and_sink(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["sum"]), run.tracks(["out"]));
    let pipeline = pipeline! {
        #![name = "source_and_sink"]
        #![error(Injected)]
        source xs = xs.stream();
        #[inline] sink sum = xs.inspect(|x| fault.at(x)?).inspect(|x| out.push(x.n)).fold(0, |sum, x| sum + x.n);
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        model.input(0).iter().sum::<u64>()
    })
}

fn source_that_waits(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["n"]), run.tracks(["out"]));
    let pipeline = pipeline! {
        #![name = "source_that_waits"]
        #![error(Injected)]
        #![inline]
        source xs = {
            tokio::task::yield_now().await;
            xs.stream()
        };
        sink n = xs.inspect(async |x| { x.pause().await; fault.at(x)? }).inspect(|x| out.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        model.input(0).len() as u64
    })
}

fn receiver(run: Run) -> Trial {
    let ([xs], [fault], [out], n) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]), run.n);
    let pipeline = pipeline! {
        #![name = "receiver"]
        #![error(Injected)]
        #![inline]
        source xs = xs.bounded(n);
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        model.input(0)
    })
}

/// A source that may fail to open, and is named for it.
fn opened(run: Run) -> Trial {
    let run = run.early().unaccounted();
    let ([xs, marks], [at_open], [out]) = (run.inputs(), run.faults(["xs"]), run.tracks(["out"]));
    let pipeline = pipeline! {
        #![name = "opened"]
        #![error(Injected)]
        #![inline]
        source xs = {
            tokio::task::yield_now().await;
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

fn chain_of_three(run: Run) -> Trial {
    let ([xs], [a, b, c, d]) = (run.inputs(), run.faults(["one", "two", "three", "four"]));
    let ([out], buffer) = (run.tracks(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "chain_of_three"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage one = xs.inspect(|x| a.at(x)?);
        #[inline] stage two = one.filter(|x| { b.at(x)?; x.n % 3 != 1 });
        #[inline] stage three = two.flat_map(|x| { c.at(&x)?; vec![x.clone(); x.n as usize % 3] });
        #[inline] stage four = three.scan(0, |sum, x| { d.at(&x)?; *sum += x.n; *sum });
        sink all = four.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let kept = model.input(0).into_iter().filter(|n| n % 3 != 1);
        let parts = kept.flat_map(|n| vec![n; n as usize % 3]);
        let sums: Vec<u64> = parts
            .scan(0, |sum, n| {
                *sum += n;
                Some(*sum)
            })
            .collect();
        model.track("out", sums.clone());
        sums
    })
}

/// A whole pipeline in one task.
fn whole(run: Run) -> Trial {
    let ([xs], [a, b, c]) = (run.inputs(), run.faults(["one", "two", "sum"]));
    let [out] = run.tracks(["out"]);
    let pipeline = pipeline! {
        #![name = "whole"]
        #![error(Injected)]
        #![inline]
        source xs = xs.iter();
        stage one = xs.map(|x| { a.at(&x)?; x });
        stage two = one.filter_map(|x| { b.at(&x)?; (x.n % 2 == 0).then_some(x) });
        sink sum = two.inspect(|x| c.at(x)?).inspect(|x| out.push(x.n)).fold(0, |sum, x| sum + x.n);
    };
    run.check(pipeline, |model| {
        let even: Vec<u64> = model.input(0).into_iter().filter(|n| n % 2 == 0).collect();
        model.track("out", even.clone());
        even.iter().sum::<u64>()
    })
}

fn stage_and_sink(run: Run) -> Trial {
    let ([xs], [a, b], [out], buffer) = (run.inputs(), run.faults(["one", "last"]), run.tracks(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "stage_and_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage one = xs.inspect(|x| a.at(x)?);
        #[inline] sink last = one.inspect(|x| b.at(x)?).inspect(|x| out.push(x.n)).map(|x| x.n).last();
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        model.input(0).last().copied()
    })
}

/// Producer and inline stage take items apart.
fn parts(run: Run) -> Trial {
    let ([xs], [a, b], [out], buffer) = (run.inputs(), run.faults(["one", "two"]), run.tracks(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "parts"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[inline]
        stage one = xs.flat_map(|x| { a.at(&x)?; futures::stream::iter(vec![x.clone(); x.n as usize % 3]) });
        #[inline] stage two = one.flat_map(|x| { b.at(&x)?; vec![x.n, x.n + 1] });
        sink all = two.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> =
            model.input(0).into_iter().flat_map(|n| vec![n; n as usize % 3]).flat_map(|n| [n, n + 1]).collect();
        model.track("out", all.clone());
        all
    })
}

/// Batches by size in producer, stage and sink: what is left is passed on at the end, from one to the next.
fn batches(run: Run) -> Trial {
    let ([xs], [a, b], [out], n) = (run.inputs(), run.faults(["one", "sums"]), run.tracks(["out"]), run.n);
    let pipeline = pipeline! {
        #![name = "batches"]
        #![error(Injected)]
        source xs = xs.iter();
        stage one = xs.inspect(|x| a.at(x)?).batch(n);
        #[inline] stage two = one.batch(2).map(|batches| batches.concat());
        #[inline]
        sink sums = two
            .batch(3)
            .map(async |batches| { for x in batches.iter().flatten() { x.pause().await; b.at(x)?; } batches.concat() })
            .map(|items: Vec<Item>| items.iter().map(|x| x.n).sum::<u64>())
            .inspect(|sum| out.push(*sum))
            .collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        // A cut input has lost the batch that the failed item was to come into.
        let mut all = model.input(0);
        if model.is_cut(0) {
            all.truncate(all.len() / (n * 6) * (n * 6));
        }
        let sums: Vec<u64> = all.chunks(n * 6).map(|batch| batch.iter().sum()).collect();
        model.track("out", sums.clone());
        sums
    })
}

/// `lines?` in an inline stage.
fn question(run: Run) -> Trial {
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["items"]), run.tracks(["out"]));
    let mut parse = run.parser(0);
    let pipeline = pipeline! {
        #![name = "question"]
        #![error(Injected)]
        #![inline]
        source lines = xs.lines();
        stage items = lines?.map(|line| parse(&line)?).inspect(|x| fault.at(x)?);
        sink all = items.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        model.input(0)
    })
}

fn skipping(run: Run) -> Trial {
    let ([xs], [fault], [out], buffer) = (run.inputs(), run.faults(["good"]), run.tracks(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "skipping"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[inline, on_error(skip)]
        stage good = xs.map(|x| { fault.hit(&x); if x.n % 3 == 0 { Err(Injected::Bad(x.n))? } x });
        sink all = good.inspect(|x| out.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let good: Vec<u64> = model.input(0).into_iter().filter(|n| n % 3 != 0).collect();
        model.track("out", good.clone());
        good.len() as u64
    })
}

fn asynchronous(run: Run) -> Trial {
    let ([xs], [a, b, c]) = (run.inputs(), run.faults(["one", "two", "all"]));
    let ([out], buffer) = (run.tracks(["out"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "asynchronous"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage one = xs.map(async |x| { x.pause().await; a.at(&x)?; x });
        #[inline] stage (two, three) = one.map(async |x| { x.pause().await; b.at(&x)?; x }).tee();
        #[inline] sink all = two.for_each(async |x| { x.pause().await; c.at(&x)?; out.push(x.n); });
        sink n = three.count();
        (all, n)
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        let n = model.input(0).len() as u64;
        (n, n)
    })
}

fn branch_of_tee(run: Run) -> Trial {
    let ([xs], [a, b, c]) = (run.inputs(), run.faults(["checked", "some", "rest"]));
    let ([some, rest], buffer) = (run.tracks_beside(["some", "rest"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "branch_of_tee"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| a.at(x)?);
        stage (l, m, r) = checked.tee();
        #[inline] stage some = m.filter(|x| { b.at(x)?; x.n % 2 == 0 });
        sink evens = some.inspect(|x| some.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        sink n = l.count();
        #[inline] sink rest = r.inspect(|x| c.at(x)?).inspect(|x| rest.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        let even: Vec<u64> = all.iter().copied().filter(|n| n % 2 == 0).collect();
        model.track("some", even.clone());
        model.track("rest", all.clone());
        (even, all.len() as u64, all.len() as u64)
    })
}

/// Both branches run where the tee does.
fn branches_of_tee(run: Run) -> Trial {
    let ([xs], [a, b]) = (run.inputs(), run.faults(["left", "right"]));
    let ([left, right], buffer) = (run.tracks_beside(["left", "right"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "branches_of_tee"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![inline]
        source xs = xs.stream();
        stage (l, r) = xs.flat_map(|x| [x.clone(), x]).tee();
        sink left = l.inspect(|x| a.at(x)?).inspect(|x| left.push(x.n)).count();
        stage right = r.map(|x| { b.at(&x)?; x.n });
        sink sum = right.inspect(|x| right.push(*x)).reduce(|a, b| a + b);
    };
    run.check(pipeline, |model| {
        let twice: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n, n]).collect();
        model.track("left", twice.clone());
        model.track("right", twice.clone());
        (twice.len() as u64, twice.into_iter().reduce(|a, b| a + b))
    })
}

fn branch_of_route(run: Run) -> Trial {
    let ([xs], [a, b]) = (run.inputs(), run.faults(["low", "lows"]));
    let ([lows, highs], buffer) = (run.tracks_beside(["lows", "highs"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "branch_of_route"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (low, high) = xs.route(|x| {
            a.at(&x)?;
            match x.n % 7 { 0 => skip(), 1..3 => low(x), _ => high(x) }
        });
        #[inline] sink lows = low.inspect(|x| b.at(x)?).inspect(|x| lows.push(x.n)).count();
        sink highs = high.inspect(|x| highs.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let of =
            |low: bool| model.input(0).into_iter().filter(|n| n % 7 != 0 && (n % 7 < 3) == low).collect::<Vec<_>>();
        let (low, high) = (of(true), of(false));
        model.track("lows", low.clone());
        model.track("highs", high.clone());
        (low.len() as u64, high.len() as u64)
    })
}

/// Routed and merged again in the same task.
fn branches_of_route(run: Run) -> Trial {
    let ([xs], [a, b], [all], buffer) =
        (run.inputs(), run.faults(["low", "highs"]), run.tracks_unordered(["all"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "branches_of_route"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![inline]
        source xs = xs.iter();
        stage (low, high) = xs.route(|x| { a.at(&x)?; if x.n % 3 == 0 { low(x) } else { high(x) } });
        stage lows = low.map(|x| x.n);
        stage highs = high.map(|x| { b.at(&x)?; x.n + 1 });
        stage both = merge(lows, highs);
        sink n = both.inspect(|x| all.push(*x)).count();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("all", all.iter().map(|n| if n % 3 == 0 { *n } else { n + 1 }));
        all.len() as u64
    })
}

fn rejects(run: Run) -> Trial {
    let ([xs], [a, b, c]) = (run.inputs(), run.faults(["good", "bad", "n"]));
    let ([good, bad], buffer) = (run.tracks_beside(["good", "bad"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "rejects"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage good = xs.map(|ref x| { a.hit(x); if x.n % 3 == 1 { Err(Injected::Bad(x.n))? } x.clone() }) else failed;
        #[inline] stage bad = failed.filter_map(|r| r.into_parts().0).inspect(|x| b.at(x)?);
        #[inline] sink n = bad.inspect(|x| c.at(x)?).inspect(|x| bad.push(x.n)).count();
        sink all = good.inspect(|x| good.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 1);
        model.track("good", good.clone());
        model.track("bad", bad.clone());
        (bad.len() as u64, good.len() as u64)
    })
}

/// The rejects of a sink are read in its own loop, and those of an inline one too.
fn rejects_of_a_sink(run: Run) -> Trial {
    let ([xs], [a, b]) = (run.inputs(), run.faults(["good", "bad"]));
    let ([good, bad], buffer) = (run.tracks_beside(["good", "bad"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "rejects_of_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[inline]
        sink good = xs.for_each(|ref x| {
            a.hit(x);
            if x.n % 3 == 1 { Err(Injected::Bad(x.n))? }
            good.push(x.n);
        }) else failed;
        #[inline]
        sink bad = failed.inspect(|r| { if let Some(x) = r.item() { b.at(x)?; bad.push(x.n); } }).count();
        (good, bad)
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 1);
        model.track("good", good.clone());
        model.track("bad", bad.clone());
        (good.len() as u64, bad.len() as u64)
    })
}

/// Parts of an item are rejected while others are to come.
fn rejects_of_a_part(run: Run) -> Trial {
    let ([xs], [a], [bad], buffer) = (run.inputs(), run.faults(["bad"]), run.tracks_beside(["bad"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "rejects_of_a_part"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage good = xs
            .flat_map(|x| vec![x.clone(), x.clone().with(x.n + 1), x])
            .map(|ref x| { if x.n % 3 == 1 { Err(Injected::Bad(x.n))? } x.n }) else failed;
        #[inline] sink bad = failed.inspect(|r| { if let Some(x) = r.item() { a.at(x)?; bad.push(x.n); } }).count();
        sink sum = good.fold(0, |sum, n| sum + n);
    };
    run.check(pipeline, |model| {
        let parts = model.input(0).into_iter().flat_map(|n| [n, n + 1, n]);
        let (bad, good): (Vec<u64>, Vec<u64>) = parts.partition(|n| n % 3 == 1);
        model.track("bad", bad.clone());
        (bad.len() as u64, good.iter().sum::<u64>())
    })
}

fn behind_a_merge(run: Run) -> Trial {
    let ([xs, ys], [a, b]) = (run.inputs(), run.faults(["both", "n"]));
    let ([all], buffer) = (run.tracks_unordered(["all"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "behind_a_merge"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![inline]
        source xs = xs.stream();
        source ys = ys.iter();
        stage both = merge(xs, ys).inspect(|x| a.at(x)?);
        sink n = both.inspect(|x| b.at(x)?).inspect(|x| all.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().chain(model.input(1)).collect();
        model.track("all", all.clone());
        all.len() as u64
    })
}

/// An inline stage feeds workers, and one behind them has a task.
fn before_workers(run: Run) -> Trial {
    let ([xs], [a, b, c]) = (run.inputs(), run.faults(["one", "many", "last"]));
    let ([out], buffer, workers) = (run.tracks(["out"]), run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "before_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        #![inline]
        source xs = xs.iter();
        stage one = xs.inspect(|x| a.at(x)?);
        #[workers(workers)]
        stage many = one.map(|x| { x.work(); b.at(&x)?; x });
        stage last = many.inspect(|x| c.at(x)?);
        sink all = last.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        model.track("out", model.input(0));
        model.input(0)
    })
}

fn take_in_the_stage_behind_the_source(run: Run) -> Trial {
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [fault], [out], n) = (run.inputs(), run.faults(["few"]), run.tracks(["out"]), run.n);
    let pipeline = pipeline! {
        #![name = "take_in_the_stage_behind_the_source"]
        #![error(Injected)]
        #![inline]
        source xs = xs.iter();
        stage few = xs.inspect(|x| fault.at(x)?).take(n);
        sink all = few.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let few: Vec<u64> = model.input(0).into_iter().take(n).collect();
        model.track("out", few.clone());
        if cut_short { Vec::new() } else { few }
    })
}

/// The sink is nested two deep.
fn take_in_an_inline_sink(run: Run) -> Trial {
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [a, b], [out], n) = (run.inputs(), run.faults(["one", "all"]), run.tracks(["out"]), run.n);
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "take_in_an_inline_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage one = xs.inspect(|x| a.at(x)?);
        #[inline] stage two = one.flat_map(|x| [x.clone(), x.clone(), x]);
        #[inline]
        sink all = two.inspect(|x| b.at(x)?).take(n).inspect(|x| out.push(x.n)).fold(Vec::new(), |mut all, x| { all.push(x.n); all });
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let few: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n; 3]).take(n).collect();
        model.track("out", few.clone());
        if cut_short { Vec::new() } else { few }
    })
}

/// In the middle of a chain: what is behind it ends with it.
fn take_in_a_chain(run: Run) -> Trial {
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [a], [out], n) = (run.inputs(), run.faults(["few"]), run.tracks(["out"]), run.n);
    let (buffer, small) = (run.buffer, n.min(3));
    let pipeline = pipeline! {
        #![name = "take_in_a_chain"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage one = xs.map(|x| x);
        #[inline] stage few = one.inspect(|x| a.at(x)?).take(n).batch(small);
        #[inline] stage (left, right) = few.map(|batch| batch.iter().map(|x| x.n).sum::<u64>()).tee();
        #[inline] sink sums = left.batch(2).collect::<Vec<Vec<u64>>>();
        sink all = right.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Default::default() } else { (sums, all) }
    };
    run.check(pipeline, move |model| {
        let few: Vec<u64> = model.input(0).into_iter().take(n).collect();
        let sums: Vec<u64> = few.chunks(small).map(|batch| batch.iter().sum()).collect();
        // A cut input has lost the batch that the failed item was to come into.
        let whole = if model.is_cut(0) && few.len() < n { few.len() / small } else { sums.len() };
        model.track("out", sums[..whole].to_vec());
        if cut_short { Default::default() } else { (sums.chunks(2).map(<[u64]>::to_vec).collect(), sums) }
    })
}

fn take_in_a_branch(run: Run) -> Trial {
    let run = run.early_branch();
    let ([xs], [a, b], [few, all]) = (run.inputs(), run.faults(["checked", "rest"]), run.tracks_beside(["few", "all"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "take_in_a_branch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| a.at(x)?);
        stage (l, m, r) = checked.tee();
        #[inline] stage first = l.take(n);
        sink few = first.inspect(|x| few.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
        #[inline] sink smallest = m.take(n).map(|x| x.n).reduce(|a, b| a.min(b));
        sink rest = r.inspect(|x| b.at(x)?).inspect(|x| all.push(x.n)).count();
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        let few: Vec<u64> = all.iter().copied().take(n).collect();
        model.track("few", few.clone());
        model.track("all", all.clone());
        (few.clone(), few.into_iter().min(), all.len() as u64)
    })
}

/// With the last branch the producer ends, and what feeds it.
fn take_in_all_branches(run: Run) -> Trial {
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [a], [few], n) = (run.inputs(), run.faults(["checked"]), run.tracks(["few"]), run.n);
    let pipeline = pipeline! {
        #![name = "take_in_all_branches"]
        #![error(Injected)]
        source xs = xs.stream();
        stage checked = xs.inspect(|x| a.at(x)?);
        stage (l, m, r) = checked.tee();
        #[inline] sink some = l.take(n).map(|x| x.n).collect::<Vec<u64>>();
        #[inline] stage more = m.take_while(|x| x.n % 100 != 3).map(|x| x.n).take(n + 2);
        #[inline] sink one = r.map(|x| x.n).first();
        sink others = more.inspect(|x| few.push(*x)).count();
        if cut_short { Default::default() } else { (some, one, others) }
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        let more: Vec<u64> = all.iter().copied().take_while(|n| n % 100 != 3).take(n + 2).collect();
        model.track("few", more.clone());
        let some: Vec<u64> = all.iter().copied().take(n).collect();
        if cut_short { Default::default() } else { (some, all.first().copied(), more.len() as u64) }
    })
}

/// A sink that reads rejects has seen enough; the stage goes on.
fn first_in_rejects(run: Run) -> Trial {
    let run = run.early_branch();
    let ([xs], [a], [good], buffer) = (run.inputs(), run.faults(["all"]), run.tracks(["good"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "first_in_rejects"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[inline] stage good = xs.map(|ref x| { if x.n % 3 == 1 { Err(Injected::Bad(x.n))? } x.clone() }) else failed;
        #[inline] sink bad = failed.filter_map(|r| r.into_parts().0).map(|x| x.n).first();
        sink all = good.inspect(|x| a.at(x)?).inspect(|x| good.push(x.n)).count();
    };
    run.check(pipeline, |model| {
        let (bad, good): (Vec<u64>, Vec<u64>) = model.input(0).into_iter().partition(|n| n % 3 == 1);
        model.track("good", good.clone());
        (bad.first().copied(), good.len() as u64)
    })
}

/// The end comes in the middle of an item's parts.
fn take_of_parts(run: Run) -> Trial {
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [a], [out], n) = (run.inputs(), run.faults(["one"]), run.tracks(["out"]), run.n);
    let pipeline = pipeline! {
        #![name = "take_of_parts"]
        #![error(Injected)]
        #![inline]
        source xs = xs.stream();
        stage one = xs.flat_map(|x| { a.at(&x)?; vec![x; 5] });
        stage two = one.flat_map(|x| [x.n, x.n + 1]).take(n);
        sink all = two.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let few: Vec<u64> = model.input(0).into_iter().flat_map(|n| [n; 5]).flat_map(|n| [n, n + 1]).take(n).collect();
        model.track("out", few.clone());
        if cut_short { Vec::new() } else { few }
    })
}

/// Whoever receives from an inline `forward` leaves.
fn closed_receiver(run: Run) -> Trial {
    let run = run.early_branch();
    let ([xs], [a], [all], n) = (run.inputs(), run.faults(["checked"]), run.tracks(["all"]), run.n);
    let (tx, mut rx) = tokio::sync::mpsc::channel(2);
    tokio::spawn(async move {
        for _ in 0..n {
            if rx.recv().await.is_none() {
                return;
            }
        }
    });
    let pipeline = pipeline! {
        #![name = "closed_receiver"]
        #![error(Injected)]
        #![inline]
        source xs = xs.stream();
        stage checked = xs.inspect(|x| a.at(x)?);
        stage (l, r) = checked.tee();
        sink sent = l.map(|x| x.n).forward(tx);
        sink rest = r.inspect(|x| all.push(x.n)).count();
        rest
    };
    run.check(pipeline, |model| {
        model.track("all", model.input(0));
        model.input(0).len() as u64
    })
}
