//! What ends a program that runs for long: `shutdown_on` whatever resolves.

use std::time::Duration;

use pipeline_runtime::{Cause, Pipeline, pipeline};
use tokio_util::sync::CancellationToken;

use crate::support::*;

fn endless(live: &Live) -> Pipeline<u64> {
    let guard = live.guard();
    pipeline! {
        source ticks = { let guard = guard; std::iter::repeat_with(move || { let _ = &guard; }) };
        sink   n = ticks.count();
    }
}

/// An error is a signal too: nobody is left who could give one.
#[test]
fn whatever_it_resolves_to() {
    all(|live| async move {
        live.run(endless(&live).shutdown_on(async { 7 })).await.unwrap();
        live.run(endless(&live).shutdown_on(async { Err::<(), _>(std::io::Error::other("no handler")) }))
            .await
            .unwrap();

        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let running = endless(&live).shutdown_on(stopped).spawn();
        drop(stop);
        live.wait(running).await.result.unwrap();

        let task = tokio::spawn(async { "done" });
        live.run(endless(&live).shutdown_on(task)).await.unwrap();
    });
}

/// The future of a signal is user code: where it panics the run does not go on without anybody who could stop it.
#[test]
fn a_signal_that_panics() {
    all(|live| async move {
        let signal = || async {
            tokio::task::yield_now().await;
            panic!("no such signal")
        };
        let failure = live.run(endless(&live).shutdown_on(signal())).await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Panic(message) if message == "no such signal"), "{failure}");
        assert_eq!(failure.stage(), None);

        let failure = endless(&live).shutdown_on(signal()).run().await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Panic(_)), "{failure}");
    });
}

/// With a token that was cancelled before, nothing starts.
#[test]
fn cancelled_before_the_start() {
    all(|live| async move {
        let (token, ran) = (CancellationToken::new(), Counter::default());
        token.cancel();
        let ran_2 = ran.clone();
        let pipeline = pipeline! {
            #[blocking]
            source a = { ran_2.add(); 0..3u64 };
            sink n = a.count();
        };
        is_cancelled(live.run(pipeline.cancel_on(CancellationToken::new()).cancel_on(token)).await);
        assert_eq!(ran.get(), 0);
    });
}

/// Ctrl-C, as it is passed by everybody.
#[cfg(unix)]
#[test]
fn ctrl_c() {
    use tokio::signal::unix::{SignalKind, signal};
    both(|live| async move {
        // From now on the signal does not end the process, whoever listens.
        let mut listening = signal(SignalKind::interrupt()).unwrap();
        let running = endless(&live).shutdown_on(tokio::signal::ctrl_c()).spawn();
        let mut wait = std::pin::pin!(live.wait(running));
        let outcome = loop {
            let interrupt = format!("kill -INT {}", std::process::id());
            assert!(tokio::process::Command::new("sh").args(["-c", &interrupt]).status().await.unwrap().success());
            listening.recv().await.unwrap();
            // The run may not have listened yet.
            if let Ok(outcome) = tokio::time::timeout(Duration::from_millis(100), &mut wait).await {
                break outcome;
            }
        };
        outcome.result.unwrap();
    });
}
