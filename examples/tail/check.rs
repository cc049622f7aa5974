//! Whether each line is counted once, whatever is done to the log.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::Path,
    time::Duration,
};

use pipeline_runtime::{BoxError, Running};
use tokio::time::{sleep, timeout};

use crate::{Totals, kind, watch};

/// Writes a log while it is followed, and compares the counts with what was written.
pub(crate) async fn check() -> Result<(), BoxError> {
    let dir = tempfile::tempdir()?;
    let path = dir.path().join("log");
    let run = watch(path.clone(), Duration::from_millis(50), |_| {}).spawn();

    let mut log = Log { path: &path, written: Totals::new(), lines: 0 };
    let written = timeout(Duration::from_secs(30), log.rough_life(&run, dir.path())).await;
    written.map_err(|_| "lines that were written have not come in")??;

    run.shutdown();
    let outcome = run.wait().await;
    let windows = outcome.report.stage("counts").map_or(0, |stage| stage.emitted);
    let counted = outcome.result?;
    if counted != log.written {
        return Err(format!("written: {:?}, counted: {counted:?}", log.written).into());
    }
    println!("check: {} lines counted once, in {windows} windows", log.lines);
    Ok(())
}

/// The log, and what was written to it.
struct Log<'a> {
    path: &'a Path,
    written: Totals,
    lines: u64,
}

impl Log<'_> {
    async fn rough_life(&mut self, run: &Running<Totals>, dir: &Path) -> Result<(), BoxError> {
        self.append(100)?;
        for rotation in 0..5 {
            self.append(100)?;
            sleep(Duration::from_millis(30)).await;

            // a line in two parts
            self.write("WARN the disk is ")?;
            sleep(Duration::from_millis(30)).await;
            self.write("full\n")?;

            // the last one before a rotation, whose end is never written
            self.append(50)?;
            self.write("ERROR and here it")?;
            fs::rename(self.path, dir.join(format!("log.{rotation}")))?;
            self.append(50)?;
            self.is_counted(run).await;

            // what is not read before it is truncated is lost, and so it has to be read by now
            File::create(self.path)?;
            self.append(20)?;
            self.is_counted(run).await;
        }
        Ok(())
    }

    fn append(&mut self, lines: u64) -> Result<(), BoxError> {
        let kinds = ["INFO", "INFO", "DEBUG", "WARN", "ERROR"];
        let line = |n: u64| format!("{} something has happened\n", kinds[(n * n % 5) as usize]);
        self.write(&(self.lines..self.lines + lines).map(line).collect::<String>())
    }

    fn write(&mut self, text: &str) -> Result<(), BoxError> {
        OpenOptions::new().append(true).create(true).open(self.path)?.write_all(text.as_bytes())?;
        for line in text.lines().filter(|line| !line.starts_with("full")) {
            *self.written.entry(kind(line)).or_default() += 1;
            self.lines += 1;
        }
        Ok(())
    }

    /// Waits until all that was written has come in, as the account of the run says.
    async fn is_counted(&self, run: &Running<Totals>) {
        while run.report().stage("lines").is_none_or(|stage| stage.emitted < self.lines) {
            sleep(Duration::from_millis(5)).await;
        }
    }
}
