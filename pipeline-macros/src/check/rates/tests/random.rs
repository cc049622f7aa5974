//! Random shapes.

use super::*;
pub(super) use crate::tests::random::Random;

/// What a shape may have.
#[derive(Clone, Copy)]
pub(super) struct Kinds {
    pub(super) inline: bool,
    /// Edges that drop.
    pub(super) lossy: bool,
    /// Statements of which nothing is known, merges, `concat`, forks that part.
    pub(super) unknown: bool,
}

pub(super) struct Shape {
    pub(super) net: Net,
    /// By statement: items left out at first, and items in a group.
    pub(super) skip: Vec<u64>,
    pub(super) batch: Vec<u64>,
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
        let mut shape = Shape { net: Net::default(), skip: Vec::new(), batch: Vec::new() };
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
        if kinds.unknown && inputs.len() > 1 && intake != Intake::Each {
            self.net.nodes[at].ratio = None;
        }
    }

    /// Sizes and ratios.
    fn finish(&mut self, random: &mut Random, kinds: Kinds) {
        // one size for most groups, so that some of them balance
        let size = 2 + random.below(2) as u64;
        for node in &mut self.net.nodes {
            let skip = if random.one_in(4) { random.below(6) as u64 } else { 0 };
            let batch = if random.one_in(5) { size } else { 1 };
            self.skip.push(skip);
            self.batch.push(batch);
            if node.ratio.is_some() {
                node.ratio = Some(Ratio { takes: batch, holds: skip + batch - 1 });
            }
            if kinds.unknown && random.one_in(8) {
                node.ratio = None;
            }
        }
        let single: Vec<bool> = self.net.nodes.iter().map(|node| node.inputs.len() == 1).collect();
        let sources: Vec<bool> = self.net.nodes.iter().map(|node| node.inputs.is_empty()).collect();
        for channel in &mut self.net.channels {
            channel.holds = match random.below(8) {
                0 if kinds.inline && single[channel.to] && !sources[channel.from] => Holds::Nothing,
                1 if kinds.lossy => Holds::Drops([0, 1, 2, 3, 6][random.below(5)]),
                _ => Holds::Items([0, 1, 2, 3, 6][random.below(5)]),
            };
            channel.takes_all = !(kinds.unknown && random.one_in(12));
        }
    }

    /// Whether a `zip` reads two streams that may have a fork in common, or forks that have.
    pub(super) fn has_cycle_with_join(&self) -> bool {
        cycles::any(&self.net)
    }
}
