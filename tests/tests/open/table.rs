//! Fragments under every fault.

use pipeline_runtime::{Flow, pipeline};
use pipeline_tests::table;
use pipeline_tests::table::{Fault, Injected, Item, Run, Trial};

table!(open: via, via_nested, via_in_a_sink, via_parallel);

fn even(fault: Fault, buffer: usize) -> Flow<Item, Item, Injected> {
    pipeline! {
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = input;
        stage  checked = xs.map(|x| { fault.at(&x)?; x });
        sink   even = checked.filter(|x| x.n % 2 == 0).output();
    }
}

fn via(run: Run) -> Trial {
    let ([xs], [before, within], [out]) = (run.inputs(), run.faults(["all", "ys/checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "via"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage  ys = xs.via(even(within, buffer));
        sink   all = ys.inspect(|x| { before.at(x)?; out.push(x.n); }).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 2 == 0).collect();
        model.track("out", all.clone());
        all
    })
}

fn via_nested(run: Run) -> Trial {
    let ([xs], [first, second], [out]) =
        (run.inputs(), run.faults(["ys/one/checked", "ys/two/checked"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let nested = pipeline! {
        #![error(Injected)]
        source xs: Item = input;
        stage  one = xs.via(even(first, buffer));
        stage  less = one.filter(|x| x.n % 3 != 0);
        stage  two = less.via(even(second, buffer));
        sink   out = two.output();
    };
    let pipeline = pipeline! {
        #![name = "via_nested"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage  ys = xs.via(nested);
        sink   all = ys.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().filter(|n| n % 2 == 0 && n % 3 != 0).collect();
        model.track("out", all.clone());
        all
    })
}

fn via_in_a_sink(run: Run) -> Trial {
    let ([xs], [before, within], [out]) = (run.inputs(), run.faults(["ys", "done/stored"]), run.tracks(["out"]));
    let buffer = run.buffer;
    let store = pipeline! {
        #![error(Injected)]
        source xs: Item = input;
        sink   stored = xs.for_each(async |x| { x.pause().await; within.at(&x)?; out.push(x.n); });
    };
    let pipeline = pipeline! {
        #![name = "via_in_a_sink"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage  ys = xs.inspect(|x| before.at(x)?);
        sink   done = ys.via(store);
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all);
    })
}

fn via_parallel(run: Run) -> Trial {
    let ([xs], [within], [out]) = (run.inputs(), run.faults(["ys/one"]), run.tracks(["out"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let nested = pipeline! {
        #![error(Injected)]
        #![buffer(buffer)]
        source xs: Item = input;
        #[workers(workers)]
        stage  one = xs.map(|x| { within.at(&x)?; x });
        #[in_flight(in_flight)]
        sink   two = one.map(async |x| { x.pause().await; x }).output();
    };
    let pipeline = pipeline! {
        #![name = "via_parallel"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage  ys = xs.via(nested);
        sink   all = ys.inspect(|x| out.push(x.n)).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| {
        let all = model.input(0);
        model.track("out", all.clone());
        all
    })
}
