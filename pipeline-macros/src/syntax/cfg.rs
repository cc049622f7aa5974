//! `#[cfg(…)]` on items and branches. Only rustc knows what holds, so a pipeline becomes two, one for each answer to its
//! first predicate; the one that is chosen asks for the next. Everything behind this sees what is left.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{
    Attribute, Error, Ident, LitStr, Meta, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
    token,
};

use super::{
    Name, attributes, function,
    split::{self, Chunk},
    statement,
};

/// A pipeline that depends on a predicate.
pub(crate) struct Choice {
    pub(crate) predicate: TokenStream,
    /// The pipeline's text where the predicate holds.
    pub(crate) with: TokenStream,
    /// Its text where it does not.
    pub(crate) without: TokenStream,
    /// Whether the text is that of the `fn` form.
    pub(crate) is_function: bool,
}

/// The choice that the first predicate in the text of a pipeline makes, if there is one.
pub(crate) fn first_choice(text: &TokenStream) -> Option<Choice> {
    let is_function = function::is_function(text);
    let mut header: Vec<TokenTree> = text.clone().into_iter().collect();
    if !is_function {
        let (predicate, with, without) = decide(text.clone())?;
        return Some(Choice { predicate, with, without, is_function });
    }
    let body = match header.pop()? {
        TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => body,
        _ => return None,
    };
    let (predicate, with, without) = decide(body.stream())?;
    let whole = |stream: TokenStream| {
        let mut braces = Group::new(Delimiter::Brace, stream);
        braces.set_span(body.span());
        header.iter().cloned().chain([braces.into()]).collect()
    };
    Some(Choice { predicate, with: whole(with), without: whole(without), is_function })
}

/// The first predicate among the items of a body, and the body with and without what depends on it.
fn decide(body: TokenStream) -> Option<(TokenStream, TokenStream, TokenStream)> {
    let (inner, chunks) = split::split(body);
    let predicate = chunks.iter().find_map(first_predicate)?;
    let text = predicate.to_string();
    let left = |holds: bool| {
        let items = chunks.iter().filter_map(|chunk| what_is_left(chunk, &text, holds));
        inner.iter().cloned().chain(items).collect()
    };
    let (with, without) = (left(true), left(false));
    Some((predicate, with, without))
}

/// An item's attributes and, if it has them, its branches; `None` for what cannot be read or is no item.
fn parts(chunk: &Chunk) -> Option<(Vec<Attribute>, &[TokenTree], Vec<Name>)> {
    if !chunk.looks_like_item() {
        return None;
    }
    let rest = chunk.behind_attributes();
    let written = &chunk.tokens[..chunk.tokens.len() - rest.len()];
    let attrs = attributes::parse_outer.parse2(written.iter().cloned().collect()).ok()?;
    let branches = branches(rest).and_then(|group| {
        let parse = Punctuated::<Name, Token![,]>::parse_terminated_with;
        let branches = (|input: ParseStream| parse(input, statement::parse_branch)).parse2(group.stream());
        branches.ok()
    });
    Some((attrs, rest, branches.into_iter().flatten().collect()))
}

/// The list of branches of an item, from its keyword on.
fn branches(item: &[TokenTree]) -> Option<&Group> {
    match item {
        [keyword, TokenTree::Group(group), ..] if split::is_ident(Some(keyword), &["stage"]) => {
            (group.delimiter() == Delimiter::Parenthesis).then_some(group)
        }
        _ => None,
    }
}

fn first_predicate(chunk: &Chunk) -> Option<TokenStream> {
    let (attrs, _, branches) = parts(chunk)?;
    attrs.iter().chain(branches.iter().flat_map(|branch| &branch.attrs)).find_map(predicate_of)
}

/// What is left of an item when this predicate holds, or does not.
fn what_is_left(chunk: &Chunk, predicate: &str, holds: bool) -> Option<TokenStream> {
    let asks = |attr: &Attribute| predicate_of(attr).is_some_and(|asked| asked.to_string() == predicate);
    let Some((mut attrs, rest, mut branches)) = parts(chunk) else {
        return Some(chunk.tokens.iter().cloned().collect());
    };
    if !holds && attrs.iter().any(asks) {
        return None;
    }
    attrs.retain(|attr| !asks(attr));
    if !branches.iter().any(|branch| branch.attrs.iter().any(asks)) {
        return Some(quote!(#(#attrs)* #(#rest)*));
    }
    branches.retain(|branch| holds || !branch.attrs.iter().any(asks));
    branches.iter_mut().for_each(|branch| branch.attrs.retain(|attr| !asks(attr)));
    let written = rest.get(1).map(TokenTree::span);
    let mut list = Group::new(Delimiter::Parenthesis, quote!(#(#branches,)*));
    list.set_span(written.unwrap_or_else(proc_macro2::Span::call_site));
    let (keyword, behind) = (rest.first(), rest.get(2..).unwrap_or_default());
    Some(quote!(#(#attrs)* #keyword #list #(#behind)*))
}

impl ToTokens for Name {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Name { attrs, ident, ty } = self;
        let ty = ty.as_ref().map(|ty| quote!(: #ty));
        tokens.extend(quote!(#(#attrs)* #ident #ty));
    }
}

/// The predicate of a well-formed `cfg`, as written; any other is left for the check to report.
fn predicate_of(attr: &Attribute) -> Option<TokenStream> {
    let Meta::List(list) = &attr.meta else { return None };
    if !list.path.is_ident("cfg") || one_predicate.parse2(list.tokens.clone()).is_err() {
        return None;
    }
    let mut predicate: Vec<TokenTree> = list.tokens.clone().into_iter().collect();
    predicate.pop_if(|last| matches!(last, TokenTree::Punct(comma) if comma.as_char() == ','));
    Some(predicate.into_iter().collect())
}

fn one_predicate(input: ParseStream) -> Result<()> {
    predicate(input)?;
    input.parse::<Option<Token![,]>>()?;
    Ok(())
}

/// `unix`, `feature = "x"`, `all(…)`
fn predicate(input: ParseStream) -> Result<()> {
    let name = input.call(Ident::parse_any)?;
    if input.peek(Token![=]) {
        input.parse::<Token![=]>()?;
        input.parse::<LitStr>()?;
    } else if input.peek(token::Paren) {
        let content;
        let paren = parenthesized!(content in input);
        let inner = Punctuated::<(), Token![,]>::parse_terminated_with(&content, predicate)?;
        if name == "not" && inner.len() != 1 {
            return Err(Error::new(paren.span.join(), "expected one predicate"));
        }
    }
    Ok(())
}
