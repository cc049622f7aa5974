//! Topological order, and the cycles that stand against it.

use syn::Ident;

use super::streams::Streams;
use crate::{diagnostics::Diagnostics, graph::StatementId};

/// The statements in topological order, the written order among those that are ready, and the cycles that stand
/// against it.
pub(super) fn sort(
    statements: usize,
    links: &[(StatementId, StatementId)],
) -> (Vec<StatementId>, Vec<Vec<StatementId>>) {
    let mut order: Vec<StatementId> = Vec::with_capacity(statements);
    let mut cycles = Vec::new();
    let mut waiting: Vec<StatementId> = (0..statements).collect();
    while !waiting.is_empty() {
        let ready = waiting.iter().position(|&id| feeders(id, links).all(|from| !waiting.contains(&from)));
        if let Some(at) = ready {
            order.push(waiting.remove(at));
            continue;
        }
        let cycle = find_cycle(&waiting, links);
        waiting.retain(|id| !cycle.contains(id));
        order.extend(&cycle);
        cycles.push(cycle);
    }
    (order, cycles)
}

fn feeders(id: StatementId, links: &[(StatementId, StatementId)]) -> impl Iterator<Item = StatementId> {
    links.iter().filter(move |&&(_, to)| to == id).map(|&(from, _)| from)
}

/// A cycle among statements each of which waits for another one, in the direction of flow, the first written first.
fn find_cycle(waiting: &[StatementId], links: &[(StatementId, StatementId)]) -> Vec<StatementId> {
    let mut path: Vec<StatementId> = waiting.iter().copied().take(1).collect();
    while let Some(from) = path.last().and_then(|&id| feeders(id, links).find(|from| waiting.contains(from))) {
        if let Some(start) = path.iter().position(|&id| id == from) {
            path.drain(..start);
            break;
        }
        path.push(from);
    }
    // found by walking upstream
    path.reverse();
    let first = (0..path.len()).min_by_key(|&at| path[at]).unwrap_or(0);
    path.rotate_left(first);
    path
}

/// Reports a cycle at its first statement, and where that reads the last one.
pub(super) fn report(cycle: &[StatementId], names: &[&Ident], streams: &Streams, diagnostics: &mut Diagnostics) {
    let (Some(&first), Some(&last)) = (cycle.first(), cycle.last()) else { return };
    let name = names[first];
    let path: Vec<String> = cycle.iter().chain([&first]).map(|&id| format!("`{}`", names[id])).collect();
    let fact = match cycle.len() {
        1 => format!("`{name}` reads its own output"),
        _ => format!("`{name}` depends on itself"),
    };
    let message = format!(
        "{fact}: {}\n\
         help: streams flow one way, from sources to sinks; for items that bring more items there is `recurse`",
        path.join(" -> ")
    );
    match streams.reading(last, first) {
        Some(reading) => {
            diagnostics.conflict(name, message, reading, format_args!("`{name}` reads `{reading}` here"));
        }
        None => diagnostics.error(name, message),
    }
}
