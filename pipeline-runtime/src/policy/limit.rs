//! A limit on how many bodies run at once, over all that share a semaphore.

use std::fmt;
use std::sync::Arc;

use tokio::sync::{Semaphore, SemaphorePermit};

/// Runs bodies while it holds a permit of a semaphore of tokio's, each for its body alone.
///
/// ```
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// use std::sync::Arc;
/// use pipeline_runtime::Limit;
/// use tokio::sync::Semaphore;
///
/// let connections = Arc::new(Semaphore::new(1));
/// let limit = Limit::new(&connections);
/// let free_meanwhile = limit.run(async || connections.available_permits()).await?;
/// assert_eq!((free_meanwhile, connections.available_permits()), (0, 1));
/// # Ok::<(), pipeline_runtime::LimitClosed>(())
/// # }).unwrap();
/// ```
///
/// In a [pipeline](crate::pipeline!#around-a-body) stages share it, or the semaphore itself: `#[limit(&connections)]`.
#[derive(Clone, Debug)]
pub struct Limit {
    semaphore: Arc<Semaphore>,
}

impl Limit {
    /// A limit that is shared with all that use the semaphore.
    pub fn new(semaphore: &Arc<Semaphore>) -> Self {
        Self { semaphore: Arc::clone(semaphore) }
    }

    /// Waits for a permit, and gives it back when it is dropped. Those that wait get theirs in the order in which they came.
    ///
    /// # Errors
    ///
    /// The semaphore is closed, or is closed meanwhile.
    ///
    /// # Cancel safety
    ///
    /// Dropped while it waits, it gives up its place in the line, and nothing else.
    #[inline]
    pub async fn acquire(&self) -> Result<SemaphorePermit<'_>, LimitClosed> {
        // Cheaper where nobody waits; tokio keeps what is released for those that do.
        match self.semaphore.try_acquire() {
            Ok(permit) => Ok(permit),
            Err(_) => self.semaphore.acquire().await.map_err(|_| LimitClosed),
        }
    }

    /// A permit, if there is one and nobody waits.
    #[inline]
    pub(super) fn try_acquire(&self) -> Option<SemaphorePermit<'_>> {
        self.semaphore.try_acquire().ok()
    }

    /// Whether there are further permits, and so nobody waits for one: those that do get whatever is there.
    #[inline]
    pub(super) fn has_more(&self) -> bool {
        self.semaphore.available_permits() > 0 && !self.semaphore.is_closed()
    }

    /// Waits for a permit, then makes and runs the body. The permit goes back when the body has ended, or panicked, or is dropped.
    ///
    /// # Errors
    ///
    /// The semaphore is closed, or is closed while this waits; the body has not been made.
    ///
    /// # Cancel safety
    ///
    /// As the body's, once it runs; [`acquire`](Self::acquire)'s before.
    pub async fn run<T>(&self, body: impl AsyncFnOnce() -> T) -> Result<T, LimitClosed> {
        let _permit = self.acquire().await?;
        Ok(body().await)
    }
}

/// The semaphore of a `limit` was closed: no further body will run under it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LimitClosed;

impl fmt::Display for LimitClosed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the semaphore of `limit` is closed")
    }
}

impl std::error::Error for LimitClosed {}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering::*};
    use std::time::Duration;

    use tokio::sync::Semaphore;
    use tokio::task::{JoinSet, yield_now};
    use tokio::time::{Instant, sleep, timeout};

    use super::{Limit, LimitClosed};

    fn ms(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }

    #[tokio::test(start_paused = true)]
    async fn bodies_that_share_a_semaphore_run_at_once_up_to_its_permits_and_in_their_order() {
        let connections = Arc::new(Semaphore::new(2));
        let (one_stage, other_stage) = (Limit::new(&connections), Limit::new(&connections));
        let start = Instant::now();
        let ended = RefCell::new(Vec::new());
        let item = async |limit: &Limit, number: u32| {
            limit.run(async || sleep(ms(10)).await).await.unwrap();
            ended.borrow_mut().push((start.elapsed(), number));
        };
        tokio::join!(item(&one_stage, 0), item(&other_stage, 1), item(&one_stage, 2), item(&other_stage, 3));
        // which of two that end at the same time is told first is `join`'s affair
        ended.borrow_mut().sort();
        assert_eq!(*ended.borrow(), [(ms(10), 0), (ms(10), 1), (ms(20), 2), (ms(20), 3)]);
        assert_eq!(connections.available_permits(), 2);
    }

    #[tokio::test(start_paused = true)]
    async fn no_permit_is_lost_when_a_wait_or_a_body_is_given_up() {
        let semaphore = Arc::new(Semaphore::new(1));
        let limit = Limit::new(&semaphore);
        for (body_ends_after, given_up_after) in [(10, 5), (10, 10), (10, 15), (20, 15)] {
            let first = timeout(ms(given_up_after), limit.run(async || sleep(ms(body_ends_after)).await));
            let second = timeout(ms(given_up_after), limit.run(async || sleep(ms(body_ends_after)).await));
            let _ = tokio::join!(first, second);
            assert_eq!(semaphore.available_permits(), 1);
        }
    }

    #[tokio::test]
    async fn no_permit_is_lost_when_a_body_panics() {
        let semaphore = Arc::new(Semaphore::new(1));
        let limit = Limit::new(&semaphore);
        let body = async move { limit.run(async || panic!("of the body")).await };
        assert!(tokio::spawn(body).await.unwrap_err().is_panic());
        assert_eq!(semaphore.available_permits(), 1);
    }

    #[tokio::test]
    async fn under_a_semaphore_that_is_closed_no_body_runs() {
        let semaphore = Arc::new(Semaphore::new(1));
        let limit = Limit::new(&semaphore);
        let held = limit.acquire().await.unwrap();
        let waits = limit.run(async || panic!("must not run"));
        let closes = async { semaphore.close() };
        assert_eq!(tokio::join!(waits, closes).0, Err::<(), _>(LimitClosed));
        drop(held);
        assert_eq!(limit.run(async || ()).await, Err(LimitClosed));
        assert_eq!(LimitClosed.to_string(), "the semaphore of `limit` is closed");
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn never_more_bodies_than_permits_on_many_threads() {
        static AT_ONCE: AtomicUsize = AtomicUsize::new(0);
        let semaphore = Arc::new(Semaphore::new(2));
        let mut tasks = JoinSet::new();
        for _ in 0..8 {
            let limit = Limit::new(&semaphore);
            tasks.spawn(async move {
                for _ in 0..500 {
                    let body = async || {
                        assert!(AT_ONCE.fetch_add(1, AcqRel) < 2);
                        yield_now().await;
                        AT_ONCE.fetch_sub(1, AcqRel);
                    };
                    limit.run(body).await.unwrap();
                }
            });
        }
        tasks.join_all().await;
        assert_eq!(semaphore.available_permits(), 2);
    }
}
