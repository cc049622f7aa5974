mod generated;

use super::*;

/// One stream in two, of which one goes on as `c`; both are joined.
fn branch(stage: &str) -> String {
    format!("source n = x; stage (a, b) = n.tee(); {stage} sink s = zip(c, b).count();")
}

fn branches(cases: &[&str]) -> Vec<String> {
    cases.iter().map(|case| branch(case)).collect()
}

fn accepts(cases: impl IntoIterator<Item = String>) {
    for case in cases {
        graph(&case);
    }
}

/// The facts of what is refused, without the drawing.
fn facts(text: &str) -> Vec<String> {
    let messages = front(text).err().unwrap_or_default();
    let facts = messages.iter().filter(|message| message.contains("for ever"));
    facts.map(|message| message.lines().next().unwrap_or_default().to_owned()).collect()
}

/// Each case: one statement in one branch, and why it is refused.
fn refuses_branches(cases: &[(&str, &str)]) {
    for (stage, cause) in cases {
        assert_eq!(facts(&branch(stage)), [format!("`zip(c, b)` can wait for ever: {cause}")], "{stage}");
    }
}

#[test]
fn a_whole_message() {
    rejects(&[(
        &branch("stage c = a.filter(f);"),
        &[
            "`zip(c, b)` can wait for ever: `filter` in `c` leaves items out\n  \
             empty: n -> a -> c -> zip\n  \
             full:  n -> b -> zip\n\
             help: `filter` before the `tee` or behind the `zip`, or `merge(c, b)`, which takes what comes",
            "`n` forks here",
        ],
    )]);
}

#[test]
fn one_item_for_each() {
    accepts(branches(&[
        "stage c = a.map(f).inspect(f).enumerate().scan(0, |s, x| x).map_init(f, |s, x| x);",
        "stage c = a.map(f?);",
        "stage c = a?;",
        "#[workers(4)] stage c = a.map(f);",
        "#[workers(4), unordered] stage c = a.map(f);",
        "#[in_flight(4)] stage c = a.map(async |x| x);",
        "#[keyed(|x| *x)] stage c = a.scan(0, |s, x| x);",
        "#[inline] stage c = a.map(f);",
        "stage d = a.map(f); #[buffer(0)] stage c = d.map(f);",
        "stage c = a.take(3);",
        "stage c = a.take(k).take_while(f);",
        "stage c = a.batch(1);",
        // until it has ended the first is the only one
        "source m = x; stage c = concat(a, m);",
    ]));
    // at any size of the edges
    for buffer in ["0", "1", "n"] {
        accepts([format!("#![buffer({buffer})] {}", branch("stage c = a.map(f);"))]);
    }
}

#[test]
fn any_number_of_items() {
    refuses_branches(&[
        ("stage c = a.filter(f);", "`filter` in `c` leaves items out"),
        ("stage c = a.filter_map(f);", "`filter_map` in `c` leaves items out"),
        ("stage c = a.skip_while(f);", "`skip_while` in `c` leaves items out"),
        ("stage c = a.dedup();", "`dedup` in `c` leaves items out"),
        ("stage c = a.flat_map(f);", "`flat_map` in `c` may give any number of items for one"),
        ("stage c = a.recurse(f);", "`recurse` in `c` may give any number of items for one"),
        ("stage c = a.process(async |i, o| ());", "`process` in `c` may give any number of items for one"),
        ("stage c = a.via(f());", "`via` in `c` may give any number of items for one"),
        ("stage c = a.batch(3, 1s);", "`batch` in `c` makes groups by time, of any size"),
        ("stage c = a.window(0, |s, x| (), every = 1s);", "`window` in `c` makes groups by time, of any size"),
        ("stage c = a.batch(k);", "the number in `batch` of `c` is not known here"),
        ("stage c = a.skip(k);", "the number in `skip` of `c` is not known here"),
        ("#[keyed(|x| *x)] stage c = a.take(3);", "`take` in `c` counts for each key"),
        ("#[keyed(|x| *x)] stage c = a.batch(3);", "`batch` in `c` counts for each key"),
        ("#[on_error(skip)] stage c = a.map(f?);", "items that fail in `c` are left out"),
        ("#[on_error(skip)] stage c = a?;", "items that fail in `c` are left out"),
        ("stage c = a.map(f?) else d; sink t = d.count();", "items that fail leave `c` by its `else`"),
        ("stage d = a.filter(f); #[inline] stage c = d.map(f);", "`filter` in `d` leaves items out"),
        ("stage (c, d) = a.filter(f).tee(); sink t = d.count();", "`filter` in `c` leaves items out"),
        ("source m = x; stage c = merge(a, m);", "`merge(a, m)` mixes the items of several streams"),
        ("source m = x; stage c = concat(m, a);", "`concat(m, a)` gives the items of several streams"),
        ("stage c = a.skip(18446744073709551615).batch(2);", "the numbers in `c` are too large"),
    ]);
}

#[test]
fn groups_that_balance() {
    let groups = |stages: &str| {
        format!("#![buffer(0)] source n = x; stage (a, b) = n.tee(); {stages} sink s = zip(c, d).count();")
    };
    accepts([
        groups("stage c = a.batch(6); stage d = b.batch(6);"),
        groups("stage c = a.batch(6); stage e = b.batch(2); stage d = e.batch(3);"),
        groups("stage e = a.batch(2); stage c = e.batch(3); stage d = b.window(0, |s, x| (), count = 6);"),
        groups("stage c = a.window(0, |s, x| (), count = 2, last = 9); stage d = b.batch(2);"),
        groups("#[inline] stage c = a.batch(6); stage d = b.batch(6);"),
        groups("stage c = a.skip(6).batch(6); stage d = b.batch(6).skip(1);"),
    ]);
    for (stages, fact) in [
        ("stage c = a.batch(6); stage d = b.batch(4);", "there are 3 items of `d` for 2 of `c`"),
        ("stage c = a.batch(6); stage d = b.map(f);", "there are 6 items of `d` for 1 of `c`"),
        ("stage c = a.map(f); stage e = b.batch(2); stage d = e.batch(5);", "there are 10 items of `c` for 1 of `d`"),
    ] {
        assert_eq!(facts(&groups(stages)), [format!("`zip(c, d)` can wait for ever: {fact}")], "{stages}");
    }
}

/// The number in the help is accepted, and one less is not.
#[test]
fn the_smallest_buffer() {
    let skips = |attr: &str, items: u64| {
        format!(
            "source n = x; {attr} stage (a, b) = n.tee(); #[buffer(0)] stage c = a.skip({items}); sink s = zip(c, b).count();"
        )
    };
    let buffer = |items: u64| format!("#[buffer({items})]");
    for items in [1, 2, 5, 70_000] {
        accepts([skips(&buffer(items + 1), items)]);
        let fact = format!("`zip(c, b)` can wait for ever: `b` must hold {} items and holds {items}", items + 1);
        assert_eq!(facts(&skips(&buffer(items), items)), [fact]);
    }
    accepts([skips("", 1023)]);
    assert_eq!(facts(&skips("", 1024)), ["`zip(c, b)` can wait for ever: `b` must hold 1025 items and holds 1024"]);
    assert_eq!(
        facts(&skips("#[buffer(k)]", 1)),
        ["`zip(c, b)` can wait for ever: `b` must hold 2 items, and its buffer is not known here"]
    );
    // what is on the way counts too: the edges, the item in hand, what the other branch leaves out itself
    let both = |stage: &str| {
        format!(
            "#![buffer(2)] source n = x; stage (a, b) = n.tee(); stage c = a.skip(4); {stage} sink s = zip(c, d).count();"
        )
    };
    accepts([both("stage d = b.map(f);"), both("stage d = b.skip(4);")]);
    // what runs inside the fork and ends before it may have less in its last group
    let ends = |stage: &str| {
        facts(&format!(
            "#![buffer(0)] source n = x; stage (a, b) = n.tee(); stage c = a.skip(2).batch(2); {stage} sink s = zip(c, d).count();"
        ))
    };
    assert!(ends("stage d = b.take(3).batch(2);").is_empty());
    assert!(ends("#[inline] stage d = b.batch(2);").is_empty());
    let fact = "`zip(c, d)` can wait for ever: `d` must hold 2 items and holds 1";
    assert_eq!(ends("#[inline] stage d = b.take(3).batch(2);"), [fact]);
    // what runs inside the fork has an item in hand that the other branch has been given
    assert_eq!(
        facts(&both("#[inline] stage d = b.map(f);")),
        ["`zip(c, d)` can wait for ever: `d` must hold 4 items and holds 2"]
    );
    let message = front(&both("#[inline] stage d = b.map(f);")).err().unwrap_or_default().join("\n");
    assert!(message.contains("help: `#[buffer(4)]` above `stage d`"), "{message}");
}

#[test]
fn forks_that_part() {
    for (stages, fact) in [
        (
            "stage (c, b) = n.route(|x| if x { c(x) } else { b(x) });",
            "`route` gives an item of `n` to one of its branches, not to all",
        ),
        ("stage c = n.map(f?) else b;", "only what fails of `n` goes to `b`"),
        ("stage c = n? else b;", "only what fails of `n` goes to `b`"),
        (
            "stage (a, b) = n.tee(); stage (c, d) = a.route(|x| if x { c(x) } else { d(x) }); sink t = d.count();",
            "`route` gives an item of `a` to one of its branches, not to all",
        ),
        (
            "stage (a, b) = n.tee(); stage d = a.map(f?) else c; sink t = d.count();",
            "only what fails of `a` goes to `c`",
        ),
    ] {
        let text = format!("source n = x; {stages} sink s = zip(c, b).count();");
        let facts = facts(&text);
        assert!(facts.contains(&format!("`zip(c, b)` can wait for ever: {fact}")), "{text}\n{facts:?}");
    }
    // both branches of the fork are whole, whatever leaves before it
    accepts([
        "source n = x; stage (c, b) = n.map(f?).tee() else r; sink t = r.count(); sink s = zip(c, b).count();"
            .to_owned(),
        "source n = x; stage (c, b) = n.filter(f).tee(); sink s = zip(c, b).filter(f).count();".to_owned(),
    ]);
}

#[test]
fn cycles_through_several_forks_and_joins() {
    let crosswise = |stages: &str| {
        format!(
            "#![buffer(8)] source n = x; source m = y; stage (a, b) = n.tee(); stage (c, d) = m.tee(); {stages}
            sink s = zip(e, c).count(); sink t = zip(d, b).count();"
        )
    };
    accepts([crosswise("stage e = a.map(f);"), crosswise("stage e = a.skip(15);")]);
    let both = "`zip(e, c)` and `zip(d, b)` can wait for each other for ever";
    assert_eq!(facts(&crosswise("stage e = a.filter(f);")), [format!("{both}: `filter` in `e` leaves items out")]);
    assert_eq!(
        facts(&crosswise("stage e = a.batch(2);")),
        [format!("{both}: the numbers of items on their paths do not balance")]
    );
    assert_eq!(facts(&crosswise("stage e = a.skip(16);")).len(), 1);
    let three = "source n = x; source m = y; source o = z;
        stage (a, b) = n.tee(); stage (c, d) = m.tee(); stage (e, f) = o.tee(); stage g = a.filter(h);
        sink s = zip(g, c).count(); sink t = zip(d, e).count(); sink u = zip(f, b).count();";
    assert_eq!(
        facts(three),
        ["`zip(g, c)` and 2 other joins can wait for each other for ever: `filter` in `g` leaves items out"]
    );
}

#[test]
fn no_cycle_of_waits() {
    accepts(
        [
            // a merge waits for any of its inputs
            "source n = x; stage (a, b) = n.tee(); stage c = a.filter(f); sink s = merge(c, b).count();",
            "source n = x; stage (a, b) = n.tee(); stage c = a.flat_map(f); stage d = merge(c, weak b); source m = y; sink s = zip(d, m).count();",
            "source n = x; source m = y; stage c = n.filter(f); sink s = zip(c, m).count();",
            "source n = x; source m = y; sink s = concat(n, m).count();",
            // what is in one cycle is none of the other's business
            "source n = x; stage (a, b) = n.tee(); stage c = a.filter(f); stage d = merge(c, b); stage (e, g) = d.tee(); sink s = zip(e, g).count();",
            // nor are cycles that come to a statement twice
            "source n = x; stage (a, b, o) = n.tee(); stage c = a.filter(f); stage d = merge(c, b); stage (e, g) = d.tee(); stage p = zip(e, g); sink s = merge(A(p), B(o)).count();",
            // nobody waits for room of an edge that drops
            "source n = x; stage (#[lossy(drop_oldest)] a, #[lossy(drop_newest)] b) = n.tee(); stage c = a.filter(f); sink s = zip(c, b).count();",
            "source n = x; stage (a, #[lossy(drop_newest)] b) = n.tee(); sink s = concat(a, b).count();",
        ]
        .map(str::to_owned),
    );
    let fact = |text: &str, fact: &str| assert_eq!(facts(text), [fact.to_owned()], "{text}");
    fact(
        "source n = x; stage (#[lossy(drop_newest)] a, b) = n.tee(); sink s = concat(a, b).count();",
        "`concat(a, b)` can wait for ever: it reads all of `a` before `b`, which is full long before",
    );
}

/// When an edge has dropped an item it was full, and the other side had no more than it has room for.
#[test]
fn what_is_dropped() {
    let branches = |attr: &str, stages: &str, join: &str| {
        format!(
            "source n = x; {attr} stage (#[lossy(drop_newest)] a, b) = n.tee(); {stages} sink s = zip({join}).count();"
        )
    };
    accepts([
        branches("", "", "a, b"),
        branches("#[buffer(1)]", "stage c = a.map(f); stage d = b.map(f);", "c, d"),
        branches("#[buffer(10)]", "stage c = a.batch(10); stage d = b.batch(10);", "c, d"),
        branches("#[buffer(5)]", "stage c = a.skip(4);", "c, b"),
        branches("#[buffer(1)]", "#[inline] stage d = b.map(f);", "a, d"),
        // the side that gets ahead is that which drops
        branches("#[buffer(1)]", "stage d = b.batch(2);", "a, d"),
        branches("#[buffer(1)]", "stage d = b.filter(f);", "a, d"),
        branches("#[buffer(1)]", "stage d = b.dedup().skip_while(f);", "a, d"),
        branches("#[buffer(1)]", "stage d = b.batch(10, 1s);", "a, d"),
        branches("#[buffer(1)]", "#[on_error(skip)] stage d = b.map(f?);", "a, d"),
        branches(
            "#[buffer(1)]",
            "stage (d, e) = b.route(|n| if n { d(n) } else { e(n) }); sink t = e.count();",
            "a, d",
        ),
        branches("#[buffer(1)]", "source m = x; stage c = merge(a, m);", "c, b"),
        // what is in hand does not vary
        branches("#[buffer(1)]", "#[in_flight(4)] stage d = b.map(async |n| n);", "a, d"),
        branches("#[buffer(1)]", "#[blocking] stage d = b.map(f);", "a, d"),
        branches("#[buffer(1)]", "#[workers(4)] stage d = b.map(f);", "a, d"),
        branches("", "#[workers(4), unordered] stage d = b.map(f);", "a, d"),
        // an item is the last of one group at most
        branches("#[buffer(1)]", "#[keyed(|n| *n)] stage d = b.batch(1);", "a, d"),
        branches("#[buffer(1)]", "#[keyed(|n| *n)] stage d = b.batch(7);", "a, d"),
        branches("#[buffer(1)]", "#[keyed(|n| *n)] stage d = b.window(0, |s, x| (), count = 7);", "a, d"),
        // of both the join asks for an item before it has one
        branches("#[buffer(0)]", "", "a, b"),
        branches("#[buffer(k)]", "", "b, a"),
        branches("#[buffer(1 << 4)]", "stage d = b.map(f);", "a, d"),
        branches("#[buffer(0)]", "#[buffer(0)] stage d = b.map(f);", "a, d"),
    ]);
    let missing = |text: &str| {
        assert_eq!(facts(text).len(), 1, "{text}");
        assert!(facts(text)[0].ends_with("for ever: what `a` drops is missing"), "{text}: {:?}", facts(text));
    };
    missing(&branches("#[buffer(0)]", "stage d = b.map(f);", "a, d"));
    missing(&branches("#[buffer(k)]", "stage d = b.map(f);", "a, d"));
    missing(&branches("#[buffer(9)]", "stage c = a.batch(10); stage d = b.batch(10);", "c, d"));
    missing(&branches("#[buffer(8)]", "stage c = a.skip(8); #[buffer(9)] stage d = b.map(f);", "c, d"));
    missing(&branches("", "#[workers(4)] stage d = b.map(f);", "a, d"));
    missing(&branches("", "#[workers(9), unordered] stage d = b.map(f);", "a, d"));
    missing(&branches("#[buffer(8)]", "#[workers(n)] stage d = b.map(f);", "a, d"));
    missing(&branches("", "#[keyed(|n| *n), workers(2), unordered] stage d = b.map(f);", "a, d"));
    missing(&branches("", "#[keyed(|n| *n)] stage d = b.batch(10, 1s);", "a, d"));
    let by_keys = branches("", "stage c = a.batch(2); #[keyed(|n| *n)] stage d = b.batch(2);", "c, d");
    assert_eq!(facts(&by_keys), ["`zip(c, d)` can wait for ever: what `a` drops is missing"]);
    // a fork that keeps the order is ahead with the one branch by up to 17 items, and by one item at the end
    let fork = |buffer: u64| {
        format!(
            "#[buffer(4)] source n = x; #[workers(2), buffer({buffer})] stage (#[lossy(drop_newest)] a, b) = n.map(f).tee();
            sink s = zip(a, b).count();"
        )
    };
    missing(&fork(16));
    accepts([fork(17)]);
    assert!(facts(&branches("", "stage c = a.batch(2);", "c, b"))[0].contains("there are 2 items of `b` for 1 of `c`"));
}

/// One message per mistake: not one for each cycle that it is on, and one for each join that is independent.
#[test]
fn each_mistake_once() {
    let text = "source n = x; stage (a, b, c) = n.tee(); stage d = a.filter(f); sink s = zip(d, b, c).count();
        source m = x; stage (e, g) = m.tee(); sink t = concat(e, g).count(); sink u = zzz.count();";
    assert_eq!(facts(text), [""; 0], "not while a name is unknown");
    let text = text.replace("sink u = zzz.count();", "");
    assert_eq!(
        facts(&text),
        [
            "`zip(d, b, c)` can wait for ever: `filter` in `d` leaves items out",
            "`concat(e, g)` can wait for ever: it reads all of `e` before `g`, which is full long before"
        ]
    );
    // other mistakes are told beside
    let found = front(&branch("#[workers(0)] stage c = a.filter(f);")).err().unwrap_or_default();
    assert_eq!(found.len(), 3, "{found:?}");
    // one number for two cycles over one statement's edges
    let two = "source n = x; #[buffer(2)] stage (a, b, c) = n.tee(); stage d = a.skip(3); stage e = c.skip(7);
        sink s = zip(d, b).count(); sink t = zip(e, d2).count(); source d2 = y;";
    assert_eq!(facts(two), ["`zip(d, b)` can wait for ever: `b` must hold 4 items and holds 2"]);
    let one = "source n = x; #[buffer(2)] stage (a, b, c, g) = n.tee(); stage d = a.skip(3); stage e = c.skip(7);
        sink s = zip(d, b).count(); sink t = zip(e, g).count();";
    assert_eq!(facts(one), ["`zip(d, b)` can wait for ever: `b` must hold 8 items and holds 2"]);
}
