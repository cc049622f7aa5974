//! Token stream in, diagnostics or resolved graph out.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use crate::{
    check,
    diagnostics::Diagnostics,
    expand,
    graph::{
        Arg, Drops, EdgeKind, End, Func, FuncBody, Graph, Head, JoinKind, OnError, Setting, SharedFrom, StatementKind,
    },
    resolve, syntax,
};

/// The front end over the text of a pipeline.
fn front(text: &str) -> Result<Graph, Vec<String>> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    let mut diagnostics = Diagnostics::default();
    let pipeline = syntax::parse(quote!((::runtime) #tokens), &mut diagnostics);
    if diagnostics.has_errors() {
        return Err(diagnostics.into_messages());
    }
    let graph = resolve::resolve(&pipeline, &mut diagnostics);
    check::check(&graph, &mut diagnostics);
    match diagnostics.into_messages() {
        messages if messages.is_empty() => Ok(graph),
        messages => Err(messages),
    }
}

fn graph(text: &str) -> Graph {
    front(text).unwrap_or_else(|messages| panic!("{text}\n{}", messages.join("\n")))
}

/// Each case: a pipeline, and the facts and helps expected of it, in order.
fn rejects(cases: &[(&str, &[&str])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = front(text).err().unwrap_or_default();
        if found != *expected {
            wrong.push(format!("{text}\n  expected: {expected:#?}\n  found: {found:#?}"));
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
}

/// A pipeline around one chain; what it reads may fail.
fn sink(chain: &str) -> String {
    format!("source a = x; sink s = a{chain};")
}

fn rejects_sinks(cases: &[(&str, &[&str])]) {
    let texts: Vec<String> = cases.iter().map(|(chain, _)| sink(chain)).collect();
    let cases: Vec<(&str, &[&str])> = texts.iter().map(String::as_str).zip(cases.iter().map(|case| case.1)).collect();
    rejects(&cases);
}

fn text(tokens: impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

fn names(graph: &Graph) -> Vec<String> {
    graph.statements.iter().map(|statement| statement.name.to_string()).collect()
}

/// `from -> to: name kind` for each edge.
fn edges(graph: &Graph) -> Vec<String> {
    let statement = |id: usize| &graph.statements[id].name;
    let edges = graph.edges.iter();
    edges
        .map(|edge| format!("{} -> {}: {} {:?}", statement(edge.from), statement(edge.to), edge.name, edge.kind))
        .collect()
}

fn first_func(graph: &Graph) -> &Func {
    let mut ops = graph.statements.iter().flat_map(|statement| statement.all_ops());
    ops.find_map(|op| op.function()).expect("a function")
}

mod accepted {
    use super::*;

    #[test]
    fn the_smallest_block() {
        let graph = graph("source a = 0..3; sink n = a.count();");
        assert!(graph.function.is_none() && graph.error.is_none() && graph.tail.is_none());
        assert_eq!(edges(&graph), ["a -> n: a Main"]);
        assert_eq!(graph.sinks, [1]);
        assert!(matches!(graph.statements[0].head, Head::Source(_)));
        assert!(matches!(&graph.statements[1].end, End::Terminal(op) if op.name == "count"));
    }

    #[test]
    fn both_kinds_of_generators() {
        let graph = graph(
            "source a: u64 = async |out| { out.send(f()?).await; };
            #[blocking, buffer(2)] source b = move |mut out: Out| if !out.send(1) { return };
            source c = (async |out| {});
            sink n = merge(a, b, c).count();",
        );
        let generator = |id: usize| match &graph.statements[id].head {
            Head::Generator(func) => Some((func.asyncness.is_some(), func.fallible)),
            _ => None,
        };
        assert_eq!([0, 1, 2].map(generator), [Some((true, true)), Some((false, false)), None]);
    }

    #[test]
    fn the_whole_of_a_function() {
        let graph = graph(
            "/// Loads.
            pub fn load<T: Db>(path: PathBuf, mut db: T, Config { parsers, .. }: Config) -> Pipeline<Loaded, LoadError> where T: Clone {
                #![deadline(1.5s)]
                #![name = \"loader\", buffer(64)]
                source lines = read_lines(&path).await?;
                #[workers(parsers)]
                stage records: Record = lines?.map(|ref line| Record::parse(line)?) else rejects;
                stage (slow, normal: Record) = records.route(|r| match r.latency { t if t > SLO => slow(r), _ => normal(r) });
                #[in_flight(64), unordered, buffer(8)]
                stage located = normal.map(async |ref r| geo.locate(r).await?);
                stage rows = merge(Row::Slow(slow), Row::<X>::Located(located));
                clone db, http;
                let batch: usize = 500;
                sink stored = rows.batch(batch, 1s).for_each(async |rows| db.insert(rows).await?);
                sink rejected: u64 = rejects.count();
                Loaded { stored, rejected }
            }",
        );
        let function = graph.function.as_ref().expect("a function");
        assert_eq!(function.name, "load");
        assert_eq!(text(&function.output), "Pipeline < Loaded , LoadError >");
        assert_eq!(graph.error.as_ref().map(text), Some("LoadError".to_owned()));
        assert!(matches!(graph.options.deadline, Some(Setting::Duration(1_500_000_000, _))));
        assert!(matches!(graph.options.buffer, Some(Setting::Count(64, _))));
        assert_eq!(graph.options.name.as_ref().map(syn::LitStr::value), Some("loader".to_owned()));
        assert_eq!(names(&graph), ["lines", "records", "slow", "located", "rows", "stored", "rejected"]);
        assert_eq!(
            edges(&graph),
            [
                "lines -> records: lines Main",
                "records -> slow: records Main",
                "records -> rejected: rejects Rejects",
                "slow -> rows: slow Branch(0)",
                "slow -> located: normal Branch(1)",
                "located -> rows: located Main",
                "rows -> stored: rows Main",
            ]
        );
        let shared: Vec<(String, SharedFrom)> =
            graph.shared.iter().map(|shared| (shared.name.to_string(), shared.from)).collect();
        let value = |name: &str| (name.to_owned(), SharedFrom::Value);
        let clone = |name: &str| (name.to_owned(), SharedFrom::Clone);
        assert_eq!(shared, [clone("db"), clone("http"), value("path"), value("parsers"), value("batch")]);
        assert_eq!(graph.edges[4].ty.as_ref().map(text), Some("Record".to_owned()));
        assert!(matches!(graph.edges[5].buffer, Some(Setting::Count(8, _))));
        assert_eq!(graph.statements[1].attrs.on_error, OnError::Reject);
        assert!(matches!(graph.statements[1].attrs.workers, Some(Setting::Expr(_))));
        assert!(matches!(&graph.statements[4].head, Head::Join { kind: JoinKind::Merge, parts, .. }
            if parts.iter().all(|part| part.wrap.is_some())));
        assert!(matches!(&graph.statements[2].end, End::Route(edges, op) if edges == &[3, 4] && op.name == "route"));
        assert_eq!(graph.sinks, [5, 6]);
        assert_eq!(graph.lets.len(), 1);
        assert_eq!(graph.tail.as_ref().map(text), Some("Loaded { stored , rejected }".to_owned()));
    }

    #[test]
    fn statements_in_any_order_come_out_sorted() {
        let graph = graph(
            "sink n = d.count(); stage d = merge(b, c); source c = x; stage b = a; source a = x; sink m = e.last(); source e = y;",
        );
        assert_eq!(names(&graph), ["c", "a", "b", "d", "n", "e", "m"]);
        assert_eq!(graph.sinks, [4, 6]);
    }

    #[test]
    fn written_order_among_the_ready() {
        let graph = graph("source b = x; source a = x; sink t = b.count(); sink s = a.count();");
        assert_eq!(names(&graph), ["b", "a", "t", "s"]);
    }

    #[test]
    fn lossy_branches_and_weak_inputs() {
        let graph = graph(
            "source a = x; stage (l, #[lossy(drop_oldest)] m, /** doc */ #[lossy(drop_newest)] r: u64) = a.tee();
            sink n = merge(l, weak m, weak R(r)).count();",
        );
        let drops: Vec<_> = graph.edges.iter().map(|edge| edge.lossy.as_ref().map(|lossy| lossy.drops)).collect();
        assert_eq!(drops, [None, None, Some(Drops::Oldest), Some(Drops::Newest)]);
        let Head::Join { parts, .. } = &graph.statements[2].head else { panic!("no join") };
        assert_eq!(parts.iter().map(|part| part.weak).collect::<Vec<_>>(), [false, true, true]);
    }

    /// What a `cfg` leaves of two branches.
    #[test]
    fn a_list_of_one_branch() {
        let graph = graph("source a = x; stage (b,) = a.tee(); stage (c,) = b.route(|x| c(x)); sink n = c.count();");
        assert!(matches!(&graph.statements[1].end, End::Tee(edges, _) if edges.len() == 1));
        assert!(matches!(&graph.statements[2].end, End::Route(edges, _) if edges.len() == 1));
    }

    #[test]
    fn tee_and_processes() {
        let graph = graph(
            "source a = x; #[buffer(3)] stage (l, r) = a.map(f).tee(); sink n = l.count();
            stage p = r.process(async |input, output| { while let Some(x) = input.next().await { output.send(f(x)?).await; } });
            sink m = p.discard();",
        );
        assert!(matches!(&graph.statements[1].end, End::Tee(edges, name) if edges == &[1, 2] && name == "tee"));
        assert_eq!(graph.statements[1].ops.len(), 1);
        assert!(graph.edges.iter().filter(|edge| edge.buffer.is_some()).count() == 2);
        assert_eq!(graph.edges[1].kind, EdgeKind::Branch(0));
        let process = &graph.statements[3];
        assert_eq!((process.ops.len(), process.kind), (1, StatementKind::Stage));
        assert!(process.ops[0].function().is_some_and(|func| func.fallible && func.asyncness.is_some()));
    }

    #[test]
    fn policies() {
        let graph = graph(
            "#[blocking] #[buffer(0)] source a = x;
            /// Docs.
            #[allow(unused)]
            #[workers(4), keyed(|x| x.id), unordered, on_error(skip)]
            stage b = a?.scan(0, |s, x| *s + x).take(0).enumerate();
            sink n = b.count();",
        );
        let (source, stage) = (&graph.statements[0].attrs, &graph.statements[1].attrs);
        assert!(source.blocking.is_some());
        assert!(matches!(graph.edges[0].buffer, Some(Setting::Count(0, _))));
        assert_eq!(stage.attrs.len(), 2);
        assert!(matches!(stage.workers, Some(Setting::Count(4, _))));
        assert!(stage.keyed.is_some() && stage.unordered.is_some());
        assert_eq!(stage.on_error, OnError::Skip);
    }

    #[test]
    fn an_error_type_of_a_block() {
        let graph = graph("#![error(LoadError)] //! Comment.\n source a = x; sink n = a.count(); n + 1");
        assert_eq!(graph.error.as_ref().map(text), Some("LoadError".to_owned()));
        assert!(graph.tail.is_some());
    }

    #[test]
    fn one_type_argument_leaves_the_error_open() {
        let graph = graph("fn f() -> runtime::Pipeline<u64> { //! Inner.\n source a = x; sink n = a.count(); }");
        assert!(graph.error.is_none());
        assert_eq!(graph.function.map(|function| function.attrs.len()), Some(1));
    }

    #[test]
    fn durations() {
        let cases = [
            ("250ms", 250_000_000),
            ("1.5s", 1_500_000_000),
            ("5m", 300_000_000_000),
            ("1h", 3_600_000_000_000),
            ("10us", 10_000),
            ("7ns", 7),
            ("0.25ms", 250_000),
            ("1_000ms", 1_000_000_000),
        ];
        for (literal, expected) in cases {
            let graph = graph(&sink(&format!(".batch(10, {literal}).discard()")));
            let args = &graph.statements[1].ops[0].args;
            assert!(matches!(args[0], Arg::Setting(Setting::Count(10, _))), "{literal}");
            assert!(matches!(args[1], Arg::Setting(Setting::Duration(nanos, _)) if nanos == expected), "{literal}");
        }
    }

    #[test]
    fn settings_that_are_expressions() {
        let graph = graph(&sink(".batch(cfg.size, Duration::from_secs(n)).discard()"));
        assert!(graph.statements[1].ops[0].args.iter().all(|arg| matches!(arg, Arg::Setting(Setting::Expr(_)))));
    }

    #[test]
    fn batch_by_size_alone() {
        assert_eq!(graph(&sink(".batch(10).discard()")).statements[1].ops[0].args.len(), 1);
    }

    #[test]
    fn a_question_of_its_own() {
        let cases = [
            (".for_each(|x| f(x)?)", true),
            (".for_each(|x| f(x))", false),
            (".for_each(|x| { let y = if x { f(x)? } else { 0 }; y })", true),
            (".for_each(|x| g(|y| f(y)?))", false),
            (".for_each(|x| g(async { f(x)? }))", false),
            (".for_each(|x| { fn h() -> R { f()? } h() })", false),
            (".for_each(|x| println!(\"{:?}\", x))", false),
            (".for_each(|x| vec![f(x)?])", true),
            (".for_each(|x| { log!(a, (f(x)?)); })", true),
            (".for_each(async |x| f(x).await?)", true),
            (".for_each(parse)", false),
            (".for_each(parse?)", true),
            (".for_each(a::b::<T>?)", true),
            (".for_each(|x| -> Result<u8, E> { f(x)? })", true),
        ];
        for (chain, fallible) in cases {
            assert_eq!(first_func(&graph(&sink(chain))).fallible, fallible, "{chain}");
        }
    }

    #[test]
    fn lent_parameters() {
        let cases = [
            (".for_each(|ref x| f(x))", "x", true),
            (".for_each(|ref x: Line| f(x))", "x", true),
            (".for_each(async |ref x| f(x))", "x", true),
            (".for_each(|mut x| f(x))", "mut x", false),
            (".for_each(move |(ref a, b)| f(a, b))", "(ref a , b)", false),
        ];
        for (chain, pattern, lent) in cases {
            let graph = graph(&sink(chain));
            let FuncBody::Closure { params, .. } = &first_func(&graph).body else { panic!("{chain}") };
            assert_eq!((text(&params[0].pat), params[0].lent), (pattern.to_owned(), lent), "{chain}");
        }
    }

    #[test]
    fn a_lent_item_beside_a_state() {
        let graph = graph(&sink(".scan(0, |s: &mut u8, ref x: T| f(s, x)).discard()"));
        let FuncBody::Closure { params, .. } = &first_func(&graph).body else { panic!() };
        assert_eq!((params[0].lent, params[1].lent), (false, true));
        assert_eq!(params[1].ty.as_ref().map(text), Some("T".to_owned()));
    }

    #[test]
    fn every_operator() {
        let chains = [
            ".map(f).filter(|x| c).filter_map(|x| o).flat_map(|x| v).inspect(|x| ()).discard()",
            ".enumerate().take(1).take_while(|x| c).skip(1).skip_while(|x| c).dedup().discard()",
            ".scan(0, |s, x| y).map_init(|| s, |s, x| y).discard()",
            ".map_init(make, async |s, x| y).discard()",
            ".filter(async |x| c).fold(0, |a, x| a + x)",
            ".reduce(|a, b| a)",
            ".collect()",
            ".collect::<Vec<_>>()",
            ".count()",
            ".first()",
            ".last()",
            ".forward(tx.clone())",
            "?.discard()",
        ];
        for chain in chains {
            graph(&sink(chain));
        }
        for spec in crate::ops::ALL {
            assert!(spec.summary.starts_with(spec.name) && spec.required <= spec.args.len(), "{}", spec.name);
            assert!(crate::ops::find(spec.name).is_some_and(|found| found.kind == spec.kind));
        }
    }

    #[test]
    fn a_stage_without_operators_and_an_else() {
        let graph =
            graph("source a = x; stage b = a? else c; sink d = b.count(); sink e = zip(c, f).count(); source f = x;");
        assert_eq!(graph.edges[2].kind, EdgeKind::Rejects);
        assert!(graph.statements.iter().all(|statement| !statement.tainted));
    }

    #[test]
    fn names_that_look_like_keywords() {
        graph("source source = sink; sink stage = source.map(clone).count(); stage + 1");
        graph("source a = x; sink clone = a.count(); clone");
        graph("source a = x; sink n = a.count(); sink.total(n)");
    }

    #[test]
    fn parts_of_a_macro_rules_fragment() {
        let inner: TokenStream = "|x| f(x)?".parse().expect("tokens");
        let group = proc_macro2::Group::new(proc_macro2::Delimiter::None, inner);
        let mut diagnostics = Diagnostics::default();
        let tokens = quote!((::runtime) source a = x; sink n = a.map(#group).count(););
        let pipeline = syntax::parse(tokens, &mut diagnostics);
        let graph = resolve::resolve(&pipeline, &mut diagnostics);
        assert_eq!(diagnostics.into_messages(), [""; 0]);
        assert!(first_func(&graph).fallible);
    }
}

mod names_and_edges {
    use super::*;

    #[test]
    fn streams() {
        rejects(&[
            (
                "source lines = x; stage words = lines; sink n = wrods.count();",
                &["unknown stream `wrods`\nhelp: did you mean `words`?"],
            ),
            (
                "source a = x; sink n = a.count(); sink m = other.count();",
                &["unknown stream `other`\nhelp: define it: `source other = …;` or `stage other = …;`"],
            ),
            (
                "sink n = lines.count();",
                &["unknown stream `lines`\nhelp: the pipeline has no source: `source lines = …;`"],
            ),
            (
                "let list = v; source a = x; sink n = a.count(); sink m = list.count();",
                &["`list` is a value, not a stream\nhelp: make it one: `source items = list;`"],
            ),
            (
                "source a = x; sink n = a.count(); sink m = n.count();",
                &["`n` is a sink, not a stream\nhelp: its value is there for the tail"],
            ),
            (
                "source a = x; source a = y; sink n = a.count();",
                &["`a` is defined twice\nhelp: give one of them another name", "`a` is defined here first"],
            ),
            (
                "source a = x; sink a = a.count();",
                &["`a` is defined twice\nhelp: give one of them another name", "`a` is defined here first"],
            ),
            (
                "source a = x; sink n = a.count(); sink m = a.count();",
                &[
                    "`a` is consumed twice\nhelp: split it first: `stage (a_1, a_2) = a.tee();`",
                    "`a` is consumed here first",
                ],
            ),
            (
                "source a = x; sink n = zip(a, a).count();",
                &[
                    "`a` is consumed twice\nhelp: split it first: `stage (a_1, a_2) = a.tee();`",
                    "`a` is consumed here first",
                ],
            ),
            (
                "source a = x; source b = y; sink n = a.count();",
                &["the stream `b` is never consumed\nhelp: end it in a sink: `sink b_count = b.count();`"],
            ),
            (
                "source a = x; sink n = a?.count() else bad;",
                &["the `else` stream `bad` is never consumed\nhelp: end it in a sink: `sink bad_count = bad.count();`"],
            ),
            (
                "source a = x; source b = y; stage c = a.map(f);",
                &["the pipeline has no sink\nhelp: end it in a sink: `sink b_count = b.count();`"],
            ),
            ("let a = 1;", &["the pipeline is empty\nhelp: it needs a `source` and a `sink`"]),
            ("", &["the pipeline is empty\nhelp: it needs a `source` and a `sink`"]),
            (
                "clone db, db; source a = x; sink n = a.count();",
                &["`db` is cloned twice\nhelp: once is enough for all stages", "`db` is cloned here first"],
            ),
            (
                "source input = x; sink n = input.count();",
                &["`input` is a word of the language and cannot name a stream"],
            ),
            ("source a = x; sink merge = a.count();", &["`merge` is a word of the language and cannot name a stream"]),
        ]);
    }

    #[test]
    fn cycles() {
        rejects(&[
            (
                "source s = x; stage a = merge(s, c); stage b = a.map(f); stage (c, d) = b.tee(); sink n = d.count();",
                &["`a` depends on itself: `a` -> `b` -> `c` -> `a`\nhelp: streams flow one way, from sources to sinks"],
            ),
            (
                "stage a = a.map(f); source s = x; sink n = s.count();",
                &["`a` reads its own output: `a` -> `a`\nhelp: streams flow one way, from sources to sinks"],
            ),
        ]);
    }

    #[test]
    fn branches() {
        rejects(&[
            (
                "source a = x; stage (b, c) = a.route(|x| if x { b(x) } else { skip() }); sink n = b.count(); sink m = c.count();",
                &[
                    "no arm of the `route` gives anything to the branch `c`\nhelp: name it in the closure, `… => c(x)`, or remove it",
                ],
            ),
            (
                "source a = x; stage (skip, c) = a.route(|x| if x { skip(x) } else { c(x) }); sink n = skip.count(); sink m = c.count();",
                &["`skip` drops an item in a `route` and cannot name a branch"],
            ),
            (
                "source a = x; stage (#[lossy(drop_oldest)] b, #[workers(2)] c) = a.tee(); sink n = b.count(); sink m = c.count();",
                &["`workers` cannot stand on a branch\nhelp: it belongs above a statement"],
            ),
            (
                "source a = x; stage (#[lossy(drop_oldest)] b, c) = a.route(|x| if x { b(x) } else { c(x) }); sink n = b.count(); sink m = c.count();",
                &[
                    "`lossy` cannot stand on a branch of a `route`\nhelp: only a `tee` has it; to let items go, give them to `skip()`",
                ],
            ),
            (
                "source a = x; stage (#[lossy(drop_oldst)] b, #[lossy] c, #[lossy()] d, #[lossy(9)] e) = a.tee(); sink n = merge(b, c, d, e).count();",
                &[
                    "unknown argument of `lossy`\nhelp: did you mean `drop_oldest`?",
                    "`lossy` needs its argument\nhelp: `#[lossy(drop_oldest)]`",
                    "`lossy` takes 1 argument\nhelp: `#[lossy(drop_oldest)]`",
                    "unknown argument of `lossy`\nhelp: expected `drop_oldest` or `drop_newest`",
                ],
            ),
            (
                "source a = x; stage (#[lossy(drop_oldest), lossy(drop_newest)] b, #[cfg] c, #[losy(drop_newest)] d) = a.tee(); sink n = merge(b, c, d).count();",
                &[
                    "`lossy` is given twice",
                    "`lossy` is given here first",
                    "`cfg` needs one predicate\nhelp: `#[cfg(unix)]`, `#[cfg(not(test))]`, `#[cfg(all(unix, feature = \"metrics\"))]`",
                    "unknown attribute `losy`\nhelp: did you mean `lossy`?",
                ],
            ),
        ]);
    }

    #[test]
    fn joins() {
        rejects(&[
            (
                "source a = x; sink n = merge(a).count();",
                &["`merge` joins two or more streams, found 1\nhelp: `merge(a, b)`"],
            ),
            (
                "source a = x; source b = x; sink n = zip(A(a), b).count();",
                &["`zip` does not wrap its items\nhelp: only `merge` does"],
            ),
            (
                "source a = x; source b = x; sink n = zip(a, weak b).count();",
                &["`zip` takes no `weak` input\nhelp: only `merge` does"],
            ),
            (
                "source a = x; source b = x; sink n = concat(weak a, weak b).count();",
                &[
                    "`concat` takes no `weak` input\nhelp: only `merge` does",
                    "`concat` takes no `weak` input\nhelp: only `merge` does",
                ],
            ),
            (
                "source a = x; source b = x; sink n = merge(weak A(a), weak b).count();",
                &[
                    "a `merge` needs an input that is not `weak`: it ends when all of these have ended\nhelp: remove one `weak`",
                ],
            ),
        ]);
    }
}

mod operators {
    use super::*;

    #[test]
    fn unknown() {
        rejects_sinks(&[
            (".mpa(f).count()", &["unknown operator `mpa`\nhelp: did you mean `map`?"]),
            (".quux().count()", &["unknown operator `quux`"]),
            (".foreach(f)", &["unknown operator `foreach`\nhelp: did you mean `for_each`?"]),
            (".then(f).count()", &["unknown operator `then`\nhelp: write `map(async |x| …)`"]),
            (
                ".workers(3).count()",
                &["unknown operator `workers`\nhelp: it is an attribute: `#[workers]` above the statement"],
            ),
        ]);
    }

    #[test]
    fn arguments() {
        rejects_sinks(&[
            (".map().count()", &["`map` takes 1 argument, found 0\nhelp: `map(|x| y)`"]),
            (".map(f, g).count()", &["`map` takes 1 argument, found 2\nhelp: `map(|x| y)`"]),
            (".count(1)", &["`count` takes no arguments, found 1\nhelp: `count()`"]),
            (".batch().discard()", &["`batch` takes 1 to 2 arguments, found 0\nhelp: `batch(n, within)`"]),
            (".fold(0)", &["`fold` takes 2 arguments, found 1\nhelp: `fold(init, |acc, x| acc)`"]),
            (".map(|a, b| a).count()", &["the closure of `map` takes 1 parameter, found 2\nhelp: `map(|x| y)`"]),
            (
                ".fold(0, |a| a)",
                &["the closure of `fold` takes 2 parameters, found 1\nhelp: `fold(init, |acc, x| acc)`"],
            ),
            (".map(make()).count()", &["`map` takes a closure, an `async` closure or a path\nhelp: `map(|x| y)`"]),
            (".map(async { 1 }).count()", &["`map` takes a closure, found an `async` block\nhelp: `map(|x| y)`"]),
            (
                ".map(|x| async move { f(x).await }).count()",
                &["the closure of `map` returns an `async` block\nhelp: make the closure `async`: `async |x| …`"],
            ),
            (
                ".for_each(|x| { let y = x; async { y } })",
                &["the closure of `for_each` returns an `async` block\nhelp: make the closure `async`: `async |x| …`"],
            ),
            (".map::<u8>(f).count()", &["`map` takes no type arguments\nhelp: `map(|x| y)`"]),
            (".collect::<A, B>()", &["`collect` takes one type argument\nhelp: `collect::<Vec<_>>()`"]),
            (".filter(|ref x| f(x)).count()", &["`filter` has no item here to lend\nhelp: remove `ref`"]),
            (".scan(0, |ref s, x| x).count()", &["`scan` has no item here to lend\nhelp: remove `ref`"]),
            (".map(|ref mut x| x).count()", &["a lent item cannot be changed\nhelp: write `ref` or `mut`, not both"]),
            (".map(for<'a> |x: &'a u8| x).count()", &["the closure of `map` cannot have `for < 'a >`"]),
            (
                ".map_init(|| open()?, |s, x| x).count()",
                &["`?` cannot stand in this function of `map_init`\nhelp: it sees no item that could fail"],
            ),
            (
                ".map_init(async || 1, |s, x| x).count()",
                &[
                    "the closure of `map_init` cannot be `async`\nhelp: do the waiting in a `map(async |x| …)` before it",
                ],
            ),
            (
                ".fold(start()?, |a, x| a)",
                &[
                    "`?` cannot stand in a starting value, receiver or fragment\nhelp: it is evaluated when the pipeline is built; compute it before the pipeline",
                ],
            ),
        ]);
    }

    #[test]
    fn settings() {
        rejects_sinks(&[
            (".take(1.5).count()", &["`take` takes a count, found a fraction"]),
            (".take(5s).count()", &["`take` takes a count, found a duration"]),
            (".take(\"5\").count()", &["`take` takes a count, found a literal of another kind"]),
            (".take(-1).count()", &["`take` cannot be negative"]),
            (".take(99999999999999999999).count()", &["`take` is too large"]),
            (".take(n = 1).count()", &["`take` has no named options"]),
            (".take(|x| x).count()", &["`take` takes a count, found a closure"]),
            (
                ".batch(5, 3).count()",
                &["`batch` takes a duration, found a number\nhelp: give it a unit, such as `3ms` or `3s`"],
            ),
            (".batch(5, 3sec).count()", &["unknown unit `sec`\nhelp: expected `ns`, `us`, `ms`, `s`, `m` or `h`"]),
            (".batch(5, 99999999999h).count()", &["`batch` is too long or no plain number"]),
            (".batch(0).count()", &["a `batch` holds 1 item or more"]),
            (".batch(5, 0s).count()", &["a `batch` waits longer than 0"]),
            (
                ".batch(size().await, wait()?).count()",
                &[
                    "`.await` cannot stand in a setting\nhelp: it is evaluated when the pipeline is built; compute it before the pipeline",
                    "`?` cannot stand in a setting\nhelp: it is evaluated when the pipeline is built; compute it before the pipeline",
                ],
            ),
        ]);
    }

    #[test]
    fn windows() {
        let summary = "`window(init, |state, x| …, every = 1s)`";
        rejects_sinks(&[
            (
                ".window(0, f).count()",
                &[&format!(
                    "`window` needs a size\nhelp: `every = 1s` for a window of time, `count = 100` for one of a number of items: {summary}"
                )],
            ),
            (".window(every = 1s).count()", &[&format!("`window` takes 2 arguments, found 0\nhelp: {summary}")]),
            (
                ".window(0, f, every = 1s, count = 3).count()",
                &[
                    "`window` is by time or by count, not both\nhelp: remove `every` or `count`",
                    "`every` is given here",
                ],
            ),
            (".window(0, f, every = 1s, every = 2s).count()", &["`every` is given twice"]),
            (".window(0, f, evry = 1s).count()", &["unknown option `evry` of `window`\nhelp: did you mean `every`?"]),
            (
                ".window(0, f, every = 3).count()",
                &["`every` takes a duration, found a number\nhelp: give it a unit, such as `3ms` or `3s`"],
            ),
            (".window(0, f, count = 3s).count()", &["`count` takes a count, found a duration"]),
            (".window(0, f, every = 0s).count()", &["a `window` lasts longer than 0"]),
            (".window(0, f, count = 0).count()", &["a `window` holds 1 item or more"]),
            (".window(0, f, count = 1, last = 0).count()", &["a `window` holds 1 item or more"]),
            (
                ".window(0, f, every = 3s, last = 5).count()",
                &[
                    "`last` takes a duration beside `every`, found a number\nhelp: give it a unit, such as `5ms` or `5s`",
                ],
            ),
            (".window(0, f, count = 3, last = 5s).count()", &["`last` takes a count beside `count`, found a duration"]),
            (
                ".window(0, f, count = 3, last = \"5\").count()",
                &["`last` takes a count or a duration, found a literal of another kind"],
            ),
            (
                ".window(0, f, every = 3s, last = 2999ms).count()",
                &[
                    "`last` cannot be less than `every`: what lies between two windows would be in none\nhelp: remove what is not wanted in a `filter` before it",
                ],
            ),
            (
                ".window(0, f, last = 2, count = 3).count()",
                &[
                    "`last` cannot be less than `count`: what lies between two windows would be in none\nhelp: remove what is not wanted in a `filter` before it",
                ],
            ),
            (
                ".window(0, |s| s, count = 3).count()",
                &[&format!("the closure of `window` takes 2 parameters, found 1\nhelp: {summary}")],
            ),
        ]);
        for call in [
            "window(every = 1s, 0, |s, x| ())",
            "window(0, every = d, |s, ref x| (), last = n)",
            "window(0, async |s, x| f(x).await?, last = 5, count = 5)",
            "window(start(), add?, count = n)",
        ] {
            let graph = graph(&sink(&format!(".{call}.count()")));
            assert_eq!(graph.statements[1].ops[0].args.len(), 2, "{call}");
        }
        rejects(&[(
            "source a = x; #[in_flight(4)] stage b = a.window(0, async |s, x| (), count = 2); sink s = b.count();",
            &[
                "`window` takes its items one after another and cannot be the `async` operator under `in_flight`\nhelp: do the waiting in a `map(async |x| …)` before it",
            ],
        )]);
    }

    #[test]
    fn places() {
        rejects_sinks(&[
            (
                ".map(f)",
                &[
                    "the sink `s` does not end its stream\nhelp: end it in an operator such as `for_each`, `fold`, `collect`, `count`, `forward` or `discard`",
                ],
            ),
            (".count().map(f).discard()", &["`count` ends the stream and must be the last operator"]),
            (".tee()", &["`tee` has several outputs and cannot stand in a sink\nhelp: `stage (a, b) = x.tee();`"]),
            (
                ".process(async |i, o| {})",
                &["`process` has an output and cannot end a sink\nhelp: make it a `stage`, and read that in a sink"],
            ),
            (
                ".process(async |i, o| {}).count()",
                &[
                    "`process` is a whole stage and must be the only operator of its statement\nhelp: give it a stage of its own",
                ],
            ),
            (
                ".batch(2).batch(3).count()",
                &[
                    "a statement has one `batch` or `window`\nhelp: give each a stage of its own",
                    "the first one is here: `batch`",
                ],
            ),
            (
                ".window(0, f, count = 2).batch(3).count()",
                &[
                    "a statement has one `batch` or `window`\nhelp: give each a stage of its own",
                    "the first one is here: `window`",
                ],
            ),
        ]);
        rejects(&[
            (
                "source a = x; stage b = a.count(); sink n = b.count();",
                &["`count` ends the stream and cannot stand in a `stage`\nhelp: make it a `sink`"],
            ),
            (
                "source a = x; stage b = a.tee(); sink n = b.count();",
                &["`tee` has several outputs and needs a list of branches\nhelp: `stage (a, b) = x.tee();`"],
            ),
            (
                "source a = x; stage (b, c) = a.map(f); sink n = b.count(); sink m = c.count();",
                &["several outputs need `tee` or `route` as the last operator"],
            ),
            (
                "source a = x; stage (b, c) = a.tee().map(f); sink n = b.count(); sink m = c.count();",
                &["`tee` must be the last operator of its stage"],
            ),
            (
                "source a = x; stage (b, c) = a.route(r); sink n = b.count(); sink m = c.count();",
                &["`route` takes a closure, found a path\nhelp: `route(|x| match x { … => a(x), _ => b(x) })`"],
            ),
            (
                "source a = x; stage (b, c) = a.route(async |x| b(c(x))); sink n = b.count(); sink m = c.count();",
                &["the closure of `route` cannot be `async`\nhelp: do the waiting in a `map(async |x| …)` before it"],
            ),
            (
                "source a = x; stage b = a.process(|i, o| {}); sink n = b.count();",
                &["`process` takes an `async` closure\nhelp: `process(async |input, output| { … })`"],
            ),
        ]);
    }

    #[test]
    fn failures() {
        rejects(&[
            (
                "source a = x; stage b = a.map(f) else bad; sink n = b.count(); sink m = bad.count();",
                &[
                    "nothing can fail here, so `bad` would stay empty\nhelp: use `?` in an operator or behind the input, or remove `else bad`",
                ],
            ),
            (
                "source a = x; stage b = a?.map(f?).filter(|x| g(x)?) else bad; sink n = b.count(); sink m = bad.count();",
                &[
                    "a statement with `else` has one operator that can fail, `filter` is the second\nhelp: give it a stage of its own",
                    "the items of `bad` are those that fail in `map`",
                ],
            ),
            (
                "source a = x; sink n = a.fold(0, |s, x| s + f(x)?) else bad; sink m = bad.count();",
                &[
                    "`fold` cannot go on after a failure: its value is lost\nhelp: do what can fail in a `map` before it",
                ],
            ),
            (
                "source a = x; stage b = a.process(async |i, o| f()?) else bad; sink n = b.count(); sink m = bad.count();",
                &["`process` sees no single items, so none can be skipped or rejected\nhelp: remove `else`"],
            ),
        ]);
    }
}

mod recursion {
    use super::*;

    #[test]
    fn place() {
        rejects_sinks(&[
            (
                ".map(f).recurse(g).count()",
                &[
                    "`recurse` must be the first operator of its statement: what it finds does not go through `map`\nhelp: give it a stage of its own",
                ],
            ),
            (
                "?.recurse(f).count()",
                &[
                    "`recurse` needs an input without `?`: what it finds has not failed\nhelp: give `?` a stage of its own",
                ],
            ),
            (
                ".recurse(f).map(g).recurse(h).count()",
                &["a statement has one `recurse`\nhelp: give each a stage of its own", "the first `recurse` is here"],
            ),
        ]);
        graph("source a = x; source b = y; sink s = merge(a, b).recurse(f).count();");
    }

    #[test]
    fn arguments() {
        rejects_sinks(&[
            (
                ".recurse(|x| x).count()",
                &[
                    "the closure of `recurse` takes 2 parameters, found 1\nhelp: `recurse(|x, next| { next.push(y); out })`",
                ],
            ),
            (".recurse(|x, ref next| x).count()", &["`recurse` has no item here to lend\nhelp: remove `ref`"]),
            (".recurse(f, frontier = 0).count()", &["`frontier` cannot be 0\nhelp: 1 or more"]),
            (".recurse(f, frontier = 2s).count()", &["`frontier` takes a count, found a duration"]),
            (
                ".recurse(f, unqiue = g).count()",
                &["unknown option `unqiue` of `recurse`\nhelp: did you mean `unique`?"],
            ),
            (".recurse(f, unique = g, unique = h).count()", &["`unique` is given twice"]),
            (
                ".recurse(f, unique = |x| key(x)?).count()",
                &["`?` cannot stand in this function of `unique`\nhelp: it sees no item that could fail"],
            ),
            (
                ".recurse(f, unique = async |x| x.id).count()",
                &["the closure of `unique` cannot be `async`\nhelp: do the waiting in a `map(async |x| …)` before it"],
            ),
            (".recurse(f, unique = |ref x| x.id).count()", &["`unique` has no item here to lend\nhelp: remove `ref`"]),
        ]);
        graph(
            "source a = x; #[workers(4), in_flight(8)] sink s = a.recurse(async |ref x, next| f(x, next)?, unique = |x| x.id, frontier = 9).for_each(g);",
        );
    }
}

mod attributes {
    use super::*;

    fn rejects_sinks_under(cases: &[(&str, &str, &[&str])]) {
        let texts: Vec<String> =
            cases.iter().map(|(attrs, chain, _)| format!("source a = x; {attrs} sink s = a{chain};")).collect();
        let cases: Vec<(&str, &[&str])> =
            texts.iter().map(String::as_str).zip(cases.iter().map(|case| case.2)).collect();
        rejects(&cases);
    }

    #[test]
    fn unknown() {
        rejects_sinks_under(&[
            ("#[worker(3)]", ".count()", &["unknown attribute `worker`\nhelp: did you mean `workers`?"]),
            (
                "#[frobnicate]",
                ".count()",
                &[
                    "unknown attribute `frobnicate`\nhelp: expected `workers`, `unordered`, `keyed`, `in_flight`, `buffer`, `blocking`, `inline` or `on_error`",
                ],
            ),
            ("#[rustfmt::skip]", ".count()", &["an attribute of a pipeline has a name without `::`"]),
            (
                "#[timeout(2s), retry(attempts = 4)]",
                ".count()",
                &["`timeout` is not supported yet", "`retry` is not supported yet"],
            ),
            (
                "#[cfg(unix, test)]",
                ".count()",
                &[
                    "`cfg` needs one predicate\nhelp: `#[cfg(unix)]`, `#[cfg(not(test))]`, `#[cfg(all(unix, feature = \"metrics\"))]`",
                ],
            ),
            (
                "#[cfg_attr(unix, workers(2))]",
                ".count()",
                &[
                    "`cfg_attr` cannot stand here\nhelp: write it twice, once with `#[cfg(…)]` and the attribute, once with `#[cfg(not(…))]`",
                ],
            ),
            (
                "#[lossy(drop_oldest)]",
                ".count()",
                &[
                    "`lossy` cannot stand here\nhelp: it belongs on a branch of a `tee`: `stage (a, #[lossy(drop_oldest)] b) = x.tee();`",
                ],
            ),
            ("#[on_cancel(finish)]", ".count()", &["`on_cancel` is not supported yet"]),
        ]);
    }

    #[test]
    fn arguments() {
        rejects_sinks_under(&[
            ("#[workers]", ".count()", &["`workers` needs its argument\nhelp: `#[workers(8)]`"]),
            ("#[workers(2, 3)]", ".count()", &["`workers` takes 1 argument\nhelp: `#[workers(8)]`"]),
            ("#[workers(0)]", ".count()", &["`workers` cannot be 0\nhelp: 1 or more"]),
            ("#[workers(2)] #[workers(3)]", ".count()", &["`workers` is given twice", "`workers` is given here first"]),
            ("#[blocking(true)]", ".count()", &["`blocking` takes no argument\nhelp: `#[blocking]`"]),
            ("#[keyed]", ".count()", &["`keyed` needs its argument\nhelp: `#[keyed(|x| x.id)]`"]),
            ("#[keyed(|x| x.id, idle = 5m, idle = 6m)]", ".dedup().count()", &["`idle` is given twice"]),
            (
                "#[keyed(|x| x.id, after = 5m)]",
                ".dedup().count()",
                &["unknown option `after` of `keyed`\nhelp: expected `idle`"],
            ),
            (
                "#[keyed(|x| x.id, 5m)]",
                ".dedup().count()",
                &["`keyed` takes 1 argument and the option `idle`\nhelp: `#[keyed(|x| x.id, idle = 5m)]`"],
            ),
            (
                "#[keyed(|x| x.id, idle = 5)]",
                ".dedup().count()",
                &["`idle` takes a duration, found a number\nhelp: give it a unit, such as `5ms` or `5s`"],
            ),
            (
                "#[keyed(|x| x.id, idle = 0s)]",
                ".dedup().count()",
                &["`idle` cannot be 0: no state would last until the next item"],
            ),
            (
                "#[keyed(|x| key(x)?)]",
                ".count()",
                &["`?` cannot stand in this function of `keyed`\nhelp: it sees no item that could fail"],
            ),
            (
                "#[keyed(async |x| x.id)]",
                ".count()",
                &["the closure of `keyed` cannot be `async`\nhelp: do the waiting in a `map(async |x| …)` before it"],
            ),
            (
                "#[on_error(ignore)]",
                "?.count()",
                &["unknown answer to an error\nhelp: expected `fail`, `skip` or `reject`"],
            ),
            ("#[on_error(|e| skip)]", "?.count()", &["`on_error(|e| …)` is not supported yet"]),
            (
                "#[workers(n()?)]",
                ".count()",
                &[
                    "`?` cannot stand in a setting\nhelp: it is evaluated when the pipeline is built; compute it before the pipeline",
                ],
            ),
        ]);
    }

    #[test]
    fn places() {
        rejects(&[(
            "#[workers(2), unordered, buffer(3)] source a = x; sink n = a.count();",
            &[
                "`workers` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer` and `blocking`",
                "`unordered` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer` and `blocking`",
            ],
        )]);
        rejects_sinks_under(&[
            (
                "#[buffer(3)]",
                ".count()",
                &[
                    "`buffer` cannot stand on a `sink`, which has no output\nhelp: put it on the statement that the sink reads from",
                ],
            ),
            (
                "#[unordered]",
                ".count()",
                &["`unordered` needs `workers` or `in_flight`: one item at a time has one order"],
            ),
        ]);
        rejects(&[(
            "source a = x; #[workers(2), in_flight(3)] stage b = a.process(async |i, o| {}); sink n = b.count();",
            &[
                "`workers` cannot stand on `process`, which runs as one task\nhelp: let it `spawn` or buffer by itself, or use operators",
                "`in_flight` cannot stand on `process`, which runs as one task\nhelp: let it `spawn` or buffer by itself, or use operators",
            ],
        )]);
    }

    #[test]
    fn nothing_to_drop() {
        let says = |why: &str| {
            format!(
                "`idle` has nothing to drop: {why}\nhelp: remove it; it is for `scan`, `dedup`, `enumerate`, `take`, `skip` and their like"
            )
        };
        let idle = "#[keyed(|x| x.id, idle = 5m)]";
        rejects_sinks_under(&[
            (idle, ".map(f).count()", &[&says("no operator here keeps state from item to item")]),
            (idle, ".batch(3).count()", &[&says("what `batch` holds back goes out in its own time")]),
            (idle, ".fold(0, f)", &[&says("a key's value in `fold` is a result and does not expire")]),
            (idle, ".forward(tx)", &[&says("`forward` keeps no state of a key")]),
        ]);
        for chain in [".dedup().fold(0, f)", ".scan(0, f).batch(3).count()", ".take(3).collect()"] {
            let graph = graph(&format!("source a = x; {idle} sink s = a{chain};"));
            assert!(matches!(graph.statements[1].attrs.idle, Some(Setting::Duration(300_000_000_000, _))), "{chain}");
        }
    }

    #[test]
    fn state() {
        rejects_sinks_under(&[
            (
                "#[workers(4)]",
                ".scan(0, |s, x| x).dedup().count()",
                &[
                    "`scan` keeps state from item to item and cannot run under `workers`\nhelp: add `keyed(|x| …)` for one state per key, or give it a stage of its own without `workers`",
                    "`workers` is given here, for all of `s`",
                ],
            ),
            (
                "#[workers(4)]",
                ".map(f).collect()",
                &[
                    "`collect` keeps state from item to item and cannot run under `workers`\nhelp: do the parallel work in a `stage` before it, and `collect` in a sink of its own",
                    "`workers` is given here, for all of `s`",
                ],
            ),
            (
                "#[workers(4), keyed(|x| x.id)]",
                ".forward(tx)",
                &[
                    "`forward` has one receiver for all keys and cannot run under `workers`\nhelp: do the parallel work in a `stage` before it, and `forward` in a sink of its own",
                    "`workers` is given here, for all of `s`",
                ],
            ),
            (
                "#[workers(4)]",
                ".window(0, |s, x| (), every = 1s).count()",
                &[
                    "`window` keeps state from item to item and cannot run under `workers`\nhelp: add `keyed(|x| …)` for one state per key, or give it a stage of its own without `workers`",
                    "`workers` is given here, for all of `s`",
                ],
            ),
        ]);
    }

    #[test]
    fn waiting_and_blocking() {
        rejects_sinks_under(&[
            (
                "#[in_flight(4)]",
                ".for_each(|x| ())",
                &[
                    "`in_flight` needs an `async` operator, or a `flat_map` of streams\nhelp: make a closure `async`, or use `workers(n)` for work on the CPU",
                ],
            ),
            (
                "#[in_flight(4)]",
                ".map(async |x| x).for_each(async |x| ())",
                &[
                    "a statement with `in_flight` has one `async` operator, `for_each` is the second\nhelp: give it a stage of its own",
                    "the first one is here",
                ],
            ),
            (
                "#[in_flight(4)]",
                ".flat_map(f).map(g).flat_map(h).count()",
                &[
                    "a statement with `in_flight` and no `async` operator has one `flat_map`, whose streams are in flight\nhelp: give it a stage of its own",
                    "the first one is here",
                ],
            ),
            (
                "#[in_flight(4)]",
                ".fold(0, async |a, x| a)",
                &[
                    "`fold` takes its items one after another and cannot be the `async` operator under `in_flight`\nhelp: do the waiting in a `map(async |x| …)` before it",
                ],
            ),
            (
                "#[blocking]",
                ".map(async |x| x).count()",
                &[
                    "an `async` operator cannot run under `blocking`\nhelp: give `map` a stage of its own",
                    "`blocking` is given here",
                ],
            ),
            (
                "#[blocking, in_flight(3)]",
                ".map(|x| x).count()",
                &[
                    "`in_flight` is for `async` bodies and cannot stand with `blocking`\nhelp: for bodies that block use `workers(n)`",
                    "`blocking` is given here",
                ],
            ),
        ]);
    }

    #[test]
    fn errors() {
        rejects_sinks_under(&[
            (
                "#[on_error(reject)]",
                "?.count()",
                &["`on_error(reject)` needs an `else` stream\nhelp: `… else rejects;`"],
            ),
            (
                "#[on_error(skip)]",
                ".count()",
                &["nothing can fail here\nhelp: use `?` in an operator or behind the input, or remove `on_error`"],
            ),
            (
                "#[on_error(skip)]",
                ".reduce(|a, x| f(a, x)?)",
                &[
                    "`reduce` cannot go on after a failure: its value is lost\nhelp: do what can fail in a `map` before it",
                ],
            ),
        ]);
        rejects(&[(
            "source a = x; #[on_error(skip)] stage b = a? else bad; sink n = b.count(); sink m = bad.count();",
            &[
                "`on_error` says that failed items are not rejected\nhelp: remove it, or the `else`",
                "`else` makes them the stream `bad`",
            ],
        )]);
    }

    #[test]
    fn of_the_pipeline() {
        let under = |attrs: &str| format!("{attrs} source a = x; sink n = a.count();");
        let cases: [(&str, &[&str]); 11] = [
            ("#![dedline(3s)]", &["unknown attribute `#![dedline]`\nhelp: did you mean `deadline`?"]),
            ("#![deadline(0s)]", &["`deadline` cannot be 0: nothing would run"]),
            (
                "#![deadline(30)]",
                &["`deadline` takes a duration, found a number\nhelp: give it a unit, such as `30ms` or `30s`"],
            ),
            ("#![deadline]", &["`deadline` needs its argument\nhelp: `#![deadline(30s)]`"]),
            ("#![buffer(4)] #![buffer(5)]", &["`buffer` is given twice", "`buffer` is given here first"]),
            ("#![name(load)]", &["`name` takes a string\nhelp: `#![name = \"load\"]`"]),
            ("#![retry_budget(0.1)]", &["`#![retry_budget]` is not supported yet"]),
            ("#![inline(always)]", &["`inline` takes no argument\nhelp: `#![inline]`"]),
            (
                "#![cfg(unix)]",
                &[
                    "`#![cfg]` cannot stand inside a pipeline\nhelp: put `#[cfg(…)]` above the `fn`, or above the statement that the `pipeline!` stands in",
                ],
            ),
            (
                "#![a::b]",
                &[
                    "unknown attribute `#![a::b]`\nhelp: expected `name`, `error`, `buffer`, `deadline`, `drain`, `inline`, `deny`, `warn` or `allow`",
                ],
            ),
            ("#![error(3)]", &["`error` takes a type\nhelp: `#![error(LoadError)]`"]),
        ];
        for (attrs, expected) in cases {
            rejects(&[(&under(attrs), expected)]);
        }
    }
}

mod inline {
    use super::*;

    /// The statements that run inside their producers' tasks.
    fn inline(text: &str) -> Vec<String> {
        let graph = graph(text);
        let inline = graph.statements.iter().filter(|statement| statement.attrs.inline);
        inline.map(|statement| statement.name.to_string()).collect()
    }

    #[test]
    fn one_by_one() {
        let text = "source a = x; #[inline] stage b = a.map(f); stage (c, d) = b.tee();
            #[inline] sink n = c.batch(4).count(); #[inline] sink m = d?.take(3).collect::<Vec<_>>();";
        assert_eq!(inline(text), ["b", "n", "m"]);
    }

    #[test]
    fn all_that_can() {
        let text = "#![inline]
            source a = x; stage b = a.map(f?) else r; stage (c, d) = b.tee(); stage (e, f) = c.route(|x| if x { e(x) } else { f(x) });
            #[workers(2)] stage g = d.map(f); stage h = g.map(f); stage i = h.map(f); stage j = merge(i, e).map(f); stage k = j.map(f);
            stage l = f.batch(3, 1s); stage m = l.map(f); #[in_flight(3)] stage n = m.map(async |x| x);
            stage p = k.process(async |i, o| ()); sink o = n.count(); sink q = p.count(); #[on_error(skip)] sink s = r.for_each(f?);";
        assert_eq!(inline(text), ["b", "c", "e", "i", "k", "m", "s"]);
    }

    #[test]
    fn an_edge_that_was_asked_for_is_kept() {
        let text = "#![inline] #[buffer(4)] source a = x; stage b = a.map(f);
            #[buffer(2)] stage (c, d) = b.tee(); sink n = c.count(); sink m = d.count();";
        assert_eq!(inline(text), ["c", "n"]);
    }

    #[test]
    fn own_obstacles() {
        let own = |policy: &str| {
            (
                format!(
                    "`inline` cannot stand with `{policy}`, which needs tasks of its own\nhelp: remove one of them"
                ),
                format!("`{policy}` is given here"),
            )
        };
        for (attr, op, policy) in [
            ("workers(2)", "map(f)", "workers"),
            ("in_flight(2)", "map(async |x| x)", "in_flight"),
            ("keyed(|x| x.id), workers(3)", "map(f)", "workers"),
            ("blocking", "map(f)", "blocking"),
        ] {
            let (fact, place) = own(policy);
            let text = format!("source a = x; #[{attr}, inline] stage b = a.{op}; sink n = b.count();");
            let mut found = front(&text).err().unwrap_or_default();
            found.sort_unstable();
            let mut expected = [fact, place];
            expected.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
        rejects(&[
            (
                "#[inline] source a = x; sink n = a.count();",
                &[
                    "`inline` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer` and `blocking`",
                ],
            ),
            (
                "source a = x; source b = y; #[inline] sink n = zip(a, b).count();",
                &[
                    "`inline` runs a stage inside its one producer's task, and a `zip` has several\nhelp: leave `inline` away",
                ],
            ),
            (
                "source a = x; #[inline] stage b = a.process(async |i, o| ()); sink n = b.count();",
                &[
                    "`process` has a task to itself and cannot run `inline`\nhelp: leave `inline` away",
                    "`process` is here",
                ],
            ),
            (
                "source a = x; #[inline] sink n = a.recurse(f).count();",
                &[
                    "`recurse` has a task to itself and cannot run `inline`\nhelp: leave `inline` away",
                    "`recurse` is here",
                ],
            ),
            (
                "source a = x; #[inline] sink n = a.batch(3, 1s).count();",
                &[
                    "`batch` goes by time and cannot run `inline`, where nothing waits for it\nhelp: leave `inline` away, or group by size alone: `batch(n)`",
                    "`batch` is here",
                ],
            ),
            ("source a = x; #[inline(always)] sink n = a.count();", &["`inline` takes no argument\nhelp: `#[inline]`"]),
        ]);
    }

    #[test]
    fn obstacles_of_the_producer() {
        rejects(&[
            (
                "source a = x; #[workers(2)] stage b = a.map(f); #[inline] sink n = b.count();",
                &[
                    "`n` cannot run inside `b`, which has `workers`\nhelp: chain the operators in one statement, or leave `inline` away",
                    "`workers` is given here",
                ],
            ),
            (
                "#[blocking] source a = x; #[inline] sink n = a.count();",
                &[
                    "`n` cannot run inside `a`, which has `blocking`\nhelp: chain the operators in one statement, or leave `inline` away",
                    "`blocking` is given here",
                ],
            ),
            (
                "source a = x; stage b = a.process(async |i, o| ()); #[inline] sink n = b.count();",
                &[
                    "`n` cannot run inside `b`, which is all of `process`\nhelp: leave `inline` away",
                    "`process` is here",
                ],
            ),
            (
                "#[buffer(4)] source a = x; #[inline] sink n = a.count();",
                &[
                    "`a` has no edge that could hold items: what reads it runs `inline`\nhelp: remove `buffer`, or `inline`",
                    "`n` runs inside `a`",
                ],
            ),
            (
                "source a = input; #[inline] stage b = a.map(f); sink n = b.count();",
                &[
                    "`a` comes in from outside, where no task of this pipeline could run `inline`\nhelp: leave `inline` away",
                ],
            ),
            (
                "source a = x; #[inline] stage b = a.via(flow); sink n = b.count();",
                &["`inline` cannot stand on `via`, which is no task\nhelp: put it on a stage inside the fragment"],
            ),
            (
                "source a = x; stage b = a.via(flow); #[inline] sink n = b.count();",
                &["`n` cannot run inside `b`, which is all of `via`\nhelp: leave `inline` away", "`via` is here"],
            ),
        ]);
        // One of its edges is there.
        graph("source a = x; #[buffer(4)] stage (b, c) = a.tee(); #[inline] sink n = b.count(); sink m = c.count();");
    }
}

mod syntax_errors {
    use super::*;

    #[test]
    fn items() {
        rejects(&[
            (
                "souce a = x; sink n = a.count();",
                &["expected `source`, `stage`, `sink`, `let` or `clone`, found `souce`\nhelp: did you mean `source`?"],
            ),
            (
                "source a = x; sink n = a.count(); n + 1;",
                &["the tail expression has no `;`\nhelp: remove the `;` at its end"],
            ),
            (
                "use a::b; source a = x; sink n = a.count();",
                &["expected `source`, `stage`, `sink`, `let` or `clone`, found `use`"],
            ),
            ("source a = x sink n = a.count();", &["expected `;` behind this"]),
            (
                "source a = x #[workers(2)] stage b = a.map(f); sink n = b.count()",
                &["expected `;` behind this", "expected `;` behind this"],
            ),
            ("source a = x; n + 1 sink n = a.count();", &["the tail expression must stand last"]),
            ("source a x; sink n = a.count();", &["expected `=`"]),
            (
                "source a = ; stage = b; sink n = a.map(|x| ).count();",
                &["expected an expression", "expected identifier", "unexpected end of input, expected an expression"],
            ),
            ("#[workers(2)] clone a; source b = x;", &["a `clone` takes no attribute"]),
        ]);
    }

    #[test]
    fn statements() {
        rejects(&[
            ("source (a, b) = x;", &["a `source` has one name\nhelp: only a `stage` has branches"]),
            ("stage (a) = x.tee();", &["a list of branches needs two or more\nhelp: `stage (a, b) = …`"]),
            ("stage _ = x;", &["a stream needs a name, it cannot be `_`"]),
            (
                "source a = x else b;",
                &[
                    "a `source` has no `else`\nhelp: let it yield the `Result`s, and write `name?` with `else` where they are read",
                ],
            ),
            ("sink a = b? else;", &["expected the name of the stream of failed items\nhelp: `else rejects`"]),
            (
                "sink a = b??.count();",
                &["one `?` is all that a stream takes\nhelp: take the inner `Result` apart in a `map`"],
            ),
            ("sink a = b.count;", &["the operator `count` is not called\nhelp: `.count()`"]),
            (
                "sink a = b.await;",
                &[
                    "a stream cannot be awaited\nhelp: `.await` belongs into a source's expression or an `async` closure",
                ],
            ),
            ("sink a = b.quux;", &["expected a call of an operator, found `quux`\nhelp: `.quux(…)`"]),
            ("sink a = b count();", &["expected `.`, `else` or `;`"]),
            (
                "stage #[lossy(drop_oldest)] a = b.tee();",
                &["an attribute cannot stand on the name of a single stream\nhelp: put it above the statement"],
            ),
            ("stage () = x.tee();", &["a list of branches needs two or more\nhelp: `stage (a, b) = …`"]),
            (
                "sink a = read(b).count();",
                &[
                    "expected a stream, found a call of `read`\nhelp: give what it returns a name: `source items = read(…);`",
                ],
            ),
            ("sink a = mrege(b, c).count();", &["unknown join `mrege`\nhelp: did you mean `merge`?"]),
            ("sink a = 3.count();", &["expected the name of a stream"]),
            (
                "sink a = merge(b?, c).count();",
                &["`?` cannot stand on one input of a join\nhelp: give it a stage of its own: `stage good = name?;`"],
            ),
            (
                "sink a = merge(b::c, d).count();",
                &["expected the name of a stream\nhelp: to wrap its items write `Path(name)`"],
            ),
        ]);
    }

    #[test]
    fn functions() {
        let body = "{ source a = x; sink n = a.count(); }";
        let cases: [(&str, &[&str]); 9] = [
            (
                "async fn f() -> Pipeline<()>",
                &["a pipeline's `fn` cannot be `async`\nhelp: it only builds the pipeline; remove `async`"],
            ),
            (
                "pub(crate) unsafe fn f() -> Pipeline<()>",
                &["a pipeline's `fn` cannot be `unsafe`\nhelp: it only builds the pipeline; remove `unsafe`"],
            ),
            (
                "fn f(&self) -> Pipeline<()>",
                &["a pipeline's `fn` takes no `self`\nhelp: pass what it needs as a parameter"],
            ),
            ("fn f()", &["a pipeline's `fn` needs a return type\nhelp: `-> Pipeline<Output, Error>`"]),
            ("fn f() -> u64", &["a pipeline's `fn` returns `Pipeline<Output>` or `Pipeline<Output, Error>`"]),
            ("fn f() -> Pipeline", &["a pipeline's `fn` returns `Pipeline<Output>` or `Pipeline<Output, Error>`"]),
            (
                "fn f<'a, T>(x: &'a T) -> Pipeline<Vec<&'a T>>",
                &[
                    "a pipeline is `'static` and cannot hold anything that borrows for `'a`\nhelp: own it, or share it in an `Arc`",
                ],
            ),
            (
                "fn f() -> Flow<A, B>",
                &[
                    "a pipeline without `input` and `output()` is no fragment\nhelp: return `Pipeline<Output, Error>`, or write `source items = input;`",
                ],
            ),
            ("fn () -> u8", &["expected identifier"]),
        ];
        for (header, expected) in cases {
            rejects(&[(&format!("{header} {body}"), expected)]);
        }
        rejects(&[
            (
                "fn f() -> Pipeline<()> { #![error(E)] source a = x; sink n = a.count(); }",
                &["the error type of a `fn` stands in its return type\nhelp: `-> Pipeline<Output, Error>`"],
            ),
            (
                "fn f() -> Pipeline<()> { source a = x; sink n = a.count(); } fn g() {}",
                &["one `pipeline!` holds one `fn`"],
            ),
            ("fn f() -> Pipeline<()> {}", &["the pipeline is empty\nhelp: it needs a `source` and a `sink`"]),
        ]);
    }

    #[test]
    fn generators() {
        rejects(&[
            (
                "source a = |out| { out.send(1); }; sink n = a.count();",
                &["a generator that is not `async` blocks its thread\n\
                   help: make it `async |out| { … out.send(x).await; … }`, or add `#[blocking]`"],
            ),
            (
                "#[blocking] source a = async |out| { out.send(1).await; }; sink n = a.count();",
                &[
                    "an `async` generator cannot run under `blocking`\n\
                     help: remove `async`, with `if !out.send(x) { return }` in the body, or remove `blocking`",
                    "`blocking` is given here",
                ],
            ),
            (
                "source a = async || {}; source b = async |out, more| {}; sink n = merge(a, b).count();",
                &[
                    "the closure of `source` takes 1 parameter, found 0\n\
                     help: `async |out| { … out.send(x).await; … }`",
                    "the closure of `source` takes 1 parameter, found 2\n\
                     help: `async |out| { … out.send(x).await; … }`",
                ],
            ),
            (
                "#[blocking] source a = || {}; sink n = a.count();",
                &["the closure of `source` takes 1 parameter, found 0\n\
                   help: `|out| { … if !out.send(x) { return } … }`"],
            ),
            (
                "source a = |out| async move { out.send(1).await; }; sink n = a.count();",
                &["the closure of `source` returns an `async` block\n\
                   help: make the closure `async`: `async |out| …`"],
            ),
            (
                "source a = async |ref out| {}; sink n = a.count();",
                &["`source` has no item here to lend\nhelp: remove `ref`"],
            ),
            (
                "#[workers(2)] source a = async |out| {}; sink n = a.count();",
                &["`workers` cannot stand on a `source`\n\
                   help: put it on the stage that reads `a`; a source takes `buffer` and `blocking`"],
            ),
        ]);
    }
}

mod one_pass {
    use super::*;

    #[test]
    fn independent_mistakes_are_all_reported_and_consequences_are_not() {
        rejects(&[(
            "#[wrokers(2)] stage b = a.mpa(f?) else bad;
                source a = x;
                #[in_flight(3)] stage c = b.mpa(async |x| x);
                sink n = c.filtr(f) else worse;
                sink m = merge(bad, wors).take(1s).count();
                #[unordered] sink o = worse.conut();",
            &[
                "unknown attribute `wrokers`\nhelp: did you mean `workers`?",
                "unknown operator `mpa`\nhelp: did you mean `map`?",
                "unknown operator `mpa`\nhelp: did you mean `map`?",
                "unknown operator `filtr`\nhelp: did you mean `filter`?",
                "unknown stream `wors`\nhelp: did you mean `worse`?",
                "`take` takes a count, found a duration",
                "`unordered` needs `workers` or `in_flight`: one item at a time has one order",
                "unknown operator `conut`\nhelp: did you mean `count`?",
            ],
        )]);
    }
}

mod expansion {
    use super::*;

    fn expanded(text: &str) -> String {
        let tokens: TokenStream = text.parse().expect("tokens");
        expand::expand(quote!((::runtime) #tokens)).to_string()
    }

    #[test]
    fn a_broken_block_is_a_block_of_the_right_type() {
        let block = expanded("#![error(Bad)] sink n = a.count();");
        syn::parse_str::<syn::ExprBlock>(&block).expect("a block");
        assert!(block.contains(":: core :: compile_error !"), "{block}");
        assert!(block.ends_with(":: runtime :: __private :: broken :: < _ , Bad > () }"), "{block}");
        let block = expanded("source a = ; n");
        assert!(block.ends_with(":: runtime :: __private :: broken :: < _ , :: runtime :: BoxError > () }"), "{block}");
    }

    #[test]
    fn a_broken_function_keeps_its_signature() {
        let function = expanded(
            "/// D.\n pub fn f<'a, T: X>(a: &'a u8, (b, c): (T, T)) -> Pipeline<u8, E> where T: Y { sink n = a.count(); }",
        );
        let parsed = syn::parse_str::<syn::ItemFn>(&function).expect("a function");
        assert_eq!(
            text(&parsed.sig),
            "fn f < 'a , T : X > (a : & 'a u8 , (b , c) : (T , T)) -> Pipeline < u8 , E > where T : Y"
        );
        assert!(function.contains("let _ = (& a , & b , & c ,) ; :: runtime :: __private :: broken ()"), "{function}");
    }

    #[test]
    fn other_broken_functions_are_items() {
        for text in [
            "pub fn f() -> u8 { }",
            "pub fn f(self) { source a = x; }",
            "pub fn (a: u8) {}",
            "fn f() -> Pipeline<u8> {} 3",
        ] {
            syn::parse_str::<syn::File>(&expanded(text)).expect("items");
        }
    }

    /// Cut anywhere, with anything left out: errors or a graph, and no panic.
    #[test]
    fn nothing_panics() {
        let whole = "#![deadline(1s)] clone a, b; let x: u8 = 3; #[workers(2), keyed(|x| x)] source lines = y.await?;
            #[inline] stage w: T = lines?.map(|ref x| f(x)?).batch(3, 5ms) else r; stage (a, b) = merge(w, A(r)).route(|x| if c { a(x) } else { b(x) });
            sink n = a.fold(0, |s, x| s); sink m = b.collect::<Vec<_>>(); m + n";
        let tokens: Vec<proc_macro2::TokenTree> = whole.parse::<TokenStream>().expect("tokens").into_iter().collect();
        let wrap = |tokens: TokenStream| {
            expand::expand(quote!((::runtime) #tokens));
            expand::expand(quote!((::runtime) fn f() -> Pipeline<u8> { #tokens }));
            expand::expand(quote!((::runtime) #![inline] #tokens));
            expand::expand(tokens);
        };
        for at in 0..=tokens.len() {
            wrap(tokens[..at].iter().cloned().collect());
            wrap(tokens[at..].iter().cloned().collect());
            for width in 1..4 {
                let left_out = tokens.iter().take(at).chain(tokens.iter().skip(at + width));
                wrap(left_out.cloned().collect());
            }
        }
    }

    #[test]
    fn what_a_closure_names_itself_is_not_cloned() {
        let clones = |closure: &str| {
            let text =
                format!("fn f(jobs: Jobs) -> Pipeline<()> {{ source a = jobs; sink b = a.for_each({closure}); }}");
            expanded(&text).matches("Clone :: clone (& jobs)").count()
        };
        for own in ["|jobs| g(jobs)", "|(n, jobs)| g(jobs)", "|x| x.jobs(x.jobs)", "|jobs: Jobs| println!(\"{jobs}\")"]
        {
            assert_eq!(clones(own), 0, "{own}");
        }
        for captured in ["|x| x + jobs", "|x| g(0..jobs)", "|x| println!(\"{x} {jobs}\")", "|x| x.map(|_| jobs)"] {
            assert_eq!(clones(captured), 2, "{captured}: the source's, and the closure's");
        }
    }
}

/// `#[cfg(…)]`: one pipeline for each answer.
mod cfg {
    use super::*;

    fn choice(text: &str) -> Option<[String; 3]> {
        let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
        syntax::first_choice(&tokens).map(|choice| [choice.predicate, choice.with, choice.without].map(self::text))
    }

    fn chooses(text: &str, expected: [&str; 3]) {
        let tokens = |text: &str| text.parse::<TokenStream>().map(|tokens| tokens.to_string()).expect("tokens");
        assert_eq!(choice(text), Some(expected.map(tokens)), "{text}");
    }

    #[test]
    fn nothing_to_choose() {
        assert_eq!(choice("source a = x; sink n = a.count();"), None);
        assert_eq!(
            choice("source a = { #[cfg(unix)] let x = 1; x }; sink n = a.map(|x| x).count(); #[cfg(test)] n"),
            None
        );
        assert_eq!(choice("#[cfg(unix)] fn f() -> Pipeline<u64> { source a = x; sink n = a.count(); }"), None);
    }

    #[test]
    fn one_predicate_is_one_choice() {
        chooses(
            "#![buffer(1)] source a = x; #[cfg(unix)] stage b = a.map(f); #[doc = \"d\"] #[cfg(unix,), workers(2)] sink n = b.count(); n",
            [
                "unix",
                "#![buffer(1)] source a = x; stage b = a.map(f); #[doc = \"d\"] #[workers(2)] sink n = b.count(); n",
                "#![buffer(1)] source a = x; n",
            ],
        );
    }

    #[test]
    fn the_first_of_several() {
        chooses(
            "source a = x; #[cfg(not(all(a, b = \"c\")))] let y = 1; #[cfg(unix)] clone y; sink n = a.count();",
            [
                "not(all(a, b = \"c\"))",
                "source a = x; let y = 1; #[cfg(unix)] clone y; sink n = a.count();",
                "source a = x; #[cfg(unix)] clone y; sink n = a.count();",
            ],
        );
        chooses(
            "#[cfg(a)] #[cfg(b)] source a = x; sink n = a.count();",
            ["a", "#[cfg(b)] source a = x; sink n = a.count();", "sink n = a.count();"],
        );
    }

    #[test]
    fn branches() {
        chooses(
            "stage (a, #[cfg(t)] b: Map<K, V>, #[lossy(drop_oldest), cfg(t)] c) = x.tee();",
            ["t", "stage (a, b: Map<K, V> , #[lossy(drop_oldest)] c,) = x.tee();", "stage (a,) = x.tee();"],
        );
        chooses(
            "stage (a, #[cfg(t)] b, #[cfg(u)] c) = x.tee();",
            ["t", "stage (a, b, #[cfg(u)] c,) = x.tee();", "stage (a, #[cfg(u)] c,) = x.tee();"],
        );
    }

    #[test]
    fn the_fn_form() {
        chooses(
            "/// doc
            #[cfg(unix)] pub(in a::b) fn f<const N: usize>(x: [u8; { 1 + 2 }]) -> Pipeline<u64> where T: U { #[cfg(t)] source a = x; }",
            [
                "t",
                "/// doc
                #[cfg(unix)] pub(in a::b) fn f<const N: usize>(x: [u8; { 1 + 2 }]) -> Pipeline<u64> where T: U { source a = x; }",
                "/// doc
                #[cfg(unix)] pub(in a::b) fn f<const N: usize>(x: [u8; { 1 + 2 }]) -> Pipeline<u64> where T: U { }",
            ],
        );
    }

    #[test]
    fn the_expansion_leaves_it_to_rustc() {
        let expansion =
            expand::expand("(::runtime) source a = x; #[cfg(unix)] sink n = a.count();".parse().expect("tokens"));
        let expected = quote! {{
            #[cfg(unix)]
            let pipeline = ::runtime::pipeline! { source a = x; sink n = a.count(); };
            #[cfg(not(unix))]
            let pipeline = ::runtime::pipeline! { source a = x; };
            pipeline
        }};
        assert_eq!(expansion.to_string(), expected.to_string());
        let function = "(::runtime) fn f() -> Pipeline<u64> { source a = x; #[cfg(unix)] sink n = a.count(); }";
        let expansion = expand::expand(function.parse().expect("tokens"));
        let expected = quote! {
            #[cfg(unix)]
            ::runtime::pipeline! { fn f() -> Pipeline<u64> { source a = x; sink n = a.count(); } }
            #[cfg(not(unix))]
            ::runtime::pipeline! { fn f() -> Pipeline<u64> { source a = x; } }
        };
        assert_eq!(expansion.to_string(), expected.to_string());
    }
}

mod open_pipelines {
    use super::*;

    #[test]
    fn the_ends_are_no_tasks_where_they_need_none() {
        let plain = graph("source a = input; stage b = a.map(f); sink c = b.output();");
        assert!(plain.is_open());
        assert_eq!(edges(&plain), ["a -> b: a Main", "b -> c: b Main"]);
        assert_eq!((plain.input(), plain.output()), (Some((0, 0)), Some((2, 1))));

        let with_operators = graph("source a = input; sink c = a.map(f).output();");
        assert_eq!(edges(&with_operators), ["a -> c: a Main", "c -> output: c Main"]);
        assert_eq!(with_operators.statements[1].kind, StatementKind::Stage);

        // an end is no task, so something must stand between the two
        let same = graph("source a = input; sink c = a.output();");
        assert_eq!(edges(&same), ["a -> c: a Main", "c -> output: c Main"]);

        // nor can it be the end of an edge that drops
        let lossy = graph(
            "source a = x; stage (b, #[lossy(drop_oldest)] c) = a.tee(); sink n = b.count(); sink d = c.output();",
        );
        assert_eq!(edges(&lossy)[2..], ["b -> d: c Branch(1)", "d -> output: d Main"]);

        let merged = graph("source a = input; source b = x; #[buffer(3)] sink c = merge(a, b).output();");
        let edge = &merged.edges[merged.output().expect("an output").1];
        assert!(matches!(edge.buffer, Some(Setting::Count(3, _))));

        assert!(graph("source a = x; sink n = a.output();").is_open());
        assert!(!graph("source a = x; sink n = a.count();").is_open());
    }

    #[test]
    fn functions_return_a_flow() {
        let both = graph("fn f() -> Flow<A, B, X> { source a = input; sink c = a.map(f).output(); }");
        assert_eq!(both.error.as_ref().map(text), Some("X".to_owned()));
        let wrong = "with `input` or `output()` a pipeline's `fn` returns `Flow<Input, Output>` or `Flow<Input, Output, Error>`\n\
            help: without one of the two it is `Infallible`";
        rejects(&[
            ("fn f() -> Pipeline<B> { source a = input; sink c = a.count(); }", &[wrong]),
            ("fn f() -> Flow<B> { source a = x; sink c = a.output(); }", &[wrong]),
            (
                "fn f() -> Flow<A, B> { source a = x; sink c = a.count(); }",
                &["a pipeline without `input` and `output()` is no fragment\n\
                  help: return `Pipeline<Output, Error>`, or write `source items = input;`"],
            ),
        ]);
    }

    #[test]
    fn one_way_in_and_one_way_out() {
        rejects(&[
            (
                "source a = input; source b = input; sink c = merge(a, b).output();",
                &[
                    "a pipeline has one `input`\nhelp: let the items be an `enum`, and `route` them",
                    "the first `input` is here",
                ],
            ),
            (
                "source a = input; stage (b, c) = a.tee(); sink d = b.output(); sink e = c.output();",
                &[
                    "a pipeline has one `output()`\nhelp: join the streams: `merge(a, b)`",
                    "the first `output()` is here",
                ],
            ),
            (
                "source a = input; sink c = a.output(); 3",
                &["an open pipeline has no tail: what it gives are the items of its `output()`\n\
                  help: remove the tail, or the `input` and `output()`"],
            ),
            (
                "#[buffer(3)] source a = input; sink c = a.count();",
                &["`buffer` cannot stand on `input`, which is no task\nhelp: put it on the stage that reads `a`"],
            ),
            (
                "source a = x; stage b = a.output(); sink c = b.count();",
                &["`output` ends the stream and cannot stand in a `stage`\nhelp: make it a `sink`"],
            ),
        ]);
    }

    #[test]
    fn via_stands_alone() {
        let sink = graph("source a = x; sink b = a.via(f(cfg));");
        assert!(sink.statements[1].via().is_some() && !sink.is_open());
        rejects(&[
            (
                "source a = x; stage b = a.map(f).via(g()); sink c = b.count();",
                &["`via` is a whole stage and must be the only operator of its statement\n\
                  help: give it a stage of its own"],
            ),
            (
                "source a = x; #[workers(2)] stage b = a.via(g()); sink c = b.count();",
                &["`workers` cannot stand on `via`, which is no task\nhelp: put it on a stage inside the fragment"],
            ),
            (
                "source a = x; stage b = a.via(g()) else bad; sink c = b.count(); sink d = bad.count();",
                &["items fail inside the fragment, not in `via`\nhelp: put the `else` on a stage inside the fragment"],
            ),
            (
                "source a = x; stage b = a?.via(g()); sink c = b.count();",
                &["`via` reads a stream as it is, and `?` stands in front of it\n\
                  help: give that a stage of its own: `stage good = items?;`"],
            ),
            (
                "source a = x; source b = y; sink c = zip(a, b).via(g());",
                &["`via` reads a stream as it is, and a join stands in front of it\n\
                  help: give that a stage of its own: `stage all = merge(a, b);`"],
            ),
            (
                "source a = x; stage (b, #[lossy(drop_oldest)] c) = a.tee(); sink d = c.via(g()); sink n = b.count();",
                &["`via` reads a stream as it is, and a lossy branch stands in front of it\n\
                  help: give that a stage of its own: `stage items = branch;`"],
            ),
        ]);
    }
}

mod lints {
    use super::*;

    /// A pipeline in which every lint finds something, but `blocking_in_async`.
    const ALL: &str = "source a = x; #[on_error(skip), workers(2), unordered, buffer(65537)] stage b = a?.map(f);
        stage (c, #[lossy(drop_newest)] d) = b.tee(); sink n = c.for_each(async |x| f(x).await); sink m = d.count();";

    const SKIPPED: &str = "`b` skips items that fail\nhelp: `else rejects` makes them a stream of their own";
    const LOSSY: &str = "`d` drops items when it is full\nhelp: remove `lossy`: then the other branches wait for `d`";

    /// `lint: message`, in the order of the lints.
    fn warnings(text: &str) -> Vec<String> {
        let tokens: TokenStream = text.parse().expect("tokens");
        let mut diagnostics = Diagnostics::default();
        let pipeline = syntax::parse(quote!((::runtime) #tokens), &mut diagnostics);
        let graph = resolve::resolve(&pipeline, &mut diagnostics);
        check::check(&graph, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{:?}", diagnostics.into_messages());
        diagnostics.finish().iter().map(|warning| format!("{}: {}", warning.name, warning.message)).collect()
    }

    #[test]
    fn each_is_an_error_under_deny_and_a_warning_under_warn() {
        let cases: [(&str, &[&str]); 6] = [
            (
                "missing_timeout",
                &[
                    "`n` waits in `for_each` without a `timeout`\nhelp: `timeout` is not supported yet; until then bound the wait in the body, `tokio::time::timeout(…).await`, and allow `missing_timeout`",
                ],
            ),
            ("skipped_errors", &[SKIPPED]),
            ("lossy_branch", &[LOSSY]),
            (
                "unordered_output",
                &["`b` may give its items in another order than it takes them\nhelp: remove `unordered`"],
            ),
            (
                "large_buffer",
                &[
                    "a buffer of 65537 items, more than 65536\nhelp: a stage that is slower for long fills any buffer; a smaller one, or `workers` on that stage",
                ],
            ),
            (
                "missing_drain",
                &[
                    "the pipeline does not say how long a shutdown may take\nhelp: `#![drain(10s)]`, which is the default",
                ],
            ),
        ];
        for (lint, messages) in cases {
            let warned: Vec<String> = messages.iter().map(|message| format!("{lint}: {message}")).collect();
            assert_eq!(warnings(&format!("#![warn({lint})] {ALL}")), warned);

            let asked = format!("`{lint}` is denied here");
            // it has no place of its own in a block
            let places: &[&str] = if lint == "missing_drain" { &[] } else { &[&asked] };
            rejects(&[(&format!("#![deny({lint})] {ALL}"), &[messages, places].concat())]);
            graph(&format!("#![allow({lint})] {ALL}"));
        }
    }

    #[test]
    fn nothing_is_said_unasked() {
        assert_eq!(warnings(ALL), [""; 0]);
        assert_eq!(warnings(&format!("#![deny(), warn(), allow()] {ALL}")), [""; 0]);
        assert_eq!(warnings("source a = x; sink n = a.for_each(|x| std::thread::sleep(x));"), [""; 0]);
    }

    #[test]
    fn nothing_is_said_of_a_pipeline_that_keeps_its_promises() {
        let kept = "#![deny(missing_timeout, skipped_errors, lossy_branch, unordered_output, large_buffer, missing_drain, blocking_in_async)]
            #![buffer(65536), drain(1s)]
            source a = x;
            #[workers(2), buffer(many)] stage b = a?.map(f) else bad;
            #[blocking] stage c = b.map(|x| { std::thread::sleep(x); x });
            stage (d, e) = c.tee();
            stage f = d.process(async |input, output| {});
            sink n = f.count(); sink m = e.count(); sink o = bad.count();";
        assert_eq!(warnings(kept), [""; 0]);
    }

    #[test]
    fn a_later_level_wins_over_an_earlier_one() {
        let skipped = format!("skipped_errors: {SKIPPED}");
        assert_eq!(warnings(&format!("#![deny(skipped_errors)] #![allow(skipped_errors)] {ALL}")), [""; 0]);
        assert_eq!(warnings(&format!("#![deny(skipped_errors), warn(skipped_errors)] {ALL}")), [skipped.as_str()]);
        // of one lint alone
        assert_eq!(
            warnings(&format!("#![warn(skipped_errors, lossy_branch), allow(lossy_branch)] {ALL}")),
            [skipped.as_str()]
        );
        let denied: &[&str] = &[SKIPPED, "`skipped_errors` is denied here"];
        rejects(&[(&format!("#![allow(skipped_errors)] #![deny(skipped_errors)] {ALL}"), denied)]);
    }

    #[test]
    fn a_reason_is_shown() {
        rejects(&[(
            &format!("#![deny(lossy_branch, reason = \"an audit\")] {ALL}"),
            &[LOSSY, "`lossy_branch` is denied here: an audit"],
        )]);
    }

    #[test]
    fn a_function_without_drain_is_shown_at_its_name() {
        rejects(&[(
            "fn load() -> Pipeline<u64> { #![deny(missing_drain)] source a = x; sink n = a.count(); }",
            &[
                "the pipeline does not say how long a shutdown may take\nhelp: `#![drain(10s)]`, which is the default",
                "`missing_drain` is denied here",
            ],
        )]);
    }

    #[test]
    fn large_buffers() {
        let under = |attrs: &str| format!("#![warn(large_buffer)] {attrs}");
        let branches =
            under("source a = x; #[buffer(70_000)] stage (b, c) = a.tee(); sink n = b.count(); sink m = c.count();");
        assert_eq!(warnings(&branches).len(), 1, "once for a statement");
        let inherited = under("#![buffer(70_000)] source a = x; stage b = a.map(f); sink n = b.count();");
        assert_eq!(warnings(&inherited).len(), 1, "once for the pipeline");
        let part = under("#[buffer(70_000)] source a = x; #[buffer(70_000)] sink out = a.map(f).output();");
        assert_eq!(warnings(&part).len(), 2, "that of an output too");
    }

    #[test]
    fn unknown_lints() {
        let under = |attrs: &str| format!("{attrs} source a = x; sink n = a.count();");
        let all = "expected `missing_timeout`, `skipped_errors`, `lossy_branch`, `unordered_output`, `large_buffer`, `missing_drain` or `blocking_in_async`";
        let elsewhere = "lints of rustc and clippy belong above the `fn`, or the statement";
        let near =
            format!("unknown lint `skiped_errors`\nhelp: did you mean `skipped_errors`? {}", all.replacen('e', "E", 1));
        rejects(&[(&under("#![warn(skiped_errors)]"), &[near.as_str()])]);
        let far = format!("unknown lint `dead_code`\nhelp: {all}; {elsewhere}");
        rejects(&[(&under("#![allow(dead_code)]"), &[far.as_str()])]);
        let path = format!("`clippy::all` is no lint of a pipeline\nhelp: {all}; {elsewhere}");
        rejects(&[(&under("#![deny(clippy::all)]"), &[path.as_str()])]);
        // the others still count
        rejects(&[(
            &format!("#![deny(dead_code, lossy_branch)] {ALL}"),
            &[far.as_str(), LOSSY, "`lossy_branch` is denied here"],
        )]);
        rejects(&[
            (&under("#![deny]"), &["`deny` needs its argument\nhelp: `#![deny(skipped_errors)]`"]),
            (&under("#![deny(3)]"), &["`deny` takes names of lints\nhelp: `#![deny(skipped_errors)]`"]),
            (&under("#![forbid(x)]"), &["`#![forbid]` cannot stand inside a pipeline\nhelp: `#![deny(…)]`"]),
            (&under("#![expect(x)]"), &["`#![expect]` cannot stand inside a pipeline\nhelp: `#![allow(…)]`"]),
        ]);
    }

    /// What a chain's bodies are said to block with.
    fn blocking(pipeline: &str) -> Vec<String> {
        let warnings = warnings(&format!("#![warn(blocking_in_async)] {pipeline}"));
        let name = |text: &String| text.split('`').nth(1).expect("a name").to_owned();
        warnings.iter().map(name).collect()
    }

    #[test]
    fn what_blocks() {
        let cases: [(&str, &[&str]); 30] = [
            ("map(async |x| { std::thread::sleep(x); x })", &["std::thread::sleep"]),
            ("map(|x| { thread::sleep(x); x })", &["thread::sleep"]),
            ("map(|x| ::std::fs::read(x)?)", &["std::fs::read"]),
            ("map(|x| fs::read_to_string(x)?)", &["fs::read_to_string"]),
            ("map(fs::read_to_string?)", &["fs::read_to_string"]),
            ("map(|x| std::fs::File::open(x)?)", &["std::fs::File::open"]),
            ("map(|x| std::fs::OpenOptions::new().open(x)?)", &["std::fs::OpenOptions::new"]),
            ("map(|x| std::net::TcpStream::connect(x)?)", &["std::net::TcpStream::connect"]),
            ("map(|x| reqwest::blocking::get(x)?)", &["reqwest::blocking::get"]),
            ("map(|x| futures::executor::block_on(x))", &["futures::executor::block_on"]),
            ("map(|x| handle.block_on(x))", &["block_on"]),
            ("map(|x| { stdin = std::io::stdin(); x })", &["std::io::stdin"]),
            // however deep
            ("map(async |x| { let f = || [1].map(|y| fs::write(x, y)); f() })", &["fs::write"]),
            ("map(async |x| async { fs::read(x) }.await)", &["fs::read"]),
            (
                "map(|x| { println!(\"{:?} {}\", fs::metadata(x), size = fs::read(x)?.len()); x })",
                &["fs::metadata", "fs::read"],
            ),
            ("map(|x| x).filter(|x| fs::metadata(x).is_ok())", &["fs::metadata"]),
            ("map_init(|| fs::read(\"a\"), |s, x| x)", &["fs::read"]),
            ("recurse(|x, next| x, unique = |x| fs::canonicalize(x))", &["fs::canonicalize"]),
            // tokio's
            ("map(async |x| tokio::fs::read(x).await?)", &[]),
            ("map(async |x| fs::read(x).await?)", &[]),
            ("map(async |x| both(fs::read(x), fs::read(x)).await?)", &[]),
            ("map(async |x| fs::File::open(x).await?)", &[]),
            ("map(async |x| TcpStream::connect(x).await?)", &[]),
            ("map(async |x| time::sleep(x).await)", &[]),
            // on a thread that may block
            ("map(async |x| tokio::task::spawn_blocking(move || fs::read(x)).await??)", &[]),
            ("map(async |x| pool.spawn_blocking(move || fs::read(x)).await??)", &[]),
            ("map(|x| tokio::task::block_in_place(|| fs::read(x))?)", &[]),
            ("map(|x| thread::spawn(move || thread::sleep(x)))", &[]),
            // what does not block, or has only the name
            ("map(|x| std::net::IpAddr::from(x))", &[]),
            ("map(|x| my::fs::read(x))", &[]),
        ];
        for (chain, expected) in cases {
            assert_eq!(
                blocking(&format!("source a = x; stage b = a.{chain}; sink n = b.count();")),
                expected,
                "{chain}"
            );
        }
    }

    #[test]
    fn what_blocks_in_a_source_or_a_key() {
        let counted = "sink n = a.count();";
        assert_eq!(blocking(&format!("source a = std::fs::read(\"x\")?; {counted}")), ["std::fs::read"]);
        assert_eq!(blocking(&format!("source a = async |out| {{ thread::sleep(d); }}; {counted}")), ["thread::sleep"]);
        assert_eq!(blocking(&format!("#[blocking] source a = |out| {{ thread::sleep(d); }}; {counted}")), [""; 0]);
        let keyed = "source a = x; #[keyed(|x| fs::canonicalize(x)), workers(2)] sink n = a.count();";
        assert_eq!(blocking(keyed), ["fs::canonicalize"]);
        // evaluated when the pipeline is built
        assert_eq!(blocking(&format!("let x = fs::read(\"x\"); source a = x; {counted} fs::write(n)")), [""; 0]);
    }

    #[test]
    fn what_to_do_about_a_body_that_blocks() {
        let denied = |chain: &str| format!("#![deny(blocking_in_async)] {}", sink(chain));
        let asked = "`blocking_in_async` is denied here";
        rejects(&[
            (
                &denied(".for_each(|x| thread::sleep(x))"),
                &[
                    "`thread::sleep` blocks a thread that other tasks wait for\nhelp: `tokio::time::sleep(…).await`, or `#[blocking]` above the statement",
                    asked,
                ],
            ),
            (
                &denied(".for_each(async |x| { std::fs::write(x, x)?; })"),
                &[
                    "`std::fs::write` blocks a thread that other tasks wait for\nhelp: `tokio::fs::write(…).await`, or a stage of its own under `#[blocking]`",
                    asked,
                ],
            ),
        ]);
    }

    #[test]
    fn a_warning_obeys_the_levels_of_its_statement() {
        let expansion = |attrs: &str| {
            let text = format!(
                "#![warn(skipped_errors)] source a = x; {attrs} #[on_error(skip)] stage b = a?.map(f); sink n = b.count();"
            );
            expand::expand(text.parse().expect("tokens")).to_string()
        };
        let warning = "{ # [allow (non_upper_case_globals";
        assert!(expansion("").contains(warning));
        assert!(expansion("#[allow(deprecated)]").contains(&format!("# [allow (deprecated)] {warning}")));
        // an expectation is one, not two
        assert!(!expansion("#[expect(deprecated)]").contains(&format!("# [expect (deprecated)] {warning}")));
    }
}
