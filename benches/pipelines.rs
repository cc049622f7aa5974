//! `cargo bench -p benches`: pipelines beside what else does the same job. `-- --help` for what can be asked for.

use benches::{Options, Suite, tables};
use clap::Parser;

fn main() -> std::io::Result<()> {
    let mut suite = Suite::new(Options::parse());
    tables::run(&mut suite);
    suite.finish()
}
