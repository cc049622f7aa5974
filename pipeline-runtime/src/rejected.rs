//! What the `else` stream of a statement carries.

use std::error::Error;
use std::fmt;
use std::iter::successors;
use std::time::SystemTime;

use crate::failure::AsError;

/// A failed item, with the error that it failed with: a dead letter, with all that it takes to find out why, and to try
/// again.
///
/// With the feature `serde` it is `Serialize` if its item is, whatever the error is: [this is how it
/// looks](#serialised).
///
/// ```
/// use pipeline_runtime::{Failure, pipeline};
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Failure<pipeline_runtime::BoxError>> {
/// let numbers = pipeline! {
///     source words = ["7", "seven"];
///     stage  numbers = words.map(|ref word| word.parse::<u32>()?) else rejects;
///     sink   sum = numbers.fold(0, |sum, n| sum + n);
///     sink   letters = rejects.map(|letter| format!(
///         "{:?} in `{}`, attempt {}: {}",
///         letter.item(),
///         letter.stage(),
///         letter.attempts(),
///         letter.chain().map(|error| error.to_string()).collect::<Vec<_>>().join(": "),
///     )).collect::<Vec<_>>();
/// };
/// let (sum, letters) = numbers.run().await?;
/// assert_eq!(sum, 7);
/// assert_eq!(letters, [r#"Some("seven") in `numbers`, attempt 1: invalid digit found in string"#]);
/// # Ok(())
/// # }
/// ```
///
/// # Serialised
///
/// ```json
/// {
///   "stage": "stored",
///   "attempts": 4,
///   "at": "2026-07-14T09:26:53.589Z",
///   "error": { "message": "no connection", "chain": ["connection refused (os error 111)"] },
///   "item": { "id": 7 }
/// }
/// ```
///
/// `at` is RFC 3339 in UTC, to the millisecond. `error.message` is the error's text, `error.chain` those of its sources,
/// nearest first. A failure of `input?` has `null` for its `item` and 0 `attempts`.
#[derive(Clone)]
#[non_exhaustive]
pub enum Rejected<T, E = crate::BoxError> {
    /// The item that an operator failed on, as it was before that operator.
    #[non_exhaustive]
    Item {
        /// The input of the operator that failed.
        item: T,
        /// What it failed with.
        error: E,
        /// The stage it failed in.
        stage: &'static str,
        /// How often it was tried.
        attempts: u32,
        /// When it was given up.
        at: SystemTime,
        #[doc(hidden)]
        view: AsError<E>,
    },
    /// A failure of `input?`, which has no item.
    #[non_exhaustive]
    Input {
        /// What was received in an item's place.
        error: E,
        /// The stage that received it.
        stage: &'static str,
        /// When it did.
        at: SystemTime,
        #[doc(hidden)]
        view: AsError<E>,
    },
}

impl<T, E> Rejected<T, E> {
    pub(crate) fn of_item(item: T, error: E, view: AsError<E>, stage: &'static str, attempts: u32) -> Self {
        Self::Item { item, error, stage, attempts, at: now(), view }
    }

    pub(crate) fn of_input(error: E, view: AsError<E>, stage: &'static str) -> Self {
        Self::Input { error, stage, at: now(), view }
    }

    /// What the item failed with.
    pub fn error(&self) -> &E {
        match self {
            Self::Item { error, .. } | Self::Input { error, .. } => error,
        }
    }

    /// What the item failed with, and behind it the error that caused it, and so on: each is the
    /// [`source`](Error::source) of the one before it.
    pub fn chain(&self) -> impl Iterator<Item = &(dyn Error + 'static)> {
        let (Self::Item { error, view, .. } | Self::Input { error, view, .. }) = self;
        successors(Some(view.of(error)), |&error| error.source())
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

    /// How often the item was tried: 1 without `retry`, 0 of what failed before any operator saw it.
    pub fn attempts(&self) -> u32 {
        match self {
            Self::Item { attempts, .. } => *attempts,
            Self::Input { .. } => 0,
        }
    }

    /// When the item was given up, by the wall clock. Where tokio's clock is paused or was moved on, this is as far off
    /// as that is: between two letters lies the time that has passed on tokio's clock.
    pub fn at(&self) -> SystemTime {
        match self {
            Self::Item { at, .. } | Self::Input { at, .. } => *at,
        }
    }

    /// The parts: the item, if there is one, and the error.
    pub fn into_parts(self) -> (Option<T>, E) {
        match self {
            Self::Item { item, error, .. } => (Some(item), error),
            Self::Input { error, .. } => (None, error),
        }
    }
}

impl<T: fmt::Debug, E: fmt::Debug> fmt::Debug for Rejected<T, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Item { item, error, stage, attempts, at, view: _ } => f
                .debug_struct("Item")
                .field("item", item)
                .field("error", error)
                .field("stage", stage)
                .field("attempts", attempts)
                .field("at", at)
                .finish(),
            Self::Input { error, stage, at, view: _ } => {
                f.debug_struct("Input").field("error", error).field("stage", stage).field("at", at).finish()
            }
        }
    }
}

/// The time of the wall clock, moved by as much as tokio's clock is off the real one.
fn now() -> SystemTime {
    let (tokio, real, wall) = (tokio::time::Instant::now().into_std(), std::time::Instant::now(), SystemTime::now());
    let moved = match tokio.checked_duration_since(real) {
        Some(ahead) => wall.checked_add(ahead),
        None => wall.checked_sub(real.saturating_duration_since(tokio)),
    };
    moved.unwrap_or(wall)
}

#[cfg(feature = "serde")]
mod serialised {
    use std::error::Error;
    use std::fmt::Write as _;

    use serde_core::ser::{Error as _, Serialize, SerializeStruct as _, Serializer};

    use super::Rejected;

    impl<T: Serialize, E> Serialize for Rejected<T, E> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut at = String::new();
            write!(at, "{}", humantime::format_rfc3339_millis(self.at())).map_err(S::Error::custom)?;
            let chain: Vec<&(dyn Error + 'static)> = self.chain().collect();
            let mut letter = serializer.serialize_struct("Rejected", 5)?;
            letter.serialize_field("stage", self.stage())?;
            letter.serialize_field("attempts", &self.attempts())?;
            letter.serialize_field("at", &at)?;
            letter.serialize_field("error", &Failure(&chain))?;
            letter.serialize_field("item", &self.item())?;
            letter.end()
        }
    }

    /// An error, and its sources behind it.
    struct Failure<'a>(&'a [&'a (dyn Error + 'static)]);

    impl Serialize for Failure<'_> {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let mut texts = self.0.iter().map(ToString::to_string);
            let mut failure = serializer.serialize_struct("Error", 2)?;
            failure.serialize_field("message", &texts.next())?;
            failure.serialize_field("chain", &texts.collect::<Vec<_>>())?;
            failure.end()
        }
    }
}
