//! What the language's page shows as wrong and leaves to rustc, and the entries of the messages' page that it names.

use std::{
    fmt::Write as _,
    path::{Path, PathBuf},
};

use super::corpus::{self, Crate};

/// A block that rustc refuses.
pub struct Wrong {
    /// In the page.
    pub line: usize,
    /// The first line of its code, in the crate.
    pub begins: usize,
    /// The line behind its code.
    pub ends: usize,
    /// The code of the error.
    pub code: String,
    /// The headings of the entries that the text above it leads to.
    pub entries: Vec<String>,
}

/// All of them, as one crate.
pub fn blocks() -> (Crate, Vec<Wrong>) {
    let pages = Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipeline-runtime/src");
    let read = |name: &str| std::fs::read_to_string(pages.join(name)).expect("a page");
    let (page, messages) = (read("language.md"), read("messages.md"));
    // What says an entry's mistake in other words stands below its heading.
    let mut heading = "";
    let facts = messages.lines().filter_map(|line| {
        if let Some(own) = line.strip_prefix("### ") {
            heading = own;
        }
        let fact = line.strip_prefix("### ").or_else(|| line.strip_prefix("- "))?;
        Some((heading, fact))
    });
    let headings: Vec<(&str, &str)> = facts.collect();
    let mut text = "#![allow(warnings)]\nfn main() {}\n".to_owned();
    let mut found = Vec::new();
    for block in corpus::blocks(&page) {
        let Some(code) = block.language.strip_prefix("compile_fail,") else { continue };
        let begins = text.lines().count() + 1;
        let _ = writeln!(text, "mod block_{} {{\n{}\n}}", found.len(), block.program());
        let links = block.above.split("(crate::messages#").skip(1).filter_map(|link| link.split(')').next());
        let entries = links.flat_map(|link| headings.iter().filter(move |(heading, _)| anchor(heading) == link));
        let entries = entries.map(|(_, fact)| (*fact).to_owned()).collect();
        let ends = text.lines().count() + 1;
        found.push(Wrong { line: block.line, begins, ends, code: code.to_owned(), entries });
    }
    (Crate { name: "reasons".to_owned(), files: vec![(PathBuf::from("main.rs"), text)], cases: Vec::new() }, found)
}

/// What rustdoc makes of a heading.
fn anchor(heading: &str) -> String {
    let chars = heading.chars().filter_map(|char| match char {
        ' ' => Some('-'),
        '-' | '_' => Some(char),
        char => char.is_alphanumeric().then(|| char.to_ascii_lowercase()),
    });
    chars.collect()
}

/// Whether a message is what an entry speaks of; behind a `:` an entry has what is shown beside the message.
pub fn is_of(message: &str, shown: &str, entry: &str) -> bool {
    if has_words(message, entry) {
        return true;
    }
    entry.split_once(": ").is_some_and(|(own, beside)| own == message && has_words(shown, beside))
}

/// Whether a text has the words of another one, in which `…` stands for anything.
fn has_words(message: &str, entry: &str) -> bool {
    let mut rest = message;
    entry.split('…').all(|part| match rest.find(part) {
        Some(at) => {
            rest = &rest[at + part.len()..];
            true
        }
        None => false,
    })
}
