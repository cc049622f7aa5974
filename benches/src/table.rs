//! One table: cases that do the same job, run in turns.

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

/// A goal: the first figure of `case` against that of `versus`.
struct Goal {
    case: &'static str,
    versus: &'static str,
    /// At least so many times better.
    least: f64,
}

/// Cases to be run in turns. The first is what the others are compared with.
pub(crate) struct Table<'a> {
    suite: &'a mut Suite,
    name: &'static str,
    title: String,
    columns: Vec<&'static str>,
    items: u64,
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
    cases: Vec<CaseFigures>,
}

/// Medians of a case; `ratio` says how many times better than the first case its first figure is, round by round.
#[derive(Serialize, Debug)]
pub(crate) struct CaseFigures {
    case: String,
    medians: Vec<f64>,
    least: Vec<f64>,
    most: Vec<f64>,
    ratio: f64,
}

impl<'a> Table<'a> {
    pub(crate) fn new(suite: &'a mut Suite, name: &'static str, title: String) -> Self {
        let (columns, cases, goals) = (vec!["ns per item"], Vec::new(), Vec::new());
        Self { suite, name, title, columns, items: 1, expect: None, cases, goals }
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
    pub(crate) fn goal(mut self, case: &'static str, least: f64, versus: &'static str) -> Self {
        self.goals.push(Goal { case, versus, least });
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

        let rounds = options.rounds();
        for round in 0..=rounds {
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
        self.print(rounds);
    }

    fn print(self, rounds: usize) {
        let Self { suite, name, title, columns, items, cases, goals, .. } = self;
        println!("\n## {title}\n\n`{name}`: {items} items, median of {rounds} rounds\n");
        println!("| case | {} | times the first |", columns.join(" | "));
        println!("|---|{}---|", "---|".repeat(columns.len()));
        let first = cases[0].rounds.clone();
        for case in &cases {
            let cells: Vec<String> = medians(&case.rounds).into_iter().map(|value| format!("{value:.2}")).collect();
            println!("| {} | {} | {:.2} |", case.name, cells.join(" | "), ratio(&first, &case.rounds));
        }
        let verdicts = goals.iter().filter_map(|goal| goal.verdict(name, &cases)).collect();
        let cases = cases.iter().map(|case| case.figures(&first)).collect();
        suite.add(Figures { name, title, columns, items, rounds, cases }, verdicts);
    }
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

    fn figures(&self, first: &[Vec<f64>]) -> CaseFigures {
        let by = |pick: fn(f64, f64) -> f64| {
            let rounds = self.rounds.iter().cloned();
            rounds.reduce(|a, b| a.into_iter().zip(b).map(|(a, b)| pick(a, b)).collect()).unwrap_or_default()
        };
        CaseFigures {
            case: self.name.clone(),
            medians: medians(&self.rounds),
            least: by(f64::min),
            most: by(f64::max),
            ratio: ratio(first, &self.rounds),
        }
    }
}

impl Goal {
    fn verdict(&self, table: &'static str, cases: &[Case<'_>]) -> Option<Verdict> {
        let rounds = |name: &str| cases.iter().find(|case| case.name == name).map(|case| &case.rounds);
        let measured = ratio(rounds(self.versus)?, rounds(self.case)?);
        let goal = format!("`{}` at least {} times `{}`", self.case, self.least, self.versus);
        Some(Verdict { table, goal, measured, met: measured >= self.least })
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

/// How many times less the first figure of `own` is than that of `first`, in the median of the rounds.
fn ratio(first: &[Vec<f64>], own: &[Vec<f64>]) -> f64 {
    let rounds = first.iter().zip(own).filter_map(|(first, own)| Some(first.first()? / own.first()?));
    median(rounds.collect())
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
