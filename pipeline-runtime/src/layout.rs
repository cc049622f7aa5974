//! Fragments put into the pipelines around them: one graph of the whole run, so that there is one account.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::graph::{Edge, Graph, Stage};

/// A fragment and the stage that it stands for.
pub(crate) struct Fragment {
    /// The `via` statement around it, by its own number.
    pub(crate) stage: usize,
    pub(crate) graph: Graph,
    pub(crate) places: Option<Arc<Places>>,
    pub(crate) input: Option<Port>,
    pub(crate) output: Option<Port>,
}

/// An end of a fragment: a statement that is no task, and the edge that leads from or to what is outside.
#[derive(Clone, Copy)]
pub(crate) struct Port {
    pub(crate) stage: usize,
    pub(crate) edge: usize,
}

impl Fragment {
    fn is_port(&self, stage: usize) -> bool {
        [self.input, self.output].into_iter().flatten().any(|port| port.stage == stage)
    }

    /// The stage that takes what comes in.
    fn entry(&self) -> Option<usize> {
        self.input.map(|port| self.graph.edges[port.edge].to)
    }

    /// The stage that gives what goes out.
    fn exit(&self) -> Option<usize> {
        self.output.map(|port| self.graph.edges[port.edge].from)
    }
}

/// Where the stages and edges that generated code knows by its own numbers are in the graph of the whole run.
pub(crate) struct Places {
    stages: Vec<usize>,
    edges: Vec<usize>,
    fragments: Vec<(usize, Arc<Places>)>,
}

impl Places {
    fn identity(graph: &Graph) -> Self {
        Self {
            stages: (0..graph.stages.len()).collect(),
            edges: (0..graph.edges.len()).collect(),
            fragments: Vec::new(),
        }
    }

    pub(crate) fn stage(&self, own: usize) -> usize {
        self.stages[own]
    }

    pub(crate) fn edge(&self, own: usize) -> usize {
        self.edges[own]
    }

    /// Those of the fragment at the `via` statement of this number.
    pub(crate) fn fragment(&self, own: usize) -> Option<Arc<Places>> {
        self.fragments.iter().find(|(stage, _)| *stage == own).map(|(_, places)| places.clone())
    }

    /// The same places in a graph around this one.
    fn moved(&self, to: &Moves) -> Self {
        Self {
            stages: self.stages.iter().map(|&stage| to.stage(stage)).collect(),
            edges: self.edges.iter().map(|&edge| to.edges[edge]).collect(),
            fragments: self.fragments.iter().map(|(stage, inner)| (*stage, Arc::new(inner.moved(to)))).collect(),
        }
    }
}

/// Where the stages and edges of a fragment's graph have gone.
struct Moves {
    stages: Vec<usize>,
    edges: Vec<usize>,
}

/// The place of a statement that is no task: nobody asks for it.
const NOWHERE: usize = usize::MAX;

impl Moves {
    fn stage(&self, stage: usize) -> usize {
        self.stages.get(stage).copied().unwrap_or(NOWHERE)
    }
}

/// The graph with each fragment in the place of the stage that it stands for.
pub(crate) fn compose(graph: Graph, fragments: &[Fragment]) -> (Graph, Option<Arc<Places>>) {
    if fragments.is_empty() {
        return (graph, None);
    }
    let at = |stage: usize| fragments.iter().position(|fragment| fragment.stage == stage);
    let mut places = Places::identity(&graph);
    let mut moves: Vec<Moves> = Vec::new();
    moves.resize_with(fragments.len(), || Moves { stages: Vec::new(), edges: Vec::new() });
    let mut stages = Vec::new();
    for (own, stage) in graph.stages.iter().enumerate() {
        let Some(index) = at(own) else {
            places.stages[own] = stages.len();
            stages.push(*stage);
            continue;
        };
        places.stages[own] = NOWHERE;
        let fragment = &fragments[index];
        for (inner, part) in fragment.graph.stages.iter().enumerate() {
            let place = if fragment.is_port(inner) { NOWHERE } else { stages.len() };
            moves[index].stages.push(place);
            if place != NOWHERE {
                stages.push(Stage { name: inside(stage.name, part.name), ..*part });
            }
        }
    }
    let end = |own: usize, of: fn(&Fragment) -> Option<usize>| match at(own) {
        Some(index) => of(&fragments[index]).map_or(NOWHERE, |inner| moves[index].stage(inner)),
        None => places.stages[own],
    };
    let own_edges = graph.edges.iter();
    let mut edges: Vec<Edge> = own_edges
        .map(|edge| Edge { from: end(edge.from, Fragment::exit), to: end(edge.to, Fragment::entry), ..*edge })
        .collect();
    for (fragment, moves) in fragments.iter().zip(&mut moves) {
        let outer = graph.stages[fragment.stage].name;
        for (index, edge) in fragment.graph.edges.iter().enumerate() {
            let is = |port: Option<Port>| port.is_some_and(|port| port.edge == index);
            let around = |edge: &Edge| match (is(fragment.input), is(fragment.output)) {
                (true, _) => edge.to == fragment.stage,
                (_, true) => edge.from == fragment.stage,
                _ => false,
            };
            let place = graph.edges.iter().position(around).unwrap_or(edges.len());
            moves.edges.push(place);
            if place == edges.len() {
                let name = inside(outer, edge.name);
                edges.push(Edge { name, from: moves.stage(edge.from), to: moves.stage(edge.to), ..*edge });
            }
        }
    }
    let mut drawing = graph.drawing.clone();
    for (fragment, moves) in fragments.iter().zip(&moves) {
        let inner = match &fragment.places {
            Some(inner) => inner.moved(moves),
            None => Places::identity(&fragment.graph).moved(moves),
        };
        places.fragments.push((fragment.stage, Arc::new(inner)));
        drawing.fragments.push((graph.stages[fragment.stage].name, fragment.graph.drawing.clone()));
    }
    let graph = Graph { name: graph.name, stages: Cow::Owned(stages), edges: Cow::Owned(edges), drawing };
    (graph, Some(Arc::new(places)))
}

/// `clean/parse`: the name of something in a fragment. Names are kept for ever and each only once: there are as many as
/// the program's text has.
fn inside(outer: &str, inner: &str) -> &'static str {
    static NAMES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let name = format!("{outer}/{inner}");
    let mut names = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = names.get(name.as_str()) {
        return known;
    }
    let name: &'static str = name.leak();
    names.insert(name);
    name
}
