//! The pipelines of which tokens are deleted: those of the documentation's examples and of the behaviour tests.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    ops::Range,
    path::{Path, PathBuf},
};

use syn::spanned::Spanned;

use super::tokens;

/// Functions in one crate: more take more memory, fewer more time.
const CASES: usize = 400;

/// What is compiled as one crate.
pub struct Crate {
    pub name: String,
    /// Paths and texts.
    pub files: Vec<(PathBuf, String)>,
    pub cases: Vec<Case>,
}

/// A pipeline, whole or with a token less, in a function of its own.
#[derive(Clone)]
pub struct Case {
    /// Where it was found.
    pub file: String,
    pub line: usize,
    /// What was deleted, nothing in the whole one.
    pub token: String,
    /// The line that it was deleted from.
    pub written: String,
    /// Which function it was found in.
    group: usize,
    /// The file of the crate, and the lines in it.
    pub place: (PathBuf, Range<usize>),
}

impl Crate {
    pub fn sound(&self) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(|case| case.token.is_empty())
    }

    pub fn slips_of(&self, sound: &Case) -> impl Iterator<Item = &Case> {
        self.cases.iter().filter(move |case| case.group == sound.group && !case.token.is_empty())
    }
}

/// All of it, as far as names hold a word.
pub fn crates(wanted: &str) -> Vec<Crate> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut crates = of_pages(&root, wanted);
    crates.extend(of_tests(&root.join("tests/tests"), wanted));
    crates
}

/// The examples in the documentation, each of which stands for itself.
fn of_pages(root: &Path, wanted: &str) -> Vec<Crate> {
    let mut files = vec![root.join("README.md")];
    list(&root.join("pipeline-runtime/src"), &mut files);
    let mut groups = Vec::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let name = file.strip_prefix(root).unwrap_or(&file).display().to_string();
        if !name.contains(wanted) {
            continue;
        }
        let page = if name.ends_with(".md") { text } else { docs(&text) };
        for block in blocks(&page).into_iter().filter(|block| ["", "no_run", "rust"].contains(&block.language.as_str()))
        {
            groups.push((name.clone(), block.line, block.program()));
        }
    }
    let mut crates: Vec<Crate> = Vec::new();
    let mut open: Option<(String, Vec<Case>)> = None;
    for (group, (name, line, code)) in groups.into_iter().enumerate() {
        let (text, cases) = open.get_or_insert_with(|| (format!("{ROOT}fn main() {{}}\n"), Vec::new()));
        add(text, cases, &Found { file: &name, line, code: &code, group, inside: "" }, Path::new("main.rs"));
        if cases.len() > CASES {
            crates.extend(open.take().map(|open| page_crate(crates.len(), open)));
        }
    }
    let number = crates.len();
    crates.extend(open.map(|open| page_crate(number, open)));
    crates
}

fn page_crate(number: usize, (text, cases): (String, Vec<Case>)) -> Crate {
    Crate { name: format!("pages_{number}"), files: vec![(PathBuf::from("main.rs"), text)], cases }
}

/// Nothing is asked but errors.
const ROOT: &str = "#![allow(warnings)]\n";

/// The tests, each function beside the others of its file: one crate for each file, with all of its test's.
fn of_tests(folder: &Path, wanted: &str) -> Vec<Crate> {
    let mut tests = BTreeMap::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if path.is_file() && folder.join(&name).is_dir() && !["compiled", "random_shapes"].contains(&name.as_str()) {
            tests.insert(name, path);
        }
    }
    let mut crates = Vec::new();
    for (test, root) in tests {
        let mut files = Vec::new();
        list(&folder.join(&test), &mut files);
        for file in &files {
            let name = file.strip_prefix(folder).unwrap_or(file).display().to_string();
            if !name.contains(wanted) {
                continue;
            }
            crates.extend(of_test(folder, &root, &files, file, &name));
        }
    }
    crates
}

fn of_test(folder: &Path, root: &Path, files: &[PathBuf], chosen: &Path, name: &str) -> Option<Crate> {
    let mut texts = Vec::new();
    let mut cases = Vec::new();
    for file in files {
        let place = file.strip_prefix(folder).unwrap_or(file);
        let mut text = std::fs::read_to_string(file).ok()?;
        if file == chosen {
            let functions = functions(&text);
            for (group, (line, code)) in functions.into_iter().enumerate() {
                let found = Found { file: name, line, code: &code, group, inside: "use super::*;" };
                add(&mut text, &mut cases, &found, place);
            }
        }
        texts.push((place.to_owned(), text));
    }
    let root = std::fs::read_to_string(root).ok()?;
    let lines: Vec<&str> = root.lines().filter(|line| !line.starts_with("#![") && !line.starts_with("//!")).collect();
    texts.push((PathBuf::from("main.rs"), format!("{ROOT}{}\nfn main() {{}}\n", lines.join("\n"))));
    let name = name.trim_end_matches(".rs").replace('/', "_");
    (!cases.is_empty()).then_some(Crate { name, files: texts, cases })
}

/// The functions with pipelines at the top of a file, without what makes them tests, and the lines where they begin.
fn functions(text: &str) -> Vec<(usize, String)> {
    let Ok(file) = syn::parse_file(text) else { return Vec::new() };
    let function = |item: &syn::Item| match item {
        syn::Item::Fn(function) => {
            let asyncness = function.sig.asyncness.span().byte_range();
            let name = function.sig.fn_token.span.byte_range();
            let start = if asyncness.is_empty() { name } else { asyncness }.start;
            Some((function.sig.fn_token.span.start().line, start..function.block.span().byte_range().end))
        }
        _ => None,
    };
    let found = file.items.iter().filter_map(function).map(|(line, range)| (line, text[range].to_owned()));
    found.filter(|(_, code)| code.contains("pipeline!")).collect()
}

/// A function with pipelines.
struct Found<'a> {
    file: &'a str,
    line: usize,
    code: &'a str,
    group: usize,
    /// What stands before it in its module.
    inside: &'a str,
}

/// Writes it down as it is, and once for each token.
fn add(text: &mut String, cases: &mut Vec<Case>, found: &Found<'_>, place: &Path) {
    let tokens: Vec<Range<usize>> = tokens::of_pipelines(found.code).into_iter().flatten().collect();
    if tokens.is_empty() {
        return;
    }
    for token in std::iter::once(0..0).chain(tokens) {
        let code = found.code;
        let blank: String = code[token.clone()].chars().map(|char| if char == '\n' { char } else { ' ' }).collect();
        let less = format!("{}{blank}{}", &code[..token.start], &code[token.end..]);
        let first = text.lines().count() + 1;
        let _ = writeln!(text, "mod case_{}_{} {{ {}\n{less}\n}}", found.group, cases.len(), found.inside);
        let before = code[..token.start].matches('\n').count();
        cases.push(Case {
            file: found.file.to_owned(),
            line: found.line + before,
            token: code[token].to_owned(),
            written: code.lines().nth(before).unwrap_or_default().trim().to_owned(),
            group: found.group,
            place: (place.to_owned(), first..text.lines().count() + 1),
        });
    }
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
            files.push(path);
        }
    }
}

/// The text of the comments that are documentation, each at its line.
fn docs(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = line.trim_start();
        let doc = line.strip_prefix("///").or_else(|| line.strip_prefix("//!")).unwrap_or_default();
        doc.strip_prefix(' ').unwrap_or(doc)
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// A code block of a page.
pub struct Block {
    /// The line of the page that it begins in, from 1.
    pub line: usize,
    /// What stands behind the opening fence.
    pub language: String,
    /// Its text, with the lines that rustdoc hides.
    pub text: String,
    /// The text above it: blocks with nothing between them share one.
    pub above: String,
}

impl Block {
    /// As rustdoc compiles it.
    pub fn program(&self) -> String {
        let text = &self.text;
        if text.contains("fn main(") { text.clone() } else { format!("fn main() {{ {text} }}") }
    }
}

/// The code blocks of a page.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut found = Vec::new();
    let (mut above, mut told) = (String::new(), String::new());
    let mut open: Option<Block> = None;
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => found.extend(open.take()),
            (Some(language), None) => {
                if !above.trim().is_empty() {
                    told = std::mem::take(&mut above);
                }
                let (language, above) = (language.to_owned(), told.clone());
                open = Some(Block { line: number + 2, language, text: String::new(), above });
            }
            (None, Some(block)) => {
                let line = if line == "#" { "" } else { line.strip_prefix("# ").unwrap_or(line) };
                let _ = writeln!(block.text, "{line}");
            }
            (None, None) => {
                let _ = writeln!(above, "{line}");
            }
        }
    }
    found
}
