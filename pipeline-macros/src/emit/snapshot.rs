//! The expansion of one pipeline, kept as a file so that what is generated can be read and reviewed.
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

#[test]
fn the_expansion_is_the_one_that_was_reviewed() {
    let tokens: TokenStream = PIPELINE.parse().unwrap();
    let expansion = crate::expand::expand(quote!((::pipeline_runtime) #tokens));
    let file = syn::parse2(expansion).unwrap_or_else(|error| panic!("the expansion does not parse: {error}"));
    let text = prettyplease::unparse(&file);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/snapshots/load.rs");
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "the expansion has changed; look at it with UPDATE_SNAPSHOT=1 and `git diff`");
}
