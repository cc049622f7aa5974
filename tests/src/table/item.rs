//! What goes through the pipelines.

use std::sync::Arc;

/// An item: a value, where it came from, and a token by which the test knows that it is still alive somewhere.
#[derive(Clone, Debug)]
pub struct Item {
    /// The value.
    pub n: u64,
    /// The number of the input that it came from.
    pub source: usize,
    /// Its place in that input.
    pub index: usize,
    /// Counts the items that are alive.
    #[expect(dead_code, reason = "it is only held")]
    pub(super) token: Arc<()>,
}

impl Item {
    /// The same item with another value.
    #[must_use]
    pub fn with(mut self, n: u64) -> Self {
        self.n = n;
        self
    }

    /// Waits a little, more for some items than for others: gives way up to three times.
    pub async fn pause(&self) {
        for _ in 0..mix(self.n, self.index as u64) % 4 {
            tokio::task::yield_now().await;
        }
    }

    /// Works a little, much longer for one item in sixteen: what makes parallel workers overtake one another.
    pub fn work(&self) {
        let rounds = if mix(self.n, self.index as u64).is_multiple_of(16) { 400 } else { 10 };
        let sum = (0..rounds).fold(self.n, mix);
        std::hint::black_box(sum);
    }
}

/// Items are equal when their values are.
impl PartialEq for Item {
    fn eq(&self, other: &Self) -> bool {
        self.n == other.n
    }
}

/// Two numbers made into one that looks random (splitmix64).
#[must_use]
pub fn mix(a: u64, b: u64) -> u64 {
    let mut z = a ^ b.wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
