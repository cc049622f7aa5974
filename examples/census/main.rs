//! What is in the source of every crate that cargo has downloaded to this machine?
//!
//! Walks the directories, reads each file (blocking) and parses it with syn on all cores. Shows a blocking source and stage, workers
//! that need no order, failures that become a stream instead of an end (`else`), `merge`, two sinks and a tail, back-pressure that bounds the
//! memory, and a graceful end on Ctrl-C. `--check` counts again in a plain loop and compares. The pipeline itself is in `pipeline.rs`.
//!
//! `cargo run --release --example census -- --help`

mod args;
mod check;
mod count;
mod files;
mod interrupt;
mod json;
mod parse;
mod pipeline;
mod progress;
mod reject;
mod sequential;
mod table;
mod totals;

use std::{
    error::Error,
    io::Write,
    process::ExitCode,
    time::{Duration, Instant},
};

use args::{Args, Ask};
use interrupt::Interrupt;
use pipeline_examples::print;
use tokio::{runtime, task::spawn_blocking};
use totals::Census;

/// The stack of every thread that parses, for the pipeline and for the loop that checks it, so that both can parse the same files:
/// syn recurses, and tokio's 2 MiB would not do for what `parse` lets through. Only what is touched becomes memory.
const STACK: usize = 128 << 20;

/// The exit code of a program that was interrupted.
const INTERRUPTED: u8 = 130;

fn main() -> ExitCode {
    let done = match Ask::from_env() {
        Ok(Ask::Count(args)) => count(args),
        Ok(Ask::Show(text)) => print(&text).map(|()| ExitCode::SUCCESS).map_err(Into::into),
        Err(fault) => {
            complain(&fault);
            return ExitCode::from(2);
        }
    };
    done.unwrap_or_else(|error| {
        complain(&error.to_string());
        ExitCode::FAILURE
    })
}

/// Says on stderr why the program ends.
fn complain(fault: &str) {
    let _ = writeln!(std::io::stderr(), "census: {fault}");
}

/// Runs the whole job on a runtime of its own.
fn count(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let runtime = runtime::Builder::new_multi_thread().enable_all().thread_stack_size(STACK).build()?;
    let done = runtime.block_on(run(args));
    runtime.shutdown_background();
    done
}

/// Counts, prints, and checks if asked to.
async fn run(args: Args) -> Result<ExitCode, Box<dyn Error>> {
    let interrupt = Interrupt::default();
    let progress = progress::bar();

    let began = Instant::now();
    let outcome = pipeline::census(args.roots.clone(), args.workers, progress.clone())
        .shutdown_on(interrupt.first())
        .spawn()
        .wait()
        .await;
    let took = began.elapsed();
    progress.finish_and_clear();

    let interrupted = interrupt.is_set();
    if let Ok(census) = &outcome.result {
        print(&match args.json {
            true => json::render(&args.roots, census, interrupted)?,
            false => table::render(&args.roots, census, args.top),
        })?;
    }
    if args.report || interrupted || outcome.result.is_err() {
        args.note(&format!("{}\n", outcome.report))?;
    }
    let census = outcome.result?;

    if interrupted {
        complain("interrupted, so not everything was counted");
        Ok(ExitCode::from(INTERRUPTED))
    } else if args.check {
        check(args, census, took).await
    } else {
        Ok(ExitCode::SUCCESS)
    }
}

/// Counts again, one file after the other, on a thread like those of the pipeline. Any difference is a failure.
async fn check(args: Args, census: Census, took: Duration) -> Result<ExitCode, Box<dyn Error>> {
    let roots = args.roots.clone();
    let began = Instant::now();
    let expected = spawn_blocking(|| sequential::census(roots)).await?;
    let alone = began.elapsed();

    let differences = check::differences(&census, &expected);
    args.note(&check::render(&census, &differences, args.workers, took, alone))?;
    Ok(match differences.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
