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
//! The language is described at [`pipeline!`]; the [`cookbook`] has everyday tasks beside the code that they replace.
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
//! 5. **means the same at any worker count**: `#[workers(8)]` changes the speed, never the result, unless
//!    `#[unordered]` says otherwise.
//!
//! The one exception to the second: a body that blocks its thread cannot be interrupted. It is waited for up to the
//! drain time, and then named in [`Cause::DrainExceeded`].
//!
//! # The life of a run
//!
//! 1. The pipeline is built where `pipeline!` stands: `let`s and settings are evaluated, closures take what they
//!    capture. Nothing runs.
//! 2. [`Pipeline::run`] or [`Pipeline::spawn`] makes the edges and spawns a task for each source, stage and sink (with
//!    `#[workers(n)]` n of them).
//! 3. Each source evaluates its expression in its own task and sends what it yields.
//! 4. When a stage's inputs have ended, its output closes; so the end travels from the sources to the sinks. A consumer
//!    that ends early closes its edge, and so ends its producers, quietly.
//! 5. When all tasks have ended, the tail is evaluated with each sink's name bound to its value.
//!
//! An error or a panic, a deadline or a cancel ends all tasks at their next await or time slice, and
//! [`Failure`] says why. [`Running::shutdown`] ends the sources only: what is in flight is finished.
//!
//! Several pipelines that belong together are a [`Group`]; a pipeline per connection is a member of
//! [`Group::independent`], which reaps those that end and reports those that fail.
//!
//! # Order
//!
//! An edge is first in, first out. `merge` promises no order between its inputs; `concat` and `zip` do. Workers in
//! order give exactly the sequence that one worker would give, filters, flat-maps and skipped failures included.
//!
//! # Back-pressure and latency
//!
//! Edges are bounded in items, always. Items travel in chunks when there is a backlog and at once when there is none:
//! what a stage has produced is handed over before its task waits for anything, when its consumer is waiting, and under
//! `#[blocking]` after each item.
//!
//! # Runtimes
//!
//! Multi-thread and current-thread runtimes of tokio, with time enabled where a deadline, a drain time or the age of a
//! batch is to be kept; also with the clock paused.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod channel;
pub mod cookbook;
mod core;
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
mod rejected;
mod report;
mod running;
mod stage;
mod window;
mod witness;

pub use channel::{Receiver, SendError, Sender, TryNext, channel};
pub use failure::{BoxError, Cause, Failure, Suppressed};
pub use flow::{Applied, Fault, Flow};
pub use graph::{Edge, EdgeKind, Graph, Policy, Stage, StageKind};
pub use group::{Group, Independent, Summary};
pub use pipeline::Pipeline;
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

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
