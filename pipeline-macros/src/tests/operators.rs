use super::*;

#[test]
fn unknown() {
    rejects_sinks(&[
        (".mpa(f).count()", &["unknown operator `mpa`\nhelp: did you mean `map`?"]),
        (
            ".quux().count()",
            &[
                "unknown operator `quux`\nhelp: what no operator does, `process(async |input, output| { … })` does in a stage of its own",
            ],
        ),
        (".foreach(f)", &["unknown operator `foreach`\nhelp: did you mean `for_each`?"]),
        (".then(f).count()", &["unknown operator `then`\nhelp: write `map(async |x| f(x).await)`"]),
        (
            ".workers(3).count()",
            &["unknown operator `workers`\nhelp: it is an attribute: `#[workers(3)]` above the statement"],
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
        (
            ".map(|a, b| a).count()",
            &["the closure of `map` takes 1 parameter, found 2\nhelp: a tuple is one parameter: `|(a, b)|`"],
        ),
        (".fold(0, |a| a)", &["the closure of `fold` takes 2 parameters, found 1\nhelp: `fold(init, |acc, x| acc)`"]),
        (".map(make()).count()", &["`map` takes a closure, an `async` closure or a path\nhelp: `|x| make()`"]),
        (".map(async { 1 }).count()", &["`map` takes a closure, found an `async` block\nhelp: `async |x| { 1 }`"]),
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
            &["the closure of `map_init` cannot be `async`\nhelp: do the waiting in a `map(async |x| …)` before it"],
        ),
        (
            ".fold(start()?, |a, x| a)",
            &[
                "`?` cannot stand in a starting value\nhelp: it is evaluated when the pipeline is built; compute it before the pipeline",
            ],
        ),
    ]);
}

#[test]
fn settings() {
    rejects_sinks(&[
        (".take(1.5).count()", &["`take` takes a count, found a fraction\nhelp: such as `8`"]),
        (".take(5s).count()", &["`take` takes a count, found a duration\nhelp: write `5`"]),
        (".take(\"5\").count()", &["`take` takes a count, found a string\nhelp: write `5`"]),
        (".take(-1).count()", &["`take` cannot be negative"]),
        (".take(99999999999999999999).count()", &["`take` is too large\nhelp: at most `18446744073709551615`"]),
        (".take(n = 1).count()", &["`take` takes this without a name\nhelp: write `1`"]),
        (".take(|x| x).count()", &["`take` takes a count, found a closure\nhelp: such as `8`"]),
        (
            ".batch(5, 3).count()",
            &["`batch` takes a duration, found a number\nhelp: give it a unit, such as `3ms` or `3s`"],
        ),
        (".batch(5, 3sec).count()", &["unknown unit `sec`\nhelp: write `3s`"]),
        (".batch(5, 99999999999h).count()", &["`batch` is too long\nhelp: at most `5124095h`"]),
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
            &["`window` is by time or by count, not both\nhelp: remove `every` or `count`", "`every` is given here"],
        ),
        (".window(0, f, every = 1s, every = 2s).count()", &["`every` is given twice", "`every` is given here first"]),
        (".window(0, f, evry = 1s).count()", &["unknown option `evry` of `window`\nhelp: did you mean `every`?"]),
        (
            ".window(0, f, every = 3).count()",
            &["`every` takes a duration, found a number\nhelp: give it a unit, such as `3ms` or `3s`"],
        ),
        (".window(0, f, count = 3s).count()", &["`count` takes a count, found a duration\nhelp: write `3`"]),
        (".window(0, f, every = 0s).count()", &["a `window` lasts longer than 0"]),
        (".window(0, f, count = 0).count()", &["a `window` holds 1 item or more"]),
        (".window(0, f, count = 1, last = 0).count()", &["a `window` holds 1 item or more"]),
        (
            ".window(0, f, every = 3s, last = 5).count()",
            &["`last` takes a duration beside `every`, found a number\nhelp: give it a unit, such as `5ms` or `5s`"],
        ),
        (".window(0, f, count = 3, last = 5s).count()", &["`last` takes a count beside `count`, found a duration"]),
        (
            ".window(0, f, count = 3, last = \"5\").count()",
            &["`last` takes a count or a duration, found a string\nhelp: write `5`"],
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
                "the sink `s` does not end its stream\nhelp: end it in an operator: `for_each`, `fold`, `reduce`, `collect`, `count`, `first`, `last`, `forward` or `discard`",
            ],
        ),
        (
            ".count().map(f).discard()",
            &[
                "`count` ends the stream and must be the last operator\nhelp: its value is there for the tail: remove `.map(f).discard()`",
            ],
        ),
        (".tee()", &["`tee` has several outputs and cannot stand in a sink\nhelp: `stage (s_1, s_2) = a.tee();`"]),
        (
            ".process(async |i, o| {})",
            &[
                "`process` has an output and cannot end a sink\nhelp: make it a stage, `stage s = …`, and read that in a sink",
            ],
        ),
        (
            ".process(async |i, o| {}).count()",
            &[
                "`process` is a whole stage and must be the only operator of its statement\nhelp: what stands behind it reads its stream: `s.count()` in a statement of its own",
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
            &[
                "`count` ends the stream and cannot stand in a `stage`\nhelp: remove it: `b` is read by another statement",
                "`b` is read here",
            ],
        ),
        (
            "source a = x; stage b = a.tee(); sink n = b.count();",
            &["`tee` has several outputs and needs a list of branches\nhelp: `stage (b_1, b_2) = a.tee();`"],
        ),
        (
            "source a = x; stage (b, c) = a.map(f); sink n = b.count(); sink m = c.count();",
            &[
                "several outputs need `tee` or `route` as the last operator\nhelp: `a.map(f).tee()` gives each branch every item, `.route(|x| …)` gives each item to one branch",
            ],
        ),
        (
            "source a = x; stage (b, c) = a.tee().map(f); sink n = b.count(); sink m = c.count();",
            &[
                "`tee` must be the last operator of its stage\nhelp: what follows belongs to its branches: `stage b_done = b.map(f);`",
            ],
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
            &["`fold` cannot go on after a failure: its value is lost\nhelp: do what can fail in a `map` before it"],
        ),
        (
            "source a = x; stage b = a.process(async |i, o| f()?) else bad; sink n = b.count(); sink m = bad.count();",
            &["`process` sees no single items, so none can be skipped or rejected\nhelp: remove `else`"],
        ),
    ]);
}
