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
            &["`recurse` needs an input without `?`: what it finds has not failed\nhelp: give `?` a stage of its own"],
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
            &["the closure of `recurse` takes 2 parameters, found 1\nhelp: `recurse(|x, next| { next.push(y); out })`"],
        ),
        (".recurse(|x, ref next| x).count()", &["`recurse` has no item here to lend\nhelp: remove `ref`"]),
        (".recurse(f, frontier = 0).count()", &["`frontier` cannot be 0\nhelp: 1 or more"]),
        (".recurse(f, frontier = 2s).count()", &["`frontier` takes a count, found a duration\nhelp: write `2`"]),
        (".recurse(f, unqiue = g).count()", &["unknown option `unqiue` of `recurse`\nhelp: did you mean `unique`?"]),
        (".recurse(f, unique = g, unique = h).count()", &["`unique` is given twice", "`unique` is given here first"]),
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
