//! Enriches orders by a service over HTTP that is slow, fails, refuses connections and is gone for a while, and stores them in SQLite.
//!
//! Shows what a stage can do about it, each an attribute: `timeout`, `retry` with a budget, `breaker`, `rate`, `limit`, and dead letters for
//! what is given up. `--chaos SEED` draws what goes wrong, and `--check` proves that nothing was lost:
//! `cargo run --release --example enrich -- --chaos 7 --check`.

mod args;
mod chaos;
mod check;
mod client;
mod job;
mod orders;
mod pipeline;
mod service;
mod store;

use std::time::Duration;

use args::Args;
use chaos::Chaos;
use clap::Parser;
use job::{Job, Patience};
use pipeline::ENRICH_GRAPH;
use pipeline_runtime::BoxError;
use tokio::signal::ctrl_c;

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let args = Args::parse();
    if args.graph {
        println!("{ENRICH_GRAPH}");
        return Ok(());
    }
    let scratch = tempfile::tempdir()?;
    let orders = match args.orders {
        Some(file) => file,
        None => {
            let drawn = scratch.path().join("orders.jsonl");
            orders::draw(&drawn, args.draw, args.chaos.unwrap_or(0))?;
            drawn
        }
    };
    let store = args.store.unwrap_or_else(|| scratch.path().join("orders.sqlite"));
    let chaos = args.chaos.map_or_else(Chaos::none, |seed| Chaos::drawn(seed, args.draw));

    let patience = Patience { back_off: Duration::from_millis(5), drain: Duration::from_secs(10) };
    let done = Job::new(&orders, &store, chaos).await?.run(patience, async { _ = ctrl_c().await }).await?;
    println!("{done}");
    if args.check {
        check::each_order_in_one_place(&done, &orders)?;
        check::service_left_in_peace(&done)?;
        check::stops_between_attempts(&orders, &scratch.path().join("stopped.sqlite")).await?;
        println!(
            "check: each order stored or a dead letter, the service left in peace while down, stopped between attempts"
        );
    }
    done.result?;
    Ok(())
}
