use super::*;

fn expanded(text: &str) -> String {
    let tokens: TokenStream = text.parse().expect("tokens");
    expand::expand(quote!((::runtime) #tokens)).to_string()
}

#[test]
fn a_broken_block_is_a_block_of_the_right_type() {
    let block = expanded("#![error(Bad)] sink n = a.count();");
    syn::parse_str::<syn::ExprBlock>(&block).expect("a block");
    assert!(block.contains("ErrorProbe :: < Bad > :: new ()"), "{block}");
    assert!(block.contains("broken_behind (errors , tail) } ; const PIPELINE_MISTAKES"), "{block}");
    assert!(block.ends_with("pipeline }"), "{block}");
    let block = expanded("source a = ; sink n = a.");
    assert!(block.contains("errors :: < :: runtime :: BoxError > ()"), "{block}");
    assert!(block.contains("broken_of (errors) } ;"), "{block}");
    let block = expanded("source a = input; #[workers(0)] sink n = a.map(f).output();");
    assert!(block.contains("broken_between (errors , items_of_a , items_of_n) } ;"), "{block}");
}

/// A `let` that cannot be read still binds its name, which is no keyword.
#[test]
fn an_unreadable_let_binds_its_name() {
    let block = expanded("let (a, b): = where; let mut c d; source x = y; sink n = x.count();");
    syn::parse_str::<syn::ExprBlock>(&block).expect("a block");
    assert!(block.contains("let c = () . unfinished ()"), "{block}");
}

#[test]
fn a_broken_function_keeps_its_signature_and_its_constant() {
    let function = expanded(
        "/// D.\n pub fn f<'a, T: X>(a: &'a u8, (b, c): (T, T)) -> Pipeline<u8, E> where T: Y { sink n = a.count(); }",
    );
    let parsed = syn::parse_str::<syn::File>(&function).expect("items");
    let [syn::Item::Fn(function), syn::Item::Const(constant)] = parsed.items.as_slice() else { panic!("{function}") };
    assert_eq!(
        text(&function.sig),
        "fn f < 'a , T : X > (a : & 'a u8 , (b , c) : (T , T)) -> Pipeline < u8 , E > where T : Y"
    );
    assert_eq!(constant.ident, "F_GRAPH");
}

/// Callers of a function find it, with as many parameters, although its header cannot be read.
#[test]
fn an_unreadable_header_keeps_the_name() {
    for (text, signature) in [
        (
            "pub fn f(a A, b: HashMap<B, C>) -> Pipeline<u8> {",
            "fn f (a : A , b : HashMap < B , C >) -> Pipeline < u8 >",
        ),
        (
            "fn f(a:, b:) -> Pipeline<u8> {",
            "fn f (a : :: runtime :: __private :: Unread < { :: core :: compile_error ! { \"expected a type\" } 0 } > , \
             b : impl :: core :: marker :: Sized) -> Pipeline < u8 >",
        ),
        ("fn f(a: A) -> Pipeline<u8 {", "fn f (a : A) -> Pipeline < u8 >"),
        ("fn f(a: A) Pipeline<u8> {", "fn f (a : A) -> Pipeline < u8 >"),
    ] {
        let text = format!("{text} source x = a; sink n = x.count(); }}");
        let parsed = syn::parse_str::<syn::File>(&expanded(&text)).expect("items");
        let Some(syn::Item::Fn(function)) = parsed.items.first() else { panic!("{text}") };
        assert_eq!(self::text(&function.sig), signature, "{text}");
    }
}

/// All that could be read is in the expansion, where rustc and editors see it.
#[test]
fn what_was_written_is_kept() {
    let text = "#![deadline(limits.)] let first = x.; clone db; \
         #[workers(width(n).await)] source a = read(path).; \
         #[wrokers(threads)] stage b = a.map(|one| { let two = ; three(two) }).mapp(|four| five(four)?); \
         stage (c, d) = b.route(|six, seven| c(six)); stage e = c.batch(eight?, 1s); \
         sink s = merge(d, e,.).fold(nine., |ten, eleven| ten +); s + twelve";
    let kept = expanded(text);
    let words = "limits x width n read path threads one two three four five six seven eight nine ten eleven twelve";
    for word in words.split(' ') {
        assert!(kept.contains(word), "`{word}` is not in {kept}");
    }
}

/// Rust-analyzer gives all tokens the same line and column.
#[test]
fn what_is_missing_is_found_without_lines_and_columns() {
    fn apart(tokens: TokenStream) -> TokenStream {
        let alone = |token: proc_macro2::TokenTree| match token {
            proc_macro2::TokenTree::Group(group) => {
                let mut alone = proc_macro2::Group::new(group.delimiter(), apart(group.stream()));
                let brackets: TokenStream = "()".parse().expect("a group");
                alone.set_span(brackets.into_iter().next().expect("a group").span());
                alone.into()
            }
            mut token => {
                // each stands in a text of its own, at its beginning
                let own: TokenStream = "own".parse().expect("a token");
                token.set_span(own.into_iter().next().expect("a token").span());
                token
            }
        };
        tokens.into_iter().map(alone).collect()
    }
    for text in [
        "source a = x; sink n = a.map(|one| { let two = one.; three(two) }).count();",
        "source a = x; stage b = a.map(f) #[keyed(|one| two.)] stage c = b.dedup(); sink n = c.count();",
        "let b = c(d.); source a = x; sink n = a.filter(|one| one).count();",
        "source a = x; sink n = a.fold(0, |one, two| one +).count(); n",
    ] {
        let tokens = apart(text.parse().expect("tokens"));
        let alone = expand::expand(quote!((::runtime) #tokens)).to_string();
        assert_eq!(alone, expanded(text));
    }
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
        expanded(&text).matches("cloned) (& jobs)").count()
    };
    for own in ["|jobs| g(jobs)", "|(n, jobs)| g(jobs)", "|x| x.jobs(x.jobs)", "|jobs: Jobs| println!(\"{jobs}\")"] {
        assert_eq!(clones(own), 0, "{own}");
    }
    for captured in ["|x| x + jobs", "|x| g(0..jobs)", "|x| println!(\"{x} {jobs}\")", "|x| x.map(|_| jobs)"] {
        assert_eq!(clones(captured), 2, "{captured}: the source's, and the closure's");
    }
}

/// Rustc does not read the words: each that the language knows is documented in the runtime.
#[test]
fn every_word_is_documented() {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../pipeline-runtime/src/words.rs");
    let page = std::fs::read_to_string(path).expect("the words");
    let options = crate::ops::ALL.iter().flat_map(|spec| spec.options.iter().map(|option| option.name));
    let modules: [(&str, Vec<&str>); 4] = [
        ("statements", syntax::STATEMENTS.to_vec()),
        ("joins", syntax::JOINS.to_vec()),
        ("attributes", resolve::POLICIES.into_iter().chain(resolve::OPTIONS).chain(["lossy"]).collect()),
        ("options", options.chain(["idle"]).collect()),
    ];
    for (module, words) in modules {
        let (_, content) = page.split_once(&format!("pub mod {module} {{")).expect("a module");
        let content = content.split("\n}\n").next().unwrap_or_default();
        for word in words {
            assert!(content.contains(&format!("pub const fn {word}()")), "`{word}` is not in `{module}`");
        }
    }
}

/// What an editor is given for each word and each stream: a token at exactly its place, which names what is meant.
#[test]
fn words_and_streams_are_there_for_editors() {
    let text = "#![buffer(8)] source a = x; #[workers(2), keyed(|x| x, idle = 5m)] \
         stage b = a.map(f).scan(0, |s, x| x) else bad; \
         stage (c, #[lossy(drop_oldest)] d) = b.tee(); stage e = merge(c, W(bad)); \
         stage w = d.window(0, |s, x| *s += x, every = 1s); sink n = e.count(); sink m = w.last(); n + m";
    for text in [text.to_owned(), format!("{text} +")] {
        let input: TokenStream = text.parse().expect("tokens");
        let mut written = Vec::new();
        flatten(input.clone(), &mut written);
        let mut expansion = Vec::new();
        flatten(expand::expand(quote!((::runtime) #input)), &mut expansion);
        let before = |token: &(String, Where), text: &str| {
            let found = expansion.iter().enumerate().filter(|(_, other)| *other == token);
            found.filter(|(at, _)| expansion[at - 1].0 == ":" && expansion[at - 3].0 == text).count()
        };
        for (word, module) in [
            ("source", "statements"),
            ("stage", "statements"),
            ("sink", "statements"),
            ("buffer", "attributes"),
            ("workers", "attributes"),
            ("keyed", "attributes"),
            ("lossy", "attributes"),
            ("idle", "options"),
            ("every", "options"),
            ("merge", "joins"),
            ("map", "operators"),
            ("scan", "operators"),
            ("tee", "operators"),
            ("window", "operators"),
            ("count", "operators"),
            ("last", "operators"),
        ] {
            for token in written.iter().filter(|(text, _)| text == word) {
                assert_eq!(before(token, module), 1, "{word} {token:?}");
            }
        }
        for stream in ["a", "b", "c", "d", "e", "w", "bad"] {
            let places: Vec<_> = written.iter().filter(|(text, _)| text == stream).collect();
            let [declared, used] = places.as_slice() else { panic!("{stream} {places:?}") };
            let at = |token| expansion.iter().position(|other| other == token).expect("a token");
            assert_eq!(expansion[at(*declared) - 1].0, "let", "{stream}");
            assert!(at(*declared) < at(*used), "{stream}");
        }
    }
}

type Where = ((usize, usize), (usize, usize));

fn flatten(tokens: TokenStream, flat: &mut Vec<(String, Where)>) {
    for token in tokens {
        match token {
            proc_macro2::TokenTree::Group(group) => flatten(group.stream(), flat),
            token => {
                let (start, end) = (token.span().start(), token.span().end());
                flat.push((token.to_string(), ((start.line, start.column), (end.line, end.column))));
            }
        }
    }
}
