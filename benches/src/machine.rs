//! What the figures were measured on.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::thread::available_parallelism;

use serde::Serialize;

use crate::needed::Needed;

/// A machine, and what else it has to do.
#[derive(Serialize, Debug)]
pub(crate) struct Machine {
    cores: usize,
    processor: Option<String>,
    /// How many threads wanted to run in the last minute, in the mean; those of the benches are among them.
    load: Option<f64>,
}

impl Machine {
    pub(crate) fn here() -> Self {
        let processor = fs::read_to_string("/proc/cpuinfo").ok().and_then(|text| {
            let line = text.lines().find(|line| line.starts_with("model name"))?;
            Some(line.split_once(':')?.1.trim().to_owned())
        });
        let load = fs::read_to_string("/proc/loadavg").ok();
        let load = load.and_then(|text| text.split(' ').next()?.parse().ok());
        Self { cores: cores(), processor, load }
    }
}

impl fmt::Display for Machine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} cores", self.cores)?;
        if let Some(processor) = &self.processor {
            write!(f, " of {processor}")?;
        }
        if let Some(load) = self.load {
            write!(f, ", load {load:.1} at the end")?;
        }
        Ok(())
    }
}

/// The threads that can run at once.
pub(crate) fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

/// Where the benches keep what they generate and build, in a folder that is there.
///
/// # Panics
///
/// When the folder cannot be made.
pub(crate) fn scratch(name: &str) -> PathBuf {
    let folder = workspace().join("target");
    fs::create_dir_all(&folder).needed(folder.display());
    folder.join(name)
}

/// The root of the sources.
pub(crate) fn workspace() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}
