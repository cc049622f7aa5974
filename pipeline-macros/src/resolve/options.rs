//! The inner attributes of a pipeline.

use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta};

use super::{
    attribute::{self, one_argument},
    lints,
    policies::{budget, expressions, inline, twice},
    setting::{self, Unit},
    unknown,
};
use crate::{
    diagnostics::Diagnostics,
    graph::{Level, Options, Setting},
    syntax::Returned,
    text,
};

pub(crate) const KNOWN: [&str; 10] =
    ["name", "error", "buffer", "deadline", "drain", "retry_budget", "inline", "deny", "warn", "allow"];

/// Reads the inner attributes, all but the type of `#![error(TYPE)]`, which it only checks. `returned` is what the `fn`
/// form returns.
pub(super) fn lower(
    attrs: &[Attribute],
    returned: Option<Option<Returned<'_>>>,
    diagnostics: &mut Diagnostics,
) -> Options {
    let mut options = Options::default();
    let mut written: Vec<&Ident> = Vec::new();
    // comments are no options
    for attr in attrs.iter().filter(|attr| !attr.path().is_ident("doc")) {
        let before = diagnostics.count();
        read(attr, &mut options, &mut written, returned, diagnostics);
        if diagnostics.count() > before {
            let is_half_typed = attribute::is_half_typed(attr);
            let kept = match attr.path().get_ident().map(Ident::to_string).as_deref() {
                Some("buffer") => options.buffer.is_some(),
                Some("deadline") => options.deadline.is_some(),
                Some("drain") => options.drain.is_some(),
                _ => false,
            };
            if is_half_typed && kept {
                diagnostics.truncate(before + 1);
            } else {
                options.left_out.extend(expressions(attr));
            }
        }
    }
    options
}

/// Reads one of them.
fn read<'a>(
    attr: &'a Attribute,
    options: &mut Options,
    written: &mut Vec<&'a Ident>,
    returned: Option<Option<Returned<'_>>>,
    diagnostics: &mut Diagnostics,
) {
    let name = attr.path().get_ident();
    if let Some(instead) = name.and_then(|name| lints::instead(&name.to_string())) {
        level_of_rustc(attr, instead, diagnostics);
        return;
    }
    let Some(name) = name.filter(|name| KNOWN.iter().any(|known| *name == known)) else {
        unknown::on_pipeline(attr, &KNOWN, diagnostics);
        return;
    };
    if let Some(level) = lints::level(name) {
        let before = diagnostics.count();
        options.lints.extend(lints::lower(attr, name, level, diagnostics));
        options.unread_lints |= level == Level::Allow && diagnostics.count() > before;
        return;
    }
    if let Some(first) = written.iter().find(|first| **first == name) {
        twice(name, first, diagnostics);
        return;
    }
    written.push(name);
    match name.to_string().as_str() {
        "name" => options.name = pipeline_name(attr, diagnostics),
        "buffer" => options.buffer = setting(attr, name, "1024", Unit::Count, diagnostics),
        "deadline" => options.deadline = setting(attr, name, "30s", Unit::Duration, diagnostics),
        "drain" => options.drain = setting(attr, name, "10s", Unit::Duration, diagnostics),
        "retry_budget" => options.retry_budget = budget::budget(attr, name, diagnostics),
        "inline" => options.inline = inline(attr, name, diagnostics),
        _ => match returned {
            Some(returned) => error_of_function(attr, name, returned, diagnostics),
            None => error(attr, name, diagnostics),
        },
    }
}

/// `#![forbid(…)]` and `#![expect(…)]`
fn level_of_rustc(attr: &Attribute, instead: &str, diagnostics: &mut Diagnostics) {
    let path = attr.path();
    let given = attribute::given(attr);
    let lints = if given.is_empty() { "…" } else { &given };
    let message = format!(
        "`#![{}]` cannot stand inside a pipeline\n\
         help: `#![{instead}({lints})]`",
        text::tokens(path)
    );
    diagnostics.error(path, message);
}

fn pipeline_name(attr: &Attribute, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    let given = attribute::given(attr);
    let text = match given.trim_matches('"') {
        "" => "load",
        text if text.contains('"') => "load",
        text => text,
    };
    if let Meta::NameValue(pair) = &attr.meta
        && let Expr::Lit(literal) = &pair.value
        && let Lit::Str(name) = &literal.lit
    {
        if !name.value().is_empty() {
            return Some(name.clone());
        }
        diagnostics.error(name, format_args!("a pipeline's name cannot be empty\nhelp: `#![name = {text:?}]`"));
        return None;
    }
    diagnostics.error(&attr.meta, format_args!("`name` takes a string\nhelp: `#![name = {text:?}]`"));
    None
}

fn setting(
    attr: &Attribute,
    name: &Ident,
    example: &str,
    unit: Unit,
    diagnostics: &mut Diagnostics,
) -> Option<Setting> {
    let arg = one_argument(attr, name, example, diagnostics)?;
    setting::lower(&arg, &name.to_string(), unit, diagnostics)
}

fn error_of_function(attr: &Attribute, name: &Ident, returned: Option<Returned<'_>>, diagnostics: &mut Diagnostics) {
    let given = attribute::given(attr);
    let error = if given.is_empty() { "Error" } else { &given };
    let ty = match returned {
        Some(Returned::Pipeline { output, .. }) => format!("Pipeline<{}, {error}>", text::tokens(output)),
        Some(Returned::Flow { input, .. }) => format!("Flow<{}, Output, {error}>", text::tokens(input)),
        None => format!("Pipeline<Output, {error}>"),
    };
    diagnostics.error(name, format_args!("the error type of a `fn` stands in its return type\nhelp: `-> {ty}`"));
}

fn error(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) {
    let example = "LoadError";
    if let Some(list) = attribute::list(attr, name, example, diagnostics)
        && list.parse_args::<syn::Type>().is_err()
    {
        let help = attribute::text(attr, name, example);
        diagnostics.error(&list.tokens, format_args!("`{name}` takes one type\nhelp: {help}"));
    }
}
