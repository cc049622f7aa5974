//! What rust-analyzer completes: it expands a pipeline as it is and with a name at the cursor, and looks up in the first
//! expansion what stands in front of that name in the second.

use proc_macro2::{Delimiter, TokenTree};

use super::*;

/// What rust-analyzer puts at the cursor.
const MARKER: &str = "raCompletionMarker";

/// What stands in front of the cursor, `‸`, in the expansion: the same as without anything there.
fn in_front_of_cursor(text: &str) -> Vec<String> {
    let expansion = |typed: &str| {
        let tokens: TokenStream = text.replace('‸', typed).parse().expect("tokens");
        let mut flat = Vec::new();
        flatten(expand::expand(quote!((::runtime) #tokens)), &mut flat);
        flat
    };
    let (now, then) = (expansion(""), expansion(MARKER));
    let cursor = then.iter().position(|token| token.contains(MARKER));
    let cursor = cursor.unwrap_or_else(|| panic!("the name is not in the expansion: {text}\n{}", then.join(" ")));
    let same = now.iter().zip(&then).take_while(|(now, then)| now == then).count();
    assert!(
        cursor <= same,
        "{text}\nas it is:    … {}\nwith a name: … {}",
        now[same.saturating_sub(20)..(same + 20).min(now.len())].join(" "),
        then[same.saturating_sub(20)..(same + 20).min(then.len())].join(" "),
    );
    then[..cursor].to_vec()
}

fn flatten(tokens: TokenStream, flat: &mut Vec<String>) {
    for token in tokens {
        let TokenTree::Group(group) = token else {
            flat.push(token.to_string());
            continue;
        };
        let (open, close) = match group.delimiter() {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Brace => ("{", "}"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::None => ("", ""),
        };
        flat.push(open.to_owned());
        flatten(group.stream(), flat);
        flat.push(close.to_owned());
    }
}

/// Each case: a pipeline, and what stands in front of the cursor; in both forms.
fn completes(cases: &[(&str, &str)]) {
    completes_in_blocks(cases);
    let functions: Vec<(String, &str)> = cases
        .iter()
        .map(|(text, expected)| (format!("fn f(db: Db) -> Pipeline<u8, E> {{ {text} }}"), *expected))
        .collect();
    let functions: Vec<(&str, &str)> = functions.iter().map(|(text, expected)| (text.as_str(), *expected)).collect();
    completes_in_blocks(&functions);
}

/// Likewise, in the block form.
fn completes_in_blocks(cases: &[(&str, &str)]) {
    for (text, expected) in cases {
        let front = in_front_of_cursor(text).join(" ");
        assert!(front.ends_with(expected), "{text}\n{front}");
    }
}

#[test]
fn fields_and_methods_in_bodies() {
    completes(&[
        ("source a = x; sink n = a.map(|one| one.‸).count();", "else { ( one ."),
        ("source a = x; sink n = a.map(|one| { one.‸ }).count();", "else { ( { one ."),
        ("source a = x; sink n = a.map(|one| { let two = one.‸; two + 1 }).count();", "let two = one ."),
        ("source a = x; stage b = a.filter(|one| one.‸); sink n = b.count();", "one ."),
        ("source a = x; stage b = a.map(async |one| db.get(one).await.‸); sink n = b.count();", "await ."),
        ("source a = x; #[workers(2)] stage b = a.map(|one| f(one)?.‸); sink n = b.count();", "? ."),
        ("clone db; source a = x; stage b = a.map(|one| db.‸); sink n = b.map(|b| db.get(b)).count();", "db ."),
        ("source a = async |out| { out.‸ }; sink n = a.count();", "out ."),
        ("source a = x; stage b = a.process(async |input, output| { input.‸ }); sink n = b.count();", "input ."),
        ("source a = x; sink n = a.fold(0, |sum, one| sum + one.‸);", "one ."),
        ("source a = x; stage b = a.recurse(async |one, next| next.‸); sink n = b.count();", "next ."),
        ("source a = x; stage (b, c) = a.route(|one| match one.‸); sink n = b.count(); sink m = c.count();", "one ."),
        (
            "source a = x; stage (b, c) = a.route(|one| match one { A => b(one.‸) }); sink n = b.count(); \
             sink m = c.count();",
            "b ( one .",
        ),
        ("source a = x; sink n = a.map(|one| if one.‸).count();", "if one ."),
    ]);
}

#[test]
fn fields_and_methods_elsewhere() {
    completes(&[
        ("let y = db.‸; source a = y; sink n = a.count();", "let y = db ."),
        ("source a = db.‸; sink n = a.count();", "let source = db ."),
        ("source a = read(db)?.‸ sink n = a.count();", "? ."),
        ("source a = x; sink n = a.count(); n.‸", "n ."),
        ("source a = x; sink n = a.count(); Loaded { n: n.‸ }", "n : n ."),
    ]);
}

/// The drawing in front of a `fn` has their text.
#[test]
fn settings() {
    completes_in_blocks(&[
        ("source a = x; #[keyed(|one| one.‸)] stage b = a.scan(0, |s, x| x); sink n = b.count();", "one ."),
        ("#[workers(cfg.‸)] stage b = a.map(f); source a = x; sink n = b.count();", "cfg ."),
        ("#![buffer(cfg.‸)] source a = x; sink n = a.count();", "cfg ."),
        ("source a = x; sink n = a.batch(cfg.‸, 1s).count();", "cfg ."),
    ]);
}

/// What else is half typed changes nothing.
#[test]
fn with_other_mistakes() {
    completes(&[
        ("source a = x; stage b = a.map(|one| one.‸) sink n = b.count();", "else { ( one ."),
        ("source a = x; stage b = a.map(|one| one.‸)", "else { ( one ."),
        ("source a = x; stage b = a.mapp(f); sink n = b.map(|one| one.‸).count();", "else { ( one ."),
        ("source a = x; #[wrokers(2)] stage b = a.map(|one| one.‸); sink n = b.count();", "else { ( one ."),
        ("source a = x; stage b = c.map(|one| one.‸); sink n = b.count();", "else { ( one ."),
    ]);
}

/// Words of the language, and streams.
#[test]
fn names() {
    completes(&[
        ("source a = x; stage b = a.‸; sink n = b.count();", "words : : operators : :"),
        ("source a = x; stage b = a.ma‸ sink n = b.count();", "words : : operators : :"),
        ("source a = x; sink n = a.map(f).co‸", "words : : operators : :"),
        ("source a = x; #[wor‸] stage b = a.map(f); sink n = b.count();", "words : : attributes : :"),
        ("#![dr‸] source a = x; sink n = a.count();", "words : : attributes : :"),
        ("source a = x; sink n = a.window(0, |s, x| *s += x, ev‸).count();", "words : : options : :"),
        (
            "source lines = x; stage b = li‸.map(f); sink n = b.count();",
            "let lines = items_of_lines ; let b = items_of_b ; let _ = (",
        ),
        ("source lines = x; sink n = li‸", "let lines = items_of_lines ; let _ = ("),
        ("source lines = x; sink total = lines.count(); to‸", "let _ = ( & total , ) ;"),
    ]);
}
