//! From the graph to tokens. Nothing here can fail: the checks have been passed.
//!
//! A pipeline becomes a block with two halves. The first runs when the pipeline is built: it evaluates `let`s and
//! settings and asks of each closure and stream what it must be, so that types are inferred along the graph. The second
//! is a closure that runs when the pipeline starts: it makes the edges and spawns the tasks.
//!
//! Rust-analyzer completes what is being typed by two expansions: of the text as it is, which may be half typed, and of
//! the text with a name at the cursor, which may be whole. It knows the types of the first and looks them up at the
//! place that the name has in the second. So both begin alike, up to that place: a pipeline with mistakes has the first
//! half of a sound one, token by token, and what is its own stands behind that.

mod ask;
mod broken;
mod capture;
pub(crate) mod chain;
mod closure;
mod entrance;
mod graph;
mod guard;
mod locals;
pub(crate) mod names;
mod prepare;
mod settings;
mod shown;
#[cfg(test)]
mod snapshot;
mod state;
pub(crate) mod step;
mod stretch;
mod tail;
mod task;
mod warnings;
mod words;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use crate::diagnostics::Warning;
use crate::graph::{Drops, Edge, Function, Graph, Head, Let};
use crate::plan::Plan;
pub(crate) use broken::emit_broken;
use capture::Captures;
pub(crate) use words::words;

/// What all of emission reads.
pub(crate) struct Context<'a> {
    pub(crate) graph: &'a Graph,
    pub(crate) plan: &'a Plan,
    warnings: &'a [Warning],
    /// What editors read.
    words: TokenStream,
    /// The path of the runtime's crate.
    pub(crate) runtime: &'a TokenStream,
    /// The path of what generated code may name.
    pub(crate) private: TokenStream,
    /// The path of what asks, and of what the compiler may name in its messages.
    pub(crate) check: TokenStream,
    /// The pipeline's error type.
    pub(crate) error: TokenStream,
    captures: Captures<'a>,
}

/// The expansion of a sound pipeline.
pub(crate) fn emit(
    graph: &Graph,
    plan: &Plan,
    warnings: &[Warning],
    words: TokenStream,
    runtime: &TokenStream,
) -> TokenStream {
    let error = match &graph.error {
        Some(ty) => quote!(#ty),
        None => quote!(#runtime::BoxError),
    };
    let context = Context::new(graph, plan, words, runtime, error, warnings);
    let value = context.pipeline();
    match &graph.function {
        Some(function) => context.function(function, &value),
        None => value,
    }
}

impl<'a> Context<'a> {
    fn new(
        graph: &'a Graph,
        plan: &'a Plan,
        words: TokenStream,
        runtime: &'a TokenStream,
        error: TokenStream,
        warnings: &'a [Warning],
    ) -> Self {
        let (private, check) = (quote!(#runtime::__private), quote!(#runtime::check));
        Self { graph, plan, warnings, words, runtime, private, check, error, captures: Captures::new(graph) }
    }
}

impl Context<'_> {
    /// The `fn` form: the function, and the constant with its graph beside it.
    fn function(&self, function: &Function, value: &TokenStream) -> TokenStream {
        let Function { attrs, vis, name, generics, inputs, output } = function;
        let (parameters, condition) = (&generics.params, &generics.where_clause);
        let drawing = graph::docs(self.graph);
        let constant = graph::constant(self.graph, self.runtime);
        quote! {
            #(#attrs)*
            #drawing
            #vis fn #name<#parameters>(#inputs) -> #output #condition {
                #value
            }
            #constant
        }
    }

    /// The pipeline as an expression.
    fn pipeline(&self) -> TokenStream {
        let (private, runtime) = (&self.private, self.runtime);
        let lets = self.lets();
        let warnings = self.warnings.iter().map(warnings::emit);
        let opening = self.opening();
        let prepared = self.graph.statements.iter().map(|statement| self.prepare(statement));
        let edges = self.edges();
        let tasks = self.graph.statements.iter().enumerate().map(|(id, statement)| self.task(id, statement));
        let values = self.sink_values();
        let words = &self.words;
        let view = self.view();
        let graph = graph::graph_value(self.graph, self.runtime);
        let unsure = self.graph.statements.iter().flat_map(prepare::locals);
        // Where the type of the value cannot be found out, the compiler says so here.
        let place = self.place();
        let (shown, of) = (ask::shown(&names::local("sound"), place), Ident::new("of", place));
        let launch = ask::parenthesised(quote!(launch), place);
        let body =
            quote!(let launch = #shown.#of #launch; #(let mut #unsure = sound.of(#unsure);)* #edges #values #(#tasks)*);
        let Ends { tail, start, assemble } = if self.graph.is_open() { self.open(&body) } else { self.closed(&body) };
        // It stands at the user's own, where the code around takes it for something else; nothing of the user's is in its
        // scope.
        let pipeline = Ident::new("pipeline", self.place());
        let block = self.block(&pipeline);
        quote! {{
            #lets
            let #pipeline = {
                #opening
                #(#prepared)*
                let sound = sent.of(sound);
                #words
                #tail
                #(#warnings)*
                #view
                let graph = { const GRAPH: #runtime::Graph = #graph; GRAPH };
                let start = #start;
                #assemble
            };
            const PIPELINE_MISTAKES: #private::usize = 0;
            #block
        }}
    }

    /// The pipeline as the macro's value. What is expected there is found out first: what is wrong is then not shown at an
    /// expression, which the compiler would advise to change.
    fn block(&self, pipeline: &Ident) -> TokenStream {
        let (check, place) = (&self.check, self.place());
        let block = self.check(&["block"], place);
        let arguments = ask::parenthesised(quote!(expected, #pipeline), place);
        quote! {
            let expected = #check::items();
            if false { #check::expected(expected) } else { #block #arguments }
        }
    }

    /// `let errors`, the pipeline's error type.
    fn errors(&self) -> TokenStream {
        let (check, error) = (&self.check, &self.error);
        let span = self.graph.error.as_ref().map_or_else(Span::call_site, Spanned::span);
        match &self.graph.error {
            Some(_) => {
                let probe = ask::parenthesised(quote!(#check::ErrorProbe::<#error>::new()), span);
                let asked = quote_spanned!(span=> #probe.errors());
                quote!(let errors = { use #check::RefusedError as _; #asked };)
            }
            None => quote!(let errors = #check::errors::<#error>();),
        }
    }

    /// `let view`: how the pipeline's error is looked at.
    fn view(&self) -> TokenStream {
        let (check, error) = (&self.check, &self.error);
        let span = self.graph.error.as_ref().map_or_else(Span::call_site, Spanned::span);
        let probe = ask::parenthesised(quote!(errors.of(&&&#check::ErrorProbe::<#error>::new())), span);
        let view = quote_spanned!(span=> #probe.view_of_error());
        quote! {
            let view = {
                use #check::{ViewAsError as _, ViewBehindPointer as _, ViewOfNoError as _};
                #view
            };
        }
    }

    /// What stands in front of the statements. It names a constant which stands at the end and has the errors: of a type
    /// with an error in it rustc says no more, nor of types behind it that are not known.
    fn opening(&self) -> TokenStream {
        let check = &self.check;
        let (errors, settings, moved) = (self.errors(), self.settings(), self.ask_of_moved());
        quote! {
            let _ = [(); PIPELINE_MISTAKES];
            #errors
            let sound = errors.of(#check::Sound);
            let sent = sound;
            use #check::{Refused as _, RefusedOthers as _, SentOthers as _};
            #settings
            #moved
        }
    }

    /// The `let`s, as written.
    fn lets(&self) -> TokenStream {
        let lets = self.graph.lets.iter().map(|Let { attrs, pat, ty, value }| {
            let ty = ty.as_ref().map(|ty| quote!(: #ty));
            quote!(#(#attrs)* let #pat #ty = #value;)
        });
        lets.collect()
    }

    /// A pipeline with a value.
    fn closed(&self, body: &TokenStream) -> Ends {
        let (private, check, error) = (&self.private, &self.check, &self.error);
        let (finish, items) = (self.finish(), self.all_items());
        let arguments = quote! {
            errors, #items, move |launch: &#check::Launch<#error>, _| {
                #body
                #finish
            }
        };
        Ends {
            tail: self.prepare_tail(),
            start: self.at_entrance(&quote!(#check::start), arguments),
            assemble: self.at_entrance(&quote!(#private::assemble), quote!(graph, settings, view, start)),
        }
    }

    /// A fragment, between an edge that comes in and one that goes out.
    fn open(&self, body: &TokenStream) -> Ends {
        let (private, check) = (&self.private, &self.check);
        let (input, output) = (self.graph.input(), self.graph.output());
        let typed = output.and_then(|(_, edge)| self.typed(&names::items(&self.graph.edges[edge]), self.given()));
        let nothing = quote!(#check::items::<#private::Infallible>());
        let end = |port: Option<(usize, usize)>, end: fn(&Edge) -> Ident| match port {
            Some((_, edge)) => {
                let edge = &self.graph.edges[edge];
                let (end, items) = (end(edge), names::items(edge));
                (quote!(#end), quote!(#items))
            }
            None => (quote!(_), nothing.clone()),
        };
        let ends = [
            input.map(|(_, edge)| names::rx(&self.graph.edges[edge])),
            output.map(|(_, edge)| names::tx(&self.graph.edges[edge])),
        ];
        let ends = ends.iter().flatten();
        let body = quote!(#(let mut #ends = sound.of(#ends);)* #body);
        let ((rx, taken), (tx, given)) = (end(input, names::rx), end(output, names::tx));
        let input = match input {
            Some((stage, edge)) => quote!(#private::Some((#stage, #edge))),
            None => quote!(#private::None),
        };
        let output = match output {
            Some((stage, edge)) => {
                let capacity = self.capacity(&self.graph.edges[edge]);
                quote!(#private::Some((#stage, #edge, #capacity)))
            }
            None => quote!(#private::None),
        };
        let items = self.all_items();
        let start = quote!(errors, (#taken, #given), #items, move |launch, #rx, #tx, _| { #body });
        let start = self.at_entrance(&quote!(#check::start_open), start);
        let (first, last) = self.entrance();
        let (sound, of, start) =
            (ask::shown(&names::local("sound"), first), Ident::new("of", last), ask::parenthesised(start, last));
        let assemble = self.at_entrance(&quote!(#private::assemble_flow), quote!(graph, settings, view, ends, start));
        Ends {
            tail: typed.unwrap_or_default(),
            start: quote!(#sound.#of #start),
            assemble: quote! {{
                let ends = #private::Ends { input: #input, output: #output };
                #assemble
            }},
        }
    }

    /// A call that asks of the pipeline's items that they borrow nothing, shown where the first of them come in.
    fn at_entrance(&self, function: &TokenStream, arguments: TokenStream) -> TokenStream {
        let (first, last) = self.entrance();
        let (function, arguments) = (ask::path(function, first), ask::parenthesised(arguments, last));
        quote!(#function #arguments)
    }

    /// Where the first source says what comes.
    fn entrance(&self) -> (Span, Span) {
        let at = |span: Span| (span, span);
        let source = self.graph.statements.iter().find(|statement| statement.head.edges().next().is_none());
        match source.map(|source| (source, &source.head)) {
            Some((_, Head::Source(expr))) => (expr.span(), ask::last(expr)),
            Some((_, Head::Generator(func))) => (func.span, ask::last(self.whole(func).closure)),
            Some((source, _)) => at(source.name.span()),
            None => at(Span::call_site()),
        }
    }

    /// All that goes through the pipeline, and what comes of it.
    fn all_items(&self) -> TokenStream {
        let edges = self.graph.edges.iter().map(names::items);
        let keys = self.graph.statements.iter().filter(|statement| statement.attrs.keyed.is_some());
        let keys = keys.map(|statement| names::part(statement, "keys"));
        let values = self.sink_statements().map(|sink| names::part(sink, "value"));
        let items = edges.chain(keys).chain(values);
        quote!((#(#items,)*))
    }

    /// How many items an edge holds, as an `Option`.
    fn capacity(&self, edge: &Edge) -> TokenStream {
        let private = &self.private;
        match &edge.buffer {
            Some(_) => {
                let buffer = names::setting(&self.graph.statements[edge.from], "buffer");
                quote!(#private::Some(#buffer))
            }
            None => quote!(#private::None),
        }
    }

    /// The edges, in the order of their definition.
    fn edges(&self) -> TokenStream {
        let private = &self.private;
        let ports = [self.graph.input(), self.graph.output()];
        let from_outside = |id: usize| ports.iter().flatten().any(|(_, edge)| *edge == id);
        let edges = self.graph.edges.iter().enumerate();
        let edges = edges.filter(|(id, edge)| !from_outside(*id) && !self.plan.has_no_edge(edge));
        let edges = edges.map(|(id, edge)| {
            let (tx, rx, items) = (names::tx(edge), names::rx(edge), names::items(edge));
            let capacity = self.capacity(edge);
            match &edge.lossy {
                None => quote!(let (mut #tx, mut #rx) = launch.edge(#id, #items, #capacity);),
                Some(lossy) => {
                    let drops = names::local(match lossy.drops {
                        Drops::Oldest => "DropOldest",
                        Drops::Newest => "DropNewest",
                    });
                    quote!(let (mut #tx, mut #rx) = launch.lossy_edge(#id, #items, #capacity, #private::Lossy::#drops);)
                }
            }
        });
        quote!(#(#edges)*)
    }
}

/// What depends on whether a pipeline is open.
struct Ends {
    /// What is asked last: the tail, or what goes out.
    tail: TokenStream,
    /// The closure that starts it.
    start: TokenStream,
    /// The pipeline's or fragment's value.
    assemble: TokenStream,
}
