//! A run of a shape whose sources never end. With fixed ratios and no edge that drops, what comes of it does not depend on
//! the order in which tasks run; else it depends on that, and on what closures do.

use super::random::Gives;
use super::*;

/// Rounds in which each task may do one thing.
const ROUNDS: usize = 1500;

/// Rounds after which other tasks have their turn.
const TURN: usize = 10;

/// What a task has to do before it takes a further item.
#[derive(Clone, Copy)]
enum Todo {
    /// Put what a statement gives into all edges behind it, or into this one.
    Give(usize, Option<usize>),
    /// Hand an item to a statement that runs inside.
    Run(usize),
}

/// How a statement's closures are for a while.
#[derive(Clone, Copy)]
struct Mood {
    /// Of a group comes so much, or a number by chance.
    gives: Option<usize>,
    /// A `route` chooses this one, or one by chance.
    branch: Option<usize>,
    /// It has so many more items in its hands than the least that it has when there is no room.
    more: u64,
}

struct Run<'a> {
    shape: &'a Shape,
    /// By statement, the edges behind it, and the edges to the statements inside it.
    outputs: Vec<(Vec<usize>, Vec<usize>)>,
    /// Whether a statement is inside another one.
    inside: Vec<bool>,
    /// Items on an edge.
    on: Vec<u64>,
    /// By statement, items that it has in its hands and has not begun with.
    held: Vec<u64>,
    /// By statement, items that have come to it.
    taken: Vec<u64>,
    mood: Vec<Mood>,
    /// By task, the next last.
    todo: Vec<Vec<Todo>>,
    /// By chance, or in each round one task after the other.
    order: Option<Random>,
    /// Edges that have dropped something.
    dropped: Vec<usize>,
}

/// Whether tasks come to wait for one another, in an order by chance or in each round one after the other.
pub(super) fn stops(shape: &Shape, order: Option<Random>) -> bool {
    run(shape, order).0
}

/// The edges that drop something in this order.
pub(super) fn dropped(shape: &Shape, order: Random) -> Vec<usize> {
    run(shape, Some(order)).1
}

fn run(shape: &Shape, order: Option<Random>) -> (bool, Vec<usize>) {
    let nodes = shape.net.nodes.len();
    let mut run = Run {
        shape,
        outputs: (0..nodes).map(|node| outputs(&shape.net, node)).collect(),
        inside: (0..nodes).map(|node| is_inside(&shape.net, node)).collect(),
        on: vec![0; shape.net.channels.len()],
        held: vec![0; nodes],
        taken: vec![0; nodes],
        mood: vec![Mood { gives: None, branch: None, more: 0 }; nodes],
        todo: vec![Vec::new(); nodes],
        order,
        dropped: Vec::new(),
    };
    let mut turns = vec![true; nodes];
    for round in 1..=ROUNDS {
        if let Some(random) = run.order.as_mut().filter(|_| round % TURN == 1) {
            turns.fill_with(|| random.one_in(2));
            for (mood, node) in run.mood.iter_mut().zip(&shape.net.nodes) {
                if round == 1 || random.one_in(8) {
                    *mood = Mood::new(node, random);
                }
            }
        }
        for (task, has_turn) in turns.iter().enumerate() {
            if *has_turn && !run.inside[task] {
                run.take_in_hand(task);
                run.go_on(task);
            }
        }
        // who is stuck stays so
        if round % 50 == 0 && run.is_stuck() {
            return (true, run.dropped);
        }
    }
    (false, run.dropped)
}

impl Mood {
    fn new(node: &Node, random: &mut Random) -> Self {
        let gives = [None, Some(0), Some(1), Some(9)][random.below(4)];
        let branch = [None, Some(0), Some(1)][random.below(3)];
        let varies = node.hands.varies.unwrap_or(0);
        let more = [0, varies, random.below(varies as usize + 1) as u64][random.below(3)];
        Self { gives, branch, more }
    }
}

fn is_inside(net: &Net, node: usize) -> bool {
    net.nodes[node].inputs.iter().any(|input| net.channels[*input].holds == Holds::Nothing)
}

fn outputs(net: &Net, node: usize) -> (Vec<usize>, Vec<usize>) {
    let outputs = net.nodes[node].outputs.iter().copied();
    let (inside, edges) = outputs.partition(|output| net.channels[*output].holds == Holds::Nothing);
    (edges, inside)
}

impl Run<'_> {
    fn net(&self) -> &Net {
        &self.shape.net
    }

    fn below(&mut self, limit: usize) -> usize {
        self.order.as_mut().map_or(0, |random| random.below(limit))
    }

    /// Whether the reader of a rendezvous has asked for an item.
    fn is_asked(&self, edge: usize) -> bool {
        let reader = self.net().channels[edge].to;
        let node = &self.net().nodes[reader];
        let turn = node.intake != Intake::InTurn || node.inputs.first() == Some(&edge);
        self.on[edge] == 0 && (self.todo[reader].is_empty() || self.has_free_hands(reader)) && turn
    }

    /// Whether it takes items though it waits for room for others.
    fn has_free_hands(&self, node: usize) -> bool {
        self.held[node] + 1 < self.net().nodes[node].hands.full + self.mood[node].more
    }

    fn take_in_hand(&mut self, node: usize) {
        if let [input] = self.shape.net.nodes[node].inputs[..]
            && self.on[input] > 0
            && self.has_free_hands(node)
        {
            self.on[input] -= 1;
            self.held[node] += 1;
        }
    }

    fn has_room(&self, edge: usize) -> bool {
        let channel = &self.net().channels[edge];
        match channel.holds {
            Holds::Items(0) | Holds::Unknown => self.is_asked(edge),
            Holds::Items(items) => self.on[edge] < items,
            Holds::Drops(_) => true,
            Holds::Nothing => unreachable!("no edge that could be full"),
        }
    }

    /// Whether an item that is put in is not dropped.
    fn keeps(&mut self, edge: usize) -> bool {
        let channel = &self.shape.net.channels[edge];
        match channel.holds {
            // the reader may say that it waits a moment later, but not than of an edge that does not drop
            Holds::Drops(0) => self.is_asked(edge) && (self.has_rendezvous_beside(edge) || self.below(2) == 0),
            Holds::Drops(items) => self.on[edge] < items,
            Holds::Items(_) | Holds::Unknown | Holds::Nothing => true,
        }
    }

    fn has_rendezvous_beside(&self, edge: usize) -> bool {
        let channel = &self.net().channels[edge];
        let beside = |other: &Channel| other.to == channel.to;
        self.net().channels.iter().any(|other| beside(other) && other.holds == Holds::Items(0))
    }

    /// Edges that the task waits for room in.
    fn full(&self, task: usize) -> Vec<usize> {
        match self.todo[task].last() {
            Some(Todo::Give(node, to)) => {
                let edges = self.outputs[*node].0.iter().copied().filter(|edge| to.is_none_or(|to| to == *edge));
                edges.filter(|edge| !self.has_room(*edge)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Edges that the task waits for an item of, when it has nothing to do.
    fn empty(&self, task: usize) -> Vec<usize> {
        let node = &self.net().nodes[task];
        let inputs = || node.inputs.iter().copied();
        let empty = |input: &usize| self.on[*input] == 0;
        match node.intake {
            _ if !self.todo[task].is_empty() || self.held[task] > 0 => Vec::new(),
            Intake::Each => inputs().filter(empty).collect(),
            Intake::InTurn => inputs().take(1).filter(empty).collect(),
            Intake::Any if inputs().all(|input| empty(&input)) => inputs().collect(),
            Intake::Any => Vec::new(),
        }
    }

    fn go_on(&mut self, task: usize) {
        if !self.full(task).is_empty() || !self.empty(task).is_empty() {
            return;
        }
        match self.todo[task].pop() {
            Some(Todo::Give(node, to)) => {
                for edge in self.outputs[node].0.clone().into_iter().filter(|edge| to.is_none_or(|to| to == *edge)) {
                    if self.keeps(edge) {
                        self.on[edge] += 1;
                    } else if !self.dropped.contains(&edge) {
                        self.dropped.push(edge);
                    }
                }
            }
            Some(Todo::Run(edge)) => {
                let node = self.net().channels[edge].to;
                self.take_in(task, node);
            }
            None => self.take(task),
        }
    }

    fn take(&mut self, task: usize) {
        if self.held[task] > 0 {
            self.held[task] -= 1;
            return self.take_in(task, task);
        }
        let node = &self.shape.net.nodes[task];
        let some: Vec<usize> = node.inputs.iter().copied().filter(|input| self.on[*input] > 0).collect();
        let taken = match node.intake {
            Intake::Each => some,
            Intake::InTurn => node.inputs.iter().copied().take(1).collect(),
            Intake::Any if some.is_empty() => some,
            Intake::Any => vec![some[self.below(some.len())]],
        };
        taken.into_iter().for_each(|input| self.on[input] -= 1);
        self.take_in(task, task);
    }

    /// An item comes to a statement.
    fn take_in(&mut self, task: usize, node: usize) {
        let does = self.shape.does[node];
        self.taken[node] += 1;
        let behind = self.taken[node].saturating_sub(does.skip);
        let complete = behind > 0 && behind.is_multiple_of(does.batch);
        let gives = match (does.gives, self.mood[node].gives) {
            _ if !complete => 0,
            (Gives::One, _) => 1,
            (Gives::AtMostOne, Some(gives)) => gives.min(1),
            (Gives::Any, Some(gives)) => gives,
            (Gives::AtMostOne, None) => self.below(2),
            (Gives::Any, None) => self.below(4),
        };
        for _ in 0..gives {
            self.give(task, node);
        }
    }

    fn give(&mut self, task: usize, node: usize) {
        let outputs = &self.shape.net.nodes[node].outputs;
        let parts = outputs.iter().any(|output| self.net().channels[*output].share == Share::Part);
        let branch = match self.mood[node].branch {
            Some(branch) => branch,
            None => self.below(outputs.len()),
        };
        let to = parts.then(|| outputs[branch % outputs.len()]);
        let inside = self.outputs[node].1.iter().rev().filter(|edge| to.is_none_or(|to| to == **edge));
        self.todo[task].extend(inside.map(|edge| Todo::Run(*edge)));
        self.todo[task].push(Todo::Give(node, to));
    }

    /// The task that a statement is in.
    fn task_of(&self, node: usize) -> usize {
        match self.net().nodes[node].inputs.first() {
            Some(&input) if self.inside[node] => self.task_of(self.net().channels[input].from),
            _ => node,
        }
    }

    /// Whether some tasks wait for one another, so that none of them can ever go on.
    fn is_stuck(&self) -> bool {
        let tasks = self.todo.len();
        let waits: Vec<Vec<usize>> = (0..tasks)
            .map(|task| {
                let readers = self.full(task).into_iter().map(|edge| self.net().channels[edge].to);
                let room = readers.filter(|reader| !self.has_free_hands(*reader));
                let item = self.empty(task).into_iter().map(|edge| self.task_of(self.net().channels[edge].from));
                if self.inside[task] { Vec::new() } else { room.chain(item).collect() }
            })
            .collect();
        // whoever waits for nobody that waits is taken away, until nobody is left or all wait for one another
        let mut left: Vec<bool> = vec![true; tasks];
        loop {
            let is_free = |task: usize| {
                let mut others = waits[task].iter();
                let any = self.net().nodes[task].intake == Intake::Any && self.todo[task].is_empty();
                if any && !waits[task].is_empty() {
                    others.any(|other| !left[*other])
                } else {
                    others.all(|other| !left[*other])
                }
            };
            let free = (0..tasks).find(|task| left[*task] && is_free(*task));
            match free {
                Some(task) => left[task] = false,
                None => return left.contains(&true),
            }
        }
    }
}
