//! The peers in Go, if its toolchain is here.

use std::path::PathBuf;
use std::process::Command;

use crate::machine::{scratch, workspace};
use crate::needed::{Needed, printed};

/// The program in `benches/go`.
#[derive(Debug)]
pub(crate) struct Go {
    program: PathBuf,
}

impl Go {
    /// Builds it; none without `go`.
    pub(crate) fn build() -> Option<Self> {
        let found = Command::new("go").arg("version").output().is_ok_and(|done| done.status.success());
        found.then(|| {
            let program = scratch("go-peers");
            let sources = workspace().join("benches/go");
            printed(Command::new("go").current_dir(sources).args(["build", "-o"]).arg(&program).arg("."));
            Self { program }
        })
    }

    /// The figures of a job.
    ///
    /// # Panics
    ///
    /// When its sum is wrong.
    pub(crate) fn run(&self, job: &str, capacity: usize, items: u64, sum: u64) -> Vec<f64> {
        let text = printed(Command::new(&self.program).arg(job).args([capacity.to_string(), items.to_string()]));
        let mut words = text.split_whitespace();
        let found = words.next().and_then(|sum| sum.parse::<u64>().ok());
        assert_eq!(found, Some(sum), "Go's {job} gives a wrong result for {items} items");
        words.map(|figure| figure.parse().needed("a figure of Go")).collect()
    }
}
