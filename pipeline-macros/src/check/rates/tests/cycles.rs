//! All simple cycles, one by one.

use super::super::{
    cycle::flaw,
    waits::{self, Step, Wait},
};
use super::*;

/// The simple cycles of an undirected graph: from each edge on, the edges and the vertices that they come to.
fn each(vertices: usize, edges: &[(usize, usize)], seen: &mut impl FnMut(&[(usize, usize)])) {
    for (first, &(start, next)) in edges.iter().enumerate() {
        let mut visited = vec![false; vertices];
        visited[next] = true;
        extend(edges, start, &mut vec![(first, next)], &mut visited, seen);
    }
}

fn extend(
    edges: &[(usize, usize)],
    start: usize,
    path: &mut Vec<(usize, usize)>,
    visited: &mut Vec<bool>,
    seen: &mut impl FnMut(&[(usize, usize)]),
) {
    let (first, at) = (path[0].0, path[path.len() - 1].1);
    if at == start {
        seen(path);
        return;
    }
    for (edge, &(a, b)) in edges.iter().enumerate().skip(first + 1) {
        let to = if a == at { b } else { a };
        if (a != at && b != at) || visited[to] || path.iter().any(|(used, _)| *used == edge) {
            continue;
        }
        visited[to] = true;
        path.push((edge, to));
        extend(edges, start, path, visited, seen);
        path.pop();
        visited[to] = false;
    }
}

/// By two edges: whether a simple cycle has both.
pub(super) fn on_common_cycles(vertices: usize, edges: &[(usize, usize)]) -> Vec<Vec<bool>> {
    let mut together = vec![vec![false; edges.len()]; edges.len()];
    each(vertices, edges, &mut |cycle| {
        for (a, _) in cycle {
            for (b, _) in cycle {
                together[*a][*b] = true;
            }
        }
    });
    together
}

/// The cycles as waits, both ways round, where they are waits at all.
fn each_of_waits(net: &Net, seen: &mut impl FnMut(Vec<Step>)) {
    let edges: Vec<(usize, usize)> = net.channels.iter().map(|channel| (channel.from, channel.to)).collect();
    each(net.nodes.len(), &edges, &mut |cycle| {
        let forward: Vec<Wait> = cycle
            .iter()
            .map(|&(edge, to)| if net.channels[edge].to == to { Wait::Room(edge) } else { Wait::Item(edge) })
            .collect();
        let backward = forward.iter().rev().map(|wait| match *wait {
            Wait::Room(edge) => Wait::Item(edge),
            Wait::Item(edge) => Wait::Room(edge),
        });
        for waits in [forward.clone(), backward.collect()] {
            if let Some(steps) = steps(net, &waits) {
                seen(steps);
            }
        }
    });
}

fn steps(net: &Net, waits: &[Wait]) -> Option<Vec<Step>> {
    let nexts = waits.iter().cycle().skip(1);
    waits.iter().zip(nexts).map(|(from, to)| step(net, *from, *to)).collect()
}

fn step(net: &Net, from: Wait, to: Wait) -> Option<Step> {
    let at = match from {
        Wait::Room(edge) => net.channels[edge].to,
        Wait::Item(edge) => net.channels[edge].from,
    };
    let lossy = [from, to]
        .iter()
        .any(|wait| matches!(wait, Wait::Room(edge) if matches!(net.channels[*edge].holds, Holds::Drops(_))));
    let possible = match (from, to) {
        (Wait::Room(full), Wait::Item(empty)) => match net.nodes[at].intake {
            Intake::Any => false,
            Intake::Each => true,
            Intake::InTurn => {
                let place = |edge| net.nodes[at].inputs.iter().position(|input| *input == edge);
                place(empty) < place(full)
            }
        },
        _ => true,
    };
    (possible && !lossy).then(|| waits::step(net, at, from, to))
}

pub(super) fn any_is_flawed(net: &Net) -> bool {
    let mut found = false;
    each_of_waits(net, &mut |cycle| found |= flaw(&cycle).is_some());
    found
}

pub(super) fn any(net: &Net) -> bool {
    let mut found = false;
    each_of_waits(net, &mut |_| found = true);
    found
}
