//! Function arguments: closures, `async` closures and paths.

use quote::ToTokens;
use syn::{Expr, ExprClosure, ExprPath, Pat, PatIdent, ReturnType, Stmt, spanned::Spanned, token};

use super::{own, setting::ungroup};
use crate::{
    diagnostics::Diagnostics,
    graph::{Func, FuncBody, Param},
    text,
};

/// What the operator or attribute that takes the function asks of it.
pub(super) struct Expected<'a> {
    /// The operator or attribute.
    pub(super) name: &'a str,
    pub(super) params: usize,
    pub(super) form: FormOf,
    /// It may have `?`.
    pub(super) may_fail: bool,
    /// The parameter that is an item which it owns, and which `ref` can lend it.
    pub(super) lends: Option<usize>,
    /// How a call looks.
    pub(super) summary: &'a str,
}

/// Which forms of a function are accepted.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum FormOf {
    /// Closure, `async` closure or path.
    Any,
    /// Closure or path.
    Sync,
    /// A closure that is not `async`: its text is needed.
    SyncClosure,
    /// An `async` closure.
    AsyncClosure,
}

/// Reads a function argument.
pub(super) fn lower(expr: &Expr, expected: &Expected, diagnostics: &mut Diagnostics) -> Option<Func> {
    let func = match ungroup(expr) {
        Expr::Closure(closure) => lower_closure(closure, expected, diagnostics)?,
        other => match path(other) {
            Some((path, question)) => lower_path(path, question),
            None => {
                diagnostics.error(other, no_function(other, expected));
                return None;
            }
        },
    };
    check_form(expr, &func, expected, diagnostics).then_some(func)
}

/// `parse` or `parse?`
fn path(expr: &Expr) -> Option<(&ExprPath, Option<token::Question>)> {
    match expr {
        Expr::Path(path) => Some((path, None)),
        Expr::Try(inner) => match &*inner.expr {
            Expr::Path(path) => Some((path, Some(inner.question_token))),
            _ => None,
        },
        _ => None,
    }
}

fn no_function(found: &Expr, expected: &Expected) -> String {
    let Expected { name, summary, params, form, .. } = expected;
    let fact = match found {
        Expr::Async(_) => "takes a closure, found an `async` block",
        _ if matches!(expected.form, FormOf::Sync) => "takes a closure or a path",
        _ => "takes a closure, an `async` closure or a path",
    };
    let help = Some(as_function(found, *form)).filter(|help| *params == 1 && help.len() <= 60);
    format!("`{name}` {fact}\nhelp: `{}`", help.as_deref().unwrap_or(summary))
}

/// A function of one item that an expression was probably meant to be.
fn as_function(found: &Expr, form: FormOf) -> String {
    let may_wait = form != FormOf::Sync && form != FormOf::SyncClosure;
    match found {
        Expr::Reference(inner) if matches!(*inner.expr, Expr::Closure(_) | Expr::Path(_)) => text::tokens(&*inner.expr),
        Expr::Async(block) if may_wait => format!("async |x| {}", text::tokens(&block.block)),
        Expr::Await(inner) if may_wait => match &*inner.base {
            Expr::Path(path) => format!("async |x| {}(x).await", text::tokens(path)),
            _ => format!("async |x| {}", text::tokens(found)),
        },
        Expr::Lit(_) => format!("|_| {}", text::tokens(found)),
        found => format!("|x| {}", text::tokens(found)),
    }
}

fn lower_path(path: &ExprPath, question: Option<token::Question>) -> Func {
    Func {
        asyncness: None,
        fallible: question.is_some(),
        span: path.span(),
        body: FuncBody::Path { path: path.clone(), question },
    }
}

fn lower_closure(closure: &ExprClosure, expected: &Expected, diagnostics: &mut Diagnostics) -> Option<Func> {
    let name = expected.name;
    let unusual = closure.lifetimes.as_ref().map(ToTokens::to_token_stream);
    let unusual = unusual.or_else(|| closure.constness.map(ToTokens::into_token_stream));
    let unusual = unusual.or_else(|| closure.attrs.first().map(ToTokens::to_token_stream));
    if let Some(tokens) = unusual {
        diagnostics.error(&tokens, format_args!("the closure of `{name}` cannot have `{tokens}`"));
        return None;
    }
    if closure.inputs.len() != expected.params {
        diagnostics.error(closure_head(closure), wrong_params(closure, expected));
        return None;
    }
    if closure.asyncness.is_none()
        && let Some(token) = returned_async_block(&closure.body)
    {
        let message = match expected.form {
            FormOf::Sync | FormOf::SyncClosure => not_async(name),
            FormOf::Any | FormOf::AsyncClosure => format!(
                "the closure of `{name}` returns an `async` block\n\
                 help: make the closure `async`: `async {} …`",
                closure_params(closure)
            ),
        };
        diagnostics.error(token, message);
        return None;
    }
    let params: Option<Vec<Param>> = closure
        .inputs
        .iter()
        .enumerate()
        .map(|(at, pat)| lower_param(pat, expected.lends == Some(at), expected, diagnostics))
        .collect();
    let output = match &closure.output {
        ReturnType::Default => None,
        ReturnType::Type(_, ty) => Some((**ty).clone()),
    };
    Some(Func {
        asyncness: closure.asyncness,
        fallible: own::question(&closure.body).is_some(),
        span: closure.span(),
        body: FuncBody::Closure { params: params?, output, body: closure.body.clone() },
    })
}

/// Takes `ref x` apart; any other pattern stays as it is.
fn lower_param(pat: &Pat, lends: bool, expected: &Expected, diagnostics: &mut Diagnostics) -> Option<Param> {
    let (pat, ty) = match pat {
        Pat::Type(typed) => (&*typed.pat, Some((*typed.ty).clone())),
        pat => (pat, None),
    };
    let Pat::Ident(PatIdent { by_ref: Some(by_ref), mutability, .. }) = pat else {
        return Some(Param { pat: pat.clone(), ty, lent: false });
    };
    if let Some(mutability) = mutability {
        diagnostics.error(
            mutability,
            "a lent item cannot be changed\n\
             help: write `ref` or `mut`, not both",
        );
        return None;
    }
    if !lends {
        let message = format!("`{}` has no item here to lend\nhelp: remove `ref`", expected.name);
        diagnostics.error(by_ref, message);
        return None;
    }
    let mut pat = pat.clone();
    if let Pat::Ident(ident) = &mut pat {
        ident.by_ref = None;
    }
    Some(Param { pat, ty, lent: true })
}

fn check_form(expr: &Expr, func: &Func, expected: &Expected, diagnostics: &mut Diagnostics) -> bool {
    let Expected { name, form, summary, .. } = *expected;
    let is_path = matches!(func.body, FuncBody::Path { .. });
    let message = match form {
        FormOf::Sync | FormOf::SyncClosure if func.asyncness.is_some() => {
            diagnostics.error(func.asyncness, not_async(name));
            return false;
        }
        FormOf::SyncClosure if is_path => format!(
            "`{name}` takes a closure, found a path\n\
             help: `{summary}`"
        ),
        FormOf::AsyncClosure if is_path || func.asyncness.is_none() => {
            format!("`{name}` takes an `async` closure\nhelp: `{summary}`")
        }
        _ if func.fallible && !expected.may_fail => {
            format!(
                "`?` cannot stand in this function of `{name}`\n\
                 help: it sees no item that could fail"
            )
        }
        _ => return true,
    };
    match ungroup(expr) {
        Expr::Closure(closure) if !func.fallible || expected.may_fail => {
            diagnostics.error(closure_head(closure), message);
        }
        expr => diagnostics.error(expr, message),
    }
    false
}

/// The `async` of a body that is an `async` block and nothing else.
fn returned_async_block(body: &Expr) -> Option<token::Async> {
    match body {
        Expr::Async(block) => Some(block.async_token),
        Expr::Group(group) => returned_async_block(&group.expr),
        Expr::Paren(paren) => returned_async_block(&paren.expr),
        Expr::Block(block) => match block.block.stmts.last() {
            Some(Stmt::Expr(expr, None)) => returned_async_block(expr),
            _ => None,
        },
        _ => None,
    }
}

/// `|x|`
fn closure_params(closure: &ExprClosure) -> String {
    let params: Vec<String> = closure.inputs.iter().map(|pat| pat.to_token_stream().to_string()).collect();
    format!("|{}|", params.join(", "))
}

/// The tokens of `|x|`, which is where errors about the closure as such point.
fn closure_head(closure: &ExprClosure) -> proc_macro2::TokenStream {
    let ExprClosure { asyncness, inputs_begin, inputs, inputs_end, .. } = closure;
    quote::quote!(#asyncness #inputs_begin #inputs #inputs_end)
}

fn wrong_params(closure: &ExprClosure, expected: &Expected) -> String {
    let Expected { name, params, summary, .. } = expected;
    let plural = if *params == 1 { "" } else { "s" };
    let found = closure.inputs.len();
    let help = match (params, found) {
        (1, 2..) if *name != "source" => format!("a tuple is one parameter: `|({})|`", text::tokens(&closure.inputs)),
        _ => format!("`{summary}`"),
    };
    format!("the closure of `{name}` takes {params} parameter{plural}, found {found}\nhelp: {help}")
}

fn not_async(name: &str) -> String {
    format!(
        "the closure of `{name}` cannot be `async`\n\
         help: do the waiting in a `map(async |x| …)` before it"
    )
}
