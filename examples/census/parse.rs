//! From text to tree, without ever overflowing the stack on brackets.

use proc_macro2::{LineColumn, TokenStream, TokenTree, extra::invalidate_current_thread_spans};

/// How deep brackets may nest. Written code stays below 50; syn calls itself several times per level.
const DEEPEST: usize = 256;

/// Parses the text of a whole file. The error says where it failed, and why.
///
/// Brackets that nest too deep are an error, because a stack that overflows could not be: it aborts the process. What nests without
/// brackets (`- - - x`, `a + b + …`) is not looked for; [`STACK`](super::STACK) holds thousands of levels of it.
pub(crate) fn parse(text: &str) -> Result<syn::File, String> {
    // proc-macro2 keeps every text that a thread has lexed, for its spans; nothing of the last file is in use any more
    invalidate_current_thread_spans();

    let tokens = without_shebang(text)
        .parse::<TokenStream>()
        .map_err(|fault| at(fault.span().start(), "not a token of Rust"))?;
    if nests_too_deep(&tokens) {
        return Err(format!("brackets nest deeper than {DEEPEST} levels"));
    }
    syn::parse2(tokens).map_err(|fault| at(fault.span().start(), fault))
}

fn at(place: LineColumn, fault: impl ToString) -> String {
    format!("line {}, column {}: {}", place.line, place.column + 1, fault.to_string())
}

/// A first line like `#!/usr/bin/env cargo` is no Rust; `#![…]` is. Its end of line stays, so that lines keep their numbers.
fn without_shebang(text: &str) -> &str {
    match text.strip_prefix("#!") {
        Some(rest) if !rest.trim_start().starts_with('[') => rest.find('\n').map_or("", |end| &rest[end..]),
        _ => text,
    }
}

/// Walks the brackets with a stack of its own.
fn nests_too_deep(tokens: &TokenStream) -> bool {
    let mut open = vec![tokens.clone().into_iter()];
    while let Some(level) = open.last_mut() {
        match level.next() {
            Some(TokenTree::Group(_)) if open.len() > DEEPEST => return true,
            Some(TokenTree::Group(group)) => open.push(group.stream().into_iter()),
            Some(_) => {}
            None => _ = open.pop(),
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        parse(text).err().unwrap()
    }

    #[test]
    fn a_fault_says_where() {
        for (text, start) in [
            ("fn f() {\n    let x 1;\n}", "line 2, column 11: expected"),
            ("fn f() {\n  'x 1 \"\n}", "line 2, column 8: not a token of Rust"),
            ("#!/usr/bin/env x\nfn 1", "line 2, column 4: expected identifier"),
        ] {
            assert!(fault(text).starts_with(start), "{}", fault(text));
        }
    }

    #[test]
    fn a_shebang_and_a_mark_are_no_faults() {
        for text in ["#!/bin/x\nfn f() {}", "#!/bin/x", "#![allow(x)]", "#! [allow(x)]", "\u{feff}fn f() {}", ""] {
            assert!(parse(text).is_ok(), "{text}");
        }
    }

    #[test]
    fn brackets_cannot_overflow_the_stack() {
        let nested = |depth| format!("const X: u8 = {}1{};", "(".repeat(depth), ")".repeat(depth));
        assert_eq!(fault(&nested(1_000_000)), "brackets nest deeper than 256 levels");
        assert_eq!(fault(&nested(DEEPEST + 1)), "brackets nest deeper than 256 levels");
        let deepest = nested(DEEPEST);
        let parsed = std::thread::Builder::new().stack_size(crate::STACK).spawn(move || parse(&deepest).is_ok());
        assert!(parsed.unwrap().join().unwrap());
    }
}
