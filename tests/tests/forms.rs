//! Both forms of `pipeline!`, wherever they may stand, and `#[cfg(…)]` inside them. Nothing of it may warn.

#![deny(warnings)]
#![deny(missing_docs, unreachable_pub, unused_qualifications, rust_2018_idioms)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

mod forms {
    mod cfg;
    mod fragments;
    mod function;
    mod places;
}

/// Runs a pipeline to its end.
fn run<O: Send + 'static, E: Send + Sync + 'static>(
    pipeline: pipeline_runtime::Pipeline<O, E>,
) -> Result<O, pipeline_runtime::Failure<E>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(pipeline.run())
}
