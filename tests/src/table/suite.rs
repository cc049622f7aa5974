//! Runs cases, many times each, and tells how to repeat what went wrong.

use std::collections::hash_map::RandomState;
use std::env;
use std::fmt::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Once, OnceLock};
use std::time::{Duration, Instant};

use super::fault::PANIC;
use super::{FaultKind, Run, RuntimeKind, Trial, mix};

/// A pipeline of the table.
#[derive(Clone, Copy)]
pub struct Case {
    /// Its name.
    pub name: &'static str,
    /// Builds it and checks one run of it.
    pub trial: fn(Run) -> Trial,
}

/// A family of cases as a test: `table!(family: case, …);`, each the function of that name.
#[macro_export]
macro_rules! table {
    ($family:ident: $($case:ident),* $(,)?) => {
        #[test]
        fn $family() {
            let cases = [$($crate::table::Case {
                name: concat!(stringify!($family), "::", stringify!($case)),
                trial: $case,
            }),*];
            $crate::table::run_all(stringify!($family), &cases);
        }
    };
}

/// The sizes that edges have in turn.
const BUFFERS: [usize; 6] = [0, 1, 2, 3, 64, 1024];

/// Runs of a case unless `PIPELINE_RUNS` says otherwise: each fault with each buffer.
const ROUNDS: u64 = (FaultKind::ALL.len() * BUFFERS.len()) as u64;

/// A run that blocks its runtime for this long never comes back.
const STUCK: Duration = Duration::from_secs(40);

/// The seed that all others are made of.
fn base_seed() -> u64 {
    static SEED: OnceLock<u64> = OnceLock::new();
    *SEED.get_or_init(|| {
        let given = env::var("PIPELINE_SEED").ok().and_then(|seed| seed.parse().ok());
        given.unwrap_or_else(|| u64::from(std::hash::BuildHasher::hash_one(&RandomState::new(), 0) as u32))
    })
}

/// Injected panics are not worth a message.
fn quiet_panics() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let others = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            if !info.payload_as_str().is_some_and(|text| text.starts_with(PANIC)) {
                others(info);
            }
        }));
    });
}

/// Runs each case with each fault and each buffer size, and as often again as `PIPELINE_RUNS` (runs of a case) asks for.
///
/// # Panics
///
/// If a run was not what its model says. The message tells how to replay it.
pub fn run_all(family: &str, cases: &[Case]) {
    quiet_panics();
    let base = base_seed();
    // `PIPELINE_CASE=name` is all runs of a case, `name#round` one.
    let wanted = env::var("PIPELINE_CASE").ok();
    let (name, only) = match wanted.as_deref().map(|wanted| wanted.split_once('#').unwrap_or((wanted, ""))) {
        Some((name, round)) => (Some(name), round.parse().ok()),
        None => (None, None),
    };
    let rounds = env::var("PIPELINE_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(ROUNDS);
    let begun = Instant::now();
    let (mut runs, mut failures) = (0, String::new());
    for case in cases.iter().filter(|case| name.is_none_or(|name| name == case.name)) {
        let begun = Instant::now();
        for round in only.map_or(0..rounds, |round| round..round + 1) {
            runs += 1;
            if let Err(text) = one(base, case, round) {
                let _ = write!(failures, "\n{text}");
                // One failure of a case says enough.
                break;
            }
        }
        if env::var_os("PIPELINE_TIMES").is_some() {
            println!("{:>10.2?}  {}", begun.elapsed(), case.name);
        }
    }
    println!("{family}: {runs} runs of {} cases in {:.2?}, PIPELINE_SEED={base}", cases.len(), begun.elapsed());
    assert!(failures.is_empty(), "{failures}");
}

fn one(base: u64, case: &Case, round: u64) -> Result<(), String> {
    let name = case.name.bytes().fold(0, |hash, byte| mix(hash, byte.into()));
    let seed = mix(mix(base, name), round);
    let fault = FaultKind::ALL[(round % FaultKind::ALL.len() as u64) as usize];
    let buffer = BUFFERS[(round / FaultKind::ALL.len() as u64 % BUFFERS.len() as u64) as usize];
    let kind = match (seed >> 7) % 4 {
        // Paused time does not move while an endless input is at work, so no deadline would ever pass.
        0 if fault != FaultKind::Deadline => RuntimeKind::Paused,
        0 | 1 => RuntimeKind::CurrentThread,
        _ => RuntimeKind::MultiThread,
    };
    let run = Run::new(seed, fault, buffer);
    let text = format!(
        "case `{}`: {run}, {kind:?}\nreplay: PIPELINE_SEED={base} PIPELINE_CASE='{}#{round}' cargo test -p pipeline-tests --test table",
        case.name, case.name
    );
    let _alive = Watchdog::over(text.clone());
    let judged = catch_unwind(AssertUnwindSafe(|| {
        let runtime = kind.build();
        let judged = runtime.block_on(async { (case.trial)(run).await });
        runtime.shutdown_timeout(Duration::from_secs(10));
        judged
    }));
    judged.unwrap_or_else(|_| Err("panicked".into())).map_err(|judged| format!("{text}\n{judged}"))
}

/// Ends the process if a run blocks its runtime, which no timeout in it can notice.
struct Watchdog(#[expect(dead_code, reason = "its drop is what tells")] Sender<()>);

impl Watchdog {
    fn over(text: String) -> Self {
        let (alive, over) = channel();
        std::thread::spawn(move || {
            if over.recv_timeout(STUCK) == Err(RecvTimeoutError::Timeout) {
                eprintln!("{text}\nblocks its runtime");
                std::process::abort();
            }
        });
        Self(alive)
    }
}
