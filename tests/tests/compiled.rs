//! What the compiler says of many pipelines at once: each is a module of its own, `cargo check` goes once over all of
//! them, and its errors are told apart by their lines.
//!
//! One token less: a slip costs one error, ours or rustc's, and none for what follows from it.
//! `cargo test -p pipeline-tests --test compiled -- --ignored --nocapture` deletes every token of every pipeline
//! in the documentation, and prints every slip that costs more. `DELETIONS=table` does so for the texts whose names have
//! that word in them, those of the tests too.
//! Brackets are left: rustc reads no text of which the brackets do not match.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod compiled {
    pub mod compile;
    pub mod corpus;
    pub mod reasons;
    pub mod tokens;
}

use compiled::{
    compile::{self, Said},
    corpus, reasons,
};

/// What the page leaves to rustc is refused for the reason that stands above it.
#[test]
fn what_is_wrong_is_refused_for_its_reason() {
    let (all, blocks) = reasons::blocks();
    assert!(blocks.len() > 20, "{} blocks", blocks.len());
    let said = compile::check(std::slice::from_ref(&all), "reasons");
    let mut elsewhere = Vec::new();
    for wrong in blocks {
        let place = format!("the block in line {} of language.md", wrong.line);
        let told = said.between(&all, wrong.begins, wrong.ends);
        let [first, ..] = told.as_slice() else { panic!("nothing is said of {place}") };
        let (code, message) = first.text.split_once(' ').unwrap_or(("", &first.text));
        assert_eq!(code, wrong.code, "{place}: {message}");
        let entries = &wrong.entries;
        let is_told = entries.iter().any(|entry| reasons::is_of(message, &first.shown, entry));
        if !is_told {
            elsewhere
                .push(format!("{place} gets the message\n    {message}\nand the text above it leads to {entries:#?}"));
        }
    }
    assert!(elsewhere.is_empty(), "{}", elsewhere.join("\n"));
}

/// Slips that cost more than one error, of a thousand: it may become fewer.
const MOST_IN_A_THOUSAND: usize = 25;

#[test]
#[ignore = "it compiles thousands of pipelines"]
fn a_token_less_costs_one_error() {
    let wanted = std::env::var("DELETIONS").unwrap_or_else(|_| "pipeline-runtime".to_owned());
    let crates = corpus::crates(&wanted);
    let said = compile::check(&crates, "deletions");
    let (mut slips, mut spread, mut unsound) = (0, 0, 0);
    for crate_of in &crates {
        for sound in crate_of.sound() {
            // Its surroundings are not there.
            let told = said.of(crate_of, sound);
            if !told.is_empty() {
                unsound += 1;
                println!("left out: {} line {}: {}", sound.file, sound.line, told[0].text);
                continue;
            }
            for slip in crate_of.slips_of(sound) {
                slips += 1;
                let told = said.of(crate_of, slip);
                if mistakes(&told) > 1 {
                    spread += 1;
                    println!("\n{} line {}: without `{}` in `{}`", slip.file, slip.line, slip.token, slip.written);
                    told.iter().for_each(|said| println!("    {}: {}", said.line, said.text));
                }
            }
        }
    }
    println!("\n{spread} of {slips} slips cost more than one error; {unsound} pipelines left out");
    assert!(slips > 0);
    assert!(spread * 1000 <= slips * MOST_IN_A_THOUSAND, "{spread} of {slips} slips cost more than one error");
}

/// How many mistakes a reader takes the errors for: the places of a conflict are one, and so is what rustc says alike of
/// each use of a name.
fn mistakes(said: &[Said]) -> usize {
    let mut told: Vec<&str> = Vec::new();
    let mut ours = 0;
    for said in said {
        if said.is_ours {
            ours += usize::from(said.text.contains("\nhelp: ") || ours == 0);
        } else if !told.contains(&said.text.as_str()) {
            told.push(&said.text);
        }
    }
    ours + told.len()
}
