//! `#![retry_budget(ratio = r, floor = n, per = d)]`

use syn::{Attribute, Expr, Ident, Lit};

use super::named::{self, Options};
use crate::{
    diagnostics::Diagnostics,
    graph::RetryBudget,
    resolve::setting::{self, Number, Unit},
    text,
};

const EXAMPLE: &str = "ratio = 0.1, floor = 10, per = 1s";

/// Other words for its options.
const MEANT: [(&str, &str); 8] = [
    ("percent", "ratio"),
    ("retry_percent", "ratio"),
    ("min", "floor"),
    ("min_per_sec", "floor"),
    ("reserve", "floor"),
    ("ttl", "per"),
    ("window", "per"),
    ("within", "per"),
];

/// `ratio = r`
const RATIO: Number = Number { of: "ratio", least: 0, such_as: "`0.1`, for one in ten" };

pub(in crate::resolve) fn budget(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<RetryBudget> {
    let args = named::arguments(attr, name, EXAMPLE, diagnostics)?;
    let given = Options { of: name, known: &["ratio", "floor", "per"], meant: &MEANT }.read(&args, diagnostics);
    for other in &given.others {
        let option = match other {
            other if setting::is_duration(other) => "per",
            Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_)) => "floor",
            _ => "ratio",
        };
        named::nameless(attr, name, other, &format!("{option} = {}", text::tokens(*other)), diagnostics);
    }
    let ratio = given.value("ratio").filter(|value| setting::is_number(value, &RATIO, diagnostics)).cloned();
    let mut setting =
        |option, unit| given.value(option).and_then(|value| setting::lower(value, option, unit, diagnostics));
    let (floor, per) = (setting("floor", Unit::Count), setting("per", Unit::Duration));
    Some(RetryBudget { name: name.clone(), ratio, floor, per })
}
