//! The tokens of pipelines, by their places in the text.

use std::ops::Range;

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};

/// Where tokens are that can be deleted: a bracket cannot, as rustc reads no text of which the brackets do not match.
pub fn of_pipelines(text: &str) -> Vec<Vec<Range<usize>>> {
    let mut found = Vec::new();
    if let Ok(tokens) = text.parse() {
        find(tokens, &mut found);
    }
    found
}

/// What stands in the braces of each `pipeline!`.
fn find(tokens: TokenStream, found: &mut Vec<Vec<Range<usize>>>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let called = tokens[..at].iter().rev().take(2).map(ToString::to_string).collect::<Vec<_>>();
        if group.delimiter() == Delimiter::Brace && called == ["!", "pipeline"] {
            let mut own = Vec::new();
            list(group.stream(), &mut own);
            found.push(own);
        } else {
            find(group.stream(), found);
        }
    }
}

fn list(tokens: TokenStream, found: &mut Vec<Range<usize>>) {
    // Characters that are one token to rustc, as those of `=>` and of a lifetime are.
    let mut joined: Option<(Range<usize>, String)> = None;
    for token in tokens {
        let range = token.span().byte_range();
        let mut own = token.to_string();
        if let Some((first, text)) = joined.take() {
            let together = format!("{text}{own}");
            if first.end == range.start && (text == "'" || is_operator(&together)) {
                found.pop();
                found.push(first.start..range.end);
                own = together;
            }
        }
        match &token {
            // A doc comment is a group too, at the place of the whole.
            TokenTree::Group(group) => {
                if group.span_open().byte_range() != range {
                    list(group.stream(), found);
                }
                continue;
            }
            TokenTree::Punct(punct) if punct.spacing() == Spacing::Joint => {
                joined =
                    Some((found.last().filter(|last| last.end == range.end).cloned().unwrap_or(range.clone()), own));
            }
            _ => {}
        }
        if found.last().is_none_or(|last| last.end != range.end) {
            found.push(range);
        }
    }
}

fn is_operator(text: &str) -> bool {
    const OPERATORS: [&str; 22] = [
        "=>", "->", "::", "..", "..=", "&&", "||", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "^=", "&=",
        "|=", "<<", ">>", "...",
    ];
    OPERATORS.contains(&text)
}
