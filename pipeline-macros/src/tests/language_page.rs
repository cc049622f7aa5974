//! The page that describes the language, held against the language.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;

use super::{
    front, messages_page,
    page::{self, Block},
};
use crate::{
    expand,
    graph::Lint,
    ops::{self, ArgKind, OpKind, Spec},
    resolve,
};

const PAGE: &str = "language.md";

/// The name at the beginning of a table's cell: of `` `#![buffer(1024)]` `` it is `buffer`.
fn name_in(cell: &str) -> &str {
    let name = cell.trim_start_matches(['`', '#', '!', '[']);
    name.split(|char: char| !(char.is_alphanumeric() || char == '_')).next().unwrap_or(name)
}

/// All names at the beginning of the code in a cell.
fn names_in(cell: &str) -> impl Iterator<Item = &str> {
    cell.split('`').skip(1).step_by(2).map(name_in)
}

#[test]
fn every_operator_has_its_row() {
    let text = page::read(PAGE);
    let rows = page::rows(&page::section(&text, "Operators"));
    let names: Vec<&str> = rows.iter().map(|row| name_in(&row[0])).collect();
    let expected: Vec<&str> = ops::ALL.iter().map(|spec| spec.name).collect();
    assert_eq!(names, expected, "the rows of the tables of operators, in the order of `ops::ALL`");
    for (row, spec) in rows.iter().zip(ops::ALL) {
        let [.., is_async, fails, state, lends] = row.as_slice() else { panic!("{row:?}") };
        let written = [is_async, fails, state, lends].map(|cell| !cell.is_empty());
        let expected = [spec.may_be_async, may_fail(spec), spec.stateful, lends_its_item(spec)];
        assert_eq!(written, expected, "`async`, `?`, state and `ref` of `{}`", spec.name);
    }
}

fn may_fail(spec: &Spec) -> bool {
    let sees_item = |arg: &ArgKind| matches!(arg, ArgKind::Function { params: 1.. });
    spec.kind == OpKind::Forward || spec.args.iter().any(sees_item)
}

/// Whether some parameter of its closure may be written `ref x`.
fn lends_its_item(spec: &Spec) -> bool {
    let params = spec.args.iter().filter_map(|arg| match arg {
        ArgKind::Function { params } => Some(*params),
        _ => None,
    });
    let params = params.max().unwrap_or_default();
    (0..params).any(|lent| {
        let args = spec.args.iter().map(|arg| match arg {
            ArgKind::Function { params: own } if *own == params => {
                let names = (0..params).map(|at| if at == lent { "ref x".to_owned() } else { format!("x{at}") });
                format!("|{}| y", names.collect::<Vec<_>>().join(", "))
            }
            ArgKind::Function { .. } => "|| y".to_owned(),
            ArgKind::Value | ArgKind::Count | ArgKind::CountOrDuration => "1".to_owned(),
            ArgKind::Duration => "1s".to_owned(),
        });
        let call = format!("source a = x; sink n = a.{}({});", spec.name, args.collect::<Vec<_>>().join(", "));
        let messages = front(&call).err().unwrap_or_default();
        !messages.iter().any(|message| message.contains("no item here to lend"))
    })
}

#[test]
fn every_option_is_there() {
    let text = page::read(PAGE);
    let section = page::section(&text, "Operators").join("\n");
    for spec in ops::ALL {
        for option in spec.options {
            let written = format!("{} =", option.name);
            let is_there = section.contains(&written) || section.contains(&format!("`{}`", option.name));
            assert!(is_there, "the option `{}` of `{}` is not in the section on operators", option.name, spec.name);
        }
    }
}

#[test]
fn every_attribute_and_lint_has_its_row() {
    let text = page::read(PAGE);
    let rows = |heading: &str| {
        let rows = page::rows(&page::section(&text, heading));
        rows.iter().flat_map(|row| names_in(&row[0]).map(str::to_owned).collect::<Vec<_>>()).collect::<BTreeSet<_>>()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<BTreeSet<_>>();
    let elsewhere = ["lossy", "cfg"];
    assert_eq!(rows("Attributes"), set(&[resolve::POLICIES.as_slice(), &elsewhere].concat()));
    assert_eq!(rows("Of the whole pipeline"), set(&resolve::OPTIONS));
    assert_eq!(rows("Lints"), set(&Lint::ALL.map(Lint::name)));
}

/// The texts of the pipelines in a block of Rust.
fn pipelines(block: &Block) -> Vec<String> {
    fn find(tokens: TokenStream, found: &mut Vec<String>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let TokenTree::Group(group) = token else { continue };
            let called = tokens[..at].iter().rev().take(2).map(ToString::to_string).collect::<Vec<_>>();
            if group.delimiter() == Delimiter::Brace && called == ["!", "pipeline"] {
                found.push(group.stream().to_string());
            } else {
                find(group.stream(), found);
            }
        }
    }
    // what rustdoc hides is there too
    let lines = block.text.lines().map(|line| line.strip_prefix("# ").unwrap_or(if line == "#" { "" } else { line }));
    let text = lines.collect::<Vec<_>>().join("\n");
    let mut found = Vec::new();
    find(text.parse().unwrap_or_else(|error| panic!("{error}: {text}")), &mut found);
    found
}

/// As rustc prints them, without the places.
fn printed(messages: &[String]) -> String {
    let message = |message: &String| format!("error: {}\n", message.replace('\n', "\n       "));
    messages.iter().map(message).collect()
}

/// `UPDATE_SNAPSHOT=1 cargo test -p pipeline-macros language_page` writes the messages anew.
#[test]
fn what_is_wrong_gets_the_message_below_it() {
    let text = page::read(PAGE);
    let blocks = page::blocks(&text);
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    let mut not_linked = BTreeSet::new();
    // from the last one on, so that the lines before it stay where they are
    let pairs = blocks.windows(2).rev().filter(|pair| pair[0].language == "compile_fail");
    for pair in pairs {
        let [wrong, below] = pair else { continue };
        let messages: Vec<String> =
            pipelines(wrong).iter().flat_map(|text| front(text).err().unwrap_or_default()).collect();
        assert!(!messages.is_empty(), "nothing is said of the pipeline in line {} of {PAGE}", wrong.line + 1);
        assert_eq!(below.language, "text", "a message stands below the pipeline in line {} of {PAGE}", wrong.line + 1);
        let section = page::section(&text, &wrong.heading).join(" ");
        // what has no help is the second place of what has one
        let first_places = messages.iter().enumerate().filter(|(at, message)| *at == 0 || message.contains("\nhelp: "));
        for (_, message) in first_places {
            let link = format!("(crate::messages#{})", messages_page::anchor_of(message));
            if !section.contains(&link) {
                not_linked.insert(format!("`{}`: {link}", wrong.heading));
            }
        }
        let first = below.line + 1;
        let printed = printed(&messages).lines().map(str::to_owned).collect::<Vec<_>>();
        lines.splice(first..first + below.text.lines().count(), printed);
    }
    assert!(not_linked.is_empty(), "{PAGE} has no links to these messages in these sections: {not_linked:#?}");
    let as_said = lines.join("\n") + "\n";
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(page::path(PAGE), &as_said).expect("a page");
    } else if let Some((is, said)) = text.lines().zip(as_said.lines()).find(|(is, said)| is != said) {
        panic!(
            "pipeline-runtime/src/{PAGE} quotes other messages than are given:\n    {is}\nis now\n    {said}\n\
             Look at it with `UPDATE_SNAPSHOT=1 cargo test -p pipeline-macros language_page` and `git diff`."
        );
    }
    assert!(text.len() == as_said.len() || std::env::var_os("UPDATE_SNAPSHOT").is_some());
}

/// What can be got wrong without a rule in mind: a slip of the hand, which is no rule to show both sides of.
const SLIPS: [&str; 12] = [
    "expected `;`",
    "expected a pattern",
    "expected `fn`",
    "expected `;` behind this",
    "expected `;`, found `…`",
    "expected `=`, found `…`",
    "expected a name or a list of branches",
    "expected `,` or `;`, found `…`",
    "expected the end of the pipeline behind its tail, found `…`",
    "expected `,`, found `…`",
    "expected the name of the stream of failed items",
    "expected an operator behind the `.`",
];

/// Sections of what is no rule of the language: what is still to come, and what rustc and a run say.
const OF_OTHERS: [&str; 3] = ["Not built yet", "What rustc says", "What a run says"];

#[test]
fn every_rule_has_a_pair() {
    let text = page::read(PAGE);
    let (_, pairs) = text.split_once("\n# Right and wrong\n").expect("a section");
    let messages = page::read("messages.md");
    let mut section = "";
    let mut without = Vec::new();
    for line in page::prose(&messages) {
        if let Some(title) = line.strip_prefix("## ") {
            section = title;
        } else if let Some(fact) = line.strip_prefix("### ") {
            let is_rule = !OF_OTHERS.contains(&section) && !SLIPS.contains(&fact);
            if is_rule && !pairs.contains(&format!("(crate::messages#{})", page::anchor(fact))) {
                without.push(fact);
            }
        }
    }
    assert!(without.is_empty(), "`Right and wrong` in {PAGE} has no pair for these messages: {without:#?}");
}

#[test]
fn what_is_right_is_accepted() {
    let text = page::read(PAGE);
    for block in page::blocks(&text) {
        // which statements are there is known to rustc alone
        if block.text.contains("#[cfg(") {
            continue;
        }
        // rustc refuses what is marked with a code of its own
        if block.language.is_empty() || block.language.starts_with("compile_fail,") {
            for pipeline in pipelines(&block) {
                if let Err(messages) = front(&pipeline) {
                    panic!("line {} of {PAGE}: {}", block.line + 1, printed(&messages));
                }
            }
        }
    }
}

#[test]
fn every_link_to_a_message_leads_to_one() {
    let anchors = messages_page::anchors();
    let text = page::read(PAGE);
    for link in text.split("(crate::messages#").skip(1) {
        let anchor = link.split(')').next().unwrap_or_default();
        assert!(anchors.contains(anchor), "pipeline-runtime/src/messages.md has no heading with the anchor {anchor}");
    }
}

/// What is called in the expansion that the page shows is called in the real one too, from the same modules and types.
#[test]
fn the_expansion_shown_is_near_the_real_one() {
    let text = page::read(PAGE);
    let blocks = page::blocks(&text);
    let [example, shown] = blocks.as_slice().last_chunk().expect("two blocks");
    let pipeline: TokenStream = pipelines(example)[0].parse().expect("tokens");
    let real = expand::expand(quote!((::pipeline_runtime) #pipeline)).to_string();
    let real: BTreeSet<&str> = real.split(|char: char| !(char.is_alphanumeric() || char == '_')).collect();
    let code = shown.text.lines().map(|line| line.split("//").next().unwrap_or(line)).collect::<Vec<_>>().join("\n");
    let words = code.split_inclusive(|char: char| !(char.is_alphanumeric() || char == '_'));
    for name in words.filter_map(|word| word.strip_suffix(['(', ':'])).filter(|word| !word.is_empty()) {
        let is_there = real
            .iter()
            .any(|real| real.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('_')));
        assert!(is_there, "`{name}` is in the expansion that {PAGE} shows, and not in the real one");
    }
}
