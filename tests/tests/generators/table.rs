//! The randomized table, over generators and sources that block.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(generators: waiting, streamed, selecting, early, blocking, blocking_early, iterator, std_channel, sync_channel);

/// Sends what an iterator gives; an endless one waits for hardly anything but its `send`.
fn waiting(run: Run) -> Trial {
    let ([xs], [at_source, at_stage], [out]) = (run.inputs(), run.faults(["xs", "checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "waiting"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = async |out| {
            for x in xs.iter() {
                at_source.at(&x)?;
                let pauses = x.n % 5 == 0;
                out.send(x).await;
                if pauses { tokio::task::yield_now().await; }
            }
        };
        stage checked = xs.inspect(|x| at_stage.at(x)?);
        sink all = checked.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// Sends what a stream gives, and is quiet when that is: nothing that was taken is lost, not even by a shutdown.
fn streamed(run: Run) -> Trial {
    use futures::StreamExt;
    let ([xs], [at_source, at_stage], [out]) = (run.inputs(), run.faults(["xs", "checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "streamed"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = async |out| {
            let mut xs = std::pin::pin!(xs.stream());
            while let Some(x) = xs.next().await {
                at_source.at(&x)?;
                out.send(x).await;
            }
        };
        stage checked = xs.map(async |x| { x.pause().await; at_stage.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// Takes in and sends at the same time. What it keeps of its own when it is stopped is its own.
fn selecting(run: Run) -> Trial {
    use futures::StreamExt;
    let run = run.retries();
    let cut_short = run.is_shutdown();
    let run = if cut_short { run.early() } else { run };
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["queued"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "selecting"]
        #![error(Injected)]
        #![buffer(buffer)]
        source queued: Item = async |out| {
            let mut xs = std::pin::pin!(xs.stream());
            let mut queue = std::collections::VecDeque::new();
            let mut open = true;
            while open || !queue.is_empty() {
                let head = queue.front().cloned();
                tokio::select! {
                    next = xs.next(), if open && queue.len() < n => match next {
                        Some(x) => { fault.at(&x)?; queue.push_back(x) }
                        None => open = false,
                    },
                    () = async { if let Some(head) = head { out.send(head).await } }, if !queue.is_empty() => {
                        queue.pop_front();
                    }
                }
            }
        };
        sink all = queued.map(async |x| { x.pause().await; x.n }).inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        if cut_short { Vec::new() } else { all }
    })
}

/// Ends with its consumer, busy or quiet.
fn early(run: Run) -> Trial {
    let run = run.ends();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["few"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "early"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = async |out| {
            for x in xs.iter().take(n * 2) { out.send(x).await; }
            std::future::pending::<()>().await;
        };
        stage few = xs.take(n).inspect(|x| fault.at(x)?);
        sink all = few.map(|x| x.n).inspect(|x| out.push(*x)).collect::<Vec<u64>>();
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take(n).collect();
        model.track("out", all.clone());
        all
    })
}

/// A `send` that a shutdown refuses has an item, which then went nowhere.
fn blocking(run: Run) -> Trial {
    let cut_short = run.is_shutdown();
    let run = if cut_short { run.early() } else { run };
    let ([xs], [at_source, at_stage], [out]) = (run.inputs(), run.faults(["xs", "checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "blocking"]
        #![error(Injected)]
        #![buffer(buffer)]
        #[blocking]
        source xs = |out| {
            for x in xs.iter() {
                x.work();
                at_source.at(&x)?;
                if !out.send(x) { return }
            }
        };
        stage checked = xs.map(async |x| { x.pause().await; at_stage.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        if cut_short { Vec::new() } else { all }
    })
}

fn blocking_early(run: Run) -> Trial {
    let run = run.ends();
    let cut_short = run.is_shutdown();
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["few"]), run.tracks(["out"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "blocking_early"]
        #![error(Injected)]
        #![buffer(buffer)]
        #[blocking]
        source xs = |out| { let _all = xs.iter().all(|x| out.send(x)); };
        stage few = xs.take(n).inspect(|x| fault.at(x)?);
        sink all = few.map(|x| x.n).inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let all: Vec<u64> = model.input(0).into_iter().take(n).collect();
        model.track("out", all.clone());
        if cut_short { Vec::new() } else { all }
    })
}

/// An iterator that panics itself.
fn iterator(run: Run) -> Trial {
    let ([xs], [at_source, at_stage], [out]) = (run.inputs(), run.faults(["xs", "checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "iterator"]
        #![error(Injected)]
        #[blocking, buffer(buffer)]
        source xs = xs.iter().inspect(move |x| { x.work(); std::thread::yield_now(); at_source.hit(x) });
        stage checked = xs.inspect(|x| at_stage.at(x)?);
        sink all = checked.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

fn std_channel(run: Run) -> Trial {
    received(run, None)
}

fn sync_channel(run: Run) -> Trial {
    let bound = run.n - 1;
    received(run, Some(bound))
}

/// What is sent at the moment in which the receiver goes is lost without a word: so are the channels of `std`.
fn received(run: Run, bound: Option<usize>) -> Trial {
    let cut_short = run.is_shutdown();
    let run = if cut_short { run.early() } else { run };
    let ([xs], [fault], [out]) = (run.inputs(), run.faults(["checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "received"]
        #![error(Injected)]
        #![buffer(buffer)]
        #[blocking]
        source xs = xs.std_channel(bound);
        stage checked = xs.map(async |x| { x.pause().await; fault.at(&x)?; x.n });
        sink all = checked.inspect(|x| out.push(*x)).collect::<Vec<u64>>();
        if cut_short { Vec::new() } else { all }
    };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        if cut_short { Vec::new() } else { all }
    })
}
