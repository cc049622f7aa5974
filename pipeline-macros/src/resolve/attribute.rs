//! What stands in one attribute.

use quote::ToTokens;
use syn::{AttrStyle, Attribute, Expr, Ident, Lit, MacroDelimiter, Meta, MetaList};

use super::setting;
use crate::{diagnostics::Diagnostics, syntax, text};

/// `` `#[name(args)]` ``, or with `!` if `attr` has it.
pub(super) fn text(attr: &Attribute, name: impl ToString, args: &str) -> String {
    let bang = match attr.style {
        AttrStyle::Outer => "",
        AttrStyle::Inner(_) => "!",
    };
    let args = if args.is_empty() { String::new() } else { format!("({args})") };
    format!("`#{bang}[{}{args}]`", name.to_string())
}

/// What was given to it, in parentheses or behind `=`, a string without its quotes; nothing if nothing was.
pub(super) fn given(attr: &Attribute) -> String {
    match &attr.meta {
        Meta::Path(_) => String::new(),
        Meta::List(list) => text::tokens(&list.tokens),
        Meta::NameValue(pair) => match &pair.value {
            Expr::Lit(literal) => match &literal.lit {
                Lit::Str(text) => text.value(),
                other => text::tokens(other),
            },
            value => text::tokens(value),
        },
    }
}

/// The arguments in parentheses; reports their absence, and any other form. `example` is what may stand there.
pub(super) fn list<'a>(
    attr: &'a Attribute,
    name: &Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<&'a MetaList> {
    let fact = match &attr.meta {
        Meta::List(list) if list.tokens.is_empty() => "needs its argument",
        Meta::List(list) if matches!(list.delimiter, MacroDelimiter::Paren(_)) => return Some(list),
        Meta::Path(_) => "needs its argument",
        Meta::List(_) | Meta::NameValue(_) => "takes its argument in parentheses",
    };
    let given = given(attr);
    let help = text(attr, name, if given.is_empty() { example } else { &given });
    diagnostics.error(&attr.meta, format_args!("`{name}` {fact}\nhelp: {help}"));
    None
}

/// The one argument in parentheses.
pub(super) fn one_argument(
    attr: &Attribute,
    name: &Ident,
    example: &str,
    diagnostics: &mut Diagnostics,
) -> Option<Expr> {
    let list = list(attr, name, example, diagnostics)?;
    let mut args = arguments(attr, name, list, diagnostics)?.into_iter();
    match (args.next(), args.next()) {
        (Some(Expr::Assign(named)), None) => {
            let help = text(attr, name, &text::tokens(&named.right));
            diagnostics.error(named.left, format_args!("`{name}` takes no named argument\nhelp: {help}"));
            None
        }
        (Some(arg), None) => Some(arg),
        (Some(arg), Some(second)) => {
            let help = text(attr, name, &text::tokens(&arg));
            diagnostics.error(second, format_args!("`{name}` takes one argument\nhelp: {help}"));
            None
        }
        (None, _) => {
            let help = text(attr, name, example);
            diagnostics.error(list, format_args!("`{name}` needs its argument\nhelp: {help}"));
            None
        }
    }
}

/// The arguments as expressions, those that are half typed too.
pub(super) fn arguments(
    attr: &Attribute,
    name: &Ident,
    list: &MetaList,
    diagnostics: &mut Diagnostics,
) -> Option<Vec<Expr>> {
    if let Some(duration) = setting::duration_apart(&list.tokens) {
        let help = text(attr, name, &duration);
        diagnostics.error(&list.tokens, format_args!("a duration is one word\nhelp: {help}"));
        return None;
    }
    match syntax::arguments(list) {
        (args, None) => Some(args),
        (args, Some(error)) => {
            diagnostics.push(error);
            let takes_words = ["on_error", "lossy"].iter().any(|words| name == words);
            (!args.is_empty() && !takes_words).then_some(args)
        }
    }
}

/// Whether its arguments cannot be read as they are. What else is wrong with them may be a consequence.
pub(super) fn is_half_typed(attr: &Attribute) -> bool {
    matches!(&attr.meta, Meta::List(list) if syntax::arguments(list).1.is_some())
}

/// Whether it is given as a word alone, as it must be.
pub(super) fn flag(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> bool {
    let is_word = matches!(attr.meta, Meta::Path(_));
    if !is_word {
        let help = match given(attr).as_str() {
            "false" => "leave it away".to_owned(),
            _ => text(attr, name, ""),
        };
        diagnostics.error(&attr.meta, format_args!("`{name}` takes no argument\nhelp: {help}"));
    }
    is_word
}

/// Whether an expression is this one word.
pub(super) fn is_name(expr: &Expr, name: &str) -> bool {
    matches!(expr, Expr::Path(path) if path.path.is_ident(name))
}

/// The word that an expression was meant to be: `"skip"`, `Skip` and `skip()` are `skip`.
pub(super) fn word(expr: &Expr) -> String {
    let text = text::tokens(&expr.to_token_stream());
    text.trim_matches('"').trim_end_matches("()").to_lowercase()
}
