//! Counts and durations.

use syn::{Expr, Lit, LitFloat, LitInt, UnOp};

use super::own;
use crate::{diagnostics::Diagnostics, graph::Setting};

/// What a setting must be.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Count,
    Duration,
    /// One or the other.
    Either,
}

const UNITS: [(&str, u64); 6] = [
    ("ns", 1),
    ("us", 1_000),
    ("ms", 1_000_000),
    ("s", 1_000_000_000),
    ("m", 60_000_000_000),
    ("h", 3_600_000_000_000),
];

const INTEGERS: [&str; 13] =
    ["", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

/// Reads the setting of `of`, an attribute or operator.
pub(super) fn lower(expr: &Expr, of: &str, unit: Unit, diagnostics: &mut Diagnostics) -> Option<Setting> {
    let message = match ungroup(expr) {
        Expr::Lit(literal) => match literal_setting(&literal.lit, of, unit) {
            Ok(setting) => return Some(setting),
            Err(message) => message,
        },
        Expr::Unary(unary) if matches!((&unary.op, &*unary.expr), (UnOp::Neg(_), Expr::Lit(_))) => {
            format!("`{of}` cannot be negative")
        }
        Expr::Closure(_) => wrong_kind(of, unit, "closure"),
        Expr::Assign(_) => format!("`{of}` has no named options"),
        expr => {
            return no_escape(expr, "setting", diagnostics).then(|| Setting::Expr(Box::new(expr.clone())));
        }
    };
    diagnostics.error(expr, message);
    None
}

/// Reports a `?` or `.await` in something that is evaluated when the pipeline is built; `true` if there is none.
pub(super) fn no_escape(expr: &Expr, what: &str, diagnostics: &mut Diagnostics) -> bool {
    let Some((span, found)) = own::question_or_await(expr) else { return true };
    diagnostics.push(syn::Error::new(
        span,
        format_args!(
            "`{found}` cannot stand in a {what}\n\
             help: it is evaluated when the pipeline is built; compute it before the pipeline"
        ),
    ));
    false
}

/// Whether it is written as a duration: `30s`.
pub(super) fn is_duration(expr: &Expr) -> bool {
    let suffix = match expr {
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => int.suffix(),
            Lit::Float(float) => float.suffix(),
            _ => return false,
        },
        _ => return false,
    };
    UNITS.iter().any(|(unit, _)| *unit == suffix)
}

/// What is inside the invisible parentheses of a `macro_rules` fragment.
pub(super) fn ungroup(mut expr: &Expr) -> &Expr {
    while let Expr::Group(group) = expr {
        expr = &group.expr;
    }
    expr
}

fn literal_setting(literal: &Lit, of: &str, unit: Unit) -> Result<Setting, String> {
    match literal {
        Lit::Int(int) if INTEGERS.contains(&int.suffix()) => count(int, of, unit),
        Lit::Int(int) => duration(int.base10_digits(), int.suffix(), literal, of, unit),
        Lit::Float(float) => fraction(float, literal, of, unit),
        _ => Err(wrong_kind(of, unit, "literal of another kind")),
    }
}

fn count(int: &LitInt, of: &str, unit: Unit) -> Result<Setting, String> {
    if unit == Unit::Duration {
        return Err(format!(
            "`{of}` takes a duration, found a number\n\
             help: give it a unit, such as `{digits}ms` or `{digits}s`",
            digits = int.base10_digits()
        ));
    }
    match int.base10_digits().parse() {
        Ok(number) => Ok(Setting::Count(number, int.span())),
        Err(_) => Err(format!("`{of}` is too large")),
    }
}

fn fraction(float: &LitFloat, literal: &Lit, of: &str, unit: Unit) -> Result<Setting, String> {
    match (float.suffix(), unit) {
        ("" | "f32" | "f64", Unit::Count | Unit::Either) => Err(wrong_kind(of, unit, "fraction")),
        ("" | "f32" | "f64", Unit::Duration) => Err(format!(
            "`{of}` takes a duration, found a number\nhelp: give it a unit, such as `{}s`",
            float.base10_digits()
        )),
        (suffix, _) => duration(float.base10_digits(), suffix, literal, of, unit),
    }
}

fn duration(digits: &str, suffix: &str, literal: &Lit, of: &str, unit: Unit) -> Result<Setting, String> {
    let Some(&(_, nanos)) = UNITS.iter().find(|(name, _)| *name == suffix) else {
        return Err(format!(
            "unknown unit `{suffix}`\n\
             help: expected `ns`, `us`, `ms`, `s`, `m` or `h`"
        ));
    };
    if unit == Unit::Count {
        return Err(wrong_kind(of, unit, "duration"));
    }
    match scale(digits, nanos) {
        Some(nanos) => Ok(Setting::Duration(nanos, literal.span())),
        None => Err(format!("`{of}` is too long or no plain number")),
    }
}

/// Decimal `digits` times `unit`, exactly as far as a nanosecond goes.
fn scale(digits: &str, unit: u64) -> Option<u64> {
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let whole: u64 = whole.parse().ok()?;
    let mut nanos = u128::from(whole.checked_mul(unit)?);
    let mut unit = u128::from(unit) * 1_000_000_000;
    for digit in fraction.chars().take(9) {
        unit /= 10;
        nanos += u128::from(digit.to_digit(10)?) * unit / 1_000_000_000;
    }
    u64::try_from(nanos).ok()
}

fn wrong_kind(of: &str, unit: Unit, found: &str) -> String {
    match unit {
        Unit::Count => format!("`{of}` takes a count, found a {found}"),
        Unit::Either => format!("`{of}` takes a count or a duration, found a {found}"),
        Unit::Duration => format!(
            "`{of}` takes a duration, found a {found}\n\
             help: such as `250ms` or `1.5s`"
        ),
    }
}
