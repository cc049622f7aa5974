//! Replaces one segment of a program that is written by hand, with channels and tasks, and leaves the rest of it as it is.
//!
//! The program reads visits of a web site, looks up where they come from, and counts them by country. The segment in the middle looks
//! up eight at once, in order: first by hand (`by_hand`), then as an open pipeline (`Flow`) through `apply` (`piped`). Both have the
//! same signature, both programs run on the same visits, and the results are compared: `cargo run --release --example replace`.

use std::{
    collections::BTreeMap,
    time::{Duration, Instant},
};

use futures::{
    StreamExt,
    stream::{self, FuturesOrdered},
};
use pipeline_runtime::{BoxError, Flow, pipeline};
use tokio::{
    sync::mpsc::{Receiver, Sender, channel},
    time::sleep,
};

/// Before. While `rows` is full, no lookup gets on; to parse on all cores would take tasks, and something to put them in order.
async fn by_hand(mut lines: Receiver<String>, rows: Sender<Row>) -> Result<(), BoxError> {
    let mut lookups = FuturesOrdered::new();
    let mut more = true;
    loop {
        tokio::select! {
            line = lines.recv(), if more && lookups.len() < 8 => match line.as_deref().map(Visit::parse) {
                Some(Ok(visit)) => lookups.push_back(look_up(visit)),
                Some(Err(_)) => continue,
                None => more = false,
            },
            Some(row) = lookups.next() => rows.send(row?).await?,
            else => return Ok(()),
        }
    }
}

pipeline! {
    /// After: rows from lines. A line that is no visit is left out.
    fn locate() -> Flow<String, Row> {
        source lines = input;

        #[workers(4), on_error(skip)]
        stage visits = lines.map(|line| Visit::parse(&line)?);

        #[in_flight(8)]
        stage rows = visits.map(async |visit| look_up(visit).await?);

        sink located = rows.output();
    }
}

/// The flow from channel to channel, in the place of `by_hand`.
async fn piped(mut lines: Receiver<String>, rows: Sender<Row>) -> Result<(), BoxError> {
    let mut located = locate().apply(stream::poll_fn(move |cx| lines.poll_recv(cx)));
    while let Some(row) = located.next().await {
        rows.send(row?).await?;
    }
    Ok(())
}

/// The program around the segment. The rows' checksum depends on their order.
async fn program<S>(
    lines: Vec<String>,
    segment: impl FnOnce(Receiver<String>, Sender<Row>) -> S,
) -> Result<Counts, BoxError>
where
    S: Future<Output = Result<(), BoxError>> + Send + 'static,
{
    let (lines_tx, lines_rx) = channel(64);
    let reader = tokio::spawn(async move {
        for line in lines {
            lines_tx.send(line).await?;
        }
        Ok::<_, BoxError>(())
    });

    let (rows_tx, mut rows) = channel(64);
    let segment = tokio::spawn(segment(lines_rx, rows_tx));

    let mut counts = Counts::default();
    while let Some(row) = rows.recv().await {
        *counts.by_country.entry(row.country).or_default() += 1;
        counts.checksum = counts.checksum.wrapping_mul(31).wrapping_add(row.millis);
    }
    // the cause is behind the segment's error: the reader only finds that nobody takes its lines
    segment.await??;
    reader.await??;
    Ok(counts)
}

#[derive(Debug, Default, PartialEq)]
struct Counts {
    by_country: BTreeMap<&'static str, u64>,
    checksum: u64,
}

/// One line of the log: `10.0.0.7 132`.
#[derive(Clone)]
struct Visit {
    address: String,
    millis: u64,
}

impl Visit {
    fn parse(line: &str) -> Result<Self, BoxError> {
        let (address, millis) = line.split_once(' ').ok_or("no space")?;
        Ok(Self { address: address.to_owned(), millis: millis.parse()? })
    }
}

/// A visit whose country is known.
struct Row {
    country: &'static str,
    millis: u64,
}

/// Stands for a service in the network. Some answers take longer than others.
async fn look_up(visit: Visit) -> Result<Row, BoxError> {
    sleep(Duration::from_millis(1 + visit.millis % 3)).await;
    let last: usize = visit.address.rsplit('.').next().ok_or("no address")?.parse()?;
    let Visit { millis, .. } = visit;
    Ok(Row { country: ["Chile", "Ghana", "Japan", "Norway"][last % 4], millis })
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let line = |n: u64| match n % 50 {
        49 => "no visit".to_owned(),
        _ => format!("10.0.{}.{} {}", n % 7, n % 251, n * n % 400),
    };
    let lines: Vec<String> = (0..1000).map(line).collect();

    let began = Instant::now();
    let before = program(lines.clone(), by_hand).await?;
    println!("by hand: {:.2?}", began.elapsed());

    let began = Instant::now();
    let after = program(lines.clone(), piped).await?;
    println!("as a flow: {:.2?}", began.elapsed());

    if before != after || before.by_country.values().sum::<u64>() != 980 {
        return Err(format!("{before:?} by hand, {after:?} as a flow").into());
    }
    // an error comes out as it does by hand
    let broken = || lines.iter().cloned().chain(["10.0.0.x 1".to_owned()]).collect();
    let (before_error, after_error) = (program(broken(), by_hand).await, program(broken(), piped).await);
    println!("by hand: {}\nas a flow: {}", error(before_error)?, error(after_error)?);
    println!("check: the same, {:?}", after.by_country);
    Ok(())
}

fn error(result: Result<Counts, BoxError>) -> Result<BoxError, BoxError> {
    result.err().ok_or_else(|| "a broken address is no error".into())
}
