//! `limit(&semaphore)`

use syn::{Attribute, Expr, Ident, Lit};

use super::example;
use crate::{
    diagnostics::Diagnostics,
    resolve::{
        attribute::{self, one_argument},
        setting::{self, ungroup},
    },
    text,
};

pub(super) fn limit(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Expr> {
    let arg = one_argument(attr, name, example("limit"), diagnostics)?;
    let help = match ungroup(&arg) {
        Expr::Reference(_) => return setting::no_escape(&arg, "setting", diagnostics).then_some(arg),
        Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_)) => {
            format!(
                "for the bodies of this stage alone there is {}",
                attribute::text(attr, "in_flight", &text::tokens(&arg))
            )
        }
        Expr::Path(_) | Expr::Field(_) => attribute::text(attr, name, &format!("&{}", text::tokens(&arg))),
        _ => attribute::text(attr, name, example("limit")),
    };
    let message = format!("`{name}` is shared with others, and takes a reference to a semaphore\nhelp: {help}");
    diagnostics.error(&arg, message);
    None
}
