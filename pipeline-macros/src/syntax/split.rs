//! Cuts the text of a pipeline into its items before any of them is parsed, so that a mistake in one costs no other.

use proc_macro2::{Delimiter, Punct, Spacing, Span, TokenStream, TokenTree};

use crate::resolve;

/// The keywords that begin a statement.
pub(crate) const STATEMENTS: [&str; 3] = ["source", "stage", "sink"];
/// The keywords that begin an item.
pub(super) const ITEMS: [&str; 5] = ["source", "stage", "sink", "let", "clone"];

/// The tokens of one item, its `;` included if it has one.
pub(super) struct Chunk {
    pub(super) tokens: Vec<TokenTree>,
    pub(super) terminated: bool,
}

impl Chunk {
    /// The tokens behind the attributes.
    pub(super) fn behind_attributes(&self) -> &[TokenTree] {
        skip_attributes(&self.tokens)
    }

    /// The first attribute in front.
    pub(super) fn first_attribute(&self) -> Option<TokenStream> {
        let has_one = self.behind_attributes().len() < self.tokens.len();
        has_one.then(|| self.tokens.iter().take(2).cloned().collect())
    }

    /// Its `;`, or what stands for one that is missing.
    pub(super) fn end(&self) -> Punct {
        match self.tokens.last() {
            Some(TokenTree::Punct(end)) if self.terminated => end.clone(),
            last => {
                let mut end = Punct::new(';', Spacing::Alone);
                end.set_span(last.map_or_else(Span::call_site, TokenTree::span));
                end
            }
        }
    }

    /// Whether this is an item, for a text that may be a tail expression as well.
    pub(super) fn looks_like_item(&self) -> bool {
        let tokens = self.behind_attributes();
        let named = tokens.get(1).is_some_and(is_name);
        starts_statement(tokens)
            || is_ident(tokens.first(), &["let"])
            || is_ident(tokens.first(), &ITEMS) && (named || self.terminated)
    }
}

/// The inner attributes in front, one stream each, and the items behind them. Among others one may lack its `!`.
pub(super) fn split(body: TokenStream) -> (Vec<TokenStream>, Vec<Chunk>) {
    let tokens: Vec<TokenTree> = body.into_iter().collect();
    let mut rest = tokens.as_slice();
    let mut inner = Vec::new();
    loop {
        let length = match inner_attribute(rest) {
            Some(0) => 3,
            Some(_) if of_the_whole(rest) => 2,
            _ => return (inner, chunks(rest)),
        };
        inner.push(rest[..length].iter().cloned().collect());
        rest = &rest[length..];
    }
}

/// An inner attribute with its `!`, and its brackets if that is missing.
pub(super) fn with_bang(attribute: TokenStream) -> (TokenStream, Option<TokenTree>) {
    let tokens: Vec<TokenTree> = attribute.clone().into_iter().collect();
    let [pound, brackets] = tokens.as_slice() else { return (attribute, None) };
    let mut bang = Punct::new('!', Spacing::Alone);
    bang.set_span(pound.span());
    ([pound.clone(), bang.into(), brackets.clone()].into_iter().collect(), Some(brackets.clone()))
}

/// An attribute, of which the name is that of one of the whole pipeline.
fn of_the_whole(tokens: &[TokenTree]) -> bool {
    let [pound, TokenTree::Group(attribute), ..] = tokens else { return false };
    let name = attribute.stream().into_iter().next();
    is_punct(pound, '#') && is_ident(name.as_ref(), &resolve::OPTIONS)
}

/// Whether the first item has a `#!` in front that lacks its brackets.
pub(super) fn begins_with_cut_attribute(chunks: &[Chunk]) -> bool {
    let tokens = chunks.first().map(|chunk| chunk.tokens.as_slice());
    matches!(tokens, Some([pound, bang, ..]) if is_punct(pound, '#') && is_punct(bang, '!'))
}

/// Takes the inner attributes out that stand in front of an item which is not the first.
pub(super) fn take_inner_attributes(chunks: &mut Vec<Chunk>) -> Vec<TokenStream> {
    let mut taken = Vec::new();
    for chunk in chunks.iter_mut() {
        while let Some(at) = inner_attribute(&chunk.tokens) {
            taken.push(chunk.tokens.drain(at..at + 3).collect());
        }
    }
    chunks.retain(|chunk| !chunk.tokens.is_empty());
    taken
}

/// Where the first inner attribute stands among the attributes in front of an item.
fn inner_attribute(tokens: &[TokenTree]) -> Option<usize> {
    let at = tokens.len() - skip_attributes(tokens).len();
    match &tokens[at..] {
        [pound, bang, group, ..]
            if is_punct(pound, '#') && is_punct(bang, '!') && is_group(group, Delimiter::Bracket) =>
        {
            Some(at)
        }
        _ => None,
    }
}

fn chunks(tokens: &[TokenTree]) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut current = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        // an item that begins while another has not ended: only its `;` is missing
        if !skip_attributes(&current).is_empty()
            && (starts_statement(skip_attributes(&tokens[at..])) || starts_value(&current, &tokens[at..]))
        {
            chunks.push(Chunk { tokens: std::mem::take(&mut current), terminated: false });
        }
        current.push(token.clone());
        if is_punct(token, ';') {
            chunks.push(Chunk { tokens: std::mem::take(&mut current), terminated: true });
        }
    }
    if !current.is_empty() {
        chunks.push(Chunk { tokens: current, terminated: false });
    }
    chunks
}

/// `stage NAME` or `stage (…) =`, which no Rust expression contains.
fn starts_statement(tokens: &[TokenTree]) -> bool {
    let [keyword, target, behind @ ..] = tokens else { return false };
    is_ident(Some(keyword), &STATEMENTS)
        && (is_name(target)
            || is_group(target, Delimiter::Parenthesis) && behind.first().is_some_and(|token| is_punct(token, '=')))
}

/// `let …` that is no condition, or `clone NAME`, behind the tokens `before` of something that has not ended.
fn starts_value(before: &[TokenTree], tokens: &[TokenTree]) -> bool {
    let [keyword, next, ..] = tokens else { return false };
    let last = before.last();
    let in_condition = is_ident(last, &["if", "while", "source", "stage", "sink"])
        || last.is_some_and(|last| is_punct(last, '&') || is_punct(last, '|'));
    is_ident(Some(keyword), &["let"]) && !in_condition || is_ident(Some(keyword), &["clone"]) && is_name(next)
}

/// A word that may be the name of something, and is none of Rust's that stand behind an expression.
fn is_name(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(_)) && !is_ident(Some(token), &["as", "else"])
}

pub(super) fn skip_attributes(mut tokens: &[TokenTree]) -> &[TokenTree] {
    while let [pound, group, rest @ ..] = tokens {
        if !(is_punct(pound, '#') && is_group(group, Delimiter::Bracket)) {
            break;
        }
        tokens = rest;
    }
    tokens
}

pub(super) fn is_ident(token: Option<&TokenTree>, names: &[&str]) -> bool {
    matches!(token, Some(TokenTree::Ident(ident)) if names.iter().any(|name| ident == name))
}

pub(super) fn is_punct(token: &TokenTree, char: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == char)
}

pub(super) fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}
