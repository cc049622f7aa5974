//! `output()`: what comes out of an open pipeline.
//!
//! Ends a sink, which makes the pipeline a `Flow<I, O, E>` that gives the sink's items. Operators before it run as a
//! stage of the sink's name.

use proc_macro2::TokenStream;

use super::{OpKind, Role, Spec};
use crate::emit::step::Emission;

pub(crate) const SPEC: Spec = Spec {
    name: "output",
    kind: OpKind::Output,
    role: Role::Terminal,
    args: &[],
    required: 0,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "output()",
    // An end of the pipeline, and no task.
    emission: Emission::new(|_| TokenStream::new()),
};
