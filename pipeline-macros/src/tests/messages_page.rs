//! The page that lists every message, held against the messages that are given.
//!
//! An entry is headed by the fact, `### …`, with `…` for what varies; a list in it has what the same mistake says at its
//! second place, or in other words. Its `text` block is a pipeline that gets the message.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use proc_macro2::{TokenStream, TokenTree};

use super::{
    front,
    page::{self, Block},
};

const PAGE: &str = "messages.md";

/// The section of what rustc words, and the folder of the cases in which it may speak. Not each of its entries needs a case:
/// that would be a test of rustc.
const OF_RUSTC: &str = "What rustc says";
const CASES_OF_RUSTC: &str = "types";

/// The section of what a run says, which no build does.
const OF_A_RUN: &str = "What a run says";

struct Entry {
    section: String,
    /// The heading, and the items of the list.
    facts: Vec<String>,
    pipelines: Vec<Block>,
}

impl Entry {
    fn heading(&self) -> &str {
        self.facts.first().map_or("", String::as_str)
    }

    /// How much of the message an entry that fits says literally; `None` if it does not fit.
    fn fits(&self, message: &str) -> Option<usize> {
        let fitting = self.facts.iter().filter(|fact| is_of_pattern(message, fact));
        fitting.map(|fact| fact.chars().filter(|char| *char != '…').count()).max()
    }
}

fn entries() -> Vec<Entry> {
    let mut section = String::new();
    let mut entries: Vec<Entry> = Vec::new();
    let text = page::read(PAGE);
    for line in page::prose(&text) {
        if let Some(title) = line.strip_prefix("## ") {
            title.clone_into(&mut section);
        } else if let Some(fact) = line.strip_prefix("### ") {
            entries.push(Entry { section: section.clone(), facts: vec![fact.to_owned()], pipelines: Vec::new() });
        } else if let (Some(fact), Some(entry)) = (line.strip_prefix("- "), entries.last_mut()) {
            entry.facts.push(fact.to_owned());
        }
    }
    for block in page::blocks(&text).into_iter().filter(|block| block.language == "text") {
        let entry = entries.iter_mut().find(|entry| entry.heading() == block.heading);
        entry.expect("a block stands in an entry").pipelines.push(block);
    }
    entries
}

/// Whether a message is what a heading says, where each `…` stands for anything, between backticks for anything without.
fn is_of_pattern(message: &str, pattern: &str) -> bool {
    let Some((before, behind)) = pattern.split_once('…') else { return message == pattern };
    let Some(rest) = message.strip_prefix(before) else { return false };
    let quoted = before.ends_with('`') && behind.starts_with('`');
    let ends = rest.char_indices().map(|(at, char)| (at, at + char.len_utf8(), char));
    ends.take_while(|&(.., char)| !(quoted && char == '`')).any(|(_, end, _)| is_of_pattern(&rest[end..], behind))
}

/// The entry that says most of the message.
fn entry_of<'a>(entries: &'a [Entry], message: &str, may_be_of_rustc: bool) -> Option<&'a Entry> {
    let of_a_build = entries.iter().filter(|entry| entry.section != OF_A_RUN);
    let fitting = of_a_build.filter(|entry| may_be_of_rustc || entry.section != OF_RUSTC);
    let fitting = fitting.filter_map(|entry| entry.fits(message).map(|literally| (literally, entry)));
    fitting.max_by_key(|(literally, _)| *literally).map(|(_, entry)| entry)
}

fn fact_of(message: &str) -> &str {
    message.lines().next().unwrap_or(message)
}

/// Panics if one of these messages, which a test has just seen, is not in the page.
pub(super) fn has_entries(messages: &[String]) {
    let entries = entries();
    let facts = messages.iter().map(|message| fact_of(message));
    nothing_missing(facts.filter(|fact| entry_of(&entries, fact, false).is_none()).map(str::to_owned).collect());
}

/// Where the entry of a message is in the page.
pub(super) fn anchor_of(message: &str) -> String {
    entry_of(&entries(), fact_of(message), false).map(|entry| page::anchor(entry.heading())).unwrap_or_default()
}

/// Where the page can be linked to.
pub(super) fn anchors() -> BTreeSet<String> {
    let entries = entries();
    let headings = entries.iter().flat_map(|entry| [entry.heading(), &entry.section]);
    headings.map(page::anchor).collect()
}

fn nothing_missing(facts: Vec<String>) {
    assert!(
        facts.is_empty(),
        "no entry of pipeline-runtime/src/{PAGE} is headed by these messages:\n    {}\n\
         Write an entry for each, in the section that it belongs to: `### ` and the fact, with `…` for each name, number or \
         type in it; then cause and cure in a sentence or two, and where it helps a pipeline in a `text` block. What only \
         says an entry's mistake at its second place, or in other words, is added to that entry as `- ` and the fact.",
        facts.join("\n    ")
    );
}

/// What is said in one compile-fail case.
struct Said {
    case: PathBuf,
    fact: String,
    may_be_of_rustc: bool,
}

/// The files below a folder whose names end in `extension`.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let paths: BTreeSet<PathBuf> = entries.map(|entry| entry.expect("an entry").path()).collect();
    let of_path = |path: PathBuf| match path.is_dir() {
        true => files(&path, extension),
        false => vec![path],
    };
    let files = paths.into_iter().flat_map(of_path);
    files.filter(|path| path.extension().is_some_and(|end| end == extension)).collect()
}

/// Everything that the compile-fail cases show.
fn said_in_cases() -> Vec<Said> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/ui");
    files(&folder, "stderr").iter().flat_map(|case| said_in(case)).collect()
}

fn said_in(case: &Path) -> Vec<Said> {
    let text = std::fs::read_to_string(case).expect("a case");
    let may_be_of_rustc = case.parent().is_some_and(|family| family.ends_with(CASES_OF_RUSTC));
    let said = text.lines().filter_map(|line| {
        let has_code = line.starts_with("error[");
        let fact = line.strip_prefix("error: ").or_else(|| Some(line.strip_prefix("error[")?.split_once("]: ")?.1))?;
        // a warning has no other form
        let fact = fact
            .strip_prefix("use of deprecated ")
            .and_then(|warning| warning.split_once("`: "))
            .map_or(fact, |(_, fact)| fact);
        // elsewhere they are consequences of what is shown
        (may_be_of_rustc || !has_code).then(|| Said { case: case.to_owned(), fact: fact.to_owned(), may_be_of_rustc })
    });
    said.collect()
}

/// The string literals of this crate's tests, among which are the messages that its tables expect.
fn literals_in_tests() -> Vec<String> {
    fn collect(tokens: TokenStream, literals: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => collect(group.stream(), literals),
                TokenTree::Literal(literal) => {
                    if let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string()) {
                        literals.push(text.value());
                    }
                }
                _ => {}
            }
        }
    }
    let mut literals = Vec::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/tests");
    for path in files(&folder, "rs").into_iter().filter(|path| !path.ends_with("messages_page.rs")) {
        let text = std::fs::read_to_string(path).expect("a file");
        collect(text.parse().expect("tokens"), &mut literals);
    }
    literals
}

#[test]
fn every_message_of_a_case_has_an_entry() {
    let entries = entries();
    let without = said_in_cases()
        .into_iter()
        .filter(|Said { fact, may_be_of_rustc, .. }| entry_of(&entries, fact, *may_be_of_rustc).is_none());
    let without: BTreeMap<String, PathBuf> = without.map(|said| (said.fact, said.case)).collect();
    nothing_missing(without.into_iter().map(|(fact, case)| format!("{fact}   ({})", case.display())).collect());
}

#[test]
fn every_entry_is_shown_by_a_case() {
    let entries = entries();
    let cases = said_in_cases().into_iter().map(|said| (said.fact, said.may_be_of_rustc));
    let pipelines =
        entries.iter().flat_map(|entry| &entry.pipelines).filter_map(|block| front(&block.text).err()).flatten();
    let own = literals_in_tests().into_iter().chain(pipelines).map(|message| (fact_of(&message).to_owned(), false));
    let mut shown = BTreeSet::new();
    for (fact, may_be_of_rustc) in cases.chain(own) {
        let facts = entry_of(&entries, &fact, may_be_of_rustc).into_iter().flat_map(|entry| &entry.facts);
        shown.extend(facts.filter(|pattern| is_of_pattern(&fact, pattern)).map(String::as_str));
    }
    let of_builds = entries.iter().filter(|entry| entry.section != OF_A_RUN && entry.section != OF_RUSTC);
    let unseen = of_builds.flat_map(|entry| &entry.facts).map(String::as_str).filter(|fact| !shown.contains(fact));
    let unseen: Vec<&str> = unseen.collect();
    assert!(
        unseen.is_empty(),
        "no compile-fail case, no table of these tests and no pipeline of an entry shows these facts of \
         pipeline-runtime/src/{PAGE}:\n    {}\n\
         If the wording has changed, change the entry; if the message is gone, remove it; else add a case that shows it, \
         in tests/ui or as a `text` block of the entry.",
        unseen.join("\n    ")
    );
}

#[test]
fn the_pipeline_of_an_entry_gets_its_message() {
    let mut wrong = Vec::new();
    for entry in entries() {
        for block in &entry.pipelines {
            let messages = front(&block.text).err().unwrap_or_default();
            if !messages.iter().any(|message| entry.fits(fact_of(message)).is_some()) {
                wrong.push(format!("### {}\n{}  gets: {messages:#?}", entry.heading(), block.text));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "pipelines of pipeline-runtime/src/{PAGE} do not get the message that they stand below:\n\n{}",
        wrong.join("\n\n")
    );
}

#[test]
fn no_two_entries_have_the_same_heading() {
    let mut headings = BTreeSet::new();
    for entry in entries() {
        assert!(headings.insert(entry.heading().to_owned()), "{} is there twice", entry.heading());
    }
}

#[test]
fn what_fits_a_heading() {
    for (pattern, message, fits) in [
        ("`…` is defined twice", "`a` is defined twice", true),
        ("`…` is defined twice", "`a` is defined twice over", false),
        ("`…` is defined twice", "`` is defined twice", false),
        ("`…` reads `…`", "`a` -> `b` reads `c`", false),
        ("`…` depends: …", "`a` depends: `b` -> `a`", true),
        ("… takes …", "`é` takes 1", true),
        ("`…` ends", "`a", false),
    ] {
        assert_eq!(is_of_pattern(message, pattern), fits, "{pattern} / {message}");
    }
}
