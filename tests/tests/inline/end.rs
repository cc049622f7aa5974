//! Ends, from both sides.

use futures::{SinkExt, StreamExt};
use pipeline_runtime::pipeline;
use tokio::sync::mpsc;

use super::support::*;

#[test]
fn an_early_end_ends_a_quiet_source() {
    all(|live| async move {
        let guard = live.guard();
        let run = pipeline! {
            #![inline]
            source a = then_quiet(0..3u64, guard);
            stage b = a.map(|n| n * 2);
            stage c = b.map(|n| n);
            sink s = c.take(3).collect::<Vec<_>>();
        };
        assert_eq!(live.run(run).await.unwrap(), [0, 2, 4]);
        let guard = live.guard();
        let run = pipeline! {
            source a = then_quiet(0..3u64, guard);
            stage b = a.map(|n| n * 2);
            #[inline] stage c = b.map(|n| n);
            #[inline] sink s = c.take(3).fold(0, |s, n| s + n);
        };
        assert_eq!(live.run(run).await.unwrap(), 6);
    });
}

#[test]
fn take_nothing_ends_a_source_that_never_gives() {
    all(|live| async move {
        let guard = live.guard();
        let run = pipeline! {
            source a = quiet_stream::<u64>(guard);
            stage b = a.map(|n| n);
            #[inline] stage c = b.map(|n| n);
            #[inline] sink s = c.take(0).collect::<Vec<_>>();
        };
        assert_eq!(live.run(run).await.unwrap(), []);
    });
}

/// A consumer behind an edge out of the task goes, and with it all that works for it alone.
#[test]
fn the_last_consumer_outside_ends_the_task() {
    all(|live| async move {
        let (guard, never) = (live.guard(), live.guard());
        let run = pipeline! {
            #![inline]
            source a = then_quiet(0..10u64, guard);
            stage (b, c) = a.tee();
            stage d = b.map(|n| n);
            stage e = c.map(|n| n);
            source never = quiet_stream::<u64>(never);
            stage f = merge(d, never);
            sink s = f.take(2).collect::<Vec<_>>();
            sink t = e.take(5).count();
        };
        assert_eq!(live.run(run).await.unwrap(), (vec![0, 1], 5));
    });
}

/// What is left of a task's outputs goes on.
#[test]
fn a_branch_ends_and_the_other_goes_on() {
    all(|live| async move {
        let run = pipeline! {
            #![buffer(1)]
            source a = 0..1000u64;
            stage (b, c) = a.tee();
            #[inline] stage d = b.map(|n| n);
            sink few = d.take(2).count();
            sink all = c.count();
        };
        let outcome = live.wait(run.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (2, 1000));
        // Which was told, and takes no item that nobody wants.
        let received = outcome.report.stage("d").unwrap().received;
        assert!((2..1000).contains(&received), "{}", outcome.report);
    });
}

/// Items that come after an early end are not received.
#[test]
fn what_has_ended_receives_nothing() {
    all(|live| async move {
        let run = pipeline! {
            source a = 0..100u64;
            stage (b, c) = a.tee();
            #[inline] sink few = b.take(7).count();
            #[inline] sink all = c.count();
        };
        let outcome = live.wait(run.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (7, 100));
        let few = outcome.report.stage("few").unwrap();
        assert_eq!((few.received, few.done), (7, 7), "{}", outcome.report);
    });
}

/// The stage behind it sees the end at once, not when the task ends.
#[test]
fn an_early_end_closes_its_outputs_at_once() {
    all(|live| async move {
        let (gate, ended) = (Gate::default(), Gate::default());
        let (pass, end) = (gate.clone(), ended.clone());
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..10u64, guard);
            stage (b, c) = a.tee();
            #[inline] stage few = b.take(3).batch(2);
            stage seen = few.process(async |input, output| {
                while let Some(batch) = input.next().await { output.send(batch).await; }
                end.open();
            });
            sink s = seen.map(|batch: Vec<u64>| batch.len()).collect::<Vec<_>>();
            sink t = c.for_each(async |_| pass.pass().await);
        }
        .spawn();
        gate.let_through(10);
        ended.pass().await;
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), [2, 1]);
    });
}

#[test]
fn a_closed_receiver_ends_a_quiet_pipeline() {
    all(|live| async move {
        let (tx, mut rx) = mpsc::channel(8);
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..3u64, guard);
            stage b = a.map(|n| n);
            #[inline] sink s = b.forward(tx);
        }
        .spawn();
        assert_eq!((rx.recv().await, rx.recv().await, rx.recv().await), (Some(0), Some(1), Some(2)));
        drop(rx);
        live.wait(running).await.result.unwrap();
    });
}

/// Of two receivers one goes, then the other.
#[test]
fn closed_receivers_of_branches() {
    all(|live| async move {
        let ((tx1, mut rx1), (tx2, mut rx2)) = (mpsc::channel(8), mpsc::unbounded_channel());
        let (feed, items) = mpsc::channel(8);
        let running = pipeline! {
            #![inline]
            source a = items;
            stage (b, c) = a.tee();
            sink s = b.forward(tx1);
            sink t = c.forward(tx2);
            (s, t)
        }
        .spawn();
        feed.send(0).await.unwrap();
        assert_eq!((rx1.recv().await, rx2.recv().await), (Some(0), Some(0)));
        drop(rx1);
        feed.send(1).await.unwrap();
        assert_eq!(rx2.recv().await, Some(1));
        drop(rx2);
        assert_eq!(live.wait(running).await.result.unwrap(), (1, 2));
        // The source's receiver has gone with the task.
        assert!(feed.send(2).await.is_err());
    });
}

/// A sink that has enough closes what it forwards to, and the other branch goes on.
#[test]
fn forward_closes_at_its_early_end() {
    all(|live| async move {
        let (tx, rx) = futures::channel::mpsc::channel::<u64>(8);
        let (feed, items) = mpsc::channel(8);
        let running = pipeline! {
            #![inline]
            source a = items;
            stage (b, c) = a.tee();
            sink s = b.take(2).forward(tx.sink_map_err(|error| error));
            sink t = c.count();
            (s, t)
        }
        .spawn();
        feed.send(0).await.unwrap();
        feed.send(1).await.unwrap();
        // Ends only when it is closed.
        assert_eq!(rx.collect::<Vec<_>>().await, [0, 1]);
        feed.send(2).await.unwrap();
        drop(feed);
        assert_eq!(live.wait(running).await.result.unwrap(), (2, 3));
    });
}

#[test]
fn a_shutdown_delivers_what_is_in_hand() {
    all(|live| async move {
        let (feed, items) = mpsc::channel(8);
        let (gate, begun) = (Gate::default(), Counter::default());
        let (pass, count) = (gate.clone(), begun.clone());
        let running = pipeline! {
            #![inline]
            source a = items;
            stage b = a.map(async |n: u64| { count.add(); pass.pass().await; n });
            stage c = b.batch(4);
            sink s = c.collect::<Vec<_>>();
        }
        .spawn();
        for n in 0..6 {
            feed.send(n).await.unwrap();
        }
        while begun.get() == 0 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), [vec![0, 1, 2, 3], vec![4, 5]]);
    });
}

#[test]
fn a_shutdown_ends_a_quiet_source_and_one_that_is_not_open_yet() {
    all(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            #![inline]
            source a = then_quiet(0..3u64, guard);
            stage b = a.map(|n| n);
            sink s = b.count();
        }
        .spawn();
        // What the stages have counted is to be seen while their task waits.
        while running.report().stage("s").unwrap().received < 3 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), 3);

        let guard = live.guard();
        let running = pipeline! {
            #![inline]
            source a = { let _guard = guard; std::future::pending::<()>().await; 0..3u64 };
            sink s = a.count();
        }
        .spawn();
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), 0);
    });
}

#[test]
fn a_cancel_ends_every_wait() {
    all(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            #![inline]
            source a = quiet_stream::<u64>(guard);
            stage b = a.map(|n| n);
            sink s = b.count();
        }
        .spawn();
        running.cancel();
        is_cancelled(live.wait(running).await.result);

        let (gate, inside) = (Gate::default(), live.guard());
        let running = pipeline! {
            #![inline]
            source a = 0..u64::MAX;
            stage b = a.map(|n| n);
            sink s = b.for_each(async |_| { let _ = &inside; gate.pass().await });
        }
        .spawn();
        while running.report().stage("s").unwrap().received == 0 {
            tokio::task::yield_now().await;
        }
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

/// An operator that ends the stage lets what it has passed on go the whole way.
#[test]
fn the_last_item_comes_apart_as_a_whole() {
    all(|live| async move {
        let run = pipeline! {
            source a = 0..10u64;
            stage (b, c) = a.tee();
            sink s = b.take(2).flat_map(|n| [n, n]).collect::<Vec<_>>();
            #[inline] sink t = c.take(3).batch(2).flat_map(|n| n).flat_map(|n| [n, n]).take(5).collect::<Vec<_>>();
        };
        assert_eq!(live.run(run).await.unwrap(), (vec![0, 0, 1, 1], vec![0, 0, 1, 1, 2]));
    });
}
