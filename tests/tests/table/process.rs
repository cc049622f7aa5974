//! Stages whose loop is written by hand.

use pipeline_runtime::{TryNext, pipeline};
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(process: one_to_one, groups, ready, polled, early, of_a_merge, buffers_inside);

fn one_to_one(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["doubled"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "one_to_one"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage doubled: u64 = xs.process(async |input, output| {
            while let Some(x) = input.next().await {
                x.pause().await;
                fault.at(&x)?;
                output.send(x.n * 2).await;
            }
        });
        sink all = doubled.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().map(|n| n * 2).collect();
        model.track("out", all.clone());
        all
    })
}

fn groups(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs], [before, after], [out]) = (run.inputs(), run.faults(["grouped", "grouped"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "groups"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage grouped = xs.process(async |input, output| {
            let mut sum = 0;
            let mut len = 0;
            while let Some(x) = input.next().await {
                before.at(&x)?;
                (sum, len) = (sum + x.n, len + 1);
                if len == n {
                    output.send(sum).await;
                    after.at(&x)?;
                    (sum, len) = (0, 0);
                }
            }
            if len > 0 { output.send(sum).await; }
        });
        sink all = grouped.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).chunks(n).map(|chunk| chunk.iter().sum()).collect();
        model.track("out", all.clone());
        all
    })
}

/// What is there is taken at once.
fn ready(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["bursts"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "ready"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage bursts = xs.process(async |input, output| {
            while let Some(first) = input.next().await {
                let mut burst = vec![first];
                burst.extend(input.drain_ready().take(50));
                for x in &burst { fault.at(x)?; }
                output.send(burst).await;
            }
        });
        sink all = bursts.flat_map(|burst: Vec<Item>| burst).map(|x| x.n).inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// A loop that never waits for its input, and gives way instead.
fn polled(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["seen"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "polled"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage seen = xs.process(async |input, output| {
            loop {
                match input.try_next() {
                    TryNext::Item(x) => { fault.at(&x)?; output.send(x).await }
                    TryNext::Empty => tokio::task::yield_now().await,
                    TryNext::Closed => break,
                }
            }
        });
        sink all = seen.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// A loop that returns before its input has ended.
fn early(run: Run) -> Trial {
    let run = run.unaccounted().ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["few"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "early"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage few = xs.process(async |input, output| {
            for _ in 0..n {
                let Some(x) = input.next().await else { break };
                fault.at(&x)?;
                output.send(x.n).await;
            }
        });
        sink all = few.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take(n).collect();
        model.track("out", all.clone());
        all
    })
}

fn of_a_merge(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs, ys], [fault]) = (run.inputs(), run.faults(["both"]));
    let (tracks, buffer) = (run.tracks(["x", "y"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "of_a_merge"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.bounded(1);
        stage both = merge(xs, ys).process(async |input, output| {
            while let Some(x) = input.next().await {
                fault.at(&x)?;
                output.send(x).await;
            }
        });
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

/// Takes in and sends at the same time, in a `select!` of its own.
fn buffers_inside(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["queued"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "buffers_inside"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage queued = xs.process(async |input, output| {
            let mut queue = std::collections::VecDeque::new();
            let mut open = true;
            while open || !queue.is_empty() {
                let head = queue.front().cloned();
                tokio::select! {
                    next = input.next(), if open && queue.len() < n => match next {
                        Some(x) => { fault.at(&x)?; queue.push_back(x) }
                        None => open = false,
                    },
                    () = async { output.send(head.unwrap_or_else(|| unreachable!())).await }, if !queue.is_empty() => {
                        queue.pop_front();
                    }
                }
            }
        });
        sink all = queued.inspect(|x: &Item| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    // A send that was given up is counted as abandoned, and made again.
    run.retries().check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}
