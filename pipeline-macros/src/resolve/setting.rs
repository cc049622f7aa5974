//! Counts and durations.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Expr, Lit, LitFloat, LitInt, UnOp, visit::Visit};

use super::own;
use crate::{diagnostics::Diagnostics, graph::Setting, text};

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

/// Other words for the units, and what stands for them.
const UNITS_MEANT: [(&str, &str); 22] = [
    ("nanos", "ns"),
    ("micros", "us"),
    ("usec", "us"),
    ("µs", "us"),
    ("millis", "ms"),
    ("msec", "ms"),
    ("milliseconds", "ms"),
    ("S", "s"),
    ("sec", "s"),
    ("secs", "s"),
    ("second", "s"),
    ("seconds", "s"),
    ("M", "m"),
    ("min", "m"),
    ("mins", "m"),
    ("minute", "m"),
    ("minutes", "m"),
    ("H", "h"),
    ("hr", "h"),
    ("hrs", "h"),
    ("hour", "h"),
    ("hours", "h"),
];

const INTEGERS: [&str; 13] =
    ["", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize"];

/// Reads the setting of `of`, an attribute, operator or option.
pub(super) fn lower(expr: &Expr, of: &str, unit: Unit, diagnostics: &mut Diagnostics) -> Option<Setting> {
    let message = match ungroup(expr) {
        Expr::Lit(literal) => match literal_setting(&literal.lit, of, unit) {
            Ok(setting) => return Some(setting),
            Err(message) => message,
        },
        Expr::Unary(unary) if matches!((&unary.op, &*unary.expr), (UnOp::Neg(_), Expr::Lit(_))) => {
            format!("`{of}` cannot be negative")
        }
        Expr::Assign(named) => format!(
            "`{of}` takes this without a name\n\
             help: write `{}`",
            text::tokens(&named.right)
        ),
        other => match no_setting(other) {
            Some(found) => wrong_kind(of, unit, found, None),
            None => {
                let sound = no_escape(expr, "setting", diagnostics) & no_duration_inside(expr, diagnostics);
                return sound.then(|| Setting::Expr(Box::new(expr.clone())));
            }
        },
    };
    diagnostics.error(expr, message);
    None
}

/// What a setting that is a plain number must be.
pub(super) struct Number {
    pub(super) of: &'static str,
    pub(super) least: u8,
    /// An example, in backticks, and what it does.
    pub(super) such_as: &'static str,
}

/// Whether it may be that number; reports what cannot.
pub(super) fn is_number(value: &Expr, number: &Number, diagnostics: &mut Diagnostics) -> bool {
    let literal = match ungroup(value) {
        Expr::Lit(_) if is_duration(value) => None,
        Expr::Lit(literal) => match &literal.lit {
            Lit::Int(int) => int.base10_parse::<f64>().ok(),
            Lit::Float(float) => float.base10_parse::<f64>().ok(),
            _ => None,
        },
        Expr::Unary(_) => None,
        other if no_setting(other).is_some() => None,
        _ => return no_escape(value, "setting", diagnostics),
    };
    let Number { of, least, such_as } = number;
    let is_right = literal.is_some_and(|literal| literal >= f64::from(*least));
    if !is_right {
        diagnostics.error(value, format_args!("`{of}` is a number of {least} or more\nhelp: such as {such_as}"));
    }
    is_right
}

/// What an expression is that can be neither a number nor a duration.
fn no_setting(expr: &Expr) -> Option<&'static str> {
    match expr {
        Expr::Closure(_) => Some("a closure"),
        Expr::Async(_) => Some("an `async` block"),
        Expr::Range(_) => Some("a range"),
        Expr::Tuple(_) => Some("a tuple"),
        Expr::Array(_) => Some("an array"),
        Expr::Infer(_) => Some("`_`"),
        _ => None,
    }
}

/// Reports a `?`, `.await` or `return` in something that is evaluated when the pipeline is built; `true` if there is none.
pub(super) fn no_escape(expr: &Expr, what: &str, diagnostics: &mut Diagnostics) -> bool {
    let Some((span, found)) = own::way_out(expr) else { return true };
    diagnostics.push(syn::Error::new(
        span,
        format_args!(
            "`{found}` cannot stand in a {what}\n\
             help: it is evaluated when the pipeline is built; compute it before the pipeline"
        ),
    ));
    false
}

/// Reports a duration literal that is not a whole setting, as in `2 * 30s`; `true` if there is none.
fn no_duration_inside(expr: &Expr, diagnostics: &mut Diagnostics) -> bool {
    #[derive(Default)]
    struct Durations(Option<(Lit, u64)>);
    impl<'ast> Visit<'ast> for Durations {
        fn visit_lit(&mut self, literal: &'ast Lit) {
            let (digits, suffix) = match literal {
                Lit::Int(int) => (int.base10_digits(), int.suffix()),
                Lit::Float(float) => (float.base10_digits(), float.suffix()),
                _ => return,
            };
            if let Some((_, unit)) = UNITS.iter().find(|(name, _)| *name == suffix)
                && let Some(nanos) = scale(digits, *unit)
            {
                self.0.get_or_insert_with(|| (literal.clone(), nanos));
            }
        }
    }
    let mut durations = Durations::default();
    durations.visit_expr(expr);
    let Some((literal, nanos)) = durations.0 else { return true };
    let instead = match nanos {
        nanos if nanos.is_multiple_of(1_000_000_000) => format!("from_secs({})", nanos / 1_000_000_000),
        nanos if nanos.is_multiple_of(1_000_000) => format!("from_millis({})", nanos / 1_000_000),
        nanos => format!("from_nanos({nanos})"),
    };
    let shown = text::tokens(&literal);
    let message = format!("`{shown}` is a whole setting, and cannot stand inside one\nhelp: `Duration::{instead}`");
    diagnostics.error(literal, message);
    false
}

/// `30 s`, as it should have been written: `30s`.
pub(super) fn duration_apart(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter();
    match (tokens.next(), tokens.next(), tokens.next()) {
        (Some(TokenTree::Literal(number)), Some(TokenTree::Ident(unit)), None) => {
            let unit = unit_meant(&unit.to_string())?;
            Some(format!("{number}{unit}"))
        }
        _ => None,
    }
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

/// The unit that a word is, or was meant to be.
fn unit_meant(word: &str) -> Option<&'static str> {
    let unit = UNITS.iter().map(|(unit, _)| *unit).find(|unit| *unit == word);
    unit.or_else(|| UNITS_MEANT.iter().find(|(meant, _)| *meant == word).map(|(_, unit)| *unit))
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
        Lit::Str(string) => {
            let is_setting = |value: &String| {
                let literal = syn::parse_str::<Lit>(value);
                literal.is_ok_and(|literal| literal_setting(&literal, of, unit).is_ok())
            };
            let value = Some(string.value()).filter(is_setting);
            Err(wrong_kind(of, unit, "a string", value))
        }
        Lit::Bool(_) => Err(wrong_kind(of, unit, "a `bool`", None)),
        Lit::Char(_) => Err(wrong_kind(of, unit, "a `char`", None)),
        _ => Err(wrong_kind(of, unit, "a literal of another kind", None)),
    }
}

fn count(int: &LitInt, of: &str, unit: Unit) -> Result<Setting, String> {
    if unit == Unit::Duration {
        return Err(format!("`{of}` takes a duration, found a number\nhelp: {}", give_unit(int.base10_digits())));
    }
    match int.base10_digits().parse() {
        Ok(number) => Ok(Setting::Count(number, int.span())),
        Err(_) => Err(format!("`{of}` is too large\nhelp: at most `{}`", u64::MAX)),
    }
}

fn fraction(float: &LitFloat, literal: &Lit, of: &str, unit: Unit) -> Result<Setting, String> {
    let digits = float.base10_digits();
    match (float.suffix(), unit) {
        ("" | "f32" | "f64", Unit::Count | Unit::Either) => Err(wrong_kind(of, unit, "a fraction", None)),
        ("" | "f32" | "f64", Unit::Duration) => {
            Err(format!("`{of}` takes a duration, found a number\nhelp: {}", give_unit(digits)))
        }
        (suffix, _) => duration(digits, suffix, literal, of, unit),
    }
}

/// The help for a number where a duration is wanted.
pub(crate) fn give_unit(digits: &str) -> String {
    match digits.trim_matches(['0', '.']) {
        "" => "give it a unit, and more than 0, such as `100ms` or `1s`".to_owned(),
        _ => format!("give it a unit, such as `{digits}ms` or `{digits}s`"),
    }
}

fn duration(digits: &str, suffix: &str, literal: &Lit, of: &str, unit: Unit) -> Result<Setting, String> {
    let known = UNITS.iter().find(|(name, _)| *name == suffix);
    if unit == Unit::Count {
        let found = match known {
            Some(_) => "a duration".to_owned(),
            None => format!("`{}`", text::tokens(literal)),
        };
        let meant = match suffix {
            "k" | "K" => format!("{digits}_000"),
            "M" if !digits.contains('.') => format!("{digits}_000_000"),
            _ => digits.to_owned(),
        };
        return Err(wrong_kind(of, unit, &found, Some(meant)));
    }
    let Some(&(_, nanos)) = known else {
        let meant = match suffix {
            "d" | "day" | "days" => {
                digits.parse().ok().and_then(|days: u64| Some(format!("{}h", days.checked_mul(24)?)))
            }
            suffix => unit_meant(suffix).map(|unit| format!("{digits}{unit}")),
        };
        let help = match meant {
            Some(meant) => format!("write `{meant}`"),
            None => "expected `ns`, `us`, `ms`, `s`, `m` or `h`".to_owned(),
        };
        return Err(format!("unknown unit `{suffix}`\nhelp: {help}"));
    };
    match scale(digits, nanos) {
        Some(nanos) => Ok(Setting::Duration(nanos, literal.span())),
        None if digits.contains(['e', 'E']) => {
            Err(format!("`{of}` takes a plain number with a unit\nhelp: such as `250ms` or `1.5s`"))
        }
        None => Err(format!("`{of}` is too long\nhelp: at most `{}h`", u64::MAX / 3_600_000_000_000)),
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

/// `found` with its article; `instead` is what was meant, if that is clear.
fn wrong_kind(of: &str, unit: Unit, found: &str, instead: Option<String>) -> String {
    let (takes, such_as) = match unit {
        Unit::Count => ("a count", "such as `8`"),
        Unit::Either => ("a count or a duration", "such as `100` or `1.5s`"),
        Unit::Duration => ("a duration", "such as `250ms` or `1.5s`"),
    };
    let help = instead.map_or_else(|| such_as.to_owned(), |instead| format!("write `{instead}`"));
    format!("`{of}` takes {takes}, found {found}\nhelp: {help}")
}
