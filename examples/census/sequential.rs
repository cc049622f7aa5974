//! The census as a plain loop: one file after the other. What `--check` holds the pipeline to.

use std::path::PathBuf;

use super::{files::SourceFile, files::find_sources, reject::Reject, totals::Census, totals::Counted, totals::Totals};

/// Counts what is in the source below `roots`.
pub(crate) fn census(roots: Vec<PathBuf>) -> Census {
    let mut totals = Totals::default();
    let mut rejects = Vec::new();
    for file in find_sources(roots) {
        match file.and_then(count) {
            Ok(counted) => totals = totals.with(counted),
            Err(reject) => rejects.push(reject),
        }
    }
    Census::new(totals, rejects)
}

fn count(file: SourceFile) -> Result<Counted, Reject> {
    file.read()?.count()
}
