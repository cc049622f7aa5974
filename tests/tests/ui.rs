//! Mistakes and what is said of them. `TRYBUILD=overwrite cargo test -p pipeline-tests --test ui` writes the messages anew.

#[test]
fn mistakes_are_explained() {
    trybuild::TestCases::new().compile_fail("ui/*/*.rs");
}
