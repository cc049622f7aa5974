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
            &[
                "expected `source`, `stage`, `sink`, `let` or `clone`, found `use`\nhelp: put the `use` before the `pipeline!`",
            ],
        ),
        ("source a = x sink n = a.count();", &["expected `;` behind this"]),
        (
            "source a = x #[workers(2)] stage b = a.map(f); sink n = b.count()",
            &["expected `;` behind this", "expected `;` behind this"],
        ),
        (
            "source a = x; n + 1 sink n = a.count();",
            &["the tail expression must stand last\nhelp: move it behind the last statement"],
        ),
        ("source a x; sink n = a.count();", &["expected `=`, found `x`\nhelp: `source a = x;`"]),
        (
            "source a = ; stage = b; sink n = a.map(|x| ).count();",
            &[
                "expected an expression",
                "a `stage` needs a name\nhelp: `stage items = b;`",
                "expected an expression behind this",
            ],
        ),
        (
            "#[workers(2)] clone a; source b = x; sink n = b.count();",
            &["a `clone` is no task and takes no attribute\nhelp: put it above a `stage` or `sink`"],
        ),
    ]);
}

#[test]
fn statements() {
    rejects(&[
        (
            "source (a, b) = x; sink s = merge(a, b).count();",
            &["a `source` has one name\nhelp: only a `stage` has branches"],
        ),
        (
            "source x = f; stage (a) = x.tee(); sink s = a.count();",
            &[
                "a list of branches needs two or more\nhelp: `stage (a, …) = …`, or one name without parentheses: `stage a = …`",
            ],
        ),
        (
            "stage _ = x;",
            &[
                "a stream needs a name, it cannot be `_`\nhelp: give it one, and drop its items in a sink: `sink dropped = name.discard();`",
            ],
        ),
        (
            "source a = x else b; sink s = a.count();",
            &[
                "a `source` has no `else`\nhelp: let it yield the `Result`s, and write `name?` with `else` where they are read",
            ],
        ),
        ("source b = x; sink a = b? else;", &["expected the name of the stream of failed items\nhelp: `else rejects`"]),
        (
            "source b = x; sink a = b??.count();",
            &["one `?` is all that a stream takes\nhelp: take the inner `Result` apart in a `map`"],
        ),
        ("source b = x; sink a = b.count;", &["the operator `count` is not called\nhelp: `.count()`"]),
        (
            "source b = x; sink a = b.await;",
            &["a stream cannot be awaited\nhelp: `.await` belongs into a source's expression or an `async` closure"],
        ),
        ("source b = x; sink a = b.quux;", &["expected a call of an operator, found `quux`\nhelp: `.quux(…)`"]),
        ("source b = x; sink a = b count();", &["expected `.`, `else` or `;`, found `count`\nhelp: `.count(…)`"]),
        (
            "stage #[lossy(drop_oldest)] a = b.tee();",
            &[
                "an attribute cannot stand on the name of a single stream\nhelp: put it above the statement; `lossy` belongs on a branch of a `tee`",
            ],
        ),
        ("source x = f; stage () = x.tee();", &["a list of branches needs two or more\nhelp: `stage (a, b) = …`"]),
        (
            "sink a = read(b).count();",
            &[
                "expected a stream, found a call of `read`\nhelp: give what it returns a name: `source items = read(b);`",
            ],
        ),
        ("sink a = mrege(b, c).count();", &["unknown join `mrege`\nhelp: did you mean `merge`?"]),
        (
            "sink a = 3.count();",
            &[
                "expected the name of a stream, found an expression\nhelp: give it a name: `source items = 3;`, and read that: `items.count()`",
            ],
        ),
        (
            "sink a = merge(b?, c).count();",
            &["`?` cannot stand on one input of a join\nhelp: give it a stage of its own: `stage good = b?;`"],
        ),
        (
            "sink a = merge(b::c, d).count();",
            &["`merge` takes names of streams\nhelp: to wrap its items write `Path(name)`"],
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
        (
            "fn f() -> u64",
            &["a pipeline's `fn` returns `Pipeline<Output>` or `Pipeline<Output, Error>`\nhelp: `-> Pipeline<u64>`"],
        ),
        (
            "fn f() -> Pipeline",
            &[
                "a pipeline's `fn` returns `Pipeline<Output>` or `Pipeline<Output, Error>`\nhelp: `-> Pipeline<Output, Error>`",
            ],
        ),
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
            &["the error type of a `fn` stands in its return type\nhelp: `-> Pipeline<(), E>`"],
        ),
        (
            "fn f() -> Pipeline<()> { source a = x; sink n = a.count(); } fn g() {}",
            &[
                "one `pipeline!` holds one `fn`\nhelp: give what follows a `pipeline! { … }` of its own, or put it outside",
            ],
        ),
        (
            "fn f() -> Pipeline<()> {}",
            &[
                "the pipeline is empty\nhelp: it needs a source and a sink: `source items = 0..3; sink total = items.count();`",
            ],
        ),
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
                "the closure of `source` takes 1 parameter, found 2\nhelp: `async |out| { … out.send(x).await; … }`",
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
                   help: put it on the stage that reads `a`; a source takes `buffer`, `blocking` and `retry`"],
        ),
    ]);
}
