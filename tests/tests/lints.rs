//! `#![deny(…)]`, `#![warn(…)]`, `#![allow(…)]` in pipelines that run. A warning is silenced where `deprecated` is
//! allowed, and is the only one.

#![deny(warnings)]
#![deny(missing_docs, unreachable_pub, unused_qualifications, rust_2018_idioms, clippy::pedantic)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

use std::{convert::Infallible, thread, time::Duration};

use pipeline_runtime::{BoxError, Flow, Pipeline, pipeline};

const LINES: [&str; 4] = ["1", "x", "2", "3"];

/// Everything that a lint finds, under `allow`: nothing is to be silenced.
#[tokio::test]
async fn an_allowed_pipeline_runs() {
    let sum = pipeline! {
        #![deny(skipped_errors, lossy_branch, unordered_output, missing_timeout, large_buffer, blocking_in_async)]
        #![allow(missing_timeout, skipped_errors, lossy_branch, unordered_output)]
        #![allow(large_buffer, missing_drain, blocking_in_async, reason = "a later level wins")]
        source lines = LINES;
        #[on_error(skip), workers(2), unordered, buffer(100_000)]
        stage numbers = lines.map(|line| line.parse::<u64>()?);
        stage slow = numbers.map(async |n| { thread::sleep(Duration::from_millis(1)); n });
        stage (all, #[lossy(drop_oldest)] some) = slow.tee();
        sink sum = all.fold(0, |sum, n| sum + n);
        sink seen = some.count();
        { assert!(seen <= 3); sum }
    };
    assert_eq!(sum.run().await.unwrap(), 6);
}

#[tokio::test]
async fn a_pipeline_with_every_warning_runs() {
    #[allow(deprecated)]
    let sum = pipeline! {
        #![warn(missing_timeout, skipped_errors, lossy_branch, unordered_output)]
        #![warn(large_buffer, missing_drain, blocking_in_async)]
        source lines = LINES;
        #[on_error(skip), workers(2), unordered, buffer(100_000)]
        stage numbers = lines.map(|line| line.parse::<u64>()?);
        #[on_error(skip)]
        stage slow = numbers.map(async |n| { thread::sleep(Duration::from_millis(1)); check(n).await? });
        stage (all, #[lossy(drop_oldest)] some) = slow.tee();
        sink sum = all.fold(0, |sum, n| sum + n);
        sink seen = some.count();
        { assert!(seen <= 3); sum }
    };
    assert_eq!(sum.run().await.unwrap(), 6);
}

async fn check(n: u64) -> Result<u64, BoxError> {
    tokio::task::yield_now().await;
    Ok(n)
}

pipeline! {
    /// Silenced on the statement alone.
    fn numbers<T: AsRef<str> + Send + 'static>(lines: Vec<T>) -> Pipeline<u64> {
        #![warn(skipped_errors, unordered_output)]
        source lines = lines;
        /// With a comment.
        #[allow(deprecated)]
        #[on_error(skip), workers(2), unordered]
        stage numbers = lines.map(|line| line.as_ref().parse::<u64>()?);
        sink sum = numbers.fold(0, |sum, n| sum + n);
    }
}

pipeline! {
    /// Silenced on the function.
    #[allow(deprecated)]
    fn doubled() -> Flow<u64, u64, Infallible> {
        #![warn(missing_drain, unordered_output)]
        source numbers = input;
        #[workers(2), unordered]
        sink doubled = numbers.map(|n| 2 * n).output();
    }
}

#[tokio::test]
async fn a_function_with_warnings_runs() {
    assert_eq!(numbers(LINES.to_vec()).run().await.unwrap(), 6);
}

#[tokio::test]
async fn a_fragment_with_warnings_runs() {
    let (mut items, _) = doubled().check([1, 2, 3]).await;
    items.sort_unstable();
    assert_eq!(items, [2, 4, 6]);
}

/// A promise that is kept changes nothing.
#[tokio::test]
async fn a_pipeline_that_keeps_its_promises_runs() {
    let count = pipeline! {
        #![deny(missing_timeout, skipped_errors, lossy_branch, unordered_output)]
        #![deny(large_buffer, missing_drain, blocking_in_async)]
        #![drain(1s)]
        source lines = LINES;
        #[blocking]
        stage numbers = lines.map(|line| { thread::sleep(Duration::from_millis(1)); line.parse::<u64>()? }) else bad;
        sink good = numbers.count();
        sink rejected = bad.count();
        (good, rejected)
    };
    assert_eq!(count.run().await.unwrap(), (3, 1));
}
