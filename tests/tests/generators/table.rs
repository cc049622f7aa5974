//! The randomized table, over generators and sources that block.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Run, Trial};

table!(generators: waiting, streamed, selecting, early, blocking, blocking_early, iterator, std_channel, sync_channel);

/// Sends what an iterator gives; an endless one never waits for anything but its `send`.
fn waiting(run: Run) -> Trial {
    let run = run.unaccounted();
    let ([xs], [at_source, at_stage], [out]) = (run.inputs(), run.faults(["xs", "checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "waiting"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = async |out| {
            for x in xs.iter() {
                at_source.at(&x)?;
                if x.n % 5 == 0 { x.pause().await; }
                out.send(x).await;
            }
        };
        stage checked = xs.inspect(|x| at_stage.at(x)?);
        sink all = checked.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    // A shutdown may come while it pauses with an item in hand, which then was not sent.
    let cut_short = run.is_shutdown();
    let run = if cut_short { run.early() } else { run };
    run.check(pipeline, move |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}

/// Sends what a stream gives, and is quiet when that is: nothing that was taken is lost, not even by a shutdown.
fn streamed(run: Run) -> Trial {
    use futures::StreamExt;
    let run = run.unaccounted();
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
