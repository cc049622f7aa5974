//! The analysis against what it claims to know: a run of each shape, and a search of all cycles.

mod cycles;
mod random;
mod simulation;

use super::hands::{self, Hands};
use super::net::{self, Channel, Holds, Intake, Net, Node, Share};
use super::ratio::{Begun, Bounds, Ratio};
use super::search::flawed;
use super::waits::Waits;
use random::{Kinds, Random, Shape};

/// Whether the analysis refuses the shape.
fn is_refused(net: &Net) -> bool {
    !flawed(&Waits::new(net)).is_empty()
}

/// With fixed ratios the analysis is exact: a shape is refused if and only if it comes to a stop.
#[test]
fn what_is_refused_comes_to_a_stop_and_what_is_accepted_does_not() {
    let (mut refused, mut joined) = (0, 0);
    for seed in 0..2000 {
        let hands = seed % 2 == 0;
        let shape = Shape::new(&mut Random::new(seed), Kinds { inline: true, lossy: false, unknown: false, hands });
        let (says, stops) = (is_refused(&shape.net), simulation::stops(&shape, None));
        assert_eq!(says, stops, "seed {seed}: {:#?}", shape.net);
        refused += usize::from(says);
        joined += usize::from(!says && shape.has_cycle_with_join());
    }
    assert!(refused > 200 && joined > 200, "{refused} refused, {joined} accepted with a join in a cycle");
}

/// What an edge drops depends on who is slow, and what comes of an item on a closure: what is accepted never comes to a
/// stop, and what is refused does so for some order in which tasks run and some closures.
fn what_is_refused_is_seen_to_stop(kinds: Kinds, matters: impl Fn(&Shape) -> bool) -> (usize, usize) {
    let (mut refused, mut accepted, mut unseen, mut wrong) = (0, 0, Vec::new(), Vec::new());
    for seed in 0..200 {
        let shape = Shape::new(&mut Random::new(seed), kinds);
        if !matters(&shape) {
            continue;
        }
        let says = is_refused(&shape.net);
        let orders = if says { 3000 } else { 5 };
        let stops = (0..orders).any(|order| simulation::stops(&shape, Some(Random::new(order))));
        if !says && stops {
            wrong.push(seed);
        }
        refused += usize::from(says);
        accepted += usize::from(!says && shape.has_cycle_with_join());
        if says && !stops && !is_kept_from_dropping(&shape) {
            unseen.push(seed);
        }
    }
    assert!(wrong.is_empty(), "{accepted} accepted, but these stop: {wrong:?}");
    assert!(unseen.is_empty(), "of {refused} refused these were not seen to stop: {unseen:?}");
    (refused, accepted)
}

/// Whether it is refused for edges alone that drop nothing, as others beside them are full before: the analysis does not
/// look at these.
fn is_kept_from_dropping(shape: &Shape) -> bool {
    let dropped: Vec<usize> = (0..20).flat_map(|order| simulation::dropped(shape, Random::new(order))).collect();
    flawed(&Waits::new(&shape.net)).iter().all(|cycle| {
        let mut dropping = cycle.iter().filter(|step| step.counts.drops_beyond.is_some()).peekable();
        dropping.peek().is_some() && dropping.all(|step| !dropped.contains(&step.from.edge()))
    })
}

fn drops(shape: &Shape) -> bool {
    shape.net.channels.iter().any(|channel| matches!(channel.holds, Holds::Drops(_)))
}

#[test]
fn with_edges_that_drop() {
    let kinds = Kinds { inline: true, lossy: true, unknown: false, hands: false };
    let (refused, accepted) = what_is_refused_is_seen_to_stop(kinds, drops);
    assert!(refused > 10 && accepted > 5, "{refused} refused, {accepted} accepted with a join in a cycle");
}

/// At each size between what they have at least and at most.
#[test]
fn with_edges_that_drop_and_hands_that_vary() {
    let kinds = Kinds { inline: true, lossy: true, unknown: false, hands: true };
    let (refused, accepted) = what_is_refused_is_seen_to_stop(kinds, drops);
    assert!(refused > 10 && accepted > 5, "{refused} refused, {accepted} accepted with a join in a cycle");
}

#[test]
fn with_any_numbers_of_items() {
    let kinds = Kinds { inline: true, lossy: false, unknown: true, hands: false };
    let (refused, accepted) = what_is_refused_is_seen_to_stop(kinds, |_| true);
    assert!(refused > 10 && accepted > 5, "{refused} refused, {accepted} accepted with a join in a cycle");
}

#[test]
fn with_all_of_it() {
    let kinds = Kinds { inline: true, lossy: true, unknown: true, hands: false };
    let (refused, accepted) = what_is_refused_is_seen_to_stop(kinds, |_| true);
    assert!(refused > 10 && accepted > 5, "{refused} refused, {accepted} accepted with a join in a cycle");
}

/// The proof by closed walks and the search for simple cycles together refuse what has a flawed cycle, and nothing else.
#[test]
fn all_cycles_are_seen_and_no_others() {
    let mut refused = 0;
    for seed in 0..2000 {
        let shape =
            Shape::new(&mut Random::new(seed), Kinds { inline: true, lossy: true, unknown: true, hands: false });
        let (says, has) = (is_refused(&shape.net), cycles::any_is_flawed(&shape.net));
        assert_eq!(says, has, "seed {seed}: {:#?}", shape.net);
        refused += usize::from(says);
    }
    assert!((300..1700).contains(&refused), "{refused} refused");
}

/// A ladder of forks and joins has more simple cycles than anybody could look at.
#[test]
fn many_cycles_are_no_trouble() {
    let rungs = 400;
    let mut net = Net::default();
    let mut rails = [random::source(&mut net), random::source(&mut net)];
    for _ in 0..rungs {
        // each rail forks, and takes an item from the other one
        let forks = rails.map(|rail| random::statement(&mut net, &[rail], 2, Intake::Any, Ratio::ONE));
        let [left, right] = forks.map(|fork| [net.nodes[fork].outputs[0], net.nodes[fork].outputs[1]]);
        let pairs = [[left[0], right[1]], [right[0], left[1]]];
        rails = pairs.map(|pair| {
            let zip = random::statement(&mut net, &pair, 1, Intake::Each, Ratio::ONE);
            net.nodes[zip].outputs[0]
        });
    }
    for rail in rails {
        random::statement(&mut net, &[rail], 0, Intake::Any, Ratio::ONE);
    }
    assert!(!is_refused(&net));
    // in one of them something is left out
    let middle = net.nodes.iter().position(|node| node.intake == Intake::Each).map(|at| at + rungs);
    net.nodes[middle.unwrap_or(0)].bounds = Bounds::ANY;
    assert!(is_refused(&net));
}

#[test]
fn blocks_are_what_common_cycles_make() {
    for seed in 0..2000 {
        let mut random = Random::new(seed);
        let vertices = 2 + random.below(6);
        let edges: Vec<(usize, usize)> = (0..random.below(11))
            .map(|_| (random.below(vertices), random.below(vertices)))
            .filter(|(a, b)| a != b)
            .collect();
        let found = super::blocks::blocks(vertices, &edges);
        let together = cycles::on_common_cycles(vertices, &edges);
        for a in 0..edges.len() {
            for b in 0..a {
                assert_eq!(found[a] == found[b], together[a][b], "seed {seed}: {edges:?} {a} {b}");
            }
        }
    }
}

fn channel(from: usize, to: usize) -> Channel {
    Channel { from, to, holds: Holds::Items(1), share: Share::All }
}

fn node(intake: Intake, ratio: Ratio, inputs: &[usize]) -> Node {
    let bounds = Bounds::exactly(ratio);
    let inputs = inputs.to_vec();
    Node { intake, bounds, begun: Begun::One, hands: Hands::ONE, least_rest: None, inputs, outputs: Vec::new() }
}

/// What the analysis takes for granted of the runtime.
#[test]
fn the_numbers_are_those_of_the_runtime() {
    let runtime = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipeline-runtime/src");
    let number = |file: &str, name: &str| {
        let text = std::fs::read_to_string(runtime.join(file)).unwrap_or_default();
        let line = text.lines().find_map(|line| line.split_once(&format!("const {name}: "))).map(|(_, rest)| rest);
        let value = line.and_then(|rest| rest.split_once(" = "))?.1.trim_end_matches(';');
        value.parse::<u64>().ok()
    };
    for (file, name, here) in [
        ("settings.rs", "DEFAULT_BUFFER", net::DEFAULT_BUFFER),
        ("edge/mod.rs", "MAX_CHUNK", hands::MAX_UNIT),
        ("edge/mod.rs", "CHUNKS", hands::CHUNKS),
        ("stage/crew.rs", "MAX_UNIT", hands::MAX_UNIT),
        ("stage/crew.rs", "AHEAD", hands::AHEAD),
        ("stage/keyed.rs", "DEALT", hands::DEALT),
    ] {
        assert_eq!(number(file, name), Some(here), "{name} in {file}");
    }
}
