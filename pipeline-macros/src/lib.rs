//! The compiler behind `pipeline!`: declared stages in, task code out.
//!
//! Use it through `pipeline_runtime::pipeline!`, which passes the path of the runtime that the generated code calls.
//! This crate knows no tokio and has no other entry for users.

mod check;
mod diagnostics;
mod draw;
mod emit;
mod expand;
mod graph;
mod lost;
mod meant;
mod ops;
mod plan;
mod resolve;
mod syntax;
#[cfg(test)]
mod tests;
mod text;
mod uses;
mod vocabulary;

/// Expands a pipeline that may come to a stop before its end: for tests of the check that refuses it.
#[doc(hidden)]
#[proc_macro]
pub fn pipeline_of_any_shape(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::expand_of_any_shape(input.into()).into()
}

/// Expands a pipeline. The first token is a parenthesised group with the runtime's path.
#[proc_macro]
pub fn pipeline(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    expand::expand(input.into()).into()
}

/// The items that stand for the operators in editors, for the runtime's own use.
#[doc(hidden)]
#[proc_macro]
pub fn operators(_: proc_macro::TokenStream) -> proc_macro::TokenStream {
    ops::documented().into()
}
