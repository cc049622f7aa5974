//! Receivers of the standard library, which block, and whatever else comes from channels.

use std::sync::mpsc;
use std::time::Duration;

use pipeline_runtime::pipeline;

use super::support::*;

#[test]
fn delivers_all_to_the_end() {
    all(|live| async move {
        for buffer in [0usize, 1, 64] {
            for bound in [None, Some(0), Some(3)] {
                let (send, rx): (Box<dyn Fn(u64) -> bool + Send>, _) = match bound {
                    None => {
                        let (tx, rx) = mpsc::channel();
                        (Box::new(move |n| tx.send(n).is_ok()), rx)
                    }
                    Some(bound) => {
                        let (tx, rx) = mpsc::sync_channel(bound);
                        (Box::new(move |n| tx.send(n).is_ok()), rx)
                    }
                };
                let feeder = std::thread::spawn(move || (0..300).all(send));
                let out = live
                    .run(pipeline! {
                        #![buffer(buffer)]
                        #[blocking]
                        source a = rx;
                        sink s = a.collect::<Vec<_>>();
                    })
                    .await;
                assert_eq!(out.unwrap(), (0..300).collect::<Vec<_>>());
                assert!(feeder.join().unwrap());
            }
        }
    });
}

/// Its sender lives on and says nothing: cancel, shutdown and the early end of the consumer end it all the same.
#[test]
fn a_quiet_receiver_is_ended() {
    both(|live| async move {
        for stop in ["cancel", "drop", "shutdown", "early end", "deadline"] {
            live.step(stop);
            let (tx, rx) = mpsc::channel();
            for n in 0..3u64 {
                tx.send(n).unwrap();
            }
            let (seen, take) = (Counter::default(), if stop == "early end" { 3 } else { usize::MAX });
            let seen_2 = seen.clone();
            let pipeline = pipeline! {
                #[blocking]
                source a = rx;
                sink s = a.inspect(|_| { seen_2.add(); }).take(take).collect::<Vec<_>>();
            };
            let pipeline = match stop {
                "deadline" => pipeline.deadline(Duration::from_millis(30)),
                _ => pipeline,
            };
            let running = pipeline.spawn();
            // The deadline may have come before them.
            while seen.get() < 3 && stop != "deadline" {
                tokio::task::yield_now().await;
            }
            match stop {
                "cancel" => running.cancel(),
                "shutdown" => running.shutdown(),
                "drop" => {
                    drop(running);
                    live.settled().await;
                    assert!(tx.send(9).is_err());
                    continue;
                }
                _ => {}
            }
            let outcome = live.wait(running).await;
            match stop {
                "cancel" => drop(is_cancelled(outcome.result)),
                "deadline" => drop(outcome.result.unwrap_err()),
                _ => assert_eq!(outcome.result.unwrap(), [0, 1, 2]),
            }
            assert!(tx.send(9).is_err(), "it is closed");
        }
    });
}

/// On shutdown what it holds is delivered, though the edge is full.
#[test]
fn shutdown_delivers_what_it_holds() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            let (tx, rx) = mpsc::channel();
            for n in 0..200u64 {
                tx.send(n).unwrap();
            }
            let (seen, gate) = (Counter::default(), Gate::default());
            let (seen_2, gate_2) = (seen.clone(), gate.clone());
            let running = pipeline! {
                #![buffer(buffer)]
                #[blocking]
                source a = rx;
                sink s = a.map(async |n| { seen_2.add(); gate_2.pass().await; n }).collect::<Vec<_>>();
            }
            .spawn();
            while seen.get() == 0 {
                tokio::task::yield_now().await;
            }
            running.shutdown();
            // It is closed as soon as what it holds has been taken out of it, while the consumer still stands.
            while tx.send(1000).is_ok() {
                tokio::time::sleep(Duration::from_millis(1)).await;
            }
            gate.open();
            let got = live.wait(running).await.result.unwrap();
            let (held, later) = got.split_at(200);
            assert_eq!(held, (0..200).collect::<Vec<_>>());
            assert!(later.iter().all(|n| *n == 1000));
        }
    });
}

/// Nor does a sender that is faster than anything can be taken out keep the run from its end.
#[test]
fn shutdown_ends_a_sender_that_never_pauses() {
    both(|live| async move {
        let (tx, rx) = mpsc::channel();
        let feeder = std::thread::spawn(move || while tx.send(()).is_ok() {});
        let running = pipeline! {
            #[blocking]
            source a = rx;
            sink s = a.count();
        }
        .spawn();
        while running.report().stage("s").unwrap().received == 0 {
            tokio::task::yield_now().await;
        }
        running.shutdown();
        assert!(live.wait(running).await.result.unwrap() > 0);
        feeder.join().unwrap();
    });
}

/// A cancel while the edge is full, and one while what is held is delivered.
#[test]
fn cancelled_at_a_full_edge() {
    both(|live| async move {
        for drained in [false, true] {
            let (tx, rx) = mpsc::channel();
            for n in 0..200u64 {
                tx.send(n).unwrap();
            }
            let (seen, guard) = (Counter::default(), live.guard());
            let seen_2 = seen.clone();
            let running = pipeline! {
                #[blocking, buffer(1)]
                source a = rx;
                sink s = a.for_each(async |_| { let _ = &guard; seen_2.add(); std::future::pending::<()>().await });
                s
            }
            .spawn();
            while seen.get() == 0 {
                tokio::task::yield_now().await;
            }
            if drained {
                running.shutdown();
                while tx.send(1000).is_ok() {
                    tokio::time::sleep(Duration::from_millis(1)).await;
                }
            }
            running.cancel();
            is_cancelled(live.wait(running).await.result);
        }
    });
}

/// Quiet receivers share one thread.
#[test]
fn quiet_receivers_do_not_use_up_the_threads() {
    for kind in [On::One, On::Two] {
        with_blocking_threads(kind, 1, |live| async move {
            let ((tx, rx), (_tx_2, rx_2)) = (mpsc::channel(), mpsc::channel::<u64>());
            let running = pipeline! {
                #[blocking]
                source a = rx;
                #[blocking]
                source b = rx_2;
                #[blocking]
                stage c = a.map(|n: u64| n + 1);
                sink s = merge(c, b).take(3).collect::<Vec<_>>();
            }
            .spawn();
            for n in 0..3 {
                tx.send(n).unwrap();
            }
            assert_eq!(live.wait(running).await.result.unwrap(), [1, 2, 3]);
        });
    }
}

/// An iterator over one under `#[blocking]`: as any iterator that blocks, it ends when it comes back.
#[test]
fn an_iterator_over_one() {
    both(|live| async move {
        let (tx, rx) = mpsc::channel();
        let running = pipeline! {
            #[blocking]
            source a = rx.into_iter().map(|n: u64| n * 2);
            sink s = a.collect::<Vec<_>>();
        }
        .spawn();
        for n in 0..3 {
            tx.send(n).unwrap();
        }
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap(), [0, 2, 4]);
    });
}

/// Streams over `broadcast` and `watch` are streams like any other: with their lag and their last value.
#[test]
fn broadcast_and_watch() {
    fn stream<T: Clone + Send + 'static>(
        rx: tokio::sync::broadcast::Receiver<T>,
    ) -> impl futures::Stream<Item = Result<T, tokio::sync::broadcast::error::RecvError>> + Send {
        futures::stream::unfold(rx, |mut rx| async {
            match rx.recv().await {
                Err(tokio::sync::broadcast::error::RecvError::Closed) => None,
                received => Some((received, rx)),
            }
        })
    }
    all(|live| async move {
        let (tx, rx) = tokio::sync::broadcast::channel(2);
        let (state, mut watch) = tokio::sync::watch::channel(7u64);
        for n in 0..5u64 {
            tx.send(n).unwrap();
        }
        drop(tx);
        let running = pipeline! {
            source a = stream(rx);
            sink s = a?.collect::<Vec<_>>();
        };
        let failure = live.run(running).await.unwrap_err();
        assert_eq!(failure.stage(), Some("s"));
        assert!(failure.to_string().contains("lagged"), "{failure}");

        let guard = live.guard();
        let running = pipeline! {
            source states = async |out| {
                let _guard = guard;
                loop {
                    let state = *watch.borrow_and_update();
                    out.send(state).await;
                    if watch.changed().await.is_err() { return }
                }
            };
            sink s = states.collect::<Vec<_>>();
        }
        .spawn();
        while running.report().stage("s").unwrap().received < 1 {
            tokio::task::yield_now().await;
        }
        state.send(8).unwrap();
        drop(state);
        assert_eq!(live.wait(running).await.result.unwrap(), [7, 8]);
    });
}
