//! What goes wrong at the service, drawn from a seed.

use std::{
    ops::Range,
    time::{Duration, Instant},
};

use rand::{Rng, SeedableRng, rngs::StdRng};

/// Draws what becomes of each connection and each request.
pub(crate) struct Chaos {
    random: StdRng,
    outage: Outage,
}

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Answer {
    /// It is answered after this time.
    After(Duration),
    /// The service fails.
    Fails,
}

/// When the service is not there at all.
enum Outage {
    Never,
    Always,
    /// From the connection of this number on, for some time.
    Coming(u64, Duration),
    Until(Instant),
}

/// A request may take as long without being slow.
const USUAL: Range<u64> = 0..3_000;
/// One that is slow takes so long: more than it is given.
const SLOW: Duration = Duration::from_millis(150);

impl Chaos {
    /// Some of everything, and an outage in the middle of so many connections.
    pub(crate) fn drawn(seed: u64, connections: u64) -> Self {
        let mut random = StdRng::seed_from_u64(seed);
        let from = random.random_range(connections / 4..=connections / 2);
        let time = Duration::from_millis(random.random_range(150..400));
        Self { random, outage: Outage::Coming(from, time) }
    }

    /// A service that is well.
    pub(crate) fn none() -> Self {
        Self { random: StdRng::seed_from_u64(0), outage: Outage::Never }
    }

    /// A service that is not there.
    pub(crate) fn down() -> Self {
        Self { outage: Outage::Always, ..Self::none() }
    }

    /// Whether the connection of this number is refused.
    pub(crate) fn refuses(&mut self, number: u64) -> bool {
        match self.outage {
            Outage::Never => return false,
            Outage::Always => return true,
            Outage::Coming(from, time) if number >= from => self.outage = Outage::Until(Instant::now() + time),
            Outage::Coming(..) | Outage::Until(_) => {}
        }
        let is_out = matches!(self.outage, Outage::Until(end) if Instant::now() < end);
        is_out || self.random.random_bool(0.03)
    }

    /// What becomes of the next request.
    pub(crate) fn answer(&mut self) -> Answer {
        if matches!(self.outage, Outage::Never) {
            return Answer::After(Duration::ZERO);
        }
        match self.random.random_range(0..100) {
            0..6 => Answer::Fails,
            6..9 => Answer::After(SLOW),
            _ => Answer::After(Duration::from_micros(self.random.random_range(USUAL))),
        }
    }
}
