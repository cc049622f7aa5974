//! What comes in: a file with an order in each line, as JSON.

use std::{
    fs::File,
    io::{self, BufRead, BufReader, BufWriter, Write},
    path::Path,
};

use rand::{Rng, SeedableRng, rngs::StdRng};
use serde::{Deserialize, Serialize};

/// There are so many customers; orders of others are a mistake.
pub(crate) const CUSTOMERS: u32 = 1_000;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The line it stands in: what it is known by here.
    #[serde(skip)]
    pub(crate) line: u64,
    pub(crate) id: u64,
    pub(crate) customer: u32,
    pub(crate) cents: u64,
}

/// A line of the file, with its number from 1.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) number: u64,
    pub(crate) text: String,
}

impl Order {
    pub(crate) fn parse(line: &Line) -> serde_json::Result<Self> {
        Ok(Self { line: line.number, ..serde_json::from_str(&line.text)? })
    }
}

/// The lines of a file, as they are read.
pub(crate) fn lines(path: &Path) -> io::Result<impl Iterator<Item = io::Result<Line>> + Send + use<>> {
    let lines = BufReader::new(File::open(path)?).lines();
    Ok((1..).zip(lines).map(|(number, text)| Ok(Line { number, text: text? })))
}

/// Writes a file of orders: a few are of nobody, a few lines are no orders.
pub(crate) fn draw(path: &Path, orders: u64, seed: u64) -> io::Result<()> {
    let mut random = StdRng::seed_from_u64(seed);
    let mut file = BufWriter::new(File::create(path)?);
    for id in 1..=orders {
        let known = !random.random_bool(0.01);
        let customer = random.random_range(0..CUSTOMERS) + if known { 0 } else { CUSTOMERS };
        let line = serde_json::to_string(&Order { line: id, id, customer, cents: random.random_range(100..100_000) })?;
        let written = if random.random_bool(0.01) { &line[..line.len() / 2] } else { &line };
        writeln!(file, "{written}")?;
    }
    file.flush()
}
