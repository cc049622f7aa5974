//! What runs: the census as a pipeline.

use std::path::PathBuf;

use indicatif::ProgressBar;
use pipeline_runtime::{Pipeline, Rejected, pipeline};

use super::{files::find_sources, reject::Reject, totals::Census, totals::Totals};

pipeline! {
    /// Counts what is in the source below `roots`. What cannot be walked, read or parsed is in the result too, and ends nothing.
    pub(crate) fn census(roots: Vec<PathBuf>, workers: usize, progress: ProgressBar) -> Pipeline<Census, Reject> {
        #[blocking, buffer(64)]
        source files = find_sources(roots).inspect(|_| progress.inc_length(1));

        // at most 64 texts wait to be parsed, however many files there are
        #[blocking, buffer(64)]
        stage texts = files?.map(|ref file| file.read()?) else unreadable;

        // sums are the same in any order, and so no worker waits for one that has a long file
        #[workers(workers), unordered]
        stage counted = texts.map(|ref text| text.count()?) else unparsable;

        sink totals = counted
            .inspect(|_| progress.inc(1))
            .fold(Totals::default(), |totals, file| totals.with(file));

        sink rejects = merge(Reject::from(unreadable), Reject::from(unparsable))
            .inspect(|_| progress.inc(1))
            .collect::<Vec<_>>();

        Census::new(totals, rejects)
    }
}

impl<T> From<Rejected<T, Reject>> for Reject {
    fn from(rejected: Rejected<T, Reject>) -> Self {
        rejected.into_parts().1
    }
}
