//! Who may wait for whom: the graph whose cycles are the deadlocks.

use super::{
    blocks::blocks,
    fraction::Fraction,
    net::{Holds, Intake, Net, Node, Share},
    ratio::{Begun, Ratio},
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
    pub(super) counts: Counts,
    /// Why the items of the one edge say nothing of those of the other, or not all.
    pub(super) doubt: Option<Doubt>,
    /// Both edges lead from one fork to one join, and the one takes nothing while the other drops.
    pub(super) in_step: bool,
    /// Both are rendezvous of one join: when the second dropped an item, the first had none.
    pub(super) asks_alike: bool,
}

/// What the items that have come to the one edge say of those that have come to the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Counts {
    /// From the beginning to the time of these waits.
    pub(super) in_all: Least,
    /// From a time at which an edge dropped an item.
    pub(super) since: Least,
    /// The same, where that item had passed this statement.
    pub(super) since_passed: Least,
    /// The first wait is for an item of an edge that drops, but only when it has so many.
    pub(super) drops_beyond: Option<u64>,
}

/// There are at least so many items of the edge before.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Least {
    /// For each one of the edge behind; 0 if that says nothing.
    pub(super) worth: Fraction,
    /// And so many besides: those that are stored here, if the wait is for room; less those that may have been swallowed,
    /// if it is for an item.
    pub(super) stored: Fraction,
}

impl Least {
    /// The edge behind says nothing.
    fn nothing() -> Self {
        Self { worth: Fraction::ZERO, stored: Fraction::ZERO }
    }

    fn of(worth: Fraction, stored: Fraction) -> Self {
        Self { worth, stored }
    }

    /// As many, but for a number that may vary by so much; `None`: by any.
    fn but_for(self, varies: Option<u64>) -> Self {
        varies.map_or(Self::nothing(), |items| Self { stored: Fraction::whole(-i128::from(items)), ..self })
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
        self.steps.push(step(net, at, from, to));
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
pub(super) fn step(net: &Net, at: StatementId, from: Wait, to: Wait) -> Step {
    let (in_all, since, since_passed, doubt) = match (from, to) {
        (Wait::Room(input), Wait::Room(output)) => filled(net, at, input, output),
        (Wait::Item(output), Wait::Item(_)) => emptied(net, at, output),
        (Wait::Room(input), Wait::Item(_)) => joined(net, at, input),
        (Wait::Item(empty), Wait::Room(full)) => forked(net, at, empty, full),
    };
    let drops_beyond = match net.channels[from.edge()].holds {
        Holds::Drops(items) => Some(items),
        Holds::Items(_) | Holds::Unknown | Holds::Nothing => None,
    };
    let counts = Counts { in_all, since, since_passed, drops_beyond };
    let asks_alike = asks_alike(net, from, to);
    Step { from, to, at, counts, doubt, in_step: is_in_step(net, from, to), asks_alike }
}

/// A `zip` asks the side that drops before the other: what comes there before it does so, the other side has not given.
fn asks_alike(net: &Net, from: Wait, to: Wait) -> bool {
    let (Wait::Room(full), Wait::Item(empty)) = (from, to) else { return false };
    let holds = (net.channels[full].holds, net.channels[empty].holds);
    net.nodes[net.channels[full].to].intake == Intake::Each && holds == (Holds::Items(0), Holds::Drops(0))
}

/// A rendezvous that drops what comes while nobody waits for it, and beside it one that takes nothing meanwhile: a join asks
/// the first one first. If the size of both is computed it is the same, and what holds an item harms nobody.
fn is_in_step(net: &Net, from: Wait, to: Wait) -> bool {
    let (Wait::Room(full), Wait::Item(empty)) = (from, to) else { return false };
    let (full, empty) = (&net.channels[full], &net.channels[empty]);
    let sizes = matches!((full.holds, empty.holds), (Holds::Items(0) | Holds::Unknown, Holds::Drops(0)));
    let gives_to_both = net.nodes[full.from].hands.parts == Some(0);
    full.from == empty.from
        && full.to == empty.to
        && net.nodes[full.to].intake == Intake::Each
        && sizes
        && gives_to_both
}

type Known = (Least, Least, Least, Option<Doubt>);

/// Both edges are full.
fn filled(net: &Net, at: StatementId, input: EdgeId, output: EdgeId) -> Known {
    let node = &net.nodes[at];
    // what there is no room for has been taken already
    let before = net.channels[input].holds.items().map_or(0, |items| items.saturating_add(node.hands_of(input)));
    let most = match net.channels[output].share {
        Share::All | Share::Part => node.most_of(input),
        // an item fails before it is one of a group
        Share::Failed => node.most_of(input).map(|_| Ratio::ONE),
    };
    let Some(Ratio { takes, holds, left_out }) = most else {
        let in_all = Least::of(Fraction::ZERO, whole(before));
        return (in_all, Least::nothing(), Least::nothing(), Some(Doubt::Ratio));
    };
    let holds = node.least_rest.map_or(holds, |rest| holds.min(left_out.saturating_add(rest)));
    let stored = Fraction::whole(i128::from(before) + i128::from(holds));
    let since = match node.begun {
        Begun::One => Least::of(whole(takes), Fraction::ZERO),
        Begun::OfEachKey => Least::of(Fraction::ONE, Fraction::ZERO),
        Begun::OfEachKeyByTime => Least::nothing(),
    };
    let since = since.but_for(node.hands.varies);
    (Least::of(whole(takes), stored), since, since, is_inexact(node))
}

/// There may be fewer or more items than are counted.
fn is_inexact(node: &Node) -> Option<Doubt> {
    let mixes = node.intake != Intake::Each && node.inputs.len() > 1;
    (mixes || node.bounds.most != node.bounds.least).then_some(Doubt::Ratio)
}

/// Both edges are empty.
fn emptied(net: &Net, at: StatementId, output: EdgeId) -> Known {
    let nothing = |doubt| (Least::nothing(), Least::nothing(), Least::nothing(), Some(doubt));
    if net.channels[output].share != Share::All {
        return nothing(Doubt::Split);
    }
    let swallows = |ratio: Ratio, items: u64| {
        let each = Fraction::ONE.over(whole(ratio.takes))?;
        Some(Least::of(each, each.times(Fraction::whole(-i128::from(items)))?))
    };
    let least = net.nodes[at].bounds.least;
    let known = least.and_then(|ratio| Some((swallows(ratio, ratio.holds)?, swallows(ratio, ratio.takes - 1)?)));
    let doubt = is_inexact(&net.nodes[at]);
    known.map_or(nothing(Doubt::Ratio), |(swallowed, begun)| (swallowed, swallowed, begun, doubt))
}

/// The join has items of the one edge and waits for the other.
fn joined(net: &Net, at: StatementId, full: EdgeId) -> Known {
    let items = net.channels[full].holds.items();
    if net.nodes[at].intake == Intake::InTurn {
        let in_all = Least::of(Fraction::ZERO, whole(items.unwrap_or(0)));
        return (in_all, Least::nothing(), Least::nothing(), Some(Doubt::InTurn));
    }
    // a join that waits has asked all of its inputs for an item, so a rendezvous has given one
    let stored = items.map_or(0, |items| items.max(1));
    let since = Least::of(Fraction::ONE, Fraction::ZERO);
    (Least::of(Fraction::ONE, whole(stored)), since, since, None)
}

/// The fork has no room in the one edge, and so gives nothing to the other.
fn forked(net: &Net, at: StatementId, empty: EdgeId, full: EdgeId) -> Known {
    if [empty, full].iter().any(|edge| net.channels[*edge].share != Share::All) {
        return (Least::nothing(), Least::nothing(), Least::nothing(), Some(Doubt::Split));
    }
    let stored = whole(u64::from(is_given_before(net, at, empty, full)));
    let since = Least::of(Fraction::ONE, Fraction::ZERO).but_for(net.nodes[at].hands.parts);
    (Least::of(Fraction::ONE, stored), since, since, None)
}

/// Whether the fork is done with `empty` when it waits for what runs inside it, which has taken the item from `full`: an
/// item goes to all edges at once, and then to what runs inside, one after the other.
fn is_given_before(net: &Net, at: StatementId, empty: EdgeId, full: EdgeId) -> bool {
    let is_inside = |edge: EdgeId| net.channels[edge].holds == Holds::Nothing;
    let place = |edge: EdgeId| net.nodes[at].outputs.iter().position(|output| *output == edge);
    is_inside(full) && (!is_inside(empty) || place(empty) < place(full))
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
