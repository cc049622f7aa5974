//! The driver: parse, resolve, check, emit. All mistakes are found in one pass; if there are any, what can be read is
//! emitted for rustc and for editors, and not to run. What depends on a `cfg` is expanded
//! once rustc has decided.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    check,
    diagnostics::Diagnostics,
    emit,
    graph::Graph,
    meant,
    plan::Plan,
    resolve,
    syntax::{self, Choice, Form},
};

/// What `pipeline! { … }` becomes.
pub(crate) fn expand(input: TokenStream) -> TokenStream {
    expand_checked_by(check::check, input)
}

/// The same without the proof that it cannot come to a stop before its end: for tests of that proof.
pub(crate) fn expand_of_any_shape(input: TokenStream) -> TokenStream {
    expand_checked_by(check::check_but_rates, input)
}

fn expand_checked_by(check: fn(&Graph, &mut Diagnostics), input: TokenStream) -> TokenStream {
    let (runtime, text) = syntax::split_runtime(input.clone());
    if let Some(choice) = syntax::first_choice(&text) {
        return choose(&choice, &runtime);
    }

    let mut diagnostics = Diagnostics::default();
    let pipeline = syntax::parse(input, &mut diagnostics);
    if matches!(pipeline.form, Form::Unreadable) {
        return diagnostics.into_compile_errors();
    }
    let mut graph = resolve::resolve(&pipeline, &mut diagnostics);
    check(&graph, &mut diagnostics);
    if diagnostics.has_errors() {
        meant::mend(&mut graph, &pipeline.runtime);
        return emit::emit_broken(&pipeline, &graph, &diagnostics.into_compile_errors());
    }

    let warnings = diagnostics.finish();
    emit::emit(&graph, &Plan::new(&graph), &warnings, emit::words(&pipeline), &pipeline.runtime)
}

/// Both pipelines, each under its condition: only the one that is left is ever expanded.
fn choose(choice: &Choice, runtime: &TokenStream) -> TokenStream {
    let Choice { predicate, with, without, is_function } = choice;
    if *is_function {
        return quote! {
            #[cfg(#predicate)]
            #runtime::pipeline! { #with }
            #[cfg(not(#predicate))]
            #runtime::pipeline! { #without }
        };
    }
    quote! {{
        #[cfg(#predicate)]
        let pipeline = #runtime::pipeline! { #with };
        #[cfg(not(#predicate))]
        let pipeline = #runtime::pipeline! { #without };
        pipeline
    }}
}
