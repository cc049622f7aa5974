//! The pipeline's value: the tail, evaluated when all sinks have ended.

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::{Context, ask, capture::of_tail, names};
use crate::graph::{End, Statement};
use crate::ops::OpKind;
use crate::syntax::Returned;
use crate::uses::Uses;

impl Context<'_> {
    pub(super) fn sink_statements(&self) -> impl Iterator<Item = &Statement> {
        self.graph.sinks.iter().map(|id| &self.graph.statements[*id]).filter(|sink| !sink.is_port())
    }

    /// `let tail`: the tail, or what stands for it, as a closure over the sinks' values.
    pub(super) fn prepare_tail(&self) -> TokenStream {
        match (&self.graph.tail, self.given()) {
            (Some(tail), _) => self.written_tail(&Uses::of(tail), &tail.to_token_stream()),
            (None, None) => {
                let tail = self.default_tail();
                quote!(let (tail, _, sound) = #tail;)
            }
            // The user has written no value that a mismatch could be shown at.
            (None, Some(output)) => {
                let (tail, span) = (self.default_tail(), output.span());
                let (value, given) = (ask::shown(&names::local("value"), span), Ident::new("given", span));
                let arguments = ask::parenthesised(quote!(sound), span);
                quote! {
                    let (tail, value, sound) = #tail;
                    let sound = #value.#given::<#output, _> #arguments;
                    let tail = sound.of(tail);
                }
            }
        }
    }

    /// `let tail`: this value, in which these names are used, as a closure over the sinks' values.
    pub(super) fn written_tail(&self, uses: &Uses, value: &TokenStream) -> TokenStream {
        let output = self.given().map_or_else(|| quote_spanned!(value.span()=> _), ToTokens::to_token_stream);
        let unused = self.sink_statements().map(|sink| &sink.name).filter(|name| !uses.contains(name));
        let unused: Vec<&Ident> = unused.filter(|name| names::is_plain(name)).collect();
        // they are there to be named
        let value = match unused.is_empty() {
            true => value.clone(),
            false => quote!({ let _ = (#(&#unused,)*); #value }),
        };
        let tail = self.tail(self.names_in(uses), &value, Some(&output));
        quote!(let (tail, _, sound) = #tail;)
    }

    /// The type of the pipeline's value, or of what goes out, as far as a function's signature says it.
    pub(super) fn given(&self) -> Option<&Type> {
        let function = self.graph.function.as_ref()?;
        match Returned::of(&function.output)? {
            Returned::Pipeline { output, .. } | Returned::Flow { output, .. } => Some(output),
        }
    }

    /// What the pipeline itself is shown at: its value, or what stands for it.
    pub(super) fn place(&self) -> Span {
        let output = || self.graph.output().map(|(_, edge)| self.graph.edges[edge].name.span());
        let sink = || self.graph.sinks.last().map(|id| self.graph.statements[*id].name.span());
        let tail = self.graph.tail.as_ref().map(Spanned::span);
        tail.or_else(output).or_else(sink).unwrap_or_else(Span::call_site)
    }

    /// A closure over the sinks' values, which have these names, paired up from the left, with what is known of it.
    /// `output` is its return type: with one, no lint takes a tail that calls a function for a redundant closure.
    fn tail(&self, names: Vec<TokenStream>, value: &TokenStream, output: Option<&TokenStream>) -> TokenStream {
        let check = &self.check;
        let witnesses = self.sink_statements().map(|sink| names::part(sink, "value").to_token_stream());
        let witness = witnesses.reduce(|left, right| quote!(#check::pair(#left, #right)));
        let witness = witness.unwrap_or_else(|| quote!(#check::items::<()>()));
        let pattern = names.into_iter().reduce(|left, right| quote!((#left, #right))).unwrap_or_else(|| quote!(()));
        let clones = of_tail(self.graph).map(|uses| self.clones(&uses));
        let span = self.graph.tail.as_ref().map_or_else(Span::call_site, Spanned::span);
        let body = match output {
            Some(output) => {
                let body = if is_block(value) { value.clone() } else { ask::braced(value.clone(), ask::last(value)) };
                quote_spanned!(span=> -> #output #body)
            }
            None => value.clone(),
        };
        let tail = self.check(&["tail"], span);
        let closure = quote_spanned!(span=> move |#pattern| #body);
        quote! {
            {
                #clones
                #tail(sound, #witness, #closure)
            }
        }
    }

    /// For each sink its name; not one that may be a constant's, unless the tail has it.
    fn names_in(&self, tail: &Uses) -> Vec<TokenStream> {
        let name = |sink: &Statement| match tail.contains(&sink.name) || names::is_plain(&sink.name) {
            true => sink.name.to_token_stream(),
            false => quote!(_),
        };
        self.sink_statements().map(name).collect()
    }

    /// Without a tail: nothing, the one value, or the tuple of values in written order; and a name for each sink's.
    fn default_tail(&self) -> TokenStream {
        let counts_only = |sink: &&Statement| {
            matches!(&sink.end, End::Terminal(op)
                if matches!(op.spec.kind, OpKind::ForEach | OpKind::Forward | OpKind::Discard | OpKind::Via))
        };
        // An error about the value is one about the sink.
        let name = |sink: &Statement| Ident::new(&names::part(sink, "value").to_string(), names::at(sink.name.span()));
        let mut values = Vec::new();
        let names = self.sink_statements().map(|sink| {
            if counts_only(&sink) {
                return quote!(_);
            }
            let name = name(sink).to_token_stream();
            values.push(name.clone());
            name
        });
        let names = names.collect();
        match values.as_slice() {
            [one] => self.tail(names, one, None),
            values => self.tail(names, &quote!((#(#values),*)), None),
        }
    }

    /// Places for the sinks' values.
    pub(super) fn sink_values(&self) -> TokenStream {
        let private = &self.private;
        let places = self.sink_statements().map(|sink| {
            let (place, value) = (names::part(sink, "place"), names::part(sink, "value"));
            quote!(let #place = sound.of(#private::SinkValue::of(#value));)
        });
        quote!(#(#places)*)
    }

    /// What is done when all tasks have ended.
    pub(super) fn finish(&self) -> TokenStream {
        let private = &self.private;
        let values = self.sink_statements().map(|sink| {
            let place = names::part(sink, "place");
            quote!((&#place).take()?)
        });
        let values = values.reduce(|left, right| quote!((#left, #right)));
        quote! {
            let finish: #private::Finish<_> = #private::Box::new(move || {
                let values = #values;
                #private::Some(tail.open()(values))
            });
            finish
        }
    }
}

/// Whether it stands in braces of its own.
fn is_block(value: &TokenStream) -> bool {
    let mut tokens = value.clone().into_iter();
    let first = tokens.next();
    tokens.next().is_none() && matches!(first, Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace)
}
