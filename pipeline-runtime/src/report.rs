//! The account of a run: what every stage did with every item, what went over every edge.
//!
//! Counts come from where things happen and are never computed from one another, so that
//! [`Report::imbalance`] means something.

use std::fmt;
use std::time::Duration;

use crate::graph::StageKind;

/// What a pipeline has done with its items, so far or in all.
///
/// Every item that a stage received is done, filtered, skipped, rejected, failed or discarded, and every item sent
/// over an edge was received or abandoned: after a run, however it ended, the sums agree.
///
/// Prints as a table, without the columns that are zero for all:
///
/// ```text
/// load  1.25s
///
/// stage    kind    workers  state  received  emitted   done  rejected
/// lines    source        1  ended     12000    12000  12000         0
/// records  stage         8  ended     12000    11990  11990        10
/// stored   sink          1  ended     11990        0  11990         0
///
/// edge     from     to      capacity   sent  received
/// lines    lines    records     1024  12000     12000
/// …
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// The pipeline's name.
    pub name: String,
    /// Since the run began; of a run that has ended, its length.
    pub elapsed: Duration,
    /// What ended the run before its time, in words.
    pub failure: Option<String>,
    /// In topological order, as in the pipeline's graph.
    pub stages: Vec<StageReport>,
    /// In the order of their definition, as in the pipeline's graph, but for those that `inline` stages do without.
    pub edges: Vec<EdgeReport>,
}

/// The account of one stage, in items of its input.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StageReport {
    /// The stage's name.
    pub name: String,
    /// Source, stage or sink.
    pub kind: StageKind,
    /// How many tasks it runs as; none for an `inline` stage, which runs in that of another.
    pub workers: usize,
    /// How far it has come.
    pub state: StageState,
    /// Items taken in; for a source, items that its expression yielded.
    pub received: u64,
    /// Items sent on, over all its outputs but the one of its rejects.
    pub emitted: u64,
    /// Received items that were worked on to the end.
    pub done: u64,
    /// Received items that the stage's code let go, as `filter` and `take` do.
    pub filtered: u64,
    /// Received items that failed and were dropped, as `on_error(skip)` asks for.
    pub skipped: u64,
    /// Received items that failed and went to the `else` stream.
    pub rejected: u64,
    /// Received items that failed and ended the run.
    pub failed: u64,
    /// Received items that were in hand when the stage was stopped.
    pub discarded: u64,
    /// Bodies begun, where a policy stands around them (`rate`, `limit`, `breaker`, `retry`, `timeout`); else 0. Of a source
    /// with `retry`: how often it was made.
    pub attempts: u64,
    /// Of the attempts: those that `retry` has made again.
    pub retries: u64,
    /// Of the attempts: those that a `timeout` has ended.
    pub timeouts: u64,
    /// Received items that failed since the stage's breaker was open, as `open = fail` and `open = reject` ask for.
    pub refused: u64,
    /// How long items have waited while the stage's breaker was open, or half-open and all its trials under way: in sum, so
    /// that of two items that wait a second side by side it is two.
    pub paused: Duration,
    /// How long items have waited for their `rate`, in sum.
    pub rate_wait: Duration,
    /// How long items have waited for a permit of `limit`, in sum.
    pub limit_wait: Duration,
}

/// How far a stage has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StageState {
    /// Not started.
    Waiting,
    /// At least one of its tasks is alive.
    Running,
    /// All its tasks are gone.
    Ended,
}

/// The account of one edge.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EdgeReport {
    /// The stream's name.
    pub name: String,
    /// The stage that feeds it.
    pub from: String,
    /// The stage that reads it.
    pub to: String,
    /// How many items it holds at most.
    pub capacity: usize,
    /// Items that its producer put in.
    pub sent: u64,
    /// Items that its consumer took out.
    pub received: u64,
    /// Items that were left in it when its consumer was gone, or that it has dropped.
    pub abandoned: u64,
    /// Of the abandoned: items that a `lossy` branch has dropped since it was full.
    pub dropped: u64,
}

impl Report {
    /// The account of the stage of this name.
    #[must_use]
    pub fn stage(&self, name: &str) -> Option<&StageReport> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    /// The account of the edge of this name.
    #[must_use]
    pub fn edge(&self, name: &str) -> Option<&EdgeReport> {
        self.edges.iter().find(|edge| edge.name == name)
    }

    /// The first place at which the account does not add up, in words.
    ///
    /// `None` after every run, however it ended; a live report is taken while items are in hand and may well be
    /// off by these.
    #[must_use]
    pub fn imbalance(&self) -> Option<String> {
        let stage = self.stages.iter().find_map(StageReport::imbalance);
        stage.or_else(|| self.edges.iter().find_map(EdgeReport::imbalance))
    }
}

impl StageReport {
    fn imbalance(&self) -> Option<String> {
        let Self { name, received, done, filtered, skipped, rejected, failed, discarded, .. } = self;
        let accounted = sum([*done, *filtered, *skipped, *rejected, *failed, *discarded]);
        (accounted != u128::from(*received)).then(|| {
            format!(
                "stage `{name}` received {received} items and accounts for {accounted}: {done} done, {filtered} \
                 filtered, {skipped} skipped, {rejected} rejected, {failed} failed, {discarded} discarded"
            )
        })
    }
}

impl EdgeReport {
    fn imbalance(&self) -> Option<String> {
        let Self { name, from, to, sent, received, abandoned, .. } = self;
        let accounted = sum([*received, *abandoned]);
        (accounted != u128::from(*sent)).then(|| {
            format!(
                "edge `{name}` from `{from}` to `{to}` was sent {sent} items and accounts for {accounted}: \
                 {received} received, {abandoned} abandoned"
            )
        })
    }
}

/// Wide enough that wrong counts cannot overflow while they are looked into.
fn sum<const N: usize>(counts: [u64; N]) -> u128 {
    counts.into_iter().map(u128::from).sum()
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}  {:.2?}", self.name, self.elapsed)?;
        if let Some(failure) = &self.failure {
            writeln!(f, "{failure}")?;
        }
        if !self.stages.is_empty() {
            write!(f, "\n{}", stage_table(&self.stages))?;
        }
        if !self.edges.is_empty() {
            write!(f, "\n{}", edge_table(&self.edges))?;
        }
        Ok(())
    }
}

impl fmt::Display for StageState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            StageState::Waiting => "waiting",
            StageState::Running => "running",
            StageState::Ended => "ended",
        })
    }
}

fn stage_table(stages: &[StageReport]) -> Table {
    let mut table = Table::default();
    table.text("stage", stages.iter().map(|stage| stage.name.clone()));
    table.text("kind", stages.iter().map(|stage| stage.kind.to_string()));
    table.number("workers", stages.iter().map(|stage| stage.workers));
    table.text("state", stages.iter().map(|stage| stage.state.to_string()));
    table.number("received", stages.iter().map(|stage| stage.received));
    table.number("emitted", stages.iter().map(|stage| stage.emitted));
    table.number("done", stages.iter().map(|stage| stage.done));
    table.number_if_any("filtered", stages.iter().map(|stage| stage.filtered));
    table.number_if_any("skipped", stages.iter().map(|stage| stage.skipped));
    table.number_if_any("rejected", stages.iter().map(|stage| stage.rejected));
    table.number_if_any("failed", stages.iter().map(|stage| stage.failed));
    table.number_if_any("discarded", stages.iter().map(|stage| stage.discarded));
    table.number_if_any("attempts", stages.iter().map(|stage| stage.attempts));
    table.number_if_any("retries", stages.iter().map(|stage| stage.retries));
    table.number_if_any("timeouts", stages.iter().map(|stage| stage.timeouts));
    table.number_if_any("refused", stages.iter().map(|stage| stage.refused));
    table.time_if_any("paused", stages.iter().map(|stage| stage.paused));
    table.time_if_any("rate_wait", stages.iter().map(|stage| stage.rate_wait));
    table.time_if_any("limit_wait", stages.iter().map(|stage| stage.limit_wait));
    table
}

fn edge_table(edges: &[EdgeReport]) -> Table {
    let mut table = Table::default();
    table.text("edge", edges.iter().map(|edge| edge.name.clone()));
    table.text("from", edges.iter().map(|edge| edge.from.clone()));
    table.text("to", edges.iter().map(|edge| edge.to.clone()));
    table.number("capacity", edges.iter().map(|edge| edge.capacity));
    table.number("sent", edges.iter().map(|edge| edge.sent));
    table.number("received", edges.iter().map(|edge| edge.received));
    table.number_if_any("abandoned", edges.iter().map(|edge| edge.abandoned));
    table.number_if_any("dropped", edges.iter().map(|edge| edge.dropped));
    table
}

/// Columns of equal length, padded when printed.
#[derive(Default)]
struct Table {
    columns: Vec<Column>,
}

struct Column {
    /// The header first.
    cells: Vec<String>,
    width: usize,
    right: bool,
}

impl Table {
    fn text(&mut self, header: &str, cells: impl Iterator<Item = String>) {
        self.push(header, cells, false);
    }

    fn number(&mut self, header: &str, cells: impl Iterator<Item = impl ToString>) {
        self.push(header, cells.map(|cell| cell.to_string()), true);
    }

    /// Leaves the column out if it would say nothing.
    fn number_if_any(&mut self, header: &str, mut cells: impl Iterator<Item = u64> + Clone) {
        if cells.clone().any(|cell| cell != 0) {
            self.number(header, cells.by_ref());
        }
    }

    /// The same of times.
    fn time_if_any(&mut self, header: &str, mut cells: impl Iterator<Item = Duration> + Clone) {
        if cells.clone().any(|cell| !cell.is_zero()) {
            self.push(header, cells.by_ref().map(|cell| format!("{cell:.2?}")), true);
        }
    }

    fn push(&mut self, header: &str, cells: impl Iterator<Item = String>, right: bool) {
        let cells: Vec<String> = std::iter::once(header.to_owned()).chain(cells).collect();
        let width = cells.iter().map(|cell| cell.chars().count()).max().unwrap_or(0);
        self.columns.push(Column { cells, width, right });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = self.columns.first().map_or(0, |column| column.cells.len());
        for row in 0..rows {
            let mut line = String::new();
            for Column { cells, width, right } in &self.columns {
                let cell = cells.get(row).map_or("", String::as_str);
                let gap = " ".repeat(width.saturating_sub(cell.chars().count()));
                let [first, second] = if *right { [gap.as_str(), cell] } else { [cell, gap.as_str()] };
                line.extend([first, second, "  "]);
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stage(name: &str, kind: StageKind, received: u64, emitted: u64) -> StageReport {
        StageReport {
            name: name.to_owned(),
            kind,
            workers: 1,
            state: StageState::Ended,
            received,
            emitted,
            done: received,
            filtered: 0,
            skipped: 0,
            rejected: 0,
            failed: 0,
            discarded: 0,
            attempts: 0,
            retries: 0,
            timeouts: 0,
            refused: 0,
            paused: Duration::ZERO,
            rate_wait: Duration::ZERO,
            limit_wait: Duration::ZERO,
        }
    }

    fn edge(name: &str, to: &str, sent: u64) -> EdgeReport {
        EdgeReport {
            name: name.to_owned(),
            from: name.to_owned(),
            to: to.to_owned(),
            capacity: 1024,
            sent,
            received: sent,
            abandoned: 0,
            dropped: 0,
        }
    }

    fn report() -> Report {
        let records = StageReport {
            workers: 8,
            done: 11_990,
            rejected: 10,
            ..stage("records", StageKind::Stage, 12_000, 11_990)
        };
        Report {
            name: "load".to_owned(),
            elapsed: Duration::from_millis(1_250),
            failure: None,
            stages: vec![
                stage("lines", StageKind::Source, 12_000, 12_000),
                records,
                stage("stored", StageKind::Sink, 11_990, 0),
            ],
            edges: vec![edge("lines", "records", 12_000), edge("records", "stored", 11_990)],
        }
    }

    #[test]
    fn found_by_name() {
        let report = report();
        assert_eq!(report.stage("records").map(|stage| stage.workers), Some(8));
        assert_eq!(report.stage("record"), None);
        assert_eq!(report.edge("records").map(|edge| edge.sent), Some(11_990));
        assert_eq!(report.edge("stored"), None);
    }

    #[test]
    fn balanced() {
        assert_eq!(report().imbalance(), None);
    }

    #[test]
    fn every_outcome_counts() {
        let outcomes: [fn(&mut StageReport) -> &mut u64; 6] = [
            |stage| &mut stage.done,
            |stage| &mut stage.filtered,
            |stage| &mut stage.skipped,
            |stage| &mut stage.rejected,
            |stage| &mut stage.failed,
            |stage| &mut stage.discarded,
        ];
        for outcome in outcomes {
            let mut report = report();
            *outcome(&mut report.stages[1]) += 1;
            assert!(report.imbalance().is_some());
            report.stages[1].received += 1;
            assert_eq!(report.imbalance(), None);
        }
    }

    #[test]
    fn unbalanced_stage() {
        let mut report = report();
        report.stages[1].discarded = 2;
        report.edges[0].abandoned = 1;
        assert_eq!(
            report.imbalance().as_deref(),
            Some(
                "stage `records` received 12000 items and accounts for 12002: 11990 done, 0 filtered, 0 skipped, 10 \
                 rejected, 0 failed, 2 discarded"
            )
        );
    }

    #[test]
    fn unbalanced_edge() {
        let mut report = report();
        report.edges[1].received = u64::MAX;
        report.edges[1].abandoned = u64::MAX;
        assert_eq!(
            report.imbalance().as_deref(),
            Some(
                "edge `records` from `records` to `stored` was sent 11990 items and accounts for \
                 36893488147419103230: 18446744073709551615 received, 18446744073709551615 abandoned"
            )
        );
    }

    #[test]
    fn prints_a_table() {
        assert_eq!(
            report().to_string(),
            "\
load  1.25s

stage    kind    workers  state  received  emitted   done  rejected
lines    source        1  ended     12000    12000  12000         0
records  stage         8  ended     12000    11990  11990        10
stored   sink          1  ended     11990        0  11990         0

edge     from     to       capacity   sent  received
lines    lines    records      1024  12000     12000
records  records  stored       1024  11990     11990
"
        );
    }

    #[test]
    fn prints_what_a_lossy_branch_has_dropped() {
        let mut report = report();
        report.stages.clear();
        report.edges = vec![EdgeReport { received: 90, abandoned: 10, dropped: 8, ..edge("view", "shown", 100) }];
        assert_eq!(
            report.to_string(),
            "\
load  1.25s

edge  from  to     capacity  sent  received  abandoned  dropped
view  view  shown      1024   100        90         10        8
"
        );
    }

    #[test]
    fn prints_before_anything_happened() {
        let stages = vec![StageReport { state: StageState::Waiting, ..stage("größe", StageKind::Sink, 0, 0) }];
        let report = Report { name: "x".to_owned(), elapsed: Duration::ZERO, failure: None, stages, edges: Vec::new() };
        assert_eq!(
            report.to_string(),
            "\
x  0.00ns

stage  kind  workers  state    received  emitted  done
größe  sink        1  waiting         0        0     0
"
        );
    }
}
