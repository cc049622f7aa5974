//! `cargo bench -p benches`: pipelines beside what else does the same job. `-- --help` for what can be asked for.

use benches::{Options, Suite, probe, tables};
use clap::Parser;

fn main() -> std::io::Result<()> {
    let options = Options::parse();
    if let Some(job) = &options.probe {
        probe(job);
        return Ok(());
    }
    let mut suite = Suite::new(options);
    tables::run(&mut suite);
    suite.finish()
}
