//! Dropping a `Running`, or the future of `run()`, leaves nothing behind.

use std::pin::pin;
use std::task::{Context, Waker};

use pipeline_runtime::{BoxError, Pipeline, pipeline};

use super::support::*;

/// Everything that can hold a guard does so, and nothing ends by itself.
fn endless(live: &Live, up: &Counter) -> Pipeline<u64, BoxError> {
    let [g1, g2, g3, g4, g5] = [0; 5].map(|_| live.clone());
    let [u1, u2, u3, u4] = [0; 4].map(|_| up.clone());
    pipeline! {
        #![buffer(2)]
        source a = { let guard = g1.guard(); (0u64..).inspect(move |_| { let _ = &guard; }) };
        #[workers(2)]
        stage b = a.map(async |n| { let _guard = g2.guard(); u1.add(); tokio::task::yield_now().await; n });
        #[in_flight(3)]
        stage c = b.map(async |n| { let _guard = g3.guard(); u2.add(); if n > 20 { std::future::pending::<()>().await; } n });
        stage d = c.process(async |input, output| {
            let _guard = g4.guard();
            u3.add();
            while let Some(n) = input.next().await { output.send(n).await; }
        });
        sink s = d.for_each(async |n| { let _guard = g5.guard(); u4.add(); if n == 10 { std::future::pending::<()>().await; } });
        s
    }
}

#[test]
fn a_running_that_is_dropped() {
    all(|live| async move {
        for turns in 0..60 {
            let up = Counter::default();
            let running = endless(&live, &up).spawn();
            for _ in 0..turns {
                tokio::task::yield_now().await;
            }
            drop(running);
            live.settled().await;
        }
    });
}

#[test]
fn the_future_of_run_that_is_dropped() {
    all(|live| async move {
        for turns in 0..60 {
            let up = Counter::default();
            {
                let mut run = pin!(endless(&live, &up).run());
                for _ in 0..turns {
                    assert!(run.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
                    tokio::task::yield_now().await;
                }
            }
            live.settled().await;
        }
    });
}

/// In the middle of a run, by a `select!` as users write it.
#[test]
fn run_in_a_select() {
    both(|live| async move {
        let up = Counter::default();
        let pipeline = endless(&live, &up);
        tokio::select! {
            result = pipeline.run() => panic!("{result:?}"),
            () = async { while up.get() < 40 { tokio::task::yield_now().await; } } => {}
        }
        live.settled().await;
    });
}

#[test]
fn the_future_of_wait_that_is_dropped() {
    all(|live| async move {
        let up = Counter::default();
        {
            let mut wait = pin!(endless(&live, &up).spawn().wait());
            while up.get() < 40 {
                assert!(wait.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
                tokio::task::yield_now().await;
            }
        }
        live.settled().await;
    });
}

/// A task that runs a pipeline and is aborted.
#[test]
fn a_task_that_is_aborted() {
    all(|live| async move {
        let up = Counter::default();
        let task = tokio::spawn(endless(&live, &up).run());
        while up.get() < 40 {
            tokio::task::yield_now().await;
        }
        task.abort();
        assert!(task.await.unwrap_err().is_cancelled());
        live.settled().await;
    });
}

/// A pipeline that never runs leaves nothing: what it has captured is dropped with it.
#[test]
fn a_pipeline_that_is_dropped() {
    all(|live| async move {
        let (guard, ran) = (live.guard(), Counter::default());
        let ran_2 = ran.clone();
        let pipeline = pipeline! {
            source a = { ran_2.add(); let _guard = guard; 0..3u64 };
            sink s = a.count();
        };
        drop(pipeline);
        assert_eq!((live.count(), ran.get()), (0, 0));
    });
}

/// Nothing runs until `run` or `spawn`; the future of `run` does nothing until it is polled.
#[test]
fn nothing_runs_by_itself() {
    all(|live| async move {
        let ran = Counter::default();
        let ran_2 = ran.clone();
        let pipeline = pipeline! {
            source a = { ran_2.add(); 0..3u64 };
            sink s = a.count();
        };
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        assert_eq!(ran.get(), 0);
        assert_eq!(live.run(pipeline).await.unwrap(), 3);
        assert_eq!(ran.get(), 1);
    });
}

/// `detach` lets it run to its end.
#[test]
fn detached() {
    all(|live| async move {
        let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
        let gate = Gate::default();
        let gate_2 = gate.clone();
        pipeline! {
            source a = 0..3u64;
            sink s = a.for_each(async |n| { gate_2.pass().await; tx.send(n).unwrap(); });
            s
        }
        .spawn()
        .detach();
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        gate.open();
        live.step("it goes on");
        for n in 0..3 {
            assert_eq!(rx.recv().await, Some(n));
        }
        assert_eq!(rx.recv().await, None);
    });
}

/// A runtime that shuts down under a run drops everything.
#[test]
fn the_runtime_goes() {
    for threads in [0, 2] {
        let (live, up) = (Live::default(), Counter::default());
        let mut builder = if threads == 0 {
            tokio::runtime::Builder::new_current_thread()
        } else {
            tokio::runtime::Builder::new_multi_thread()
        };
        let runtime = builder.enable_all().worker_threads(2).build().unwrap();
        let running = runtime.block_on(async {
            let running = endless(&live, &up).spawn();
            while up.get() < 30 {
                tokio::task::yield_now().await;
            }
            running
        });
        drop(runtime);
        assert_eq!(live.count(), 0);
        drop(running);
    }
}
