//! `source`, `stage` and `sink`.

use syn::{
    AngleBracketedGenericArguments, Attribute, Error, Expr, ExprPath, Ident, Result, Token,
    ext::IdentExt,
    parenthesized,
    parse::{Parse, ParseStream},
    punctuated::Punctuated,
    token,
};

use super::{Body, Call, Flow, Input, Name, Part, Statement, Target, attributes, item};
use crate::diagnostics::closest;

/// The inputs that are written like calls.
const JOINS: [&str; 3] = ["merge", "zip", "concat"];

/// What stands behind the keyword.
pub(super) fn parse(attrs: Vec<Attribute>, keyword: Ident, input: ParseStream) -> Result<Statement> {
    let target = parse_target(&keyword, input)?;
    input.parse::<Token![=]>()?;
    let body = match keyword == "source" {
        true => Body::Expr(input.parse()?),
        false => Body::Flow(parse_flow(input)?),
    };
    let or_else = parse_else(&keyword, input)?;
    if !input.peek(Token![;]) {
        return Err(input.error(match body {
            Body::Expr(_) => "expected `;`",
            Body::Flow(_) => "expected `.`, `else` or `;`",
        }));
    }
    input.parse::<Token![;]>()?;
    Ok(Statement { attrs, keyword, target, body, or_else })
}

fn parse_target(keyword: &Ident, input: ParseStream) -> Result<Target> {
    if input.peek(Token![#]) {
        return Err(input.error(
            "an attribute cannot stand on the name of a single stream\n\
             help: put it above the statement; `lossy` belongs on a branch of a `tee`",
        ));
    }
    if !input.peek(token::Paren) {
        return parse_name(input).map(Target::One);
    }
    let content;
    let paren = parenthesized!(content in input);
    let names = Punctuated::<Name, Token![,]>::parse_terminated_with(&content, parse_branch)?;
    let is_list = names.len() >= 2 || names.len() == 1 && names.trailing_punct();
    if keyword != "stage" {
        let message = format!("a `{keyword}` has one name\nhelp: only a `stage` has branches");
        return Err(Error::new(paren.span.join(), message));
    }
    // `(a,)` is what a `cfg` leaves of two branches when one is not there.
    if !is_list {
        return Err(Error::new(
            paren.span.join(),
            "a list of branches needs two or more\n\
             help: `stage (a, b) = …`",
        ));
    }
    Ok(Target::Many(names.into_iter().collect()))
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

fn parse_else(keyword: &Ident, input: ParseStream) -> Result<Option<Ident>> {
    if !input.peek(Token![else]) {
        return Ok(None);
    }
    let token: Token![else] = input.parse()?;
    if keyword == "source" {
        let message = "a `source` has no `else`\n\
            help: let it yield the `Result`s, and write `name?` with `else` where they are read";
        return Err(Error::new_spanned(token, message));
    }
    if !input.peek(Ident) {
        return Err(input.error(
            "expected the name of the stream of failed items\n\
             help: `else rejects`",
        ));
    }
    input.parse().map(Some)
}

fn parse_flow(input: ParseStream) -> Result<Flow> {
    let stream = parse_input(input)?;
    let question: Option<Token![?]> = input.parse()?;
    if question.is_some() && input.peek(Token![?]) {
        return Err(input.error(
            "one `?` is all that a stream takes\n\
             help: take the inner `Result` apart in a `map`",
        ));
    }
    let mut calls = Vec::new();
    while input.peek(Token![.]) {
        input.parse::<Token![.]>()?;
        calls.push(parse_call(input)?);
    }
    Ok(Flow { input: stream, question, calls })
}

fn parse_input(input: ParseStream) -> Result<Input> {
    let name: Ident = input.call(|input| {
        if input.peek(Ident) { input.parse() } else { Err(input.error("expected the name of a stream")) }
    })?;
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
    let content;
    parenthesized!(content in input);
    let parts = Punctuated::<Part, Token![,]>::parse_terminated(&content)?.into_iter().collect();
    Ok(Input::Join { keyword: name, parts })
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

fn parse_call(input: ParseStream) -> Result<Call> {
    let name = input.call(Ident::parse_any)?;
    let generics = match input.peek(Token![::]) {
        true => Some(AngleBracketedGenericArguments::parse_turbofish(input)?),
        false => None,
    };
    if !input.peek(token::Paren) {
        return Err(Error::new_spanned(&name, not_called(&name)));
    }
    let content;
    parenthesized!(content in input);
    let args = Punctuated::<Expr, Token![,]>::parse_terminated(&content)?;
    Ok(Call { name, generics, args: args.into_iter().collect() })
}

fn not_called(name: &Ident) -> String {
    if name == "await" {
        return "a stream cannot be awaited\n\
            help: `.await` belongs into a source's expression or an `async` closure"
            .to_owned();
    }
    match crate::ops::find(&name.to_string()) {
        Some(spec) => format!("the operator `{name}` is not called\nhelp: `.{}`", spec.summary),
        None => format!("expected a call of an operator, found `{name}`\nhelp: `.{name}(…)`"),
    }
}
