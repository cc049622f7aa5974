//! What other libraries and languages call things, and what they are called here.
//!
//! In a text `@` stands for the input as written, `$` for all arguments, `$1` and `$2` for the first and the second.

use syn::{Expr, ExprLit, Lit};

use crate::text;

/// A call in a chain that is no operator: its input and its arguments, for a help that uses them.
pub(crate) struct Unknown<'a> {
    pub(crate) name: &'a str,
    /// What the statement reads: a name, or a join.
    pub(crate) input: &'a str,
    pub(crate) args: &'a [Expr],
}

/// Names of operators elsewhere, and what to write.
const OPERATORS: &[(&[&str], &str)] = &[
    // one item in, one out
    (&["then", "map_async", "async_map", "await_map"], "`map(async |x| …)`"),
    (&["and_then"], "`map(|x| …?)`: `?` in its closure fails the item"),
    (&["map_ok", "flatten_ok", "filter_map_ok"], "`?` behind the input, and the operator behind that: `@?.map($)`"),
    (&["filter_ok"], "`?` behind the input, and the operator behind that: `@?.filter($)`"),
    (&["unwrap", "expect", "try_next", "transpose"], "`?` behind the input, by which an `Err` fails: `@?`"),
    (
        &["map_err", "or_else", "catch", "catch_error", "catch_err", "on_error_resume", "recover", "unwrap_or_else"],
        "`else rejects` at the end of the statement: failed items become the stream `rejects`",
    ),
    (&["ok"], "`filter_map(|x| x.ok())`"),
    (&["err"], "`filter_map(|x| x.err())`"),
    (&["cloned"], "`map(|x| x.clone())`"),
    (&["copied"], "`map(|x| *x)`"),
    (&["into", "cast"], "`map(|x| x.into())`"),
    (&["tap", "peek", "do", "do_on_next", "on_next", "inspect_ok", "each", "update"], "`inspect($)`"),
    (&["log", "debug", "dbg", "trace", "print", "println"], "`inspect(|x| println!(\"{x:?}\"))`"),
    (&["delay", "sleep"], "`map(async |x| { sleep($).await; x })`"),
    (&["transform", "lift", "fmap"], "`map($)`"),
    (&["where", "keep", "retain", "grep"], "`filter($)`"),
    (&["reject", "remove_if", "exclude", "filter_not", "filter_out"], "`filter(|x| !…)`"),
    (&["compact", "filter_some", "filter_not_null"], "`filter_map(|x| x)`"),
    (&["choose", "compact_map", "map_not_null"], "`filter_map($)`"),
    (&["flatten", "concat_all", "merge_all", "flat"], "`flat_map(|x| x)`"),
    (&["concat_map", "bind", "select_many", "expand", "explode", "flat_map_iter", "chain_map"], "`flat_map($)`"),
    (
        &["merge_map", "flatten_unordered", "flat_map_unordered"],
        "`flat_map($)`, and `#[in_flight(n), unordered]` above the statement",
    ),
    (&["map_while"], "`take_while` for the end, and `map` for the value"),
    (&["with_index", "zip_with_index", "indexed", "enumerated", "number"], "`enumerate()`"),
    (&["step_by", "every_nth"], "`enumerate().filter(|(i, _)| i % $ == 0).map(|(_, x)| x)`"),
    (&["head", "limit", "first_n"], "`take($)`"),
    (&["take_until", "until"], "`take_while(|x| !…)`"),
    (&["drop", "offset"], "`skip($)`"),
    (&["drop_while", "skip_until"], "`skip_while($)`"),
    (&["accumulate", "running_fold", "scan_left"], "`scan(init, |state, x| y)`"),
    (&["distinct_until_changed", "uniq"], "`dedup()`"),
    (
        &["distinct", "unique", "unique_by"],
        "`dedup()` for neighbours that are equal, or `filter(|x| seen.insert(x.clone()))` with a set of your own",
    ),
    // what an iterator needs and a stream does not
    (
        &[
            "by_ref",
            "boxed",
            "fuse",
            "iter",
            "iter_mut",
            "into_iter",
            "stream",
            "into_stream",
            "to_stream",
            "into_future",
            "peekable",
            "pin",
            "as_stream",
            "lazy",
            "sequential",
            "seq",
        ],
        "remove it: a stream needs no conversion",
    ),
    (
        &["par_iter", "into_par_iter", "par_bridge", "parallel", "par", "parallelize", "run_on", "observe_on"],
        "remove it, and write `#[workers(n)]` above the statement",
    ),
    (&["par_map", "parallel_map", "pmap", "map_par"], "`map($)`, and `#[workers(n)]` above the statement"),
    (
        &["map_concurrent", "concurrent_map", "map_async_unordered"],
        "`map(async |x| …)`, and `#[in_flight(n)]` above the statement",
    ),
    // attributes under another name
    (&["buffered"], "remove it, and write `#[in_flight($)]` above the statement"),
    (&["buffer_unordered"], "remove it, and write `#[in_flight($), unordered]` above the statement"),
    (
        &["for_each_concurrent", "par_for_each", "try_for_each_concurrent"],
        "`for_each($2)`, and `#[in_flight($1)]` above the statement",
    ),
    (
        &["throttle", "throttle_time", "rate_limit", "ratelimit", "limit_rate"],
        "remove it, and write `#[rate(n, per = 1s)]` above the statement",
    ),
    (&["deadline"], "`#![deadline($)]` at the top of the pipeline"),
    (&["drain_timeout"], "`#![drain($)]` at the top of the pipeline"),
    (
        &["group_by", "key_by", "partition_by", "group_by_key", "into_group_map", "chunk_by", "shard"],
        "`#[keyed($)]` above the statement: stateful operators then keep one state per key",
    ),
    // several items in, one out
    (
        &[
            "chunk",
            "chunks",
            "ready_chunks",
            "chunks_exact",
            "array_chunks",
            "buffer_count",
            "bulk",
            "grouped",
            "batched",
            "chunks_timeout",
            "buffer_timeout",
            "buffer_time_or_count",
        ],
        "`batch($)`",
    ),
    (&["tumbling_window", "window_time", "buffer_time", "time_window"], "`window(init, |state, x| …, every = $)`"),
    (&["count_window", "window_count"], "`window(init, |state, x| …, count = $)`"),
    (
        &["windows", "sliding_window", "sliding", "tuple_windows", "pairwise", "moving_window", "rolling"],
        "`window(init, |state, x| …, count = n, last = m)`",
    ),
    (
        &["rev", "reverse", "sort", "sorted", "sort_by", "sort_by_key", "sort_unstable", "sorted_by", "order_by"],
        "`collect::<Vec<_>>()` in a sink, and do it in the tail: a stream has no last item before its end",
    ),
    (
        &["take_last", "skip_last", "shuffle", "permutations", "combinations"],
        "`collect::<Vec<_>>()` in a sink, and do it in the tail",
    ),
    // terminals
    (&["sum"], "`fold(0, |acc, x| acc + x)`"),
    (&["product"], "`fold(1, |acc, x| acc * x)`"),
    (&["max"], "`reduce(|a, b| a.max(b))`"),
    (&["min"], "`reduce(|a, b| a.min(b))`"),
    (&["max_by", "max_by_key", "min_by", "min_by_key"], "`reduce(|a, b| if … { a } else { b })`"),
    (&["average", "mean"], "`fold((0, 0), |(sum, n), x| (sum + x, n + 1))`"),
    (&["aggregate", "inject", "fold_left", "foldl"], "`fold(init, |acc, x| acc)`"),
    (&["any", "exists", "contains"], "`filter($).first()`, and `.is_some()` in the tail"),
    (&["all", "every"], "`filter(|x| !…).first()`, and `.is_none()` in the tail"),
    (&["is_empty"], "`first()`, and `.is_none()` in the tail"),
    (&["find"], "`filter($).first()`"),
    (&["find_map"], "`filter_map($).first()`"),
    (&["nth", "element_at", "get"], "`skip($).first()`"),
    (&["position", "find_index", "index_of"], "`enumerate().filter(|(_, x)| …).first()`"),
    (&["next", "single", "recv", "pop"], "`first()`"),
    (&["latest", "tail"], "`last()`"),
    (&["length", "len", "size", "size_hint"], "`count()`"),
    (
        &["to_vec", "collect_vec", "into_vec", "to_list", "to_array", "collect_list", "collect_into", "try_collect"],
        "`collect::<Vec<_>>()`",
    ),
    (&["to_set", "collect_set", "into_set", "to_hash_set"], "`collect::<std::collections::HashSet<_>>()`"),
    (&["to_map", "collect_map", "into_map", "to_hash_map"], "`collect::<std::collections::HashMap<_, _>>()`"),
    (&["to_string", "collect_string"], "`collect::<String>()`"),
    (&["unzip"], "`collect::<Vec<_>>()` in a sink, and `unzip` in the tail"),
    (&["subscribe", "consume", "on_each", "handle"], "`for_each($)`"),
    (&["drain", "ignore", "ignore_elements", "exhaust", "run_drain", "sink"], "`discard()`"),
    (
        &["run", "spawn", "start", "execute", "wait", "block_on", "join_all", "evaluate"],
        "end the stream in a sink, and run the finished pipeline: `pipeline.run().await`",
    ),
    (&["send", "send_all", "send_to", "forward_to", "into_sink", "write_to", "pipe_to"], "`forward($)`"),
    // one stream into several, several into one, and a part of the pipeline elsewhere
    (&["pipe", "compose", "apply", "through"], "`via($)`"),
    (
        &[
            "clone",
            "broadcast",
            "fork",
            "split",
            "duplicate",
            "share",
            "publish",
            "multicast",
            "fan_out",
            "fanout",
            "copy",
            "replicate",
        ],
        "`stage (first, second) = @.tee();`: each branch gets every item",
    ),
    (
        &[
            "partition",
            "partition_map",
            "switch",
            "branch",
            "match",
            "case",
            "demux",
            "dispatch",
            "split_by",
            "split_when",
            "divide",
            "if",
            "either",
        ],
        "`stage (first, second) = @.route(|x| if … { first(x) } else { second(x) });`",
    ),
    (
        &["zip", "zip_with", "zip_map", "zip_eq", "izip", "combine_latest", "with_latest_from"],
        "`zip(@, $1)` as the input",
    ),
    (
        &["merge", "merge_with", "select", "interleave", "race", "union", "fan_in", "combine", "amb"],
        "`merge(@, $1)` as the input",
    ),
    (
        &["concat", "chain", "append", "extend", "concat_with", "followed_by", "end_with"],
        "`concat(@, $1)` as the input",
    ),
    (&["start_with", "prepend"], "`concat($1, @)` as the input"),
    (&["join"], "`zip(@, $1)` as the input for pairs, or `merge(@, $1)` for whichever item comes"),
    (&["else"], "`else rejects` behind the last operator, without `.`"),
];

/// Words that begin a statement elsewhere, and the keyword to use.
const KEYWORDS: &[(&[&str], &str)] = &[
    (&["src", "from", "producer", "input", "generator", "origin", "read", "stream", "feed"], "source"),
    (
        &["step", "transform", "op", "operator", "pipe", "task", "node", "process", "worker", "map", "flow", "phase"],
        "stage",
    ),
    (&["drain", "output", "out", "end", "dst", "dest", "consumer", "terminal", "collect", "into", "to"], "sink"),
    (&["var", "val", "const", "static", "def"], "let"),
];

/// Names of joins elsewhere, and the calls to write.
const JOINS: &[(&[&str], &str)] = &[
    (&["select", "race", "interleave", "union", "combine", "fan_in", "merge_all", "select_all", "mux"], "`merge($)`"),
    (&["chain", "append", "concatenate", "concat_all", "extend"], "`concat($)`"),
    (&["pair", "izip", "multizip", "combine_latest"], "`zip($)`"),
    (&["join", "join_all"], "`zip($)` for pairs, or `merge($)` for whichever item comes"),
];

/// What to write for a call that is no operator, if another library is known to have one of this name.
pub(crate) fn operator(unknown: &Unknown) -> Option<String> {
    let args: Vec<String> = unknown.args.iter().map(text::tokens).collect();
    let name = snake_case(unknown.name);
    if let Some(special) = by_argument(&name, unknown.args) {
        return Some(fill(special, unknown.input, &args));
    }
    if let Some(help) = look_up(OPERATORS, &name) {
        return Some(fill(help, unknown.input, &args));
    }
    let plain = name.strip_prefix("try_").filter(|plain| crate::ops::find(plain).is_some())?;
    Some(format!("write `{plain}`, with a `?` in its closure: it fails the item"))
}

/// Names whose meaning hangs on what they are given.
fn by_argument(name: &str, args: &[Expr]) -> Option<&'static str> {
    match (name, args.first()) {
        ("join", Some(Expr::Lit(ExprLit { lit: Lit::Str(_), .. }))) => {
            Some("`collect::<Vec<_>>()` in a sink, and `.join($)` in the tail")
        }
        ("select", Some(Expr::Closure(_))) => Some("`map($)`"),
        ("split", Some(Expr::Closure(_))) => {
            Some("`stage (first, second) = @.route(|x| if … { first(x) } else { second(x) });`")
        }
        ("and_then", Some(Expr::Path(_))) => Some("`map($?)`: `?` in its closure fails the item"),
        ("then", Some(Expr::Path(_))) => Some("`map(async |x| $(x).await)`"),
        _ => None,
    }
}

/// The keyword that this word was meant to be.
pub(crate) fn keyword(name: &str) -> Option<&'static str> {
    look_up(KEYWORDS, &snake_case(name))
}

/// The join to write for a call of this name.
pub(crate) fn join(name: &str, streams: &str) -> Option<String> {
    look_up(JOINS, &snake_case(name)).map(|help| fill(help, "", &[streams.to_owned()]))
}

fn look_up(table: &'static [(&[&str], &str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(names, _)| names.contains(&name)).map(|(_, help)| *help)
}

/// Puts the user's own text into a help; `…` stands for what was not given.
fn fill(help: &str, input: &str, args: &[String]) -> String {
    let all = if args.is_empty() { "…".to_owned() } else { args.join(", ") };
    let nth = |at: usize| args.get(at).map_or("…", String::as_str);
    let mut filled = String::new();
    if help.starts_with('`') {
        filled.push_str("write ");
    }
    let mut rest = help;
    while let Some(at) = rest.find(['@', '$']) {
        filled.push_str(&rest[..at]);
        let (text, length) = match &rest[at..] {
            behind if behind.starts_with('@') => (input, 1),
            behind if behind.starts_with("$1") => (nth(0), 2),
            behind if behind.starts_with("$2") => (nth(1), 2),
            _ => (all.as_str(), 1),
        };
        filled.push_str(text);
        rest = &rest[at + length..];
    }
    filled + rest
}

/// `flatMap` and `FlatMap` are `flat_map`.
fn snake_case(name: &str) -> String {
    let mut snake = String::new();
    for char in name.chars() {
        if char.is_uppercase() && !snake.is_empty() && !snake.ends_with('_') {
            snake.push('_');
        }
        snake.extend(char.to_lowercase());
    }
    snake
}
