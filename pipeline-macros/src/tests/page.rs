//! Pages of the runtime's documentation, which speak of what this crate does.

use std::path::{Path, PathBuf};

/// Where a page is, by its name.
pub(super) fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipeline-runtime/src").join(name)
}

pub(super) fn read(name: &str) -> String {
    std::fs::read_to_string(path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A code block.
pub(super) struct Block {
    /// The heading above it, of whatever level.
    pub(super) heading: String,
    /// The number of its opening fence's line, from 0.
    pub(super) line: usize,
    /// What stands behind the opening fence.
    pub(super) language: String,
    pub(super) text: String,
}

/// The code blocks of a page, in order.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut heading = "";
    let mut open: Option<Block> = None;
    let mut blocks = Vec::new();
    for (number, line) in page.lines().enumerate() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block {
                    heading: heading.to_owned(),
                    line: number,
                    language: language.to_owned(),
                    text: String::new(),
                });
            }
            (None, Some(block)) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            (None, None) if line.starts_with('#') => heading = line.trim_start_matches('#').trim(),
            (None, None) => {}
        }
    }
    blocks
}

/// The text under a heading, up to the next one of whatever level.
pub(super) fn section<'a>(page: &'a str, heading: &str) -> Vec<&'a str> {
    let is_heading = |line: &&str| line.starts_with('#');
    let behind = prose(page).skip_while(|line| !(is_heading(line) && line.trim_start_matches('#').trim() == heading));
    behind.skip(1).take_while(|line| !is_heading(line)).collect()
}

/// The cells of the rows of the tables in some lines, without the headers.
pub(super) fn rows(lines: &[&str]) -> Vec<Vec<String>> {
    let cells = |line: &str| {
        let cells = line.trim_matches('|').replace("\\|", "\0");
        cells.split('|').map(|cell| cell.trim().replace('\0', "|")).collect::<Vec<String>>()
    };
    let is_row = |line: &&&str| line.starts_with("| `");
    lines.iter().filter(is_row).map(|line| cells(line)).collect()
}

/// What rustdoc makes the anchor of a heading.
pub(super) fn anchor(heading: &str) -> String {
    let chars = heading.chars().filter_map(|char| match char {
        ' ' => Some('-'),
        '-' | '_' => Some(char),
        char => char.is_alphanumeric().then(|| char.to_ascii_lowercase()),
    });
    chars.collect()
}

/// The lines of a page that are not in a code block.
pub(super) fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    page.lines().filter(move |line| {
        let fence = line.starts_with("```");
        in_block ^= fence;
        !in_block && !fence
    })
}
