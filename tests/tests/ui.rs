//! Mistakes and what is said of them. `TRYBUILD=overwrite cargo test -p pipeline-tests --test ui` writes the messages anew.

use std::path::{Path, PathBuf};

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}

/// What is said is said in the user's words and ours, at the user's own.
#[test]
fn messages_name_nothing_private() {
    let messages = messages(Path::new("ui"));
    assert!(messages.len() > 50, "{} messages", messages.len());
    for message in messages {
        let text = std::fs::read_to_string(&message).unwrap();
        for line in text.lines() {
            // A line that is drawn is no part of a name.
            let mut line = line.to_owned();
            while line.contains("|_") {
                line = line.replace("|_", "|");
            }
            let is_private = |word: &str| word.starts_with('_') && word.contains(char::is_alphanumeric);
            let words = line.split(|c: char| !c.is_alphanumeric() && c != '_');
            // Of a line of the case itself the user is the author.
            let quoted =
                line.trim_start().split_once('|').is_some_and(|(number, _)| number.trim().parse::<u32>().is_ok());
            let private = { words }.find(|word| !quoted && is_private(word));
            assert_eq!(private, None, "{}: {line}", message.display());
            // An empty pipeline has no word to point at.
            let points_nowhere = message.ends_with("shape/empty.stderr");
            assert!(points_nowhere || !line.contains("originates in the macro"), "{}: {line}", message.display());
        }
    }
}

/// All kept messages.
fn messages(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let all = entries.flat_map(|path| if path.is_dir() { messages(&path) } else { vec![path] });
    all.filter(|path| path.extension().is_some_and(|extension| extension == "stderr")).collect()
}
