use super::*;

fn expanded(text: &str) -> String {
    let tokens: TokenStream = text.parse().expect("tokens");
    expand::expand(quote!((::runtime) #tokens)).to_string()
}

#[test]
fn a_broken_block_is_a_block_of_the_right_type() {
    let block = expanded("#![error(Bad)] sink n = a.count();");
    syn::parse_str::<syn::ExprBlock>(&block).expect("a block");
    assert!(block.contains(":: core :: compile_error !"), "{block}");
    assert!(block.ends_with(":: runtime :: __private :: broken :: < _ , Bad > () }"), "{block}");
    let block = expanded("source a = ; n");
    assert!(block.ends_with(":: runtime :: __private :: broken :: < _ , :: runtime :: BoxError > () }"), "{block}");
}

#[test]
fn a_broken_function_keeps_its_signature() {
    let function = expanded(
        "/// D.\n pub fn f<'a, T: X>(a: &'a u8, (b, c): (T, T)) -> Pipeline<u8, E> where T: Y { sink n = a.count(); }",
    );
    let parsed = syn::parse_str::<syn::ItemFn>(&function).expect("a function");
    assert_eq!(
        text(&parsed.sig),
        "fn f < 'a , T : X > (a : & 'a u8 , (b , c) : (T , T)) -> Pipeline < u8 , E > where T : Y"
    );
    assert!(function.contains("let _ = (& a , & b , & c ,) ; :: runtime :: __private :: broken ()"), "{function}");
}

#[test]
fn other_broken_functions_are_items() {
    for text in
        ["pub fn f() -> u8 { }", "pub fn f(self) { source a = x; }", "pub fn (a: u8) {}", "fn f() -> Pipeline<u8> {} 3"]
    {
        syn::parse_str::<syn::File>(&expanded(text)).expect("items");
    }
}

/// Cut anywhere, with anything left out: errors or a graph, and no panic.
#[test]
fn nothing_panics() {
    let whole = "#![deadline(1s)] clone a, b; let x: u8 = 3; #[workers(2), keyed(|x| x)] source lines = y.await?;
            #[inline] stage w: T = lines?.map(|ref x| f(x)?).batch(3, 5ms) else r; stage (a, b) = merge(w, A(r)).route(|x| if c { a(x) } else { b(x) });
            sink n = a.fold(0, |s, x| s); sink m = b.collect::<Vec<_>>(); m + n";
    let tokens: Vec<proc_macro2::TokenTree> = whole.parse::<TokenStream>().expect("tokens").into_iter().collect();
    let wrap = |tokens: TokenStream| {
        expand::expand(quote!((::runtime) #tokens));
        expand::expand(quote!((::runtime) fn f() -> Pipeline<u8> { #tokens }));
        expand::expand(quote!((::runtime) #![inline] #tokens));
        expand::expand(tokens);
    };
    for at in 0..=tokens.len() {
        wrap(tokens[..at].iter().cloned().collect());
        wrap(tokens[at..].iter().cloned().collect());
        for width in 1..4 {
            let left_out = tokens.iter().take(at).chain(tokens.iter().skip(at + width));
            wrap(left_out.cloned().collect());
        }
    }
}

#[test]
fn what_a_closure_names_itself_is_not_cloned() {
    let clones = |closure: &str| {
        let text = format!("fn f(jobs: Jobs) -> Pipeline<()> {{ source a = jobs; sink b = a.for_each({closure}); }}");
        expanded(&text).matches("Clone :: clone (& jobs)").count()
    };
    for own in ["|jobs| g(jobs)", "|(n, jobs)| g(jobs)", "|x| x.jobs(x.jobs)", "|jobs: Jobs| println!(\"{jobs}\")"] {
        assert_eq!(clones(own), 0, "{own}");
    }
    for captured in ["|x| x + jobs", "|x| g(0..jobs)", "|x| println!(\"{x} {jobs}\")", "|x| x.map(|_| jobs)"] {
        assert_eq!(clones(captured), 2, "{captured}: the source's, and the closure's");
    }
}
