//! The inner attributes of a pipeline.

use syn::{Attribute, Expr, Ident, Lit, LitStr, Meta};

use super::{
    lints,
    policies::{expressions, flag, list, one_argument},
    setting::{self, Unit},
};
use crate::{
    diagnostics::{Diagnostics, suggest},
    graph::{Options, Setting},
};

pub(crate) const KNOWN: [&str; 9] = ["name", "error", "buffer", "deadline", "drain", "inline", "deny", "warn", "allow"];
/// Inner attributes of the language that are not built yet.
const PLANNED: [&str; 1] = ["retry_budget"];

/// Reads the inner attributes, all but the type of `#![error(TYPE)]`, which it only checks.
pub(super) fn lower(attrs: &[Attribute], is_function: bool, diagnostics: &mut Diagnostics) -> Options {
    let mut options = Options::default();
    let mut written: Vec<&Ident> = Vec::new();
    // comments are no options
    for attr in attrs.iter().filter(|attr| !attr.path().is_ident("doc")) {
        let Some(name) = attr.path().get_ident().filter(|name| KNOWN.iter().any(|known| *name == known)) else {
            unknown(attr, diagnostics);
            options.left_out.extend(expressions(attr));
            continue;
        };
        if let Some(level) = lints::level(name) {
            options.lints.extend(lints::lower(attr, name, level, diagnostics));
            continue;
        }
        if let Some(first) = written.iter().find(|first| **first == name) {
            diagnostics.conflict(
                name,
                format_args!("`{name}` is given twice"),
                first,
                format_args!("`{name}` is given here first"),
            );
            continue;
        }
        written.push(name);
        let before = diagnostics.count();
        match name.to_string().as_str() {
            "name" => options.name = pipeline_name(attr, diagnostics),
            "buffer" => options.buffer = setting(attr, name, "`#![buffer(1024)]`", Unit::Count, diagnostics),
            "deadline" => options.deadline = setting(attr, name, "`#![deadline(30s)]`", Unit::Duration, diagnostics),
            "drain" => options.drain = setting(attr, name, "`#![drain(10s)]`", Unit::Duration, diagnostics),
            "inline" => options.inline = flag(attr, name, "`#![inline]`", diagnostics).is_some(),
            _ => error(attr, name, is_function, diagnostics),
        }
        if diagnostics.count() > before {
            options.left_out.extend(expressions(attr));
        }
    }
    options
}

fn unknown(attr: &Attribute, diagnostics: &mut Diagnostics) {
    let path = attr.path();
    let text = path.get_ident().map(Ident::to_string).unwrap_or_default();
    if text == "cfg" || text == "cfg_attr" {
        let message = format!(
            "`#![{text}]` cannot stand inside a pipeline\n\
             help: put `#[{text}(…)]` above the `fn`, or above the statement that the `pipeline!` stands in"
        );
        diagnostics.error(path, message);
        return;
    }
    if let Some(instead) = lints::instead(&text) {
        let message = format!("`#![{text}]` cannot stand inside a pipeline\nhelp: `#![{instead}(…)]`");
        diagnostics.error(path, message);
        return;
    }
    match PLANNED.contains(&text.as_str()) {
        true => diagnostics.not_yet(path, format_args!("#![{text}]")),
        false => {
            let message = format!("unknown attribute `#![{}]`{}", path_text(attr), suggest(&text, &KNOWN));
            diagnostics.error(path, message);
        }
    }
}

fn path_text(attr: &Attribute) -> String {
    let segments: Vec<String> = attr.path().segments.iter().map(|segment| segment.ident.to_string()).collect();
    segments.join("::")
}

fn pipeline_name(attr: &Attribute, diagnostics: &mut Diagnostics) -> Option<LitStr> {
    if let Meta::NameValue(pair) = &attr.meta
        && let Expr::Lit(literal) = &pair.value
        && let Lit::Str(name) = &literal.lit
    {
        return Some(name.clone());
    }
    diagnostics.error(&attr.meta, "`name` takes a string\nhelp: `#![name = \"load\"]`");
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

fn error(attr: &Attribute, name: &Ident, is_function: bool, diagnostics: &mut Diagnostics) {
    if is_function {
        diagnostics.error(
            name,
            "the error type of a `fn` stands in its return type\n\
             help: `-> Pipeline<Output, Error>`",
        );
        return;
    }
    let example = "`#![error(LoadError)]`";
    if let Some(list) = list(attr, name, example, diagnostics)
        && list.parse_args::<syn::Type>().is_err()
    {
        diagnostics.error(list, format_args!("`{name}` takes a type\nhelp: {example}"));
    }
}
