//! What all files come to.

use std::{collections::BTreeMap, path::Path, sync::Arc};

use super::{count::Counts, reject::Reject};

/// What is in one file of a crate.
#[derive(Debug)]
pub(crate) struct Counted {
    /// The crate's directory.
    pub(crate) krate: Arc<Path>,
    pub(crate) counts: Counts,
}

/// What is in each crate. The order in which files are added changes nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Totals {
    /// By the crates' directories.
    pub(crate) crates: BTreeMap<Arc<Path>, Counts>,
}

impl Totals {
    /// With one more file.
    pub(crate) fn with(mut self, file: Counted) -> Self {
        *self.crates.entry(file.krate).or_default() += file.counts;
        self
    }

    /// What is in all of them.
    pub(crate) fn in_all(&self) -> Counts {
        self.crates.values().fold(Counts::default(), |mut all, &one| {
            all += one;
            all
        })
    }
}

/// The result of a census: the same for the same files, whoever counted them.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Census {
    pub(crate) totals: Totals,
    /// In the order of their paths.
    pub(crate) rejects: Vec<Reject>,
}

impl Census {
    pub(crate) fn new(totals: Totals, mut rejects: Vec<Reject>) -> Self {
        rejects.sort();
        Self { totals, rejects }
    }
}

/// The name of a crate, which is that of its directory, such as `syn-3.0.10`.
pub(crate) fn name(krate: &Path) -> String {
    krate.file_name().unwrap_or(krate.as_os_str()).to_string_lossy().into_owned()
}
