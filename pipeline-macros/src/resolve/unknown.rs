//! Attributes that cannot stand where they stand: another place's, another library's, misspelt.

use syn::{Attribute, Ident};

use super::{
    attribute::{self, given},
    place::Place,
    policies,
};
use crate::{
    diagnostics::{Diagnostics, closest, one_of},
    text,
};

/// What other libraries and languages call it, and what it is called here, with what is to be pasted if that says more.
const MEANT: [(&str, &str); 84] = [
    ("concurrency", "workers"),
    ("parallel", "workers"),
    ("parallelism", "workers"),
    ("par", "workers"),
    ("threads", "workers"),
    ("num_threads", "workers"),
    ("num_workers", "workers"),
    ("n_workers", "workers"),
    ("worker_threads", "workers"),
    ("worker_count", "workers"),
    ("pool", "workers"),
    ("pool_size", "workers"),
    ("thread_pool", "workers"),
    ("tasks", "workers"),
    ("jobs", "workers"),
    ("replicas", "workers"),
    ("instances", "workers"),
    ("max_concurrency", "workers"),
    ("concurrency_limit", "workers"),
    ("concurrent", "in_flight"),
    ("max_concurrent", "in_flight"),
    ("buffered", "in_flight"),
    ("try_buffered", "in_flight"),
    ("max_in_flight", "in_flight"),
    ("in_flight_limit", "in_flight"),
    ("prefetch", "in_flight"),
    ("capacity", "buffer"),
    ("bounded", "buffer"),
    ("bound", "buffer"),
    ("channel", "buffer"),
    ("channel_size", "buffer"),
    ("sync_channel", "buffer"),
    ("mpsc", "buffer"),
    ("queue", "buffer"),
    ("queue_size", "buffer"),
    ("buffer_size", "buffer"),
    ("backlog", "buffer"),
    ("spawn_blocking", "blocking"),
    ("block_in_place", "blocking"),
    ("block", "blocking"),
    ("sync", "blocking"),
    ("thread", "blocking"),
    ("partition_by", "keyed"),
    ("group_by", "keyed"),
    ("key_by", "keyed"),
    ("keyed_by", "keyed"),
    ("by_key", "keyed"),
    ("key", "keyed"),
    ("partition", "keyed"),
    ("shard", "keyed"),
    ("shard_by", "keyed"),
    ("sharded", "keyed"),
    ("hash_by", "keyed"),
    ("sticky", "keyed"),
    ("any_order", "unordered"),
    ("out_of_order", "unordered"),
    ("no_order", "unordered"),
    ("fuse", "inline"),
    ("fused", "inline"),
    ("same_task", "inline"),
    ("skip_errors", "on_error(skip)"),
    ("ignore_errors", "on_error(skip)"),
    ("skip_on_error", "on_error(skip)"),
    ("fail_fast", "on_error(fail)"),
    ("error_policy", "on_error"),
    ("error_handler", "on_error"),
    ("throttle", "rate"),
    ("rate_limit", "rate"),
    ("ratelimit", "rate"),
    ("circuit_breaker", "breaker"),
    ("circuit", "breaker"),
    ("retries", "retry"),
    ("retry_policy", "retry"),
    ("backoff", "retry"),
    ("attempts", "retry"),
    ("semaphore", "limit"),
    ("permits", "limit"),
    ("time_limit", "timeout"),
    ("timeout_after", "timeout"),
    ("drop_oldest", "lossy(drop_oldest)"),
    ("drop_newest", "lossy(drop_newest)"),
    ("keep_latest", "lossy(drop_oldest)"),
    ("latest", "lossy(drop_oldest)"),
    ("conflate", "lossy(drop_oldest)"),
];

/// The same for attributes of the whole pipeline.
const MEANT_OPTIONS: [(&str, &str); 20] = [
    ("shutdown", "drain"),
    ("shutdown_timeout", "drain"),
    ("drain_timeout", "drain"),
    ("grace", "drain"),
    ("grace_period", "drain"),
    ("graceful", "drain"),
    ("time_limit", "deadline"),
    ("max_time", "deadline"),
    ("run_timeout", "deadline"),
    ("capacity", "buffer"),
    ("bounded", "buffer"),
    ("channel", "buffer"),
    ("channel_size", "buffer"),
    ("queue", "buffer"),
    ("queue_size", "buffer"),
    ("buffer_size", "buffer"),
    ("error_type", "error"),
    ("err", "error"),
    ("fuse", "inline"),
    ("label", "name"),
];

/// Attributes of rustc and of what comes with it that people put above things.
const OF_RUSTC: [&str; 12] = [
    "derive",
    "test",
    "must_use",
    "deprecated",
    "cold",
    "track_caller",
    "ignore",
    "should_panic",
    "no_mangle",
    "repr",
    "unsafe",
    "rustfmt",
];

/// What is said of `cfg` and `cfg_attr` where the first is not well-formed and the second cannot stand.
fn conditional(name: &Ident) -> Option<&'static str> {
    match name.to_string().as_str() {
        "cfg" => Some(
            "`cfg` needs one predicate\n\
             help: `#[cfg(unix)]`, `#[cfg(not(test))]`, `#[cfg(all(unix, feature = \"metrics\"))]`",
        ),
        "cfg_attr" => Some(
            "`cfg_attr` cannot stand here\n\
             help: write it twice, once with `#[cfg(…)]` and the attribute, once with `#[cfg(not(…))]`",
        ),
        _ => None,
    }
}

/// Reports an attribute that no statement has.
pub(super) fn on_statement(attr: &Attribute, name: &Ident, place: &Place<'_>, diagnostics: &mut Diagnostics) {
    let text = name.to_string();
    if let Some(message) = conditional(name) {
        diagnostics.error(name, message);
    } else if text == "lossy" {
        diagnostics.error(name, format_args!("`lossy` cannot stand here\nhelp: {}", lossy(attr, place)));
    } else if let Some(help) = of_pipeline(attr, name, place.name()) {
        diagnostics.error(name, format_args!("`{name}` cannot stand on a statement\nhelp: {help}"));
    } else if OF_RUSTC.contains(&text.as_str()) {
        of_rustc(name, diagnostics);
    } else {
        diagnostics.error(name, format_args!("unknown attribute `{name}`\nhelp: {}", meant(attr, name, place)));
    }
}

/// Reports an attribute that no branch has.
pub(super) fn on_branch(name: &Ident, branch: &Ident, diagnostics: &mut Diagnostics) {
    let text = name.to_string();
    let is_policy = policies::KNOWN.contains(&text.as_str());
    let message = if let Some(message) = conditional(name) {
        message.to_owned()
    } else if is_policy || policies::HANDED_THROUGH.contains(&text.as_str()) {
        format!("`{name}` cannot stand on a branch\nhelp: put it above the `stage`, for all of its branches")
    } else if text == "weak" {
        format!(
            "`weak` is no attribute\n\
             help: it is a word in front of an input: `merge(…, weak {branch})`"
        )
    } else {
        let help = match find(&MEANT, &text) {
            Some(lossy) if lossy.starts_with("lossy") => format!("did you mean `#[{lossy}]`?"),
            _ if closest(&text, ["lossy"]).is_some() => "did you mean `lossy`?".to_owned(),
            _ => "a branch takes `#[lossy(drop_oldest)]` or `#[lossy(drop_newest)]`".to_owned(),
        };
        format!("unknown attribute `{name}`\nhelp: {help}")
    };
    diagnostics.error(name, message);
}

/// Reports an attribute that no `let` and no `clone` has.
pub(super) fn on_value(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) {
    let text = name.to_string();
    let message = if let Some(message) = conditional(name) {
        message.to_owned()
    } else if policies::KNOWN.contains(&text.as_str()) {
        format!("`{name}` cannot stand on a `let`, which is no task\nhelp: put it above a `stage` or `sink`")
    } else if let Some(help) = of_pipeline(attr, name, name) {
        format!("`{name}` cannot stand on a `let`\nhelp: {help}")
    } else {
        format!(
            "unknown attribute `{name}`\n\
             help: a `let` takes lint levels, such as `#[allow(unused_variables)]`, and `#[cfg(…)]`"
        )
    };
    diagnostics.error(name, message);
}

/// Reports an inner attribute that no pipeline has.
pub(super) fn on_pipeline(attr: &Attribute, valid: &[&str], diagnostics: &mut Diagnostics) {
    let path = attr.path();
    let text = path.get_ident().map(Ident::to_string).unwrap_or_default();
    let shown = text::tokens(path);
    if text == "cfg" || text == "cfg_attr" {
        let message = format!(
            "`#![{text}]` cannot stand inside a pipeline\n\
             help: put `#[{text}(…)]` above the `fn`, or above the statement that the `pipeline!` stands in"
        );
        diagnostics.error(path, message);
        return;
    }
    let names = policies::KNOWN.iter();
    let message = if text == "timeout" {
        let args = given(attr);
        let args = if args.is_empty() { "30s" } else { &args };
        format!(
            "`timeout` is an attribute of a statement, not of the pipeline\n\
             help: `#![deadline({args})]` for the whole run, or `#[timeout({args})]` above a stage"
        )
    } else if names.clone().any(|policy| *policy == text) {
        format!(
            "`{text}` is an attribute of a statement, not of the pipeline\nhelp: {} above a stage",
            text_of_outer(attr, &text)
        )
    } else if text == "lossy" {
        let help = "on a branch of a `tee`: `stage (a, #[lossy(drop_oldest)] b) = x.tee();`";
        format!("`{text}` is an attribute of a branch, not of the pipeline\nhelp: {help}")
    } else if let Some(option) = find(&MEANT_OPTIONS, &text) {
        let help = match (option, given(attr)) {
            ("name", name) => format!("`#![name = {name:?}]`"),
            ("inline", _) => attribute::text(attr, option, ""),
            (_, args) => attribute::text(attr, option, &args),
        };
        format!("unknown attribute `#![{shown}]`\nhelp: did you mean {help}?")
    } else if let Some(policy) = find(&MEANT, &text).filter(|policy| policies::KNOWN.contains(policy)) {
        let help = format!("it is {} above a stage", text_of_outer(attr, policy));
        format!("unknown attribute `#![{shown}]`\nhelp: {help}")
    } else {
        let help = match closest(&text, valid.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected {}", one_of(valid)),
        };
        format!("unknown attribute `#![{shown}]`\nhelp: {help}")
    };
    diagnostics.error(path, message);
}

/// Reports an attribute above the `fn` that belongs inside its braces.
pub(super) fn on_function(attr: &Attribute, diagnostics: &mut Diagnostics) {
    let Some(name) = attr.path().get_ident().filter(|_| belongs_inside(attr)) else { return };
    let help = match of_pipeline(attr, name, name) {
        Some(help) => help,
        None => format!("put {} above a stage", attribute::text(attr, name, &given(attr))),
    };
    diagnostics.error(name, format_args!("`{name}` cannot stand on the `fn`\nhelp: {help}"));
}

/// Reports an inner attribute that stands behind an item.
pub(super) fn late(attr: &Attribute, diagnostics: &mut Diagnostics) {
    let path = attr.path();
    let name = text::tokens(path);
    let help = if policies::KNOWN.contains(&name.as_str()) {
        format!("for one statement it has no `!`: {}", text_of_outer(attr, &name))
    } else {
        "move it to the top, in front of everything else".to_owned()
    };
    diagnostics.error(path, format_args!("`#![{name}]` is of the whole pipeline and cannot stand here\nhelp: {help}"));
}

/// As an attribute of a statement, with the user's own argument if there is one.
fn text_of_outer(attr: &Attribute, policy: &str) -> String {
    let outer = Attribute { style: syn::AttrStyle::Outer, ..attr.clone() };
    with_args(&outer, policy)
}

/// Whether an attribute above the `fn` is one of what is in its braces. `inline` is rustc's there.
pub(super) fn belongs_inside(attr: &Attribute) -> bool {
    let name = attr.path().get_ident().map(Ident::to_string).unwrap_or_default();
    ["deadline", "drain", "retry_budget"].contains(&&*name) || name != "inline" && policies::KNOWN.contains(&&*name)
}

/// The help for an attribute that is the whole pipeline's.
fn of_pipeline(attr: &Attribute, name: &Ident, stream: &Ident) -> Option<String> {
    let example = match name.to_string().as_str() {
        "deadline" | "drain" => "10s",
        "retry_budget" => "ratio = 0.1, floor = 10, per = 1s",
        "error" => "LoadError",
        "name" => {
            let given = given(attr);
            let text = if given.is_empty() { "load" } else { given.trim_matches('"') };
            return Some(format!(
                "a stage is called by its stream, here `{stream}`; `#![name = {text:?}]` at the top names the pipeline"
            ));
        }
        _ => return None,
    };
    let given = given(attr);
    let args = if given.is_empty() { example } else { &given };
    Some(format!("`#![{name}({args})]` at the top of the pipeline"))
}

/// The help for a `lossy` that stands above a statement.
fn lossy(attr: &Attribute, place: &Place<'_>) -> String {
    let given = given(attr);
    let args = if given.is_empty() { "drop_oldest" } else { &given };
    let names: Vec<String> = place.branches().iter().map(|branch| branch.ident.to_string()).collect();
    match names.as_slice() {
        [first, rest @ ..] if !rest.is_empty() && !place.is_route() => {
            format!("it belongs on a branch: `stage (#[lossy({args})] {first}, {}) = …`", rest.join(", "))
        }
        _ => format!("it belongs on a branch of a `tee`: `stage (a, #[lossy({args})] b) = x.tee();`"),
    }
}

fn of_rustc(name: &Ident, diagnostics: &mut Diagnostics) {
    let message = format!(
        "`{name}` is no attribute of a pipeline\n\
         help: attributes of rustc belong above the `fn`; on a statement stand lint levels alone, such as `#[allow(…)]`"
    );
    diagnostics.error(name, message);
}

/// What an unknown attribute of a statement was meant to be.
fn meant(attr: &Attribute, name: &Ident, place: &Place<'_>) -> String {
    let text = name.to_string().to_lowercase();
    if ["ordered", "in_order", "preserve_order", "keep_order", "order"].contains(&&*text) {
        return "leave it away: the order is kept unless `unordered` gives it up".to_owned();
    }
    if text == "buffer_unordered" || text == "buffered_unordered" {
        let given = given(attr);
        let n = if given.is_empty() { "64" } else { &given };
        return format!("did you mean `#[in_flight({n}), unordered]`?");
    }
    match find(&MEANT, &text) {
        Some(lossy) if lossy.starts_with("lossy") => {
            format!("did you mean `#[{lossy}]` on a branch of a `tee`?")
        }
        Some("workers") if place.waits() => format!("did you mean {}?", with_args(attr, "in_flight")),
        Some(policy) => format!("did you mean {}?", with_args(attr, policy)),
        None => match closest(&text, policies::KNOWN.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("expected {}", one_of(&policies::KNOWN)),
        },
    }
}

/// A policy as it is written, with the user's own argument if it takes one.
fn with_args(attr: &Attribute, policy: &str) -> String {
    let example = policies::example(policy);
    let given = given(attr);
    let is_word = policies::KNOWN.contains(&policy) && example.is_empty();
    let args = if given.is_empty() || is_word { example } else { &given };
    attribute::text(attr, policy, args)
}

fn find(table: &[(&str, &'static str)], name: &str) -> Option<&'static str> {
    table.iter().find(|(meant, _)| *meant == name).map(|(_, known)| *known)
}
