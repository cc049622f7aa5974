//! A log of requests, a JSON object a line, and what is asked of it.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, BufWriter, Read, Write};
use std::iter;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::machine::scratch;
use crate::work::mix;

/// What is read of a line.
#[derive(Deserialize, Debug)]
pub(crate) struct Request {
    path: String,
    status: u16,
    bytes: u64,
}

impl Request {
    /// # Errors
    ///
    /// When the line is no request.
    pub(crate) fn parse(line: &str) -> serde_json::Result<Self> {
        serde_json::from_str(line)
    }

    pub(crate) fn is_served(&self) -> bool {
        self.status == 200
    }
}

/// How often each path was served, and with how many bytes.
#[derive(Default, PartialEq, Eq, Debug)]
pub(crate) struct Served(BTreeMap<String, (u64, u64)>);

impl Served {
    pub(crate) fn with(mut self, request: Request) -> Self {
        self.add(request.path, (1, request.bytes));
        self
    }

    pub(crate) fn and(mut self, others: Self) -> Self {
        others.0.into_iter().for_each(|(path, sums)| self.add(path, sums));
        self
    }

    fn add(&mut self, path: String, (times, bytes): (u64, u64)) {
        let sums = self.0.entry(path).or_default();
        *sums = (sums.0 + times, sums.1 + bytes);
    }
}

/// A file of about so many bytes, which is written if it is not there.
///
/// # Errors
///
/// When it cannot be.
pub(crate) fn file(bytes: u64) -> io::Result<PathBuf> {
    let path = scratch(&format!("requests-{}-mb.jsonl", bytes / 1_000_000));
    if !path.exists() {
        let partial = path.with_extension("partial");
        let mut file = BufWriter::new(File::create(&partial)?);
        let (mut written, mut line) = (0, 0);
        while written < bytes {
            let text = request(line);
            file.write_all(text.as_bytes())?;
            written += text.len() as u64;
            line += 1;
        }
        file.flush()?;
        fs::rename(partial, &path)?;
    }
    Ok(path)
}

/// # Errors
///
/// When there is no such file.
pub(crate) fn lines(path: &Path) -> io::Result<io::Lines<BufReader<File>>> {
    Ok(BufReader::with_capacity(1 << 16, File::open(path)?).lines())
}

/// The lines of a file, many at once.
///
/// # Errors
///
/// When there is no such file.
pub(crate) fn blocks(path: &Path) -> io::Result<impl Iterator<Item = io::Result<String>> + Send> {
    let mut file = BufReader::new(File::open(path)?);
    Ok(iter::from_fn(move || block(&mut file).transpose()))
}

/// The next 64 KiB, and the rest of the last line.
fn block(file: &mut BufReader<File>) -> io::Result<Option<String>> {
    let mut text = Vec::new();
    file.by_ref().take(1 << 16).read_to_end(&mut text)?;
    file.read_until(b'\n', &mut text)?;
    let text = String::from_utf8(text).map_err(io::Error::other)?;
    Ok((!text.is_empty()).then_some(text))
}

/// A line, with its end: one in ten is of a request that was not served.
fn request(line: u64) -> String {
    let random = mix(mix(line + 1));
    let (path, user, bytes) = (random % 1_000, (random >> 10) % 100_000, (random >> 20) % 50_000);
    let status = if (random >> 40).is_multiple_of(10) { 404 } else { 200 };
    let (second, milliseconds) = (line / 1_000 % 60, line % 1_000);
    format!(
        "{{\"time\":\"2026-01-01T00:00:{second:02}.{milliseconds:03}Z\",\"user\":\"user-{user}\",\"method\":\"GET\",\
         \"path\":\"/articles/{path}\",\"status\":{status},\"bytes\":{bytes},\"agent\":\"Mozilla/5.0 (X11; Linux x86_64)\",\
         \"tags\":[\"eu-west\",\"canary\"],\"cached\":{}}}\n",
        random & 1 == 0
    )
}
