//! Concurrent pipelines that cannot leak, hang or lose data.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod channel;
mod core;
mod edge;
mod failure;
mod graph;
mod group;
mod launch;
mod pipeline;
mod rejected;
mod report;
mod running;
mod stage;
mod witness;

pub use channel::{Receiver, SendError, Sender, TryNext, channel};
pub use failure::{BoxError, Cause, Failure, Suppressed};
pub use graph::{Edge, EdgeKind, Graph, Policy, Stage, StageKind};
pub use group::Group;
pub use pipeline::Pipeline;
pub use rejected::Rejected;
pub use report::{EdgeReport, Report, StageReport, StageState};
pub use running::{Outcome, Running};
pub use stage::{Input, Output};

/// Declares a pipeline.
#[macro_export]
macro_rules! pipeline {
    ($($tokens:tt)*) => {
        $crate::__private::pipeline! { ($crate) $($tokens)* }
    };
}
