//! `source`, `stage` and `sink`.

use syn::{
    AngleBracketedGenericArguments, Attribute, Error, Expr, ExprPath, Ident, Result, Token, ext::IdentExt,
    parenthesized, parse::ParseStream, punctuated::Punctuated, token,
};

use super::{
    Body, Call, Flow, Input, Name, Part, Statement, Target, attributes, item,
    unexpected::{self, JOINS},
};

/// What stands behind the keyword.
pub(super) fn parse(attrs: Vec<Attribute>, keyword: Ident, input: ParseStream) -> Result<Statement> {
    let target = parse_target(&keyword, input)?;
    parse_equals(&keyword, &target, input)?;
    let body = match keyword == "source" {
        true => Body::Expr(input.parse()?),
        false => Body::Flow(parse_flow(input)?),
    };
    let or_else = parse_else(&keyword, input)?;
    if !input.peek(Token![;]) {
        return Err(match (&or_else, &body) {
            (Some(rejects), _) => unexpected::behind_else(rejects, input),
            (None, Body::Expr(_)) => unexpected::instead_of("`;`", input),
            (None, Body::Flow(flow)) => unexpected::behind_flow(flow, input),
        });
    }
    input.parse::<Token![;]>()?;
    Ok(Statement { attrs, keyword, target, body, or_else })
}

fn parse_target(keyword: &Ident, input: ParseStream) -> Result<Target> {
    if input.peek(Token![#]) {
        return Err(input.error(
            "an attribute cannot stand on the name of a single stream\n\
             help: put it above the statement",
        ));
    }
    if !input.peek(token::Paren) {
        if !is_name(input) {
            return Err(unexpected::target(keyword, input));
        }
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
    let names: Vec<Name> = names.into_iter().collect();
    // `(a,)` is what a `cfg` leaves of two branches when one is not there.
    if !is_list {
        let help = match names.first() {
            Some(Name { ident, .. }) => {
                format!("`stage ({ident}, …) = …`, or one name without parentheses: `stage {ident} = …`")
            }
            None => "`stage (a, b) = …`".to_owned(),
        };
        return Err(Error::new(paren.span.join(), format_args!("a list of branches needs two or more\nhelp: {help}")));
    }
    if input.peek(Token![:]) {
        let names: Vec<String> = names.iter().map(|name| name.ident.to_string()).collect();
        return Err(unexpected::type_of_a_list(&names, input));
    }
    Ok(Target::Many(names))
}

fn parse_equals(keyword: &Ident, target: &Target, input: ParseStream) -> Result<()> {
    let written = match target {
        Target::One(name) => name.ident.to_string(),
        Target::Many(names) => {
            let names: Vec<String> = names.iter().map(|name| name.ident.to_string()).collect();
            format!("({})", names.join(", "))
        }
    };
    if !input.peek(Token![=]) || input.peek(Token![==]) || input.peek(Token![=>]) {
        return Err(unexpected::instead_of_equals(keyword, &written, target.ty(), input));
    }
    input.parse::<Token![=]>()?;
    Ok(())
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
    if !is_name(input) {
        return Err(unexpected::instead_of_rejects(input));
    }
    input.call(Ident::parse_any).map(Some)
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
        calls.push(parse_call(calls.last(), input)?);
    }
    Ok(Flow { input: stream, question, calls })
}

fn parse_input(input: ParseStream) -> Result<Input> {
    let start = input.fork();
    if !is_name(input) || input.peek(Token![self]) {
        return Err(unexpected::instead_of_stream(input));
    }
    let name = input.call(Ident::parse_any)?;
    let is_join = JOINS.iter().any(|join| name == join);
    let is_called = input.peek(token::Paren);
    if is_called && !is_join || input.peek(Token![::]) || input.peek(Token![!]) || input.peek(token::Bracket) {
        return Err(unexpected::call_for_stream(&name, &start));
    }
    if !is_called {
        return Ok(Input::Name(name));
    }
    let content;
    parenthesized!(content in input);
    let mut parts = Vec::new();
    while !content.is_empty() {
        parts.push(parse_part(&name, &content)?);
        if content.peek(Token![,]) {
            content.parse::<Token![,]>()?;
        } else if !content.is_empty() {
            return Err(unexpected::instead_of("`,`", &content));
        }
    }
    Ok(Input::Join { keyword: name, parts })
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
        let name = content.parse();
        match name {
            Ok(name) if content.is_empty() => Part { weak: mark, wrap: Some(path.path), name },
            _ => return Err(unexpected::wrapped(&path.path, &start)),
        }
    } else {
        match path.path.get_ident() {
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
    match input.is_empty() || input.peek(Token![,]) || input.peek(Ident) {
        true => Ok(part),
        false => Err(unexpected::instead_of_part(join, &start)),
    }
}

fn parse_call(before: Option<&Call>, input: ParseStream) -> Result<Call> {
    if !input.peek(Ident::peek_any) {
        return Err(unexpected::instead_of_operator(input));
    }
    let name = input.call(Ident::parse_any)?;
    let generics = match input.peek(Token![::]) {
        true => Some(AngleBracketedGenericArguments::parse_turbofish(input)?),
        false => None,
    };
    if !input.peek(token::Paren) {
        return Err(unexpected::not_called(&name, before, input));
    }
    let content;
    parenthesized!(content in input);
    let args = parse_args(&name, &content)?;
    Ok(Call { name, generics, args })
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
