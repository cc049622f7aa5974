//! Cases side by side: run in turns in one process, with medians and ratios.

use std::time::{Duration, Instant};

/// One way to do the job: its name, and how to do it with `n` items; gives a checksum.
pub struct Case<'a> {
    name: &'static str,
    run: Box<dyn FnMut(u64) -> u64 + 'a>,
}

impl<'a> Case<'a> {
    /// A case.
    pub fn new(name: &'static str, run: impl FnMut(u64) -> u64 + 'a) -> Self {
        Self { name, run: Box::new(run) }
    }
}

/// Runs the cases in turns and prints nanoseconds per item, and how many times faster each is than the first.
///
/// # Panics
///
/// When the cases' checksums differ.
pub fn compare(title: &str, n: u64, rounds: usize, mut cases: Vec<Case<'_>>) {
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); cases.len()];
    for round in 0..=rounds {
        let mut sums = Vec::new();
        for (case, times) in cases.iter_mut().zip(&mut times) {
            let start = Instant::now();
            sums.push((case.run)(n));
            // The first round warms up.
            if round > 0 {
                times.push(start.elapsed());
            }
        }
        assert!(sums.iter().all(|sum| *sum == sums[0]), "{title}: results differ: {sums:?}");
    }
    println!("\n## {title} ({n} items, median of {rounds})\n");
    println!("| case | ns per item | times the first |\n|---|---|---|");
    let per_item = |times: &[Duration]| median(times.iter().map(|t| t.as_nanos() as f64 / n as f64).collect());
    for (case, own) in cases.iter().zip(&times) {
        let ratios = times[0].iter().zip(own).map(|(first, own)| first.as_secs_f64() / own.as_secs_f64());
        println!("| {} | {:.2} | {:.1} |", case.name, per_item(own), median(ratios.collect()));
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}
