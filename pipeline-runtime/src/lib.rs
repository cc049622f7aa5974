//! Concurrent pipelines that cannot leak, hang or lose data.
//!
//! [`pipeline!`] turns declared stages into tasks on [tokio], joined by bounded edges. What is wired by hand elsewhere
//! (channels, `select!`, cancellation tokens, join sets) is generated, and so cannot be forgotten.
//!
//! ```
//! use pipeline_runtime::{Failure, pipeline};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Failure<pipeline_runtime::BoxError>> {
//! let text = "one fish\ntwo fish\nred fish";
//! let words = pipeline! {
//!     source lines = text.lines();
//!
//!     #[workers(4)]
//!     stage words = lines.flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
//!
//!     sink total = words.count();
//! };
//! assert_eq!(words.run().await?, 6);
//! # Ok(())
//! # }
//! ```
//!
//! Read on in
//!
//! * [`pipeline!`]: the language, from its grammar to what it expands to;
//! * [`messages`]: everything that the build and a run may say, with its cause and its cure;
//! * [`cookbook`]: everyday tasks, each beside the code that it replaces.
//!
//! # What is promised
//!
//! A pipeline that compiles
//!
//! 1. **closes every channel exactly once**, by its one owner, when the owner's last worker is done;
//! 2. **stops every task**: on end of input, on cancel, on deadline, on the first error, on a panic, on drop;
//! 3. **reports the root cause**: the first failure, with its stage, recorded before anything is cancelled;
//! 4. **loses nothing silently**: every item received is accounted for as done, filtered, skipped, rejected, failed or
//!    discarded, and the counts add up ([`Report`]);
//! 5. **cannot deadlock on its own edges**: shapes that could are rejected at compile time;
//! 6. **means the same at any worker count**: `#[workers(8)]` changes the speed, never the result, unless
//!    `#[unordered]` says otherwise.
//!
//! The one exception to the second: a body that blocks its thread cannot be interrupted. It is waited for up to the
//! drain time, and then named in [`Cause::DrainExceeded`].
//!
//! # A run
//!
//! [`Pipeline::run`] runs a pipeline to its end, [`Pipeline::spawn`] starts it in the background, as a [`Running`]. An error
//! or a panic, a deadline or a cancel ends all tasks at their next await or time slice, and [`Failure`] says why;
//! [`Running::shutdown`] ends the sources only, and what is in flight is finished. What happens when, and what becomes of
//! each item: [the life of a run](pipeline!#the-life-of-a-run), [order](pipeline!#order),
//! [cancellation](pipeline!#cancellation-safety), [back-pressure](pipeline!#back-pressure-and-memory).
//!
//! Several pipelines that belong together are a [`Group`]; a pipeline per connection is a member of
//! [`Group::independent`], which reaps those that end and reports those that fail.
//!
//! # Features
//!
//! None is on by default.
//!
//! | feature | gives |
//! |---|---|
//! | `rate` | `rate(…)`, `Limiter` and `KeyedLimiter`, which bring a dozen small crates with them |
//! | `serde` | [`Rejected`] is `Serialize` |
//! | `tracing` | what `on_error(skip)` skips is a warning, at most once a second for each stage, with a count of what was skipped since the last one |
//!
//! # Runtimes
//!
//! Multi-thread and current-thread runtimes of tokio, with time enabled where a deadline, a drain time or the age of a
//! batch is to be kept; also with the clock paused.

// The pages speak of what the features give, also where they are off.
#![cfg_attr(not(feature = "rate"), allow(rustdoc::broken_intra_doc_links))]

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod broken;
mod channel;
#[doc(hidden)]
pub mod check;
pub mod cookbook;
mod core;
mod counted;
mod edge;
mod failure;
mod flow;
mod graph;
mod group;
mod launch;
mod layout;
mod ledger;
pub mod messages;
mod pipeline;
mod policy;
mod rejected;
mod report;
mod running;
mod settings;
mod signal;
#[cfg(feature = "tracing")]
mod skip_log;
mod stage;
mod window;
#[cfg(test)]
mod woken;
mod words;

pub use channel::{Receiver, SendError, Sender, TryNext, channel};
pub use failure::{BoxError, Cause, Failure, Suppressed};
pub use flow::{Applied, Fault, Flow};
pub use graph::{Edge, EdgeKind, Graph, Policy, Stage, StageKind};
pub use group::{Group, Independent, Summary};
pub use pipeline::Pipeline;
pub use policy::breaker::{
    Breaker, BreakerAccount, BreakerBuilder, BreakerOpen, BreakerPermit, BreakerReason, BreakerState,
    BreakerTransition, BreakerTransitions, CallClass, Verdict,
};
pub use policy::limit::{Limit, LimitClosed};
#[cfg(feature = "rate")]
pub use policy::rate::{KeyedLimiter, Limiter};
pub use policy::{Failed, SettingError, Timeout};
pub use rejected::Rejected;
pub use report::{EdgeReport, Report, StageReport, StageState};
pub use running::{Outcome, Running};
pub use stage::{BlockingOutput, Input, Next, Output};
pub use window::Window;

#[doc = include_str!("language.md")]
#[macro_export]
macro_rules! pipeline {
    // without a token there is no place to point at but this call
    () => {
        ::core::compile_error! {
            "the pipeline is empty\nhelp: it needs a source and a sink: `source items = 0..3; sink total = items.count();`"
        }
    };
    ($($tokens:tt)*) => {
        $crate::__private::pipeline! { ($crate) $($tokens)* }
    };
}

/// [`pipeline!`] without the proof that it cannot come to a stop before its end: for tests of that proof.
#[doc(hidden)]
#[macro_export]
macro_rules! __pipeline_of_any_shape {
    ($($tokens:tt)*) => {
        $crate::__private::pipeline_of_any_shape! { ($crate) $($tokens)* }
    };
}

/// What only editors read.
#[cfg(rust_analyzer)]
#[doc(hidden)]
#[macro_export]
macro_rules! __editor {
    ($($tokens:tt)*) => { $($tokens)* };
}

/// What only editors read.
#[cfg(not(rust_analyzer))]
#[doc(hidden)]
#[macro_export]
macro_rules! __editor {
    ($($tokens:tt)*) => {};
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
