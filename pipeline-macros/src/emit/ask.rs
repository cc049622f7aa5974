//! Calls of what is asked of items and closures, so placed that what is wrong is shown at the user's own words.
//!
//! The compiler shows an error at an expression of generated code where it says `from expansion`, unless all that the
//! expression begins and ends with stands at the user's own tokens with their own hygiene. Names must not: they would be
//! seen by the user's code. So names stand in parentheses that do.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::{Context, names};

impl Context<'_> {
    /// The function of this path in the runtime's `check`, as if it stood at `span`.
    pub(super) fn check(&self, path: &[&str], span: Span) -> TokenStream {
        self.check_of(path, None, span)
    }

    /// As [`check`](Self::check), with type arguments, if there are any.
    pub(super) fn check_of(&self, path: &[&str], arguments: Option<TokenStream>, span: Span) -> TokenStream {
        let path = path.iter().map(|name| Ident::new(name, names::at(span)));
        let check = &self.check;
        let path = moved(quote!(#check #(:: #path)*), span);
        parenthesised(quote!(#path #arguments), span)
    }

    /// Asks of the items behind `items` whether they can go from task to task, at `span`, unless it has just been said
    /// of their type that it cannot: it is mostly the same, some stages before. `ask` says what for.
    pub(super) fn ask_to_send(&self, items: &Ident, ask: &str, span: Span) -> TokenStream {
        let (asked, ask) = (shown(&names::local("asked"), span), Ident::new(ask, span));
        let arguments = parenthesised(quote!(sent), span);
        quote! {
            let asked = sent.about(#items);
            let sent = #asked.#ask #arguments;
        }
    }

    /// Asks of the items behind `items` what the method `ask` says, at `span`; `let sound` if there is nothing else.
    pub(super) fn ask(&self, items: &Ident, ask: &str, span: Span) -> TokenStream {
        let (items, ask) = (shown(items, span), Ident::new(ask, span));
        let sound = names::local("sound");
        let arguments = parenthesised(quote!(#sound), span);
        // What is known by now decides the answer.
        quote! {
            let #sound = #sound.known();
            let #sound = #items.#ask #arguments;
        }
    }
}

/// A path of generated code as an expression that stands at `span`.
pub(super) fn path(path: &TokenStream, span: Span) -> TokenStream {
    parenthesised(moved(path.clone(), span), span)
}

/// A local as an expression that stands at `span`.
pub(super) fn shown(local: &Ident, span: Span) -> TokenStream {
    let local = Ident::new(&local.to_string(), names::at(span));
    parenthesised(local.to_token_stream(), span)
}

/// A local as an argument that stands at `span`: no lint takes the braces for the user's.
pub(super) fn argument(local: &Ident, span: Span) -> TokenStream {
    let local = Ident::new(&local.to_string(), names::at(span));
    braced(local.to_token_stream(), span)
}

/// `(tokens)` at `span`.
pub(super) fn parenthesised(tokens: TokenStream, span: Span) -> TokenStream {
    grouped(Delimiter::Parenthesis, tokens, span)
}

/// `{ tokens }` at `span`.
pub(super) fn braced(tokens: TokenStream, span: Span) -> TokenStream {
    grouped(Delimiter::Brace, tokens, span)
}

fn grouped(delimiter: Delimiter, tokens: TokenStream, span: Span) -> TokenStream {
    let mut group = Group::new(delimiter, tokens);
    group.set_span(span);
    TokenTree::Group(group).into()
}

/// The tokens with their own hygiene, at `span`.
fn moved(tokens: TokenStream, span: Span) -> TokenStream {
    let moved_token = |mut token: TokenTree| {
        if let TokenTree::Group(group) = token {
            let mut inner = Group::new(group.delimiter(), moved(group.stream(), span));
            inner.set_span(span.resolved_at(group.span()));
            return TokenTree::Group(inner);
        }
        token.set_span(span.resolved_at(token.span()));
        token
    };
    tokens.into_iter().map(moved_token).collect()
}

/// The place of the last token.
pub(super) fn last(tokens: impl ToTokens) -> Span {
    let last = tokens.into_token_stream().into_iter().last();
    last.map_or_else(Span::call_site, |token| match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    })
}
