//! Pipelines by chance, as text: `tests/tests/random_shapes.rs` runs those that are accepted, and those that are refused
//! and must come to a stop.
//!
//! `UPDATE_SNAPSHOT=1 cargo test -p pipeline-macros` writes them anew.

use std::fmt::Write as _;
use std::path::Path;

use super::*;
use crate::check::rates;
use crate::tests::random::Random;

const ACCEPTED: usize = 300;
/// Of these, with a buffer that is refused with one item less.
const SMALLEST: usize = 40;
const REFUSED: usize = 20;
/// Those whose closures a driver decides for.
const DRIVEN: usize = 120;
/// Of these, refused for one cause at most.
const OF_ONE_CAUSE: usize = 12;

/// Shapes that are tried: far more than are needed.
const SEEDS: u64 = 50_000;

/// What a pipeline may have.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kinds {
    /// Anything.
    All,
    /// What the analysis knows to the item: whatever it refuses comes to a stop.
    Exact,
    /// Closures ask the `driver` what they should do, each by a number of its own.
    Driven,
}

#[derive(Clone, Default)]
struct Text {
    /// `#![buffer(n)]`
    buffer: Option<usize>,
    statements: Vec<Statement>,
    sinks: Vec<String>,
}

#[derive(Clone)]
struct Statement {
    buffer: Option<usize>,
    attrs: String,
    /// `stage (a, b)`
    definition: String,
    chain: String,
}

impl Text {
    fn body(&self) -> String {
        let mut body = self.buffer.map(|items| format!("        #![buffer({items})]\n")).unwrap_or_default();
        if self.statements.iter().any(|statement| statement.chain.contains("driver.")) {
            body += "        clone driver;\n";
        }
        for Statement { buffer, attrs, definition, chain } in &self.statements {
            let buffer = buffer.map(|items| format!("#[buffer({items})] ")).unwrap_or_default();
            let _ = writeln!(body, "        {buffer}{attrs}{definition} = {chain};");
        }
        let _ = writeln!(body, "        {}", self.sinks.join(" + "));
        body
    }

    /// As the help says.
    fn with_buffer(&self, help: &Help) -> Self {
        let mut text = self.clone();
        let statement = text.statements.iter_mut().find(|statement| statement.definition == help.definition);
        statement.expect("the statement of the help").buffer = Some(help.items);
        text
    }
}

/// `#[buffer(n)]` above a statement.
#[derive(Clone, Debug)]
struct Help {
    items: usize,
    definition: String,
}

impl Help {
    fn of(message: &str) -> Option<Self> {
        let (items, definition) = message.split_once("help: `#[buffer(")?.1.split_once(")]` above `")?;
        Some(Help { items: items.parse().ok()?, definition: definition.trim_end_matches('`').to_owned() })
    }
}

struct Maker<'a> {
    random: &'a mut Random,
    kinds: Kinds,
    text: Text,
    /// Streams that nobody reads yet.
    open: Vec<String>,
    names: usize,
    /// Closures that ask the driver.
    driven: usize,
}

impl Maker<'_> {
    fn make(random: &mut Random, kinds: Kinds) -> Text {
        let mut maker = Maker { random, kinds, text: Text::default(), open: Vec::new(), names: 0, driven: 0 };
        // small edges are full soon
        maker.text.buffer = if kinds == Kinds::Driven { Some(maker.random.below(4)) } else { maker.size() };
        for _ in 0..1 + maker.random.below(2) {
            let name = maker.name();
            maker.add("", &format!("source {name}"), "0..ITEMS");
            maker.open.push(name);
        }
        for _ in 0..1 + maker.random.below(4) {
            maker.grow();
        }
        while !maker.open.is_empty() {
            maker.end();
        }
        maker.text
    }

    fn name(&mut self) -> String {
        self.names += 1;
        char::from(b'a' + (self.names - 1) as u8).to_string()
    }

    fn take(&mut self) -> String {
        let at = self.random.below(self.open.len());
        self.open.remove(at)
    }

    fn size(&mut self) -> Option<usize> {
        let size = *self.random.one_of(&[0, 1, 2, 8]);
        (!self.random.one_in(2)).then_some(size)
    }

    fn all(&self) -> bool {
        self.kinds != Kinds::Exact
    }

    /// The number of a further closure that asks the driver.
    fn asks(&mut self) -> usize {
        self.driven += 1;
        self.driven - 1
    }

    fn add(&mut self, attrs: &str, definition: &str, chain: &str) {
        let buffer = if definition.starts_with("sink") { None } else { self.size() };
        let (attrs, definition, chain) = (attrs.to_owned(), definition.to_owned(), chain.to_owned());
        self.text.statements.push(Statement { buffer, attrs, definition, chain });
    }

    fn grow(&mut self) {
        match self.random.below(10) {
            0..=2 if self.open.len() < 4 => self.tee(),
            3..=5 if self.open.len() > 1 => self.zip(),
            6 if self.all() && self.open.len() < 4 => self.part(),
            7 if self.all() && self.open.len() > 1 => {
                let (join, parts) = (*self.random.one_of(&["merge", "merge", "concat"]), [self.take(), self.take()]);
                let name = self.name();
                self.add("", &format!("stage {name}"), &format!("{join}({})", parts.join(", ")));
                self.open.push(name);
            }
            _ => self.stage(),
        }
    }

    fn inline(&mut self) -> &'static str {
        if self.all() && self.random.one_in(5) { "#[inline] " } else { "" }
    }

    fn tee(&mut self) {
        let (input, op, attrs) = (self.take(), self.op(), self.inline());
        let branches: Vec<String> = (0..2 + self.random.below(2) / 2).map(|_| self.name()).collect();
        let lossy = self.all() && self.random.one_in(6);
        let targets: Vec<String> = branches
            .iter()
            .enumerate()
            .map(|(at, name)| if lossy && at == 0 { format!("#[lossy(drop_oldest)] {name}") } else { name.clone() })
            .collect();
        self.add(attrs, &format!("stage ({})", targets.join(", ")), &format!("{input}{op}.tee()"));
        self.open.extend(branches);
    }

    fn zip(&mut self) {
        let (left, right, name) = (self.take(), self.take(), self.name());
        let op = match self.kinds {
            // what an edge drops depends on how long the join is busy
            Kinds::Driven => format!(".map(async |n| driver.later({}, n).await)", self.asks()),
            _ => self.op(),
        };
        self.add("", &format!("stage {name}"), &format!("zip({left}, {right}).map(sum){op}"));
        self.open.push(name);
    }

    /// A fork whose outputs get a part each.
    fn part(&mut self) {
        let (input, attrs) = (self.take(), self.inline());
        let (one, other) = (self.name(), self.name());
        let (is_first, odd) = match self.kinds {
            Kinds::Driven => {
                let asks = self.asks();
                (format!("driver.keeps({asks})"), format!("driver.passes({asks}, *n)?"))
            }
            _ => ("n % 3 == 0".to_owned(), "odd(*n)?".to_owned()),
        };
        if self.random.one_in(2) {
            let chain = format!("{input}.route(|n| if {is_first} {{ {one}(n) }} else {{ {other}(n) }})");
            self.add(attrs, &format!("stage ({one}, {other})"), &chain);
        } else {
            self.add(attrs, &format!("stage {one}"), &format!("{input}.map(|ref n| {odd}) else {other}_bad"));
            self.add("", &format!("stage {other}"), &format!("{other}_bad.map(item)"));
        }
        self.open.extend([one, other]);
    }

    fn stage(&mut self) {
        let (input, name) = (self.take(), self.name());
        if self.kinds == Kinds::Driven && self.random.one_in(2) {
            let (attrs, op) = self.driven_stage();
            self.add(attrs, &format!("stage {name}"), &format!("{input}{op}"));
            self.open.push(name);
            return;
        }
        let parallel = if self.all() && self.random.one_in(5) { self.random.below(3) } else { 3 };
        let (attrs, op) = match parallel {
            0 => ("#[workers(2)] ", ".map(|n| n + 1)".to_owned()),
            1 => ("#[in_flight(3)] ", ".map(later)".to_owned()),
            2 => ("", ".process(pass)".to_owned()),
            _ => (self.inline(), self.op()),
        };
        let op = if parallel == 1 { ".map(async |n| later(n).await)".to_owned() } else { op };
        let op =
            if parallel == 2 { ".process(async |input, output| pass(input, output).await)".to_owned() } else { op };
        self.add(attrs, &format!("stage {name}"), &format!("{input}{op}"));
        self.open.push(name);
    }

    /// A stage of which anything may come, or which may take its time: attributes and operators.
    fn driven_stage(&mut self) -> (&'static str, String) {
        let asks = self.asks();
        match self.random.below(8) {
            0 => ("", format!(".via(part(driver.clone(), {asks}))")),
            1 => ("", format!(".process(async |input, output| driver.pass({asks}, input, output).await)")),
            2 => (
                "",
                format!(".recurse(|n, next| {{ for found in driver.finds({asks}, n) {{ next.push(found); }} n }})"),
            ),
            3 => ("#[on_error(skip)] ", format!(".map(|n| driver.passes({asks}, n)?)")),
            4 => ("#[keyed(|n| *n % 7)] ", ".batch(2).map(first)".to_owned()),
            5 => ("", ".batch(3, 1s).map(first)".to_owned()),
            _ => ("", format!(".map(async |n| driver.later({asks}, n).await)")),
        }
    }

    /// As [`op`](Self::op), where a closure decides.
    fn driven_op(&mut self) -> String {
        let asks = self.asks();
        match self.random.below(6) {
            0 => format!(".filter(|_| driver.keeps({asks}))"),
            1 => format!(".filter_map(|n| driver.keeps({asks}).then_some(n))"),
            2 => format!(".skip_while(|_| driver.keeps({asks}))"),
            3 => format!(".map(|n| driver.same({asks}, n)).dedup()"),
            4 => format!(".flat_map(|n| driver.several({asks}, n))"),
            _ => format!(".map(async |n| driver.later({asks}, n).await)"),
        }
    }

    /// An operator, or none.
    fn op(&mut self) -> String {
        if self.kinds == Kinds::Driven && self.random.one_in(4) {
            return self.driven_op();
        }
        let some = 1 + self.random.below(4);
        match self.random.below(if self.kinds == Kinds::All { 15 } else { 10 }) {
            0..=3 => String::new(),
            4 | 5 => ".map(|n| n + 1)".to_owned(),
            6 | 7 => format!(".skip({some})"),
            8 => format!(".batch({}).map(first)", 1 + some / 2),
            9 => ".scan(0, |sum: &mut u64, n| { *sum += n; *sum })".to_owned(),
            10 => ".filter(|n| n % 3 != 0)".to_owned(),
            11 => ".flat_map(|n| vec![n; (n % 3) as usize])".to_owned(),
            12 => format!(".take({})", 10 * some),
            13 => ".map(async |n| later(n).await)".to_owned(),
            _ => ".dedup()".to_owned(),
        }
    }

    /// A sink for one stream, or for two.
    fn end(&mut self) {
        let first = self.take();
        let input = if !self.open.is_empty() && self.random.one_in(2) {
            let second = self.take();
            format!("zip({first}, {second})")
        } else {
            first
        };
        let attrs = if input.contains("zip") { "" } else { self.inline() };
        let before = match self.kinds {
            Kinds::All if self.random.one_in(8) => ".take(20)".to_owned(),
            Kinds::Driven => format!(".map(async |n| driver.later({}, n).await)", self.asks()),
            _ => String::new(),
        };
        let name = self.name();
        self.add(attrs, &format!("sink {name}"), &format!("{input}{before}.count()"));
        self.text.sinks.push(name);
    }
}

/// What the front end says of a text.
enum Says {
    /// Accepted; whether there was a cycle to be proved harmless.
    Accepts { cycle: bool },
    /// Refused, for the first of these helps if it is a buffer that lacks; and why, but for the names of streams.
    Refuses(Option<Help>, String),
    /// Wrong in another way.
    Other,
}

fn says(text: &Text) -> Says {
    match front(&text.body()) {
        Ok(graph) => Says::Accepts { cycle: rates::has_cycle_of_waits(&graph) },
        Err(messages) if messages.iter().all(|message| is_of_the_rule(message)) => {
            let cause = messages.iter().find_map(|message| cause(message)).unwrap_or_default();
            Says::Refuses(messages.iter().find_map(|message| Help::of(message)), cause)
        }
        Err(_) => Says::Other,
    }
}

/// A deadlock, or the second place of one.
fn is_of_the_rule(message: &str) -> bool {
    message.contains(" for ever: ") || message.ends_with(" forks here") || message.ends_with(" leaves here")
}

/// Why a shape is refused, in words without the names and numbers in it.
fn cause(message: &str) -> Option<String> {
    let cause = message.lines().next()?.split_once("for ever: ")?.1;
    let words = cause.split(' ').filter(|word| word.len() > 3 && !word.chars().any(|char| char.is_ascii_digit()));
    Some(words.collect::<Vec<_>>().join(" "))
}

#[derive(Default)]
struct Found {
    accepted: Vec<Text>,
    refused: Vec<Text>,
    /// Refused, and why.
    driven: Vec<(Text, String)>,
    /// Of those accepted: with a cycle to be proved harmless; with the smallest buffer that is.
    cycles: usize,
    smallest: usize,
    tried: usize,
    tried_refused: usize,
}

fn find() -> Found {
    let mut found = Found::default();
    let mut seed = 0;
    while found.accepted.len() < ACCEPTED || found.refused.len() < REFUSED {
        seed += 1;
        assert!(seed < SEEDS, "the analysis accepts or refuses too few");
        let kinds = if seed % 2 == 0 { Kinds::All } else { Kinds::Exact };
        let text = Maker::make(&mut Random::new(seed), kinds);
        // each statement takes its time to be compiled: few are long
        if text.statements.len() > if seed % 8 < 2 { 9 } else { 5 } {
            continue;
        }
        let says = says(&text);
        if !matches!(says, Says::Other) {
            found.tried += 1;
        }
        match says {
            // those without a cycle are no test, and some of them are enough
            Says::Accepts { .. } if found.accepted.len() - found.smallest >= ACCEPTED - SMALLEST => {}
            Says::Accepts { cycle } if cycle || found.accepted.len() > 4 * (found.accepted.len() - found.cycles) => {
                found.accept(text, cycle);
            }
            Says::Refuses(help, _) => {
                found.tried_refused += 1;
                if kinds == Kinds::Exact {
                    found.refuse(text, help);
                }
            }
            _ => {}
        }
    }
    found.find_driven();
    found
}

impl Found {
    fn find_driven(&mut self) {
        for seed in 0..SEEDS {
            let text = Maker::make(&mut Random::new(seed), Kinds::Driven);
            if text.statements.len() > if seed % 8 == 0 { 9 } else { 6 } {
                continue;
            }
            if let Says::Refuses(_, cause) = says(&text)
                && self.driven.iter().filter(|(_, other)| *other == cause).count() < OF_ONE_CAUSE
            {
                self.driven.push((text, cause));
            }
            if self.driven.len() == DRIVEN {
                return;
            }
        }
        panic!("the analysis refuses too few");
    }

    fn accept(&mut self, text: Text, cycle: bool) {
        if self.accepted.len() < ACCEPTED {
            self.accepted.push(text);
            self.cycles += usize::from(cycle);
        }
    }

    /// What is refused, and with the helps applied what is accepted; one item less is refused again.
    fn refuse(&mut self, mut text: Text, mut help: Option<Help>) {
        if self.refused.len() < REFUSED {
            self.refused.push(text.clone());
        }
        let mut last = None;
        while let Some(next) = help {
            let with_help = text.with_buffer(&next);
            match says(&with_help) {
                Says::Accepts { cycle } => {
                    let less = Help { items: next.items - 1, ..next };
                    let one_less = text.with_buffer(&less);
                    assert!(matches!(says(&one_less), Says::Refuses(Some(_), _)), "{}", one_less.body());
                    self.refused.push(one_less);
                    if self.accepted.len() < ACCEPTED {
                        self.smallest += 1;
                    }
                    return self.accept(with_help, cycle);
                }
                Says::Refuses(more, _) => {
                    let body = with_help.body();
                    assert!(last != Some(body.clone()), "the help does not help: {next:?} {body}");
                    (text, help, last) = (with_help, more, Some(body));
                }
                Says::Other => panic!("the help is wrong: {next:?} {}", with_help.body()),
            }
        }
    }
}

/// `asks`: of each pipeline, the argument.
fn file(shell: &str, import: &str, items: &str, asks: Option<&str>, texts: &[Text]) -> String {
    let modules = if asks.is_some() { "{driver::*, support::*}" } else { "support::*" };
    let mut file = format!(
        "// Written by `pipeline-macros/src/tests/rates/generated.rs`.\n\n\
         use pipeline_runtime::{{Pipeline, {import}}};\n\nuse super::{modules};\n\n\
         /// Items of a source.\nconst ITEMS: u64 = {items};\n\n"
    );
    let names: Vec<String> = (0..texts.len()).map(|at| format!("p{at:03}")).collect();
    let (argument, of) = asks.map_or_else(Default::default, |of| (format!("driver: {of}"), of));
    let _ = writeln!(file, "pub const ALL: [fn({of}) -> Pipeline<u64>; {}] = [", names.len());
    for line in names.chunks(16) {
        let _ = writeln!(file, "    {},", line.join(", "));
    }
    let _ = writeln!(file, "];");
    for (name, text) in names.iter().zip(texts) {
        let _ = write!(
            file,
            "\nfn {name}({argument}) -> Pipeline<u64> {{\n    {shell}! {{\n        #![name = \"{name}\"]\n{}    }}\n}}\n",
            text.body()
        );
    }
    file
}

#[test]
fn the_files_are_what_is_generated() {
    let found = find();
    println!(
        "of {} shapes {} were refused; {} are kept that are accepted, {} with a cycle, {} with the smallest buffer; {} refused; {} driven",
        found.tried,
        found.tried_refused,
        found.accepted.len(),
        found.cycles,
        found.smallest,
        found.refused.len(),
        found.driven.len()
    );
    let mut causes: Vec<&str> = found.driven.iter().map(|(_, cause)| cause.as_str()).collect();
    causes.sort_unstable();
    causes.dedup();
    println!("driven, by cause: {causes:#?}");
    assert!(found.accepted.len() >= 300 && found.cycles >= 200 && found.smallest >= SMALLEST);
    is_as_written("accepted.rs", &file("pipeline", "pipeline", "200", None, &found.accepted));
    // enough for any edge to be full
    let any_shape = "__pipeline_of_any_shape as of_any_shape";
    is_as_written("refused.rs", &file("of_any_shape", any_shape, "20_000", None, &found.refused));
    let driven: Vec<Text> = found.driven.into_iter().map(|(text, _)| text).collect();
    is_as_written("driven.rs", &file("of_any_shape", any_shape, "3_000", Some("Driver"), &driven));
}

fn is_as_written(name: &str, text: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/tests/random_shapes").join(name);
    if std::env::var_os("UPDATE_SNAPSHOT").is_some() {
        std::fs::write(&path, text).expect("the file");
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == text, "the analysis accepts others; look at it with UPDATE_SNAPSHOT=1 and `git diff`");
}
