//! How a run ends when it does not end well.

use std::error::Error;
use std::fmt;
use std::marker::PhantomData;
use std::ops::Deref;
use std::time::Duration;

use crate::check::{self, Errors};
use crate::policy::breaker::BreakerOpen;
use crate::policy::limit::LimitClosed;
use crate::policy::{Failed, Timeout};
use crate::report::Report;

/// The error type of pipelines that do not name one: every error converts into it by `?`.
pub type BoxError = Box<dyn Error + Send + Sync + 'static>;

/// Why a run ended before its time.
#[derive(Debug)]
#[non_exhaustive]
pub enum Cause<E> {
    /// An item failed, or a source could not be opened.
    Error(E),
    /// An item took longer than its stage's `timeout` allows.
    Timeout(Timeout),
    /// An item met an open breaker in a stage that says `open = fail`.
    Open(BreakerOpen),
    /// The semaphore of a stage's `limit` was closed, so that no further body of it could run.
    Limit(LimitClosed),
    /// User code panicked, with this message. The process's panic hook has run.
    Panic(String),
    /// The deadline passed.
    Deadline(Duration),
    /// Cancelled from outside.
    Cancelled,
    /// What was in flight was not finished within the drain time after a stop.
    DrainExceeded {
        /// The drain time.
        within: Duration,
        /// The stages that were still at work.
        stages: Vec<&'static str>,
    },
    /// A setting has a value that cannot be. Nothing was started.
    Config(String),
}

impl<E> Cause<E> {
    /// Something went wrong in a stage, and nobody has stopped the run from outside.
    pub(crate) fn is_of_a_stage(&self) -> bool {
        matches!(self, Self::Error(_) | Self::Timeout(_) | Self::Open(_) | Self::Limit(_) | Self::Panic(_))
    }
}

/// A failure that came after the one that ended the run, or was not the root cause.
#[derive(Debug)]
#[non_exhaustive]
pub struct Suppressed<E> {
    /// The stage it happened in, if it was in one.
    pub stage: Option<&'static str>,
    /// The source line of the stage's statement.
    pub line: Option<u32>,
    /// Which of the stage's workers it was, from 0.
    pub worker: Option<usize>,
    /// What happened.
    pub cause: Cause<E>,
}

impl<E> Suppressed<E> {
    /// A failure that comes from no stage.
    pub(crate) fn outside(cause: Cause<E>) -> Self {
        Self { stage: None, line: None, worker: None, cause }
    }

    /// The same with another error type.
    pub(crate) fn map<F>(self, convert: impl FnOnce(E) -> F) -> Suppressed<F> {
        let Self { stage, line, worker, cause } = self;
        let cause = match cause {
            Cause::Error(error) => Cause::Error(convert(error)),
            Cause::Timeout(timeout) => Cause::Timeout(timeout),
            Cause::Open(open) => Cause::Open(open),
            Cause::Limit(closed) => Cause::Limit(closed),
            Cause::Panic(message) => Cause::Panic(message),
            Cause::Deadline(after) => Cause::Deadline(after),
            Cause::Cancelled => Cause::Cancelled,
            Cause::DrainExceeded { within, stages } => Cause::DrainExceeded { within, stages },
            Cause::Config(problem) => Cause::Config(problem),
        };
        Suppressed { stage, line, worker, cause }
    }
}

/// A run that failed: the root cause, the stage it happened in, and the account.
///
/// It is a [`std::error::Error`] whatever `E` is, and converts by `?` into [`BoxError`] and `anyhow::Error`.
pub struct Failure<E = crate::BoxError>(Box<Inner<E>>);

struct Inner<E> {
    pipeline: String,
    root: Suppressed<E>,
    suppressed: Vec<Suppressed<E>>,
    report: Report,
    view: ErrorView<E>,
}

impl<E> Failure<E> {
    pub(crate) fn new(
        pipeline: String,
        (root, suppressed): (Suppressed<E>, Vec<Suppressed<E>>),
        report: Report,
        view: ErrorView<E>,
    ) -> Self {
        let mut failure = Self(Box::new(Inner { pipeline, root, suppressed, report, view }));
        failure.0.report.failure = Some(failure.to_string());
        failure
    }

    /// Why the run ended.
    pub fn cause(&self) -> &Cause<E> {
        &self.0.root.cause
    }

    /// The stage it happened in; `None` for what comes from outside, such as a cancel.
    pub fn stage(&self) -> Option<&'static str> {
        self.0.root.stage
    }

    /// The source line of the stage's statement.
    pub fn line(&self) -> Option<u32> {
        self.0.root.line
    }

    /// Which of the stage's workers it was, from 0.
    pub fn worker(&self) -> Option<usize> {
        self.0.root.worker
    }

    /// The pipeline's name.
    pub fn pipeline(&self) -> &str {
        &self.0.pipeline
    }

    /// Failures that came later, in the order of their happening.
    pub fn suppressed(&self) -> &[Suppressed<E>] {
        &self.0.suppressed
    }

    /// The account of the run.
    pub fn report(&self) -> &Report {
        &self.0.report
    }

    /// The error that ended the run.
    ///
    /// # Errors
    ///
    /// The failure itself, when its cause is not an error of the pipeline's own type.
    pub fn into_error(self) -> Result<E, Self> {
        let Inner { pipeline, root, suppressed, report, view } = *self.0;
        match root.cause {
            Cause::Error(error) => Ok(error),
            _ => Err(Self::new(pipeline, (root, suppressed), report, view)),
        }
    }

    fn error(&self) -> Option<&(dyn Error + 'static)> {
        match self.cause() {
            Cause::Error(error) => Some(self.0.view.own.of(error)),
            _ => None,
        }
    }
}

impl<E> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "pipeline `{}` ", self.0.pipeline)?;
        let place = |f: &mut fmt::Formatter<'_>| match self.stage() {
            Some(stage) => write!(f, " in stage `{stage}`"),
            None => Ok(()),
        };
        let failed = |f: &mut fmt::Formatter<'_>, why: &dyn fmt::Display| {
            f.write_str("failed")?;
            place(f)?;
            write!(f, ": {why}")
        };
        match self.cause() {
            Cause::Error(error) => failed(f, &self.0.view.own.of(error)),
            Cause::Timeout(timeout) => failed(f, timeout),
            Cause::Open(open) => failed(f, open),
            Cause::Limit(closed) => failed(f, closed),
            Cause::Panic(message) => {
                f.write_str("panicked")?;
                place(f)?;
                write!(f, ": {message}")
            }
            Cause::Deadline(after) => write!(f, "ran into its deadline of {after:?}"),
            Cause::Cancelled => f.write_str("was cancelled"),
            Cause::DrainExceeded { within, stages } => {
                write!(f, "did not drain within {within:?}")?;
                for (i, stage) in stages.iter().enumerate() {
                    write!(f, "{} `{stage}`", if i == 0 { ": still at work:" } else { "," })?;
                }
                Ok(())
            }
            Cause::Config(problem) => write!(f, "is not set up right: {problem}"),
        }
    }
}

/// Reads like [`Display`](fmt::Display), since it is what a failing `main` prints; `{:#?}` shows the parts.
impl<E> fmt::Debug for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !f.alternate() {
            return fmt::Display::fmt(self, f);
        }
        let mut debug = f.debug_struct("Failure");
        debug.field("message", &self.to_string());
        if let Some(error) = self.error() {
            debug.field("error", &error);
        }
        debug.field("suppressed", &self.0.suppressed.len()).finish_non_exhaustive()
    }
}

impl<E: Send + Sync + 'static> Error for Failure<E> {
    /// What is behind the pipeline's own error, whose text [`Display`](fmt::Display) has printed already.
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error().and_then(Error::source)
    }
}

/// How to see an `E` as an error. No single bound covers custom errors, [`BoxError`] and `anyhow::Error`, so the
/// function is chosen where `E` is known.
pub struct ErrorView<E> {
    /// What an item fails with.
    pub(crate) own: AsError<E>,
    /// What it fails with in a statement with a `timeout`.
    pub(crate) timed: AsError<Failed<E>>,
}

impl<E> ErrorView<E> {
    /// For a pipeline that never runs.
    pub(crate) fn none() -> Self {
        Self { own: AsError(|_| &Unseen), timed: AsError(|_| &Unseen) }
    }
}

/// How to see one type as an error.
pub struct AsError<X>(fn(&X) -> &(dyn Error + 'static));

impl<X> AsError<X> {
    pub(crate) fn of(self, error: &X) -> &(dyn Error + 'static) {
        (self.0)(error)
    }
}

impl<X> Clone for AsError<X> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<X> Copy for AsError<X> {}

/// What is seen where nothing can be.
#[derive(Debug)]
struct Unseen;

impl fmt::Display for Unseen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unknown error")
    }
}

impl Error for Unseen {}

impl<E> Clone for ErrorView<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for ErrorView<E> {}

/// Chooses an [`ErrorView`] by autoref dispatch: `(&&&ErrorProbe::<E>::new()).view_of_error()`.
pub struct ErrorProbe<E>(PhantomData<fn() -> E>);

impl<E> ErrorProbe<E> {
    /// A probe for `E`.
    #[expect(clippy::new_without_default, reason = "only generated code makes one")]
    pub fn new() -> Self {
        Self(PhantomData)
    }
}

impl<E: Send + Sync + 'static> ErrorProbe<E> {
    /// It can be a pipeline's error.
    pub fn errors(self) -> Errors<E> {
        check::errors()
    }
}

/// The answer for what cannot go from the task that fails to the one that waits.
pub trait RefusedError<E>: Sized {
    /// It cannot.
    fn errors<Unsaid>(self) -> E::Errors
    where
        E: Failing<Unsaid>,
    {
        E::errors()
    }
}

impl<E> RefusedError<E> for ErrorProbe<E> {}

/// Says what is asked of a pipeline's error besides. Nothing implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a pipeline's error: it is not `Send` and `Sync`",
    label = "goes from the task that fails to the one that waits",
    note = "an `Arc` is where an `Rc` is not; instead of `Box<dyn Error>` there is `BoxError`, which is `Box<dyn Error + Send + Sync>`",
    note = "of a type parameter say so: `E: std::error::Error + Send + Sync + 'static`"
)]
pub trait Failing<Unsaid> {
    /// Of a pipeline that is not sound.
    type Errors;

    /// There are none.
    fn errors() -> Self::Errors;
}

/// `E` is an error itself.
pub trait ViewAsError<E> {
    /// The view.
    fn view_of_error(&self) -> ErrorView<E>;
}

impl<E: Error + 'static> ViewAsError<E> for &&ErrorProbe<E> {
    fn view_of_error(&self) -> ErrorView<E> {
        ErrorView {
            own: AsError(|error| error),
            timed: AsError(|failed| match failed {
                Failed::Error(error) => error,
                Failed::Timeout(timeout) => timeout,
                Failed::Open(open) => open,
            }),
        }
    }
}

/// `E` points to an error: [`BoxError`], `anyhow::Error`.
pub trait ViewBehindPointer<E> {
    /// The view.
    fn view_of_error(&self) -> ErrorView<E>;
}

impl<E> ViewBehindPointer<E> for &ErrorProbe<E>
where
    E: Deref<Target = dyn Error + Send + Sync + 'static>,
{
    fn view_of_error(&self) -> ErrorView<E> {
        ErrorView {
            own: AsError(|error| &**error),
            timed: AsError(|failed| match failed {
                Failed::Error(error) => &**error,
                Failed::Timeout(timeout) => timeout,
                Failed::Open(open) => open,
            }),
        }
    }
}

/// `E` is neither, and so cannot be the error of a pipeline.
pub trait ViewOfNoError<E> {
    /// There is none.
    fn view_of_error<Unsaid>(&self) -> ErrorView<E>
    where
        E: ErrorType<Unsaid>;
}

impl<E> ViewOfNoError<E> for ErrorProbe<E> {
    fn view_of_error<Unsaid>(&self) -> ErrorView<E>
    where
        E: ErrorType<Unsaid>,
    {
        ErrorView::none()
    }
}

/// Says what is asked of a pipeline's error where it is not given.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no error type",
    label = "it must implement `std::error::Error`, or point to an error as `BoxError` and `anyhow::Error` do",
    note = "of a type parameter say so: `E: std::error::Error + Send + Sync + 'static`"
)]
pub trait ErrorType<Unsaid> {}
