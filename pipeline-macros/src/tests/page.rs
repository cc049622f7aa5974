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
    /// What stands behind the opening fence.
    pub(super) language: String,
    pub(super) text: String,
}

/// The code blocks of a page, in order.
pub(super) fn blocks(page: &str) -> Vec<Block> {
    let mut heading = "";
    let mut open: Option<Block> = None;
    let mut blocks = Vec::new();
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (Some(language), None) => {
                open = Some(Block { heading: heading.to_owned(), language: language.to_owned(), text: String::new() });
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

/// The lines of a page that are not in a code block.
pub(super) fn prose(page: &str) -> impl Iterator<Item = &str> {
    let mut in_block = false;
    page.lines().filter(move |line| {
        let fence = line.starts_with("```");
        in_block ^= fence;
        !in_block && !fence
    })
}
