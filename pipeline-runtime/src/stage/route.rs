//! What the closure of a `route` gives: one of several branches, as a list of alternatives.

/// An item for this branch, or for one of those behind it.
pub enum Branch<T, R> {
    /// For this branch.
    This(T),
    /// For another one.
    Other(R),
}

/// For no branch: `skip()`.
pub struct Skipped;
