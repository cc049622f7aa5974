//! What a pipeline looks like, as data: stages, edges, policies, source lines.
//!
//! The macro knows all of this at compile time, so a [`Graph`] is a constant and costs nothing at run time.

use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A pipeline's stages and the edges between them, as written in its source.
///
/// Prints as a drawing; [`to_mermaid`](Self::to_mermaid) and [`to_dot`](Self::to_dot) give it to other tools. The
/// `fn` form of `pipeline!` has its graph as a constant beside it:
///
/// ```text
/// pipeline! { pub fn load(path: PathBuf) -> Pipeline<u64, LoadError> { … } }
///
/// println!("{LOAD_GRAPH}");
/// std::fs::write("load.dot", LOAD_GRAPH.to_dot())?;
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Graph {
    /// The pipeline's name: the `fn`'s, or `#![name = "…"]`, or file and line.
    pub name: &'static str,
    /// In topological order: each stage stands behind all that it reads from.
    pub stages: Cow<'static, [Stage]>,
    /// The streams, in the order of their definition.
    pub edges: Cow<'static, [Edge]>,
    pub(crate) drawing: Drawing,
}

/// A pipeline as drawn by the macro, and below it the fragments that were put into it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawing {
    pub(crate) text: &'static str,
    /// By the stages that they stand for.
    pub(crate) fragments: Vec<(&'static str, Drawing)>,
}

/// One `source`, `stage` or `sink` of a [`Graph`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stage {
    /// The name used in reports and failures: the statement's target, the first one if it has several.
    pub name: &'static str,
    /// Which of the three statements it is.
    pub kind: StageKind,
    /// The operators in order, with their settings: `map`, `batch(500, 1s)`.
    pub operators: &'static [&'static str],
    /// How the stage runs.
    pub policies: &'static [Policy],
    /// The line of the statement's name in the file that the pipeline is written in.
    pub line: u32,
}

/// One attribute of a [`Stage`], such as `#[workers(8)]`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Policy {
    /// The attribute's name; `else` for a statement that rejects into a stream.
    pub name: &'static str,
    /// A number or the setting's text, empty if it has none.
    pub value: &'static str,
}

/// One stream of a [`Graph`]: what leads from a stage to the next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edge {
    /// The stream's name.
    pub name: &'static str,
    /// Index in [`Graph::stages`] of the stage that feeds it.
    pub from: usize,
    /// Index in [`Graph::stages`] of the stage that reads it.
    pub to: usize,
    /// What it carries of its producer.
    pub kind: EdgeKind,
    /// A number or the text of `#[buffer(…)]`; `None` is the pipeline's default.
    pub buffer: Option<&'static str>,
    /// What a `lossy` branch of a `tee` drops when it is full, `drop_oldest` or `drop_newest`; `None`: it makes its producer
    /// wait.
    pub lossy: Option<&'static str>,
}

/// Which statement a [`Stage`] was declared by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StageKind {
    /// `source`: items begin here.
    Source,
    /// `stage`: items come in and go on.
    Stage,
    /// `sink`: items end here.
    Sink,
}

/// What an [`Edge`] carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum EdgeKind {
    /// What its producer makes.
    Main,
    /// One branch of a `tee` or `route`.
    Branch,
    /// The failed items of a statement with `else`.
    Rejects,
}

impl Graph {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        stages: &'static [Stage],
        edges: &'static [Edge],
        drawing: &'static str,
    ) -> Self {
        let drawing = Drawing { text: drawing, fragments: Vec::new() };
        Self { name, stages: Cow::Borrowed(stages), edges: Cow::Borrowed(edges), drawing }
    }

    /// The stage of this name.
    #[must_use]
    pub fn stage(&self, name: &str) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.name == name)
    }

    /// The graph as a [Mermaid](https://mermaid.js.org) flowchart, which GitHub, GitLab and rustdoc themes draw.
    ///
    /// Branches carry their stream's name; rejects are dotted.
    #[must_use]
    pub fn to_mermaid(&self) -> String {
        fmt::from_fn(|f| self.write_mermaid(f)).to_string()
    }

    fn write_mermaid(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "---\ntitle: {}\n---\nflowchart TD", Yaml(self.name))?;
        for (id, stage) in self.stages.iter().enumerate() {
            let (open, close) = match stage.kind {
                StageKind::Source => ("([", "])"),
                StageKind::Stage => ("[", "]"),
                StageKind::Sink => ("[[", "]]"),
            };
            // Ids are ours: a stage may be called `end`, which Mermaid takes for its keyword.
            write!(out, "    s{id}{open}\"{}", Mermaid(stage.name))?;
            for part in Detail(stage).parts() {
                write!(out, "<br/>{}", Mermaid(&part))?;
            }
            writeln!(out, "\"{close}")?;
        }
        for edge in &*self.edges {
            let (Edge { from, to, .. }, name) = (edge, Mermaid(edge.name));
            match edge.kind {
                EdgeKind::Main => writeln!(out, "    s{from} --> s{to}")?,
                EdgeKind::Branch => writeln!(out, "    s{from} -->|\"{name}{}\"| s{to}", Mermaid(&edge.remark()))?,
                EdgeKind::Rejects => writeln!(out, "    s{from} -.->|\"{name}\"| s{to}")?,
            }
        }
        Ok(())
    }

    /// The graph in [Graphviz](https://graphviz.org)' language: `dot -Tsvg load.dot`.
    ///
    /// Branches carry their stream's name; rejects are dashed.
    #[must_use]
    pub fn to_dot(&self) -> String {
        fmt::from_fn(|f| self.write_dot(f)).to_string()
    }

    fn write_dot(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "digraph pipeline {{")?;
        writeln!(out, "    label=\"{}\"; labelloc=t;", Dot(self.name))?;
        writeln!(out, "    node [shape=box];")?;
        for (id, stage) in self.stages.iter().enumerate() {
            write!(out, "    s{id} [label=\"{}", Dot(stage.name))?;
            for part in Detail(stage).parts() {
                write!(out, "\\n{}", Dot(&part))?;
            }
            let style = match stage.kind {
                StageKind::Source => ", style=rounded",
                StageKind::Stage => "",
                StageKind::Sink => ", peripheries=2",
            };
            writeln!(out, "\"{style}];")?;
        }
        for edge in &*self.edges {
            let (Edge { from, to, .. }, name) = (edge, Dot(edge.name));
            match edge.kind {
                EdgeKind::Main => writeln!(out, "    s{from} -> s{to};")?,
                EdgeKind::Branch => writeln!(out, "    s{from} -> s{to} [label=\"{name}{}\"];", edge.remark())?,
                EdgeKind::Rejects => {
                    writeln!(out, "    s{from} -> s{to} [label=\"{name}\", style=dashed];")?;
                }
            }
        }
        writeln!(out, "}}")
    }
}

impl Stage {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        name: &'static str,
        kind: StageKind,
        operators: &'static [&'static str],
        policies: &'static [Policy],
        line: u32,
    ) -> Self {
        Self { name, kind, operators, policies, line }
    }

    /// Whether the stage runs inside its producer's task.
    pub(crate) fn is_inline(&self) -> bool {
        self.policies.iter().any(|policy| policy.name == "inline")
    }
}

impl Policy {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, value: &'static str) -> Self {
        Self { name, value }
    }
}

impl Edge {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(name: &'static str, from: usize, to: usize, kind: EdgeKind, buffer: Option<&'static str>) -> Self {
        Self { name, from, to, kind, buffer, lossy: None }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn lossy(self, drops: &'static str) -> Self {
        Self { lossy: Some(drops), ..self }
    }
}

impl Edge {
    /// What stands behind the name of a branch.
    fn remark(&self) -> String {
        self.lossy.map_or(String::new(), |drops| format!(" lossy({drops})"))
    }
}

/// The pipeline as a drawing in plain text, one stage a line.
impl fmt::Display for Graph {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.drawing.fmt(f)
    }
}

impl fmt::Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.text)?;
        for (stage, fragment) in &self.fragments {
            write!(f, "\n\n{stage}: {fragment}")?;
        }
        Ok(())
    }
}

/// `workers(8)`, or the bare name if there is no value.
impl fmt::Display for Policy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.value {
            "" => f.write_str(self.name),
            value => write!(f, "{}({value})", self.name),
        }
    }
}

/// The keyword: `source`, `stage` or `sink`.
impl fmt::Display for StageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            StageKind::Source => "source",
            StageKind::Stage => "stage",
            StageKind::Sink => "sink",
        })
    }
}

/// What a box shows below the stage's name.
struct Detail<'a>(&'a Stage);

impl Detail<'_> {
    /// A line of operators and a line of policies; a line with nothing on it is left out.
    fn parts(&self) -> impl Iterator<Item = String> {
        let policies: Vec<String> = self.0.policies.iter().map(Policy::to_string).collect();
        [self.0.operators.join(" · "), policies.join(" · ")].into_iter().filter(|line| !line.is_empty())
    }
}

/// Text inside a quoted Mermaid label.
struct Mermaid<'a>(&'a str);

impl fmt::Display for Mermaid<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut chars = self.0.chars().peekable();
        let mut in_word = false;
        while let Some(c) = chars.next() {
            let before = std::mem::replace(&mut in_word, c.is_alphanumeric());
            match c {
                // The bulk of the underscores; Markdown takes them for emphasis only at the edge of a word.
                '_' if before && chars.peek().is_some_and(|next| next.is_alphanumeric()) => {
                    f.write_char('_')?;
                }
                // Labels are HTML and Markdown, `%%{` is a directive, and Mermaid writes entities with `#` for `&`.
                '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '_' | '~' | '%' => {
                    write!(f, "#{};", u32::from(c))?;
                }
                '\n' => f.write_str("<br/>")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// Text inside a quoted DOT label.
struct Dot<'a>(&'a str);

impl fmt::Display for Dot<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                // Labels have escapes of their own, `\N` being the node's name.
                '\\' => f.write_str("\\\\")?,
                // Graphviz reads HTML entities in every label.
                '&' => f.write_str("&amp;")?,
                '\n' => f.write_str("\\n")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

/// A quoted YAML scalar, quotes included.
struct Yaml<'a>(&'a str);

impl fmt::Display for Yaml<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                c if c.is_control() => f.write_char(' ')?,
                c => f.write_char(c)?,
            }
        }
        f.write_char('"')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOAD: Graph = Graph::new(
        "load",
        &[
            Stage::new("lines", StageKind::Source, &[], &[], 3),
            Stage::new(
                "records",
                StageKind::Stage,
                &["map"],
                &[Policy::new("workers", "cfg.parsers"), Policy::new("unordered", "")],
                6,
            ),
            Stage::new("end", StageKind::Sink, &["batch(500, 1s)", "for_each"], &[], 8),
            Stage::new("rejected", StageKind::Sink, &["count"], &[], 9),
        ],
        &[
            Edge::new("lines", 0, 1, EdgeKind::Main, None),
            Edge::new("records", 1, 2, EdgeKind::Branch, Some("64")).lossy("drop_oldest"),
            Edge::new("rejects", 1, 3, EdgeKind::Rejects, None),
        ],
        "load\n●\n",
    );

    const HOSTILE: Graph = Graph::new(
        "a \"b\" \\N",
        &[Stage::new(
            "x",
            StageKind::Stage,
            &["batch(a < b && c, \"%%{#1}\\n\")"],
            &[Policy::new("keyed", "|_| `k*2`\n+ a_b")],
            1,
        )],
        &[],
        "",
    );

    #[test]
    fn stage_is_found_by_name() {
        assert_eq!(LOAD.stage("records").map(|stage| stage.line), Some(6));
        assert_eq!(LOAD.stage("record"), None);
    }

    #[test]
    fn display_is_the_drawing() {
        assert_eq!(LOAD.to_string(), "load\n●\n");
    }

    #[test]
    fn mermaid() {
        assert_eq!(
            LOAD.to_mermaid(),
            r#"---
title: "load"
---
flowchart TD
    s0(["lines"])
    s1["records<br/>map<br/>workers(cfg.parsers) · unordered"]
    s2[["end<br/>batch(500, 1s) · for_each"]]
    s3[["rejected<br/>count"]]
    s0 --> s1
    s1 -->|"records lossy(drop_oldest)"| s2
    s1 -.->|"rejects"| s3
"#
        );
    }

    #[test]
    fn dot() {
        assert_eq!(
            LOAD.to_dot(),
            r#"digraph pipeline {
    label="load"; labelloc=t;
    node [shape=box];
    s0 [label="lines", style=rounded];
    s1 [label="records\nmap\nworkers(cfg.parsers) · unordered"];
    s2 [label="end\nbatch(500, 1s) · for_each", peripheries=2];
    s3 [label="rejected\ncount", peripheries=2];
    s0 -> s1;
    s1 -> s2 [label="records lossy(drop_oldest)"];
    s1 -> s3 [label="rejects", style=dashed];
}
"#
        );
    }

    #[test]
    fn mermaid_escapes() {
        assert_eq!(
            HOSTILE.to_mermaid(),
            r#"---
title: "a \"b\" \\N"
---
flowchart TD
    s0["x<br/>batch(a #60; b #38;#38; c, #34;#37;#37;{#35;1}#92;n#34;)<br/>keyed(|#95;| #96;k#42;2#96;<br/>+ a_b)"]
"#
        );
    }

    #[test]
    fn dot_escapes() {
        assert_eq!(
            HOSTILE.to_dot(),
            r#"digraph pipeline {
    label="a \"b\" \\N"; labelloc=t;
    node [shape=box];
    s0 [label="x\nbatch(a < b &amp;&amp; c, \"%%{#1}\\n\")\nkeyed(|_| `k*2`\n+ a_b)"];
}
"#
        );
    }
}
