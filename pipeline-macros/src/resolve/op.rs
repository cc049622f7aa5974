//! One operator call: its name, and its arguments by the kinds that its spec asks for.

use quote::{ToTokens, quote};
use syn::{Expr, ExprAssign, Ident};

use super::{
    bodies,
    func::{self, Expected, FormOf},
    policies,
    setting::{self, Unit},
    streams::Streams,
};
use crate::{
    diagnostics::{Diagnostics, closest, one_of, suggest},
    graph::{Arg, Op},
    ops::{self, ArgKind, OpKind, OptionSpec, Role, Spec},
    syntax::Call,
    text,
    vocabulary::{self, Unknown},
};

/// Reads one call in a chain that reads `input`.
pub(super) fn lower(call: &Call, input: &str, streams: &Streams, diagnostics: &mut Diagnostics) -> Option<Op> {
    let Call { name, generics, args, .. } = call;
    let Some(spec) = ops::find(&name.to_string()) else {
        unknown(call, input, streams, diagnostics);
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
    if let (&[time], &[ArgKind::Count, ArgKind::Duration]) = (args.as_slice(), spec.args)
        && setting::is_duration(time)
    {
        let message = format!("`{name}` takes a count first\nhelp: `{name}(100, {})`", text::tokens(time));
        diagnostics.error(time, message);
        return None;
    }
    if are_swapped(spec, &args) {
        wrong_order(&args, spec, diagnostics);
        return None;
    }
    // every argument is read, so that a mistake in each is reported
    let args: Vec<Option<Arg>> =
        spec.args.iter().zip(args).map(|(kind, arg)| lower_arg(spec, spec.name, *kind, arg, diagnostics)).collect();
    let args: Option<Vec<Arg>> = args.into_iter().collect();
    let options = lower_options(spec, &named, diagnostics);
    let sound = |arg: &Arg| match arg {
        Arg::Function(func) => bodies::check(spec.kind, func, diagnostics),
        Arg::Value(_) | Arg::Setting(_) => true,
    };
    let args = args.filter(|args| args.iter().all(sound));
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

/// A name that is no operator: what is one under this name, or was meant.
fn unknown(call: &Call, input: &str, streams: &Streams, diagnostics: &mut Diagnostics) {
    let name = &call.name;
    let text = name.to_string();
    if streams.is_stream(name) {
        let joins = ["merge", "zip", "concat"].map(|join| format!("{join}({input}, {name})"));
        let joins = one_of(&joins.each_ref().map(String::as_str));
        let message = format!("`{name}` is a stream, not an operator\nhelp: join the two: {joins}");
        diagnostics.error(name, message);
        return;
    }
    let help = if text == "lossy" {
        "it is an attribute of a branch: `stage (a, #[lossy(drop_oldest)] b) = x.tee();`".to_owned()
    } else if policies::is_attribute(&text) {
        format!("it is an attribute: `#[{}]` above the statement", as_attribute(call))
    } else if let Some(instead) = vocabulary::operator(&Unknown { name: &text, input, args: &call.args }) {
        instead
    } else if let Some(near) = near(&text) {
        format!("did you mean `{near}`?")
    } else {
        "what no operator does, `process(async |input, output| { … })` does in a stage of its own".to_owned()
    };
    diagnostics.error(name, format_args!("unknown operator `{name}`\nhelp: {help}"));
}

/// The operator that a name was meant to be: misspelt, or with something added, as in `dedup_by_key`.
fn near(name: &str) -> Option<&'static str> {
    let names = || ops::ALL.iter().map(|spec| spec.name);
    let prefix = |operator: &&str| name.strip_prefix(operator).is_some_and(|rest| rest.starts_with('_'));
    closest(name, names()).or_else(|| names().filter(prefix).max_by_key(|operator| operator.len()))
}

/// `workers(4)`, or `unordered` for what takes no argument.
fn as_attribute(call: &Call) -> String {
    let Call { name, args, .. } = call;
    if args.is_empty() { name.to_string() } else { text::tokens(&quote!(#name(#(#args),*))) }
}

fn wrong_number(name: &Ident, args: &[&Expr], spec: &Spec, diagnostics: &mut Diagnostics) {
    let takes = match (spec.required, spec.args.len()) {
        (_, 0) => "no arguments".to_owned(),
        (1, 1) => "1 argument".to_owned(),
        (required, all) if required == all => format!("{all} arguments"),
        (required, all) => format!("{required} to {all} arguments"),
    };
    let help = match surplus(args, spec) {
        Some(help) => help,
        None => format!("`{}`", spec.summary),
    };
    let message = format!("`{}` takes {takes}, found {}\nhelp: {help}", spec.name, args.len());
    match args.get(spec.args.len()) {
        Some(surplus) => diagnostics.error(surplus.to_token_stream(), message),
        None => diagnostics.error(name, message),
    }
}

/// What an argument too many was probably for.
fn surplus(args: &[&Expr], spec: &Spec) -> Option<String> {
    let surplus = args.get(spec.args.len())?;
    let closure = matches!(surplus, Expr::Closure(_));
    if spec.role == Role::Terminal && spec.args.is_empty() && closure {
        return Some(format!("`filter({}).{}`", text::tokens(surplus), spec.summary));
    }
    if spec.kind == OpKind::Reduce && closure {
        return Some(format!("with a first value it is `fold({})`", text::tokens(&quote!(#(#args),*))));
    }
    let fits = spec.options.iter().find(|option| !surely_not(surplus, option.kind))?;
    let value = Some(text::tokens(surplus)).filter(|value| value != fits.name);
    Some(format!("an option has a name: `{} = {}`", fits.name, value.as_deref().unwrap_or("…")))
}

/// Both arguments are there, each in the other's place.
fn are_swapped(spec: &Spec, args: &[&Expr]) -> bool {
    let (&[first, second], &[kind_1, kind_2]) = (args, spec.args) else { return false };
    let wrong = surely_not(first, kind_1) || surely_not(second, kind_2);
    wrong && !surely_not(first, kind_2) && !surely_not(second, kind_1)
}

/// Whether an argument cannot be of this kind, as far as its text tells.
fn surely_not(arg: &Expr, kind: ArgKind) -> bool {
    let closure = matches!(arg, Expr::Closure(_));
    let literal = matches!(arg, Expr::Lit(_));
    match kind {
        ArgKind::Function { .. } => literal,
        ArgKind::Value => closure,
        ArgKind::Count => closure || setting::is_duration(arg),
        ArgKind::Duration => closure || literal && !setting::is_duration(arg),
        ArgKind::CountOrDuration => closure,
    }
}

fn wrong_order(args: &[&Expr], spec: &Spec, diagnostics: &mut Diagnostics) {
    let backwards = args.iter().rev();
    let message = format!(
        "the arguments of `{}` are in the other order\n\
         help: `{}({})`",
        spec.name,
        spec.name,
        text::tokens(&quote!(#(#backwards),*))
    );
    diagnostics.error(quote!(#(#args),*), message);
}
