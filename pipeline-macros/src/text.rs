//! Settings and expressions as text, the way a person would have written them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

use crate::graph::{Func, FuncBody, Setting};

/// A number, a duration literal or the expression's text.
pub(crate) fn setting(setting: &Setting) -> String {
    match setting {
        Setting::Count(count, _) => count.to_string(),
        Setting::Duration(nanos, _) => duration(*nanos),
        Setting::Expr(expr) => tokens(expr),
    }
}

/// The literal that means this many nanoseconds: `250ms`, `1.5s`, `5m`, `1h`.
pub(crate) fn duration(nanos: u64) -> String {
    const SECOND: u64 = 1_000_000_000;
    const WHOLE: [(u64, &str); 3] = [(3_600 * SECOND, "h"), (60 * SECOND, "m"), (SECOND, "s")];
    const DECIMAL: [(u64, &str); 3] = [(SECOND, "s"), (1_000_000, "ms"), (1_000, "us")];

    if nanos == 0 {
        return "0s".to_owned();
    }
    if let Some((unit, suffix)) = WHOLE.iter().find(|(unit, _)| nanos.is_multiple_of(*unit)) {
        return format!("{}{suffix}", nanos / unit);
    }
    let Some((unit, suffix)) = DECIMAL.iter().find(|(unit, _)| nanos >= *unit) else {
        return format!("{nanos}ns");
    };
    let (whole, rest) = (nanos / unit, nanos % unit);
    if rest == 0 {
        return format!("{whole}{suffix}");
    }
    let digits = unit.ilog10() as usize;
    let decimals = format!("{rest:0digits$}");
    format!("{whole}.{}{suffix}", decimals.trim_end_matches('0'))
}

/// A closure or path, without what the macro made of it.
pub(crate) fn func(func: &Func) -> String {
    let asyncness = if func.asyncness.is_some() { "async " } else { "" };
    match &func.body {
        FuncBody::Closure { params, output, body } => {
            let params: Vec<String> = params
                .iter()
                .map(|param| {
                    let lent = if param.lent { "ref " } else { "" };
                    let ty = param.ty.as_ref().map_or_else(String::new, |ty| format!(": {}", tokens(ty)));
                    format!("{lent}{}{ty}", tokens(&param.pat))
                })
                .collect();
            let output = output.as_ref().map_or_else(String::new, |ty| format!("-> {} ", tokens(ty)));
            format!("{asyncness}|{}| {output}{}", params.join(", "), tokens(body))
        }
        FuncBody::Path { path, question } => {
            let question = if question.is_some() { "?" } else { "" };
            format!("{}{question}", tokens(path))
        }
    }
}

/// Tokens in one line, with the spaces that rustfmt would put.
pub(crate) fn tokens(node: &(impl ToTokens + ?Sized)) -> String {
    let mut printer = Printer::default();
    printer.stream(node.to_token_stream());
    printer.out
}

/// What stands at the end of the text, as far as spacing depends on it.
#[derive(Default, Clone, Copy, PartialEq)]
enum Last {
    /// Nothing, or an opening bracket.
    #[default]
    Open,
    /// A name, literal or closing bracket: an operator behind it is binary.
    Operand,
    /// `if`, `move`, `async`: an operand follows, behind a space.
    Keyword,
    /// `.`, `::`, `!`, a prefix operator: what follows is stuck to it.
    Glue,
    /// `+`, `,`, `=>`: a space and an operand follow.
    Operator,
}

#[derive(Default)]
struct Printer {
    out: String,
    last: Last,
    /// Open `<` of generic arguments.
    angles: usize,
    /// Between the bars of a closure's parameters.
    bars: bool,
    /// The last thing was a type's name or a turbofish's `::`: a `<` opens generic arguments.
    generic: bool,
}

/// Operators of more than one character, longest first.
const JOINED: [&str; 24] = [
    "<<=", ">>=", "...", "..=", "::", "->", "=>", "==", "!=", "<=", ">=", "&&", "||", "+=", "-=", "*=", "/=", "%=",
    "^=", "&=", "|=", "<<", ">>", "..",
];

const KEYWORDS: [&str; 21] = [
    "as", "async", "break", "const", "continue", "dyn", "else", "for", "if", "impl", "in", "let", "loop", "match",
    "move", "mut", "ref", "return", "static", "unsafe", "while",
];

impl Printer {
    fn stream(&mut self, stream: TokenStream) {
        let mut trees = stream.into_iter().peekable();
        let mut joined = String::new();
        while let Some(tree) = trees.next() {
            match tree {
                TokenTree::Punct(punct) => {
                    joined.push(punct.as_char());
                    let next_is_punct = matches!(trees.peek(), Some(TokenTree::Punct(_)));
                    if punct.as_char() == '\'' || punct.spacing() == Spacing::Alone || !next_is_punct {
                        self.operators(&joined);
                        joined.clear();
                    }
                }
                TokenTree::Ident(ident) => {
                    let name = ident.to_string();
                    let keyword = KEYWORDS.contains(&name.as_str());
                    let spaced = !matches!(self.last, Last::Open | Last::Glue);
                    self.push(&name, spaced, if keyword { Last::Keyword } else { Last::Operand });
                    // `MAX < n` compares, `Vec<u8>` does not.
                    self.generic =
                        name.starts_with(char::is_uppercase) && (name.len() == 1 || name.contains(char::is_lowercase));
                }
                TokenTree::Literal(literal) => {
                    let spaced = !matches!(self.last, Last::Open | Last::Glue);
                    self.push(&literal.to_string(), spaced, Last::Operand);
                }
                TokenTree::Group(group) => self.group(group.delimiter(), group.stream()),
            }
        }
    }

    fn group(&mut self, delimiter: Delimiter, stream: TokenStream) {
        let (open, close) = match delimiter {
            Delimiter::Parenthesis => ("(", ")"),
            Delimiter::Bracket => ("[", "]"),
            Delimiter::Brace if stream.is_empty() => ("{", "}"),
            Delimiter::Brace => ("{ ", " }"),
            // What a `macro_rules!` macro passed on; it has no brackets of its own.
            Delimiter::None => return self.stream(stream),
        };
        let spaced = match self.last {
            Last::Open | Last::Glue => false,
            Last::Operand => delimiter == Delimiter::Brace,
            Last::Keyword | Last::Operator => true,
        };
        self.push(open, spaced, Last::Open);
        let (angles, bars) = (std::mem::take(&mut self.angles), std::mem::take(&mut self.bars));
        self.stream(stream);
        (self.angles, self.bars) = (angles, bars);
        self.push(close, false, Last::Operand);
    }

    /// Splits a run of punctuation into operators.
    fn operators(&mut self, mut run: &str) {
        while !run.is_empty() {
            let closes_generics = self.angles > 0 && run.starts_with('>');
            let joined = JOINED.iter().find(|operator| run.starts_with(**operator));
            let length = match joined {
                Some(operator) if !closes_generics => operator.len(),
                _ => run.chars().next().map_or(run.len(), char::len_utf8),
            };
            let (operator, rest) = run.split_at(length);
            self.operator(operator);
            run = rest;
        }
    }

    fn operator(&mut self, operator: &str) {
        let prefix = !matches!(self.last, Last::Operand);
        // Behind an opening bracket or a prefix operator nothing is spaced.
        let spaced = !matches!(self.last, Last::Open | Last::Glue);
        match operator {
            "." | "::" if prefix => self.push(operator, spaced, Last::Glue),
            "." | "::" => self.push(operator, false, Last::Glue),
            ".." | "..=" | "..." => self.push(operator, prefix && spaced, Last::Glue),
            "," | ";" | ":" => self.push(operator, false, Last::Operator),
            "?" => self.push(operator, false, Last::Operand),
            // A macro's name.
            "!" if !prefix => self.push(operator, false, Last::Glue),
            "'" | "#" | "$" => self.push(operator, spaced, Last::Glue),
            "<" if self.generic || prefix => {
                self.angles += 1;
                self.push(operator, prefix && spaced, Last::Open);
            }
            ">" if self.angles > 0 => {
                self.angles -= 1;
                self.push(operator, false, Last::Operand);
            }
            "|" if self.bars => {
                self.bars = false;
                self.push(operator, false, Last::Operator);
            }
            "|" if prefix => {
                self.bars = true;
                self.push(operator, spaced, Last::Open);
            }
            "||" if prefix => self.push(operator, spaced, Last::Operator),
            "-" | "*" | "&" | "&&" | "!" if prefix => self.push(operator, spaced, Last::Glue),
            _ => self.push(operator, spaced, Last::Operator),
        }
        self.generic = operator == "::";
    }

    fn push(&mut self, text: &str, spaced: bool, last: Last) {
        if spaced && !self.out.ends_with(' ') && !self.out.is_empty() {
            self.out.push(' ');
        }
        self.out.push_str(text);
        self.last = last;
        self.generic = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        let ms = 1_000_000;
        let texts = [
            (0, "0s"),
            (1, "1ns"),
            (1_500, "1.5us"),
            (250 * ms, "250ms"),
            (250 * ms + 500_000, "250.5ms"),
            (1_500 * ms, "1.5s"),
            (1_000 * ms, "1s"),
            (90_000 * ms, "90s"),
            (300_000 * ms, "5m"),
            (5_400_000 * ms, "90m"),
            (3_600_000 * ms, "1h"),
            (1_000 * ms + 1, "1.000000001s"),
        ];
        for (nanos, text) in texts {
            assert_eq!(duration(nanos), text);
        }
    }

    #[test]
    fn expressions_read_as_written() {
        let texts = [
            "cfg.parsers",
            "cfg.limits().parsers * 2 + 1",
            "std::thread::available_parallelism()?.get()",
            "num_cpus::get().max(1)",
            "Duration::from_millis(250)",
            "-x - -1",
            "!flag && *a & b == &c",
            "a.0.1[i + 1]",
            "size_of::<Vec<Vec<u8>>>() as u64",
            "x as Vec<u8>",
            "Vec::<u8>::new()",
            "MAX < n && n > 2",
            "if cfg.fast { 8 } else { 1 }",
            "|x: &'static str, (a, b)| x.len() | 1",
            "|| Local::default()",
            "move |x| async move { x.await? }",
            "vec![1, 2, 3]",
            "concat!(\"a\", 'b', 1.5)",
            "&mut x",
            "(1..=n).sum::<usize>()",
            "..",
            "S { a: 1, b }",
            "f({})",
            "match x { Some(n) if n > 1 => n, _ => 0 }",
            "<T as Trait>::LIMIT",
            "::std::mem::size_of::<T>()",
            "a << 2 >> 1",
            "f::<fn(u8) -> u8>(g)",
        ];
        for text in texts {
            let expr: syn::Expr = syn::parse_str(text).unwrap();
            assert_eq!(tokens(&expr), text);
        }
    }

    #[test]
    fn text_parses_back() {
        let odd = "{ let x = a . b ; & & x ; return | y | - y ; loop { break 'a - 1 ; } }";
        let expr: syn::Expr = syn::parse_str(odd).unwrap();
        let again: syn::Expr = syn::parse_str(&tokens(&expr)).unwrap();
        assert_eq!(expr, again, "{}", tokens(&expr));
    }

    #[test]
    fn groups_of_macro_rules_leave_no_trace() {
        let inner: TokenStream = "a . b".parse().unwrap();
        let group = proc_macro2::Group::new(Delimiter::None, inner);
        assert_eq!(tokens(&quote::quote!(f(#group, 1))), "f(a.b, 1)");
    }
}
