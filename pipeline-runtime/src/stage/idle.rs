//! The states of keys, each of which is dropped when nothing of its key has come for some time.

use std::collections::HashMap;
use std::hash::Hash;
use std::time::Duration;

use tokio::time::Instant;

/// Below this much unused room none is given back.
const ROOM: usize = 64;

/// The states of keys, in a list from the one that was used longest ago to the one used last. Whatever happens to a key
/// takes constant time.
pub struct IdleStates<K, S> {
    idle: Duration,
    places: HashMap<K, usize>,
    entries: Vec<Entry<K, S>>,
    oldest: Option<usize>,
    newest: Option<usize>,
}

struct Entry<K, S> {
    key: K,
    state: S,
    used: Instant,
    older: Option<usize>,
    newer: Option<usize>,
}

impl<K: Hash + Eq + Clone, S> IdleStates<K, S> {
    /// States that last for `idle` after they were used.
    pub fn new(idle: Duration) -> Self {
        Self { idle, places: HashMap::new(), entries: Vec::new(), oldest: None, newest: None }
    }

    /// The states of a key that is used now, made by `first` when there are none, or no longer.
    pub fn state_of(&mut self, key: &K, first: impl FnOnce() -> S) -> &mut S {
        let used = Instant::now();
        self.expire_at(used);
        let place = match self.places.get(key) {
            Some(&place) => {
                self.unlink(place);
                place
            }
            None => {
                let place = self.entries.len();
                self.entries.push(Entry { key: key.clone(), state: first(), used, older: None, newer: None });
                self.places.insert(key.clone(), place);
                place
            }
        };
        self.link_newest(place);
        let entry = &mut self.entries[place];
        entry.used = used;
        &mut entry.state
    }

    /// When the next states are to be dropped.
    pub fn due(&self) -> Option<Instant> {
        self.entries[self.oldest?].used.checked_add(self.idle)
    }

    /// Drops all states whose time has come.
    pub fn expire(&mut self) {
        self.expire_at(Instant::now());
    }

    fn expire_at(&mut self, now: Instant) {
        while let Some(oldest) = self.oldest
            && self.due().is_some_and(|due| due <= now)
        {
            self.remove(oldest);
        }
    }

    fn remove(&mut self, place: usize) {
        self.unlink(place);
        let removed = self.entries.swap_remove(place);
        self.places.remove(&removed.key);
        // The last entry has taken the place.
        if let Some(moved) = self.entries.get(place) {
            let (older, newer) = (moved.older, moved.newer);
            if let Some(known) = self.places.get_mut(&moved.key) {
                *known = place;
            }
            *self.newer_of(older) = Some(place);
            *self.older_of(newer) = Some(place);
        }
        if self.entries.capacity() > ROOM && self.entries.len() < self.entries.capacity() / 4 {
            self.entries.shrink_to(self.entries.len() * 2);
            self.places.shrink_to(self.entries.len() * 2);
        }
    }

    fn unlink(&mut self, place: usize) {
        let Entry { older, newer, .. } = self.entries[place];
        *self.newer_of(older) = newer;
        *self.older_of(newer) = older;
    }

    fn link_newest(&mut self, place: usize) {
        let older = self.newest.replace(place);
        *self.newer_of(older) = Some(place);
        (self.entries[place].older, self.entries[place].newer) = (older, None);
    }

    /// What says which entry comes after this one; before the first one that is the list's beginning.
    fn newer_of(&mut self, place: Option<usize>) -> &mut Option<usize> {
        match place {
            Some(place) => &mut self.entries[place].newer,
            None => &mut self.oldest,
        }
    }

    /// What says which entry comes before this one; behind the last one that is the list's end.
    fn older_of(&mut self, place: Option<usize>) -> &mut Option<usize> {
        match place {
            Some(place) => &mut self.entries[place].older,
            None => &mut self.newest,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "tests")]

    use std::rc::Rc;

    use super::*;

    /// Against a list that is searched: the same states live and die, at the same times.
    #[tokio::test(start_paused = true)]
    async fn as_a_list_that_is_searched() {
        let idle = Duration::from_millis(50);
        let mut states = IdleStates::new(idle);
        let mut model: Vec<(u64, u64, Instant)> = Vec::new();
        let alive = Rc::new(());
        let mut random = 7u64;
        for _ in 0..20_000 {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let (what, key, time) = (random >> 60, (random >> 40) % 40, (random >> 33) % 7);
            if what == 0 {
                tokio::time::advance(Duration::from_millis(time * 10)).await;
                states.expire();
            } else {
                let (count, _) = states.state_of(&key, || (0, alive.clone()));
                *count += 1;
                let seen = *count;
                let fresh = model.iter().position(|(known, _, used)| *known == key && used.elapsed() < idle);
                let before = fresh.map_or(0, |at| model.remove(at).1);
                model.push((key, before + 1, Instant::now()));
                assert_eq!(seen, before + 1);
            }
            model.retain(|(_, _, used)| used.elapsed() < idle);
            assert_eq!((states.entries.len(), states.places.len()), (model.len(), model.len()));
            assert_eq!(Rc::strong_count(&alive) - 1, model.len());
            assert_eq!(states.due(), model.iter().map(|(_, _, used)| *used + idle).min());
        }
    }

    /// What many keys needed is given back.
    #[tokio::test(start_paused = true)]
    async fn room_is_given_back() {
        let mut states = IdleStates::new(Duration::from_secs(1));
        for key in 0..10_000 {
            states.state_of(&key, || [0u64; 16]);
        }
        tokio::time::advance(Duration::from_secs(1)).await;
        states.expire();
        assert!(states.entries.capacity() <= ROOM * 4 && states.places.capacity() <= ROOM * 4);
        assert_eq!(states.due(), None);
    }
}
