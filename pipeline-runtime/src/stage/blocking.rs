//! Stages whose bodies may block: the stage's future is polled on blocking threads.
//!
//! A thread is held only while the future runs. When it waits for an edge the thread goes back to the pool, so that no
//! number of blocking stages can use up the pool and stop one another. A generator that blocks is no future: it holds
//! its thread from its beginning to its end.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicBool, Ordering::*};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

use futures_util::future::BoxFuture;
use futures_util::task::AtomicWaker;
use tokio::task::spawn_blocking;

/// Remembers that the future was woken, and wakes the task that watches it.
#[derive(Default)]
struct Alarm {
    rung: AtomicBool,
    watcher: AtomicWaker,
}

impl Wake for Alarm {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.rung.store(true, Release);
        self.watcher.wake();
    }
}

impl Alarm {
    async fn wait(&self) {
        std::future::poll_fn(|cx| {
            self.watcher.register(cx.waker());
            if self.rung.swap(false, AcqRel) { Poll::Ready(()) } else { Poll::Pending }
        })
        .await;
    }
}

/// Runs `future` on blocking threads. Once `stop` has resolved, the body that runs is waited for and the future dropped
/// (`None`). A panic goes on in the caller.
pub async fn on_blocking_threads<T: Send + 'static>(
    mut future: BoxFuture<'static, T>,
    stop: impl Future<Output = ()>,
) -> Option<T> {
    let alarm = Arc::new(Alarm::default());
    let mut stop = std::pin::pin!(stop);
    loop {
        let waker = Waker::from(alarm.clone());
        let polled = spawn_blocking(move || {
            let poll = catch_unwind(AssertUnwindSafe(|| future.as_mut().poll(&mut Context::from_waker(&waker))));
            (future, poll)
        });
        match polled.await {
            Ok((_, Ok(Poll::Ready(output)))) => return Some(output),
            Ok((back, Ok(Poll::Pending))) => future = back,
            Ok((_, Err(panic))) => resume_unwind(panic),
            // The runtime is shutting down and has not run it.
            Err(_) => return None,
        }
        tokio::select! {
            biased;
            () = &mut stop => return None,
            () = alarm.wait() => {}
        }
    }
}

/// Runs `body` on one blocking thread to its end. Once `stop` has resolved, a body that has begun is waited for, and one
/// that has not is dropped (`None`), though no thread be free. A panic goes on in the caller.
pub async fn on_one_thread<T: Send + 'static>(
    body: impl FnOnce() -> T + Send + 'static,
    stop: impl Future<Output = ()>,
) -> Option<T> {
    let waiting = Arc::new(Mutex::new(Some(body)));
    let take = |waiting: &Mutex<Option<_>>| waiting.lock().unwrap_or_else(PoisonError::into_inner).take();
    let taken = waiting.clone();
    let mut thread = spawn_blocking(move || take(&taken).map(|body| body()));
    let ended = tokio::select! {
        biased;
        () = stop => match take(&waiting) {
            Some(_not_begun) => return None,
            None => thread.await,
        },
        ended = &mut thread => ended,
    };
    match ended {
        Ok(output) => output,
        Err(error) if error.is_panic() => resume_unwind(error.into_panic()),
        Err(_) => None,
    }
}
