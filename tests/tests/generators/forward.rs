//! The other end: `forward` into channels and sinks that stand still, go away or fail.

use std::pin::Pin;
use std::task::{Context, Poll};

use pipeline_runtime::{Cause, pipeline};
use tokio::sync::mpsc;

use super::support::*;

/// A sink that takes `room` items and then waits for ever, or fails.
struct Few {
    room: usize,
    fails: bool,
    _guard: Guard,
}

impl futures::Sink<u64> for Few {
    type Error = Wrong;

    fn poll_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Wrong>> {
        match (self.room, self.fails) {
            (0, true) => Poll::Ready(Err(Wrong::At(0))),
            (0, false) => Poll::Pending,
            _ => Poll::Ready(Ok(())),
        }
    }

    fn start_send(mut self: Pin<&mut Self>, _: u64) -> Result<(), Wrong> {
        self.room -= 1;
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Wrong>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Wrong>> {
        Poll::Ready(Ok(()))
    }
}

/// A cancel while what is forwarded to is full, for a channel and a sink.
#[test]
fn cancelled_while_the_target_is_full() {
    both(|live| async move {
        for buffer in [0usize, 1, 64] {
            let (tx, rx) = mpsc::channel(2);
            let guard = live.guard();
            let running = pipeline! {
                #![buffer(buffer)]
                source a = async |out| { let _guard = guard; for n in 0u64.. { out.send(n).await; } };
                sink s = a.forward(tx);
                s
            }
            .spawn();
            while rx.len() < 2 {
                tokio::task::yield_now().await;
            }
            running.cancel();
            is_cancelled(live.wait(running).await.result);
            assert!(rx.is_closed(), "the sender is gone");

            let sink = Few { room: 2, fails: false, _guard: live.guard() };
            let (guard, up) = (live.guard(), Counter::default());
            let up_2 = up.clone();
            let running = pipeline! {
                #![error(Wrong)]
                #![buffer(buffer)]
                source a = async |out| { let _guard = guard; for n in 0u64.. { up_2.add(); out.send(n).await; } };
                sink s = a.forward(sink);
                s
            }
            .spawn();
            while up.get() < 3 {
                tokio::task::yield_now().await;
            }
            running.cancel();
            is_cancelled(live.wait(running).await.result);
        }
    });
}

/// The error of a sink is the run's, and ends an endless generator.
#[test]
fn the_error_of_a_sink() {
    both(|live| async move {
        for blocking in [true, false] {
            let sink = Few { room: 3, fails: true, _guard: live.guard() };
            let guard = live.guard();
            let failure = if blocking {
                live.run(pipeline! {
                    #![error(Wrong)]
                    #[blocking]
                    source a = |out| { let _guard = guard; while out.send(1u64) {} };
                    sink s = a.forward(sink);
                    s
                })
                .await
            } else {
                live.run(pipeline! {
                    #![error(Wrong)]
                    source a = async |out| { let _guard = guard; loop { out.send(1u64).await; } };
                    sink s = a.forward(sink);
                    s
                })
                .await
            };
            let failure = failure.unwrap_err();
            assert_eq!(failure.stage(), Some("s"));
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(0))), "{failure}");
        }
    });
}

/// A receiver that goes is an early end, also of generators that are quiet or stand at a full edge.
#[test]
fn a_receiver_that_goes() {
    both(|live| async move {
        for quiet in [true, false] {
            let ((tx, rx), (tx_2, rx_2)) = (mpsc::channel(1), mpsc::unbounded_channel());
            let (guard, guard_2) = (live.guard(), live.guard());
            let running = pipeline! {
                #![buffer(1)]
                source a = async |out| {
                    let _guard = guard;
                    loop {
                        out.send(1u64).await;
                        if quiet { std::future::pending::<()>().await; }
                    }
                };
                source b = async |out| {
                    let _guard = guard_2;
                    loop {
                        out.send(1u64).await;
                        if quiet { std::future::pending::<()>().await; }
                    }
                };
                sink s = a.forward(tx);
                sink t = b.forward(tx_2);
                { let _ = (s, t); }
            }
            .spawn();
            while rx.is_empty() || rx_2.is_empty() {
                tokio::task::yield_now().await;
            }
            drop((rx, rx_2));
            live.wait(running).await.result.unwrap();
        }
    });
}
