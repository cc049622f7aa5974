use super::*;

fn rejects_sinks_under(cases: &[(&str, &str, &[&str])]) {
    let texts: Vec<String> =
        cases.iter().map(|(attrs, chain, _)| format!("source a = x; {attrs} sink s = a{chain};")).collect();
    let cases: Vec<(&str, &[&str])> = texts.iter().map(String::as_str).zip(cases.iter().map(|case| case.2)).collect();
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
                "unknown attribute `frobnicate`\nhelp: expected `workers`, `unordered`, `keyed`, `in_flight`, `buffer`, `blocking`, `inline`, `timeout`, `retry`, `breaker`, `rate`, `limit`, `on_error` or `on_cancel`",
            ],
        ),
        (
            "#[rustfmt::skip]",
            ".count()",
            &["`rustfmt::skip` is no attribute of a pipeline\nhelp: attributes of other crates belong above the `fn`"],
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
        (
            "#[on_cancel(finish)]",
            ".count()",
            &["`on_cancel` needs an `async` operator: a body that does not wait is never interrupted\nhelp: remove it"],
        ),
    ]);
}

#[test]
fn arguments() {
    rejects_sinks_under(&[
        ("#[workers]", ".count()", &["`workers` needs its argument\nhelp: `#[workers(8)]`"]),
        ("#[workers(2, 3)]", ".count()", &["`workers` takes one argument\nhelp: `#[workers(2)]`"]),
        ("#[workers(0)]", ".count()", &["`workers` cannot be 0\nhelp: 1 or more"]),
        ("#[workers(2)] #[workers(3)]", ".count()", &["`workers` is given twice", "`workers` is given here first"]),
        ("#[blocking(true)]", ".count()", &["`blocking` takes no argument\nhelp: `#[blocking]`"]),
        ("#[keyed]", ".count()", &["`keyed` needs its argument\nhelp: `#[keyed(|x| x.id)]`"]),
        (
            "#[keyed(|x| x.id, idle = 5m, idle = 6m)]",
            ".dedup().count()",
            &["`idle` is given twice", "`idle` is given here first"],
        ),
        (
            "#[keyed(|x| x.id, after = 5m)]",
            ".dedup().count()",
            &["unknown option `after` of `keyed`\nhelp: did you mean `idle = 5m`?"],
        ),
        (
            "#[keyed(|x| x.id, 5m)]",
            ".dedup().count()",
            &["`keyed` takes one argument and the option `idle`\nhelp: `#[keyed(|x| x.id, idle = 5m)]`"],
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
            &["unknown argument `ignore` of `on_error`\nhelp: did you mean `#[on_error(skip)]`?"],
        ),
        (
            "#[on_error(|e| log(e))]",
            "?.count()",
            &[
                "no path of this closure ends in `fail`, `skip` or `reject`\nhelp: such as `|e| match e { … => skip, _ => fail }`",
            ],
        ),
        (
            "#[on_error(|e| e.skip)]",
            "?.count()",
            &[
                "no path of this closure ends in `fail`, `skip` or `reject`\nhelp: such as `|e| match e { … => skip, _ => fail }`",
            ],
        ),
        (
            "#[on_error(|e| { f(e)?; skip })]",
            "?.count()",
            &["`?` cannot stand in this function of `on_error`\nhelp: it sees no item that could fail"],
        ),
        (
            "#[on_error(async |e| skip)]",
            "?.count()",
            &["the closure of `on_error` cannot be `async`\nhelp: do the waiting in a `map(async |x| …)` before it"],
        ),
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
fn around_a_body() {
    rejects_sinks_under(&[
        ("#[timeout]", ".for_each(async |x| f(x))", &["`timeout` needs its argument\nhelp: `#[timeout(2s)]`"]),
        ("#[timeout(-1)]", ".for_each(async |x| f(x))", &["`timeout` cannot be negative"]),
        (
            "#[timeout(2s..3s)]",
            ".for_each(async |x| f(x))",
            &["`timeout` takes a duration, found a range\nhelp: such as `250ms` or `1.5s`"],
        ),
        (
            "#[timeout(2s, total = 0s), retry(attempts = 2)]",
            ".for_each(async |x| f(x))",
            &["`total` cannot be 0: nothing would end in time"],
        ),
        ("#[retry]", ".for_each(|x| f(x)?)", &["`retry` needs its argument\nhelp: `#[retry(attempts = 4)]`"]),
        (
            "#[retry(attempts = 4s)]",
            ".for_each(|x| f(x)?)",
            &["`attempts` takes a count, found a duration\nhelp: write `4`"],
        ),
        (
            "#[retry(attempts = 2, 50ms..2s, none, |e| true, 9s)]",
            ".for_each(|x| f(x)?)",
            &[
                "`retry` takes what it takes by name\nhelp: `#[retry(attempts = 4, backoff = 50ms..2s)]`",
                "`retry` takes what it takes by name\nhelp: `#[retry(attempts = 4, jitter = none)]`",
                "`retry` takes what it takes by name\nhelp: `#[retry(attempts = 4, when = |e| true)]`",
                "`retry` takes what it takes by name\nhelp: `#[retry(attempts = 4, max_elapsed = 9s)]`",
            ],
        ),
        (
            "#[retry(attempts = 2, backoff = 50ms..=2s)]",
            ".for_each(|x| f(x)?)",
            &["`backoff` goes from the first delay to the longest\nhelp: `50ms..2s`"],
        ),
        (
            "#[retry(attempts = 2, backoff = 50..2s)]",
            ".for_each(|x| f(x)?)",
            &["`backoff` takes a duration, found a number\nhelp: give it a unit, such as `50ms` or `50s`"],
        ),
        (
            "#[retry(attempts = 2, jitter = equal)]",
            ".for_each(|x| f(x)?)",
            &["unknown argument `equal` of `jitter`\nhelp: expected `full` or `none`"],
        ),
        (
            "#[retry(attempts = 2, factor = 2s)]",
            ".for_each(|x| f(x)?)",
            &[
                "`factor` is a number of 1 or more\nhelp: such as `2.0`, with which each delay is twice the one before it",
            ],
        ),
        (
            "#[retry(attempts = 2, when = |e| check(e)?)]",
            ".for_each(|x| f(x)?)",
            &["`?` cannot stand in this function of `when`\nhelp: it sees no item that could fail"],
        ),
        // one mistake, one message
        (
            "#[timeout(2), on_error(skip)]",
            ".for_each(async |x| f(x))",
            &["`timeout` takes a duration, found a number\nhelp: give it a unit, such as `2ms` or `2s`"],
        ),
        (
            "#[timeout(2s), in_flight(3)]",
            ".map(async |x| f(x)).for_each(async |x| g(x))",
            &[
                "a statement with `in_flight` has one `async` operator, `for_each` is the second\nhelp: give it a stage of its own",
                "the first one is here",
            ],
        ),
        (
            "#[timeout(2s), on_error(skip)]",
            ".fold(0, async |sum, x| sum + x)",
            &["`fold` cannot go on after a failure: its value is lost\nhelp: do what can fail in a `map` before it"],
        ),
    ]);
}

#[test]
fn places() {
    rejects(&[(
        "#[workers(2), unordered, buffer(3)] source a = x; sink n = a.count();",
        &[
            "`workers` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer`, `blocking` and `retry`",
            "`unordered` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer`, `blocking` and `retry`",
        ],
    )]);
    rejects_sinks_under(&[
        (
            "#[buffer(3)]",
            ".count()",
            &["`buffer` cannot stand on a `sink`, which has no output\nhelp: put it on the statement that makes `a`"],
        ),
        (
            "#[unordered]",
            ".count()",
            &[
                "`unordered` needs `workers` or `in_flight`: one item at a time has one order\nhelp: `#[workers(8), unordered]`, or leave it away",
            ],
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
                "`in_flight` needs an `async` operator, or a `flat_map` of streams\nhelp: `for_each(async |x| …)`, or use `workers(n)` for work on the CPU",
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
                "an `async` operator cannot run under `blocking`\nhelp: remove `async` from its closure, or remove `blocking`",
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
            &[
                "`on_error(reject)` needs an `else` stream\nhelp: `else rejects` at the end of the statement, and a sink: `sink rejected = rejects.count();`",
            ],
        ),
        (
            "#[on_error(skip)]",
            ".count()",
            &["nothing can fail here\nhelp: use `?` in an operator or behind the input, or remove `on_error`"],
        ),
        (
            "#[on_error(skip)]",
            ".reduce(|a, x| f(a, x)?)",
            &["`reduce` cannot go on after a failure: its value is lost\nhelp: do what can fail in a `map` before it"],
        ),
    ]);
    rejects(&[(
        "source a = x; #[on_error(skip)] stage b = a? else bad; sink n = b.count(); sink m = bad.count();",
        &[
            "`on_error` says that failed items are not rejected\nhelp: remove `on_error`, or remove `else bad`",
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
        (
            "#![retry_budget(0.1)]",
            &[
                "no stage has `retry`, so there is nothing to spend\nhelp: `#[retry(attempts = 4)]` above a stage, or remove `retry_budget`",
                "`retry_budget` takes what it takes by name\nhelp: `#![retry_budget(ratio = 0.1)]`",
            ],
        ),
        (
            "#![inline(always)]",
            &[
                "`inline` takes no argument: here it is about tasks, not about functions\nhelp: `#![inline]` runs a stage inside its producer's task",
            ],
        ),
        (
            "#![cfg(unix)]",
            &[
                "`#![cfg]` cannot stand inside a pipeline\nhelp: put `#[cfg(…)]` above the `fn`, or above the statement that the `pipeline!` stands in",
            ],
        ),
        (
            "#![a::b]",
            &[
                "unknown attribute `#![a::b]`\nhelp: expected `name`, `error`, `buffer`, `deadline`, `drain`, `retry_budget`, `inline`, `deny`, `warn` or `allow`",
            ],
        ),
        ("#![error(3)]", &["`error` takes one type\nhelp: `#![error(LoadError)]`"]),
    ];
    for (attrs, expected) in cases {
        rejects(&[(&under(attrs), expected)]);
    }
}

#[test]
fn rarer_mistakes() {
    let under = |attrs: &str| format!("{attrs} source a = x; sink n = a.count();");
    rejects(&[
        (&under("#![name = \"\"]"), &["a pipeline's name cannot be empty\nhelp: `#![name = \"load\"]`"]),
        (
            &under("#![deadline(1e3s)]"),
            &["`deadline` takes a plain number with a unit\nhelp: such as `250ms` or `1.5s`"],
        ),
        (
            &under("#![lossy(drop_oldest)]"),
            &[
                "`lossy` is an attribute of a branch, not of the pipeline\nhelp: on a branch of a `tee`: `stage (a, #[lossy(drop_oldest)] b) = x.tee();`",
            ],
        ),
        (
            &under("#[deadline(3s)] let y = 3;"),
            &["`deadline` cannot stand on a `let`\nhelp: `#![deadline(3s)]` at the top of the pipeline"],
        ),
    ]);
    rejects_sinks_under(&[(
        "#[keyed(idle = 5m)]",
        ".dedup().count()",
        &["`keyed` needs a closure that gives an item's key\nhelp: `#[keyed(|x| x.id)]`"],
    )]);
}
