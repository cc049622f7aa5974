//! What the command line asks for.

use std::path::PathBuf;

use clap::Parser;

/// Pipelines beside what else does the same job: medians and ratios.
#[derive(Parser, Clone, Debug)]
pub struct Options {
    /// Runs only the tables and cases whose `table/case` contains one of these.
    pub filters: Vec<String>,

    /// Fewer items and rounds: all of it in two minutes.
    #[arg(long)]
    pub quick: bool,

    /// How often each case runs.
    #[arg(long, default_value_t = 7)]
    pub rounds: usize,

    /// Where the figures go as JSON.
    #[arg(long, default_value = "../target/benches.json")]
    pub json: PathBuf,

    /// Where the tables go, if anywhere, as a page of the docs.
    #[arg(long)]
    pub markdown: Option<PathBuf>,

    /// Where the plot of the capacities goes, if they are measured.
    #[arg(long, default_value = "../target/capacities.svg")]
    pub plot: PathBuf,

    /// Runs one job alone, for a table that wants a process of its own for it, and prints its figures.
    #[arg(long, hide = true)]
    pub probe: Option<String>,

    /// Given by `cargo bench`.
    #[arg(long, hide = true)]
    bench: bool,
}

impl Options {
    /// Whether a table is asked for, or one of its cases.
    pub(crate) fn wants(&self, table: &str, case: &str) -> bool {
        let name = format!("{table}/{case}");
        self.filters.is_empty() || self.filters.iter().any(|filter| name.contains(filter.as_str()))
    }

    pub(crate) fn rounds(&self) -> usize {
        if self.quick { self.rounds.min(3) } else { self.rounds }.max(1)
    }

    /// `n` items, or fewer where it has to be quick.
    pub(crate) fn items(&self, n: u64) -> u64 {
        if self.quick { (n / 8).max(1) } else { n }
    }
}
