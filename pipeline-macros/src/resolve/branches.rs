//! The names of the branches of a `route`.

use syn::{Expr, ExprCall, Ident, Pat, visit::Visit};

use super::bodies;
use crate::{
    diagnostics::{Diagnostics, closest},
    graph::{FuncBody, Op},
    text,
    uses::Uses,
};

/// Checks the names that the closure of a `route` gives its items to; `true` if rustc can understand it, with all of
/// them or some. Of a closure that is `half_typed` more may come.
pub(super) fn check(branches: &[&Ident], op: &Op, half_typed: bool, diagnostics: &mut Diagnostics) -> bool {
    let before = diagnostics.count();
    reserved_branch(branches, diagnostics);
    let has_reserved = diagnostics.count() > before;
    let is_meaningful = unnamed_branch(branches, op, diagnostics);
    if half_typed {
        diagnostics.truncate(before);
    }
    !has_reserved && (is_meaningful || half_typed)
}

/// A branch of a `route` is called `skip`, which in its closure drops the item.
fn reserved_branch(branches: &[&Ident], diagnostics: &mut Diagnostics) {
    for branch in branches.iter().filter(|branch| **branch == "skip") {
        let message = "`skip` drops an item in a `route` and cannot name a branch\nhelp: give it another name";
        diagnostics.error(branch, message);
    }
}

/// No arm of a `route` names one of its branches, so it would stay empty; `false` if what it names is not there.
fn unnamed_branch(branches: &[&Ident], op: &Op, diagnostics: &mut Diagnostics) -> bool {
    let Some(func) = op.function() else { return true };
    let FuncBody::Closure { params, body, .. } = &func.body else { return true };
    let uses = Uses::of_function(func);
    let unnamed: Vec<&Ident> = branches.iter().copied().filter(|branch| !uses.contains(branch)).collect();
    if let ([first, second, ..], true) = (branches, unnamed.len() == branches.len()) {
        let condition = match &**body {
            Expr::Binary(_) | Expr::Unary(_) | Expr::Macro(_) => text::tokens(body),
            _ => "…".to_owned(),
        };
        let item = match params.first().map(|param| &param.pat) {
            Some(Pat::Ident(item)) => item.ident.to_string(),
            _ => "x".to_owned(),
        };
        let message = format!(
            "the closure of `route` gives its item to no branch\n\
             help: a branch is called with it: `if {condition} {{ {first}({item}) }} else {{ {second}({item}) }}`"
        );
        diagnostics.error(&**body, message);
        return false;
    }
    let mut is_meaningful = unnamed.is_empty() || bodies::values(body).iter().all(|value| gives_to_a_branch(value));
    for branch in unnamed {
        let help = match misspelt(body, branch, branches) {
            Some(called) => {
                is_meaningful = false;
                format!("did you mean `{branch}` by `{called}(…)`?")
            }
            None => format!("name it in the closure, `… => {branch}(x)`, or remove it"),
        };
        let message = format!("no arm of the `route` gives anything to the branch `{branch}`\nhelp: {help}");
        diagnostics.error(branch, message);
    }
    is_meaningful
}

/// Whether a value of the closure may be what it must: a call, or nothing at all.
fn gives_to_a_branch(value: &Expr) -> bool {
    matches!(value, Expr::Call(_) | Expr::Macro(_) | Expr::Return(_) | Expr::Continue(_) | Expr::Break(_))
}

/// A function that the closure calls under a name close to that of a branch.
fn misspelt(body: &Expr, branch: &Ident, branches: &[&Ident]) -> Option<Ident> {
    struct Calls(Vec<Ident>);
    impl<'ast> Visit<'ast> for Calls {
        fn visit_expr_call(&mut self, call: &'ast ExprCall) {
            if let Expr::Path(path) = &*call.func {
                self.0.extend(path.path.get_ident().cloned());
            }
            syn::visit::visit_expr_call(self, call);
        }
    }
    let mut calls = Calls(Vec::new());
    calls.visit_expr(body);
    let strangers = calls.0.into_iter().filter(|called| *called != "skip" && !branches.contains(&called));
    let name = branch.to_string();
    strangers.into_iter().find(|called| closest(&called.to_string(), [name.as_str()]).is_some())
}
