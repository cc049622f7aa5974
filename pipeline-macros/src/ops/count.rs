//! `count()`: ends the stream in the number of its items, a `u64`.
//!
//! Allowed under `workers`: a sum of sums is a sum.

use proc_macro2::TokenStream;

use super::{OpKind, Role, Spec};
use crate::emit::step::{Emission, Step};

pub(crate) const SPEC: Spec = Spec {
    name: "count",
    kind: OpKind::Count,
    role: Role::Terminal,
    args: &[],
    required: 0,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "count()",
    emission: Emission::new(body).with_locals(super::counter).with_register("count").with_value(super::counted),
};

fn body(step: &Step<'_>) -> TokenStream {
    super::count(step)
}
