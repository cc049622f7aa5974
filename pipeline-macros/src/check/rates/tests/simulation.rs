//! A run of a shape with fixed ratios, whose sources never end. Unless an edge drops, what comes of it does not depend on
//! the order in which tasks run.

use super::*;

/// Rounds in which each task may do one thing.
const ROUNDS: usize = 1500;

/// Rounds after which other tasks have their turn.
const TURN: usize = 10;

/// What a task has to do before it takes a further item.
#[derive(Clone, Copy)]
enum Todo {
    /// Put what a statement gives into all edges behind it.
    Give(usize),
    /// Hand an item to a statement that runs inside.
    Run(usize),
}

struct Run<'a> {
    shape: &'a Shape,
    /// By statement, the edges behind it, and the statements inside it.
    outputs: Vec<(Vec<usize>, Vec<usize>)>,
    /// Whether a statement is inside another one.
    inside: Vec<bool>,
    /// Items on an edge.
    on: Vec<u64>,
    skip: Vec<u64>,
    group: Vec<u64>,
    /// By task, the next last.
    todo: Vec<Vec<Todo>>,
    /// By chance, or in each round one task after the other.
    order: Option<Random>,
}

/// Whether tasks come to wait for one another, in an order by chance or in each round one after the other.
pub(super) fn stops(shape: &Shape, order: Option<Random>) -> bool {
    let nodes = shape.net.nodes.len();
    let mut run = Run {
        shape,
        outputs: (0..nodes).map(|node| outputs(&shape.net, node)).collect(),
        inside: (0..nodes).map(|node| is_inside(&shape.net, node)).collect(),
        on: vec![0; shape.net.channels.len()],
        skip: shape.skip.clone(),
        group: vec![0; nodes],
        todo: vec![Vec::new(); nodes],
        order,
    };
    let mut turns = vec![true; nodes];
    for round in 1..=ROUNDS {
        if let Some(random) = run.order.as_mut().filter(|_| round % TURN == 1) {
            turns.fill_with(|| random.one_in(2));
        }
        for (task, has_turn) in turns.iter().enumerate() {
            if *has_turn && !run.inside[task] {
                run.go_on(task);
            }
        }
        // who is stuck stays so
        if round % 50 == 0 && run.is_stuck() {
            return true;
        }
    }
    false
}

fn is_inside(net: &Net, node: usize) -> bool {
    net.nodes[node].inputs.iter().any(|input| net.channels[*input].holds == Holds::Nothing)
}

fn outputs(net: &Net, node: usize) -> (Vec<usize>, Vec<usize>) {
    let outputs = net.nodes[node].outputs.iter().copied();
    let (inside, edges): (Vec<usize>, Vec<usize>) =
        outputs.partition(|output| net.channels[*output].holds == Holds::Nothing);
    (edges, inside.into_iter().map(|output| net.channels[output].to).collect())
}

impl Run<'_> {
    fn net(&self) -> &Net {
        &self.shape.net
    }

    fn has_room(&self, edge: usize) -> bool {
        match self.net().channels[edge].holds {
            Holds::Items(0) => self.on[edge] == 0 && self.todo[self.net().channels[edge].to].is_empty(),
            Holds::Items(items) => self.on[edge] < items,
            Holds::Drops(_) => true,
            Holds::Nothing => unreachable!("no edge that could be full"),
        }
    }

    /// Whether an item that is put in is not dropped.
    fn keeps(&mut self, edge: usize) -> bool {
        let channel = &self.shape.net.channels[edge];
        match channel.holds {
            // the reader may say that it waits a moment later
            Holds::Drops(0) => {
                let waits = self.on[edge] == 0 && self.todo[channel.to].is_empty();
                waits && self.order.as_mut().is_none_or(|random| random.one_in(2))
            }
            Holds::Drops(items) => self.on[edge] < items,
            Holds::Items(_) | Holds::Nothing => true,
        }
    }

    /// Edges that the task waits for room in.
    fn full(&self, task: usize) -> Vec<usize> {
        match self.todo[task].last() {
            Some(Todo::Give(node)) => {
                self.outputs[*node].0.iter().copied().filter(|edge| !self.has_room(*edge)).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Edges that the task waits for an item of.
    fn empty(&self, task: usize) -> Vec<usize> {
        let inputs = self.net().nodes[task].inputs.iter().copied();
        if self.todo[task].is_empty() { inputs.filter(|input| self.on[*input] == 0).collect() } else { Vec::new() }
    }

    fn go_on(&mut self, task: usize) {
        if !self.full(task).is_empty() || !self.empty(task).is_empty() {
            return;
        }
        match self.todo[task].pop() {
            Some(Todo::Give(node)) => {
                for edge in self.outputs[node].0.clone() {
                    let kept = self.keeps(edge);
                    self.on[edge] += u64::from(kept);
                }
            }
            Some(Todo::Run(node)) => self.take_in(task, node),
            None => {
                self.shape.net.nodes[task].inputs.iter().for_each(|input| self.on[*input] -= 1);
                self.take_in(task, task);
            }
        }
    }

    /// An item comes to a statement.
    fn take_in(&mut self, task: usize, node: usize) {
        if self.skip[node] > 0 {
            self.skip[node] -= 1;
            return;
        }
        self.group[node] += 1;
        if self.group[node] < self.shape.batch[node] {
            return;
        }
        self.group[node] = 0;
        self.todo[task].extend(self.outputs[node].1.iter().rev().map(|inside| Todo::Run(*inside)));
        self.todo[task].push(Todo::Give(node));
    }

    /// The task that a statement is in.
    fn task_of(&self, node: usize) -> usize {
        match self.net().nodes[node].inputs.first() {
            Some(&input) if self.inside[node] => self.task_of(self.net().channels[input].from),
            _ => node,
        }
    }

    /// Whether some tasks wait for one another. Each waits for all that it waits for, so any cycle is the end.
    fn is_stuck(&self) -> bool {
        let tasks = self.todo.len();
        let waits: Vec<Vec<usize>> = (0..tasks)
            .map(|task| {
                let room = self.full(task).into_iter().map(|edge| self.net().channels[edge].to);
                let item = self.empty(task).into_iter().map(|edge| self.task_of(self.net().channels[edge].from));
                if self.inside[task] { Vec::new() } else { room.chain(item).collect() }
            })
            .collect();
        // whoever waits for nobody that waits is taken away, until nobody is left or all wait for one another
        let mut left: Vec<bool> = vec![true; tasks];
        loop {
            let free = (0..tasks).find(|task| left[*task] && !waits[*task].iter().any(|other| left[*other]));
            match free {
                Some(task) => left[task] = false,
                None => return left.contains(&true),
            }
        }
    }
}
