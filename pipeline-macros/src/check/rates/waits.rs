//! Who may wait for whom: the graph whose cycles are the deadlocks.

use super::{
    blocks::blocks,
    fraction::Fraction,
    net::{Holds, Intake, Net},
    ratio::Ratio,
};
use crate::graph::{EdgeId, StatementId};

/// A task waits at an edge.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Wait {
    /// The edge is full, and what feeds it waits for what reads it.
    Room(EdgeId),
    /// The edge is empty, and what reads it waits for what feeds it.
    Item(EdgeId),
}

impl Wait {
    pub(super) fn edge(self) -> EdgeId {
        match self {
            Wait::Room(edge) | Wait::Item(edge) => edge,
        }
    }

    /// A number of its own.
    fn index(self) -> usize {
        match self {
            Wait::Room(edge) => 2 * edge,
            Wait::Item(edge) => 2 * edge + 1,
        }
    }
}

/// Who is waited for waits himself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Step {
    pub(super) from: Wait,
    pub(super) to: Wait,
    /// The statement that is waited for at the one edge, and waits at the other.
    pub(super) at: StatementId,
    pub(super) counts: Result<Counts, Doubt>,
}

/// What is known of the items on the way.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Counts {
    /// What an item of the edge behind is worth, in items of the edge before.
    pub(super) worth: Fraction,
    /// Items of the edge before that are stored here for certain, if the wait is for room; less those that may have been
    /// swallowed, if it is for an item.
    pub(super) stored: Fraction,
    /// The first wait is for an item of an edge that drops, but only when it has so many.
    pub(super) drops_beyond: Option<u64>,
    /// More may be stored here for a while than is stored for certain, or the outputs of a fork may be given to one
    /// after the other.
    pub(super) varies: bool,
}

impl Counts {
    fn new(worth: Fraction, stored: Fraction) -> Self {
        Self { worth, stored, drops_beyond: None, varies: false }
    }
}

/// Why nothing is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Doubt {
    /// The statement has no fixed ratio.
    Ratio,
    /// The fork gives a part to each of its outputs.
    Split,
    /// A `concat` does not read this input before another one has ended.
    InTurn,
    /// What is dropped is missing, and may be too much.
    Drops(EdgeId),
}

/// All waits of a pipeline that may be part of a deadlock, and the steps between them.
pub(super) struct Waits {
    pub(super) steps: Vec<Step>,
    /// The steps from a wait.
    after: Vec<Vec<usize>>,
}

impl Waits {
    pub(super) fn new(net: &Net) -> Self {
        let mut waits = Self { steps: Vec::new(), after: vec![Vec::new(); 2 * net.channels.len()] };
        let block = Blocks::new(net);
        for (at, node) in net.nodes.iter().enumerate() {
            for &input in &node.inputs {
                let through = block.body[at] == block.channel[input];
                for &output in node.outputs.iter().filter(|output| through && block.channel[**output] == block.body[at])
                {
                    waits.add(net, at, Wait::Room(input), Wait::Room(output));
                    waits.add(net, at, Wait::Item(output), Wait::Item(input));
                }
            }
            let turns =
                |edges: &[EdgeId]| pairs(edges).filter(|(a, b)| block.channel[*a] == block.channel[*b]).collect();
            let joined: Vec<(EdgeId, EdgeId)> =
                if node.intake == Intake::Any { Vec::new() } else { turns(&node.inputs) };
            for (full, empty) in joined {
                let earlier = |edge: EdgeId| node.inputs.iter().position(|input| *input == edge);
                if node.intake == Intake::Each || earlier(empty) < earlier(full) {
                    waits.add(net, at, Wait::Room(full), Wait::Item(empty));
                }
            }
            let forked: Vec<(EdgeId, EdgeId)> = turns(&node.outputs);
            for (empty, full) in forked {
                waits.add(net, at, Wait::Item(empty), Wait::Room(full));
            }
        }
        waits
    }

    fn add(&mut self, net: &Net, at: StatementId, from: Wait, to: Wait) {
        let is_lossy = |wait| matches!(wait, Wait::Room(edge) if matches!(net.channels[edge].holds, Holds::Drops(_)));
        if is_lossy(from) || is_lossy(to) {
            return;
        }
        self.after[from.index()].push(self.steps.len());
        self.steps.push(Step { from, to, at, counts: counts(net, at, from, to) });
    }

    /// The number of waits that steps are counted by.
    pub(super) fn len(&self) -> usize {
        self.after.len()
    }

    /// The number of this step's beginning and end.
    pub(super) fn ends(&self, step: usize) -> (usize, usize) {
        (self.steps[step].from.index(), self.steps[step].to.index())
    }

    /// The steps from a wait.
    pub(super) fn after(&self, wait: usize) -> &[usize] {
        &self.after[wait]
    }
}

/// Each two of these edges, in both orders.
fn pairs(edges: &[EdgeId]) -> impl Iterator<Item = (EdgeId, EdgeId)> {
    edges.iter().flat_map(|a| edges.iter().filter(move |b| *b != a).map(move |b| (*a, *b)))
}

/// What is known of the items between two waits.
pub(super) fn counts(net: &Net, at: StatementId, from: Wait, to: Wait) -> Result<Counts, Doubt> {
    let node = &net.nodes[at];
    let drops_beyond = match net.channels[from.edge()].holds {
        Holds::Drops(items) => Some(items),
        Holds::Items(_) | Holds::Nothing => None,
    };
    match (from, to) {
        (Wait::Room(input), Wait::Room(output)) => {
            let Ratio { takes, holds } = through(net, at, output)?;
            // the item that there is no room for has been taken already
            let before = match net.channels[input].holds {
                Holds::Items(items) => items.saturating_add(1),
                Holds::Nothing | Holds::Drops(_) => 0,
            };
            let stored = Fraction::whole(i128::from(before) + i128::from(holds));
            Ok(Counts { varies: !node.alone, ..Counts::new(whole(takes), stored) })
        }
        (Wait::Item(output), Wait::Item(_)) => {
            let Ratio { takes, holds } = through(net, at, output)?;
            let each = Fraction::ONE.over(whole(takes)).ok_or(Doubt::Ratio)?;
            let swallowed = each.times(Fraction::whole(-i128::from(holds))).ok_or(Doubt::Ratio)?;
            Ok(Counts { drops_beyond, ..Counts::new(each, swallowed) })
        }
        (Wait::Room(_), Wait::Item(_)) if node.intake == Intake::InTurn => Err(Doubt::InTurn),
        (Wait::Room(input), Wait::Item(_)) => {
            // a join that waits has asked all of its inputs for an item, so a rendezvous has given one
            let stored = match net.channels[input].holds {
                Holds::Items(items) => items.max(1),
                Holds::Nothing | Holds::Drops(_) => 0,
            };
            Ok(Counts::new(Fraction::ONE, whole(stored)))
        }
        (Wait::Item(a), Wait::Room(b)) => {
            if !(net.channels[a].takes_all && net.channels[b].takes_all) {
                return Err(Doubt::Split);
            }
            let stored = whole(u64::from(is_given_before(net, at, a, b)));
            Ok(Counts { drops_beyond, varies: !node.alone, ..Counts::new(Fraction::ONE, stored) })
        }
    }
}

/// Whether the fork is done with `empty` when it waits for what runs inside it, which has taken the item from `full`: an
/// item goes to all edges at once, and then to what runs inside, one after the other.
fn is_given_before(net: &Net, at: StatementId, empty: EdgeId, full: EdgeId) -> bool {
    let is_inside = |edge: EdgeId| net.channels[edge].holds == Holds::Nothing;
    let place = |edge: EdgeId| net.nodes[at].outputs.iter().position(|output| *output == edge);
    is_inside(full) && (!is_inside(empty) || place(empty) < place(full))
}

/// The ratio of a statement from its input to this output.
fn through(net: &Net, at: StatementId, output: EdgeId) -> Result<Ratio, Doubt> {
    if net.channels[output].takes_all { net.nodes[at].ratio.ok_or(Doubt::Ratio) } else { Err(Doubt::Split) }
}

fn whole(number: u64) -> Fraction {
    Fraction::whole(i128::from(number))
}

/// The biconnected component of each edge, and of each statement's way from its input to its output.
struct Blocks {
    channel: Vec<usize>,
    body: Vec<usize>,
}

impl Blocks {
    /// A statement is an edge itself here, from where its inputs meet to where its outputs part: so two of its inputs may
    /// be on a cycle without the rest of it.
    fn new(net: &Net) -> Self {
        let (intake, outlet) = (|at: StatementId| 2 * at, |at: StatementId| 2 * at + 1);
        let bodies = (0..net.nodes.len()).map(|at| (intake(at), outlet(at)));
        let channels = net.channels.iter().map(|channel| (outlet(channel.from), intake(channel.to)));
        let edges: Vec<(usize, usize)> = bodies.chain(channels).collect();
        let mut body = blocks(2 * net.nodes.len(), &edges);
        let channel = body.split_off(net.nodes.len());
        Self { channel, body }
    }
}
