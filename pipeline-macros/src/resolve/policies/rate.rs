//! `rate(n, per = d, burst = n, by = |x| key)` or `rate(&limiter)`

use syn::{Attribute, Expr, Ident};

use super::{
    example,
    named::{self, Given, Options},
};
use crate::{
    diagnostics::Diagnostics,
    graph::{Func, Rate, RateOf},
    resolve::{
        attribute,
        func::{self, Expected, FormOf},
        setting::{self, Unit, ungroup},
    },
    text,
};

/// Other words for the options of `rate`.
const MEANT: [(&str, &str); 11] = [
    ("every", "per"),
    ("within", "per"),
    ("period", "per"),
    ("interval", "per"),
    ("window", "per"),
    ("in", "per"),
    ("capacity", "burst"),
    ("max_burst", "burst"),
    ("at_once", "burst"),
    ("key", "by"),
    ("keyed", "by"),
];

pub(super) fn rate(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Rate> {
    let args = named::arguments(attr, name, example("rate"), diagnostics)?;
    let before = diagnostics.count();
    let given = Options { of: name, known: &["per", "burst", "by"], meant: &MEANT }.read(&args, diagnostics);
    let by = given.value("by").and_then(|by| key_of(by, diagnostics));
    let Some((first, surplus)) = given.others.split_first() else {
        // it may be what was reported
        if diagnostics.count() == before {
            let help = attribute::text(attr, name, &format!("100, {}", attribute::given(attr)));
            diagnostics.error(name, format_args!("`{name}` needs how many items may go in its time\nhelp: {help}"));
        }
        return None;
    };
    for other in surplus {
        surplus_argument(attr, name, (first, other), diagnostics);
    }
    let of = match ungroup(first) {
        Expr::Reference(_) => shared(first, &given, diagnostics),
        _ => own(attr, name, first, &given, diagnostics.count() > before, diagnostics),
    };
    Some(Rate { of: of?, by })
}

/// `rate(&limiter)`
fn shared(limiter: &Expr, given: &Given<'_>, diagnostics: &mut Diagnostics) -> Option<RateOf> {
    for option in ["per", "burst"] {
        if let Some(assign) = given.option(option) {
            let message = format!(
                "`{option}` is set where the limiter is made\n\
                 help: `rate({})`",
                text::tokens(limiter)
            );
            diagnostics.error(&assign.left, message);
        }
    }
    setting::no_escape(limiter, "setting", diagnostics).then(|| RateOf::Shared(limiter.clone()))
}

/// `rate(n, per = d)`
fn own(
    attr: &Attribute,
    name: &Ident,
    n: &Expr,
    given: &Given<'_>,
    is_reported: bool,
    diagnostics: &mut Diagnostics,
) -> Option<RateOf> {
    let count = setting::lower(n, "rate", Unit::Count, diagnostics);
    let Some(per) = given.value("per") else {
        if count.is_some() && !is_reported {
            let n = text::tokens(n);
            let message = format!(
                "`{name}` needs the time in which so many items may go\n\
                 help: {}, or a limiter that is shared: `#[rate(&limiter)]`",
                attribute::text(attr, name, &format!("{n}, per = 1s"))
            );
            diagnostics.error(name, message);
        }
        return None;
    };
    let per = setting::lower(per, "per", Unit::Duration, diagnostics);
    let burst = given.value("burst").map(|burst| setting::lower(burst, "burst", Unit::Count, diagnostics));
    let burst = match burst {
        Some(burst) => Some(burst?),
        None => None,
    };
    Some(RateOf::Own { n: count?, per: per?, burst })
}

/// A second argument without a name is told by its kind.
fn surplus_argument(attr: &Attribute, name: &Ident, (first, other): (&Expr, &Expr), diagnostics: &mut Diagnostics) {
    let option = match other {
        Expr::Closure(_) => "by",
        other if setting::is_duration(other) => "per",
        _ => "burst",
    };
    let (first, other_text) = (text::tokens(first), text::tokens(other));
    let per = if option == "per" { "" } else { "per = 1s, " };
    let help = attribute::text(attr, name, &format!("{first}, {per}{option} = {other_text}"));
    diagnostics.error(other, format_args!("`{name}` takes what it takes besides a number by name\nhelp: {help}"));
}

fn key_of(by: &Expr, diagnostics: &mut Diagnostics) -> Option<Func> {
    let expected =
        Expected { name: "by", params: 1, form: FormOf::Sync, may_fail: false, lends: None, summary: "by = |x| x.id" };
    func::lower(by, &expected, diagnostics)
}
