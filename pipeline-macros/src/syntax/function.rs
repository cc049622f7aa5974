//! The header of the `fn` form.

use proc_macro2::{Group, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Attribute, Error, FnArg, Ident, PatType, Result, ReturnType, Safety, Signature, Token, Type, Visibility, braced,
    parse::{ParseStream, Parser},
    parse_quote, parse2,
    punctuated::Punctuated,
    spanned::Spanned,
    token,
};

use super::{Form, Header, mend, split};
use crate::diagnostics::Diagnostics;

/// Tells the two forms apart, and gives the text between the braces of the `fn` form or all of the block form.
pub(super) fn split_header(tokens: TokenStream, diagnostics: &mut Diagnostics) -> (Form, TokenStream) {
    if !is_function(&tokens) {
        return (Form::Block, tokens);
    }
    let parsed = (|input: ParseStream| parse_function(input, diagnostics)).parse2(tokens.clone());
    match parsed {
        Ok((header, body)) => (Form::Function(Box::new(header)), body),
        Err(error) => {
            diagnostics.push(mend::at_last_token(error, tokens.clone()));
            match mended.parse2(tokens) {
                Ok((header, body)) => (Form::Function(Box::new(header)), body),
                Err(_) => (Form::Unreadable, TokenStream::new()),
            }
        }
    }
}

/// Whether the first word behind attributes, visibility and qualifiers is `fn`.
pub(super) fn is_function(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let words = split::skip_attributes(&tokens);
    let word = words.iter().find(|&token| {
        !split::is_ident(Some(token), &["pub", "async", "const", "unsafe", "extern", "safe"])
            && !matches!(token, TokenTree::Group(_) | TokenTree::Literal(_))
    });
    split::is_ident(word, &["fn"])
        || split::is_ident(words.first(), &["pub"]) && !split::is_ident(word, &split::STATEMENTS)
}

fn parse_function(input: ParseStream, diagnostics: &mut Diagnostics) -> Result<(Header, TokenStream)> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    let signature: Signature = input.parse()?;
    let content;
    braced!(content in input);
    let body: TokenStream = content.parse()?;
    if !input.is_empty() {
        let rest: TokenStream = input.parse()?;
        return Err(Error::new_spanned(
            rest,
            "one `pipeline!` holds one `fn`\nhelp: give what follows a `pipeline! { … }` of its own, or put it outside",
        ));
    }
    Ok((header(attrs, vis, signature, diagnostics), body))
}

/// A function whose header cannot be read as it is: what can be read of it, so that its callers still find it.
fn mended(input: ParseStream) -> Result<(Header, TokenStream)> {
    let attrs = input.call(Attribute::parse_outer)?;
    let vis: Visibility = input.parse()?;
    while !input.peek(Token![fn]) {
        input.parse::<TokenTree>()?;
    }
    input.parse::<Token![fn]>()?;
    let (name, generics) = (input.parse()?, input.parse()?);
    let parameters: Group = input.parse()?;
    let inputs = parts(parameters.stream()).into_iter().filter_map(|part| parameter(&part)).collect();
    let mut ty = TokenStream::new();
    let arrow: Option<Token![->]> = input.parse().unwrap_or_default();
    while !input.peek(token::Brace) {
        ty.extend([input.parse::<TokenTree>()?]);
    }
    let output = match (arrow.is_some() || !ty.is_empty())
        .then(|| parse2::<Type>(ty.clone()).or_else(|_| parse2(quote!(#ty >))))
    {
        Some(output) => Some(output?),
        None => None,
    };
    let body: Group = input.parse()?;
    input.parse::<TokenStream>()?;
    Ok((Header { attrs, vis, name, generics, receiver: None, inputs, output }, body.stream()))
}

/// What stands between commas, but for those of types.
fn parts(tokens: TokenStream) -> Vec<TokenStream> {
    let (mut parts, mut depth) = (vec![TokenStream::new()], 0_usize);
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => depth = depth.saturating_sub(1),
            TokenTree::Punct(punct) if punct.as_char() == ',' && depth == 0 => {
                parts.push(TokenStream::new());
                continue;
            }
            _ => {}
        }
        if let Some(last) = parts.last_mut() {
            last.extend([token]);
        }
    }
    parts
}

/// `NAME: TYPE`, of any type if that cannot be read.
fn parameter(text: &TokenStream) -> Option<PatType> {
    if let Ok(FnArg::Typed(parameter)) = parse2(text.clone()) {
        return Some(parameter);
    }
    let mut tokens = text.clone().into_iter().skip_while(|token| !matches!(token, TokenTree::Ident(_)));
    let name = tokens.next()?;
    let ty: TokenStream = tokens.skip_while(|token| split::is_punct(token, ':')).collect();
    let ty: Type = parse2(ty).unwrap_or_else(|_| parse_quote!(impl ::core::marker::Sized));
    let name: Ident = parse2(name.into()).ok()?;
    match parse_quote!(#name: #ty) {
        FnArg::Typed(parameter) => Some(parameter),
        FnArg::Receiver(_) => None,
    }
}

fn header(attrs: Vec<Attribute>, vis: Visibility, signature: Signature, diagnostics: &mut Diagnostics) -> Header {
    let qualifiers = [
        signature.constness.map(|token| ("const", token.span())),
        signature.asyncness.map(|token| ("async", token.span())),
        signature.abi.as_ref().map(|abi| ("extern", abi.span())),
        match &signature.safety {
            Safety::Unsafe(token) => Some(("unsafe", token.span())),
            Safety::Safe(token) => Some(("safe", token.span())),
            Safety::Default => None,
        },
    ];
    for (word, span) in qualifiers.into_iter().flatten() {
        diagnostics.push(Error::new(
            span,
            format_args!(
                "a pipeline's `fn` cannot be `{word}`\n\
                 help: it only builds the pipeline; remove `{word}`"
            ),
        ));
    }
    let (mut self_argument, mut inputs) = (None, Punctuated::new());
    for input in signature.inputs {
        match input {
            FnArg::Typed(input) => inputs.push(input),
            FnArg::Receiver(receiver) => {
                diagnostics.error(
                    &receiver,
                    "a pipeline's `fn` takes no `self`\n\
                     help: pass what it needs as a parameter",
                );
                self_argument = Some(receiver);
            }
        }
    }
    let output = match signature.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some(*ty),
    };
    Header { attrs, vis, name: signature.ident, generics: signature.generics, receiver: self_argument, inputs, output }
}
