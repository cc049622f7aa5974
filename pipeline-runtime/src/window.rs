//! What the operator `window` gives.

use std::time::Duration;

use tokio::time::Instant;

/// The items of one window, folded into a value: what the operator `window` gives.
///
/// | written | a window is | `start`, `end` |
/// |---|---|---|
/// | `window(init, f, every = d)` | what comes within `d`; the next one begins when it ends | k and k + 1 times `d` after the run began |
/// | `window(init, f, every = d, last = l)` | every `d`, what has come within `l` | `end` is a multiple of `d` after the run began, `start` is `l` before it, but not before the run began |
/// | `window(init, f, count = n)` | `n` items | when its first and its last item came |
/// | `window(init, f, count = n, last = m)` | every `n` items, the last `m` | when its first and its last item came |
///
/// * **The value** begins as `init`; `f` is `|state, x|` with `state: &mut S` and gives `()`. With `last` several
///   windows are open at once and each item goes into all of them, so that `f` takes a clone of it, or is lent it
///   (`|state, ref x|`). A `?` in `f` fails the item, and leaves the state as `f` has left it.
/// * **Time** is tokio's, and that of an item is when it comes to the operator: no item is late. One that comes at the
///   very instant at which a window ends belongs to the next. A window goes out when its time is over, also if no
///   further item comes, and before whatever comes after it.
/// * **A window without items** does not go out.
/// * **At the end of the input**, and on a graceful shutdown, what is in open windows goes out at once, with the `end`
///   that was planned. With `last` these may be several, each with fewer items than the one before it.
/// * **Under `keyed`** each key has windows of its own, and `key` says which. By time they are the same for all keys.
/// * **In the account** an item that is in several windows meets its fate with the first that goes out. On cancel, the
///   items of which no window has gone out are discarded.
///
/// ```
/// use pipeline_runtime::{Window, pipeline};
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() -> Result<(), pipeline_runtime::Failure<pipeline_runtime::BoxError>> {
/// let (tx, rx) = tokio::sync::mpsc::channel(8);
/// let load = pipeline! {
///     source requests = rx;
///     #[keyed(|host| *host)]
///     stage counts: Window<u64, &str> = requests.window(0, |count, _| *count += 1, every = 1s);
///     sink busy = counts.map(|window| (window.key, window.value, window.length())).collect::<Vec<_>>();
/// };
/// let feed = async move {
///     for host in ["a", "b", "a"] {
///         let _ = tx.send(host).await;
///     }
///     tokio::time::sleep(std::time::Duration::from_secs(3)).await;
///     let _ = tx.send("b").await;
/// };
/// let (busy, ()) = tokio::join!(load.run(), feed);
/// let second = std::time::Duration::from_secs(1);
/// assert_eq!(busy?, [("a", 2, second), ("b", 1, second), ("b", 1, second)]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Window<S, K = ()> {
    /// When it began.
    pub start: Instant,
    /// When it ended, or was to end: by time it is not part of the window.
    pub end: Instant,
    /// The key whose items it holds; `()` without `keyed`.
    pub key: K,
    /// What the items were folded into.
    pub value: S,
}

impl<S, K> Window<S, K> {
    /// The time from its start to its end.
    pub fn length(&self) -> Duration {
        self.end.duration_since(self.start)
    }
}
