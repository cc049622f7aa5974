//! Closures between the two halves of a pipeline.

use std::any::Any;
use std::marker::PhantomData;

/// A closure that has been found to be `Send`, on its way to its task.
///
/// The compiler looks into what a task captures, and would report again what a closure captures, at generated code. It
/// does not look in here.
pub struct Sealed<F> {
    closure: Box<dyn Any + Send>,
    of: PhantomData<fn() -> F>,
}

impl<F: 'static> Sealed<F> {
    pub(super) fn new(closure: F) -> Self
    where
        F: Send,
    {
        Self { closure: Box::new(closure), of: PhantomData }
    }

    /// The closure.
    pub fn open(self) -> F {
        match self.closure.downcast() {
            Ok(closure) => *closure,
            Err(_) => unreachable!("what was sealed is of the type that the seal says"),
        }
    }
}

/// As [`Sealed`], of a closure that several tasks share.
pub struct SealedShared<F> {
    closure: Box<dyn Any + Send + Sync>,
    of: PhantomData<fn() -> F>,
}

impl<F: 'static> SealedShared<F> {
    pub(super) fn new(closure: F) -> Self
    where
        F: Send + Sync,
    {
        Self { closure: Box::new(closure), of: PhantomData }
    }

    /// The closure.
    pub fn open(&self) -> &F {
        match self.closure.downcast_ref() {
            Some(closure) => closure,
            None => unreachable!("what was sealed is of the type that the seal says"),
        }
    }
}
