//! A fragment as a stream.

use futures::stream::{self, FusedStream};
use futures::{Stream, StreamExt};
use pipeline_runtime::{Applied, Cause, Flow, pipeline};

use super::support::{Counter, Gate, Guard, Wrong, both, quiet_stream};

fn double(guard: Option<Guard>) -> Flow<u64, u64, Wrong> {
    pipeline! {
        #![error(Wrong)]
        #![buffer(2)]
        source xs = input;
        #[workers(2)]
        stage  doubled = xs.map(|x| { let _ = &guard; if x == 100 { Err(Wrong::At(x))? } 2 * x });
        sink   out = doubled.output();
    }
}

async fn all<S: Stream<Item = u64> + Send + 'static>(stream: S) -> (Vec<u64>, Option<Cause<Wrong>>) {
    let mut applied = double(None).apply(stream);
    let (mut out, mut cause) = (Vec::new(), None);
    while let Some(next) = applied.next().await {
        assert!(cause.is_none(), "the failure is the last item");
        match next {
            Ok(item) => out.push(item),
            Err(failure) => cause = Some(Cause::Error(failure.into_error().unwrap())),
        }
    }
    assert!(applied.is_terminated() && applied.next().await.is_none());
    (out, cause)
}

#[test]
fn all_comes_out_in_order() {
    both(async |_| {
        let (out, cause) = all(stream::iter(0..99)).await;
        assert_eq!(out, (0..99).map(|x| 2 * x).collect::<Vec<_>>());
        assert!(cause.is_none());
    });
}

#[test]
fn the_failure_comes_last() {
    both(async |_| {
        let (out, cause) = all(stream::iter(0..1000)).await;
        assert!(matches!(cause, Some(Cause::Error(Wrong::At(100)))));
        assert_eq!(out, (0..out.len() as u64).map(|x| 2 * x).collect::<Vec<_>>());
        assert!(out.len() <= 100);
    });
}

#[test]
fn nothing_runs_before_the_first_poll() {
    both(async |live| {
        let applied: Applied<u64, Wrong> = double(Some(live.guard())).apply(quiet_stream(live.guard()));
        assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
        drop(applied);
        assert_eq!(live.count(), 0);
    });
}

#[test]
fn a_slow_reader_slows_the_input() {
    both(async |_| {
        let taken = Counter::default();
        let counter = taken.clone();
        let input = stream::iter(0..50u64).inspect(move |_| {
            counter.add();
        });
        let mut applied = double(None).apply(input);
        assert_eq!(applied.next().await.unwrap().unwrap(), 0);
        for _ in 0..1000 {
            tokio::task::yield_now().await;
        }
        // two edges of 2 items, two workers with a unit each and what is on its way
        assert!(taken.get() < 40, "{} items were taken", taken.get());
        assert_eq!(applied.count().await, 49);
    });
}

#[test]
fn dropping_it_cancels() {
    both(async |live| {
        let mut applied = double(Some(live.guard())).apply(stream::iter(0..3).chain(quiet_stream(live.guard())));
        assert_eq!(applied.next().await.unwrap().unwrap(), 0);
        drop(applied);
        // `both` sees to it that no guard and no task is left
    });
}

#[test]
fn a_quiet_input_ends_with_a_fragment_that_takes_no_more() {
    both(async |live| {
        let some = pipeline! {
            source xs: u64 = input;
            sink   some = xs.take(2).output();
        };
        let out: Vec<u64> =
            some.apply(stream::iter(0..3).chain(quiet_stream(live.guard()))).map(Result::unwrap).collect().await;
        assert_eq!(out, [0, 1]);
    });
}

#[test]
fn other_sinks_are_waited_for() {
    both(async |_| {
        let (gate, done) = (Gate::default(), Counter::default());
        let (held, count) = (gate.clone(), done.clone());
        let both_ways = pipeline! {
            source xs: u64 = input;
            stage  (a, b) = xs.tee();
            sink   logged = a.for_each(async |_| { held.pass().await; count.add(); });
            sink   out = b.output();
        };
        let mut applied = both_ways.apply(stream::iter(0..3));
        for x in 0..3 {
            assert_eq!(applied.next().await.unwrap().unwrap(), x);
        }
        gate.open();
        assert!(applied.next().await.is_none());
        assert_eq!(done.get(), 3);
    });
}

#[test]
fn a_source_of_another_pipeline() {
    both(async |live| {
        let pipeline = pipeline! {
            source doubled = double(None).apply(stream::iter(0..5));
            sink   total = doubled?.fold(0, |total, x| total + x);
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 20);
    });
}
