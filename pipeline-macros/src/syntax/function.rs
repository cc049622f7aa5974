//! The header of the `fn` form.

use proc_macro2::{Delimiter, Group, Spacing, Span, TokenStream, TokenTree};
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
            diagnostics.push(mend::at_last_token(mend::reworded(error), tokens.clone()));
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
        || lacks_its_fn(words)
        || split::is_ident(words.first(), &["pub"]) && !split::is_ident(word, &split::STATEMENTS)
}

/// `NAME(…) -> …`, where nothing else begins like that.
fn lacks_its_fn(words: &[TokenTree]) -> bool {
    match words {
        [TokenTree::Ident(_), parameters, minus, arrow, ..] => {
            split::is_group(parameters, Delimiter::Parenthesis)
                && split::is_punct(minus, '-')
                && split::is_punct(arrow, '>')
                && matches!(words.last(), Some(body) if split::is_group(body, Delimiter::Brace))
        }
        _ => false,
    }
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
    let has_its_fn =
        input.fork().parse::<TokenStream>()?.into_iter().any(|token| split::is_ident(Some(&token), &["fn"]));
    while has_its_fn && !input.peek(Token![fn]) {
        input.parse::<TokenTree>()?;
    }
    input.parse::<Option<Token![fn]>>()?;
    let (name, generics) = (input.parse()?, input.parse()?);
    let parameters: Group = input.parse()?;
    let inputs = parts(parameters.stream()).iter().map(|part| parameter(part)).collect::<Result<_>>()?;
    let mut ty = TokenStream::new();
    let arrow: Option<Token![->]> = input.parse().unwrap_or_default();
    while !input.peek(token::Brace) {
        ty.extend([input.parse::<TokenTree>()?]);
    }
    let has_output = arrow.is_some() || !ty.is_empty();
    let output =
        has_output.then(|| parse2(ty.clone()).or_else(|_| parse2(quote!(#ty >))).unwrap_or_else(|_| unreadable()));
    let body: Group = input.parse()?;
    input.parse::<TokenStream>()?;
    Ok((Header { attrs, vis, name, generics, receiver: None, inputs, output, cut: true }, body.stream()))
}

/// What begins in a name and a `:`, without commas at the ends.
fn parts(tokens: TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut parts: Vec<Vec<TokenTree>> = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let begins = match &tokens[at..] {
            [TokenTree::Ident(_), TokenTree::Punct(colon), ..] => {
                colon.as_char() == ':' && colon.spacing() == Spacing::Alone && !behind_a_path_sign(&tokens[..at])
            }
            _ => false,
        };
        match parts.last_mut() {
            Some(last) if !begins => last.push(token.clone()),
            _ => parts.push(vec![token.clone()]),
        }
    }
    for part in &mut parts {
        while part.last().is_some_and(|token| split::is_punct(token, ',') || split::is_ident(Some(token), &["mut"])) {
            part.pop();
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

fn behind_a_path_sign(tokens: &[TokenTree]) -> bool {
    matches!(tokens, [.., first, second] if split::is_punct(first, ':') && split::is_punct(second, ':'))
}

/// `NAME: TYPE`, of an unreadable type if that cannot be read.
fn parameter(text: &[TokenTree]) -> Result<PatType> {
    if let Ok(FnArg::Typed(parameter)) = parse2(text.iter().cloned().collect()) {
        return Ok(parameter);
    }
    let name = text.iter().find(|token| matches!(token, TokenTree::Ident(_)));
    let is_sign = |token: &TokenTree| split::is_punct(token, ':');
    let is_named = text.get(1).is_none_or(is_sign) || !text.iter().any(&is_sign);
    let name: Ident = match name.filter(|_| is_named) {
        Some(name) => parse2(name.clone().into())?,
        None => Ident::new("unfinished", Span::call_site()),
    };
    let behind = text.iter().position(is_sign).unwrap_or_default() + 1;
    let ty = text.iter().skip(behind).cloned().collect();
    let ty: Type = parse2(ty).unwrap_or_else(|_| unreadable());
    match parse2(quote!(#name: #ty))? {
        FnArg::Typed(parameter) => Ok(parameter),
        FnArg::Receiver(receiver) => Err(Error::new_spanned(receiver, "no parameter")),
    }
}

/// What stands for a type.
fn unreadable() -> Type {
    parse_quote!(_)
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
    Header {
        attrs,
        vis,
        name: signature.ident,
        generics: signature.generics,
        receiver: self_argument,
        inputs,
        output,
        cut: false,
    }
}
