//! Finds the cycles that are not harmless.

use std::cmp::Ordering;
use std::collections::VecDeque;

use super::{
    cycle,
    fraction::Fraction,
    waits::{Step, Waits},
};

/// Steps that the search for simple cycles may take, in each component.
const EFFORT: usize = 100_000;

/// The cycles that may become deadlocks: none if there is no deadlock.
pub(super) fn flawed(waits: &Waits) -> Vec<Vec<Step>> {
    components(waits).iter().flat_map(|component| component.flawed()).collect()
}

#[cfg(test)]
pub(super) fn has_cycle(waits: &Waits) -> bool {
    !components(waits).is_empty()
}

/// Waits each of which can be reached from each other one.
struct Component<'a> {
    waits: &'a Waits,
    /// Whether a wait is in it, by index.
    contains: Vec<bool>,
    members: Vec<usize>,
}

fn components(waits: &Waits) -> Vec<Component<'_>> {
    let reached: Vec<Vec<bool>> = (0..waits.len()).map(|from| reach(waits, from)).collect();
    let mut placed = vec![false; waits.len()];
    let mut components = Vec::new();
    for wait in 0..waits.len() {
        if placed[wait] || !reached[wait][wait] {
            continue;
        }
        let members: Vec<usize> = (wait..waits.len()).filter(|to| reached[wait][*to] && reached[*to][wait]).collect();
        let mut contains = vec![false; waits.len()];
        for &member in &members {
            (contains[member], placed[member]) = (true, true);
        }
        components.push(Component { waits, contains, members });
    }
    components
}

/// What is reached by one step or more.
fn reach(waits: &Waits, from: usize) -> Vec<bool> {
    let mut reached = vec![false; waits.len()];
    let mut open = vec![from];
    while let Some(wait) = open.pop() {
        for &step in waits.after(wait) {
            let (_, to) = waits.ends(step);
            if !std::mem::replace(&mut reached[to], true) {
                open.push(to);
            }
        }
    }
    reached
}

impl Component<'_> {
    fn flawed(&self) -> Vec<Vec<Step>> {
        let Some(walk) = self.flawed_walk() else { return Vec::new() };
        let mut search =
            Simple { component: self, effort: EFFORT, path: Vec::new(), used: Vec::new(), found: Vec::new() };
        let complete = self.members.iter().all(|&root| search.from(root, root));
        if search.found.is_empty() && !complete { vec![walk] } else { search.found }
    }

    fn after(&self, wait: usize) -> impl Iterator<Item = usize> {
        self.waits.after(wait).iter().copied().filter(|step| self.contains[self.waits.ends(*step).1])
    }

    fn steps(&self) -> impl Iterator<Item = usize> {
        self.members.iter().flat_map(|member| self.after(*member))
    }

    fn resolve(&self, walk: &[usize]) -> Vec<Step> {
        walk.iter().map(|step| self.waits.steps[*step]).collect()
    }

    /// A closed walk that has a flaw; `None` proves that no cycle has one. In polynomial time.
    fn flawed_walk(&self) -> Option<Vec<Step>> {
        // each one by one: that what is known says nothing need not mean that anything can happen
        let is_known = |step: usize| {
            let step = self.waits.steps[step];
            step.doubt.is_none() && step.counts.drops_beyond.is_none()
        };
        if let Some(step) = self.steps().find(|step| !is_known(*step)) {
            return Some(self.resolve(&self.round(step)));
        }
        let worth = match self.worths() {
            Ok(worth) => worth,
            Err(walk) => return Some(self.resolve(&walk)),
        };
        self.shortest_rounds(&worth).err().map(|walk| self.resolve(&walk))
    }

    /// The shortest closed walk over this step.
    fn round(&self, step: usize) -> Vec<usize> {
        let (from, to) = self.waits.ends(step);
        let mut walk = vec![step];
        walk.extend(self.path(to, from));
        walk
    }

    /// The shortest path; all are connected.
    fn path(&self, from: usize, to: usize) -> Vec<usize> {
        let mut by: Vec<Option<usize>> = vec![None; self.waits.len()];
        let mut open = VecDeque::from([from]);
        while let Some(wait) = open.pop_front().filter(|wait| *wait != to) {
            for step in self.after(wait) {
                let (_, next) = self.waits.ends(step);
                if next != from && by[next].is_none() {
                    by[next] = Some(step);
                    open.push_back(next);
                }
            }
        }
        let mut path: Vec<usize> = std::iter::successors(by[to], |step| by[self.waits.ends(*step).0]).collect();
        path.reverse();
        path
    }

    /// What an item is worth at each wait, in items of one of them, along a spanning tree; or a closed walk that says
    /// otherwise.
    fn worths(&self) -> Result<Vec<Option<Fraction>>, Vec<usize>> {
        let mut worth = vec![None; self.waits.len()];
        let Some(&root) = self.members.first() else { return Ok(worth) };
        worth[root] = Some(Fraction::ONE);
        let mut tree: Vec<Option<usize>> = vec![None; self.waits.len()];
        let mut open = VecDeque::from([root]);
        while let Some(wait) = open.pop_front() {
            for step in self.after(wait) {
                let (_, to) = self.waits.ends(step);
                let next = worth[wait].and_then(|worth| worth.times(self.waits.steps[step].counts.in_all.worth));
                if next.is_some() && worth[to].is_none() {
                    (worth[to], tree[to]) = (next, Some(step));
                    open.push_back(to);
                } else if next.is_none() || next != worth[to] {
                    return Err(self.contradiction(root, step, &tree));
                }
            }
        }
        Ok(worth)
    }

    /// Two closed walks begin by `step` and by the tree's way to its end, and go on alike: not both balance.
    fn contradiction(&self, root: usize, step: usize, tree: &[Option<usize>]) -> Vec<usize> {
        let along = |to: usize| {
            let mut path: Vec<usize> = std::iter::successors(tree[to], |step| tree[self.waits.ends(*step).0]).collect();
            path.reverse();
            path
        };
        let (from, to) = self.waits.ends(step);
        let back = if to == root { Vec::new() } else { self.path(to, root) };
        let by_step = [along(from), vec![step], back.clone()].concat();
        let by_tree = [along(to), back].concat();
        match cycle::flaw(&self.resolve(&by_step)) {
            None => by_tree,
            Some(_) => by_step,
        }
    }

    /// Bellman and Ford's shortest paths, in items stored: there are some, unless a closed walk stores nothing.
    fn shortest_rounds(&self, worth: &[Option<Fraction>]) -> Result<(), Vec<usize>> {
        let steps: Vec<(usize, Option<Fraction>)> = self
            .steps()
            .map(|step| {
                let (from, _) = self.waits.ends(step);
                let stored = worth[from].and_then(|worth| worth.times(self.waits.steps[step].counts.in_all.stored));
                (step, stored)
            })
            .collect();
        if let Some((step, _)) = steps.iter().find(|(_, stored)| stored.is_none()) {
            return Err(self.round(*step));
        }
        let mut distance = vec![Distance::default(); self.waits.len()];
        let mut by: Vec<Option<usize>> = vec![None; self.waits.len()];
        let mut last = None;
        for _ in 0..=self.members.len() {
            last = None;
            for &(step, stored) in &steps {
                let (from, to) = self.waits.ends(step);
                let Some(next) = stored.and_then(|stored| distance[from].after(stored)) else {
                    return Err(self.round(step));
                };
                if next.is_less(distance[to]) {
                    (distance[to], by[to], last) = (next, Some(step), Some(to));
                }
            }
            if last.is_none() {
                return Ok(());
            }
        }
        Err(last.map(|wait| self.behind(wait, &by)).unwrap_or_default())
    }

    /// The closed walk that these steps back come to, from `wait`.
    fn behind(&self, wait: usize, by: &[Option<usize>]) -> Vec<usize> {
        let before = |wait: usize| by[wait].map_or(wait, |step| self.waits.ends(step).0);
        let inside = (0..by.len()).fold(wait, |wait, _| before(wait));
        let mut walk = Vec::new();
        let mut at = inside;
        while let Some(step) = by[at] {
            walk.push(step);
            at = before(at);
            if at == inside {
                break;
            }
        }
        walk.reverse();
        walk
    }
}

/// Items stored on a path. Of two that store the same the longer counts as less, so that a closed walk that stores
/// nothing makes it ever shorter too.
#[derive(Clone, Copy)]
struct Distance {
    stored: Fraction,
    steps: usize,
}

impl Default for Distance {
    fn default() -> Self {
        Self { stored: Fraction::ZERO, steps: 0 }
    }
}

impl Distance {
    fn after(self, stored: Fraction) -> Option<Self> {
        Some(Self { stored: self.stored.plus(stored)?, steps: self.steps + 1 })
    }

    fn is_less(self, other: Self) -> bool {
        match self.stored.compare(other.stored) {
            Some(Ordering::Equal) => self.steps > other.steps,
            // too large to tell: the round is refused by its flaw then
            order => order != Some(Ordering::Greater),
        }
    }
}

/// The search for cycles that come to each statement once: a task waits for one thing at a time.
struct Simple<'a> {
    component: &'a Component<'a>,
    effort: usize,
    path: Vec<usize>,
    /// The statements on the path.
    used: Vec<usize>,
    found: Vec<Vec<Step>>,
}

impl Simple<'_> {
    /// All that go on from `wait` and close at `root`, over waits behind it; `false` if that was too much effort.
    fn from(&mut self, root: usize, wait: usize) -> bool {
        for step in self.component.after(wait).collect::<Vec<_>>() {
            let (_, to) = self.component.waits.ends(step);
            let at = self.component.waits.steps[step].at;
            if to < root || self.used.contains(&at) {
                continue;
            }
            if self.effort == 0 {
                return false;
            }
            self.effort -= 1;
            self.path.push(step);
            self.used.push(at);
            if to == root {
                let cycle = self.component.resolve(&self.path);
                if cycle::flaw(&cycle).is_some() {
                    self.found.push(cycle);
                }
            } else if !self.from(root, to) {
                return false;
            }
            self.path.pop();
            self.used.pop();
        }
        true
    }
}
