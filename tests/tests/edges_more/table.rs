//! Weak merges and lossy tees in the randomized table.

use pipeline_runtime::pipeline;
use pipeline_tests::table;
use pipeline_tests::table::{Injected, Item, Run, Trial};

table!(weak: weak_merge, weak_merge_of_workers, weak_branch, weak_among_several, weak_into_workers);
table!(lossy: lossy_tee, lossy_tee_of_workers, lossy_tee_unordered, lossy_all, lossy_into_joins, lossy_ends_early);

/// The values of the first input, and whether all inputs came in their order.
#[derive(Default)]
struct Seen {
    first: Vec<u64>,
    next: [usize; 3],
    disordered: bool,
}

impl Seen {
    fn see(mut self, x: &Item) -> Self {
        self.disordered |= x.index < self.next[x.source];
        self.next[x.source] = x.index + 1;
        if x.source == 0 {
            self.first.push(x.n);
        }
        self
    }
}

fn weak_merge(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys], [at_y, at_all]) = (run.inputs(), run.faults(["pushes", "all"]));
    let ([track], buffer) = (run.tracks(["x"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "weak_merge"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        stage pushes = ys.inspect(|y| at_y.at(y)?);
        stage all = merge(xs, weak pushes).inspect(|x| at_all.at(x)?);
        sink seen = all.fold(Seen::default(), |seen, x| {
            if x.source == 0 { track.push(x.n) }
            seen.see(&x)
        });
        (seen.first, seen.disordered)
    };
    run.check(pipeline, |model| {
        model.track("x", model.input(0));
        (model.input(0), false)
    })
}

fn weak_merge_of_workers(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys], [at_x, at_y]) = (run.inputs(), run.faults(["frames", "pushes"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "weak_merge_of_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.bounded(3);
        #[workers(workers)]
        stage frames = xs.map(|x| { x.work(); at_x.at(&x)?; x });
        // An error there may be waiting for its turn when nobody needs it any more.
        #[workers(workers)]
        stage pushes = ys.map(async |y| { y.pause().await; at_y.hit(&y); y });
        sink seen = merge(weak pushes, frames).fold(Seen::default(), |seen, x| seen.see(&x));
        (seen.first, seen.disordered)
    };
    run.check(pipeline, |model| (model.input(0), false))
}

/// Both inputs have one producer.
fn weak_branch(run: Run) -> Trial {
    let run = run.early();
    let ([xs], [fault], buffer) = (run.inputs(), run.faults(["kept"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "weak_branch"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage kept = xs.inspect(|x| fault.at(x)?);
        stage (even, odd) = kept.route(|x| if x.n % 2 == 0 { even(x) } else { odd(x) });
        stage slow = odd.map(async |x| { x.pause().await; x });
        sink evens = merge(even, weak slow).filter(|x| x.n % 2 == 0).map(|x| x.n).collect::<Vec<u64>>();
    };
    run.check(pipeline, |model| model.input(0).into_iter().filter(|n| n % 2 == 0).collect::<Vec<u64>>())
}

fn weak_among_several(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys, zs], [at_all]) = (run.inputs(), run.faults(["all"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "weak_among_several"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        source zs = zs.iter();
        stage all = merge(xs, weak zs, ys).inspect(|x| at_all.at(x)?);
        stage (left, right) = all.tee();
        sink seen = left.fold(Seen::default(), |seen, x| seen.see(&x));
        sink others = right.filter(|x| x.source == 1).map(|x| x.n).collect::<Vec<u64>>();
        (seen.first, seen.disordered, others)
    };
    run.check(pipeline, |model| (model.input(0), false, model.input(1)))
}

fn weak_into_workers(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys], [at_all]) = (run.inputs(), run.faults(["all"]));
    let (buffer, workers, in_flight) = (run.buffer, run.workers, run.in_flight);
    let pipeline = pipeline! {
        #![name = "weak_into_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.iter();
        #[workers(workers), in_flight(in_flight)]
        stage all = merge(xs, weak ys).map(async |x| { x.pause().await; at_all.at(&x)?; x });
        sink seen = all.fold(Seen::default(), |seen, x| seen.see(&x));
        (seen.first, seen.disordered)
    };
    run.check(pipeline, |model| (model.input(0), false))
}

fn lossy_tee(run: Run) -> Trial {
    let run = run.retries();
    let ([xs], [fault], [a]) = (run.inputs(), run.faults(["kept"]), run.tracks(["a"]));
    let buffer = run.buffer;
    let pipeline = pipeline! {
        #![name = "lossy_tee"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage (kept, #[lossy(drop_oldest)] oldest, #[lossy(drop_newest)] newest) = xs.inspect(|x| fault.at(x)?).tee();
        sink n = kept.inspect(|x| a.push(x.n)).count();
        sink slow = oldest.map(async |x| { x.pause().await; x }).fold(Seen::default(), |seen, x| seen.see(&x));
        sink fast = newest.fold(Seen::default(), |seen, x| seen.see(&x));
        (n, slow.disordered, fast.disordered)
    };
    run.check(pipeline, |model| {
        model.track("a", model.input(0));
        (model.input(0).len() as u64, false, false)
    })
}

fn lossy_tee_of_workers(run: Run) -> Trial {
    let run = run.retries();
    let ([xs], [fault], [a]) = (run.inputs(), run.faults(["kept"]), run.tracks(["a"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "lossy_tee_of_workers"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers)]
        stage (kept, #[lossy(drop_oldest)] view) =
            xs.flat_map(|x| { x.work(); fault.at(&x)?; vec![x.clone(); x.n as usize % 3] }).tee();
        sink all = kept.map(|x| x.n).inspect(|n| a.push(*n)).collect::<Vec<u64>>();
        sink last = view.map(async |x| { x.pause().await; x.index }).collect::<Vec<usize>>();
        (all, last.is_sorted())
    };
    run.check(pipeline, |model| {
        let all: Vec<u64> = model.input(0).into_iter().flat_map(|n| vec![n; n as usize % 3]).collect();
        model.track("a", all.clone());
        (all, true)
    })
}

fn lossy_tee_unordered(run: Run) -> Trial {
    let run = run.retries();
    let ([xs], [fault], [a]) = (run.inputs(), run.faults(["view"]), run.tracks_unordered(["a"]));
    let (buffer, workers) = (run.buffer, run.workers);
    let pipeline = pipeline! {
        #![name = "lossy_tee_unordered"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        #[workers(workers), unordered]
        stage (#[lossy(drop_newest)] view, kept) = xs.map(|x| { x.work(); fault.at(&x)?; x.n }).tee();
        sink all = kept.inspect(|n| a.push(*n)).fold(0u64, |sum, n| sum + n);
        sink some = view.count();
        (all, some < u64::MAX)
    };
    run.check(pipeline, |model| {
        model.track("a", model.input(0));
        (model.input(0).iter().sum::<u64>(), true)
    })
}

fn lossy_all(run: Run) -> Trial {
    let run = run.retries();
    let ([xs], [fault], buffer) = (run.inputs(), run.faults(["kept"]), run.buffer);
    let workers = run.workers;
    let pipeline = pipeline! {
        #![name = "lossy_all"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.stream();
        stage kept = xs.map(async |x| { x.pause().await; fault.at(&x)?; x });
        stage (#[lossy(drop_oldest)] a, #[lossy(drop_newest)] b) = kept.tee();
        #[workers(workers)]
        stage worked = a.map(|x| { x.work(); x });
        sink left = worked.fold(Seen::default(), |seen, x| seen.see(&x));
        sink right = b.fold(Seen::default(), |seen, x| seen.see(&x));
        left.disordered || right.disordered
    };
    run.check(pipeline, |_| false)
}

fn lossy_into_joins(run: Run) -> Trial {
    let run = run.early();
    let ([xs, ys], [at_x, at_y], buffer) = (run.inputs(), run.faults(["a", "checked"]), run.buffer);
    let pipeline = pipeline! {
        #![name = "lossy_into_joins"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        source ys = ys.stream();
        stage checked = ys.inspect(|y| at_y.at(y)?);
        stage (a, #[lossy(drop_oldest)] b, #[lossy(drop_newest)] c, #[lossy(drop_newest)] d) = xs.inspect(|x| at_x.at(x)?).tee();
        sink n = a.count();
        sink pairs = zip(b, checked).map(|(x, y)| (x.index, y.index)).collect::<Vec<(usize, usize)>>();
        sink joined = merge(c, d).count();
        (n, in_order(&pairs), joined <= 2 * n)
    };
    run.check(pipeline, |model| (model.input(0).len() as u64, true, true))
}

fn lossy_ends_early(run: Run) -> Trial {
    let run = run.early_branch().retries();
    let ([xs], [fault], [a]) = (run.inputs(), run.faults(["checked"]), run.tracks(["a"]));
    let (buffer, n) = (run.buffer, run.n);
    let pipeline = pipeline! {
        #![name = "lossy_ends_early"]
        #![error(Injected)]
        #![buffer(buffer)]
        source xs = xs.iter();
        stage checked = xs.inspect(|x| fault.at(x)?);
        stage (l, #[lossy(drop_oldest)] r) = checked.tee();
        sink all = l.inspect(|x| a.push(x.n)).count();
        sink few = r.take(n).count();
        (all, few <= n as u64)
    };
    run.check(pipeline, |model| {
        model.track("a", model.input(0));
        (model.input(0).len() as u64, true)
    })
}

fn in_order(pairs: &[(usize, usize)]) -> bool {
    pairs.is_sorted() && pairs.iter().enumerate().all(|(at, pair)| pair.1 == at)
}
