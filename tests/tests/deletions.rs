//! One token less: what is said of a pipeline from which a token was deleted, for every token of many.
//!
//! Each deletion is a function of a crate of its own; `cargo check` goes once over all of them, and its errors are told
//! apart by their lines. A slip costs one error: ours or rustc's, and none for what follows from it.
//!
//! `cargo test -p pipeline-tests --test deletions -- --ignored --nocapture` prints every slip that costs more.
//! `DELETIONS=table` does so for the texts whose names have that word in them.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

mod deletions {
    pub mod compile;
    pub mod corpus;
    pub mod tokens;
}

use deletions::{
    compile::{self, Said},
    corpus,
};

/// Slips that cost more than one error, of a thousand: it may become fewer.
const MOST_IN_A_THOUSAND: usize = 1000;

#[test]
#[ignore = "it compiles thousands of pipelines"]
fn a_token_less_costs_one_error() {
    let wanted = std::env::var("DELETIONS").unwrap_or_default();
    let crates = corpus::crates(&wanted);
    let said = compile::check(&crates);
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
