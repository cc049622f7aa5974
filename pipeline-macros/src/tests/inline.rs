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
                "`inline` cannot stand with `{policy}`, which needs tasks of its own\nhelp: remove `inline`, or remove `{policy}`"
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
                "`inline` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer`, `blocking` and `retry`",
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
            &["`process` has a task to itself and cannot run `inline`\nhelp: leave `inline` away", "`process` is here"],
        ),
        (
            "source a = x; #[inline] sink n = a.recurse(f).count();",
            &["`recurse` has a task to itself and cannot run `inline`\nhelp: leave `inline` away", "`recurse` is here"],
        ),
        (
            "source a = x; #[inline] sink n = a.batch(3, 1s).count();",
            &[
                "`batch` goes by time and cannot run `inline`, where nothing waits for it\nhelp: leave `inline` away, or group by size alone: `batch(3)`",
                "`batch` is here",
            ],
        ),
        (
            "source a = x; #[inline(always)] sink n = a.count();",
            &[
                "`inline` takes no argument: here it is about tasks, not about functions\nhelp: `#[inline]` runs a stage inside its producer's task",
            ],
        ),
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
            &["`n` cannot run inside `b`, which is all of `process`\nhelp: leave `inline` away", "`process` is here"],
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
                "`a` is the `input`",
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
