//! The expansions of some pipelines, kept as files so that what is generated can be read and reviewed.
//!
//! `UPDATE_SNAPSHOT=1 cargo test -p pipeline-macros` writes it anew.

use std::path::Path;

use proc_macro2::TokenStream;
use quote::quote;

const PIPELINE: &str = r#"
    /// Loads orders.
    pub fn load(lines: Vec<String>, db: Db, parsers: usize) -> Pipeline<Loaded, LoadError> {
        source lines = lines;

        #[workers(parsers)]
        stage orders: Order = lines.filter(|line| !line.is_empty()).map(|ref line| Order::parse(line)?) else rejects;

        stage (large, small) = orders.route(|order| match order.total {
            0 => skip(),
            t if t > 100 => large(order),
            _ => small(order),
        });

        #[in_flight(16)]
        stage checked = large.map(async |order| db.check(order).await?);

        stage rows = merge(checked, small);

        sink stored   = rows.batch(500, 1s).for_each(async |rows| db.insert(rows).await?);
        sink rejected = rejects.count();

        Loaded { stored, rejected }
    }
"#;

/// Several statements in one loop; the source is its input.
const INLINE: &str = r#"
    #![inline]
    source numbers = numbers;

    stage parsed = numbers.map(|ref line| parse(line)?) else rejects;

    #[inline]
    stage (few, all) = parsed.flat_map(|n| [n, n]).tee();

    sink firsts = few.take(3).collect::<Vec<_>>();
    sink told = all.for_each(async |n| tell(n).await?);
    sink bad = rejects.count();
"#;

/// What stands around bodies, in a loop and in flight.
const GUARDED: &str = r#"
    #![retry_budget(ratio = 0.1)]
    source keys = keys;

    #[retry(attempts = 3, when = |e| e.is_transient())]
    stage parsed = keys.map(|ref key| parse(key)?) else rejects;

    #[in_flight(16), timeout(2s, total = 10s), retry(attempts = 4, backoff = 50ms..2s)]
    stage found = parsed.map(async |key| find(key).await?);

    #[timeout(1s)]
    sink told = found.for_each(async |row| tell(row).await);
    sink bad = rejects.count();
"#;

/// What an item waits for before its body, what is decided of one that failed, and what is finished on a cancel.
const SHARED: &str = r#"
    source orders = orders;

    #[in_flight(16)]
    #[rate(500, per = 1s, by = |order| order.shop), limit(&connections)]
    #[breaker(failure_rate = 0.3, open = reject), retry(attempts = 3), timeout(2s)]
    #[on_error(|failed| if failed.is_late() { reject } else { skip })]
    stage charged = orders.map(async |ref order| charge(order).await?) else unpaid;

    #[rate(&limiter), breaker(&payments), on_cancel(finish)]
    sink told = charged.for_each(async |order| tell(order).await?);
    sink lost = unpaid.count();
"#;

/// Sources that are made again: one whose items are `Result`s, one that is inline, and generators.
const RETRIED: &str = r#"
    #[retry(attempts = 8, backoff = 100ms..30s)]
    source lines = connect(&url).await?.lines();

    #[retry(attempts = 3, when = |e| e.is_transient())]
    source keys = keys().await?;

    #[retry(attempts = 3)]
    source events = async |out| while let Some(event) = feed.next().await? { out.send(event).await };

    #[blocking, retry(attempts = 3)]
    source files = |out| for file in walk(&root)? { if !out.send(file?) { return } };

    sink all = lines?.count();
    #[inline]
    sink some = keys.count();
    sink most = merge(events, files).count();
"#;

#[test]
fn the_expansion_of_shared_policies_is_the_one_that_was_reviewed() {
    is_as_reviewed(SHARED, "shared.rs", |value| syn::parse2(quote!(fn shared() { #value })));
}

#[test]
fn the_expansion_of_sources_made_again_is_the_one_that_was_reviewed() {
    is_as_reviewed(RETRIED, "retried.rs", |value| syn::parse2(quote!(fn retried() { #value })));
}

#[test]
fn the_expansion_of_policies_is_the_one_that_was_reviewed() {
    is_as_reviewed(GUARDED, "guarded.rs", |value| syn::parse2(quote!(fn guarded() { #value })));
}

#[test]
fn the_expansion_is_the_one_that_was_reviewed() {
    is_as_reviewed(PIPELINE, "load.rs", syn::parse2);
}

#[test]
fn the_expansion_of_inline_stages_is_the_one_that_was_reviewed() {
    is_as_reviewed(INLINE, "inline.rs", |value| syn::parse2(quote!(fn inline() { #value })));
}

fn is_as_reviewed(pipeline: &str, kept: &str, file: impl FnOnce(TokenStream) -> syn::Result<syn::File>) {
    let tokens: TokenStream = pipeline.parse().unwrap();
    let expansion = crate::expand::expand(quote!((::pipeline_runtime) #tokens));
    let file = file(expansion).unwrap_or_else(|error| panic!("the expansion does not parse: {error}"));
    let text = prettyplease::unparse(&file);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/snapshots").join(kept);
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "the expansion has changed; look at it with UPDATE_SNAPSHOT=1 and `git diff`");
}
