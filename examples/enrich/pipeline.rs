//! The job: read orders, ask the service for their customers, store what comes of it.

use std::{path::PathBuf, sync::Arc};

use pipeline_runtime::{BoxError, Breaker, Failed, Pipeline, Rejected, Verdict, pipeline};
use serde::Serialize;
use tokio::sync::Semaphore;

use crate::{
    client::{Client, Trouble},
    job::Patience,
    orders::{self, Order},
    store::{Enriched, Letter, Store},
};

/// How many orders are asked about at once.
pub(crate) const IN_FLIGHT: usize = 16;

pipeline! {
    /// Stores the orders of a file with their customers, and those for which there is none as dead letters: how many of each?
    pub(crate) fn enrich(
        orders: PathBuf,
        client: Client,
        connections: Arc<Semaphore>,
        breaker: Breaker,
        mut store: Store,
        mut graveyard: Store,
        patience: Patience,
    ) -> Pipeline<(u64, u64)> {
        #![drain(patience.drain)]
        #![retry_budget(ratio = 0.5, floor = 50, per = 1s)]

        #[blocking]
        source lines = orders::lines(&orders)?;

        stage read = lines?.map(|ref line| Order::parse(line)?) else unread;

        #[in_flight(IN_FLIGHT)]
        #[rate(2_000, per = 1s)]
        #[limit(&connections)]
        #[breaker(&breaker, classify = |result| verdict(result.as_ref().err()))]
        #[retry(attempts = 4, backoff = patience.back_off..patience.back_off * 16, when = |failed| is_down(failed))]
        #[timeout(60ms)]
        stage enriched = read.map(async |ref order: Order| {
            Enriched { customer: client.customer(order).await?, order: order.clone() }
        }) else refused;

        stage bundles = enriched.batch(64, 20ms);

        #[blocking]
        sink stored = bundles.fold(0, |sum, orders| {
            store.store(&orders)?;
            sum + orders.len() as u64
        });

        stage bad_lines = unread.map(|letter| Letter::of(&letter, |line| line.number)?);
        stage bad_orders = refused.map(|letter| Letter::of(&letter, |order| order.line)?);
        stage letters = merge(bad_lines, bad_orders).batch(16, 20ms);

        #[blocking]
        sink dead = letters.fold(0, |sum, letters| {
            graveyard.bury(&letters)?;
            sum + letters.len() as u64
        });

        (stored, dead)
    }
}

/// Whether the service is not well: then it may go better the next time.
fn is_down(failed: &Failed) -> bool {
    match failed {
        Failed::Error(error) => error.downcast_ref().is_some_and(|trouble| !Trouble::is_an_answer(trouble)),
        _ => true,
    }
}

/// What the breaker is to think of a request that came to this.
fn verdict(failed: Option<&Failed>) -> Verdict {
    if failed.is_some_and(is_down) { Verdict::Failure } else { Verdict::Success }
}

impl Letter {
    /// The letter of an item that was rejected. A file that cannot be read any further has no item: that ends the job.
    fn of<T: Serialize, E>(rejected: &Rejected<T, E>, line: impl FnOnce(&T) -> u64) -> Result<Self, BoxError> {
        let reason = rejected.chain().map(ToString::to_string).collect::<Vec<_>>().join(": ");
        match rejected.item() {
            Some(item) => Ok(Self { line: line(item), reason, text: serde_json::to_string(rejected)? }),
            None => Err(reason.into()),
        }
    }
}
