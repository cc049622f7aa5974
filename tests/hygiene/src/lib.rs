//! Pipelines in hostile surroundings. That this crate compiles, and that clippy has nothing to say, is the test.

#![forbid(unsafe_code)]
#![deny(warnings)]
#![deny(
    future_incompatible,
    keyword_idents,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    rust_2021_compatibility,
    rust_2024_compatibility,
    unused
)]
#![deny(
    absolute_paths_not_starting_with_crate,
    closure_returning_async_block,
    deprecated_in_future,
    explicit_outlives_requirements,
    if_let_rescope,
    impl_trait_redundant_captures,
    let_underscore_drop,
    macro_use_extern_crate,
    meta_variable_misuse,
    missing_copy_implementations,
    missing_debug_implementations,
    missing_docs,
    redundant_imports,
    redundant_lifetimes,
    single_use_lifetimes,
    tail_expr_drop_order,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unnameable_types,
    unreachable_pub,
    unstable_features,
    unused_extern_crates,
    unused_import_braces,
    unused_lifetimes,
    unused_macro_rules,
    unused_qualifications,
    unused_results,
    variant_size_differences
)]
#![cfg_attr(not(test), deny(unused_crate_dependencies))]
#![deny(clippy::all, clippy::pedantic, clippy::nursery, clippy::restriction)]
#![allow(
    clippy::blanket_clippy_restriction_lints,
    clippy::arbitrary_source_item_ordering,
    clippy::implicit_return,
    clippy::min_ident_chars,
    clippy::missing_inline_in_public_items,
    clippy::pub_with_shorthand,
    clippy::question_mark_used,
    clippy::single_call_fn,
    clippy::separated_literal_suffix,
    reason = "contrary to others, or to the style here"
)]

pub mod bodies;
pub mod forbidden;
pub mod macros;
pub mod methods;
pub mod names;
pub mod operators;
pub mod shadowed;
