//! `timeout(d, total = d)`

use syn::{Attribute, Expr, Ident};

use super::{
    example,
    named::{self, Options},
};
use crate::{
    diagnostics::Diagnostics,
    graph::Timeout,
    resolve::{
        attribute,
        setting::{self, Unit},
    },
    text,
};

/// Other words for the option of `timeout`.
const MEANT: [(&str, &str); 6] = [
    ("overall", "total"),
    ("all", "total"),
    ("max", "total"),
    ("max_elapsed", "total"),
    ("deadline", "total"),
    ("max_total", "total"),
];

pub(super) fn timeout(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Timeout> {
    let args = named::arguments(attr, name, example("timeout"), diagnostics)?;
    let given = Options { of: name, known: &["total"], meant: &MEANT }.read(&args, diagnostics);
    let total = given.option("total").and_then(|assign| {
        let setting = setting::lower(&assign.right, "total", Unit::Duration, diagnostics)?;
        let Expr::Path(path) = &*assign.left else { return None };
        Some((path.path.get_ident()?.clone(), setting))
    });
    let Some((each, surplus)) = given.others.split_first() else {
        if let Some(total) = given.option("total") {
            let help = attribute::text(attr, name, &text::tokens(&total.right));
            let message =
                format!("`{name}` needs the time that one attempt may take\nhelp: {help}, or that and `total`");
            diagnostics.error(&attr.meta, message);
        }
        return None;
    };
    if let Some(second) = surplus.first() {
        let args = format!("{}, total = {}", text::tokens(*each), text::tokens(*second));
        let help = attribute::text(attr, name, &args);
        diagnostics.error(second, format_args!("`{name}` takes one duration and the option `total`\nhelp: {help}"));
    }
    let each = setting::lower(each, "timeout", Unit::Duration, diagnostics)?;
    Some(Timeout { each, total })
}
