//! What people write by hand: a task for each stage, a channel of 64 items between them, `select!` around each wait.

use tokio::sync::mpsc;
use tokio_util::sync::CancellationToken;

/// The usual capacity.
pub(crate) const CAPACITY: usize = 64;

/// What the wait gives, or none if the token is cancelled before.
macro_rules! until_cancelled {
    ($token:expr, $wait:expr) => {
        tokio::select! {
            biased;
            () = $token.cancelled() => None,
            done = $wait => Some(done),
        }
    };
}
pub(crate) use until_cancelled;

/// A source.
pub(crate) fn source<T: Send + 'static>(
    token: &CancellationToken,
    items: impl Iterator<Item = T> + Send + 'static,
) -> mpsc::Receiver<T> {
    let (tx, rx) = mpsc::channel(CAPACITY);
    let token = token.clone();
    tokio::spawn(async move {
        for item in items {
            let Some(Ok(_)) = until_cancelled!(token, tx.send(item)) else { break };
        }
    });
    rx
}

/// A stage that passes on what `f` gives.
pub(crate) fn stage<T: Send + 'static, U: Send + 'static>(
    token: &CancellationToken,
    mut input: mpsc::Receiver<T>,
    mut f: impl FnMut(T) -> Option<U> + Send + 'static,
) -> mpsc::Receiver<U> {
    let (tx, rx) = mpsc::channel(CAPACITY);
    let token = token.clone();
    tokio::spawn(async move {
        while let Some(Some(item)) = until_cancelled!(token, input.recv()) {
            let Some(item) = f(item) else { continue };
            let Some(Ok(_)) = until_cancelled!(token, tx.send(item)) else { break };
        }
    });
    rx
}

/// A sink.
pub(crate) async fn fold<T: Send + 'static, S: Send + 'static>(
    token: &CancellationToken,
    mut input: mpsc::Receiver<T>,
    init: S,
    mut f: impl FnMut(S, T) -> S + Send + 'static,
) -> S {
    let token = token.clone();
    let sink = tokio::spawn(async move {
        let mut sum = init;
        while let Some(Some(item)) = until_cancelled!(token, input.recv()) {
            sum = f(sum, item);
        }
        sum
    });
    crate::runtime::joined(sink).await
}
