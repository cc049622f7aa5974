//! What the user asks for.

use std::{
    ffi::OsString,
    io::{self, Write},
    path::{Path, PathBuf},
    thread::available_parallelism,
};

use clap::{Parser, error::ErrorKind};
use pipeline_examples::print;

use crate::pipeline::CENSUS_GRAPH;

/// Counts what is in the source of every crate that cargo has downloaded to this machine.
///
/// Counted are files, lines, functions, `unsafe` blocks, calls of `unwrap`, `expect` and `panic!`, and `async fn`s. A file that cannot be
/// read or parsed is listed. Ctrl-C ends the count in order and prints what it has; a second one ends it at once.
///
/// Exits with 0, with 1 if it failed or --check found a difference, with 2 on bad arguments, with 130 after Ctrl-C.
#[derive(Parser)]
#[command(name = "census")]
struct Line {
    /// Directories or files to look in [default: $CARGO_HOME/registry/src]
    #[arg(value_name = "PATH")]
    roots: Vec<PathBuf>,

    /// Files to parse at once [default: the number of cores]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    workers: Option<u16>,

    /// Crates to name for each count
    #[arg(long, value_name = "N", default_value_t = 3)]
    top: usize,

    /// Print JSON: all crates, in order; --report and --check then go to stderr
    #[arg(long)]
    json: bool,

    /// Print the account of the run: what each stage received and what became of it
    #[arg(long)]
    report: bool,

    /// Count again in a plain loop, compare, and print both times (run it twice: the first may have to read the files from disk)
    #[arg(long)]
    check: bool,

    /// Print the drawing of the pipeline, and count nothing
    #[arg(long)]
    graph: bool,
}

/// A count to run.
#[derive(Debug)]
pub(crate) struct Args {
    /// Where to look: whole paths, none below another.
    pub(crate) roots: Vec<PathBuf>,
    pub(crate) workers: usize,
    pub(crate) top: usize,
    pub(crate) json: bool,
    pub(crate) report: bool,
    pub(crate) check: bool,
}

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Ask {
    /// Count.
    Count(Args),
    /// Print this, and nothing else.
    Show(String),
}

impl Ask {
    /// Reads the command line. The error is one line for the user.
    pub(crate) fn from_env() -> Result<Self, String> {
        Self::parse(std::env::args_os())
    }

    fn parse(args: impl IntoIterator<Item = OsString>) -> Result<Self, String> {
        let line = match Line::try_parse_from(args) {
            Ok(line) => line,
            Err(error) => match error.kind() {
                ErrorKind::DisplayHelp => return Ok(Self::Show(error.to_string())),
                _ => return Err(first_line(&error.to_string())),
            },
        };
        if line.graph {
            return Ok(Self::Show(format!("{CENSUS_GRAPH}\n")));
        }
        Ok(Self::Count(Args {
            roots: whole_paths(if line.roots.is_empty() { vec![downloads()?] } else { line.roots })?,
            workers: line.workers.map_or_else(cores, usize::from),
            top: line.top,
            json: line.json,
            report: line.report,
            check: line.check,
        }))
    }
}

impl Args {
    /// Prints what is said about the run, besides its result: not where only JSON may be.
    pub(crate) fn note(&self, text: &str) -> io::Result<()> {
        match self.json {
            true => io::stderr().write_all(text.as_bytes()),
            false => print(text),
        }
    }
}

/// The fact of one of clap's messages, without its prefix and its hints.
fn first_line(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default();
    format!("{} (see --help)", line.strip_prefix("error: ").unwrap_or(line))
}

/// Where cargo unpacks what it downloads.
fn downloads() -> Result<PathBuf, String> {
    let home = std::env::var_os("CARGO_HOME")
        .filter(|home| !home.is_empty())
        .map(PathBuf::from)
        .or_else(|| Some(std::env::home_dir()?.join(".cargo")))
        .ok_or("no home directory to find cargo's downloads in; give a path")?;
    Ok(home.join("registry").join("src"))
}

/// The absolute paths, without those that are in another one, which would be counted twice.
fn whole_paths(roots: Vec<PathBuf>) -> Result<Vec<PathBuf>, String> {
    let mut whole = roots
        .iter()
        .map(|root| root.canonicalize().map_err(|error| format!("{}: {error}", root.display())))
        .collect::<Result<Vec<_>, _>>()?;
    whole.sort();
    whole.dedup_by(|inner, outer| inner.starts_with(Path::new(outer)));
    Ok(whole)
}

/// The threads that can run at once.
fn cores() -> usize {
    available_parallelism().map_or(1, usize::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &[&str]) -> Result<Ask, String> {
        Ask::parse(["census"].iter().chain(args).map(OsString::from))
    }

    #[test]
    fn a_fault_is_one_line() {
        for (args, fault) in [
            (&["--bogus"][..], "unexpected argument '--bogus' found (see --help)"),
            (&["--workers", "0"], "invalid value '0' for '--workers <N>': 0 is not in 1..=1024 (see --help)"),
            (&["--workers"], "a value is required for '--workers <N>' but none was supplied (see --help)"),
            (&["--json", "--json"], "the argument '--json' cannot be used multiple times (see --help)"),
            (&["/no/such/path"], "/no/such/path: No such file or directory (os error 2)"),
        ] {
            assert_eq!(parse(args).unwrap_err(), fault);
        }
    }

    #[test]
    fn nothing_is_counted_twice() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        for name in ["a/b", "a-c"] {
            std::fs::create_dir_all(root.join(name)).unwrap();
        }
        let given = ["a/b", "a-c", "a", "a/../a", "a/b"].map(|name| root.join(name));
        assert_eq!(whole_paths(given.into()).unwrap(), [root.join("a"), root.join("a-c")]);
    }

    #[test]
    fn help_is_shown() {
        assert!(matches!(parse(&["--help"]), Ok(Ask::Show(text)) if text.contains("--workers")));
    }
}
