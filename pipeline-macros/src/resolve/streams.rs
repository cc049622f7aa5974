//! The table of names: who defines a stream and who reads it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Ident, Type};

use crate::{
    diagnostics::{Diagnostics, closest},
    graph::{Edge, EdgeId, EdgeKind, Lossy, Setting, StatementId},
};

/// Words of the language that stand where the name of a stream could.
const RESERVED: [&str; 5] = ["input", "merge", "zip", "concat", "weak"];

/// All streams and sinks of a pipeline.
pub(super) struct Streams {
    edges: Vec<Draft>,
    names: BTreeMap<String, Definition>,
    /// Names of the pipeline's values, which are no streams.
    values: Vec<String>,
    has_source: bool,
    gaps: Gaps,
}

/// What could not be read: a stream may have been defined or consumed there.
#[derive(Default)]
pub(super) struct Gaps {
    /// Names in text that was left out.
    pub(super) names: BTreeSet<String>,
    /// Some statement's input.
    pub(super) inputs: bool,
    /// Some statement's target.
    pub(super) targets: bool,
    /// Some statement, as a whole.
    pub(super) statements: bool,
}

impl Gaps {
    /// Adds the names in text that was left out.
    pub(super) fn leave_out(&mut self, text: TokenStream) {
        for token in text {
            match token {
                TokenTree::Ident(ident) => {
                    self.names.insert(ident.to_string());
                }
                TokenTree::Group(group) => self.leave_out(group.stream()),
                _ => {}
            }
        }
    }
}

/// An edge whose reader is not known yet.
struct Draft {
    edge: Edge,
    /// The name where it is read.
    reader: Option<Ident>,
    /// Something about it was reported: that nobody reads it is no mistake of its own.
    excused: bool,
}

struct Definition {
    name: Ident,
    /// `None`: a sink, whose name is that of a value.
    edge: Option<EdgeId>,
}

impl Streams {
    pub(super) fn new(values: Vec<String>, has_source: bool, gaps: Gaps) -> Self {
        Streams { edges: Vec::new(), names: BTreeMap::new(), values, has_source, gaps }
    }

    /// Says that this text was left out: what it names is not missed elsewhere.
    pub(super) fn leave_out(&mut self, text: impl ToTokens) {
        self.gaps.leave_out(text.to_token_stream());
    }

    /// Adds the stream that statement `from` makes.
    pub(super) fn define(
        &mut self,
        name: &Ident,
        ty: Option<&Type>,
        from: StatementId,
        kind: EdgeKind,
        buffer: Option<&Setting>,
        diagnostics: &mut Diagnostics,
    ) -> EdgeId {
        let id = self.edges.len();
        let fresh = self.enter(name, Some(id), diagnostics);
        let (name, ty, buffer) = (name.clone(), ty.cloned(), buffer.cloned());
        let edge = Edge { name, ty, from, to: from, kind, buffer, lossy: None };
        self.edges.push(Draft { edge, reader: None, excused: !fresh });
        id
    }

    /// Says of a stream that it is lossy.
    pub(super) fn set_lossy(&mut self, edge: EdgeId, lossy: Option<Lossy>) {
        self.edges[edge].edge.lossy = lossy;
    }

    /// Adds the name of a sink.
    pub(super) fn define_sink(&mut self, name: &Ident, diagnostics: &mut Diagnostics) {
        self.enter(name, None, diagnostics);
    }

    /// Enters a name; a reserved one is reported, and so is one that is taken, for which it gives `false`.
    fn enter(&mut self, name: &Ident, edge: Option<EdgeId>, diagnostics: &mut Diagnostics) -> bool {
        if RESERVED.iter().any(|reserved| name == reserved) {
            diagnostics.error(name, format_args!("`{name}` is a word of the language and cannot name a stream"));
        }
        if let Some(first) = self.names.get(&name.to_string()) {
            diagnostics.conflict(
                name,
                format_args!("`{name}` is defined twice\nhelp: give one of them another name"),
                &first.name,
                format_args!("`{name}` is defined here first"),
            );
            return false;
        }
        self.names.insert(name.to_string(), Definition { name: name.clone(), edge });
        true
    }

    /// The edge that statement `to` reads under this name; a mistake is reported, and gives an edge that stands for it.
    pub(super) fn read(&mut self, name: &Ident, to: StatementId, diagnostics: &mut Diagnostics) -> EdgeId {
        let Some(id) = self.names.get(&name.to_string()).and_then(|definition| definition.edge) else {
            self.unknown(name, diagnostics);
            return self.stand_in(name, to);
        };
        let draft = &mut self.edges[id];
        if let Some(first) = &draft.reader {
            diagnostics.conflict(
                name,
                format_args!(
                    "`{name}` is consumed twice\n\
                     help: split it first: `stage ({name}_1, {name}_2) = {name}.tee();`"
                ),
                first,
                format_args!("`{name}` is consumed here first"),
            );
            return id;
        }
        draft.reader = Some(name.clone());
        draft.edge.to = to;
        id
    }

    /// The statement that makes this edge.
    pub(super) fn producer(&self, edge: EdgeId) -> StatementId {
        self.edges[edge].edge.from
    }

    /// Whether the edge drops items when it is full.
    pub(super) fn is_lossy(&self, edge: EdgeId) -> bool {
        self.edges[edge].edge.lossy.is_some()
    }

    /// Adds an edge that has no name in the pipeline's text.
    pub(super) fn connect(
        &mut self,
        name: &Ident,
        ty: Option<&Type>,
        from: StatementId,
        to: StatementId,
        buffer: Option<&Setting>,
    ) -> EdgeId {
        let edge = Edge {
            name: name.clone(),
            ty: ty.cloned(),
            from,
            to,
            kind: EdgeKind::Main,
            buffer: buffer.cloned(),
            lossy: None,
        };
        self.edges.push(Draft { edge, reader: Some(name.clone()), excused: false });
        self.edges.len() - 1
    }

    /// An edge from a statement to itself in the place of one that a mistake has cost.
    pub(super) fn stand_in(&mut self, name: &Ident, statement: StatementId) -> EdgeId {
        self.edges.push(Draft {
            edge: Edge {
                name: name.clone(),
                ty: None,
                from: statement,
                to: statement,
                kind: EdgeKind::Main,
                buffer: None,
                lossy: None,
            },
            reader: None,
            excused: true,
        });
        self.edges.len() - 1
    }

    fn unknown(&mut self, name: &Ident, diagnostics: &mut Diagnostics) {
        let text = name.to_string();
        if self.gaps.targets || self.gaps.names.contains(&text) {
            return;
        }
        if self.names.contains_key(&text) {
            let message = format!(
                "`{name}` is a sink, not a stream\n\
                 help: its value is there for the tail"
            );
            diagnostics.error(name, message);
            return;
        }
        if self.values.contains(&text) {
            let message = format!(
                "`{name}` is a value, not a stream\n\
                 help: make it one: `source items = {name};`"
            );
            diagnostics.error(name, message);
            return;
        }
        let streams = self.names.values().filter_map(|definition| definition.edge);
        // a stream that nobody reads is the likelier one
        let (free, taken): (Vec<EdgeId>, Vec<EdgeId>) = streams.partition(|&id| self.edges[id].reader.is_none());
        let names: Vec<String> = free.iter().chain(&taken).map(|&id| self.edges[id].edge.name.to_string()).collect();
        let help = match closest(&text, names.iter().map(String::as_str)) {
            Some(near) => {
                if let Some(id) = self.names.get(near).and_then(|definition| definition.edge) {
                    self.edges[id].excused = true;
                }
                format!("help: did you mean `{near}`?")
            }
            None if !self.has_source => format!("help: the pipeline has no source: `source {name} = …;`"),
            None => format!("help: define it: `source {name} = …;` or `stage {name} = …;`"),
        };
        diagnostics.error(name, format_args!("unknown stream `{name}`\n{help}"));
    }

    /// Reports the streams that nobody reads; without any sink in the pipeline that is one mistake, not several.
    pub(super) fn report_unread(&self, has_sink: bool, diagnostics: &mut Diagnostics) {
        if self.gaps.inputs {
            return;
        }
        let mut said = has_sink || self.gaps.statements;
        let is_missed = |draft: &&Draft| draft.is_unread() && !self.gaps.names.contains(&draft.edge.name.to_string());
        for Draft { edge: Edge { name, kind, .. }, .. } in self.edges.iter().filter(is_missed) {
            let help = format!("help: end it in a sink: `sink {name}_count = {name}.count();`");
            if *kind == EdgeKind::Rejects {
                let message = format!("the `else` stream `{name}` is never consumed\n{help}");
                diagnostics.error(name, message);
            } else if has_sink {
                diagnostics.error(name, format_args!("the stream `{name}` is never consumed\n{help}"));
            } else if !said {
                diagnostics.error(name, format_args!("the pipeline has no sink\n{help}"));
                said = true;
            }
        }
    }

    /// Which statement reads from which: pairs of (from, to).
    pub(super) fn links(&self) -> Vec<(StatementId, StatementId)> {
        let read = self.edges.iter().filter(|draft| draft.reader.is_some());
        read.map(|draft| (draft.edge.from, draft.edge.to)).collect()
    }

    pub(super) fn into_edges(self) -> Vec<Edge> {
        self.edges.into_iter().map(|draft| draft.edge).collect()
    }
}

impl Draft {
    fn is_unread(&self) -> bool {
        self.reader.is_none() && !self.excused
    }
}
