//! The biconnected components of an undirected graph: two of its edges are in one if they lie on a common simple cycle.
//!
//! By Hopcroft and Tarjan (1973), in linear time.

/// A graph of `vertices` numbered vertices and these edges: the component of each edge.
pub(super) fn blocks(vertices: usize, edges: &[(usize, usize)]) -> Vec<usize> {
    let mut neighbours = vec![Vec::new(); vertices];
    for (id, &(a, b)) in edges.iter().enumerate() {
        neighbours[a].push((id, b));
        neighbours[b].push((id, a));
    }
    let mut search = Search {
        neighbours,
        found: vec![None; vertices],
        lowest: vec![0; vertices],
        time: 0,
        open: Vec::new(),
        block: vec![None; edges.len()],
        blocks: 0,
    };
    for root in 0..vertices {
        if search.found[root].is_none() {
            search.visit(root);
        }
    }
    // every edge is in one; a number of its own is right for any that were not
    search.block.iter().enumerate().map(|(id, block)| block.unwrap_or(search.blocks + id)).collect()
}

struct Search {
    /// By vertex: the edges, and where they lead.
    neighbours: Vec<Vec<(usize, usize)>>,
    /// When a vertex was found.
    found: Vec<Option<usize>>,
    /// The earliest vertex that can be reached from below a vertex, without the way it was found by.
    lowest: Vec<usize>,
    time: usize,
    /// Edges whose component is not complete.
    open: Vec<usize>,
    block: Vec<Option<usize>>,
    blocks: usize,
}

/// A vertex that is being visited.
struct Visit {
    vertex: usize,
    /// The edge by which it was found.
    by: Option<usize>,
    /// The neighbour to look at next.
    next: usize,
}

impl Search {
    fn discover(&mut self, vertex: usize) {
        self.found[vertex] = Some(self.time);
        self.lowest[vertex] = self.time;
        self.time += 1;
    }

    /// Depth first; without recursion, as a pipeline may be long.
    fn visit(&mut self, root: usize) {
        self.discover(root);
        let mut path = vec![Visit { vertex: root, by: None, next: 0 }];
        while let Some(visit) = path.last_mut() {
            let vertex = visit.vertex;
            let Some(&(edge, to)) = self.neighbours[vertex].get(visit.next) else {
                let by = visit.by;
                path.pop();
                if let (Some(above), Some(by)) = (path.last(), by) {
                    self.leave(vertex, above.vertex, by);
                }
                continue;
            };
            visit.next += 1;
            if visit.by == Some(edge) || self.block[edge].is_some() {
                continue;
            }
            match self.found[to] {
                // an edge is met again from its other end
                Some(time) if time > self.found[vertex].unwrap_or(0) => {}
                Some(time) => {
                    self.open.push(edge);
                    self.lowest[vertex] = self.lowest[vertex].min(time);
                }
                None => {
                    self.open.push(edge);
                    self.discover(to);
                    path.push(Visit { vertex: to, by: Some(edge), next: 0 });
                }
            }
        }
    }

    /// All below `vertex` has been seen.
    fn leave(&mut self, vertex: usize, above: usize, by: usize) {
        self.lowest[above] = self.lowest[above].min(self.lowest[vertex]);
        if self.found[above].is_some_and(|time| self.lowest[vertex] >= time) {
            while let Some(edge) = self.open.pop() {
                self.block[edge] = Some(self.blocks);
                if edge == by {
                    break;
                }
            }
            self.blocks += 1;
        }
    }
}
