//! `cargo check` over all cases, and its errors.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use super::corpus::{Case, Crate};

/// An error.
#[derive(Clone)]
pub struct Said {
    /// The line in the case, from 1.
    pub line: usize,
    pub text: String,
    /// All that is shown of it.
    pub shown: String,
    /// Not rustc's.
    pub is_ours: bool,
}

/// All errors, by crate and by file and line in it.
pub struct AllSaid(BTreeMap<(String, PathBuf), Vec<Said>>);

impl AllSaid {
    /// Those in some lines of a crate that is one file, in the compiler's order.
    pub fn between(&self, of: &Crate, begins: usize, ends: usize) -> Vec<Said> {
        let all = self.0.iter().filter(|((name, _), _)| *name == of.name).flat_map(|(_, said)| said);
        all.filter(|said| (begins..ends).contains(&said.line)).cloned().collect()
    }

    /// Those in a case.
    pub fn of(&self, of: &Crate, case: &Case) -> Vec<Said> {
        let (file, lines) = &case.place;
        let all = self.0.get(&(of.name.clone(), file.clone())).map_or(&[][..], Vec::as_slice);
        let own = all.iter().filter(|said| lines.contains(&said.line));
        own.map(|said| Said { line: said.line - lines.start, ..said.clone() }).collect()
    }
}

/// Writes the crates as the binaries of a package, and checks it.
pub fn check(crates: &[Crate], name: &str) -> AllSaid {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent().expect("the target folder");
    let package = target.join("tests").join(name);
    let _ = std::fs::remove_dir_all(package.join("src"));
    let mut binaries = String::new();
    for each in crates {
        let folder = package.join("src").join(&each.name);
        for (path, text) in &each.files {
            let path = folder.join(path);
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            std::fs::write(path, text).expect("a file");
        }
        let _ = writeln!(binaries, "[[bin]]\nname = \"{0}\"\npath = \"src/{0}/main.rs\"\n", each.name);
    }
    let manifest = std::fs::read_to_string(tests.join("Cargo.toml")).expect("the manifest");
    std::fs::write(package.join("Cargo.toml"), manifest_for(&manifest, name, tests, &binaries)).expect("a manifest");
    std::fs::copy(tests.join("../Cargo.lock"), package.join("Cargo.lock")).expect("a lock file");
    let output = Command::new(env!("CARGO"))
        .args(["check", "--bins", "--offline", "--keep-going", "--quiet", "--message-format=json"])
        .current_dir(&package)
        // what the compile-fail tests have made is of use here
        .env("CARGO_TARGET_DIR", target.join("tests/trybuild"))
        .output()
        .expect("cargo");
    let lines = String::from_utf8(output.stdout).expect("text");
    let mut all = AllSaid(BTreeMap::new());
    for line in lines.lines() {
        let Ok(message) = serde_json::from_str::<Value>(line) else { continue };
        let (name, said) = (&message["target"]["name"], &message["message"]);
        if said["level"] == "error"
            && let Some(name) = name.as_str()
        {
            add(&mut all, name, said);
        }
    }
    assert!(lines.contains("compiler-message"), "nothing was said: {}", String::from_utf8_lossy(&output.stderr));
    all
}

/// The manifest of the tests for the binaries, with what it inherits written out.
fn manifest_for(tests: &str, name: &str, folder: &Path, binaries: &str) -> String {
    let workspace = std::fs::read_to_string(folder.join("../Cargo.toml")).expect("the workspace's manifest");
    let dependencies = workspace.split("[workspace.dependencies]").nth(1).and_then(|text| text.split("\n[").next());
    let dependencies = dependencies.expect("dependencies").replace("path = \"", "path = \"../../../");
    let own = tests.split_once("[features]").map_or("", |(_, rest)| rest);
    let own = own.split("[lints]").next().unwrap_or(own);
    format!(
        "[package]\nname = \"{name}\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n{binaries}\n[features]{own}\n\
         [workspace]\nresolver = \"3\"\n\n[workspace.dependencies]{dependencies}"
    )
    .replace("[dev-dependencies]\n", "")
}

fn add(all: &mut AllSaid, name: &str, said: &Value) {
    let spans = said["spans"].as_array().map_or(&[][..], Vec::as_slice);
    let primary = spans.iter().filter(|span| span["is_primary"] == true).chain(spans);
    let mark = format!("src/{name}/");
    let Some((file, line)) = primary.filter_map(|span| in_case(span, &mark)).next() else { return };
    let mut text = said["message"].as_str().unwrap_or_default().to_owned();
    let code = said["code"]["code"].as_str();
    if let Some(code) = code {
        text = format!("{code} {text}");
    }
    let shown = said["rendered"].as_str().unwrap_or_default().to_owned();
    let is_ours = code.is_none() && !is_of_rustc(&text);
    all.0.entry((name.to_owned(), file)).or_default().push(Said { line, text, shown, is_ours });
}

/// Where the user's text is that a span belongs to, through the macros that it comes from.
fn in_case(span: &Value, mark: &str) -> Option<(PathBuf, usize)> {
    let file = span["file_name"].as_str()?;
    match file.split_once(mark) {
        Some((_, file)) => Some((PathBuf::from(file), usize::try_from(span["line_start"].as_u64()?).ok()?)),
        None => in_case(span["expansion"].get("span")?, mark),
    }
}

/// Errors of the parser have no code either.
fn is_of_rustc(text: &str) -> bool {
    ["expected ", "unexpected "].iter().any(|word| text.starts_with(word)) && !text.contains("\nhelp: ")
}
