//! What could not be counted.

use std::{
    error::Error,
    fmt,
    path::{Path, PathBuf},
};

use serde::{Serialize, Serializer};

/// A file or directory that could not be counted, and why.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct Reject {
    #[serde(serialize_with = "as_text")]
    path: PathBuf,
    reason: String,
}

impl Reject {
    pub(crate) fn new(path: impl Into<PathBuf>, reason: impl ToString) -> Self {
        Self { path: path.into(), reason: reason.to_string() }
    }
}

impl fmt::Display for Reject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl Error for Reject {}

/// A path need not be UTF-8, JSON must be.
fn as_text<S: Serializer>(path: &Path, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(&path.display())
}
