//! The pipeline as the value of the macro, where another type may be expected.

use super::Items;
use crate::{Flow, Pipeline};

/// What is expected where the macro stands.
#[diagnostic::on_unimplemented(
    message = "mismatched types: the macro gives a `{Self}`",
    label = "expected `{X}`",
    note = "what is written here is the pipeline's value; to wrap the pipeline, wrap the macro: `Some(pipeline! {{ … }})`, `Ok(pipeline! {{ … }})`"
)]
pub trait Stands<X> {
    /// It.
    fn stand(self) -> X;
}

#[diagnostic::do_not_recommend]
impl<O, E> Stands<Self> for Pipeline<O, E> {
    fn stand(self) -> Self {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<I, O, E> Stands<Self> for Flow<I, O, E> {
    fn stand(self) -> Self {
        self
    }
}

/// What stands where the type of the macro's value is found out, and never is there.
pub fn expected<X>(_: Items<X>) -> X {
    unreachable!("no value is made of what is expected")
}

/// The value of the macro.
pub fn block<P: Stands<X>, X>(_: Items<X>, pipeline: P) -> X {
    pipeline.stand()
}
