//! What happened when, in milliseconds since the test began.

use std::time::Duration;

use tokio::time::Instant;

use crate::support::Log;

#[derive(Clone)]
pub struct Clock<T> {
    began: Instant,
    log: Log<(u64, T)>,
}

impl<T: Clone> Clock<T> {
    pub fn new() -> Self {
        Self { began: Instant::now(), log: Log::default() }
    }

    pub fn now(&self) -> u64 {
        self.began.elapsed().as_millis().try_into().unwrap()
    }

    pub fn note(&self, what: T) {
        self.log.push((self.now(), what));
    }

    pub fn all(&self) -> Vec<(u64, T)> {
        self.log.all()
    }
}

pub fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}
