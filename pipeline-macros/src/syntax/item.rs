//! The items of a pipeline, one at a time.

use proc_macro2::{Punct, Spacing, TokenStream, TokenTree};
use syn::{
    Expr, Ident, Pat, Result, Token, Type,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{
    Item, Let, attributes,
    split::{self, Chunk},
    statement,
};
use crate::diagnostics::{Diagnostics, closest, one_of};

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
            diagnostics.error(TokenStream::from_iter(head(&chunk)), no_item(&chunk, last));
        } else if last {
            if let Some(attr) = chunk.first_attribute() {
                let message = "the tail takes no attribute\nhelp: make it a block: `{ #[…] … }`";
                diagnostics.error(attr, message);
                continue;
            }
            tail = diagnostics.ok(syn::parse2(chunk.tokens.into_iter().collect()));
        } else {
            diagnostics.error(TokenStream::from_iter(chunk.tokens), "the tail expression must stand last");
        }
    }
    (items, tail)
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
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        input.parse::<Token![;]>()?;
        return Ok(Item::Let(Let { attrs, pat, ty, value }));
    }
    let keyword: Ident = input.parse()?;
    if keyword == "clone" {
        if let Some(attr) = attrs.iter().find(|attr| !attr.path().is_ident("doc")) {
            let message = "a `clone` is no task and takes no attribute\nhelp: put it above a `stage` or `sink`";
            return Err(syn::Error::new_spanned(&attr.meta, message));
        }
        let names = Punctuated::<Ident, Token![,]>::parse_separated_nonempty(input)?;
        input.parse::<Token![;]>()?;
        return Ok(Item::Clone(names.into_iter().collect()));
    }
    statement::parse(attrs, keyword, input).map(|statement| Item::Statement(Box::new(statement)))
}

/// `: TYPE`, if it is there.
pub(super) fn parse_type(input: ParseStream) -> Result<Option<Type>> {
    if input.peek(Token![:]) {
        input.parse::<Token![:]>()?;
        return input.parse().map(Some);
    }
    Ok(None)
}

/// The first token behind the attributes.
fn head(chunk: &Chunk) -> Option<TokenTree> {
    chunk.behind_attributes().first().or(chunk.tokens.last()).cloned()
}

/// What to say about something with a `;` that is no item.
fn no_item(chunk: &Chunk, last: bool) -> String {
    let expected = one_of(&split::ITEMS);
    let tokens = chunk.behind_attributes();
    let found = match tokens.first() {
        Some(TokenTree::Ident(ident)) => ident.to_string(),
        _ => return format!("expected {expected}"),
    };
    let named = matches!(tokens.get(1), Some(TokenTree::Ident(_) | TokenTree::Group(_)));
    if let Some(near) = closest(&found, split::ITEMS).filter(|_| named) {
        return format!("expected {expected}, found `{found}`\nhelp: did you mean `{near}`?");
    }
    let expression = tokens[..tokens.len() - 1].iter().cloned().collect();
    if last && syn::parse2::<Expr>(expression).is_ok_and(|expr| !matches!(expr, Expr::Assign(_))) {
        return "the tail expression has no `;`\nhelp: remove the `;` at its end".to_owned();
    }
    format!("expected {expected}, found `{found}`")
}
