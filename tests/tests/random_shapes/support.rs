//! What the generated pipelines call.

use std::fmt;
use std::time::Duration;

use pipeline_runtime::{Input, Output, Rejected};

pub fn sum((left, right): (u64, u64)) -> u64 {
    left.wrapping_add(right)
}

pub fn first(group: Vec<u64>) -> u64 {
    group[0]
}

pub fn odd(n: u64) -> Result<u64, fmt::Error> {
    if n % 2 == 1 { Ok(n) } else { Err(fmt::Error) }
}

pub fn item(rejected: Rejected<u64>) -> u64 {
    match rejected {
        Rejected::Item { item, .. } => item,
        _ => 0,
    }
}

/// Some items take longer than others.
pub async fn later(n: u64) -> u64 {
    if n.is_multiple_of(7) {
        tokio::time::sleep(Duration::from_millis(n % 3)).await;
    }
    n
}

pub async fn pass(mut input: Input<u64>, mut output: Output<u64>) {
    while let Some(n) = input.next().await {
        output.send(n).await;
    }
}
