//! The items of a pipeline, one at a time.

use proc_macro2::{Punct, Spacing, TokenTree};
use syn::{
    Expr, Ident, Pat, Result, Token, Type,
    parse::{ParseStream, Parser},
};

use super::{Item, Let, attributes, no_item, split::Chunk, statement, unexpected};
use crate::diagnostics::Diagnostics;

/// All items, and the tail.
pub(super) fn parse_all(chunks: Vec<Chunk>, diagnostics: &mut Diagnostics) -> (Vec<Item>, Option<Expr>) {
    let mut items = Vec::new();
    let mut tail = None;
    let count = chunks.len();
    for (at, chunk) in chunks.into_iter().enumerate() {
        let last = at + 1 == count;
        if chunk.looks_like_item() {
            items.extend(parse_item(chunk, diagnostics));
        } else if chunk.terminated {
            let (place, message) = no_item::describe(&chunk, last);
            diagnostics.error(place, message);
        } else if last {
            tail = diagnostics.ok(parse_tail.parse2(chunk.tokens.into_iter().collect()));
        } else {
            let (place, message) = no_item::in_front(&chunk);
            diagnostics.error(place, message);
        }
    }
    (items, tail)
}

fn parse_tail(input: ParseStream) -> Result<Expr> {
    let tail = input.parse()?;
    match input.is_empty() {
        true => Ok(tail),
        false => Err(unexpected::instead_of("the end of the pipeline behind its tail", input)),
    }
}

fn parse_item(mut chunk: Chunk, diagnostics: &mut Diagnostics) -> Option<Item> {
    let last = chunk.tokens.last().cloned();
    if !chunk.terminated {
        let mut semicolon = Punct::new(';', Spacing::Alone);
        semicolon.set_span(last.as_ref().map_or_else(proc_macro2::Span::call_site, TokenTree::span));
        chunk.tokens.push(semicolon.into());
    }
    let item = diagnostics.ok(parse.parse2(chunk.tokens.into_iter().collect()))?;
    if !chunk.terminated {
        diagnostics.error(last, "expected `;` behind this");
    }
    Some(item)
}

fn parse(input: ParseStream) -> Result<Item> {
    let attrs = attributes::parse_outer(input)?;
    if input.peek(Token![let]) {
        input.parse::<Token![let]>()?;
        let pat = Pat::parse_single(input)?;
        let ty = parse_type(input)?;
        if !input.peek(Token![=]) {
            return Err(unexpected::let_without_value(&pat, input));
        }
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        input.parse::<Token![;]>()?;
        return Ok(Item::Let(Let { attrs, pat, ty, value }));
    }
    let keyword: Ident = input.parse()?;
    if keyword == "clone" {
        if let Some(attr) = attrs.iter().find(|attr| !attr.path().is_ident("doc")) {
            return Err(syn::Error::new_spanned(attr, "a `clone` takes no attribute"));
        }
        return parse_clone(input).map(Item::Clone);
    }
    statement::parse(attrs, keyword, input).map(|statement| Item::Statement(Box::new(statement)))
}

/// The names behind `clone`, and the `;`.
fn parse_clone(input: ParseStream) -> Result<Vec<Ident>> {
    let mut names = Vec::new();
    loop {
        if !input.peek(Ident) {
            return Err(unexpected::in_clone(&names, input));
        }
        names.push(input.parse()?);
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            return Ok(names);
        }
        if !input.peek(Token![,]) {
            return Err(unexpected::in_clone(&names, input));
        }
        input.parse::<Token![,]>()?;
    }
}

/// `: TYPE`, if it is there.
pub(super) fn parse_type(input: ParseStream) -> Result<Option<Type>> {
    if input.peek(Token![:]) {
        input.parse::<Token![:]>()?;
        let starts_no_type = input.peek(Token![=]) || input.peek(Token![:]) || input.peek(Token![;]);
        if starts_no_type || input.peek(Token![,]) || input.is_empty() {
            return Err(unexpected::instead_of_type(input));
        }
        return input.parse().map(Some);
    }
    Ok(None)
}
