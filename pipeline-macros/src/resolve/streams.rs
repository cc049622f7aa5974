//! The table of names: who defines a stream and who reads it.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, Ident, Type, ext::IdentExt};

use crate::{
    diagnostics::{Diagnostics, closest},
    graph::{Edge, EdgeId, EdgeKind, Lossy, Setting, StatementId},
    syntax::JOINS,
};

/// Words of the language that stand where the name of a stream could.
const RESERVED: [&str; 5] = ["input", "merge", "zip", "concat", "weak"];

/// Keywords that cannot be written as a raw identifier either.
const NEVER_A_NAME: [&str; 4] = ["self", "Self", "super", "crate"];

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
                    self.names.insert(ident.unraw().to_string());
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
    /// Its name in each place where it is read, and the statement there.
    readers: Vec<(Ident, StatementId)>,
    /// Something about it was reported: that nobody reads it, or two do, is no mistake of its own.
    excused: bool,
}

struct Definition {
    name: Ident,
    is: Defined,
}

#[derive(Clone, Copy)]
enum Defined {
    Stream(EdgeId),
    /// A sink, whose name is that of a value.
    Value,
    /// A sink that does not end its stream, which is reported where it stands.
    Unended,
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
        let fresh = self.enter(name, Defined::Stream(id), diagnostics);
        let (name, ty, buffer) = (sayable(name), ty.cloned(), buffer.cloned());
        let edge = Edge { name, ty, from, to: from, kind, buffer, lossy: None };
        self.edges.push(Draft { edge, readers: Vec::new(), excused: !fresh });
        id
    }

    /// Says of a stream that it is lossy.
    pub(super) fn set_lossy(&mut self, edge: EdgeId, lossy: Option<Lossy>) {
        self.edges[edge].edge.lossy = lossy;
    }

    /// Adds the name of a sink; `ends` says that its last operator ends the stream.
    pub(super) fn define_sink(&mut self, name: &Ident, ends: bool, diagnostics: &mut Diagnostics) {
        let is = if ends { Defined::Value } else { Defined::Unended };
        self.enter(name, is, diagnostics);
    }

    /// Enters a name; one that cannot be a name is reported, and so is one that is taken, for which it gives `false`.
    fn enter(&mut self, name: &Ident, is: Defined, diagnostics: &mut Diagnostics) -> bool {
        cannot_be_a_name(name, diagnostics);
        if let Some(first) = self.names.get(&key(name)) {
            diagnostics.conflict(
                name,
                format_args!("`{name}` is defined twice\nhelp: give one of them another name"),
                &first.name,
                format_args!("`{name}` is defined here first"),
            );
            if let Defined::Stream(id) = first.is {
                self.edges[id].excused = true;
            }
            return false;
        }
        self.names.insert(key(name), Definition { name: name.clone(), is });
        true
    }

    /// The edge that statement `to` reads under this name; a mistake is reported, and gives an edge that stands for it.
    pub(super) fn read(&mut self, name: &Ident, to: StatementId, diagnostics: &mut Diagnostics) -> EdgeId {
        let Some(id) = self.find(name) else {
            self.unknown(name, diagnostics);
            // the name may be half typed, and what is generated must not change with it
            return self.stand_in(&Ident::new(&format!("unknown_{}", self.edges.len()), name.span()), to);
        };
        let draft = &mut self.edges[id];
        if draft.readers.is_empty() {
            draft.edge.to = to;
        }
        draft.readers.push((name.clone(), to));
        id
    }

    fn find(&self, name: &Ident) -> Option<EdgeId> {
        match self.names.get(&key(name))?.is {
            Defined::Stream(id) => Some(id),
            Defined::Value | Defined::Unended => None,
        }
    }

    /// Whether there is a stream of this name.
    pub(super) fn is_stream(&self, name: &Ident) -> bool {
        self.find(name).is_some()
    }

    /// The stream of this name is there and has no reader.
    pub(super) fn is_unread(&self, name: &Ident) -> bool {
        self.find(name).is_some_and(|id| self.edges[id].is_unread())
    }

    /// Takes it that every stream that has no reader yet was meant to have one.
    pub(super) fn excuse_all_unread(&mut self) {
        self.edges.iter_mut().filter(|draft| draft.readers.is_empty()).for_each(|draft| draft.excused = true);
    }

    pub(super) fn excuse_edge(&mut self, edge: EdgeId) {
        self.edges[edge].excused = true;
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
        self.edges.push(Draft { edge, readers: vec![(name.clone(), to)], excused: false });
        self.edges.len() - 1
    }

    /// An edge from a statement to itself in the place of one that a mistake has cost.
    pub(super) fn stand_in(&mut self, name: &Ident, statement: StatementId) -> EdgeId {
        self.edges.push(Draft {
            edge: Edge {
                name: sayable(name),
                ty: None,
                from: statement,
                to: statement,
                kind: EdgeKind::Main,
                buffer: None,
                lossy: None,
            },
            readers: Vec::new(),
            excused: true,
        });
        self.edges.len() - 1
    }

    fn unknown(&mut self, name: &Ident, diagnostics: &mut Diagnostics) {
        if self.gaps.targets || self.gaps.names.contains(&key(name)) {
            return;
        }
        match self.names.get(&key(name)).map(|definition| definition.is) {
            Some(Defined::Unended) => return,
            Some(_) => {
                let message = format!(
                    "`{name}` is a sink, not a stream\n\
                     help: its value is there for the tail; to read its stream too, split that with `tee` before it"
                );
                diagnostics.error(name, message);
                return;
            }
            None => {}
        }
        if name == "input" {
            let message = "`input` is no stream, but what a `source` is made of\nhelp: `source items = input;`";
            diagnostics.error(name, message);
            return;
        }
        if self.values.contains(&key(name)) {
            let message = format!(
                "`{name}` is a value, not a stream\n\
                 help: make it one: `source items = {name};`"
            );
            diagnostics.error(name, message);
            return;
        }
        if JOINS.iter().any(|join| name == join) {
            super::head::too_few_parts(name, &[], self, diagnostics);
            return;
        }
        let help = match self.near(name) {
            Some(near) => {
                let help = format!("did you mean `{}`?", self.edges[near].edge.name);
                self.edges[near].excused = true;
                help
            }
            None if !self.has_source => format!("the pipeline has no source: `source {name} = …;`"),
            None => format!(
                "define it, `stage {name} = …;`, or make a value of that name a stream: `source items = {name};`"
            ),
        };
        diagnostics.error(name, format_args!("unknown stream `{name}`\nhelp: {help}"));
    }

    /// The stream that a name was probably meant to be, one that nobody reads before the others.
    fn near(&self, name: &Ident) -> Option<EdgeId> {
        let streams = self.names.values().filter_map(|definition| match definition.is {
            Defined::Stream(id) => Some(id),
            Defined::Value | Defined::Unended => None,
        });
        let (free, taken): (Vec<EdgeId>, Vec<EdgeId>) = streams.partition(|&id| self.edges[id].readers.is_empty());
        let names: Vec<(String, EdgeId)> =
            free.into_iter().chain(taken).map(|id| (key(&self.edges[id].edge.name), id)).collect();
        let near = closest(&key(name), names.iter().map(|(name, _)| name.as_str()))?;
        names.iter().find(|(name, _)| name == near).map(|(_, id)| *id)
    }

    /// Reports the streams that are read more than once, all places of one in one message.
    ///
    /// Where a stream runs in a circle through one of its readers, the circle is the mistake.
    pub(super) fn report_read_twice(&self, cycles: &[Vec<StatementId>], diagnostics: &mut Diagnostics) {
        let circles = |draft: &Draft| {
            cycles.iter().any(|cycle| {
                cycle.contains(&draft.edge.from) && draft.readers.iter().any(|(_, reader)| cycle.contains(reader))
            })
        };
        for draft in self.edges.iter().filter(|draft| !draft.excused && !circles(draft)) {
            if let [(first, _), (second, _), others @ ..] = draft.readers.as_slice() {
                diagnostics.push(read_twice(&draft.edge.name, first, second, others));
            }
        }
    }

    /// Reports the streams that nobody reads; without any sink in the pipeline that is one mistake, not several.
    pub(super) fn report_unread(&self, has_sink: bool, diagnostics: &mut Diagnostics) {
        if self.gaps.inputs {
            return;
        }
        let mut said = has_sink || self.gaps.statements;
        let is_missed = |draft: &&Draft| draft.is_unread() && !self.gaps.names.contains(&key(&draft.edge.name));
        for Draft { edge: Edge { name, kind, .. }, .. } in self.edges.iter().filter(is_missed) {
            let help = format!("help: end it in a sink: `sink {}_count = {name}.count();`", name.unraw());
            if *kind == EdgeKind::Rejects {
                let message = format!("the `else` stream `{name}` is never consumed\n{help}");
                diagnostics.error(name, message);
            } else if has_sink {
                let or = if matches!(kind, EdgeKind::Branch(_)) { ", or remove the branch" } else { "" };
                diagnostics.error(name, format_args!("the stream `{name}` is never consumed\n{help}{or}"));
            } else if !said {
                diagnostics.error(name, format_args!("the pipeline has no sink\n{help}"));
                said = true;
            }
        }
    }

    /// Which statement reads from which: pairs of (from, to).
    pub(super) fn links(&self) -> Vec<(StatementId, StatementId)> {
        let read = |draft: &Draft| draft.readers.iter().map(|&(_, to)| (draft.edge.from, to)).collect::<Vec<_>>();
        self.edges.iter().flat_map(read).collect()
    }

    /// Where statement `to` reads what `from` makes.
    pub(super) fn reading(&self, from: StatementId, to: StatementId) -> Option<&Ident> {
        let made = self.edges.iter().filter(|draft| draft.edge.from == from);
        made.flat_map(|draft| &draft.readers).find(|(_, reader)| *reader == to).map(|(name, _)| name)
    }

    pub(super) fn into_edges(self) -> Vec<Edge> {
        self.edges.into_iter().map(|draft| draft.edge).collect()
    }
}

impl Draft {
    fn is_unread(&self) -> bool {
        self.readers.is_empty() && !self.excused
    }
}

/// A name that generated code can have: a keyword, which was reported, stands in it as a raw identifier.
pub(super) fn sayable(name: &Ident) -> Ident {
    let text = name.to_string();
    if syn::parse_str::<Ident>(&text).is_ok() {
        name.clone()
    } else if NEVER_A_NAME.contains(&text.as_str()) {
        Ident::new(&format!("{text}_"), name.span())
    } else {
        Ident::new_raw(&text, name.span())
    }
}

/// A name as it is compared: `r#type` and `type` are one name.
fn key(name: &Ident) -> String {
    name.unraw().to_string()
}

/// A word of the language or a keyword of Rust in the place of a name.
fn cannot_be_a_name(name: &Ident, diagnostics: &mut Diagnostics) {
    let text = name.to_string();
    if RESERVED.contains(&text.as_str()) {
        let message = format!(
            "`{name}` is a word of the language and cannot name a stream\n\
             help: give it another name"
        );
        diagnostics.error(name, message);
    } else if syn::parse_str::<Ident>(&text).is_err() {
        let raw = if NEVER_A_NAME.contains(&text.as_str()) { String::new() } else { format!(", or write `r#{name}`") };
        let message =
            format!("`{name}` is a keyword of Rust and cannot name a stream\nhelp: give it another name{raw}");
        diagnostics.error(name, message);
    }
}

/// A stream has one reader; this one has two or more.
fn read_twice(stream: &Ident, first: &Ident, second: &Ident, others: &[(Ident, StatementId)]) -> Error {
    let times = match others.len() {
        0 => "twice".to_owned(),
        more => format!("{} times", more + 2),
    };
    let branches: Vec<String> = (1..=others.len() + 2).map(|n| format!("{}_{n}", stream.unraw())).collect();
    let message = format!(
        "`{stream}` is consumed {times}\n\
         help: split it first: `stage ({}) = {stream}.tee();`",
        branches.join(", ")
    );
    let mut error = Error::new_spanned(second, message);
    error.combine(Error::new_spanned(first, format_args!("`{stream}` is consumed here first")));
    for (other, _) in others {
        error.combine(Error::new_spanned(other, format_args!("`{stream}` is consumed here too")));
    }
    error
}
