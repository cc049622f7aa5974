//! Follows a log that grows, is rotated and is truncated, and counts its lines by their first word, window by window.
//!
//! Shows a generator (a source that is a loop with `send`), windows of a key each (`keyed` with `window`), a run that goes on until
//! Ctrl-C and then delivers what it has, and its account while it runs. `--check` writes, rotates and truncates a log itself and proves
//! that each line was counted once: `cargo run --release --example tail -- /var/log/syslog`, or `-- --check`.

mod check;
mod follow;

use std::{collections::BTreeMap, path::PathBuf, time::Duration};

use follow::Follow;
use pipeline_runtime::{BoxError, Pipeline, Window, pipeline};
use tokio::{signal::ctrl_c, task::spawn_blocking, time::sleep};

/// How many lines there were of each kind.
type Totals = BTreeMap<String, u64>;

pipeline! {
    /// Counts lines until it is stopped. Every so often `tell` is given the counts.
    fn watch(path: PathBuf, every: Duration, tell: fn(&Window<u64, String>)) -> Pipeline<Totals> {
        source lines = async |out| {
            let mut log = Follow::new(path);
            loop {
                let lines;
                (lines, log) = spawn_blocking(move || (log.lines(), log)).await?;
                for line in lines? {
                    out.send(line).await;
                }
                sleep(Duration::from_millis(20)).await;
            }
        };

        #[keyed(|line| kind(line))]
        stage counts = lines.window(0, |count, _| *count += 1, every = every);

        sink totals = counts.inspect(|window| tell(window)).fold(Totals::new(), |mut totals, window| {
            *totals.entry(window.key).or_default() += window.value;
            totals
        });
    }
}

/// The first word of a line.
fn kind(line: &str) -> String {
    line.split_whitespace().next().unwrap_or_default().to_owned()
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let path = std::env::args_os().nth(1).ok_or("usage: tail FILE, or tail --check")?;
    if path == "--check" {
        return check::check().await;
    }
    let print = |window: &Window<u64, String>| println!("{:8} {}", window.value, window.key);
    let totals = watch(path.into(), Duration::from_secs(1), print).shutdown_on(ctrl_c()).run().await?;
    println!("in all");
    totals.iter().for_each(|(kind, count)| println!("{count:8} {kind}"));
    Ok(())
}
