//! Windows by time or by count, side by side where they overlap.
//!
//! Windows are numbered from 1. Number j ends at j times `every`, after the run's start or in items, and holds the
//! `last` before that. So a position in time or in the items is in windows whose numbers follow one another, and in all
//! that are open once those that are over have gone.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

use super::hand::Hand;
use super::task::{Aside, Task};
use crate::Window;
use crate::edge::Rank;

/// No window is longer than 30 years, so that no sum of times overflows.
const LONGEST: Duration = Duration::from_secs(30 * 365 * 24 * 60 * 60);

/// When windows begin and end: in nanoseconds after the origin, or in items where there is none.
#[derive(Clone, Copy)]
struct Plan {
    origin: Option<Instant>,
    every: u64,
    last: u64,
}

impl Plan {
    fn by_time(origin: Instant, every: Duration, last: Duration) -> Self {
        let nanos = |time: Duration| time.min(LONGEST).as_nanos() as u64;
        Self { origin: Some(origin), every: nanos(every), last: nanos(last) }
    }

    fn by_count(every: usize, last: usize) -> Self {
        Self { origin: None, every: every as u64, last: last as u64 }
    }

    /// The numbers of the windows that hold this position.
    fn numbers_at(self, position: u64) -> std::ops::RangeInclusive<u64> {
        position / self.every + 1..=position.saturating_add(self.last) / self.every
    }

    /// Where in time the window is, given the origin.
    fn times(self, origin: Instant, number: u64) -> (Instant, Instant) {
        let end = number.saturating_mul(self.every);
        let at = |nanos: u64| origin + Duration::from_nanos(nanos);
        (at(end.saturating_sub(self.last)), at(end))
    }

    /// When the window is over; by count it has no time.
    fn due(self, number: u64) -> Option<Instant> {
        self.origin.map(|origin| self.times(origin, number).1)
    }
}

/// A window that is not over.
struct Open<S> {
    number: u64,
    state: S,
    /// When its first item came.
    first: Instant,
    /// When its last item came; `None`: it has none.
    last: Option<Instant>,
    /// The account of the items that go out with this window first.
    hand: Option<Hand>,
    rank: Rank,
}

/// The open windows of one key, in the order of their numbers.
struct Line<S> {
    windows: VecDeque<Open<S>>,
    /// Items that have come, which is where a window by count is.
    seen: u64,
}

impl<S> Line<S> {
    fn new() -> Self {
        Self { windows: VecDeque::new(), seen: 0 }
    }

    /// Opens the windows of an item that has come, as far as they are not open.
    fn open(&mut self, plan: Plan, now: Instant, mut begin: impl FnMut(u64) -> (S, Rank)) {
        let position = match plan.origin {
            Some(origin) => now.duration_since(origin).as_nanos() as u64,
            None => self.seen,
        };
        for number in plan.numbers_at(position) {
            if self.windows.back().is_none_or(|last| last.number < number) {
                let (state, rank) = begin(number);
                self.windows.push_back(Open { number, state, first: now, last: None, hand: None, rank });
            }
        }
    }

    /// The next window, which goes out; `None`: it is empty.
    fn take<E>(&mut self, plan: Plan, task: &mut Task<E>) -> Option<Window<S>> {
        let Open { number, state, first, last, hand, .. } = self.windows.pop_front()?;
        let last = last?;
        if let Some(hand) = hand {
            task.take_back(hand.release());
        }
        let (start, end) = match plan.origin {
            Some(origin) => plan.times(origin, number),
            None => (first, last),
        };
        Some(Window { start, end, key: (), value: state })
    }
}

/// The windows that an item is being folded into.
pub struct Folding<'a, S> {
    line: &'a mut Line<S>,
    plan: Plan,
    now: Instant,
}

impl<S> Folding<'_, S> {
    /// How many windows.
    pub fn windows(&self) -> usize {
        self.line.windows.len()
    }

    /// The state of one of them.
    pub fn state(&mut self, at: usize) -> &mut S {
        &mut self.line.windows[at].state
    }

    /// The item is in all of them; its account goes with the first.
    pub fn add<E>(&mut self, task: &mut Task<E>) {
        self.line.seen += 1;
        for window in &mut self.line.windows {
            if window.last.is_none() {
                window.first = self.now;
            }
            window.last = Some(self.now);
        }
        if let Some(window) = self.line.windows.front_mut() {
            task.add_to(&mut window.hand);
        }
    }

    /// By count: the window that the item has completed.
    pub fn complete<E>(&mut self, task: &mut Task<E>) -> Option<Window<S>> {
        let is_complete = self.line.seen.is_multiple_of(self.plan.every);
        if is_complete { self.line.take(self.plan, task) } else { None }
    }
}

/// The state of a `window`.
pub struct Windows<S> {
    plan: Plan,
    line: Line<S>,
    /// When the item in hand came.
    now: Instant,
    aside: Option<Aside>,
}

impl<S> Windows<S> {
    fn new(plan: Plan) -> Self {
        Self { plan, line: Line::new(), now: Instant::now(), aside: None }
    }

    /// Every so often, what has come in the last time so long.
    pub fn by_time<E>(task: &Task<E>, every: Duration, last: Duration) -> Self {
        Self::new(Plan::by_time(task.run_started(), every, last))
    }

    /// Every so many items, the last so many.
    pub fn by_count(every: usize, last: usize) -> Self {
        Self::new(Plan::by_count(every, last))
    }

    /// When the next window is over.
    pub fn due(&self) -> Option<Instant> {
        self.line.windows.front().and_then(|next| self.plan.due(next.number))
    }

    /// An item comes: the windows that are over before it, one by one, while it is put aside. With `None` it is in hand
    /// again.
    pub fn over<E>(&mut self, task: &mut Task<E>) -> Option<Window<S>> {
        loop {
            self.now = Instant::now();
            if self.due().is_none_or(|due| due > self.now) {
                task.resume(self.aside.take());
                return None;
            }
            task.put_aside(&mut self.aside);
            if let Some(window) = self.line.take(self.plan, task) {
                return Some(window);
            }
        }
    }

    /// The windows of an item that comes now, or by time: of the one that [`over`](Self::over) was asked about.
    pub fn open(&mut self, first: impl Fn() -> S) -> Folding<'_, S> {
        if self.plan.origin.is_none() {
            self.now = Instant::now();
        }
        self.line.open(self.plan, self.now, |_| (first(), Rank::default()));
        Folding { line: &mut self.line, plan: self.plan, now: self.now }
    }

    /// Whether there is a window to be flushed: at the end of input, or when it is over.
    pub fn flush<E>(&mut self, task: &mut Task<E>, at_end: bool) -> Option<Window<S>> {
        let now = Instant::now();
        while !self.line.windows.is_empty() && (at_end || self.due().is_some_and(|due| due <= now)) {
            if let Some(window) = self.line.take(self.plan, task) {
                return Some(window);
            }
        }
        None
    }
}

/// The state of a `window` under `keyed`: windows for each key.
pub struct KeyedWindows<K, S> {
    plan: Plan,
    lines: HashMap<K, Line<S>>,
    /// Whose window goes next. By count they go when they are complete, and this is made at the end.
    order: BTreeMap<Rank, K>,
    begun: u64,
    now: Instant,
    aside: Option<Aside>,
    at_end: bool,
}

impl<K: Hash + Eq + Clone, S> KeyedWindows<K, S> {
    fn new(plan: Plan) -> Self {
        Self {
            plan,
            lines: HashMap::new(),
            order: BTreeMap::new(),
            begun: 0,
            now: Instant::now(),
            aside: None,
            at_end: false,
        }
    }

    /// As [`Windows::by_time`].
    pub fn by_time<E>(task: &Task<E>, every: Duration, last: Duration) -> Self {
        Self::new(Plan::by_time(task.run_started(), every, last))
    }

    /// As [`Windows::by_count`].
    pub fn by_count(every: usize, last: usize) -> Self {
        Self::new(Plan::by_count(every, last))
    }

    /// When the next window is over.
    pub fn due(&self) -> Option<Instant> {
        self.order.first_key_value().and_then(|(rank, _)| self.plan.due(rank.number))
    }

    /// As [`Windows::over`].
    pub fn over<E>(&mut self, task: &mut Task<E>) -> Option<(K, Window<S, K>)> {
        loop {
            self.now = Instant::now();
            if self.due().is_none_or(|due| due > self.now) {
                task.resume(self.aside.take());
                return None;
            }
            task.put_aside(&mut self.aside);
            if let Some((key, _, window)) = self.take_next(task) {
                return Some((key, window));
            }
        }
    }

    /// As [`Windows::open`], of the windows of a key.
    pub fn open<E>(&mut self, key: &K, task: &Task<E>, first: impl Fn() -> S) -> Folding<'_, S> {
        let by_time = self.plan.origin.is_some();
        if !by_time {
            self.now = Instant::now();
        }
        if !self.lines.contains_key(key) {
            self.lines.insert(key.clone(), Line::new());
        }
        let Some(line) = self.lines.get_mut(key) else { unreachable!("the key was inserted just now") };
        line.open(self.plan, self.now, |number| {
            self.begun += 1;
            let number = if by_time { number } else { 0 };
            let rank = Rank { number, unit: task.unit(), begun: self.begun };
            if by_time {
                self.order.insert(rank, key.clone());
            }
            (first(), rank)
        });
        Folding { line, plan: self.plan, now: self.now }
    }

    /// A window of this key has been completed, perhaps the only one that was open.
    pub fn of_key(&mut self, key: &K, window: Window<S>) -> Window<S, K> {
        self.forget(key);
        of_key(key.clone(), window)
    }

    fn forget(&mut self, key: &K) {
        if self.lines.get(key).is_some_and(|line| line.windows.is_empty()) {
            self.lines.remove(key);
        }
    }

    /// Takes the window that goes next; `None`: it is empty.
    fn take_next<E>(&mut self, task: &mut Task<E>) -> Option<(K, Rank, Window<S, K>)> {
        let (rank, key) = self.order.pop_first()?;
        let window = self.lines.get_mut(&key)?.take(self.plan, task);
        self.forget(&key);
        window.map(|window| (key.clone(), rank, of_key(key, window)))
    }

    /// The next window to be flushed: by time in the order in which they are over, and otherwise in that in which they
    /// were begun.
    pub fn flush<E>(&mut self, task: &mut Task<E>, at_end: bool) -> Option<(K, Rank, Window<S, K>)> {
        if at_end && self.plan.origin.is_none() && !std::mem::replace(&mut self.at_end, true) {
            let open = self.lines.iter().flat_map(|(key, line)| line.windows.iter().map(move |open| (open.rank, key)));
            self.order = open.map(|(rank, key)| (rank, key.clone())).collect();
        }
        let now = Instant::now();
        while !self.order.is_empty() && (at_end || self.due().is_some_and(|due| due <= now)) {
            if let Some(flushed) = self.take_next(task) {
                return Some(flushed);
            }
        }
        None
    }
}

fn of_key<S, K>(key: K, Window { start, end, value, .. }: Window<S>) -> Window<S, K> {
    Window { start, end, key, value }
}
