//! One table: cases that do the same job, run in turns.

use std::fmt;
use std::time::{Duration, Instant};

use serde::Serialize;

use crate::suite::{Suite, Verdict};

/// What a case does: with `n` items, giving a checksum, or figures of its own.
enum Job<'a> {
    Timed(Box<dyn FnMut(u64) -> u64 + 'a>),
    Measured(Box<dyn FnMut(u64) -> Vec<f64> + 'a>),
}

struct Case<'a> {
    name: String,
    /// The part of the table's items that this case runs with: slow ones take fewer.
    share: f64,
    job: Job<'a>,
    /// The figures of each round.
    rounds: Vec<Vec<f64>>,
}

/// What a case is held to.
enum Goal {
    /// The first figure of `case` is at least `least` times better than that of `versus`.
    Beside { case: String, least: f64, versus: String },
    /// A figure of `case` is at most so much.
    AtMost { case: String, column: usize, most: f64 },
    /// One figure of `case` is no more than another.
    NoMore { case: String, column: usize, than: usize },
    /// No row's first figure is more than so many times that of the row before.
    NoStep { most: f64 },
}

/// Which row a row's figures are set beside.
#[derive(Clone, Copy, Serialize, Debug)]
#[serde(rename_all = "snake_case")]
enum Beside {
    /// How many times better than the first row, which does the same job.
    First,
    /// How many times as much as the row before, which does less of it.
    Previous,
}

/// Cases to be run in turns. The first is what the others are compared with.
pub(crate) struct Table<'a> {
    suite: &'a mut Suite,
    name: &'static str,
    title: String,
    columns: Vec<&'static str>,
    items: u64,
    rounds: usize,
    warm_up: bool,
    beside: Beside,
    expect: Option<Box<dyn Fn(u64) -> u64 + 'a>>,
    cases: Vec<Case<'a>>,
    goals: Vec<Goal>,
}

/// What was measured, as it is written to the JSON file.
#[derive(Serialize, Debug)]
pub(crate) struct Figures {
    name: &'static str,
    title: String,
    columns: Vec<&'static str>,
    items: u64,
    rounds: usize,
    beside: Beside,
    cases: Vec<CaseFigures>,
}

/// Medians of a case; `ratios` sets each of its figures beside another row's, round by round.
#[derive(Serialize, Debug)]
pub(crate) struct CaseFigures {
    case: String,
    medians: Vec<f64>,
    least: Vec<f64>,
    most: Vec<f64>,
    ratios: Vec<f64>,
}

impl<'a> Table<'a> {
    pub(crate) fn new(suite: &'a mut Suite, name: &'static str, title: String) -> Self {
        let rounds = suite.options.rounds();
        let (columns, cases, goals) = (vec!["ns per item"], Vec::new(), Vec::new());
        let (items, warm_up, beside, expect) = (1, true, Beside::First, None);
        Self { suite, name, title, columns, items, rounds, warm_up, beside, expect, cases, goals }
    }

    /// How many items a case gets.
    pub(crate) fn items(mut self, n: u64) -> Self {
        self.items = self.suite.options.items(n);
        self
    }

    /// The right checksum for `n` items.
    pub(crate) fn expect(mut self, sum: impl Fn(u64) -> u64 + 'a) -> Self {
        self.expect = Some(Box::new(sum));
        self
    }

    /// What the figures of measured cases are; less is better.
    pub(crate) fn columns(mut self, columns: &[&'static str]) -> Self {
        self.columns = columns.to_vec();
        self
    }

    /// At most so many rounds, and none to warm up: for what takes long, or warms up by itself.
    pub(crate) fn seldom(mut self, rounds: usize) -> Self {
        self.rounds = self.rounds.min(rounds);
        self.warm_up = false;
        self
    }

    /// Each row does more of the same job than the one before, and is set beside that.
    pub(crate) fn growing(mut self) -> Self {
        self.beside = Beside::Previous;
        self
    }

    /// A case whose time counts.
    pub(crate) fn case(self, name: impl Into<String>, run: impl FnMut(u64) -> u64 + 'a) -> Self {
        self.slow_case(name, 1.0, run)
    }

    /// A case that gets a part of the items only.
    pub(crate) fn slow_case(mut self, name: impl Into<String>, share: f64, run: impl FnMut(u64) -> u64 + 'a) -> Self {
        let job = Job::Timed(Box::new(run));
        self.cases.push(Case { name: name.into(), share, job, rounds: Vec::new() });
        self
    }

    /// A case that measures by itself, and gives one figure for each column.
    pub(crate) fn measured(mut self, name: impl Into<String>, run: impl FnMut(u64) -> Vec<f64> + 'a) -> Self {
        let job = Job::Measured(Box::new(run));
        self.cases.push(Case { name: name.into(), share: 1.0, job, rounds: Vec::new() });
        self
    }

    /// `case` is to be at least `least` times better than `versus`.
    pub(crate) fn goal(mut self, case: impl Into<String>, least: f64, versus: impl Into<String>) -> Self {
        self.goals.push(Goal::Beside { case: case.into(), least, versus: versus.into() });
        self
    }

    /// The figure of `case` in a column is to be at most `most`.
    pub(crate) fn limit(mut self, case: impl Into<String>, column: usize, most: f64) -> Self {
        self.goals.push(Goal::AtMost { case: case.into(), column, most });
        self
    }

    /// The figure of `case` in a column is to be no more than that in another.
    pub(crate) fn no_more(mut self, case: impl Into<String>, column: usize, than: usize) -> Self {
        self.goals.push(Goal::NoMore { case: case.into(), column, than });
        self
    }

    /// From row to row the first figure is to grow by at most `most`.
    pub(crate) fn no_step(mut self, most: f64) -> Self {
        self.goals.push(Goal::NoStep { most });
        self
    }

    /// Runs the cases that are asked for, and prints the table.
    ///
    /// # Panics
    ///
    /// When a checksum is wrong.
    pub(crate) fn run(mut self) {
        let wanted = |case: &Case<'_>| self.suite.options.wants(self.name, &case.name);
        if !self.cases.iter().any(wanted) {
            return;
        }
        // the first is what the others are compared with, so it always runs
        let mut first = true;
        let (options, name) = (&self.suite.options, self.name);
        self.cases.retain(|case| std::mem::take(&mut first) || options.wants(name, &case.name));

        for round in usize::from(!self.warm_up)..=self.rounds {
            for case in &mut self.cases {
                let n = ((self.items as f64 * case.share) as u64).max(1);
                // the first round warms up, with fewer items
                let n = if round == 0 { (n / 10).max(1) } else { n };
                let figures = case.run(n, self.expect.as_deref(), name);
                if round > 0 {
                    case.rounds.push(figures);
                }
            }
        }
        self.report();
    }

    /// Prints the figures, and gives them to the suite.
    fn report(self) {
        let Self { suite, name, title, columns, items, rounds, beside, cases, goals, .. } = self;
        let verdicts = goals.iter().filter_map(|goal| goal.verdict(name, &columns, &cases)).collect();
        let cases = cases.iter().enumerate().map(|(at, case)| case.figures(beside.ratios(&cases, at))).collect();
        let figures = Figures { name, title, columns, items, rounds, beside, cases };
        print!("{figures}");
        suite.add(figures, verdicts);
    }
}

impl Beside {
    /// Each figure of the case at `at` beside another row's: more is better where it is the first's, less where it is the
    /// row before.
    fn ratios(self, cases: &[Case<'_>], at: usize) -> Vec<f64> {
        let (above, below) = match self {
            Self::First => (cases.first(), cases.get(at)),
            Self::Previous => (cases.get(at), at.checked_sub(1).and_then(|at| cases.get(at))),
        };
        let rounds = |case: Option<&Case<'_>>| case.map_or_else(Vec::new, |case| case.rounds.clone());
        let (above, below) = (rounds(above), rounds(below));
        let columns = above.first().map_or(0, Vec::len);
        (0..columns).map(|column| ratio(column, &above, &below)).collect()
    }

    fn header(self) -> &'static str {
        match self {
            Self::First => "times the first",
            Self::Previous => "times the row before",
        }
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "\n## {}\n", self.title)?;
        match self.items {
            1 => writeln!(f, "`{}`: median of {} rounds\n", self.name, self.rounds)?,
            items => writeln!(f, "`{}`: {items} items, median of {} rounds\n", self.name, self.rounds)?,
        }
        writeln!(f, "| case | {} | {} |", self.columns.join(" | "), self.beside.header())?;
        writeln!(f, "|---|{}---|", "---|".repeat(self.columns.len()))?;
        for case in &self.cases {
            writeln!(f, "| {} | {} | {} |", case.case, cells(&case.medians, " | "), cells(&case.ratios, " · "))?;
        }
        Ok(())
    }
}

impl Figures {
    /// The median of a case in a column, if there is one.
    pub(crate) fn figure(&self, case: &str, column: usize) -> Option<f64> {
        let case = self.cases.iter().find(|figures| figures.case == case)?;
        case.medians.get(column).copied().filter(|figure| figure.is_finite())
    }

    pub(crate) fn is_named(&self, name: &str) -> bool {
        self.name == name
    }
}

/// What is not a number was not measured.
fn cells(values: &[f64], between: &str) -> String {
    let cell = |value: &f64| if value.is_finite() { format!("{value:.2}") } else { "–".to_owned() };
    values.iter().map(cell).collect::<Vec<_>>().join(between)
}

impl Case<'_> {
    fn run(&mut self, n: u64, expect: Option<&(dyn Fn(u64) -> u64 + '_)>, table: &str) -> Vec<f64> {
        match &mut self.job {
            Job::Measured(run) => run(n),
            Job::Timed(run) => {
                let start = Instant::now();
                let sum = std::hint::black_box(run(n));
                let time = start.elapsed();
                if let Some(expect) = expect {
                    assert_eq!(sum, expect(n), "{table}: {} gives a wrong result for {n} items", self.name);
                }
                vec![time.as_nanos() as f64 / n as f64]
            }
        }
    }

    fn figures(&self, ratios: Vec<f64>) -> CaseFigures {
        let by = |pick: fn(f64, f64) -> f64| {
            let rounds = self.rounds.iter().cloned();
            rounds.reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| pick(a, b)).collect()).unwrap_or_default()
        };
        CaseFigures {
            case: self.name.clone(),
            medians: medians(&self.rounds),
            least: by(f64::min),
            most: by(f64::max),
            ratios,
        }
    }
}

impl Goal {
    fn verdict(&self, table: &'static str, columns: &[&str], cases: &[Case<'_>]) -> Option<Verdict> {
        let rounds = |name: &str| cases.iter().find(|case| case.name == name).map(|case| &case.rounds);
        match self {
            Self::Beside { case, least, versus } => {
                let measured = ratio(0, rounds(versus)?, rounds(case)?);
                let goal = format!("{case}: at least {least:.3} times {versus}");
                Some(Verdict { table, goal, measured, met: measured >= *least })
            }
            Self::AtMost { case, column, most } => {
                let measured = medians(rounds(case)?).get(*column).copied()?;
                let goal = format!("{case}: at most {most}, {}", columns.get(*column)?);
                Some(Verdict { table, goal, measured, met: measured <= *most })
            }
            Self::NoMore { case, column, than } => {
                let medians = medians(rounds(case)?);
                let measured = medians.get(*column)? / medians.get(*than)?;
                let goal = format!("{case}: {} no more than {}", columns.get(*column)?, columns.get(*than)?);
                Some(Verdict { table, goal, measured, met: measured <= 1.0 })
            }
            Self::NoStep { most } => {
                let steps = cases.windows(2).map(|step| ratio(0, &step[1].rounds, &step[0].rounds));
                let measured = steps.reduce(f64::max)?;
                let goal = format!("each row: at most {most} times the row before");
                Some(Verdict { table, goal, measured, met: measured <= *most })
            }
        }
    }
}

/// Of the times 99 in a hundred, and half of them, are no longer than this; in µs.
pub(crate) fn percentiles(mut times: Vec<Duration>) -> Vec<f64> {
    times.sort_unstable();
    let at = |part: f64| {
        let index = (times.len().saturating_sub(1) as f64 * part) as usize;
        times.get(index).map_or(f64::NAN, |time| time.as_nanos() as f64 / 1e3)
    };
    vec![at(0.99), at(0.5)]
}

/// Of each figure.
fn medians(rounds: &[Vec<f64>]) -> Vec<f64> {
    let columns = rounds.first().map_or(0, Vec::len);
    let column = |at: usize| rounds.iter().filter_map(|round| round.get(at).copied()).collect();
    (0..columns).map(|at| median(column(at))).collect()
}

/// A figure of `above` by that of `below`, in the median of the rounds.
fn ratio(column: usize, above: &[Vec<f64>], below: &[Vec<f64>]) -> f64 {
    let rounds = above.iter().zip(below).filter_map(|(above, below)| Some(above.get(column)? / below.get(column)?));
    median(rounds.collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
