//! Attributes: unlike Rust's, one pair of brackets may hold several, `#[in_flight(64), blocking]`.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    AttrStyle, Attribute, Error, Expr, Meta, MetaList, Result, Token, bracketed,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{mend, split};
use crate::{diagnostics::Diagnostics, text};

/// The outer attributes in front of something.
pub(super) fn parse_outer(input: ParseStream) -> Result<Vec<Attribute>> {
    let mut attrs = Vec::new();
    while input.peek(Token![#]) {
        let pound = input.parse()?;
        attrs.extend(brackets(input, pound, AttrStyle::Outer)?);
    }
    Ok(attrs)
}

/// The outer attributes in front of an item, and the tokens behind them; one that cannot be read is reported and left
/// out.
pub(super) fn split_outer<'a>(
    tokens: &'a [TokenTree],
    diagnostics: &mut Diagnostics,
) -> (Vec<Attribute>, &'a [TokenTree]) {
    let rest = split::skip_attributes(tokens);
    let written = &tokens[..tokens.len() - rest.len()];
    let attrs = written.chunks(2).flat_map(|attr| {
        let attr = parse_outer.parse2(attr.iter().cloned().collect());
        diagnostics.ok(attr).unwrap_or_default()
    });
    (attrs.collect(), rest)
}

/// One `#![…]`.
pub(super) fn parse_inner(tokens: TokenStream, diagnostics: &mut Diagnostics) -> Vec<Attribute> {
    let parser = |input: ParseStream| {
        let pound = input.parse()?;
        let bang = input.parse()?;
        brackets(input, pound, AttrStyle::Inner(bang))
    };
    diagnostics.ok(parser.parse2(tokens)).unwrap_or_default()
}

/// The arguments in an attribute's parentheses: mended where they are half typed, which is an error beside them.
pub(crate) fn arguments(list: &MetaList) -> (Vec<Expr>, Option<Error>) {
    let mended = mend::parse(list.tokens.clone(), |input| {
        Ok(Punctuated::<Expr, Token![,]>::parse_terminated(input)?.into_iter().collect::<Vec<Expr>>())
    });
    (mended.value.unwrap_or_default(), mended.error)
}

fn brackets(input: ParseStream, pound_token: Token![#], style: AttrStyle) -> Result<Vec<Attribute>> {
    let content;
    let bracket_token = bracketed!(content in input);
    let mut metas = Vec::new();
    while !content.is_empty() {
        let meta: Meta = content.parse()?;
        if !content.is_empty() && !content.peek(Token![,]) {
            return Err(behind(&meta, &content));
        }
        content.parse::<Option<Token![,]>>()?;
        metas.push(meta);
    }
    Ok(metas.into_iter().map(|meta| Attribute { pound_token, style, bracket_token, meta }).collect())
}

/// What to say of something behind an attribute that is no comma: an argument without its parentheses, or another
/// attribute.
fn behind(meta: &Meta, rest: ParseStream) -> Error {
    let Meta::Path(path) = meta else { return rest.error("expected `,` between two attributes") };
    let separator =
        |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if [':', '='].contains(&punct.as_char()));
    let argument: TokenStream = rest.cursor().token_stream().into_iter().skip_while(separator).collect();
    let name = text::tokens(path);
    let message = format!(
        "the argument of `{name}` stands in parentheses\n\
         help: `{name}({})`",
        text::tokens(&argument)
    );
    match argument.clone().into_iter().next() {
        Some(TokenTree::Literal(_)) => Error::new_spanned(argument, message),
        _ => rest.error("expected `,` between two attributes"),
    }
}
