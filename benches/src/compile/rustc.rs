//! Runs cargo for the libraries, once, and rustc for what is measured.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde::Deserialize;

use super::program::Program;
use crate::machine::{scratch, workspace};
use crate::needed::{Needed, printed, run};

/// What the programs use, compiled as `cargo build` does.
#[derive(Debug)]
pub(crate) struct Libraries {
    folder: PathBuf,
    rustc: PathBuf,
    /// `name=path` of each.
    externs: Vec<String>,
}

/// What it takes to see that a program is right.
#[derive(Debug)]
pub(crate) struct Checked {
    pub(crate) time: Duration,
    /// The part of it in which macros are expanded, derives and those of tokio included.
    pub(crate) expansion: Duration,
}

/// A line that cargo prints for programs.
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message {
    CompilerArtifact {
        target: Target,
        filenames: Vec<PathBuf>,
    },
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
struct Target {
    name: String,
}

const NAMES: [&str; 3] = ["pipeline_runtime", "tokio", "tokio_util"];

impl Libraries {
    /// Compiles them, unless that has been done.
    pub(crate) fn build() -> Self {
        let package = Package::new("compile-cost/programs", &["pipeline-runtime", "tokio", "tokio-util"]);
        let messages = printed(package.cargo_build().arg("--message-format=json"));
        let messages = messages.lines().map(|line| serde_json::from_str(line).needed("a message of cargo"));
        let mut externs = Vec::new();
        for message in messages {
            let Message::CompilerArtifact { target, filenames } = message else { continue };
            let library = filenames.iter().find(|path| path.extension().is_some_and(|end| end == "rlib"));
            if let (true, Some(path)) = (NAMES.contains(&target.name.as_str()), library) {
                externs.push(format!("{}={}", target.name, path.display()));
            }
        }
        // not the proxy of rustup, which takes time of its own
        let root = printed(Command::new("rustc").args(["--print", "sysroot"]).current_dir(workspace()));
        Self { folder: package.folder, rustc: Path::new(root.trim()).join("bin/rustc"), externs }
    }

    /// As `cargo check` does it.
    pub(crate) fn check(&self, program: Program) -> Checked {
        let mut rustc = self.rustc(program);
        rustc.args(["--emit=metadata", "-Ztime-passes", "-Ztime-passes-format=json"]).env("RUSTC_BOOTSTRAP", "1");
        let start = Instant::now();
        let (_, passes) = run(&mut rustc);
        Checked {
            time: start.elapsed(),
            expansion: expansion(&passes).needed("rustc tells how long it expands macros"),
        }
    }

    /// The program, as `cargo build` makes it, and how long that took.
    ///
    /// # Panics
    ///
    /// When the program gives a wrong result.
    pub(crate) fn build_program(&self, program: Program) -> (PathBuf, Duration) {
        let binary = self.folder.join(program.name());
        let mut rustc = self.rustc(program);
        rustc.arg("--emit=link").arg("-o").arg(&binary);
        let start = Instant::now();
        run(&mut rustc);
        let time = start.elapsed();
        let result = printed(&mut Command::new(&binary));
        assert_eq!(result.trim(), program.result().to_string(), "{} gives a wrong result", program.name());
        (binary, time)
    }

    /// What rustc is given to compile, all macros expanded.
    pub(crate) fn expanded(&self, program: Program) -> String {
        printed(self.rustc(program).arg("-Zunpretty=expanded").env("RUSTC_BOOTSTRAP", "1"))
    }

    /// rustc, with what `cargo` gives it in its `dev` profile.
    fn rustc(&self, program: Program) -> Command {
        let source = self.folder.join(program.name()).with_extension("rs");
        fs::write(&source, program.text()).needed(source.display());
        let mut rustc = Command::new(&self.rustc);
        rustc.current_dir(&self.folder).arg(source).args(["--edition=2024", "--crate-type=bin", "-Cdebuginfo=2"]);
        rustc.arg("-L").arg(format!("dependency={}", self.folder.join("target/debug/deps").display()));
        for library in &self.externs {
            rustc.arg("--extern").arg(library);
        }
        rustc
    }
}

/// How long it takes to compile the packages with nothing compiled before.
pub(crate) fn from_nothing(name: &str, dependencies: &[&str]) -> Duration {
    let package = Package::new(name, dependencies);
    let target = package.folder.join("target");
    if target.exists() {
        fs::remove_dir_all(&target).needed(target.display());
    }
    let start = Instant::now();
    run(&mut package.cargo_build());
    start.elapsed()
}

/// An empty library that depends on what is to be compiled.
struct Package {
    folder: PathBuf,
}

impl Package {
    fn new(name: &str, dependencies: &[&str]) -> Self {
        let folder = scratch(name);
        let root = workspace();
        let runtime = root.join("pipeline-runtime").canonicalize().needed("the runtime's folder");
        let mut manifest = MANIFEST.to_owned();
        for &dependency in dependencies {
            manifest += &match dependency {
                "pipeline-runtime" => format!("pipeline-runtime = {{ path = {runtime:?} }}\n"),
                // those of the runtime, and what the programs need to be run
                "tokio" => format!("tokio = {{ version = \"1\", features = {TOKIO_FEATURES:?} }}\n"),
                other => format!("{other} = \"*\"\n"),
            };
        }
        fs::create_dir_all(folder.join("src")).needed(folder.display());
        fs::write(folder.join("Cargo.toml"), manifest).needed("the manifest");
        fs::write(folder.join("src/lib.rs"), "").needed("the library");
        // the same versions as everywhere, and so nothing to be downloaded
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).needed("the lock file");
        Self { folder }
    }

    fn cargo_build(&self) -> Command {
        let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        cargo.current_dir(&self.folder).args(["build", "--quiet", "--offline", "--target-dir=target"]);
        cargo.env("CARGO_INCREMENTAL", "0");
        cargo
    }
}

const MANIFEST: &str = "[package]
name = \"compile-cost\"
version = \"0.0.0\"
edition = \"2024\"

[workspace]

[dependencies]
";

const TOKIO_FEATURES: [&str; 5] = ["rt", "sync", "time", "macros", "io-util"];

/// The time of one of rustc's passes, of which it prints one a line.
#[derive(Deserialize)]
struct Pass {
    pass: String,
    /// In seconds.
    time: f64,
}

fn expansion(passes: &str) -> Option<Duration> {
    let passes = passes.lines().filter_map(|line| serde_json::from_str::<Pass>(line.strip_prefix("time: ")?).ok());
    let expansion = passes.into_iter().find(|pass| pass.pass == "macro_expand_crate")?;
    Some(Duration::from_secs_f64(expansion.time))
}
