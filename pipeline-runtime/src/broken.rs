//! What a pipeline that does not compile is made of: values of the right type, so that the code around it is checked as
//! if it did. None of it ever runs.

use crate::check::{Errors, Items, Sealed};
use crate::failure::ErrorView;
use crate::flow::{Ends, Flow};
use crate::graph::Graph;
use crate::pipeline::Pipeline;
use crate::settings::Settings;

/// What is missing in half-typed code: of any type, and of what was typed before it.
#[doc(hidden)]
pub trait Unfinished: Sized {
    /// A value of any type.
    #[doc(hidden)]
    fn unfinished<T>(self) -> T {
        unreachable!("a pipeline that does not compile does not run")
    }
}

impl<T> Unfinished for T {}

/// The type of what is not known: with a constant that has an error in it rustc says no more of it.
pub struct Unread<const MISTAKES: usize>;

/// The graph beside a function.
pub const BROKEN_GRAPH: Graph = Graph::new("", &[], &[], "");

/// A pipeline whose value is not known.
pub fn broken_of<O, E>(_: Errors<E>) -> Pipeline<O, E> {
    Pipeline::assemble(BROKEN_GRAPH, settings(), ErrorView::none(), |_| Box::new(|| None))
}

/// A pipeline with this tail.
pub fn broken_behind<V, O, E, F: FnOnce(V) -> O>(errors: Errors<E>, _: Sealed<F>) -> Pipeline<O, E> {
    broken_of(errors)
}

/// A fragment between these ends.
pub fn broken_between<I, O, E>(_: Errors<E>, _: Items<I>, _: Items<O>) -> Flow<I, O, E> {
    Flow::assemble(BROKEN_GRAPH, settings(), ErrorView::none(), Ends::default(), |_, _, _| {})
}

fn settings() -> Settings {
    Settings { problem: Some("it did not compile".to_owned()), ..Settings::default() }
}
