//! The driver: parse, resolve, check, emit; it stops where a step found mistakes. What depends on a `cfg` is expanded
//! once rustc has decided.

use proc_macro2::TokenStream;
use quote::quote;

use crate::{
    check,
    diagnostics::Diagnostics,
    emit,
    graph::Graph,
    plan::Plan,
    resolve,
    syntax::{self, Choice, Form, Header, Pipeline, Returned},
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

    let graph = resolve::resolve(&pipeline, &mut diagnostics);
    check(&graph, &mut diagnostics);
    if diagnostics.has_errors() {
        return broken(&pipeline, diagnostics);
    }

    let warnings = diagnostics.finish();
    emit::emit(&graph, &Plan::new(&graph), &warnings, &pipeline.runtime)
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

/// The errors, and a value of the right type so that nothing else is reported in their wake.
fn broken(pipeline: &Pipeline, diagnostics: Diagnostics) -> TokenStream {
    let runtime = &pipeline.runtime;
    let errors = diagnostics.into_compile_errors();
    match &pipeline.form {
        Form::Block => {
            let error = match syntax::error_type(&pipeline.options) {
                Some(ty) => quote!(#ty),
                None => quote!(#runtime::BoxError),
            };
            let value = match pipeline.is_open() {
                true => quote!(broken_flow::<_, _, #error>),
                false => quote!(broken::<_, #error>),
            };
            quote!({ #errors #runtime::__private::#value() })
        }
        Form::Function(header) => broken_function(header, runtime, &errors),
        Form::Unreadable => errors,
    }
}

/// The function with its signature as written, so that its callers still compile.
fn broken_function(header: &Header, runtime: &TokenStream, errors: &TokenStream) -> TokenStream {
    let Header { attrs, vis, name, generics, inputs, output } = header;
    let names = inputs.iter().flat_map(|input| syntax::bound_names(&input.pat));
    let (head, where_clause) = (&generics.params, &generics.where_clause);
    let arrow = output.as_ref().map(|ty| quote!(-> #ty));
    // another return type was reported, and nothing else has a value for it
    let value = match output.as_ref().and_then(Returned::of) {
        Some(Returned::Pipeline { .. }) => quote!(#runtime::__private::broken()),
        Some(Returned::Flow { .. }) => quote!(#runtime::__private::broken_flow()),
        None => quote!(loop {}),
    };
    quote! {
        #(#attrs)*
        #vis fn #name<#head>(#inputs) #arrow #where_clause {
            #errors
            let _ = (#(&#names,)*);
            #value
        }
    }
}
