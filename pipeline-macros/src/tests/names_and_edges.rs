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
            &[
                "unknown stream `other`\nhelp: define it, `stage other = …;`, or make a value of that name a stream: `source items = other;`",
            ],
        ),
        ("sink n = lines.count();", &["unknown stream `lines`\nhelp: the pipeline has no source: `source lines = …;`"]),
        (
            "let list = v; source a = x; sink n = a.count(); sink m = list.count();",
            &["`list` is a value, not a stream\nhelp: make it one: `source items = list;`"],
        ),
        (
            "source a = x; sink n = a.count(); sink m = n.count();",
            &[
                "`n` is a sink, not a stream\nhelp: its value is there for the tail; to read its stream too, split that with `tee` before it",
            ],
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
        (
            "let a = 1;",
            &[
                "the pipeline is empty\nhelp: it needs a source and a sink: `source items = 0..3; sink total = items.count();`",
            ],
        ),
        (
            "",
            &[
                "the pipeline is empty\nhelp: it needs a source and a sink: `source items = 0..3; sink total = items.count();`",
            ],
        ),
        (
            "clone db, db; source a = x; sink n = a.count();",
            &["`db` is cloned twice\nhelp: once is enough for all stages", "`db` is cloned here first"],
        ),
        (
            "source input = x; sink n = input.count();",
            &["`input` is a word of the language and cannot name a stream\nhelp: give it another name"],
        ),
        (
            "source a = x; sink merge = a.count();",
            &["`merge` is a word of the language and cannot name a stream\nhelp: give it another name"],
        ),
    ]);
}

#[test]
fn cycles() {
    rejects(&[
        (
            "source s = x; stage a = merge(s, c); stage b = a.map(f); stage (c, d) = b.tee(); sink n = d.count();",
            &[
                "`a` depends on itself: `a` -> `b` -> `c` -> `a`\nhelp: streams flow one way, from sources to sinks; for items that bring more items there is `recurse`",
                "`a` reads `c` here",
            ],
        ),
        (
            "stage a = a.map(f); source s = x; sink n = s.count();",
            &[
                "`a` reads its own output: `a` -> `a`\nhelp: streams flow one way, from sources to sinks; for items that bring more items there is `recurse`",
                "`a` reads `a` here",
            ],
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
            &["`skip` drops an item in a `route` and cannot name a branch\nhelp: give it another name"],
        ),
        (
            "source a = x; stage (#[lossy(drop_oldest)] b, #[workers(2)] c) = a.tee(); sink n = b.count(); sink m = c.count();",
            &["`workers` cannot stand on a branch\nhelp: put it above the `stage`, for all of its branches"],
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
                "unknown argument `drop_oldst` of `lossy`\nhelp: did you mean `#[lossy(drop_oldest)]`?",
                "`lossy` needs its argument\nhelp: `#[lossy(drop_oldest)]`",
                "`lossy` needs its argument\nhelp: `#[lossy(drop_oldest)]`",
                "unknown argument `9` of `lossy`\nhelp: expected `drop_oldest` or `drop_newest`",
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
            &["`merge` joins two or more streams, found 1\nhelp: `merge(a, …)`, or the stream alone: `a`"],
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
