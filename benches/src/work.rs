//! What is done with an item.

use std::hint::black_box;
use std::sync::OnceLock;
use std::time::Instant;

/// An item of the cheap cases.
pub(crate) trait Item: Copy + Send + Sync + Unpin + std::fmt::Debug + 'static {
    fn make(n: u64) -> Self;
    fn value(self) -> u64;
}

impl Item for u64 {
    fn make(n: u64) -> Self {
        n
    }

    fn value(self) -> u64 {
        self
    }
}

/// 64 bytes.
impl Item for [u64; 8] {
    fn make(n: u64) -> Self {
        [n; 8]
    }

    fn value(self) -> u64 {
        self[0] ^ self[3] ^ self[7]
    }
}

/// An item that the compiler cannot guess.
pub(crate) fn draw(n: u64) -> u64 {
    black_box(n)
}

pub(crate) fn mix(x: u64) -> u64 {
    x.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ (x >> 7)
}

pub(crate) fn keep(x: &u64) -> bool {
    x & 3 != 0
}

pub(crate) fn add(sum: u64, x: u64) -> u64 {
    sum.wrapping_add(x)
}

/// A sum that depends on the order.
pub(crate) fn chain(sum: u64, x: u64) -> u64 {
    sum.wrapping_mul(31).wrapping_add(x)
}

/// A computation of a given length.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Work {
    rounds: u64,
    /// One item in a hundred takes fifty times as long.
    skewed: bool,
}

impl Work {
    pub(crate) fn nanos(nanos: u64) -> Self {
        Self { rounds: (nanos as f64 / nanos_per_round()).ceil() as u64, skewed: false }
    }

    pub(crate) fn skewed(self) -> Self {
        Self { skewed: true, ..self }
    }

    pub(crate) fn run(self, x: u64) -> u64 {
        let rounds = if self.skewed && x.is_multiple_of(100) { self.rounds * 50 } else { self.rounds };
        spin(x, rounds)
    }
}

#[inline(never)]
fn spin(x: u64, rounds: u64) -> u64 {
    (0..rounds).fold(x, |x, _| black_box(x.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1)))
}

/// How long a round takes here, when nothing comes between: the least of several measurements.
fn nanos_per_round() -> f64 {
    static NANOS: OnceLock<f64> = OnceLock::new();
    *NANOS.get_or_init(|| {
        let rounds = 2_000_000;
        let measure = || {
            let start = Instant::now();
            spin(1, rounds);
            start.elapsed().as_nanos() as f64 / rounds as f64
        };
        (0..10).map(|_| measure()).fold(f64::INFINITY, f64::min)
    })
}
