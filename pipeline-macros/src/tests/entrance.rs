//! What is said of `rate`, `limit` and `breaker`.

use super::*;

fn rejects_under(cases: &[(&str, &[&str])]) {
    let texts: Vec<String> = cases
        .iter()
        .map(|(attrs, _)| {
            format!("source a = x; {attrs} stage b = a.map(|x| f(x)?) else c; sink s = b.count(); sink t = c.count();")
        })
        .collect();
    let cases: Vec<(&str, &[&str])> = texts.iter().map(String::as_str).zip(cases.iter().map(|case| case.1)).collect();
    rejects(&cases);
}

#[test]
fn of_rate() {
    rejects_under(&[
        ("#[rate]", &["`rate` needs its argument\nhelp: `#[rate(100, per = 1s)]`"]),
        ("#[rate(5, every = 1s)]", &["unknown option `every` of `rate`\nhelp: did you mean `per`?"]),
        ("#[rate(5, per = 1s, size = 3)]", &["unknown option `size` of `rate`\nhelp: expected `per`, `burst` or `by`"]),
        (
            "#[rate(5, per = 1s, 2, |x| x.id)]",
            &[
                "`rate` takes what it takes besides a number by name\nhelp: `#[rate(5, per = 1s, burst = 2)]`",
                "`rate` takes what it takes besides a number by name\nhelp: `#[rate(5, per = 1s, by = |x| x.id)]`",
            ],
        ),
        ("#[rate(5, per = 1s, per = 2s)]", &["`per` is given twice", "`per` is given here first"]),
        ("#[rate(5, per = 1s, burst = 0)]", &["`burst` cannot be 0: no item would go\nhelp: 1 or more"]),
        ("#[rate(5, per = 1s, by = x.id)]", &["`by` takes a closure or a path\nhelp: `|x| x.id`"]),
        ("#[rate(&limiter, burst = 5)]", &["`burst` is set where the limiter is made\nhelp: `rate(&limiter)`"]),
        ("#[rate(5s, per = 1s)]", &["`rate` takes a count, found a duration\nhelp: write `5`"]),
    ]);
}

#[test]
fn of_limit() {
    rejects_under(&[
        ("#[limit]", &["`limit` needs its argument\nhelp: `#[limit(&semaphore)]`"]),
        (
            "#[limit(semaphore)]",
            &["`limit` is shared with others, and takes a reference to a semaphore\nhelp: `#[limit(&semaphore)]`"],
        ),
        (
            "#[limit(Semaphore::new(4))]",
            &["`limit` is shared with others, and takes a reference to a semaphore\nhelp: `#[limit(&semaphore)]`"],
        ),
        ("#[limit(&a, &b)]", &["`limit` takes one argument\nhelp: `#[limit(&a)]`"]),
        (
            "#[limit(&open()?)]",
            &[
                "`?` cannot stand in a setting\nhelp: it is evaluated when the pipeline is built; compute it before the pipeline",
            ],
        ),
    ]);
}

#[test]
fn of_breaker() {
    rejects_under(&[
        ("#[breaker]", &["`breaker` needs its argument\nhelp: `#[breaker(failure_rate = 0.5)]`"]),
        ("#[breaker(window = 30s)]", &["unknown option `window` of `breaker`\nhelp: did you mean `time_window`?"]),
        ("#[breaker(window = 30)]", &["unknown option `window` of `breaker`\nhelp: did you mean `count_window`?"]),
        (
            "#[breaker(window_size = n)]",
            &["unknown option `window_size` of `breaker`\nhelp: did you mean `count_window`?"],
        ),
        ("#[breaker(probes = 3)]", &["unknown option `probes` of `breaker`\nhelp: did you mean `half_open_calls`?"]),
        (
            "#[breaker(colour = 3)]",
            &[
                "unknown option `colour` of `breaker`\nhelp: expected `failure_rate`, `count_window`, `time_window`, `minimum_calls`, `consecutive_failures`, `slow_calls`, `slow_rate`, `classify`, `trip_on`, `open_for`, `open_factor`, `half_open_calls` or `open`",
            ],
        ),
        (
            "#[breaker(5, 30s, payments, fail)]",
            &[
                "`breaker` takes what it takes by name\nhelp: `#[breaker(consecutive_failures = 5)]`",
                "`breaker` takes what it takes by name\nhelp: `#[breaker(open_for = 30s)]`",
                "`breaker` takes what it takes by name\nhelp: `#[breaker(&payments)]`",
                "`breaker` takes what it takes by name\nhelp: `#[breaker(open = fail)]`",
            ],
        ),
        ("#[breaker(&b, open = wait)]", &["unknown argument `wait` of `open`\nhelp: did you mean `open = pause`?"]),
        ("#[breaker(&b, open = 3)]", &["unknown argument `3` of `open`\nhelp: expected `pause`, `fail` or `reject`"]),
        (
            "#[breaker(failure_rate = 0.5, open_for = 5s..=1m)]",
            &["`open_for` goes from the first time to the longest\nhelp: `5s..1m`"],
        ),
        (
            "#[breaker(failure_rate = 0, half_open_calls = 0, open_for = 0s)]",
            &[
                "`failure_rate` is a share of calls, above 0 and up to 1\nhelp: such as `0.5`, for one in two",
                "`half_open_calls` cannot be 0\nhelp: 1 or more",
                "`open_for` cannot be 0\nhelp: such as `5s`",
            ],
        ),
        ("#[breaker(&b), breaker(&c)]", &["`breaker` is given twice", "`breaker` is given here first"]),
    ]);
}

/// Where they cannot stand.
#[test]
fn their_place() {
    rejects(&[
        (
            "#[rate(5, per = 1s)] source a = x; sink s = a.count();",
            &[
                "`rate` cannot stand on a `source`\nhelp: put it on the stage that reads `a`; a source takes `buffer`, `blocking` and `retry`",
            ],
        ),
        (
            "source a = x; #[limit(&l)] stage b = a.process(async |i, o| {}); sink s = b.count();",
            &[
                "`limit` cannot stand on `process`, which sees no single items\nhelp: do it in the body, or use operators",
            ],
        ),
        (
            "source a = x; #[breaker(&l)] stage b = a.via(f); sink s = b.count();",
            &["`breaker` cannot stand on `via`, which is no task\nhelp: put it on a stage inside the fragment"],
        ),
        (
            "source a = x; stage (#[rate(5, per = 1s)] b, c) = a.tee(); sink s = b.count(); sink t = c.count();",
            &["`rate` cannot stand on a branch\nhelp: put it above the `stage`, for all of its branches"],
        ),
    ]);
}
