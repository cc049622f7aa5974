//! `source`, `stage` and `sink`.

use proc_macro2::{Group, TokenStream, TokenTree};
use syn::{
    AngleBracketedGenericArguments, Attribute, Error, Expr, ExprPath, Ident, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream, Parser},
    punctuated::Punctuated,
    token,
};

use super::{
    Body, Call, Else, Flow, Input, Link, Name, Part, Statement, Target, attributes, item, mend, reading::Reading, split,
};
use crate::{
    diagnostics::{closest, one_of},
    ops,
};

/// The inputs that are written like calls.
const JOINS: [&str; 3] = ["merge", "zip", "concat"];

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
    let target = parse_target(keyword, input, reading).unwrap_or_else(|error| {
        reading.skip(error, input, |input| input.peek(Token![=]) || input.peek(Token![;]));
        Target::Unread
    });
    if input.parse::<Token![=]>().is_err() {
        let error = reading.expected("`=`", "", input);
        reading.diagnostics.push(error);
    }
    target
}

fn parse_target(keyword: &Ident, input: ParseStream, reading: &mut Reading<'_>) -> Result<Target> {
    if input.peek(Token![#]) {
        return Err(input.error(
            "an attribute cannot stand on the name of a single stream\n\
             help: put it above the statement; `lossy` belongs on a branch of a `tee`",
        ));
    }
    if !input.peek(token::Paren) {
        if !(input.peek(Ident) || input.peek(Token![_])) {
            return Err(reading.expected("a name for the stream", "", input));
        }
        return parse_name(input).map(Target::One);
    }
    let group: Group = input.parse()?;
    let (names, is_list) = branches(&group, reading);
    if keyword != "stage" {
        let message = format!("a `{keyword}` has one name\nhelp: only a `stage` has branches");
        reading.diagnostics.push(Error::new(group.span(), message));
    } else if !is_list {
        // `(a,)` is what a `cfg` leaves of two branches when one is not there.
        reading.diagnostics.push(Error::new(
            group.span(),
            "a list of branches needs two or more\n\
             help: `stage (a, b) = …`",
        ));
    }
    Ok(Target::Many(names))
}

/// The branches in a list, and whether it is one. Of one that cannot be read only the name is kept.
fn branches(group: &Group, reading: &mut Reading<'_>) -> (Vec<Name>, bool) {
    let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
    let parse = |input: ParseStream| Punctuated::<Name, Token![,]>::parse_terminated_with(input, parse_branch);
    match parse.parse2(group.stream()) {
        Ok(names) => {
            let is_list = names.len() >= 2 || names.len() == 1 && names.trailing_punct();
            (names.into_iter().collect(), is_list)
        }
        Err(error) => {
            reading.diagnostics.push(at_end_of(group, error));
            let parts = tokens.split(|token| split::is_punct(token, ','));
            let names = parts.filter_map(|part| {
                let name = split::skip_attributes(part).first().cloned()?;
                let ident = syn::parse2(name.into()).ok()?;
                Some(Name { attrs: Vec::new(), ident, ty: None })
            });
            (names.collect(), true)
        }
    }
}

pub(super) fn parse_branch(input: ParseStream) -> Result<Name> {
    let attrs = attributes::parse_outer(input)?;
    Ok(Name { attrs, ..parse_name(input)? })
}

fn parse_name(input: ParseStream) -> Result<Name> {
    if input.peek(Token![_]) {
        return Err(input.error("a stream needs a name, it cannot be `_`"));
    }
    Ok(Name { attrs: Vec::new(), ident: input.parse()?, ty: item::parse_type(input)? })
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
        let surplus = (!input.is_empty()).then(|| source_goes_on(input));
        input.parse::<TokenStream>()?;
        Ok(SourceText { expr, surplus })
    });
    let Some(SourceText { expr, surplus }) = read else { return mend::missing() };
    if let Some(error) = surplus {
        reading.diagnostics.push(error);
    }
    expr
}

/// What stands behind the `=` of a source.
struct SourceText {
    expr: Expr,
    /// What is wrong with what stands behind the expression.
    surplus: Option<Error>,
}

impl mend::Expressions for SourceText {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(&mut self.expr);
    }
}

fn source_goes_on(input: ParseStream) -> Error {
    if !input.peek(Token![else]) {
        return input.error("expected `;`");
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
        reading.skip(input.error("expected `;`"), input, |input| input.peek(Token![;]));
    }
    name.map_or(Else::Unread, Else::Name)
}

fn parse_else(input: ParseStream, reading: &Reading<'_>) -> Result<Ident> {
    input.parse::<Token![else]>()?;
    if !input.peek(Ident) {
        return Err(reading.expected("the name of the stream of failed items", "`else rejects`", input));
    }
    input.parse()
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
    let mut links = Vec::new();
    while !(input.is_empty() || input.peek(Token![else]) || input.peek(Token![;])) {
        links.push(link(input, reading));
    }
    Flow { input: stream, question, links }
}

fn link(input: ParseStream, reading: &mut Reading<'_>) -> Link {
    let error = match input.peek(Token![.]) {
        true => match parse_call(input, reading) {
            Ok(link) => return link,
            Err(error) => error,
        },
        false => input.error("expected `.`, `else` or `;`"),
    };
    reading.skip(error, input, goes_on);
    Link::Unread
}

/// Whether an operator follows, or what stands behind the last one.
fn goes_on(input: ParseStream) -> bool {
    input.peek(Token![.]) && input.peek2(Ident::peek_any) || input.peek(Token![else]) || input.peek(Token![;])
}

fn parse_input(input: ParseStream, reading: &mut Reading<'_>) -> Result<Input> {
    if !input.peek(Ident) {
        return Err(reading.expected("the name of a stream", "", input));
    }
    let name: Ident = input.parse()?;
    if input.peek(Token![::]) || input.peek(token::Paren) && !JOINS.iter().any(|join| name == join) {
        let message = match closest(&name.to_string(), JOINS) {
            Some(near) => format!("unknown join `{name}`\nhelp: did you mean `{near}`?"),
            None => format!(
                "expected a stream, found a call of `{name}`\n\
                 help: give what it returns a name: `source items = {name}(…);`"
            ),
        };
        return Err(Error::new_spanned(name, message));
    }
    if !input.peek(token::Paren) {
        return Ok(Input::Name(name));
    }
    let group: Group = input.parse()?;
    match Punctuated::<Part, Token![,]>::parse_terminated.parse2(group.stream()) {
        Ok(parts) => Ok(Input::Join { keyword: name, parts: parts.into_iter().collect() }),
        Err(error) => {
            reading.unread.extend(group.stream());
            Err(at_end_of(&group, error))
        }
    }
}

impl Parse for Part {
    fn parse(input: ParseStream) -> Result<Self> {
        let marked = input.peek(Ident) && input.peek2(Ident) && input.fork().parse::<Ident>()? == "weak";
        let weak = if marked { Some(input.parse()?) } else { None };
        let path: ExprPath = input.parse()?;
        let part = if input.peek(token::Paren) {
            let content;
            parenthesized!(content in input);
            let name = content.parse()?;
            if !content.is_empty() {
                return Err(content.error("expected the name of a stream and nothing else"));
            }
            Part { weak, wrap: Some(path.path), name }
        } else {
            match path.path.get_ident() {
                Some(name) if path.qself.is_none() => Part { weak, wrap: None, name: name.clone() },
                _ => {
                    return Err(Error::new_spanned(
                        path,
                        "expected the name of a stream\n\
                         help: to wrap its items write `Path(name)`",
                    ));
                }
            }
        };
        if input.peek(Token![?]) {
            return Err(input.error(
                "`?` cannot stand on one input of a join\n\
                 help: give it a stage of its own: `stage good = name?;`",
            ));
        }
        Ok(part)
    }
}

/// An error at the end of the content, which has no place of its own, at that of the group.
fn at_end_of(group: &Group, error: Error) -> Error {
    match error.to_string().starts_with("unexpected end of input") {
        true => Error::new(group.span_close(), error),
        false => error,
    }
}

fn parse_call(input: ParseStream, reading: &mut Reading<'_>) -> Result<Link> {
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
        return Err(Error::new_spanned(&name, not_called(&name)));
    }
    let group: Group = input.parse()?;
    let before = reading.mistakes();
    let args = match group.stream().is_empty() {
        true => Some(Vec::new()),
        false => reading.mend(group.stream(), |input| {
            Ok(Punctuated::<Expr, Token![,]>::parse_terminated(input)?.into_iter().collect())
        }),
    };
    let mended = reading.mistakes() > before;
    Ok(args.map_or(Link::Unread, |args| Link::Call(Call { name, generics, args, mended })))
}

fn not_called(name: &Ident) -> String {
    if name == "await" {
        return "a stream cannot be awaited\n\
            help: `.await` belongs into a source's expression or an `async` closure"
            .to_owned();
    }
    let text = name.to_string();
    if let Some(spec) = ops::find(&text) {
        return format!("the operator `{name}` is not called\nhelp: `.{}`", spec.summary);
    }
    let begun: Vec<&str> = ops::ALL.iter().map(|spec| spec.name).filter(|known| known.starts_with(&text)).collect();
    let help = match closest(&text, ops::ALL.iter().map(|spec| spec.name)) {
        Some(near) if begun.is_empty() => format!("did you mean `{near}`?"),
        None if begun.is_empty() => format!("`.{name}(…)`"),
        _ => format!("did you mean {}?", one_of(&begun)),
    };
    format!("expected a call of an operator, found `{name}`\nhelp: {help}")
}
