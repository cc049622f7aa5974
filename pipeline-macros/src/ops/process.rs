//! `process(async |input, output| { … })`: a whole stage written by hand.
//!
//! `input.next().await` gives `Option<T>`, `output.send(y).await` waits until `y` is accepted. The stage ends when
//! the closure returns. It is the only operator of its stage and runs as one task. It accounts for its edges, not
//! for single items.

use proc_macro2::TokenStream;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::Emission;

pub(crate) const SPEC: Spec = Spec {
    name: "process",
    kind: OpKind::Process,
    role: Role::Whole,
    args: &[ArgKind::Function { params: 2 }],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: true,
    summary: "process(async |input, output| { … })",
    // The whole stage: see `emit::task`.
    emission: Emission::new(|_| TokenStream::new()),
};
