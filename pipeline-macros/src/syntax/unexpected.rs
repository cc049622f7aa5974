//! What stands where something else was expected, what it was probably meant to be, and how that is written.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::{Error, Expr, Ident, Result, Token, Type, ext::IdentExt, parse::ParseStream, token};

use super::{Call, Flow, Link, Name, Target};
use crate::{
    diagnostics::{closest, one_of},
    ops, text, vocabulary,
};

/// The inputs that are written like calls.
pub(crate) const JOINS: [&str; 3] = ["merge", "zip", "concat"];

/// What other languages join the steps of a pipeline with.
const ARROWS: [&str; 6] = ["->", "=>", "|>", ">>", "~>", "|"];

/// What is written in the place of `=`, alone or together.
const SIGNS: [char; 5] = ['=', '<', '>', ':', '-'];

/// The operator of one or two characters that comes next.
fn punctuation(input: ParseStream) -> Option<String> {
    let mut tokens = rest(input).into_iter();
    let Some(TokenTree::Punct(first)) = tokens.next() else { return None };
    let mut operator = first.as_char().to_string();
    if let Some(TokenTree::Punct(second)) = tokens.next()
        && first.spacing() == proc_macro2::Spacing::Joint
    {
        operator.push(second.as_char());
    }
    Some(operator)
}

/// The next token as it is written, in backticks.
fn found(input: ParseStream) -> String {
    if let Some(operator) = punctuation(input) {
        return format!("`{operator}`");
    }
    match rest(input).into_iter().next() {
        Some(TokenTree::Group(group)) => match group.delimiter() {
            Delimiter::Parenthesis => "`(`".to_owned(),
            Delimiter::Brace => "`{`".to_owned(),
            _ => "`[`".to_owned(),
        },
        Some(token) => format!("`{token}`"),
        None => "the end".to_owned(),
    }
}

/// What has not been read yet.
fn rest(input: ParseStream) -> TokenStream {
    input.fork().parse().unwrap_or_default()
}

/// The text up to the `;`.
fn rest_of_statement(input: ParseStream) -> String {
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let tokens = rest(input).into_iter().take_while(|token| !is_end(token));
    text::tokens(&tokens.collect::<TokenStream>())
}

/// The expression that stands here, if one does.
fn expression(input: ParseStream) -> Option<Expr> {
    input.fork().parse().ok()
}

/// Something else than `expected` in the place of a token.
pub(super) fn instead_of(expected: &str, input: ParseStream) -> Error {
    match input.is_empty() {
        true => input.error(format_args!("expected {expected}")),
        false => input.error(format_args!("expected {expected}, found {}", found(input))),
    }
}

/// Something else than the end of a statement.
pub(super) fn instead_of_end(input: ParseStream) -> Error {
    match input.peek(Token![,]) {
        true => input.error("expected `;`, found `,`\nhelp: a statement ends in `;`"),
        false => instead_of("`;`", input),
    }
}

/// Something else than the name of a target.
pub(super) fn target(keyword: &Ident, input: ParseStream) -> Error {
    let behind = rest_of_statement(input);
    if let Some(flow) = behind.strip_prefix('=').filter(|_| !input.peek(Token![==])) {
        let flow = if flow.is_empty() { "…" } else { flow.trim_start() };
        return no_name(keyword, flow, input);
    }
    if let Some(name) = behind.strip_prefix("mut ") {
        return input.error(format_args!("a stream is never `mut`\nhelp: `{keyword} {name};`"));
    }
    if input.peek(token::Bracket) || input.peek(token::Brace) {
        let mut tokens = rest(input).into_iter();
        let inner = match tokens.next() {
            Some(TokenTree::Group(group)) => text::tokens(&group.stream()),
            _ => String::new(),
        };
        let help = format!("branches stand in parentheses: `{keyword} ({inner}) = …`");
        return input.error(format_args!("expected a name or a list of branches\nhelp: {help}"));
    }
    instead_of("a name", input)
}

/// Something else than `=` behind a target.
pub(super) fn instead_of_equals(keyword: &Ident, target: &Target, input: ParseStream) -> Error {
    let expected = format!("expected `=`, found {}", found(input));
    let behind = rest_of_statement(input);
    let written = text_of(target);
    if input.peek(Token![,]) {
        let names = behind.split('=').next().unwrap_or_default().trim_end();
        let help = format!("branches stand in parentheses: `{keyword} ({written}{names}) = …`");
        return input.error(format_args!("{expected}\nhelp: {help}"));
    }
    let (name, value) = match behind.split_once('=') {
        Some((part, value)) if input.peek(Token![-]) => {
            (format!("{written}_{}", part.trim_matches(['-', ' '])), value.trim_start().to_owned())
        }
        _ => (written, behind_sign(input)),
    };
    let value = if is_value(&value) { &value } else { "…" };
    input.error(format_args!("{expected}\nhelp: `{keyword} {name} = {value};`"))
}

/// How a statement begins that has this target and nothing behind it.
pub(super) fn equals_of(keyword: &Ident, target: &Target) -> String {
    let value = target.ty().map_or_else(|| "…".to_owned(), text::tokens);
    format!("`{keyword} {} = {value};`", text_of(target))
}

/// The text behind what is written in the place of `=`.
fn behind_sign(input: ParseStream) -> String {
    let is_sign = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => SIGNS.contains(&punct.as_char()),
        TokenTree::Ident(word) => word == "in",
        _ => false,
    };
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';');
    let tokens = rest(input).into_iter().skip_while(is_sign).take_while(|token| !is_end(token));
    text::tokens(&tokens.collect::<TokenStream>())
}

/// A flow where the name of a statement is expected: `sink lines.count();`
pub(super) fn flow_without_name(keyword: &Ident, input: ParseStream) -> Option<Error> {
    let fork = input.fork();
    fork.parse::<Ident>().ok()?;
    let flow = rest_of_statement(input);
    let goes_on = fork.peek(Token![.]) || fork.peek(Token![?]);
    (goes_on && is_value(&flow)).then(|| no_name(keyword, &flow, input))
}

/// Whether a `=` stands further on, behind other names.
pub(super) fn equals_follows(input: ParseStream) -> bool {
    let is_name = |token: &TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => [',', '-', '.', ':'].contains(&punct.as_char()),
        _ => false,
    };
    let mut tokens = rest(input).into_iter().skip_while(is_name);
    matches!(tokens.next(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
}

/// Whether it is an expression, and no assignment.
fn is_value(text: &str) -> bool {
    syn::parse_str::<Expr>(text).is_ok_and(|expr| !matches!(expr, Expr::Assign(_)))
}

fn text_of(target: &Target) -> String {
    match target {
        Target::One(name) => name.ident.to_string(),
        Target::Many(names) => {
            let names: Vec<String> = names.iter().map(|name| name.ident.to_string()).collect();
            format!("({})", names.join(", "))
        }
        Target::Unread => "…".to_owned(),
    }
}

/// Goes past `=`, and past what is written in its place.
pub(super) fn skip_signs(input: ParseStream) {
    let is_sign = |input: ParseStream| {
        let is_minus = input.peek(Token![-]) && input.peek2(Token![>]);
        is_minus || input.peek(Token![=]) || input.peek(Token![>]) || input.peek(Token![:])
    };
    while is_sign(input) && input.parse::<TokenTree>().is_ok() {}
}

/// A statement that begins with its flow.
fn no_name(keyword: &Ident, flow: &str, input: ParseStream) -> Error {
    let name = if keyword == "sink" { "total" } else { "items" };
    input.error(format_args!("a `{keyword}` needs a name\nhelp: `{keyword} {name} = {flow};`"))
}

/// `(a, b): (A, B)`
pub(super) fn type_of_a_list(names: &[Name], input: ParseStream) -> Error {
    let fork = input.fork();
    let types = fork.parse::<Token![:]>().and_then(|_| fork.parse::<Type>());
    let help = match types {
        Ok(Type::Tuple(tuple)) if tuple.elems.len() == names.len() => {
            let pairs = names.iter().zip(&tuple.elems);
            let pairs = pairs.map(|(name, ty)| format!("{}: {}", name.ident, text::tokens(ty)));
            format!("`({})`", pairs.collect::<Vec<_>>().join(", "))
        }
        _ => "`(a: A, b: B)`".to_owned(),
    };
    input.error(format_args!("each branch has a type of its own\nhelp: {help}"))
}

/// Something that is no stream where one is read.
pub(super) fn instead_of_stream(input: ParseStream) -> Error {
    let Some(expr) = expression(input) else { return instead_of("the name of a stream", input) };
    no_stream(&expr)
}

fn no_stream(expr: &Expr) -> Error {
    let plain = match expr {
        Expr::Reference(inner) => Some(&*inner.expr),
        Expr::Unary(inner) => Some(&*inner.expr),
        Expr::Paren(inner) => Some(&*inner.expr),
        Expr::Block(block) => match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(expr, None)] => Some(expr),
            _ => None,
        },
        Expr::MethodCall(call) => match plain_receiver(&call.receiver) {
            Some(name) => {
                let written = text::tokens(expr);
                let rest = written.split_once('.').map_or("", |(_, rest)| rest);
                return Error::new_spanned(
                    first_receiver(&call.receiver),
                    format_args!("a stream is read by its name alone\nhelp: `{name}.{rest}`"),
                );
            }
            None => None,
        },
        _ => None,
    };
    let plain = plain.filter(|plain| matches!(plain, Expr::Path(path) if path.path.get_ident().is_some()));
    if let Expr::Tuple(tuple) = first_receiver(expr) {
        let parts = text::tokens(&tuple.elems);
        let joins = JOINS.map(|join| format!("{join}({parts})"));
        let joins = one_of(&joins.each_ref().map(String::as_str));
        let message = format!("expected the name of a stream, found a list\nhelp: several are read as {joins}");
        return Error::new_spanned(tuple, message);
    }
    let message = match (plain, expr) {
        (Some(name), _) => format!("a stream is read by its name alone\nhelp: `{}`", text::tokens(name)),
        (None, Expr::Closure(_)) => {
            let closure = text::tokens(expr);
            format!(
                "expected the name of a stream, found a closure\nhelp: read a stream and call it: `items.map({closure})`"
            )
        }
        (None, expr) => {
            let (source, behind) = before_operators(expr);
            let written = text::tokens(source);
            let written = if written.len() > 80 { "…".to_owned() } else { written };
            let read = match behind.is_empty() {
                true => String::new(),
                false => format!(", and read that: `items{behind}`"),
            };
            format!(
                "expected the name of a stream, found an expression\nhelp: give it a name: `source items = {written};`{read}"
            )
        }
    };
    Error::new_spanned(expr, message)
}

/// `a` of `(a)`, `&a`, `*a`.
fn plain_receiver(expr: &Expr) -> Option<&Ident> {
    let mut inner = first_receiver(expr);
    loop {
        inner = match inner {
            Expr::Paren(inner) => &inner.expr,
            Expr::Reference(inner) => &inner.expr,
            Expr::Unary(inner) => &inner.expr,
            Expr::Path(path) => return path.path.get_ident(),
            _ => return None,
        };
    }
}

fn first_receiver(mut expr: &Expr) -> &Expr {
    loop {
        expr = match expr {
            Expr::MethodCall(call) => &call.receiver,
            Expr::Try(inner) => &inner.expr,
            _ => return expr,
        }
    }
}

/// What stands in front of the operators that `expr` ends with, and they.
fn before_operators(expr: &Expr) -> (&Expr, String) {
    match expr {
        Expr::MethodCall(call) if ops::find(&call.method.to_string()).is_some() => {
            let (source, behind) = before_operators(&call.receiver);
            let (method, generics, args) = (&call.method, &call.turbofish, &call.args);
            (source, format!("{behind}.{}", text::tokens(&quote!(#method #generics (#args)))))
        }
        expr => (expr, String::new()),
    }
}

/// A call, a macro or a path where a stream is read; `name` is its first word, `start` stands before it.
pub(super) fn call_for_stream(name: &Ident, start: ParseStream) -> Error {
    let expr = expression(start);
    let called = expr.as_ref().and_then(innermost_call);
    let args: Vec<&Expr> = called.map(|call| call.args.iter().collect()).unwrap_or_default();
    let word = name.to_string();
    let list = text::tokens(&quote!(#(#args),*));
    let joins = JOINS.iter().any(|join| word == *join);
    if joins && called.is_none() {
        return Error::new_spanned(
            name,
            format_args!("`{word}` takes its streams in parentheses\nhelp: `{word}(a, b)`"),
        );
    }
    if let Some(help) = vocabulary::join(&word, &list).filter(|_| called.is_some()) {
        return Error::new_spanned(name, format_args!("unknown join `{word}`\nhelp: {help}"));
    }
    if let Some(near) = closest(&word, JOINS).filter(|_| called.is_some()) {
        return Error::new_spanned(name, format_args!("unknown join `{word}`\nhelp: did you mean `{near}`?"));
    }
    let operator = ops::find(&word).map(|spec| spec.name);
    let operator =
        operator.or_else(|| closest(&word, ops::ALL.iter().map(|spec| spec.name)).filter(|_| reads_a_name(&args)));
    if let Some(operator) = operator.filter(|_| called.is_some()) {
        let (stream, args) = match args.split_first() {
            Some((first, rest)) if matches!(first, Expr::Path(_)) => (text::tokens(*first), rest),
            _ => ("items".to_owned(), args.as_slice()),
        };
        let call = match ops::find(operator).filter(|spec| args.is_empty() && spec.required > 0) {
            Some(spec) => spec.summary.to_owned(),
            None => format!("{operator}({})", text::tokens(&quote!(#(#args),*))),
        };
        let fact = match word == operator {
            true => format!("`{word}` is an operator, not a stream"),
            false => format!("expected a stream, found a call of `{word}`"),
        };
        return Error::new_spanned(name, format_args!("{fact}\nhelp: `{stream}.{call}`"));
    }
    let (fact, written) = match (&expr, called) {
        (_, Some(call)) => (format!("expected a stream, found a call of `{word}`"), text::tokens(call)),
        (Some(expr), None) => return no_stream(expr),
        (None, None) => (format!("expected a stream, found `{word}`"), "…".to_owned()),
    };
    let written = if written.len() > 80 { format!("{word}(…)") } else { written };
    Error::new_spanned(name, format_args!("{fact}\nhelp: give what it returns a name: `source items = {written};`"))
}

fn reads_a_name(args: &[&Expr]) -> bool {
    args.first().is_some_and(|first| matches!(first, Expr::Path(_)))
}

/// The call that a chain of method calls begins with.
fn innermost_call(expr: &Expr) -> Option<&syn::ExprCall> {
    match first_receiver(expr) {
        Expr::Call(call) => Some(call),
        _ => None,
    }
}

/// Something that is no name among the inputs of a join.
pub(super) fn instead_of_part(keyword: &Ident, input: ParseStream) -> Error {
    let Some(expr) = expression(input) else {
        let behind = input.fork();
        return match behind.parse::<Ident>() {
            Ok(_) if !behind.is_empty() => instead_of("`,`", &behind),
            _ => instead_of("the name of a stream", input),
        };
    };
    let written = text::tokens(&expr);
    let help = match first_receiver(&expr) {
        Expr::Call(call) if is_join(&call.func) => format!("joins do not nest: `stage joined = {written};`"),
        Expr::Path(path) if path.path.get_ident().is_some() => {
            format!("give it a stage of its own: `stage part = {written};`")
        }
        Expr::Path(_) => "to wrap its items write `Path(name)`".to_owned(),
        Expr::Closure(_) => format!("what a closure does stands behind the join: `.map({written})`"),
        _ => format!("give it a name: `source part = {written};`"),
    };
    let found = match first_receiver(&expr) {
        Expr::Path(_) => "",
        _ => ", found an expression",
    };
    Error::new_spanned(&expr, format_args!("`{keyword}` takes names of streams{found}\nhelp: {help}"))
}

/// Something else than one name in the parentheses behind a path.
pub(super) fn wrapped(path: &syn::Path, start: ParseStream) -> Error {
    let path = text::tokens(path);
    let message = match expression(start) {
        Some(expr) if JOINS.contains(&path.as_str()) => {
            return Error::new_spanned(
                &expr,
                format_args!(
                    "joins do not nest\nhelp: give it a stage of its own: `stage joined = {};`",
                    text::tokens(&expr)
                ),
            );
        }
        Some(expr) => {
            return Error::new_spanned(
                &expr,
                format_args!(
                    "a path wraps the items of one stream\nhelp: `{path}(name)`, and the rest in a `map` before it"
                ),
            );
        }
        None => format!("a path wraps the items of one stream\nhelp: `{path}(name)`, with `weak` before the path"),
    };
    start.error(message)
}

fn is_join(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(path) if JOINS.iter().any(|join| path.path.is_ident(join)))
}

/// A word in front of an input of a join that is not `weak`.
pub(super) fn mark_of_part(mark: &Ident, name: &Ident) -> Error {
    match closest(&mark.to_string(), ["weak"]) {
        Some(near) => {
            Error::new_spanned(mark, format_args!("unknown word `{mark}`\nhelp: did you mean `{near} {name}`?"))
        }
        None => Error::new_spanned(name, format_args!("expected `,`, found `{name}`\nhelp: `{mark}, {name}`")),
    }
}

/// `weak` with nothing behind it.
pub(super) fn bare_weak(weak: &Ident) -> Error {
    Error::new_spanned(weak, "`weak` stands in front of the name of a stream\nhelp: `merge(a, weak b)`")
}

/// Something that cannot follow a flow.
pub(super) fn behind_flow(flow: &Flow, input: ParseStream) -> Error {
    let expected = format!("expected `.`, `else` or `;`, found {}", found(input));
    let last = match flow.links.last() {
        Some(Link::Call(call)) => Some(call),
        _ => None,
    };
    if input.peek(Token![?]) {
        return question_behind(last, input);
    }
    if input.peek(Token![,]) {
        return instead_of_end(input);
    }
    let arrow = punctuation(input).filter(|operator| ARROWS.contains(&operator.as_str()));
    if let Some(arrow) = arrow {
        let written = rest_of_statement(input);
        let next = written.trim_start_matches(arrow.as_str()).trim_start();
        let next = if next.len() > 60 || next.is_empty() { "map(…)" } else { next };
        let before = if flow.links.is_empty() { flow.input.text() } else { String::new() };
        return input.error(format_args!(
            "expected `.`, `else` or `;`, found `{arrow}`\nhelp: operators are joined by `.`: `{before}.{next}`"
        ));
    }
    if let Ok(word) = input.fork().call(Ident::parse_any)
        && rest(input).into_iter().nth(1).is_some_and(|token| matches!(token, TokenTree::Group(_)))
    {
        return input.error(format_args!("{expected}\nhelp: `.{word}(…)`"));
    }
    input.error(expected)
}

/// `?` behind an operator: it belongs into the closure that gives the `Result`.
fn question_behind(last: Option<&Call>, input: ParseStream) -> Error {
    let fact = "`?` stands behind the input or in a closure, not behind an operator";
    let Some(Call { name, args, .. }) = last else { return input.error(fact) };
    let fails = match args.last() {
        Some(Expr::Closure(closure)) if !matches!(&*closure.body, Expr::Block(_)) => {
            format!("`{name}({}?)`", text::tokens(closure))
        }
        Some(Expr::Path(path)) => format!("`{name}({}?)`", text::tokens(path)),
        _ => "read it in a statement of its own, with `?` behind the name".to_owned(),
    };
    input.error(format_args!("{fact}\nhelp: {fails}"))
}

/// An operator that is not called.
pub(super) fn not_called(name: &Ident, before: Option<&Link>, input: ParseStream) -> Error {
    if name == "await" {
        let before = match before {
            Some(Link::Call(call)) => Some((&call.name, call.args.last())),
            _ => None,
        };
        let help = match before {
            Some((operator, Some(Expr::Path(path)))) => {
                format!("`{operator}(async |x| {}(x).await)`", text::tokens(path))
            }
            Some((operator, Some(Expr::Closure(closure)))) if !matches!(&*closure.body, Expr::Block(_)) => {
                let asyncness = closure.asyncness.is_none().then(|| quote!(async));
                format!("`{operator}({}.await)`", text::tokens(&quote!(#asyncness #closure)))
            }
            _ => "`.await` belongs into a source's expression or an `async` closure".to_owned(),
        };
        return Error::new_spanned(name, format_args!("a stream cannot be awaited\nhelp: {help}"));
    }
    if input.peek(Token![<]) {
        let generics = rest(input).into_iter().take_while(|token| !matches!(token, TokenTree::Group(_)));
        let generics = text::tokens(&generics.collect::<TokenStream>()).replace(' ', "");
        return Error::new_spanned(
            name,
            format_args!("type arguments stand behind `::`\nhelp: `.{name}::{generics}()`"),
        );
    }
    let message = match ops::find(&name.to_string()) {
        Some(spec) => format!("the operator `{name}` is not called\nhelp: `.{}`", spec.summary),
        None => {
            let text = name.to_string();
            let begun: Vec<&str> =
                ops::ALL.iter().map(|spec| spec.name).filter(|known| known.starts_with(&text)).collect();
            let help = match closest(&text, ops::ALL.iter().map(|spec| spec.name)) {
                Some(near) if begun.is_empty() => format!("did you mean `{near}`?"),
                None if begun.is_empty() => format!("`.{name}(…)`"),
                _ => format!("did you mean {}?", one_of(&begun)),
            };
            format!("expected a call of an operator, found `{name}`\nhelp: {help}")
        }
    };
    Error::new_spanned(name, message)
}

/// Something that cannot follow an argument.
pub(super) fn in_arguments(operator: &Ident, before: Option<&Expr>, input: ParseStream) -> Error {
    let sign = punctuation(input).unwrap_or_default();
    let expected = format!("expected `,`, found {}", found(input));
    let behind = |sign: usize| rest(input).into_iter().skip(sign);
    let help = match before {
        Some(Expr::Lit(number)) if input.peek(Ident::peek_any) => {
            let unit = behind(0).take(1).collect::<TokenStream>();
            format!("a number and its unit are one word: `{}{unit}`", text::tokens(number))
        }
        Some(Expr::Path(name)) if sign == "->" || sign == "=>" => {
            let (name, body) = (text::tokens(name), text::tokens(&behind(2).collect::<TokenStream>()));
            format!("a closure has bars: `{operator}(|{name}| {body})`")
        }
        Some(Expr::Path(name)) if input.peek(Token![:]) => {
            let value = behind(1).take_while(|token| !is_comma(token)).collect::<TokenStream>();
            format!("an option is given with `=`: `{} = {}`", text::tokens(name), text::tokens(&value))
        }
        _ => return input.error(expected),
    };
    input.error(format_args!("{expected}\nhelp: {help}"))
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',')
}

/// `println!` without its arguments.
pub(super) fn is_bare_macro(input: ParseStream) -> bool {
    let mut tokens = rest(input).into_iter().skip(1);
    let is_bang = |token: Option<TokenTree>| matches!(token, Some(TokenTree::Punct(bang)) if bang.as_char() == '!');
    input.peek(Ident) && is_bang(tokens.next()) && tokens.next().is_none_or(|token| is_comma(&token))
}

pub(super) fn bare_macro(operator: &Ident, input: ParseStream) -> Error {
    let name = rest(input).into_iter().take(1).collect::<TokenStream>();
    let prints = name.to_string().contains("print");
    let call = if prints { format!("{name}!(\"{{x:?}}\")") } else { format!("{name}!(x)") };
    Error::new_spanned(&name, format_args!("a macro is no function\nhelp: `{operator}(|x| {call})`"))
}

/// What follows the stream of failed items, whose name is `name`.
pub(super) fn behind_else(name: &Ident, input: ParseStream) -> Error {
    if input.peek(Token![:]) {
        let message =
            "the stream of failed items takes no type: what it gives are `Rejected` items\nhelp: remove the type";
        return input.error(message);
    }
    if input.peek(Token![else]) {
        return input.error("a statement has one `else`\nhelp: take both apart where its stream is read");
    }
    if input.peek(Token![.]) || input.peek(Token![?]) {
        let flow = rest_of_statement(input);
        return input.error(format_args!(
            "expected `;`, found {}\nhelp: `else {name};`, and read it in a statement of its own: `sink {name}_total = {name}{flow};`",
            found(input)
        ));
    }
    input.error(format_args!("expected `;`, found {}", found(input)))
}

/// Something else than a name behind `else`.
pub(super) fn instead_of_rejects(input: ParseStream) -> Error {
    let help = match input.peek(token::Brace) {
        true => "failed items become a stream, which a statement reads: `else rejects; sink failed = rejects.count();`",
        false => "`else rejects`",
    };
    input.error(format_args!("expected the name of the stream of failed items, found {}\nhelp: {help}", found(input)))
}

/// The names behind `clone`, and the `;`.
pub(super) fn clones(input: ParseStream) -> Result<Vec<Ident>> {
    let mut names = Vec::new();
    loop {
        if !input.peek(Ident) {
            return Err(in_clone(&names, input));
        }
        names.push(input.parse()?);
        if input.peek(Token![;]) {
            input.parse::<Token![;]>()?;
            return Ok(names);
        }
        if !input.peek(Token![,]) {
            return Err(in_clone(&names, input));
        }
        input.parse::<Token![,]>()?;
    }
}

/// Something else than names, separated by `,`, behind `clone`.
fn in_clone(names: &[Ident], input: ParseStream) -> Error {
    let list: Vec<String> = names.iter().map(Ident::to_string).collect();
    let list = list.join(", ");
    let behind = rest_of_statement(input);
    let (expected, help) = if names.is_empty() {
        let inner = match rest(input).into_iter().next() {
            Some(TokenTree::Group(group)) => text::tokens(&group.stream()),
            _ => "db, http".to_owned(),
        };
        ("a name", format!("`clone {inner};`"))
    } else if input.peek(Ident) {
        ("`,` or `;`", format!("`clone {list}, {behind};`"))
    } else if input.peek(Token![;]) {
        ("a name", format!("`clone {list};`"))
    } else if input.peek(Token![=]) {
        ("`,` or `;`", format!("a new value is a `let`: `let {list} {behind};`"))
    } else {
        ("`,` or `;`", format!("`clone {list};` gives each stage that names it a clone"))
    };
    input.error(format_args!("expected {expected}, found {}\nhelp: {help}", found(input)))
}

/// `let x;`
pub(super) fn let_without_value(pat: &syn::Pat, input: ParseStream) -> Error {
    match input.is_empty() {
        true => Error::new_spanned(pat, format_args!("a `let` needs a value\nhelp: `let {} = …;`", text::tokens(pat))),
        false => instead_of("`=`", input),
    }
}
