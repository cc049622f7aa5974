//! `discard()`: reads the stream to its end and drops what comes.
//!
//! The sink's name is bound to the number of items.

use proc_macro2::TokenStream;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "discard",
    kind: OpKind::Discard,
    role: Role::Terminal,
    args: &[],
    required: 0,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "discard()",
    emission: Emission::new(body).with_locals(super::counter).with_register("count").with_value(super::counted),
};

fn body(step: &Step<'_>) -> TokenStream {
    super::count(step)
}
