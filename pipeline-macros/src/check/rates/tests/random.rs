//! Random shapes.

use super::*;
pub(super) use crate::tests::random::Random;

/// What a shape may have.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) inline: bool,
    /// Edges that drop.
    pub(super) lossy: bool,
    /// Statements that leave out items or give several, merges, `concat`, forks that part.
    pub(super) unknown: bool,
    /// Statements that have several items in their hands, at one time more than at another.
    pub(super) hands: bool,
}

pub(super) struct Shape {
    pub(super) net: Net,
    /// By statement.
    pub(super) does: Vec<Does>,
}

/// What a statement does with the items that come to it, in this order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Does {
    /// Items left out at first.
    pub(super) skip: u64,
    /// Items in a group.
    pub(super) batch: u64,
    pub(super) gives: Gives,
}

/// What comes of a group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(super) enum Gives {
    #[default]
    One,
    /// One or none.
    AtMostOne,
    Any,
}

/// Adds a statement that reads these edges, with new outputs that nobody reads yet.
pub(super) fn statement(net: &mut Net, inputs: &[usize], outputs: usize, intake: Intake, ratio: Ratio) -> usize {
    let at = net.nodes.len();
    net.nodes.push(node(intake, ratio, inputs));
    for &input in inputs {
        net.channels[input].to = at;
    }
    for _ in 0..outputs {
        net.nodes[at].outputs.push(net.channels.len());
        net.channels.push(channel(at, at));
    }
    at
}

/// Adds a source; gives its edge.
pub(super) fn source(net: &mut Net) -> usize {
    let at = statement(net, &[], 1, Intake::Any, Ratio::ONE);
    net.nodes[at].outputs[0]
}

impl Shape {
    pub(super) fn new(random: &mut Random, kinds: Kinds) -> Self {
        let mut shape = Shape { net: Net::default(), does: Vec::new() };
        let mut open: Vec<usize> = (0..1 + random.below(2)).map(|_| source(&mut shape.net)).collect();
        for _ in 0..3 + random.below(6) {
            shape.grow(&mut open, random, kinds);
        }
        for edge in open {
            statement(&mut shape.net, &[edge], 0, Intake::Any, Ratio::ONE);
        }
        shape.finish(random, kinds);
        shape
    }

    fn grow(&mut self, open: &mut Vec<usize>, random: &mut Random, kinds: Kinds) {
        let mut take = |open: &mut Vec<usize>| open.swap_remove(random.below(open.len()));
        let first = take(open);
        let (inputs, outputs, intake) = match (self.net.nodes.len() + open.len()) % 3 {
            0 if !open.is_empty() => (vec![first, take(open)], 1, Intake::Each),
            1 if open.len() < 3 => (vec![first], 2, Intake::Any),
            _ => (vec![first], 1 + random.below(2), Intake::Any),
        };
        let intake = match intake {
            Intake::Each if kinds.unknown && random.one_in(3) => Intake::InTurn,
            Intake::Each if kinds.unknown && random.one_in(3) => Intake::Any,
            other => other,
        };
        let at = statement(&mut self.net, &inputs, outputs, intake, Ratio::ONE);
        open.extend(&self.net.nodes[at].outputs);
    }

    /// Sizes and ratios.
    fn finish(&mut self, random: &mut Random, kinds: Kinds) {
        // one size for most groups, so that some of them balance
        let size = 2 + random.below(2) as u64;
        for node in &mut self.net.nodes {
            let does = Does {
                skip: if random.one_in(4) { random.below(6) as u64 } else { 0 },
                batch: if random.one_in(5) { size } else { 1 },
                gives: match random.below(12) {
                    0 if kinds.unknown => Gives::AtMostOne,
                    1 if kinds.unknown => Gives::Any,
                    _ => Gives::One,
                },
            };
            node.bounds = does.bounds();
            if node.intake != Intake::Each && node.inputs.len() > 1 {
                node.hands = Hands { full: 0, ..Hands::ONE };
            }
            self.does.push(does);
        }
        let single: Vec<bool> = self.net.nodes.iter().map(|node| node.inputs.len() == 1).collect();
        let sources: Vec<bool> = self.net.nodes.iter().map(|node| node.inputs.is_empty()).collect();
        let forks: Vec<bool> = self.net.nodes.iter().map(|node| node.outputs.len() > 1).collect();
        let parts: Vec<bool> = forks.iter().map(|fork| *fork && kinds.unknown && random.one_in(6)).collect();
        for channel in &mut self.net.channels {
            let from = channel.from;
            channel.holds = match random.below(8) {
                0 if kinds.inline && single[channel.to] && !sources[from] => Holds::Nothing,
                1 | 2 if kinds.lossy && forks[from] && !parts[from] => Holds::Drops([0, 1, 2, 3, 6][random.below(5)]),
                _ => Holds::Items([0, 1, 2, 3, 6][random.below(5)]),
            };
            channel.share = if parts[from] { Share::Part } else { Share::All };
        }
        if kinds.hands {
            self.give_hands(random);
        }
    }

    /// Several items in the hands of some statements that have a task alone.
    fn give_hands(&mut self, random: &mut Random) {
        for at in 0..self.net.nodes.len() {
            let edges = [&self.net.nodes[at].inputs[..], &self.net.nodes[at].outputs[..]].concat();
            let alone = edges.iter().all(|edge| self.net.channels[*edge].holds != Holds::Nothing);
            if self.net.nodes[at].inputs.len() == 1 && alone && random.one_in(2) {
                let (full, varies) = (1 + random.below(4) as u64, random.below(6) as u64);
                self.net.nodes[at].hands = Hands { full, varies: Some(varies), parts: Some(0) };
            }
        }
    }

    /// Whether a `zip` reads two streams that may have a fork in common, or forks that have.
    pub(super) fn has_cycle_with_join(&self) -> bool {
        cycles::any(&self.net)
    }
}

impl Does {
    fn bounds(self) -> Bounds {
        let group = Ratio { takes: self.batch, holds: self.skip + self.batch - 1, left_out: self.skip };
        match self.gives {
            Gives::One => Bounds::exactly(group),
            Gives::AtMostOne => Bounds::at_most(group),
            Gives::Any => Bounds::ANY,
        }
    }
}
