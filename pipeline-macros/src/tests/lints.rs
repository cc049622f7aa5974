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
            &["`n` waits in `for_each` without a `timeout`\nhelp: `#[timeout(30s)]`, or as long as it may take"],
        ),
        ("skipped_errors", &[SKIPPED]),
        ("lossy_branch", &[LOSSY]),
        ("unordered_output", &["`b` may give its items in another order than it takes them\nhelp: remove `unordered`"]),
        (
            "large_buffer",
            &[
                "a buffer of 65537 items, more than 65536\nhelp: a stage that is slower for long fills any buffer; a smaller one, or `workers` on that stage",
            ],
        ),
        (
            "missing_drain",
            &["the pipeline does not say how long a shutdown may take\nhelp: `#![drain(10s)]`, which is the default"],
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
    assert_eq!(warnings("source a = x; sink n = a.for_each(|x| std::thread::sleep(x));"), [""; 0]);
}

/// What the bodies of a pipeline that asks for nothing are said to block with.
fn blocking_unasked(chain: &str) -> usize {
    warnings(&format!("source a = x; stage b = a.{chain}; sink n = b.count();")).len()
}

#[test]
fn what_is_certain_is_said_unasked() {
    let certain = [
        "map(async |x| { std::thread::sleep(x); x })",
        "map(async |x| { if x { ::std::thread::sleep(x) } x })",
        "map(async |x| async { std::thread::sleep(x) }.await)",
        "map(async |x| reqwest::blocking::get(x)?)",
        "map(async |x| reqwest::blocking::Client::new().get(x).send()?)",
        "map(async |x| futures::executor::block_on(x))",
    ];
    for chain in certain {
        assert_eq!(blocking_unasked(chain), 1, "{chain}");
        let text = format!("source a = x; #[allow(blocking_in_async)] stage b = a.{chain}; sink n = b.count();");
        assert_eq!(warnings(&text), [""; 0], "{chain}");
        let text = format!("#![allow(blocking_in_async)] source a = x; stage b = a.{chain}; sink n = b.count();");
        assert_eq!(warnings(&text), [""; 0], "{chain}");
    }
    let uncertain = [
        "map(|x| { std::thread::sleep(x); x })",
        "map(async |x| { thread::sleep(x); x })",
        "map(async |x| std::fs::read(x)?)",
        "map(async |x| handle.block_on(x))",
        // a closure may run elsewhere
        "map(async |x| pool.run(|| std::thread::sleep(x)).await)",
        "map(async |x| tokio::task::spawn_blocking(move || std::thread::sleep(x)).await?)",
        "filter(|x| { std::thread::sleep(x); true }).map(async |x| x)",
    ];
    for chain in uncertain {
        assert_eq!(blocking_unasked(chain), 0, "{chain}");
    }
}

#[test]
fn a_statement_has_levels_of_its_own() {
    let under = |pipeline: &str, statement: &str| {
        format!("{pipeline} source a = x; {statement} #[on_error(skip)] stage b = a?.map(f); sink n = b.count();")
    };
    let skipped = format!("skipped_errors: {SKIPPED}");
    assert_eq!(warnings(&under("#![deny(skipped_errors)]", "#[allow(skipped_errors)]")), [""; 0]);
    assert_eq!(warnings(&under("#![deny(skipped_errors)]", "#[warn(skipped_errors)]")), [skipped.as_str()]);
    assert_eq!(warnings(&under("", "#[warn(skipped_errors)]")), [skipped.as_str()]);
    // the last one wins, and one of another lint changes nothing
    let denied: &[&str] = &[SKIPPED, "`skipped_errors` is denied here: all count"];
    rejects(&[
        (&under("", "#[allow(skipped_errors)] #[deny(skipped_errors, reason = \"all count\")]"), denied),
        (&under("#![deny(skipped_errors)]", "#[allow(lossy_branch)]"), &[SKIPPED, "`skipped_errors` is denied here"]),
    ]);
}

#[test]
fn rustc_is_given_what_is_rustcs() {
    let attrs = |attr: &str| {
        let graph = graph(&format!("source a = x; {attr} sink n = a.count();"));
        graph.statements[1].attrs.attrs.iter().map(text).collect::<Vec<_>>()
    };
    assert_eq!(attrs("#[allow(skipped_errors)]"), [""; 0]);
    assert_eq!(attrs("#[allow(skipped_errors, reason = \"x\")]"), [""; 0]);
    let mixed = attrs("#[allow(dead_code, skipped_errors, clippy::all, reason = \"x\")]");
    assert_eq!(mixed, ["# [allow (dead_code , clippy :: all , reason = \"x\")]"]);
    assert_eq!(attrs("#[expect(unused)]"), ["# [expect (unused)]"]);
    // almost that of a lint of ours, but not near enough
    assert_eq!(attrs("#[allow(missing_docs)]"), ["# [allow (missing_docs)]"]);
}

#[test]
fn lints_of_a_statement() {
    let under = |attrs: &str| format!("source a = x; {attrs} sink n = a.count();");
    rejects(&[
        (&under("#[allow(skiped_errors)]"), &["unknown lint `skiped_errors`\nhelp: did you mean `skipped_errors`?"]),
        (
            &under("#[expect(skipped_errors)]"),
            &["`expect` is for lints of rustc alone\nhelp: `#[allow(skipped_errors)]`"],
        ),
        (&under("#[forbid(lossy_branch)]"), &["`forbid` is for lints of rustc alone\nhelp: `#[deny(lossy_branch)]`"]),
        (
            &under("#[allow(missing_drain)]"),
            &["`missing_drain` is about the whole pipeline\nhelp: `#![allow(missing_drain)]` at its top"],
        ),
    ]);
    let belongs = "`skipped_errors` is a lint of the pipeline\nhelp: `#![deny(skipped_errors)]` at the top of the pipeline, or `#[deny(skipped_errors)]` above a statement";
    rejects(&[
        ("#[deny(skipped_errors)] let y = 3; source a = x; sink n = a.count();", &[belongs]),
        ("#[deny(skipped_errors)] fn f() -> Pipeline<u64> { source a = x; sink n = a.count(); }", &[belongs]),
    ]);
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
    for large in ["1 << 20", "64 * 1024 + 1", "(100_000)", "70_000 / 1"] {
        let text = under(&format!("#[buffer({large})] source a = x; sink n = a.count();"));
        assert_eq!(warnings(&text).len(), 1, "{large}");
    }
    for unknown in ["n", "1 << n", "64 * 1024", "1 << 99", "u64::MAX"] {
        let text = under(&format!("#[buffer({unknown})] source a = x; sink n = a.count();"));
        assert_eq!(warnings(&text), [""; 0], "{unknown}");
    }
    let part = under("#[buffer(70_000)] source a = x; #[buffer(70_000)] sink out = a.map(f).output();");
    assert_eq!(warnings(&part).len(), 2, "that of an output too");
}

#[test]
fn unknown_lints() {
    let under = |attrs: &str| format!("{attrs} source a = x; sink n = a.count();");
    let all = "expected `missing_timeout`, `skipped_errors`, `lossy_branch`, `unordered_output`, `large_buffer`, `missing_drain` or `blocking_in_async`";
    let elsewhere = "lints of rustc and clippy belong above the `fn`, or the statement";
    for (written, meant) in [
        ("skiped_errors", "skipped_errors"),
        ("errors", "skipped_errors"),
        ("timeout", "missing_timeout"),
        ("lossy", "lossy_branch"),
        ("unordered", "unordered_output"),
        ("buffer", "large_buffer"),
        ("drain", "missing_drain"),
        ("blocking", "blocking_in_async"),
    ] {
        let near = format!("unknown lint `{written}`\nhelp: did you mean `{meant}`?");
        rejects(&[(&under(&format!("#![warn({written})]")), &[near.as_str()])]);
    }
    let far = format!("unknown lint `dead_code`\nhelp: {all}; {elsewhere}");
    rejects(&[(&under("#![allow(dead_code)]"), &[far.as_str()])]);
    let path = format!("`clippy::all` is no lint of a pipeline\nhelp: {elsewhere}");
    rejects(&[(&under("#![deny(clippy::all)]"), &[path.as_str()])]);
    // the others still count
    rejects(&[(
        &format!("#![deny(dead_code, lossy_branch)] {ALL}"),
        &[far.as_str(), LOSSY, "`lossy_branch` is denied here"],
    )]);
    rejects(&[
        (&under("#![deny]"), &["`deny` needs its argument\nhelp: `#![deny(skipped_errors)]`"]),
        (&under("#![deny()]"), &["`deny` needs its argument\nhelp: `#![deny(skipped_errors)]`"]),
        (
            &under("#![deny(skipped_errors = true)]"),
            &["`skipped_errors = true` is no lint of a pipeline\nhelp: `skipped_errors` alone"],
        ),
        (&under("#![deny(lossy_branch, reason = 3)]"), &["a `reason` is a string\nhelp: `reason = \"…\"`"]),
        (&under("#![deny(\"lossy_branch\")]"), &["`deny` takes names of lints\nhelp: `#![deny(lossy_branch)]`"]),
        (&under("#![deny(3)]"), &["`deny` takes names of lints\nhelp: `#![deny(skipped_errors)]`"]),
        (&under("#![forbid(x)]"), &["`#![forbid]` cannot stand inside a pipeline\nhelp: `#![deny(x)]`"]),
        (&under("#![expect(x)]"), &["`#![expect]` cannot stand inside a pipeline\nhelp: `#![allow(x)]`"]),
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
        assert_eq!(blocking(&format!("source a = x; stage b = a.{chain}; sink n = b.count();")), expected, "{chain}");
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
    let warning = "{ # [deprecated (note";
    assert!(expansion("").contains(warning));
    assert!(expansion("#[allow(deprecated)]").contains(&format!("# [allow (deprecated)] {warning}")));
    // an expectation is one, not two
    assert!(!expansion("#[expect(deprecated)]").contains(&format!("# [expect (deprecated)] {warning}")));
}
