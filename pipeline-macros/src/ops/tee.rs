//! `tee()`: every item to every branch.
//!
//! `stage (a, b) = x.tee();` with `T: Clone`; the last branch gets the item itself. A slow branch slows the others
//! down. It is the last operator of its stage.

use proc_macro2::TokenStream;

use super::{OpKind, Role, Spec};
use crate::emit::step::Emission;

pub(crate) const SPEC: Spec = Spec {
    name: "tee",
    kind: OpKind::Tee,
    role: Role::FanOut,
    args: &[],
    required: 0,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "tee()",
    // A fan-out is an end, not a step: see `emit::task`.
    emission: Emission::new(|_| TokenStream::new()),
};
