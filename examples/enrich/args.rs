//! What the user asks for.

use std::path::PathBuf;

use clap::Parser;

/// Stores orders with what a service knows of their customers, whatever goes wrong at the service.
///
/// The service is served by this program, on a port of 127.0.0.1. An order is stored, or is a dead letter with the reason. Ctrl-C ends the job
/// in order: what is under way is finished, for ten seconds at most.
#[derive(Parser)]
#[command(name = "enrich")]
pub(crate) struct Args {
    /// The orders, one in each line, as JSON: {"id":1,"customer":7,"cents":1999} [default: drawn]
    #[arg(long, value_name = "FILE")]
    pub(crate) orders: Option<PathBuf>,

    /// How many orders to draw
    #[arg(long, value_name = "N", default_value_t = 400, value_parser = clap::value_parser!(u64).range(1..=1_000_000), conflicts_with = "orders")]
    pub(crate) draw: u64,

    /// The database to write [default: one that is removed at the end]
    #[arg(long, value_name = "FILE")]
    pub(crate) store: Option<PathBuf>,

    /// Draw what goes wrong: late answers, errors, connections that are refused, an outage
    #[arg(long, value_name = "SEED")]
    pub(crate) chaos: Option<u64>,

    /// Check that each order ended in exactly one place and that an open breaker kept the service in peace; then stop a second job in the
    /// middle of its retries
    #[arg(long)]
    pub(crate) check: bool,

    /// Print the drawing of the pipeline, and do nothing
    #[arg(long)]
    pub(crate) graph: bool,
}
