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
