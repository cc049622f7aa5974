//! What to say about a piece of a pipeline that is no item and no tail.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Expr;

use super::split::{self, Chunk};
use crate::{
    diagnostics::{closest, one_of},
    text, vocabulary,
};

/// Words that begin an item of Rust, which stands outside.
const RUST_ITEMS: [&str; 11] =
    ["use", "fn", "struct", "enum", "type", "impl", "trait", "mod", "static", "const", "macro_rules"];

/// Words in front of a statement that mean something in front of an item of Rust.
const QUALIFIERS: [&str; 6] = ["pub", "async", "const", "static", "unsafe", "mut"];

/// Something with a `;`: where to say it, and what.
///
/// `keyword` is the one that it was meant to begin with.
pub(super) fn describe(chunk: &Chunk, keyword: Option<&str>, last: bool) -> (TokenStream, String) {
    if let Some(message) = inner_attribute(chunk) {
        return message;
    }
    let tokens = chunk.behind_attributes();
    let place = tokens.first().or(chunk.tokens.last()).cloned().into_iter().collect();
    let expected = format!("expected {}", one_of(&split::ITEMS));
    let Some(TokenTree::Ident(first)) = tokens.first() else {
        let found = tokens.first().map(|token| format!(", found `{}`", first_char(token))).unwrap_or_default();
        let empty = matches!(tokens, [semicolon] if split::is_punct(semicolon, ';'));
        let help = if empty { "\nhelp: remove the `;`" } else { "" };
        return (place, format!("{expected}{found}{help}"));
    };
    let word = first.to_string();
    if let Some(keyword) = keyword {
        return (place, format!("{expected}, found `{word}`\nhelp: did you mean `{keyword}`?"));
    }
    if RUST_ITEMS.contains(&word.as_str()) {
        let help = format!("put the `{word}` before the `pipeline!`");
        return (place, format!("{expected}, found `{word}`\nhelp: {help}"));
    }
    let expression: TokenStream = tokens[..tokens.len() - 1].iter().cloned().collect();
    let help = match syn::parse2::<Expr>(expression) {
        Ok(Expr::Return(inner)) if last => {
            let value = inner.expr.map_or_else(|| "()".to_owned(), |value| text::tokens(&*value));
            return (place, format!("the tail is the value, without `return`\nhelp: `{value}`, without `;`"));
        }
        Ok(Expr::Assign(assign)) => format!("\nhelp: `let {};`", text::tokens(&assign)),
        Ok(_) if last => return (place, "the tail expression has no `;`\nhelp: remove the `;` at its end".to_owned()),
        Ok(expr) => elsewhere(&text::tokens(&expr)),
        Err(_) => String::new(),
    };
    (place, format!("{expected}, found `{word}`{help}"))
}

/// Something without a `;` that does not stand last: where to say it, and what.
pub(super) fn in_front(chunk: &Chunk) -> (TokenStream, String) {
    if let Some(message) = inner_attribute(chunk) {
        return message;
    }
    let tokens = chunk.behind_attributes();
    if let [TokenTree::Ident(word)] = tokens
        && QUALIFIERS.contains(&word.to_string().as_str())
    {
        let message = format!("a statement cannot be `{word}`\nhelp: remove `{word}`");
        return (word.clone().into_token_stream(), message);
    }
    if let Some(TokenTree::Ident(word)) = tokens.first()
        && RUST_ITEMS.contains(&word.to_string().as_str())
    {
        let message = format!(
            "expected {}, found `{word}`\nhelp: put the `{word}` before the `pipeline!`",
            one_of(&split::ITEMS)
        );
        return (word.clone().into_token_stream(), message);
    }
    let all = chunk.tokens.iter().cloned().collect();
    (all, "the tail expression must stand last\nhelp: move it behind the last statement".to_owned())
}

/// `#![…]` behind the first item.
fn inner_attribute(chunk: &Chunk) -> Option<(TokenStream, String)> {
    let [pound, bang, TokenTree::Group(group), ..] = chunk.behind_attributes() else { return None };
    if !(split::is_punct(pound, '#') && split::is_punct(bang, '!') && group.delimiter() == Delimiter::Bracket) {
        return None;
    }
    let inner = text::tokens(&group.stream());
    let place = [pound.clone(), bang.clone(), TokenTree::Group(group.clone())].into_iter().collect();
    let message = format!(
        "`#![…]` is for the whole pipeline and stands at its top\n\
         help: move it there, or write `#[{inner}]` for the statement behind it"
    );
    Some((place, message))
}

/// The keyword that the word in front of `NAME =` was meant to be.
pub(super) fn meant_keyword(chunk: &Chunk) -> Option<&'static str> {
    let [TokenTree::Ident(word), TokenTree::Ident(_) | TokenTree::Group(_), behind @ ..] = chunk.behind_attributes()
    else {
        return None;
    };
    let word = word.to_string();
    let defines = behind.first().is_some_and(|token| split::is_punct(token, '=') || split::is_punct(token, ':'));
    closest(&word, split::ITEMS).or_else(|| vocabulary::keyword(&word).filter(|_| defines))
}

/// What to do with an expression that is evaluated for its effect.
fn elsewhere(expr: &str) -> String {
    match expr.len() {
        0..=60 => format!("\nhelp: what is done once stands before the `pipeline!`, or in a `let`: `let _ = {expr};`"),
        _ => "\nhelp: what is done once stands before the `pipeline!`, or in a `let`".to_owned(),
    }
}

/// The token, or the bracket that a group opens with.
fn first_char(token: &TokenTree) -> String {
    token.to_string().chars().next().map(String::from).unwrap_or_default()
}
