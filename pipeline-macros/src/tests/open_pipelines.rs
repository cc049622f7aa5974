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
    let lossy =
        graph("source a = x; stage (b, #[lossy(drop_oldest)] c) = a.tee(); sink n = b.count(); sink d = c.output();");
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
                "a pipeline has one `output()`\nhelp: join the streams: `sink all = merge(b, c).output();`",
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
            &[
                "`output` ends the stream and cannot stand in a `stage`\nhelp: remove it: `b` is read by another statement",
                "`b` is read here",
            ],
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
            &[
                "`via` is a whole stage and must be the only operator of its statement\nhelp: give what stands before it a stage of its own: `stage b_input = a.map(f);`",
            ],
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
