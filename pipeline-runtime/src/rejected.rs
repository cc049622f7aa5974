//! What the `else` stream of a statement carries.

/// A failed item, with the error that it failed with.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Rejected<T, E = crate::BoxError> {
    /// The item that an operator failed on, as it was before that operator.
    Item {
        /// The input of the operator that failed.
        item: T,
        /// What it failed with.
        error: E,
        /// The stage it failed in.
        stage: &'static str,
        /// How often it was tried.
        attempts: u32,
    },
    /// A failure of `input?`, which has no item.
    Input {
        /// What was received in an item's place.
        error: E,
        /// The stage that received it.
        stage: &'static str,
    },
}

impl<T, E> Rejected<T, E> {
    /// What the item failed with.
    pub fn error(&self) -> &E {
        match self {
            Self::Item { error, .. } | Self::Input { error, .. } => error,
        }
    }

    /// The stage it failed in.
    pub fn stage(&self) -> &'static str {
        match self {
            Self::Item { stage, .. } | Self::Input { stage, .. } => stage,
        }
    }

    /// The item, unless the failure came in its place.
    pub fn item(&self) -> Option<&T> {
        match self {
            Self::Item { item, .. } => Some(item),
            Self::Input { .. } => None,
        }
    }

    /// The parts: the item, if there is one, and the error.
    pub fn into_parts(self) -> (Option<T>, E) {
        match self {
            Self::Item { item, error, .. } => (Some(item), error),
            Self::Input { error, .. } => (None, error),
        }
    }

    /// Made by generated code.
    #[doc(hidden)]
    pub fn of_item(item: T, error: E, stage: &'static str) -> Self {
        Self::Item { item, error, stage, attempts: 1 }
    }

    /// Made by generated code: the same, tried so often.
    #[doc(hidden)]
    pub fn after(mut self, tried: u32) -> Self {
        if let Self::Item { attempts, .. } = &mut self {
            *attempts = tried;
        }
        self
    }

    /// Made by generated code.
    #[doc(hidden)]
    pub fn of_input(error: E, stage: &'static str) -> Self {
        Self::Input { error, stage }
    }
}
