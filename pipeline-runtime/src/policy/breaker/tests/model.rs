//! The state machine against a reference that keeps everything and computes everything anew.

use std::collections::BTreeMap;
use std::time::Duration;

use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::time::Instant;

use crate::policy::breaker::BreakerState::{self, *};
use crate::policy::breaker::machine::{Answer, Machine};
use crate::policy::breaker::sequence::Sequence;
use crate::policy::breaker::settings::{Settings, Slow};
use crate::policy::breaker::window::Span;
use crate::policy::breaker::{CallClass, Verdict};

#[derive(Clone, Copy, Debug, PartialEq)]
enum Class {
    Ok,
    Denied,
    Down,
    Neither,
}

impl CallClass for Class {
    fn verdict(&self) -> Verdict {
        match self {
            Self::Ok | Self::Denied => Verdict::Success,
            Self::Down => Verdict::Failure,
            Self::Neither => Verdict::Ignored,
        }
    }
}

/// A call that has ended while closed: when, whether it failed, whether it was slow.
type Call = (Duration, bool, bool);

struct Reference {
    settings: Settings,
    pattern: Vec<Class>,
    state: BreakerState,
    epoch: u32,
    entered: Duration,
    until: Duration,
    streak: u32,
    out: u32,
    passed: u32,
    calls: Vec<Call>,
    classes: Vec<Class>,
}

impl Reference {
    fn go(&mut self, state: BreakerState, now: Duration) {
        (self.state, self.entered, self.out, self.passed) = (state, now, 0, 0);
        self.epoch += 1;
        match state {
            Closed => (self.streak, self.calls) = (0, Vec::new()),
            Open => {
                let time = self.settings.open_for.as_secs_f64() * self.settings.open_factor.powi(self.streak as i32);
                self.until = now + Duration::from_secs_f64(time).min(self.settings.open_at_most);
                (self.streak, self.classes) = (self.streak + 1, Vec::new());
            }
            ForcedOpen => self.classes.clear(),
            _ => {}
        }
    }

    fn tick(&mut self, now: Duration) {
        if self.state == Open && now >= self.until {
            self.go(HalfOpen, self.until);
        }
    }

    fn ask(&mut self, now: Duration) -> bool {
        self.tick(now);
        let goes =
            self.state.is_closed() || self.state == HalfOpen && self.out + self.passed < self.settings.half_open_calls;
        self.out += u32::from(goes);
        goes
    }

    fn ended(&mut self, epoch: u32, class: Option<Class>, slow: bool, now: Duration) {
        if epoch != self.epoch || self.state == ForcedClosed {
            return;
        }
        self.out -= 1;
        let Some(class) = class else { return };
        self.classes.push(class);
        let (failed, counts) = (class == Class::Down, class != Class::Neither);
        let sequence = !self.pattern.is_empty() && self.classes.ends_with(&self.pattern);
        if self.state == HalfOpen {
            self.passed += u32::from(counts);
            if sequence || counts && (failed || slow) {
                self.go(Open, now);
            } else if self.passed == self.settings.half_open_calls {
                self.go(Closed, now);
            }
            return;
        }
        if counts {
            self.calls.push((now, failed, slow));
        }
        if sequence || counts && self.trips(now) {
            self.go(Open, now);
        }
    }

    fn trips(&self, now: Duration) -> bool {
        let slice = |at: Duration, time: Duration| (at - self.entered).as_nanos() / (time / 10).as_nanos();
        let window: Vec<&Call> = match self.settings.span {
            Span::Calls(n) => self.calls.iter().rev().take(n).collect(),
            Span::Time(time) => self.calls.iter().filter(|(at, ..)| slice(*at, time) + 10 > slice(now, time)).collect(),
        };
        let enough = window.len() as u64 >= self.settings.minimum_calls;
        let share = |count: usize| count as f64 / window.len() as f64;
        let in_a_row = self.calls.iter().rev().take_while(|call| call.1).count() as u64;
        self.settings.consecutive_failures.is_some_and(|limit| in_a_row >= limit)
            || enough && self.settings.failure_rate.is_some_and(|r| share(window.iter().filter(|c| c.1).count()) >= r)
            || enough && self.settings.slow.is_some_and(|s| share(window.iter().filter(|c| c.2).count()) >= s.rate)
    }
}

fn some<T>(rng: &mut SmallRng, share: f64, draw: impl FnOnce(&mut SmallRng) -> T) -> Option<T> {
    rng.random_bool(share).then(|| draw(rng))
}

/// Rates that are exact in binary, so that "at least" is no matter of rounding.
fn rate(rng: &mut SmallRng) -> f64 {
    f64::from(rng.random_range(1..=8)) / 8.0
}

fn class(rng: &mut SmallRng, health: f64) -> Class {
    if rng.random_bool(0.1) {
        Class::Neither
    } else if rng.random_bool(health) {
        if rng.random_bool(0.5) { Class::Ok } else { Class::Denied }
    } else {
        Class::Down
    }
}

fn settings(rng: &mut SmallRng) -> Settings {
    let calls = rng.random_range(1..=20);
    let by_time = rng.random_bool(0.5);
    Settings {
        span: if by_time { Span::Time(Duration::from_millis(rng.random_range(10..=200))) } else { Span::Calls(calls) },
        minimum_calls: rng.random_range(1..=if by_time { 20 } else { calls as u64 }),
        failure_rate: some(rng, 0.5, rate),
        slow: some(rng, 0.3, |rng| Slow { after: Duration::from_millis(1), rate: rate(rng) }),
        consecutive_failures: some(rng, 0.3, |rng| rng.random_range(1..=6)),
        open_for: Duration::from_millis(rng.random_range(1..=50)),
        open_factor: f64::from(rng.random_range(2..=6)) / 2.0,
        open_at_most: Duration::from_millis(rng.random_range(50..=300)),
        half_open_calls: rng.random_range(1..=4),
    }
}

/// One random life; tells in which states it was how often.
fn live(seed: u64) -> BTreeMap<String, u32> {
    let rng = &mut SmallRng::seed_from_u64(seed);
    let settings = settings(rng);
    let pattern: Vec<Class> = some(rng, 0.5, |rng| {
        let length = rng.random_range(1..=5);
        (0..length).map(|_| class(rng, 0.8)).collect()
    })
    .unwrap_or_default();
    let health = rng.random_range(0.2..=1.0);

    let zero = Instant::now();
    let sequence = (!pattern.is_empty()).then(|| Sequence::new(pattern.clone().into()));
    let mut machine = Machine::new(settings.clone(), sequence, zero);
    let mut reference = Reference {
        settings,
        pattern,
        state: Closed,
        epoch: 0,
        entered: Duration::ZERO,
        until: Duration::ZERO,
        streak: 0,
        out: 0,
        passed: 0,
        calls: Vec::new(),
        classes: Vec::new(),
    };
    let mut now = Duration::ZERO;
    let mut under_way: Vec<(u64, u32)> = Vec::new();
    let mut seen = BTreeMap::new();
    for step in 0..400 {
        let at = zero + now;
        let what = rng.random_range(0..100);
        match what {
            0..20 => now += Duration::from_micros(rng.random_range(0..3_000)),
            20..22 => now += Duration::from_millis(rng.random_range(0..400)),
            22..55 => {
                let answer = machine.ask(0, at);
                let goes = reference.ask(now);
                let expected = match (goes, reference.state) {
                    (true, _) => Answer::Go(machine.generation()),
                    (false, Open) => Answer::Wait(Some(zero + reference.until)),
                    (false, _) => Answer::Wait(None),
                };
                assert_eq!(answer, expected, "seed {seed}, step {step}");
                if goes {
                    under_way.push((machine.generation(), reference.epoch));
                }
            }
            55..98 if !under_way.is_empty() => {
                let (generation, epoch) = under_way.swap_remove(rng.random_range(0..under_way.len()));
                let class = some(rng, 0.9, |rng| class(rng, health));
                let slow = reference.settings.slow.is_some() && rng.random_bool(0.2);
                match class {
                    Some(class) => machine.ended(generation, &class, slow, || at),
                    None => machine.cancelled(generation),
                }
                reference.ended(epoch, class, slow, now);
            }
            98 if rng.random_bool(0.3) => {
                machine.force_open(at);
                reference.tick(now);
                if reference.state != ForcedOpen {
                    reference.go(ForcedOpen, now);
                }
            }
            98 if rng.random_bool(0.3) => {
                machine.force_closed(at);
                reference.tick(now);
                if reference.state != ForcedClosed {
                    reference.go(ForcedClosed, now);
                }
            }
            99 => {
                machine.reset(at);
                reference.tick(now);
                reference.go(Closed, now);
                reference.classes.clear();
            }
            _ => {}
        }
        assert_eq!(machine.state(), reference.state, "seed {seed}, step {step}, event {what}");
        *seen.entry(reference.state.to_string()).or_default() += 1;
    }
    seen
}

/// `BREAKER_SEED` tries one life, and `BREAKER_LIVES` says how many there are to be tried.
#[test]
fn the_machine_does_what_the_reference_does() {
    let number = |name: &str| std::env::var(name).ok().and_then(|value| value.parse::<u64>().ok());
    let lives = number("BREAKER_LIVES").unwrap_or(3_000);
    let seeds = number("BREAKER_SEED").map_or(0..lives, |seed| seed..seed + 1);
    let alone = seeds.clone().count() == 1;
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for seed in seeds {
        for (state, times) in live(seed) {
            *seen.entry(state).or_default() += times;
        }
    }
    // A test of lives that are spent in one state would be none of the others.
    for state in [Closed, Open, HalfOpen, ForcedOpen, ForcedClosed] {
        let times = seen.get(&state.to_string()).copied().unwrap_or(0);
        assert!(alone || u64::from(times) > lives, "{state} {times} times in {lives} lives: {seen:?}");
    }
}
