//! Mends what is half typed. Where something is missing, something stands in for it that has any type, so that all
//! around it can still be read, and checked by rustc.
//!
//! What stands in is a call of the method `unfinished`, which generated code has in scope.

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Error, Expr, Result,
    parse::{ParseStream, Parser},
    parse_quote,
    visit_mut::{self, VisitMut},
};

use super::split::{is_ident, is_punct};
use crate::lost::Lost;

/// How many mistakes are mended in one text.
const LIMIT: usize = 6;

/// What could be read of a text, and what was wrong with it.
pub(super) struct Mended<T> {
    pub(super) value: Option<T>,
    pub(super) error: Option<Error>,
}

/// An expression that stands for one that is missing.
pub(crate) fn missing() -> Expr {
    parse_quote!(().unfinished())
}

/// What stands for an expression that goes on where it could not be read: its type says nothing of the whole, and a path
/// may have lost its end.
pub(super) fn cut_short(expr: &Expr) -> Expr {
    match expr {
        Expr::Path(_) => missing(),
        expr => parse_quote!((#expr).unfinished()),
    }
}

/// Something with expressions that may have been mended.
pub(super) trait Expressions {
    /// Shows each of them.
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr));
}

impl Expressions for Expr {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(self);
    }
}

impl Expressions for Vec<Expr> {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        self.iter_mut().for_each(visit);
    }
}

/// Reads a text as far as it goes, mends it where it does not, and reads on. Only the first mistake counts: what
/// follows it may be its consequence.
pub(super) fn parse<T: Expressions>(tokens: TokenStream, parser: impl Fn(ParseStream) -> Result<T>) -> Mended<T> {
    let read = |tokens: &[TokenTree]| (|input: ParseStream| parser(input)).parse2(tokens.iter().cloned().collect());
    let mut text: Vec<TokenTree> = tokens.into_iter().collect();
    let first = match read(&text) {
        Ok(value) => return Mended { value: Some(value), error: None },
        Err(error) => error,
    };
    let mut place = Place::of(&first, &text);
    let mut missing = first.to_string();
    let is_pattern = wants(&first) == Some(PATTERN);
    let first = worded(first, &text, place.as_ref());
    let mut lost = Lost::None;
    for _ in 0..LIMIT {
        let Some(here) = place.take() else { break };
        let behind = here.behind(&text);
        for Edit { text: edited, lost: loses } in edits(&text, &here, is_pattern) {
            match read(&edited) {
                Ok(mut value) => {
                    let lost = lost.and(loses);
                    value.each(&mut |expr| {
                        match expr {
                            // an option
                            Expr::Assign(assign) => visit_mut::visit_expr_assign_mut(&mut Spread, assign),
                            _ => Spread.visit_expr_mut(expr),
                        }
                        lost.define_in(expr);
                    });
                    return Mended { value: Some(value), error: Some(first) };
                }
                Err(error) => {
                    // It helped if the next mistake stands further on, or if at an end it is another.
                    let message = error.to_string();
                    let is_other = is_at_end(&error) && message != missing;
                    let next = Place::of(&error, &edited).filter(|next| {
                        let behind_next = next.behind(&edited);
                        behind_next < behind || behind_next == behind && is_other
                    });
                    if next.is_some() {
                        (place, text, missing) = (next, edited, message);
                        lost = lost.and(loses);
                        break;
                    }
                }
            }
        }
    }
    Mended { value: None, error: Some(first) }
}

/// Where nothing of an operand is there the type of the whole is not known either: not every type has such an operator.
struct Spread;

impl VisitMut for Spread {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        visit_mut::visit_expr_mut(self, expr);
        let known = match expr {
            Expr::Assign(assign) if is_missing(place_of_value(&assign.left)) => &assign.right,
            Expr::Binary(binary) if is_missing(place_of_value(&binary.left)) => &binary.right,
            Expr::Binary(binary) if is_missing(&binary.right) => &binary.left,
            Expr::Index(index) if is_missing(&index.index) => &index.expr,
            Expr::Cast(cast) if is_missing(&cast.expr) => &cast.expr,
            Expr::Unary(unary) if is_missing(&unary.expr) => &unary.expr,
            _ => return,
        };
        *expr = parse_quote!((#known).unfinished());
    }
}

/// What is assigned to through a reference: the reference.
fn place_of_value(expr: &Expr) -> &Expr {
    match expr {
        Expr::MethodCall(call) if call.method == "unfinished" && !is_missing(expr) => place_of_value(&call.receiver),
        Expr::Paren(paren) => place_of_value(&paren.expr),
        expr => expr,
    }
}

/// Whether it stands for something of which nothing is there.
pub(crate) fn is_missing(expr: &Expr) -> bool {
    match expr {
        Expr::MethodCall(call) => {
            call.method == "unfinished" && matches!(&*call.receiver, Expr::Tuple(unit) if unit.elems.is_empty())
        }
        Expr::Paren(paren) => is_missing(&paren.expr),
        Expr::Group(group) => is_missing(&group.expr),
        _ => false,
    }
}

/// At the end of something there is no token to point at but the one before it.
fn worded(error: Error, text: &[TokenTree], place: Option<&Place>) -> Error {
    let Some(place) = place else {
        return Error::new_spanned(text.iter().cloned().collect::<TokenStream>(), error);
    };
    let siblings = place.siblings(text);
    let Some(before) = place.at.checked_sub(1).and_then(|at| siblings.get(at)) else { return reworded(error) };
    let ends = siblings.get(place.at).is_none_or(|token| is_punct(token, ';') || is_punct(token, ','));
    if is_dot(&siblings[..place.at]) {
        return Error::new(before.span(), "expected the name of a field or method behind the `.`");
    }
    let error = reworded(error);
    match error.to_string().strip_prefix("unexpected end of input, ") {
        Some(expected) => Error::new(before.span(), format_args!("{expected} behind this")),
        None if ends && error.to_string() == "expected an expression" => {
            Error::new(before.span(), "expected an expression behind this")
        }
        None => error,
    }
}

const PATTERN: &str = "a pattern";

/// What is missing, in one word for the many that it may begin with.
fn wants(error: &Error) -> Option<&'static str> {
    let message = error.to_string();
    let begins =
        message.strip_prefix("unexpected end of input, ").unwrap_or(&message).strip_prefix("expected one of: ")?;
    match begins {
        begins if begins.contains("`ref`") => Some(PATTERN),
        begins if begins.contains("`dyn`") => Some("a type"),
        _ => None,
    }
}

/// An error in fewer words.
pub(super) fn reworded(error: Error) -> Error {
    match wants(&error) {
        Some(what) if is_at_end(&error) => {
            Error::new(error.span(), format_args!("unexpected end of input, expected {what}"))
        }
        Some(what) => Error::new(error.span(), format_args!("expected {what}")),
        None => error,
    }
}

/// An error at the end of a text, which has no place of its own, at the last token.
pub(super) fn at_last_token(error: Error, text: TokenStream) -> Error {
    if place_of(&error) != place(Span::call_site()) {
        return error;
    }
    let message = error.to_string();
    let expected = message.strip_prefix("unexpected end of input, ").unwrap_or(&message);
    match text.into_iter().last() {
        Some(last) => Error::new(last.span(), format_args!("{expected} behind this")),
        None => error,
    }
}

/// Where a mistake was found.
struct Place {
    /// The groups around it, from the outside: each by its number among the tokens of the one before.
    groups: Vec<usize>,
    /// The number of the token in the innermost group; as many as it has, at its end.
    at: usize,
}

impl Place {
    fn of(error: &Error, text: &[TokenTree]) -> Option<Self> {
        let start = place_of(error);
        let ends = is_at_end(error);
        // The end of the whole text has no token of its own, and what was put in has no place.
        if start == place(Span::call_site()) {
            return ends.then_some(Self { groups: Vec::new(), at: text.len() });
        }
        let mut groups = Vec::new();
        find(text, ends, &start, &mut groups).map(|at| Self { groups, at })
    }

    /// The tokens of the innermost group.
    fn siblings(&self, text: &[TokenTree]) -> Vec<TokenTree> {
        self.groups.iter().fold(text.to_vec(), |tokens, &at| match tokens.get(at) {
            Some(TokenTree::Group(group)) => group.stream().into_iter().collect(),
            _ => Vec::new(),
        })
    }

    /// How many tokens follow.
    fn behind(&self, text: &[TokenTree]) -> usize {
        let mut behind = 0;
        let mut tokens = text.to_vec();
        for &at in &self.groups {
            behind += count(tokens.get(at + 1..).unwrap_or_default());
            tokens = match tokens.get(at) {
                Some(TokenTree::Group(group)) => group.stream().into_iter().collect(),
                _ => Vec::new(),
            };
        }
        // At its end a group is still to be closed.
        behind + self.groups.len() + count(tokens.get(self.at..).unwrap_or_default())
    }
}

fn is_at_end(error: &Error) -> bool {
    error.to_string().starts_with("unexpected end of input")
}

/// What tells a token's place from any other's. Lines and columns do not: rust-analyzer gives all tokens the same.
fn place(span: Span) -> String {
    format!("{span:?}")
}

/// The place of the token that an error begins at.
fn place_of(error: &Error) -> String {
    place(error.to_compile_error().into_iter().next().map_or_else(Span::call_site, |token| token.span()))
}

/// The token that begins at `start`, or with `ends` the end of the group that closes there.
fn find(tokens: &[TokenTree], ends: bool, start: &str, groups: &mut Vec<usize>) -> Option<usize> {
    let begins = |span: Span| place(span) == start;
    for (at, token) in tokens.iter().enumerate() {
        if !ends && begins(token.span()) {
            return Some(at);
        }
        let TokenTree::Group(group) = token else { continue };
        if !ends && begins(group.span_open()) {
            return Some(at);
        }
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        groups.push(at);
        if ends && begins(group.span_close()) {
            return Some(inner.len());
        }
        if let Some(found) = find(&inner, ends, start, groups) {
            return Some(found);
        }
        groups.pop();
    }
    None
}

fn count(tokens: &[TokenTree]) -> usize {
    let inside = |token: &TokenTree| match token {
        TokenTree::Group(group) => 1 + count(&group.stream().into_iter().collect::<Vec<_>>()),
        _ => 1,
    };
    tokens.iter().map(inside).sum()
}

/// A text to try.
struct Edit {
    text: Vec<TokenTree>,
    /// The names that it has no more.
    lost: Lost,
}

/// The texts to try, the gentlest first.
fn edits(text: &[TokenTree], place: &Place, is_pattern: bool) -> Vec<Edit> {
    let siblings = place.siblings(text);
    let insert = |tokens: TokenStream, lost: Lost| {
        let mut edited = siblings[..place.at].to_vec();
        edited.extend(tokens);
        edited.extend_from_slice(&siblings[place.at..]);
        Edit { text: replace(text, &place.groups, edited), lost }
    };
    let mut edits = Vec::new();
    if is_dot(&siblings[..place.at]) {
        let is_called = matches!(siblings.get(place.at), Some(TokenTree::Group(group)) if is_call(group));
        edits.push(insert(if is_called { quote!(unfinished) } else { method() }, Lost::None));
    }
    edits.push(insert(value(), Lost::None));
    edits.push(insert(quote!(_), if is_pattern { Lost::Any } else { Lost::None }));
    // of an `if`, of a loop, and of a `match`
    let value = value();
    edits.push(insert(quote!({ #value } else { #value }), Lost::None));
    edits.push(insert(quote!({ #value }), Lost::None));
    edits.push(insert(quote!({ _ => #value }), Lost::None));
    // From the inside out, the part of a list or block that the mistake is in.
    let mut at = place.at;
    for depth in (0..=place.groups.len()).rev() {
        let groups = &place.groups[..depth];
        let siblings = Place { groups: groups.to_vec(), at }.siblings(text);
        for separators in [&[';', ','][..], &[';'][..]] {
            let (replaced, left_out) = without_part(&siblings, at, separators);
            let lost = Lost::in_text(left_out);
            edits.push(Edit { text: replace(text, groups, replaced), lost });
        }
        at = place.groups.get(depth.wrapping_sub(1)).copied().unwrap_or_default();
    }
    edits
}

/// The arguments of a call.
fn is_call(group: &Group) -> bool {
    group.delimiter() == Delimiter::Parenthesis && group.stream().is_empty()
}

/// The tokens with a stand-in for the part around `at`, and what it stands for; of a `let` only the value is replaced.
fn without_part(tokens: &[TokenTree], at: usize, separators: &[char]) -> (Vec<TokenTree>, TokenStream) {
    let separates = |token: &TokenTree| separators.iter().any(|&char| is_punct(token, char));
    let before = tokens.get(..at).unwrap_or(tokens);
    let start = before.iter().rposition(separates).map_or(0, |found| found + 1);
    let behind = tokens.get(at..).unwrap_or_default();
    let end = behind.iter().position(separates).map_or(tokens.len(), |found| at + found);
    let part = &tokens[start..end];
    let kept = match is_ident(part.first(), &["let"]) {
        true => part.iter().position(|token| is_punct(token, '=')).map_or(0, |found| found + 1),
        false => 0,
    };
    let mut replaced = tokens[..start + kept].to_vec();
    replaced.extend(value());
    replaced.extend_from_slice(&tokens[end..]);
    (replaced, part[kept..].iter().cloned().collect())
}

/// The text with these tokens as the content of a group.
fn replace(text: &[TokenTree], groups: &[usize], content: Vec<TokenTree>) -> Vec<TokenTree> {
    let Some((&at, inner)) = groups.split_first() else { return content };
    let mut text = text.to_vec();
    if let Some(TokenTree::Group(group)) = text.get(at) {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let mut replaced = Group::new(group.delimiter(), replace(&tokens, inner, content).into_iter().collect());
        replaced.set_span(group.span());
        text[at] = replaced.into();
    }
    text
}

/// Ends in a `.` that is no part of a range.
fn is_dot(tokens: &[TokenTree]) -> bool {
    match tokens {
        [.., before, dot] => is_punct(dot, '.') && !is_punct(before, '.'),
        _ => false,
    }
}

fn method() -> TokenStream {
    quote!(unfinished())
}

fn value() -> TokenStream {
    quote!(().unfinished())
}
