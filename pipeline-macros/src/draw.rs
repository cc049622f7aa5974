//! Draws a pipeline in plain text, one node a line, as `git log --graph` draws commits:
//!
//! ```text
//! load
//! ●      source lines
//! ●      stage records         map · workers(8)
//! ├───╮    rejects
//! ●   │  stage (slow, normal)  route
//! ├─╮ │    slow, normal
//! │ ● │  stage located         map · in_flight(64)
//! ├─╯ │
//! ●   │  stage rows            merge(slow, located)
//! ●   │  sink stored           for_each
//!     ●  sink rejected         count
//! ```
//!
//! The graph falls apart into *tracks*: vertical lines of nodes and links. A node's first output goes straight down on
//! the node's track and each further one begins a track of its own; one of a node's inputs comes straight from above
//! and the others end beside it. So the only horizontal strokes are one *bus* above a node where tracks join it and
//! one below where tracks fork off. A track that a bus passes on its way is drawn whole (`├─│─╮`), a junction is not.

/// What one line of the drawing stands for.
pub(crate) struct Node {
    /// Such as `stage records`.
    pub(crate) label: String,
    /// Such as `map · workers(8)`.
    pub(crate) detail: String,
}

/// A line from a node to a later one.
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    /// The stream's name where the reader needs it, as for branches and rejects; else empty.
    pub(crate) label: String,
}

/// Details are cut at this width: the drawing shows the shape, the source has the rest.
const DETAIL_WIDTH: usize = 72;
/// Details line up behind labels no longer than this.
const LABEL_WIDTH: usize = 32;
/// Beyond so many tracks, their order is no longer optimised, which takes cubic time.
const ORDERED_TRACKS: usize = 48;

/// The drawing, with `name` as its first line and no newline at its end.
///
/// `nodes` stand in topological order. A link that leads nowhere or backwards is not drawn.
pub(crate) fn draw(name: &str, nodes: &[Node], links: &[Link]) -> String {
    let layout = Layout::new(nodes.len(), links);
    let columns = layout.columns();
    let rails = columns.iter().max().map_or(0, |last| 2 * last + 1);
    let aligned = nodes
        .iter()
        .filter(|node| !node.detail.is_empty())
        .map(|node| width(&node.label))
        .filter(|width| *width <= LABEL_WIDTH)
        .max()
        .unwrap_or(0);

    let mut out = one_line(name);
    for (row, line) in layout.rows.iter().enumerate() {
        let text = match *line {
            Row::Node { node, .. } => {
                let Node { label, detail } = &nodes[node];
                format!("{:aligned$}  {}", one_line(label), shorten(&one_line(detail)))
            }
            Row::Bus { kind: BusKind::Fork, node, .. } => {
                format!("  {}", fork_label(&layout.outputs[node], &layout, &columns, links))
            }
            Row::Bus { kind: BusKind::Join, .. } => String::new(),
        };
        let line = format!("{:rails$}  {text}", layout.rails(row, &columns));
        out.push('\n');
        out.push_str(line.trim_end());
    }
    out
}

/// The names of what goes down from a fork, from left to right.
fn fork_label(outputs: &[usize], layout: &Layout, columns: &[usize], links: &[Link]) -> String {
    if outputs.iter().all(|link| links[*link].label.is_empty()) {
        return String::new();
    }
    let mut by_column: Vec<(usize, String)> = outputs
        .iter()
        .enumerate()
        // What goes straight on needs no name.
        .filter(|(n, link)| *n > 0 || !links[**link].label.is_empty())
        .map(|(_, link)| (columns[layout.of_link[*link]], one_line(&links[*link].label)))
        .collect();
    by_column.sort();
    let names: Vec<&str> =
        by_column.iter().map(|(_, name)| if name.is_empty() { "·" } else { name.as_str() }).collect();
    names.join(", ")
}

/// One vertical line of the drawing, with the rows that it covers.
struct Track {
    first: usize,
    last: usize,
    /// A node below the last row would read as its successor.
    ends_in_node: bool,
}

impl Track {
    fn covers(&self, row: usize) -> bool {
        (self.first..=self.last).contains(&row)
    }

    /// Whether the two would run into one another in one column.
    fn meets(&self, other: &Track) -> bool {
        let end = |track: &Track| track.last + usize::from(track.ends_in_node);
        self.first <= end(other) && other.first <= end(self)
    }
}

enum Row {
    Node {
        node: usize,
        track: usize,
    },
    /// Connects the track of a node with those that join it or fork off it.
    Bus {
        kind: BusKind,
        node: usize,
        home: usize,
        others: Vec<usize>,
    },
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum BusKind {
    Join,
    Fork,
}

/// The graph, cut into tracks and laid out in rows; columns are still open.
struct Layout {
    tracks: Vec<Track>,
    rows: Vec<Row>,
    /// The track of each link.
    of_link: Vec<usize>,
    /// The links out of each node, the straight one first.
    outputs: Vec<Vec<usize>>,
}

impl Layout {
    fn new(nodes: usize, links: &[Link]) -> Self {
        let mut inputs = vec![Vec::new(); nodes];
        let mut outputs = vec![Vec::new(); nodes];
        for (id, link) in links.iter().enumerate() {
            if link.from < link.to && link.to < nodes {
                outputs[link.from].push(id);
                inputs[link.to].push(id);
            }
        }
        for outputs in &mut outputs {
            // Stable: in the given order else.
            outputs.sort_by_key(|link| !links[*link].label.is_empty());
        }

        let mut this = Self { tracks: Vec::new(), rows: Vec::new(), of_link: vec![0; links.len()], outputs };
        for (node, inputs) in inputs.iter().enumerate() {
            this.place(node, inputs, links);
        }
        this
    }

    /// Appends the rows of one node and begins, ends or extends the tracks that it touches.
    fn place(&mut self, node: usize, inputs: &[usize], links: &[Link]) {
        // Straight on both ends makes the longest lines; the oldest track is the main one.
        let straight = inputs.iter().copied().min_by_key(|link| {
            let bent = self.outputs[links[*link].from].first() != Some(link);
            (bent, self.of_link[*link])
        });
        let home = match straight {
            Some(link) => self.of_link[link],
            None => self.begin(),
        };

        let joining: Vec<usize> =
            inputs.iter().filter(|link| Some(**link) != straight).map(|link| self.of_link[*link]).collect();
        if !joining.is_empty() {
            for track in &joining {
                self.tracks[*track].last = self.rows.len();
                self.tracks[*track].ends_in_node = false;
            }
            self.rows.push(Row::Bus { kind: BusKind::Join, node, home, others: joining });
        }

        self.tracks[home].last = self.rows.len();
        self.tracks[home].ends_in_node = true;
        self.rows.push(Row::Node { node, track: home });

        let outputs = self.outputs[node].clone();
        let mut forking = Vec::new();
        for (n, link) in outputs.iter().enumerate() {
            self.of_link[*link] = if n == 0 { home } else { self.begin() };
            if n > 0 {
                forking.push(self.of_link[*link]);
            }
        }
        // A single output has a row of its own only to show its name.
        if outputs.iter().enumerate().any(|(n, link)| n > 0 || !links[*link].label.is_empty()) {
            self.rows.push(Row::Bus { kind: BusKind::Fork, node, home, others: forking });
        }
    }

    /// A track from the next row on.
    fn begin(&mut self) -> usize {
        let row = self.rows.len();
        self.tracks.push(Track { first: row, last: row, ends_in_node: false });
        self.tracks.len() - 1
    }

    /// The column of each track. No two tracks in one column meet.
    fn columns(&self) -> Vec<usize> {
        let mut columns = vec![0; self.tracks.len()];
        let mut placed: Vec<usize> = Vec::new();
        for id in self.order() {
            let track = &self.tracks[id];
            columns[id] = placed
                .iter()
                .filter(|other| self.tracks[**other].meets(track))
                .map(|other| columns[*other] + 1)
                .max()
                .unwrap_or(0);
            placed.push(id);
        }
        columns
    }

    /// The tracks from left to right, so that few are passed by a bus.
    ///
    /// Long ones come first and each goes where it adds the least, as far to the right as that allows: the main line
    /// is at the left, and what forks off and soon joins again lies within what lasts.
    fn order(&self) -> Vec<usize> {
        let mut by_length: Vec<usize> = (0..self.tracks.len()).collect();
        by_length.sort_by_key(|id| std::cmp::Reverse(self.tracks[*id].last - self.tracks[*id].first));
        if by_length.len() > ORDERED_TRACKS {
            by_length.sort_unstable();
            return by_length;
        }
        let mut order = Vec::with_capacity(by_length.len());
        for id in by_length {
            let crossings_at = |place: &usize| {
                let mut tried = order.clone();
                tried.insert(*place, id);
                self.crossings(&tried)
            };
            // The first of equals.
            let best = (0..=order.len()).rev().min_by_key(crossings_at).unwrap_or(0);
            order.insert(best, id);
        }
        order
    }

    /// How many tracks are passed by buses, as far as the tracks have a place yet.
    fn crossings(&self, order: &[usize]) -> usize {
        let place = |track: usize| order.iter().position(|id| *id == track);
        let mut crossings = 0;
        for (row, line) in self.rows.iter().enumerate() {
            let Row::Bus { home, others, .. } = line else { continue };
            let ends = || std::iter::once(home).chain(others);
            let places = || ends().filter_map(|track| place(*track));
            let (Some(left), Some(right)) = (places().min(), places().max()) else { continue };
            crossings += order[left..=right]
                .iter()
                .filter(|id| self.tracks[**id].covers(row) && !ends().any(|end| end == *id))
                .count();
        }
        crossings
    }

    /// The strokes of one row.
    fn rails(&self, row: usize, columns: &[usize]) -> String {
        let mut cells = vec![' '; columns.iter().max().map_or(0, |last| 2 * last + 1)];
        match &self.rows[row] {
            Row::Node { track, .. } => {
                self.pass(row, columns, &mut cells);
                cells[2 * columns[*track]] = '●';
            }
            Row::Bus { kind, home, others, .. } => {
                let ends = || std::iter::once(home).chain(others).map(|track| 2 * columns[*track]);
                let (left, right) = (ends().min().unwrap_or(0), ends().max().unwrap_or(0));
                cells[left..=right].fill('─');
                self.pass(row, columns, &mut cells);
                for end in ends() {
                    cells[end] = end_of_bus(*kind, end < right, end > left);
                }
                let home = 2 * columns[*home];
                cells[home] = match (home > left, home < right) {
                    (false, false) => '│',
                    (false, true) => '├',
                    (true, false) => '┤',
                    (true, true) => '┼',
                };
            }
        }
        cells.into_iter().collect()
    }

    /// Draws all tracks of a row as if nothing happened to them.
    fn pass(&self, row: usize, columns: &[usize], cells: &mut [char]) {
        for (track, column) in self.tracks.iter().zip(columns) {
            if track.covers(row) {
                cells[2 * column] = '│';
            }
        }
    }
}

/// Where a track other than the node's meets the bus, which goes on from there to the right and to the left or not.
fn end_of_bus(kind: BusKind, right: bool, left: bool) -> char {
    match (kind, left, right) {
        (BusKind::Join, true, true) => '┴',
        (BusKind::Join, true, false) => '╯',
        (BusKind::Join, false, _) => '╰',
        (BusKind::Fork, true, true) => '┬',
        (BusKind::Fork, true, false) => '╮',
        (BusKind::Fork, false, _) => '╭',
    }
}

fn width(text: &str) -> usize {
    text.chars().count()
}

/// Keeps what was written from breaking the rails: a name may hold a newline.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn shorten(text: &str) -> String {
    if width(text) <= DETAIL_WIDTH {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(DETAIL_WIDTH - 1).collect();
    short.truncate(short.trim_end().len());
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Nodes by label and detail, links as `(from, to, label)`.
    fn drawn(nodes: &[(&str, &str)], links: &[(usize, usize, &str)]) -> String {
        let nodes: Vec<Node> = nodes
            .iter()
            .map(|(label, detail)| Node { label: (*label).to_owned(), detail: (*detail).to_owned() })
            .collect();
        let links: Vec<Link> =
            links.iter().map(|&(from, to, label)| Link { from, to, label: label.to_owned() }).collect();
        draw("load", &nodes, &links)
    }

    fn drawn_bare(nodes: usize, links: &[(usize, usize)]) -> String {
        let links: Vec<_> = links.iter().map(|&(from, to)| (from, to, "")).collect();
        drawn(&vec![("n", ""); nodes], &links)
    }

    /// Walks down the rails from each node and gives the links that it finds, sorted.
    ///
    /// Reads nothing but the characters.
    fn traced(drawing: &str) -> Vec<(usize, usize)> {
        let grid: Vec<Vec<char>> = drawing.lines().skip(1).map(|line| line.chars().collect()).collect();
        let nodes: Vec<(usize, usize)> = grid
            .iter()
            .enumerate()
            .filter_map(|(row, line)| Some((row, line.iter().position(|c| *c == '●')?)))
            .collect();
        let mut found = Vec::new();
        for (from, (row, column)) in nodes.iter().enumerate() {
            walk(&grid, (row + 1, *column), Heading::Down, &mut |end| {
                let to = nodes.iter().position(|node| *node == end).expect("ends at a node");
                found.push((from, to));
            });
        }
        found.sort_unstable();
        found
    }

    #[derive(Clone, Copy, PartialEq)]
    enum Heading {
        Down,
        Left,
        Right,
    }

    /// Enters the cell with this heading and follows all its strokes but those that lead up or back.
    fn walk(grid: &[Vec<char>], at: (usize, usize), heading: Heading, found: &mut dyn FnMut((usize, usize))) {
        use Heading::{Down, Left, Right};
        let (row, column) = at;
        let cell = grid.get(row).and_then(|line| line.get(column)).copied().unwrap_or(' ');
        // Whether the cell has a stroke towards where we come from, and those that lead on.
        let (enters, exits): (bool, &[Heading]) = match (cell, heading) {
            ('●', Down) => return found(at),
            ('│', Down) => (true, &[Down]),
            // A bus passes beneath it.
            ('─' | '│', Left) => (true, &[Left]),
            ('─' | '│', Right) => (true, &[Right]),
            ('├', _) => (heading != Right, &[Down, Right]),
            ('┤', _) => (heading != Left, &[Down, Left]),
            ('┬', _) => (heading != Down, &[Down, Left, Right]),
            ('┴', _) => (true, &[Left, Right]),
            ('┼', _) => (true, &[Down, Left, Right]),
            ('╭', _) => (heading == Left, &[Down]),
            ('╮', _) => (heading == Right, &[Down]),
            ('╰', _) => (heading != Right, &[Right]),
            ('╯', _) => (heading != Left, &[Left]),
            _ => (false, &[]),
        };
        if !enters {
            assert!(heading == Down, "a bus breaks off at {at:?} in {grid:#?}");
            return;
        }
        for exit in exits {
            match (heading, exit) {
                (Left, Right) | (Right, Left) => {}
                (_, Down) => walk(grid, (row + 1, column), Down, found),
                (_, Left) => walk(grid, (row, column - 1), Left, found),
                (_, Right) => walk(grid, (row, column + 1), Right, found),
            }
        }
    }

    /// Deterministic noise (`SplitMix64`).
    struct Noise(u64);

    impl Noise {
        fn below(&mut self, n: usize) -> usize {
            self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            (z ^ (z >> 31)) as usize % n
        }
    }

    #[test]
    fn a_chain() {
        let drawing = drawn(
            &[("source lines", ""), ("stage words", "flat_map"), ("sink total", "count")],
            &[(0, 1, ""), (1, 2, "")],
        );
        assert_eq!(
            drawing,
            "\
load
●  source lines
●  stage words  flat_map
●  sink total   count"
        );
    }

    #[test]
    fn the_pipeline_of_the_docs() {
        let drawing = drawn(
            &[
                ("source lines", ""),
                ("stage records", "map · workers(8)"),
                ("stage (slow, normal)", "route"),
                ("stage located", "map · in_flight(64)"),
                ("stage rows", "merge(slow, located)"),
                ("sink stored", "for_each"),
                ("sink rejected", "count"),
            ],
            &[(0, 1, ""), (1, 2, ""), (1, 6, "rejects"), (2, 4, "slow"), (2, 3, "normal"), (3, 4, ""), (4, 5, "")],
        );
        let docs: Vec<&str> = include_str!("draw.rs")
            .lines()
            .skip_while(|line| *line != "//! load")
            .take_while(|line| *line != "//! ```")
            .filter_map(|line| line.strip_prefix("//! "))
            .collect();
        assert_eq!(drawing, docs.join("\n"));
    }

    #[test]
    fn tee_into_zip() {
        let drawing = drawn(
            &[("source a", ""), ("stage (b, c)", "tee"), ("stage d", "zip(b, c)"), ("sink e", "count")],
            &[(0, 1, ""), (1, 2, "b"), (1, 2, "c"), (2, 3, "")],
        );
        assert_eq!(
            drawing,
            "\
load
●    source a
●    stage (b, c)  tee
├─╮    b, c
├─╯
●    stage d       zip(b, c)
●    sink e        count"
        );
    }

    #[test]
    fn three_ways_out_and_in() {
        assert_eq!(
            drawn_bare(4, &[(0, 1), (0, 2), (0, 3), (1, 3), (2, 3)]),
            "\
load
●      n
├─┬─╮
● │ │  n
│ ● │  n
├─┴─╯
●      n"
        );
    }

    #[test]
    fn sources_that_meet() {
        assert_eq!(
            drawn_bare(4, &[(0, 2), (1, 2), (2, 3)]),
            "\
load
●    n
│ ●  n
├─╯
●    n
●    n"
        );
    }

    #[test]
    fn parts_that_never_meet_look_apart() {
        assert_eq!(
            drawn_bare(4, &[(0, 1), (2, 3)]),
            "\
load
●    n
●    n
  ●  n
  ●  n"
        );
        assert_eq!(drawn_bare(2, &[]).lines().nth(2), Some("  ●  n"));
    }

    #[test]
    fn a_bus_passes_beneath_a_track() {
        let drawing = drawn_bare(6, &[(0, 3), (0, 4), (1, 3), (1, 5), (2, 4), (2, 5), (0, 5)]);
        assert!(drawing.contains("─│─"), "{drawing}");
    }

    #[test]
    fn rejects_of_a_sink_have_a_name() {
        let drawing = drawn(&[("a", ""), ("b", ""), ("c", "")], &[(0, 1, ""), (1, 2, "rejects")]);
        assert_eq!(drawing, "load\n●  a\n●  b\n│    rejects\n●  c");
    }

    #[test]
    fn nothing_at_all() {
        assert_eq!(drawn_bare(0, &[]), "load");
        assert_eq!(drawn_bare(1, &[(0, 0), (0, 7)]), "load\n●  n");
    }

    #[test]
    fn one_line_a_node_whatever_it_says() {
        let node = Node { label: "a\nb".to_owned(), detail: format!("x\t{}", "y".repeat(500)) };
        let drawing = draw("two\nlines", &[node], &[]);
        let lines: Vec<&str> = drawing.lines().collect();
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0], "two lines");
        assert!(lines[1].starts_with("●  a b  x yyy") && lines[1].ends_with("yyy…"), "{drawing}");
    }

    #[test]
    fn links_are_where_the_rails_lead() {
        let mut noise = Noise(7);
        for round in 0..4_000 {
            let nodes = 2 + noise.below(if round % 50 == 0 { 40 } else { 11 });
            let mut links: Vec<(usize, usize)> = Vec::new();
            for _ in 0..noise.below(2 * nodes) {
                let to = 1 + noise.below(nodes - 1);
                links.push((noise.below(to), to));
            }
            let labels = ["", "", "a", "b"];
            let labelled: Vec<_> = links.iter().map(|&(from, to)| (from, to, labels[noise.below(4)])).collect();
            let drawing = drawn(&vec![("n", "d"); nodes], &labelled);
            links.sort_unstable();
            assert_eq!(traced(&drawing), links, "\n{drawing}");
        }
    }

    #[test]
    fn names_of_a_fork_are_those_of_its_rails() {
        let mut noise = Noise(11);
        for _ in 0..1_000 {
            let nodes = 3 + noise.below(9);
            let mut links: Vec<(usize, usize, String)> = Vec::new();
            for id in 0..noise.below(2 * nodes) {
                let to = 1 + noise.below(nodes - 1);
                links.push((noise.below(to), to, format!("e{id}")));
            }
            let borrowed: Vec<_> = links.iter().map(|(from, to, label)| (*from, *to, label.as_str())).collect();
            let drawing = drawn(&vec![("n", ""); nodes], &borrowed);
            check_names(&drawing, &links);
        }
    }

    /// Follows each rail below a fork and compares where it leads with the link of that name.
    fn check_names(drawing: &str, links: &[(usize, usize, String)]) {
        let grid: Vec<Vec<char>> = drawing.lines().skip(1).map(|line| line.chars().collect()).collect();
        let node_at = |row: usize| grid[..=row].iter().filter(|line| line.contains(&'●')).count() - 1;
        for (row, line) in drawing.lines().skip(1).enumerate() {
            let Some((_, names)) = line.split_once("    ").filter(|(_, names)| names.trim().starts_with('e')) else {
                continue;
            };
            let names: Vec<&str> = names.trim().split(", ").collect();
            let from = node_at(row);
            let home = grid[row - 1].iter().position(|c| *c == '●').expect("a node above");
            let goes_down = |column: usize| match grid[row][column] {
                '├' | '┤' | '┼' | '┬' | '╭' | '╮' => true,
                '│' => column == home,
                _ => false,
            };
            let ends: Vec<usize> = (0..grid[row].len())
                .filter(|column| goes_down(*column))
                .map(|column| {
                    let mut end = None;
                    walk(&grid, (row + 1, column), Heading::Down, &mut |(row, _)| end = Some(node_at(row)));
                    end.expect("leads to a node")
                })
                .collect();
            let expected: Vec<usize> = names
                .iter()
                .map(|name| {
                    let link = links.iter().find(|link| link.2 == *name).expect("is a link");
                    assert_eq!(link.0, from, "\n{drawing}");
                    link.1
                })
                .collect();
            assert_eq!(ends, expected, "\n{drawing}");
        }
    }

    #[test]
    fn nested_forks_cross_nothing() {
        // Forks 0..10 in a chain, closed by joins in reverse: planar, if what lasts is outside.
        let mut links: Vec<(usize, usize)> = (0..20).map(|n| (n, n + 1)).collect();
        links.extend((0..10).map(|n| (n, 20 - n)));
        assert!(!drawn_bare(21, &links).contains("─│"));
    }

    #[test]
    fn many_tracks_are_drawn_all_the_same() {
        let links: Vec<(usize, usize)> = (0..100).map(|n| (n, 100)).collect();
        assert_eq!(traced(&drawn_bare(101, &links)), links);
    }

    #[test]
    fn deterministic() {
        let links = [(0, 1), (0, 2), (0, 3), (1, 4), (2, 4), (3, 5), (4, 5), (1, 5)];
        assert_eq!(drawn_bare(6, &links), drawn_bare(6, &links));
    }
}
