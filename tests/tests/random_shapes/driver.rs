//! What the closures of a shape do, by chance: the same for the same seed, in whatever order tasks run.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use pipeline_runtime::{Flow, Input, Output, pipeline};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Closures ask it, each by its number.
#[derive(Clone)]
pub struct Driver {
    seed: u64,
    closures: Arc<Mutex<HashMap<u64, Closure>>>,
}

/// One closure. It does the same for a while, and then something else.
struct Closure {
    random: StdRng,
    mood: Mood,
    left: u32,
}

#[derive(Clone, Copy)]
enum Mood {
    Nothing,
    One,
    Many,
    Chance,
}

impl Closure {
    fn new(seed: u64) -> Self {
        Self { random: StdRng::seed_from_u64(seed), mood: Mood::One, left: 0 }
    }

    /// How many items come of one.
    fn count(&mut self) -> u64 {
        if self.left == 0 {
            self.mood = [Mood::Nothing, Mood::One, Mood::Many, Mood::Chance][self.random.random_range(0..4)];
            self.left = [1, 5, 30, 200][self.random.random_range(0..4)];
        }
        self.left -= 1;
        match self.mood {
            Mood::Nothing => 0,
            Mood::One => 1,
            Mood::Many => 5,
            Mood::Chance => self.random.random_range(0..3),
        }
    }
}

impl Driver {
    pub fn new(seed: u64) -> Self {
        Self { seed, closures: Arc::default() }
    }

    fn count(&self, closure: u64) -> u64 {
        let mut closures = self.closures.lock().unwrap_or_else(PoisonError::into_inner);
        let seed = self.seed.wrapping_mul(1_000_003).wrapping_add(closure);
        closures.entry(closure).or_insert_with(|| Closure::new(seed)).count()
    }

    pub fn keeps(&self, closure: u64) -> bool {
        self.count(closure) > 0
    }

    pub fn passes(&self, closure: u64, n: u64) -> Result<u64, fmt::Error> {
        if self.keeps(closure) { Ok(n) } else { Err(fmt::Error) }
    }

    /// One that is the same for some in a row.
    pub fn same(&self, closure: u64, n: u64) -> u64 {
        if self.keeps(closure) { n } else { 0 }
    }

    pub fn several(&self, closure: u64, n: u64) -> Vec<u64> {
        vec![n; self.count(closure) as usize]
    }

    /// Of what was found nothing more is found.
    pub fn finds(&self, closure: u64, n: u64) -> Vec<u64> {
        const FOUND: u64 = 1 << 40;
        if n < FOUND { vec![n + FOUND; self.count(closure) as usize] } else { Vec::new() }
    }

    pub async fn later<T>(&self, closure: u64, item: T) -> T {
        let millis = self.count(closure);
        if millis > 1 {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
        item
    }

    pub async fn pass(&self, closure: u64, mut input: Input<u64>, mut output: Output<u64>) {
        while let Some(n) = input.next().await {
            for _ in 0..self.count(closure) {
                output.send(n).await;
            }
        }
    }
}

pipeline! {
    /// A fragment that gives any number of items for one.
    pub fn part(driver: Driver, closure: u64) -> Flow<u64, u64> {
        source n = input;
        #[buffer(0)]
        stage some = n.flat_map(|n| driver.several(closure, n));
        sink all = some.output();
    }
}
