//! `#[cfg(…)]`: one pipeline for each answer.

use super::*;

fn choice(text: &str) -> Option<[String; 3]> {
    let tokens: TokenStream = text.parse().unwrap_or_else(|error| panic!("{error}: {text}"));
    syntax::first_choice(&tokens).map(|choice| [choice.predicate, choice.with, choice.without].map(self::text))
}

fn chooses(text: &str, expected: [&str; 3]) {
    let tokens = |text: &str| text.parse::<TokenStream>().map(|tokens| tokens.to_string()).expect("tokens");
    assert_eq!(choice(text), Some(expected.map(tokens)), "{text}");
}

#[test]
fn nothing_to_choose() {
    assert_eq!(choice("source a = x; sink n = a.count();"), None);
    assert_eq!(choice("source a = { #[cfg(unix)] let x = 1; x }; sink n = a.map(|x| x).count(); #[cfg(test)] n"), None);
    assert_eq!(choice("#[cfg(unix)] fn f() -> Pipeline<u64> { source a = x; sink n = a.count(); }"), None);
}

#[test]
fn one_predicate_is_one_choice() {
    chooses(
        "#![buffer(1)] source a = x; #[cfg(unix)] stage b = a.map(f); #[doc = \"d\"] #[cfg(unix,), workers(2)] sink n = b.count(); n",
        [
            "unix",
            "#![buffer(1)] source a = x; stage b = a.map(f); #[doc = \"d\"] #[workers(2)] sink n = b.count(); n",
            "#![buffer(1)] source a = x; n",
        ],
    );
}

#[test]
fn the_first_of_several() {
    chooses(
        "source a = x; #[cfg(not(all(a, b = \"c\")))] let y = 1; #[cfg(unix)] clone y; sink n = a.count();",
        [
            "not(all(a, b = \"c\"))",
            "source a = x; let y = 1; #[cfg(unix)] clone y; sink n = a.count();",
            "source a = x; #[cfg(unix)] clone y; sink n = a.count();",
        ],
    );
    chooses(
        "#[cfg(a)] #[cfg(b)] source a = x; sink n = a.count();",
        ["a", "#[cfg(b)] source a = x; sink n = a.count();", "sink n = a.count();"],
    );
}

#[test]
fn branches() {
    chooses(
        "stage (a, #[cfg(t)] b: Map<K, V>, #[lossy(drop_oldest), cfg(t)] c) = x.tee();",
        ["t", "stage (a, b: Map<K, V> , #[lossy(drop_oldest)] c,) = x.tee();", "stage (a,) = x.tee();"],
    );
    chooses(
        "stage (a, #[cfg(t)] b, #[cfg(u)] c) = x.tee();",
        ["t", "stage (a, b, #[cfg(u)] c,) = x.tee();", "stage (a, #[cfg(u)] c,) = x.tee();"],
    );
}

#[test]
fn the_fn_form() {
    chooses(
            "/// doc
            #[cfg(unix)] pub(in a::b) fn f<const N: usize>(x: [u8; { 1 + 2 }]) -> Pipeline<u64> where T: U { #[cfg(t)] source a = x; }",
            [
                "t",
                "/// doc
                #[cfg(unix)] pub(in a::b) fn f<const N: usize>(x: [u8; { 1 + 2 }]) -> Pipeline<u64> where T: U { source a = x; }",
                "/// doc
                #[cfg(unix)] pub(in a::b) fn f<const N: usize>(x: [u8; { 1 + 2 }]) -> Pipeline<u64> where T: U { }",
            ],
        );
}

#[test]
fn the_expansion_leaves_it_to_rustc() {
    let expansion =
        expand::expand("(::runtime) source a = x; #[cfg(unix)] sink n = a.count();".parse().expect("tokens"));
    let expected = quote! {{
        #[cfg(unix)]
        let pipeline = ::runtime::pipeline! { source a = x; sink n = a.count(); };
        #[cfg(not(unix))]
        let pipeline = ::runtime::pipeline! { source a = x; };
        pipeline
    }};
    assert_eq!(expansion.to_string(), expected.to_string());
    let function = "(::runtime) fn f() -> Pipeline<u64> { source a = x; #[cfg(unix)] sink n = a.count(); }";
    let expansion = expand::expand(function.parse().expect("tokens"));
    let expected = quote! {
        #[cfg(unix)]
        ::runtime::pipeline! { fn f() -> Pipeline<u64> { source a = x; sink n = a.count(); } }
        #[cfg(not(unix))]
        ::runtime::pipeline! { fn f() -> Pipeline<u64> { source a = x; } }
    };
    assert_eq!(expansion.to_string(), expected.to_string());
}
