//! One operator call: its name, and its arguments by the kinds that its spec asks for.

use quote::ToTokens;
use syn::{Expr, ExprAssign, Ident};

use super::{
    func::{self, Expected, FormOf},
    setting::{self, Unit},
};
use crate::{
    diagnostics::{Diagnostics, closest, suggest},
    graph::{Arg, Op},
    ops::{self, ArgKind, OpKind, OptionSpec, Spec},
    syntax::Call,
    text,
};

/// What users of iterators and streams reach for, and what there is instead.
const ELSEWHERE: [(&str, &str); 18] = [
    ("then", "`map(async |x| …)`"),
    ("and_then", "`map(async |x| …)`"),
    ("buffered", "the attribute `#[in_flight(n)]`"),
    ("buffer_unordered", "the attributes `#[in_flight(n), unordered]`"),
    ("for_each_concurrent", "`for_each` under the attribute `#[in_flight(n)]`"),
    ("chain", "`concat(a, b)` as the input"),
    ("merge", "`merge(a, b)` as the input"),
    ("zip", "`zip(a, b)` as the input"),
    ("concat", "`concat(a, b)` as the input"),
    ("chunks", "`batch(n)`"),
    ("sum", "`fold(0, |acc, x| acc + x)`"),
    ("max", "`reduce(|a, b| a.max(b))`"),
    ("min", "`reduce(|a, b| a.min(b))`"),
    ("cloned", "`map(|x| x.clone())`"),
    ("copied", "`map(|x| *x)`"),
    ("try_for_each", "`for_each` with `?` in its closure"),
    ("partition", "`route`"),
    ("flatten", "`flat_map(|x| x)`"),
];

const ATTRIBUTES: [&str; 12] = [
    "workers",
    "unordered",
    "keyed",
    "in_flight",
    "buffer",
    "blocking",
    "on_error",
    "timeout",
    "retry",
    "rate",
    "limit",
    "inline",
];

/// Reads one call.
pub(super) fn lower(call: &Call, diagnostics: &mut Diagnostics) -> Option<Op> {
    let Call { name, generics, args, .. } = call;
    let Some(spec) = ops::find(&name.to_string()) else {
        unknown(name, diagnostics);
        return None;
    };
    if let Some(generics) = generics.as_ref().filter(|_| spec.kind != OpKind::Collect) {
        diagnostics.error(
            generics,
            format_args!(
                "`{name}` takes no type arguments\n\
                 help: `{}`",
                spec.summary
            ),
        );
        return None;
    }
    if let Some(generics) = generics.as_ref().filter(|generics| generics.args.len() != 1) {
        diagnostics.error(
            generics,
            format_args!(
                "`{name}` takes one type argument\n\
                 help: `{}`",
                spec.summary
            ),
        );
        return None;
    }
    let (named, args): (Vec<&Expr>, Vec<&Expr>) = args.iter().partition(|arg| is_named(spec, arg));
    if args.len() < spec.required || args.len() > spec.args.len() {
        wrong_number(name, &args, spec, diagnostics);
        return None;
    }
    // every argument is read, so that a mistake in each is reported
    let args: Vec<Option<Arg>> =
        spec.args.iter().zip(args).map(|(kind, arg)| lower_arg(spec, spec.name, *kind, arg, diagnostics)).collect();
    let args: Option<Vec<Arg>> = args.into_iter().collect();
    let options = lower_options(spec, &named, diagnostics);
    Some(Op { name: name.clone(), spec, generics: generics.clone(), args: args?, options: options? })
}

/// `unique = |x| key`, of an operator that has options.
fn is_named(spec: &Spec, arg: &Expr) -> bool {
    !spec.options.is_empty() && matches!(arg, Expr::Assign(_))
}

/// Reads the options; one that is unknown or given twice is reported.
fn lower_options(
    spec: &'static Spec,
    named: &[&Expr],
    diagnostics: &mut Diagnostics,
) -> Option<Vec<(&'static str, Arg)>> {
    let mut options: Vec<(&'static str, Arg)> = Vec::new();
    let mut sound = true;
    for option in named {
        let Expr::Assign(assign) = option else { continue };
        let name = text::tokens(&assign.left);
        let Some(OptionSpec { name, kind, .. }) = spec.options.iter().find(|option| option.name == name) else {
            unknown_option(assign, &name, spec, diagnostics);
            sound = false;
            continue;
        };
        if let Some(first) = first_of(named, name).filter(|first| !std::ptr::eq(*first, assign)) {
            let (fact, place) = (format!("`{name}` is given twice"), format!("`{name}` is given here first"));
            diagnostics.conflict(&assign.left, fact, &first.left, place);
            sound = false;
            continue;
        }
        let arg = match kind {
            ArgKind::Function { params } => lower_look(spec, name, *params, &assign.right, diagnostics),
            kind => lower_arg(spec, name, *kind, &assign.right, diagnostics),
        };
        match arg {
            Some(arg) => options.push((name, arg)),
            None => sound = false,
        }
    }
    sound.then_some(options)
}

/// Where an option is given first.
fn first_of<'a>(named: &[&'a Expr], name: &str) -> Option<&'a ExprAssign> {
    let mut assigns = named.iter().filter_map(|option| match option {
        Expr::Assign(assign) => Some(assign),
        _ => None,
    });
    assigns.find(|assign| text::tokens(&assign.left) == name)
}

/// Reports an option that the operator has not; the unit of what was given says which of two was meant.
fn unknown_option(option: &ExprAssign, name: &str, spec: &Spec, diagnostics: &mut Diagnostics) {
    let valid: Vec<&str> = spec.options.iter().map(|option| option.name).collect();
    let is_duration = setting::is_duration(&option.right);
    let meant: Vec<&OptionSpec> = spec.options.iter().filter(|option| option.meant.contains(&name)).collect();
    let of_unit = meant.iter().find(|option| (option.kind == ArgKind::Duration) == is_duration);
    let meant = of_unit.or(meant.first());
    let help = match meant {
        Some(meant) => format!("\nhelp: did you mean `{} = {}`?", meant.name, text::tokens(&option.right)),
        None => suggest(name, &valid),
    };
    diagnostics.error(&option.left, format_args!("unknown option `{name}` of `{}`{help}", spec.name));
}

/// A function given by name: it looks at an item, and neither waits nor fails.
fn lower_look(
    spec: &'static Spec,
    name: &'static str,
    params: usize,
    arg: &Expr,
    diagnostics: &mut Diagnostics,
) -> Option<Arg> {
    let summary = format!("{}, {name} = |x| …)", spec.summary.trim_end_matches(')'));
    let expected = Expected { name, params, form: FormOf::Sync, may_fail: false, lends: None, summary: &summary };
    func::lower(arg, &expected, diagnostics).map(Arg::Function)
}

/// Reads an argument; `of` is the operator, or the option that it is the value of.
fn lower_arg(spec: &'static Spec, of: &str, kind: ArgKind, arg: &Expr, diagnostics: &mut Diagnostics) -> Option<Arg> {
    match kind {
        ArgKind::Function { params } => func::lower(arg, &expected(spec, params), diagnostics).map(Arg::Function),
        ArgKind::Value => match setting::no_escape(arg, value_of(spec), diagnostics) {
            true => Some(Arg::Value(Box::new(arg.clone()))),
            false => None,
        },
        ArgKind::Count => setting::lower(arg, of, Unit::Count, diagnostics).map(Arg::Setting),
        ArgKind::Duration => setting::lower(arg, of, Unit::Duration, diagnostics).map(Arg::Setting),
        ArgKind::CountOrDuration => setting::lower(arg, of, Unit::Either, diagnostics).map(Arg::Setting),
    }
}

/// What an operator's value is.
fn value_of(spec: &Spec) -> &'static str {
    match spec.kind {
        OpKind::Via => "fragment",
        OpKind::Forward => "receiver",
        _ => "starting value",
    }
}

fn expected(spec: &'static Spec, params: usize) -> Expected<'static> {
    // what `map_init` makes its state with: it sees no item
    let makes_state = params == 0;
    let by_reference = matches!(
        spec.kind,
        OpKind::Filter | OpKind::Inspect | OpKind::TakeWhile | OpKind::SkipWhile | OpKind::Process | OpKind::Reduce
    );
    Expected {
        name: spec.name,
        params,
        form: match spec.kind {
            OpKind::Process => FormOf::AsyncClosure,
            OpKind::Route => FormOf::SyncClosure,
            _ if makes_state || !spec.may_be_async => FormOf::Sync,
            _ => FormOf::Any,
        },
        may_fail: !makes_state,
        lends: match spec.kind {
            _ if makes_state || by_reference => None,
            OpKind::Recurse => Some(0),
            _ => params.checked_sub(1),
        },
        summary: spec.summary,
    }
}

fn unknown(name: &Ident, diagnostics: &mut Diagnostics) {
    let text = name.to_string();
    let valid = ops::ALL.iter().map(|spec| spec.name);
    let help = if ATTRIBUTES.contains(&text.as_str()) {
        format!("\nhelp: it is an attribute: `#[{text}]` above the statement")
    } else if let Some((_, instead)) = ELSEWHERE.iter().find(|(name, _)| *name == text) {
        format!("\nhelp: write {instead}")
    } else if let Some(near) = closest(&text, valid) {
        format!("\nhelp: did you mean `{near}`?")
    } else {
        String::new()
    };
    diagnostics.error(name, format_args!("unknown operator `{name}`{help}"));
}

fn wrong_number(name: &Ident, args: &[&Expr], spec: &Spec, diagnostics: &mut Diagnostics) {
    let takes = match (spec.required, spec.args.len()) {
        (_, 0) => "no arguments".to_owned(),
        (1, 1) => "1 argument".to_owned(),
        (required, all) if required == all => format!("{all} arguments"),
        (required, all) => format!("{required} to {all} arguments"),
    };
    let message = format!(
        "`{}` takes {takes}, found {}\n\
         help: `{}`",
        spec.name,
        args.len(),
        spec.summary
    );
    match args.get(spec.args.len()) {
        Some(surplus) => diagnostics.error(surplus.to_token_stream(), message),
        None => diagnostics.error(name, message),
    }
}
