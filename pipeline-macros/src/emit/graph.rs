//! Emits the pipeline as data: the value behind `Pipeline::graph()`, the `fn` form's constant and its drawing.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use syn::{Attribute, Ident, LitStr, Visibility, ext::IdentExt};

use super::{names, shown};
use crate::draw::{self, Link, Node};
use crate::graph::{
    Arg, EdgeKind, End, Func, Function, Graph, Head, Jitter, JoinKind, OnError, Op, Retry, Setting, Statement,
    StatementKind, Timeout,
};
use crate::ops::OpKind;
use crate::syntax::Header;
use crate::text;

/// `#![name = "…"]`, else the `fn`'s name. Another pipeline's is not known before rustc expands it: file and line.
fn name_text(graph: &Graph) -> Option<String> {
    let own = graph.options.name.as_ref().map(LitStr::value);
    own.or_else(|| graph.function.as_ref().map(|function| name_of(&function.name)))
}

/// A constant expression of type `&'static str`.
fn name_value(graph: &Graph, runtime: &TokenStream) -> TokenStream {
    match name_text(graph) {
        Some(name) => name.to_token_stream(),
        None => {
            let private = quote! { #runtime::__private };
            quote! { #private::concat!(#private::file!(), ":", #private::line!()) }
        }
    }
}

/// A constant expression of type `Graph`.
pub(crate) fn graph_value(graph: &Graph, runtime: &TokenStream) -> TokenStream {
    let name = name_value(graph, runtime);
    let stages = graph.statements.iter().map(|statement| stage_value(graph, statement, runtime));
    let edges = graph.edges.iter().map(|edge| {
        let name = name_of(&edge.name);
        let (from, to) = (index(edge.from), index(edge.to));
        let kind = match edge.kind {
            EdgeKind::Main => quote! { Main },
            EdgeKind::Branch(_) => quote! { Branch },
            EdgeKind::Rejects => quote! { Rejects },
        };
        let buffer = match &edge.buffer {
            Some(setting) => {
                let text = text::setting(setting);
                quote! { #runtime::__private::Some(#text) }
            }
            None => quote! { #runtime::__private::None },
        };
        let lossy = edge.lossy.as_ref().map(|lossy| {
            let drops = lossy.drops.name();
            quote! { .lossy(#drops) }
        });
        quote! {
            #runtime::__private::GraphEdge::new(#name, #from, #to, #runtime::__private::EdgeKind::#kind, #buffer) #lossy
        }
    });
    let drawing = drawing_text(graph);
    quote! {
        #runtime::Graph::new(#name, &[#(#stages),*], &[#(#edges),*], #drawing)
    }
}

fn stage_value(graph: &Graph, statement: &Statement, runtime: &TokenStream) -> TokenStream {
    let name = name_of(&statement.name);
    let kind = match statement.kind {
        StatementKind::Source => quote! { Source },
        StatementKind::Stage => quote! { Stage },
        StatementKind::Sink => quote! { Sink },
    };
    let operators = operators(graph, statement);
    let policies = policies(graph, statement).into_iter().map(|(name, value)| {
        quote! { #runtime::__private::GraphPolicy::new(#name, #value) }
    });
    let line = proc_macro2::Literal::usize_unsuffixed(statement.name.span().start().line);
    quote! {
        #runtime::__private::GraphStage::new(
            #name,
            #runtime::__private::StageKind::#kind,
            &[#(#operators),*],
            &[#(#policies),*],
            #line
        )
    }
}

/// The drawing, without a newline at its end.
pub(crate) fn drawing_text(graph: &Graph) -> String {
    let nodes: Vec<Node> = graph
        .statements
        .iter()
        .map(|statement| Node { label: label(graph, statement), detail: detail(graph, statement) })
        .collect();
    let links: Vec<Link> = graph
        .edges
        .iter()
        .map(|edge| Link {
            from: edge.from,
            to: edge.to,
            label: match edge.kind {
                EdgeKind::Main => String::new(),
                EdgeKind::Branch(_) | EdgeKind::Rejects => match &edge.lossy {
                    Some(lossy) => format!("{} lossy({})", name_of(&edge.name), lossy.drops.name()),
                    None => name_of(&edge.name),
                },
            },
        })
        .collect();
    draw::draw(name_text(graph).as_deref().unwrap_or("pipeline"), &nodes, &links)
}

/// Adds the drawing to the `fn` form's documentation; nothing for a block, which has none.
pub(crate) fn docs(graph: &Graph) -> TokenStream {
    if graph.function.is_none() {
        return TokenStream::new();
    }
    let drawing = drawing_text(graph);
    // A name or a setting's text may hold a fence of its own.
    let longest = drawing.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    // The first newline parts it from the user's last line.
    let doc = format!("\n{fence}text\n{drawing}\n{fence}");
    quote! { #[doc = #doc] }
}

/// The constant beside the `fn` form: `LOAD_GRAPH` for `load`.
pub(crate) fn constant(graph: &Graph, runtime: &TokenStream) -> Option<TokenStream> {
    let Function { attrs, vis, name, .. } = graph.function.as_ref()?;
    Some(constant_of(attrs, vis, name, runtime, &graph_value(graph, runtime)))
}

/// What stands for the constant beside a function that could not be read.
pub(crate) fn empty_constant(header: &Header, runtime: &TokenStream) -> TokenStream {
    let Header { attrs, vis, name, .. } = header;
    constant_of(attrs, vis, name, runtime, &quote!(#runtime::__private::BROKEN_GRAPH))
}

fn constant_of(
    attrs: &[Attribute],
    vis: &Visibility,
    name: &Ident,
    runtime: &TokenStream,
    value: &TokenStream,
) -> TokenStream {
    // A lint that the function calls for is not reported again for what is generated.
    let span = names::at(name.span());
    let called = name_of(name);
    let name = Ident::new(&format!("{}_GRAPH", called.to_uppercase()), span);
    // No link: in an `impl` block it would have to begin with `Self`.
    let doc = format!("The stages, edges and policies of `{called}`, as data.");
    // Where the function does not exist, its graph does not either.
    let attrs = attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    quote_spanned! {span=>
        #(#attrs)*
        #[doc = #doc]
        #vis const #name: #runtime::Graph = #value;
    }
}

/// `stage records`, `stage (slow, normal)`: the statement up to its `=`.
fn label(graph: &Graph, statement: &Statement) -> String {
    let keyword = match statement.kind {
        StatementKind::Source => "source",
        StatementKind::Stage => "stage",
        StatementKind::Sink => "sink",
    };
    match &statement.end {
        End::Tee(branches, _) | End::Route(branches, _) => {
            format!("{keyword} ({})", edge_names(graph, branches))
        }
        End::Edge(_) | End::Terminal(_) => format!("{keyword} {}", name_of(&statement.name)),
    }
}

/// Operators and policies, without what the rails show.
fn detail(graph: &Graph, statement: &Statement) -> String {
    // A line has no room for all that they are told.
    let brief = |(name, value): (&'static str, String)| match (name, &statement.attrs.retry, &statement.attrs.timeout) {
        ("retry", Some(retry), _) => (name, text::setting(&retry.attempts)),
        ("timeout", _, Some(timeout)) => (name, text::setting(&timeout.each)),
        ("on_error", ..) if statement.attrs.decide.is_some() => (name, "|e| …".to_owned()),
        ("rate", ..) => (name, statement.attrs.rate.as_ref().map(shown::brief_rate).unwrap_or_default()),
        ("breaker", ..) => (name, statement.attrs.breaker.as_ref().map(shown::brief_breaker).unwrap_or_default()),
        _ => (name, value),
    };
    let policies = policies(graph, statement)
        .into_iter()
        .map(brief)
        .filter(|(name, value)| *name != "else" && (*name, value.as_str()) != ("on_error", "reject"))
        .map(|(name, value)| if value.is_empty() { name.to_owned() } else { format!("{name}({value})") });
    operators(graph, statement).into_iter().chain(policies).collect::<Vec<_>>().join(" · ")
}

/// All that happens to an item, in order: the join, the operators, the fan-out or terminal.
fn operators(graph: &Graph, statement: &Statement) -> Vec<String> {
    let join = match &statement.head {
        Head::Join { kind, parts, .. } => {
            let kind = match kind {
                JoinKind::Merge => "merge",
                JoinKind::Zip => "zip",
                JoinKind::Concat => "concat",
            };
            let inputs = parts.iter().filter_map(|part| {
                let name = name_of(&graph.edges.get(part.edge)?.name);
                Some(if part.weak { format!("weak {name}") } else { name })
            });
            Some(format!("{kind}({})", inputs.collect::<Vec<_>>().join(", ")))
        }
        Head::Source(_) | Head::Generator(_) | Head::Input | Head::Edge { .. } => None,
    };
    let end = match &statement.end {
        End::Edge(_) => None,
        End::Tee(..) => Some("tee".to_owned()),
        End::Route(_, op) | End::Terminal(op) => Some(operator(op)),
    };
    join.into_iter().chain(statement.ops.iter().map(operator)).chain(end).collect()
}

/// `map`, `batch(500, 1s)`, `window(every = 1s)`
fn operator(op: &Op) -> String {
    let setting = |arg: &Arg| match arg {
        Arg::Setting(setting) => Some(text::setting(setting)),
        Arg::Value(flow) if op.spec.kind == OpKind::Via => Some(text::tokens(flow)),
        Arg::Function(_) | Arg::Value(_) => None,
    };
    let named = op.options.iter().filter_map(|(name, arg)| Some(format!("{name} = {}", setting(arg)?)));
    let settings: Vec<String> = op.args.iter().filter_map(setting).chain(named).collect();
    match settings.as_slice() {
        [] => op.spec.name.to_owned(),
        settings => format!("{}({})", op.spec.name, settings.join(", ")),
    }
}

/// The policies that were asked for, by name and value.
fn policies(graph: &Graph, statement: &Statement) -> Vec<(&'static str, String)> {
    let attrs = &statement.attrs;
    let on_error = match (attrs.on_error, &attrs.decide) {
        (OnError::Skip, _) => Some("skip".to_owned()),
        (OnError::Reject, _) => Some("reject".to_owned()),
        (OnError::Decided, Some(decide)) => Some(text::func(&decide.func)),
        (OnError::Fail | OnError::Decided, _) => None,
    };
    let rejects = statement.rejects.and_then(|edge| graph.edges.get(edge));
    [
        attrs.workers.as_ref().map(|n| ("workers", text::setting(n))),
        attrs.unordered.map(|_| ("unordered", String::new())),
        attrs.keyed.as_ref().map(|key| ("keyed", keyed(key, attrs.idle.as_ref()))),
        attrs.in_flight.as_ref().map(|n| ("in_flight", text::setting(n))),
        attrs.blocking.map(|_| ("blocking", String::new())),
        attrs.inline.then(|| ("inline", String::new())),
        attrs.rate.as_ref().map(|rate| ("rate", shown::rate(rate))),
        attrs.limit.as_ref().map(|limit| ("limit", text::tokens(limit))),
        attrs.breaker.as_ref().map(|breaker| ("breaker", shown::breaker(breaker))),
        attrs.retry.as_ref().map(|retry| ("retry", self::retry(retry))),
        attrs.timeout.as_ref().map(|timeout| ("timeout", self::timeout(timeout))),
        on_error.map(|what| ("on_error", what)),
        statement.finishes().then(|| ("on_cancel", attrs.on_cancel.name().to_owned())),
        rejects.map(|edge| ("else", name_of(&edge.name))),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// `|x| x.id`, with `, idle = 5m` behind it.
fn keyed(key: &Func, idle: Option<&Setting>) -> String {
    let idle = idle.map(|idle| format!(", idle = {}", text::setting(idle)));
    text::func(key) + &idle.unwrap_or_default()
}

/// `2s`, with `, total = 10s` behind it.
fn timeout(timeout: &Timeout) -> String {
    let total = timeout.total.as_ref().map(|(_, total)| format!(", total = {}", text::setting(total)));
    text::setting(&timeout.each) + &total.unwrap_or_default()
}

/// `attempts = 4, backoff = 50ms..2s`, as far as it was given.
fn retry(retry: &Retry) -> String {
    let backoff = retry.backoff.as_ref();
    let backoff = backoff.map(|range| format!("{}..{}", text::setting(&range.first), text::setting(&range.longest)));
    let given = [
        ("attempts", Some(text::setting(&retry.attempts))),
        ("backoff", backoff),
        ("jitter", (retry.jitter == Jitter::None).then(|| retry.jitter.name().to_owned())),
        ("factor", retry.factor.as_ref().map(text::tokens)),
        ("max_elapsed", retry.max_elapsed.as_ref().map(text::setting)),
        ("when", retry.when.as_ref().map(text::func)),
        ("after", retry.after.as_ref().map(text::func)),
    ];
    let given = given.into_iter().filter_map(|(name, value)| Some(format!("{name} = {}", value?)));
    given.collect::<Vec<_>>().join(", ")
}

fn edge_names(graph: &Graph, edges: &[usize]) -> String {
    let names: Vec<String> =
        edges.iter().filter_map(|edge| graph.edges.get(*edge)).map(|edge| name_of(&edge.name)).collect();
    names.join(", ")
}

/// The name without the `r#` of a raw identifier.
fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

/// `3`, for readers of the expansion, rather than `3usize`.
fn index(index: usize) -> proc_macro2::Literal {
    proc_macro2::Literal::usize_unsuffixed(index)
}

#[cfg(test)]
mod tests {
    use proc_macro2::Span;
    use syn::parse_quote;

    use super::*;
    use crate::graph::{Edge, Function, Options, Policies};

    fn statement(kind: StatementKind, name: &str, head: Head, ops: Vec<Op>, end: End) -> Statement {
        Statement {
            kind,
            name: Ident::new(name, Span::call_site()),
            ty: None,
            attrs: Policies::default(),
            head,
            ops,
            end,
            rejects: None,
            tainted: false,
        }
    }

    fn edge(name: &str, from: usize, to: usize, kind: EdgeKind) -> Edge {
        Edge { name: Ident::new(name, Span::call_site()), ty: None, from, to, kind, buffer: None, lossy: None }
    }

    fn op(name: &str, args: Vec<Arg>) -> Op {
        let spec = crate::ops::find(name).unwrap();
        Op { name: Ident::new(name, Span::call_site()), spec, generics: None, args, options: Vec::new() }
    }

    fn reads(edge: usize) -> Head {
        Head::Edge { edge, question: None }
    }

    /// ```text
    /// source lines = …;
    /// #[workers(cfg.parsers), unordered] stage records = lines.map(…) else r#else;
    /// #[on_error(skip)] sink stored = records.batch(500, 1.5s).for_each(…);
    /// sink rejected = r#else.count();
    /// ```
    fn load() -> Graph {
        let span = Span::call_site();
        let (count, second) = (Setting::Count(500, span), Setting::Duration(1_500_000_000, span));
        let batch = op("batch", vec![Arg::Setting(count), Arg::Setting(second)]);
        let source = Head::Source(parse_quote!(read_lines(&path)));
        let mut statements = vec![
            statement(StatementKind::Source, "lines", source, vec![], End::Edge(0)),
            statement(StatementKind::Stage, "records", reads(0), vec![op("map", vec![])], End::Edge(1)),
            statement(StatementKind::Sink, "stored", reads(1), vec![batch], End::Terminal(op("for_each", vec![]))),
            statement(StatementKind::Sink, "rejected", reads(2), vec![], End::Terminal(op("count", vec![]))),
        ];
        statements[1].rejects = Some(2);
        statements[1].attrs.workers = Some(Setting::Expr(parse_quote!(cfg.parsers)));
        statements[1].attrs.unordered = Some(span);
        statements[1].attrs.on_error = OnError::Reject;
        statements[2].attrs.on_error = OnError::Skip;
        let mut edges = vec![
            edge("lines", 0, 1, EdgeKind::Main),
            edge("records", 1, 2, EdgeKind::Main),
            edge("r", 1, 3, EdgeKind::Rejects),
        ];
        edges[0].buffer = Some(Setting::Count(64, span));
        edges[2].name = Ident::new_raw("else", span);
        Graph {
            function: Some(Function {
                attrs: vec![parse_quote!(#[doc = "Loads."]), parse_quote!(#[cfg(unix)])],
                vis: parse_quote!(pub),
                name: Ident::new("load", span),
                generics: syn::Generics::default(),
                inputs: syn::punctuated::Punctuated::new(),
                output: parse_quote!(Pipeline<u64>),
            }),
            error: None,
            options: Options::default(),
            lets: vec![],
            shared: vec![],
            statements,
            edges,
            sinks: vec![2, 3],
            tail: None,
        }
    }

    const DRAWING: &str = "\
load
●    source lines
●    stage records  map · workers(cfg.parsers) · unordered
├─╮    else
● │  sink stored    batch(500, 1.5s) · for_each · on_error(skip)
  ●  sink rejected  count";

    #[test]
    fn drawing() {
        assert_eq!(drawing_text(&load()), DRAWING);
    }

    #[test]
    fn constant_beside_the_function() {
        let constant = constant(&load(), &quote!(rt)).unwrap();
        let emitted = prettyplease::unparse(&parse_quote!(#constant)).replace(&DRAWING.replace('\n', "\\n"), "…");
        let expected = r#"
            #[cfg(unix)]
            #[doc = "The stages, edges and policies of `load`, as data."]
            pub const LOAD_GRAPH: rt::Graph = rt::Graph::new(
                "load",
                &[
                    rt::__private::GraphStage::new("lines", rt::__private::StageKind::Source, &[], &[], 1),
                    rt::__private::GraphStage::new(
                        "records",
                        rt::__private::StageKind::Stage,
                        &["map"],
                        &[
                            rt::__private::GraphPolicy::new("workers", "cfg.parsers"),
                            rt::__private::GraphPolicy::new("unordered", ""),
                            rt::__private::GraphPolicy::new("on_error", "reject"),
                            rt::__private::GraphPolicy::new("else", "else")
                        ],
                        1
                    ),
                    rt::__private::GraphStage::new(
                        "stored",
                        rt::__private::StageKind::Sink,
                        &["batch(500, 1.5s)", "for_each"],
                        &[rt::__private::GraphPolicy::new("on_error", "skip")],
                        1
                    ),
                    rt::__private::GraphStage::new("rejected", rt::__private::StageKind::Sink, &["count"], &[], 1)
                ],
                &[
                    rt::__private::GraphEdge::new(
                        "lines", 0, 1, rt::__private::EdgeKind::Main, rt::__private::Some("64")
                    ),
                    rt::__private::GraphEdge::new(
                        "records", 1, 2, rt::__private::EdgeKind::Main, rt::__private::None
                    ),
                    rt::__private::GraphEdge::new(
                        "else", 1, 3, rt::__private::EdgeKind::Rejects, rt::__private::None
                    )
                ],
                "…"
            );
        "#;
        let expected = prettyplease::unparse(&syn::parse_str(expected).unwrap());
        assert_eq!(emitted, expected);
    }

    #[test]
    fn documentation_holds_the_drawing() {
        let doc = format!("\n```text\n{DRAWING}\n```");
        assert_eq!(docs(&load()).to_string(), quote!(#[doc = #doc]).to_string());
    }

    #[test]
    fn documentation_survives_a_fence_in_the_name() {
        let mut graph = load();
        graph.options.name = Some(parse_quote!("```"));
        let docs = docs(&graph).to_string();
        assert!(docs.contains("\\n````text\\n```\\n"), "{docs}");
    }

    #[test]
    fn a_name_of_its_own_wins() {
        let mut graph = load();
        graph.options.name = Some(parse_quote!("nightly load"));
        assert_eq!(name_value(&graph, &quote!(rt)).to_string(), "\"nightly load\"");
        assert_eq!(drawing_text(&graph).lines().next(), Some("nightly load"));
        assert!(constant(&graph, &quote!(rt)).unwrap().to_string().contains("LOAD_GRAPH"));
    }

    #[test]
    fn a_block_is_named_by_its_place() {
        let graph = Graph { function: None, ..load() };
        let place = quote!(rt::__private::concat!(rt::__private::file!(), ":", rt::__private::line!()));
        assert_eq!(name_value(&graph, &quote!(rt)).to_string(), place.to_string());
        assert_eq!(drawing_text(&graph).lines().next(), Some("pipeline"));
        assert!(docs(&graph).is_empty());
        assert!(constant(&graph, &quote!(rt)).is_none());
    }

    #[test]
    fn branches_and_joins() {
        use crate::graph::Part;
        let part = |edge| Part { name: quote::format_ident!("part"), edge, wrap: None, weak: false };
        let keyword = Ident::new("zip", Span::call_site());
        let zip = Head::Join { kind: JoinKind::Zip, keyword, parts: vec![part(1), part(2)], question: None };
        let tee = End::Tee(vec![1, 2], Ident::new("tee", Span::call_site()));
        let source = Head::Source(parse_quote!(0..9));
        let graph = Graph {
            function: None,
            statements: vec![
                statement(StatementKind::Source, "n", source, vec![], End::Edge(0)),
                statement(StatementKind::Stage, "a", reads(0), vec![], tee),
                statement(StatementKind::Sink, "c", zip, vec![], End::Terminal(op("count", vec![]))),
            ],
            edges: vec![
                edge("n", 0, 1, EdgeKind::Main),
                edge("a", 1, 2, EdgeKind::Branch(0)),
                edge("b", 1, 2, EdgeKind::Branch(1)),
            ],
            sinks: vec![2],
            ..load()
        };
        assert_eq!(
            drawing_text(&graph),
            "\
pipeline
●    source n
●    stage (a, b)  tee
├─╮    a, b
├─╯
●    sink c        zip(a, b) · count"
        );
    }
}
