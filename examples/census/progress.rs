//! The progress bar.

use std::io::{IsTerminal, stderr, stdout};

use indicatif::{ProgressBar, ProgressStyle};

/// A bar of the files counted among those found so far: on a terminal only, and not while the output goes elsewhere.
pub(crate) fn bar() -> ProgressBar {
    if !(stderr().is_terminal() && stdout().is_terminal()) {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(0);
    match ProgressStyle::with_template("{wide_bar} {human_pos} of {human_len} files, {per_sec}") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
