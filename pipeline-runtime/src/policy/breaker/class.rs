//! What a call's result means to a breaker.

/// What a call says about the service that it went to.
///
/// It is the [class](CallClass) of calls that nobody classifies: `Err` is a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// The service works.
    Success,
    /// The service does not work.
    Failure,
    /// It says neither, as a call that was cancelled.
    Ignored,
}

impl Verdict {
    /// `Ok` is a success, `Err` a failure.
    ///
    /// ```
    /// use pipeline_runtime::Verdict;
    ///
    /// assert_eq!(Verdict::of(&"7".parse::<u8>()), Verdict::Success);
    /// assert_eq!(Verdict::of(&"x".parse::<u8>()), Verdict::Failure);
    /// ```
    pub fn of<T, E>(result: &Result<T, E>) -> Self {
        if result.is_ok() { Self::Success } else { Self::Failure }
    }
}

/// The classes into which the calls of a [`Breaker`](crate::Breaker) are sorted: what its
/// [sequence](crate::BreakerBuilder::trip_on) is made of. Mostly an `enum` of the user's.
///
/// Each class has a [`Verdict`], which is what everything but the sequence looks at. A refusal may well be a success: the
/// service that refuses a password works.
///
/// ```
/// use pipeline_runtime::{Breaker, BreakerState, CallClass, Verdict};
///
/// #[derive(PartialEq)]
/// enum Login { Granted, Denied, Unreachable }
/// use Login::*;
///
/// impl CallClass for Login {
///     fn verdict(&self) -> Verdict {
///         match self {
///             Granted | Denied => Verdict::Success,
///             Unreachable => Verdict::Failure,
///         }
///     }
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(async {
/// // Five refusals and then a success: somebody has guessed a password.
/// let logins = Breaker::builder().trip_on([Denied, Denied, Denied, Denied, Denied, Granted]).build()?;
/// for class in [Denied, Denied, Denied, Denied, Denied] {
///     logins.acquire().await.record(class);
/// }
/// assert_eq!(logins.state(), BreakerState::Closed);
/// logins.acquire().await.record(Granted);
/// assert_eq!(logins.state(), BreakerState::Open);
/// # Ok::<(), pipeline_runtime::SettingError>(())
/// # }).unwrap();
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no class of calls",
    label = "its verdict is not known",
    note = "implement `CallClass` for it, which says whether a call of the class is a success, a failure or neither"
)]
pub trait CallClass: PartialEq + Send + 'static {
    /// What a call of this class says about the service.
    fn verdict(&self) -> Verdict;
}

impl CallClass for Verdict {
    fn verdict(&self) -> Verdict {
        *self
    }
}
