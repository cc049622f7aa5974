//! What the compiler takes for pipelines of 1 to 100 stages, and for the runtime.

use std::cell::OnceCell;
use std::fs;

use crate::compile::{Libraries, Program, Style, from_nothing};
use crate::needed::Needed;
use crate::suite::Suite;

const COLUMNS: [&str; 5] = ["check, s", "build, s", "macros, ms", "expanded, KB", "binary, KB"];
const MACROS: usize = 2;

/// What is measured of a program, in the order of the columns.
fn compile(libraries: &Libraries, program: Program) -> Vec<f64> {
    let checked = libraries.check(program);
    let (binary, build) = libraries.build_program(program);
    let size = fs::metadata(&binary).needed(binary.display()).len();
    vec![
        checked.time.as_secs_f64(),
        build.as_secs_f64(),
        checked.expansion.as_secs_f64() * 1e3,
        libraries.expanded(program).len() as f64 / 1e3,
        size as f64 / 1e3,
    ]
}

pub(super) fn run(suite: &mut Suite) {
    let libraries = OnceCell::new();
    let compile = |style, stages| compile(libraries.get_or_init(Libraries::build), Program { style, stages });
    let quick = suite.options.quick;
    for (name, stages) in [("compile-1", 1), ("compile-10", 10), ("compile-50", 50), ("compile-100", 100)] {
        if quick && stages > 10 {
            continue;
        }
        let table = suite
            .table(name, format!("To compile {stages} stages, without the libraries"))
            .columns(&COLUMNS)
            .seldom(if quick { 1 } else { 5 })
            .measured("hand-written", |_| compile(Style::ByHand, stages))
            .measured("pipeline!", |_| compile(Style::Pipeline, stages))
            .limit("pipeline!", MACROS, 100.0);
        // a single stage is all fixed cost
        match stages {
            1 => table.run(),
            _ => table.goal("pipeline!", 1.0 / 1.5, "hand-written").run(),
        }
    }
    if !quick {
        let from_nothing = |name, package| vec![from_nothing(name, &[package]).as_secs_f64()];
        suite
            .table("compile-runtime", "`cargo build` of the runtime from nothing")
            .columns(&["s"])
            .seldom(3)
            .measured("tokio, with the same features", |_| from_nothing("compile-cost/tokio", "tokio"))
            .measured("pipeline-runtime", |_| from_nothing("compile-cost/runtime", "pipeline-runtime"))
            .goal("pipeline-runtime", 1.0 / 1.3, "tokio, with the same features")
            .run();
    }
}
