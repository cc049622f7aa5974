//! The pipeline's value: the tail, evaluated when all sinks have ended.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::{Context, capture::Text, names};
use crate::graph::{End, Statement};
use crate::ops::OpKind;
use crate::syntax::Returned;

impl Context<'_> {
    pub(super) fn sink_statements(&self) -> impl Iterator<Item = &Statement> {
        self.graph.sinks.iter().map(|id| &self.graph.statements[*id]).filter(|sink| !sink.is_port())
    }

    /// The tail, or what stands for it, as a closure over the sinks' values.
    pub(super) fn prepare_tail(&self) -> TokenStream {
        match &self.graph.tail {
            Some(tail) => self.tail(&tail.to_token_stream()),
            None => self.tail(&self.default_tail()),
        }
    }

    /// `let tail`: a closure over the sinks' values, paired up from the left.
    pub(super) fn tail(&self, value: &TokenStream) -> TokenStream {
        let private = &self.private;
        let witnesses = self.sink_statements().map(|sink| names::part(sink, "value").to_token_stream());
        let witness = witnesses.reduce(|left, right| quote!(#private::witness::pair(#left, #right)));
        let witness = witness.unwrap_or_else(|| quote!(#private::witness::items::<()>()));
        let pattern = self.sink_statements().map(|sink| sink.name.to_token_stream());
        let pattern = pattern.reduce(|left, right| quote!((#left, #right))).unwrap_or_else(|| quote!(()));
        let clones = self.graph.tail.as_ref().map(|tail| self.captures.clones(&Text::of(tail)));
        let returned = self.graph.function.as_ref().and_then(|function| Returned::of(&function.output));
        let output = returned.and_then(|returned| match returned {
            Returned::Pipeline { output, .. } => Some(quote!(-> #output)),
            Returned::Flow { .. } => None,
        });
        let body = match output {
            Some(output) => quote!(#output { #value }),
            None => value.clone(),
        };
        quote! {
            let tail = {
                #clones
                #private::witness::tail(#witness, move |#pattern| #body)
            };
        }
    }

    /// Without a tail: nothing, the one value, or the tuple of values in written order.
    fn default_tail(&self) -> TokenStream {
        let counts_only = |sink: &&Statement| {
            matches!(&sink.end, End::Terminal(op)
                if matches!(op.spec.kind, OpKind::ForEach | OpKind::Forward | OpKind::Discard | OpKind::Via))
        };
        let values: Vec<_> = self.sink_statements().filter(|sink| !counts_only(sink)).map(|sink| &sink.name).collect();
        match values.as_slice() {
            [one] => quote!(#one),
            values => quote!((#(#values),*)),
        }
    }

    /// Places for the sinks' values.
    pub(super) fn sink_values(&self) -> TokenStream {
        let private = &self.private;
        let places = self.sink_statements().map(|sink| {
            let (place, value) = (names::part(sink, "place"), names::part(sink, "value"));
            quote!(let #place = #private::SinkValue::of(#value);)
        });
        quote!(#(#places)*)
    }

    /// What is done when all tasks have ended.
    pub(super) fn finish(&self) -> TokenStream {
        let private = &self.private;
        let values = self.sink_statements().map(|sink| {
            let place = names::part(sink, "place");
            quote!(#place.take()?)
        });
        let values = values.reduce(|left, right| quote!((#left, #right)));
        quote! {
            let finish: #private::Finish<_> = #private::Box::new(move || {
                let values = #values;
                #private::Some(tail(values))
            });
            finish
        }
    }
}
