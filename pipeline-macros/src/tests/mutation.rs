//! Every pipeline of the repository, with tokens deleted, doubled, swapped and replaced: never a panic, and errors at the
//! user's tokens or code that parses.
//!
//! `MUTATIONS=100000 MUTATION_SEED=7 cargo test -p pipeline-macros mutation` does more, or other ones.

use std::{
    collections::BTreeSet,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use proc_macro2::{Delimiter, Group, Punct, Spacing, TokenTree};

use super::*;

type Tokens = Vec<TokenTree>;

#[test]
fn mutated_pipelines_give_errors_in_their_text_or_code_that_parses() {
    let seed = setting("MUTATION_SEED").unwrap_or(20_261_127);
    let count: usize = setting("MUTATIONS").unwrap_or(20_000);
    println!("MUTATION_SEED={seed} MUTATIONS={count}");
    let half = |seed: u64| {
        let (corpus, mut random) = (corpus(), Random(seed));
        let words = words(&corpus);
        for _ in 0..count.div_ceil(2) {
            let mut tokens = random.of(&corpus).clone();
            for _ in 0..=random.below(2) {
                mutate(&mut tokens, &words, &mut random);
            }
            examine(&tokens);
        }
    };
    // spans belong to the thread that has read their text
    std::thread::scope(|scope| {
        scope.spawn(|| half(seed));
        scope.spawn(|| half(seed.wrapping_add(1)));
    });
}

/// One slip costs one message, or the few that stand at the places of a conflict.
#[test]
fn a_token_less_costs_few_messages() {
    const MOST: usize = 4;
    let mut worst: Vec<(Vec<String>, String)> = Vec::new();
    let mut random = Random(1);
    for tokens in corpus().into_iter().filter(|tokens| examine(tokens).is_empty()) {
        let places = places(&tokens);
        for _ in 0..5 {
            let place = random.of(&places);
            let mut less = tokens.clone();
            edit(&mut less, place, &mut |siblings, at| {
                siblings.remove(at);
            });
            let messages = examine(&less);
            if messages.len() > MOST {
                worst.push((messages, TokenStream::from_iter(less).to_string()));
            }
        }
    }
    worst.sort_by_key(|(messages, _)| std::cmp::Reverse(messages.len()));
    let shown: Vec<String> = worst.iter().take(5).map(|(messages, text)| format!("{messages:#?}\n{text}")).collect();
    assert!(worst.is_empty(), "{} texts with more than {MOST} messages\n{}", worst.len(), shown.join("\n\n"));
}

/// Expands a text and gives the messages.
fn examine(tokens: &[TokenTree]) -> Vec<String> {
    let text: TokenStream = tokens.iter().cloned().collect();
    let input = quote!((::runtime) #text);
    let Ok(output) = catch_unwind(AssertUnwindSafe(|| expand::expand(input))) else { panic!("it panics: {text}") };
    let mut errors = Vec::new();
    find_errors(output.clone(), &mut errors);
    let extent = extent(&text);
    for (message, start) in &errors {
        assert!(!message.is_empty(), "an error says nothing: {text}");
        let inside = extent.is_none_or(|(first, last)| first <= *start && *start < last);
        assert!(inside, "an error is not in the text: {message}\n{text}");
    }
    let is_block = matches!(output.clone().into_iter().next(), Some(TokenTree::Group(_)));
    let parses = match is_block {
        true => syn::parse2::<syn::ExprBlock>(for_syn(output.clone())).map(drop),
        false => syn::parse2::<syn::File>(for_syn(output.clone())).map(drop),
    };
    if let Err(error) = parses {
        panic!("the expansion does not parse, {error} at {:?}: {text}\n{output}", error.span());
    }
    errors.into_iter().map(|(message, _)| message).collect()
}

/// With another word in `{ crate }`, which is an expression to rustc and the beginning of an item to syn.
fn for_syn(tokens: TokenStream) -> TokenStream {
    let is_lone = |group: &Group| group.delimiter() == Delimiter::Brace && group.stream().to_string() == "crate";
    let other = |token| match token {
        TokenTree::Group(group) if is_lone(&group) => quote!({ self }),
        TokenTree::Group(group) => Group::new(group.delimiter(), for_syn(group.stream())).into_token_stream(),
        token => token.into(),
    };
    tokens.into_iter().map(other).collect()
}

/// The messages of `compile_error!`, each with its place.
fn find_errors(tokens: TokenStream, found: &mut Vec<(String, Place)>) {
    let tokens: Tokens = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_error = at >= 2 && matches!(&tokens[at - 2], TokenTree::Ident(name) if name == "compile_error");
        if is_error && let Ok(message) = syn::parse2::<syn::LitStr>(group.stream()) {
            found.push((message.value(), place(tokens[at - 2].span().start())));
        } else {
            find_errors(group.stream(), found);
        }
    }
}

/// Where a text begins and ends.
fn extent(text: &TokenStream) -> Option<(Place, Place)> {
    let spans = text.clone().into_iter().map(|token| token.span());
    let places = spans.map(|span| (place(span.start()), place(span.end())));
    places.reduce(|(first, last), (start, end)| (first.min(start), last.max(end)))
}

/// Line and column.
type Place = (usize, usize);

fn place(place: proc_macro2::LineColumn) -> Place {
    (place.line, place.column)
}

/// Where a token stands: its number in each of the groups around it.
type PathTo = Vec<usize>;

fn places(tokens: &[TokenTree]) -> Vec<PathTo> {
    let mut places = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        places.push(vec![at]);
        if let TokenTree::Group(group) = token {
            let inner: Tokens = group.stream().into_iter().collect();
            places.extend(self::places(&inner).into_iter().map(|rest| [vec![at], rest].concat()));
        }
    }
    places
}

fn edit(tokens: &mut Tokens, place: &[usize], change: &mut dyn FnMut(&mut Tokens, usize)) {
    let (Some(&at), rest) = (place.first(), &place[1..]) else { return };
    if rest.is_empty() {
        return change(tokens, at);
    }
    if let TokenTree::Group(group) = &tokens[at] {
        let mut inner: Tokens = group.stream().into_iter().collect();
        edit(&mut inner, rest, change);
        tokens[at] = regroup(group, group.delimiter(), inner);
    }
}

fn regroup(group: &Group, delimiter: Delimiter, inner: Tokens) -> TokenTree {
    let mut changed = Group::new(delimiter, inner.into_iter().collect());
    changed.set_span(group.span());
    changed.into()
}

fn mutate(tokens: &mut Tokens, words: &[TokenTree], random: &mut Random) {
    let places = places(tokens);
    if places.is_empty() {
        return;
    }
    let place = random.of(&places).clone();
    let (how, mut word) = (random.below(9), random.of(words).clone());
    edit(tokens, &place, &mut |siblings, at| {
        word.set_span(siblings[at].span());
        match (how, &siblings[at]) {
            (0 | 1, TokenTree::Group(group)) => siblings[at] = regroup(group, group.delimiter(), Vec::new()),
            (2, TokenTree::Group(group)) => {
                siblings[at] = regroup(group, Delimiter::Brace, group.stream().into_iter().collect())
            }
            (3, TokenTree::Group(group)) => {
                let inner: Tokens = group.stream().into_iter().collect();
                siblings.splice(at..=at, inner);
            }
            (0..=2, _) => drop(siblings.remove(at)),
            (3 | 4, token) => siblings.insert(at, token.clone()),
            (5, _) if at + 1 < siblings.len() => siblings.swap(at, at + 1),
            (5 | 6, _) => siblings[at] = word.clone(),
            (7, _) => siblings.insert(at, word.clone()),
            _ => siblings.truncate(at),
        }
    });
}

/// What a token is replaced by: those of the corpus, and more of the language's own.
fn words(corpus: &[Tokens]) -> Tokens {
    let language = "source stage sink let clone else input merge zip concat weak workers in_flight async await return fn pub \
        match if _ 1 0 5s 1.5h \"text\" 'a' 'a self Self crate mut ref move";
    let mut words: Tokens = language.parse::<TokenStream>().expect("tokens").into_iter().collect();
    words.extend(".;,:=?#!&|<>*-+@$^%/".chars().map(|char| Punct::new(char, Spacing::Alone).into()));
    let groups = [Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket, Delimiter::None];
    words.extend(groups.map(|delimiter| Group::new(delimiter, TokenStream::new()).into()));
    let mut seen = BTreeSet::new();
    for token in corpus.iter().flatten().filter(|token| !matches!(token, TokenTree::Group(_))) {
        if seen.insert(token.to_string()) {
            words.push(token.clone());
        }
    }
    words
}

/// What stands in the braces of every `pipeline!` in the repository's sources, tests, examples and pages.
fn corpus() -> Vec<Tokens> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let mut files = vec![root.join("README.md")];
    for folder in ["pipeline-runtime/src", "tests/tests", "tests/ui", "examples", "benches"] {
        list(&root.join(folder), &mut files);
    }
    files.sort();
    let mut corpus: Vec<Tokens> = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files {
        let Ok(text) = std::fs::read_to_string(&file) else { continue };
        let texts = if file.extension().is_some_and(|extension| extension == "md") {
            blocks(&text)
        } else {
            vec![text.clone(), blocks(&docs(&text)).join("\n")]
        };
        for text in texts {
            let Ok(tokens) = text.parse::<TokenStream>() else { continue };
            collect(tokens, &mut |pipeline| {
                if seen.insert(pipeline.to_string()) {
                    corpus.push(pipeline.into_iter().collect());
                }
            });
        }
    }
    assert!(corpus.len() > 100, "only {} pipelines were found", corpus.len());
    corpus
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() && !path.ends_with("target") {
            list(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs" || extension == "md") {
            files.push(path);
        }
    }
}

/// The text of the comments that are documentation.
fn docs(text: &str) -> String {
    let lines = text.lines().filter_map(|line| {
        let line = line.trim_start();
        line.strip_prefix("///").or_else(|| line.strip_prefix("//!"))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The code in a page, its hidden lines included.
fn blocks(page: &str) -> Vec<String> {
    let parts = page.split("```").skip(1).step_by(2);
    parts
        .map(|block| {
            let code = block.split_once('\n').map_or("", |(_, code)| code);
            let lines = code.lines().map(|line| line.trim_start().strip_prefix("# ").unwrap_or(line));
            lines.collect::<Vec<_>>().join("\n")
        })
        .collect()
}

fn collect(tokens: TokenStream, found: &mut dyn FnMut(TokenStream)) {
    let tokens: Tokens = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        let TokenTree::Group(group) = token else { continue };
        let is_pipeline = at >= 2
            && matches!(&tokens[at - 2], TokenTree::Ident(name) if name == "pipeline")
            && matches!(&tokens[at - 1], TokenTree::Punct(bang) if bang.as_char() == '!');
        if is_pipeline {
            found(group.stream());
        }
        collect(group.stream(), found);
    }
}

fn setting<T: std::str::FromStr>(name: &str) -> Option<T> {
    std::env::var(name).ok()?.parse().ok()
}

/// splitmix64
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        let bound = u64::try_from(bound.max(1)).unwrap_or(u64::MAX);
        usize::try_from(self.next() % bound).unwrap_or_default()
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}
