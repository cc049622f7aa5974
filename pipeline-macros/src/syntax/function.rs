//! The header of the `fn` form.

use proc_macro2::{TokenStream, TokenTree};
use syn::{
    Attribute, Error, FnArg, Result, ReturnType, Safety, Signature, Visibility, braced,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
    spanned::Spanned,
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
            diagnostics.push(mend::at_last_token(error, tokens));
            (Form::Unreadable, TokenStream::new())
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
