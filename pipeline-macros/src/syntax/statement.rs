//! `source`, `stage` and `sink`.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use syn::{
    AngleBracketedGenericArguments, Attribute, Error, Expr, ExprPath, Ident, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
    token,
};

use super::{
    Body, Call, Else, Flow, Input, Link, Name, Part, Statement, Target, attributes, item, mend,
    reading::Reading,
    unexpected::{self, JOINS},
};
use crate::{diagnostics::closest, ops};

/// What stands behind the keyword, its `;` included. One mistake is reported, and the rest of the statement is read as
/// far as it goes.
pub(super) fn parse(attrs: Vec<Attribute>, keyword: Ident, input: ParseStream, reading: &mut Reading<'_>) -> Statement {
    let before = reading.mistakes();
    let target = target(&keyword, input, reading);
    let (body, or_else) = match keyword == "source" {
        true => (Body::Expr(Box::new(source(input, reading))), Else::None),
        false => (Body::Flow(flow(input, reading)), or_else(input, reading)),
    };
    reading.leave_out(input, |input| input.peek(Token![;]));
    let cut = reading.mistakes() > before;
    reading.keep_first_since(before);
    Statement { attrs, keyword, target, body, or_else, cut }
}

/// The target and the `=`; without these the rest can be read as well.
fn target(keyword: &Ident, input: ParseStream, reading: &mut Reading<'_>) -> Target {
    if let Some(error) = unexpected::flow_without_name(keyword, input) {
        reading.diagnostics.push(error);
        return Target::Unread;
    }
    let target = parse_target(keyword, input, reading).unwrap_or_else(|error| {
        reading.skip(error, input, |input| input.peek(Token![=]) || input.peek(Token![;]));
        Target::Unread
    });
    // `a-b` is no `a`
    let is_cut = input.peek(Token![-]) && !input.peek2(Token![>]);
    if !input.peek(Token![=]) || input.peek(Token![==]) || input.peek(Token![=>]) {
        let help = unexpected::equals_of(keyword, &target);
        let error = reading.missing("`=`", &help, input);
        let error = error.unwrap_or_else(|| unexpected::instead_of_equals(keyword, &target, input));
        reading.skip(error, input, |input| !unexpected::equals_follows(input) || input.peek(Token![=]));
    }
    unexpected::skip_signs(input);
    if is_cut { Target::Unread } else { target }
}

fn parse_target(keyword: &Ident, input: ParseStream, reading: &mut Reading<'_>) -> Result<Target> {
    if input.peek(Token![#]) {
        return Err(input.error(
            "an attribute cannot stand on the name of a single stream\n\
             help: put it above the statement; `lossy` belongs on a branch of a `tee`",
        ));
    }
    if !input.peek(token::Paren) {
        if !is_name(input) && !input.peek(Token![_]) {
            let error = reading.missing("a name for the stream", "", input);
            return Err(error.unwrap_or_else(|| unexpected::target(keyword, input)));
        }
        return parse_name(input).map(Target::One);
    }
    let group: Group = input.parse()?;
    let Some((names, is_list)) = branches(&group, reading) else { return Ok(Target::Unread) };
    if keyword != "stage" {
        let message = format!("a `{keyword}` has one name\nhelp: only a `stage` has branches");
        reading.diagnostics.push(Error::new(group.span(), message));
    } else if !is_list {
        // `(a,)` is what a `cfg` leaves of two branches when one is not there.
        let help = match names.first() {
            Some(Name { ident, .. }) => {
                format!("`stage ({ident}, …) = …`, or one name without parentheses: `stage {ident} = …`")
            }
            None => "`stage (a, b) = …`".to_owned(),
        };
        let message = format!("a list of branches needs two or more\nhelp: {help}");
        reading.diagnostics.push(Error::new(group.span(), message));
    }
    if input.peek(Token![:]) {
        let error = unexpected::type_of_a_list(&names, input);
        reading.skip(error, input, |input| input.peek(Token![=]) || input.peek(Token![;]));
    }
    Ok(Target::Many(names))
}

/// The branches in a list, and whether it is one.
fn branches(group: &Group, reading: &mut Reading<'_>) -> Option<(Vec<Name>, bool)> {
    let parse = |input: ParseStream| Punctuated::<Name, Token![,]>::parse_terminated_with(input, parse_branch);
    let names = parse.parse2(group.stream()).map_err(|error| at_end_of(group, error));
    let names = reading.diagnostics.ok(names)?;
    let is_list = names.len() >= 2 || names.len() == 1 && names.trailing_punct();
    Some((names.into_iter().collect(), is_list))
}

pub(super) fn parse_branch(input: ParseStream) -> Result<Name> {
    let attrs = attributes::parse_outer(input)?;
    Ok(Name { attrs, ..parse_name(input)? })
}

/// An identifier, or a keyword that stands where only a name can: it is reported with the names.
fn is_name(input: ParseStream) -> bool {
    let ends = |input: ParseStream| {
        input.is_empty()
            || input.peek(Token![=])
            || input.peek(Token![:])
            || input.peek(Token![,])
            || input.peek(Token![;])
            || input.peek(Token![.])
            || input.peek(Token![?])
    };
    input.peek(Ident) || {
        let fork = input.fork();
        fork.call(Ident::parse_any).is_ok() && ends(&fork)
    }
}

fn parse_name(input: ParseStream) -> Result<Name> {
    if input.peek(Token![_]) {
        return Err(input.error(
            "a stream needs a name, it cannot be `_`\n\
             help: give it one, and drop its items in a sink: `sink dropped = name.discard();`",
        ));
    }
    if !is_name(input) {
        return Err(unexpected::instead_of("a name", input));
    }
    Ok(Name { attrs: Vec::new(), ident: input.call(Ident::parse_any)?, ty: item::parse_type(input)? })
}

/// The expression of a source: all that there is up to the `;`.
fn source(input: ParseStream, reading: &mut Reading<'_>) -> Expr {
    if input.peek(Token![;]) {
        let error = reading.expected("an expression", "", input);
        reading.diagnostics.push(error);
        return mend::missing();
    }
    let mut text = TokenStream::new();
    while !input.peek(Token![;]) {
        match input.parse::<TokenTree>() {
            Ok(token) => text.extend([token]),
            Err(_) => break,
        }
    }
    let read = reading.mend(text, |input| {
        let expr = input.parse()?;
        let (is_whole, surplus) = (input.peek(Token![else]), (!input.is_empty()).then(|| source_goes_on(input)));
        input.parse::<TokenStream>()?;
        Ok(SourceText { expr, surplus, is_whole })
    });
    let Some(SourceText { expr, surplus, is_whole }) = read else { return mend::missing() };
    let Some(error) = surplus else { return expr };
    reading.diagnostics.push(error);
    if is_whole { expr } else { mend::cut_short(&expr) }
}

/// What stands behind the `=` of a source.
struct SourceText {
    expr: Expr,
    /// What is wrong with what stands behind the expression.
    surplus: Option<Error>,
    /// The expression is as it was meant to be all the same.
    is_whole: bool,
}

impl mend::Expressions for SourceText {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(&mut self.expr);
    }
}

fn source_goes_on(input: ParseStream) -> Error {
    if !input.peek(Token![else]) {
        return unexpected::instead_of_end(input);
    }
    input.error(
        "a `source` has no `else`\n\
         help: let it yield the `Result`s, and write `name?` with `else` where they are read",
    )
}

fn or_else(input: ParseStream, reading: &mut Reading<'_>) -> Else {
    if !input.peek(Token![else]) {
        return Else::None;
    }
    let name = parse_else(input, reading);
    let name = reading.diagnostics.ok(name);
    if !input.peek(Token![;]) {
        let error = match &name {
            Some(name) => unexpected::behind_else(name, input),
            None => unexpected::instead_of_end(input),
        };
        // it may have been meant to be read in what is left out
        reading.unread.extend(name.iter().map(|name| TokenTree::Ident(name.clone())));
        reading.skip(error, input, |input| input.peek(Token![;]));
    }
    name.map_or(Else::Unread, Else::Name)
}

fn parse_else(input: ParseStream, reading: &Reading<'_>) -> Result<Ident> {
    input.parse::<Token![else]>()?;
    match is_name(input) {
        true => input.call(Ident::parse_any),
        false => {
            let error = reading.missing("the name of the stream of failed items", "`else rejects`", input);
            Err(error.unwrap_or_else(|| unexpected::instead_of_rejects(input)))
        }
    }
}

/// The input and the operators. What cannot be read is left out, up to the next operator.
fn flow(input: ParseStream, reading: &mut Reading<'_>) -> Flow {
    let stream = parse_input(input, reading).unwrap_or_else(|error| {
        reading.skip(error, input, goes_on);
        Input::Unread
    });
    let question: Option<Token![?]> = input.parse().unwrap_or_default();
    if question.is_some() && input.peek(Token![?]) {
        let error = input.error(
            "one `?` is all that a stream takes\n\
             help: take the inner `Result` apart in a `map`",
        );
        reading.skip(error, input, goes_on);
    }
    let mut flow = Flow { input: stream, question, links: Vec::new() };
    while !(input.is_empty() || input.peek(Token![else]) || input.peek(Token![;])) {
        let link = link(&flow, input, reading);
        flow.links.push(link);
    }
    if matches!(flow.input, Input::Unread) {
        let methods = flow.links.iter().rposition(is_method).map_or(0, |last| last + 1);
        flow.links.drain(..methods);
    }
    flow
}

/// Behind a value that stands in the place of a stream: what is no operator is the value's own.
fn is_method(link: &Link) -> bool {
    let Link::Call(call) = link else { return false };
    let name = call.name.to_string();
    let operators = || ops::ALL.iter().map(|spec| spec.name);
    ops::find(&name).is_none() && closest(&name, operators()).is_none()
}

fn link(flow: &Flow, input: ParseStream, reading: &mut Reading<'_>) -> Link {
    let start = input.fork();
    let error = match input.peek(Token![.]) {
        true => match parse_call(flow.links.last(), input, reading) {
            Ok(link) => return link,
            Err(error) => error,
        },
        false => unexpected::behind_flow(flow, input),
    };
    reading.skip(error, input, goes_on);
    Link::Unread(operator_at(&start))
}

/// The name behind the `.`, or one that stands for it.
fn operator_at(input: ParseStream) -> Option<Ident> {
    input.parse::<Token![.]>().ok()?;
    Some(input.call(Ident::parse_any).unwrap_or_else(|_| Ident::new("unfinished", Span::call_site())))
}

/// Whether an operator follows, or what stands behind the last one.
fn goes_on(input: ParseStream) -> bool {
    input.peek(Token![.]) && input.peek2(Ident::peek_any) || input.peek(Token![else]) || input.peek(Token![;])
}

fn parse_input(input: ParseStream, reading: &mut Reading<'_>) -> Result<Input> {
    let start = input.fork();
    if let Some(error) = reading.missing("the name of a stream", "", input) {
        return Err(error);
    }
    if !is_name(input) || input.peek(Token![self]) {
        return Err(unexpected::instead_of_stream(input));
    }
    let name = input.call(Ident::parse_any)?;
    let is_join = JOINS.iter().any(|join| name == join);
    let is_called = input.peek(token::Paren);
    let is_macro = input.peek(Token![!]) && (input.peek2(token::Paren) || input.peek2(token::Bracket));
    if is_called && !is_join || is_macro || input.peek(Token![::]) || is_join && input.peek(token::Bracket) {
        return Err(unexpected::call_for_stream(&name, &start));
    }
    if !is_called {
        return Ok(Input::Name(name));
    }
    let group: Group = input.parse()?;
    let parse = |input: ParseStream| parse_parts(&name, input);
    match parse.parse2(group.stream()) {
        Ok(parts) => Ok(Input::Join { keyword: name, parts }),
        Err(error) => {
            reading.unread.extend(group.stream());
            Err(at_end_of(&group, error))
        }
    }
}

fn parse_parts(join: &Ident, input: ParseStream) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        parts.push(parse_part(join, input)?);
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else if !input.is_empty() {
            return Err(unexpected::instead_of("`,`", input));
        }
    }
    Ok(parts)
}

/// `NAME`, `PATH(NAME)`, `weak NAME`
fn parse_part(join: &Ident, input: ParseStream) -> Result<Part> {
    let mark = match input.peek(Ident) && input.peek2(Ident) {
        true => Some(input.parse::<Ident>()?),
        false => None,
    };
    if let Some(mark) = mark.as_ref().filter(|mark| *mark != "weak") {
        return Err(unexpected::mark_of_part(mark, &input.parse()?));
    }
    let start = input.fork();
    let Ok(path) = input.parse::<ExprPath>() else { return Err(unexpected::instead_of_part(join, &start)) };
    let part = if input.peek(token::Paren) {
        let content;
        parenthesized!(content in input);
        match content.parse() {
            Ok(name) if content.is_empty() => Part { weak: mark, wrap: Some(path.path), name },
            _ => return Err(unexpected::wrapped(&path.path, &start)),
        }
    } else {
        match path.path.get_ident() {
            Some(name) if name == "weak" && mark.is_none() => return Err(unexpected::bare_weak(name)),
            Some(name) if path.qself.is_none() => Part { weak: mark, wrap: None, name: name.clone() },
            _ => return Err(unexpected::instead_of_part(join, &start)),
        }
    };
    if input.peek(Token![?]) {
        let message = format!(
            "`?` cannot stand on one input of a join\n\
             help: give it a stage of its own: `stage good = {}?;`",
            part.name
        );
        return Err(input.error(message));
    }
    match input.peek(Token![.]) || input.peek(Token![!]) || input.peek(token::Bracket) {
        true => Err(unexpected::instead_of_part(join, &start)),
        false => Ok(part),
    }
}

/// An error at the end of the content, which has no place of its own, at that of the group.
fn at_end_of(group: &Group, error: Error) -> Error {
    match error.to_string().starts_with("unexpected end of input") {
        true => {
            let message = error.to_string();
            let message = message.strip_prefix("unexpected end of input, ").unwrap_or(&message);
            Error::new(group.span_close(), message)
        }
        false => error,
    }
}

fn parse_call(before: Option<&Link>, input: ParseStream, reading: &mut Reading<'_>) -> Result<Link> {
    let dot: Token![.] = input.parse()?;
    if !input.peek(Ident::peek_any) {
        return Err(Error::new_spanned(dot, "expected an operator behind the `.`"));
    }
    let name = input.call(Ident::parse_any)?;
    let generics = match input.peek(Token![::]) {
        true => Some(AngleBracketedGenericArguments::parse_turbofish(input)?),
        false => None,
    };
    if !input.peek(token::Paren) {
        return Err(unexpected::not_called(&name, before, input));
    }
    let group: Group = input.parse()?;
    let before = reading.mistakes();
    let args = match group.stream().is_empty() {
        true => Some(Vec::new()),
        false => reading.mend(group.stream(), |input| parse_args(&name, input)),
    };
    let mended = reading.mistakes() > before;
    Ok(match args {
        Some(args) => Link::Call(Call { name, generics, args, mended }),
        None => Link::Unread(Some(name)),
    })
}

fn parse_args(operator: &Ident, input: ParseStream) -> Result<Vec<Expr>> {
    let mut args: Vec<Expr> = Vec::new();
    while !input.is_empty() {
        if unexpected::is_bare_macro(input) {
            return Err(unexpected::bare_macro(operator, input));
        }
        args.push(input.parse()?);
        if input.peek(Token![,]) {
            input.parse::<Token![,]>()?;
        } else if !input.is_empty() {
            return Err(unexpected::in_arguments(operator, args.last(), input));
        }
    }
    Ok(args)
}
