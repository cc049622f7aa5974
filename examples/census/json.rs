//! The census as JSON.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::{
    count::Counts,
    reject::Reject,
    totals::{Census, name},
};

#[derive(Serialize)]
struct Document<'a> {
    roots: Vec<String>,
    /// Whether the count was ended before all was counted.
    interrupted: bool,
    totals: Counts,
    crates: Vec<Crate>,
    rejects: &'a [Reject],
}

#[derive(Serialize)]
struct Crate {
    name: String,
    path: String,
    #[serde(flatten)]
    counts: Counts,
}

/// Everything that was counted, crates and rejects in the order of their paths.
pub(crate) fn render(roots: &[PathBuf], census: &Census, interrupted: bool) -> serde_json::Result<String> {
    let document = Document {
        roots: roots.iter().map(|root| text(root)).collect(),
        interrupted,
        totals: census.totals.in_all(),
        crates: census.totals.crates.iter().map(|(path, &counts)| Crate::new(path, counts)).collect(),
        rejects: &census.rejects,
    };
    Ok(serde_json::to_string_pretty(&document)? + "\n")
}

impl Crate {
    fn new(path: &Path, counts: Counts) -> Self {
        Self { name: name(path), path: text(path), counts }
    }
}

fn text(path: &Path) -> String {
    path.display().to_string()
}
