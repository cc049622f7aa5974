//! `via(flow)`: an open pipeline as a stage.
//!
//! `fn via<I, O, E2>(I, flow: Flow<I, O, E2>) -> O` with `E: From<E2>`. The fragment's stages run as stages of this
//! pipeline, named `clean/parse` in a stage `clean`; there is no task for the statement itself. It is the only operator
//! of its statement; in a sink the fragment has no `output()`.

use proc_macro2::TokenStream;

use super::{ArgKind, OpKind, Role, Spec};
use crate::emit::step::Emission;

pub(crate) const SPEC: Spec = Spec {
    name: "via",
    kind: OpKind::Via,
    role: Role::Whole,
    args: &[ArgKind::Value],
    required: 1,
    options: &[],
    stateful: false,
    may_be_async: false,
    summary: "via(flow)",
    // The whole stage: see `emit::task`.
    emission: Emission::new(|_| TokenStream::new()),
};
