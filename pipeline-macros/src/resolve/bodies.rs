//! What the bodies of closures give.

use syn::{Expr, ExprCall, ExprClosure, ExprReturn, Item, Stmt, visit::Visit};

use crate::{
    diagnostics::Diagnostics,
    graph::{Func, FuncBody},
    ops::OpKind,
    text,
};

/// Checks what the function of an operator gives; `true` if nothing is wrong with it.
pub(super) fn check(op: OpKind, func: &Func, diagnostics: &mut Diagnostics) -> bool {
    let never_a_result = match op {
        OpKind::ForEach | OpKind::Inspect | OpKind::Process => true,
        OpKind::Filter | OpKind::FilterMap | OpKind::TakeWhile | OpKind::SkipWhile => true,
        OpKind::Map | OpKind::MapInit | OpKind::FlatMap | OpKind::Scan | OpKind::Recurse => false,
        _ => return true,
    };
    ok_around_the_value(func, never_a_result, diagnostics)
}

/// Likewise, of a generator.
pub(super) fn check_generator(func: &Func, diagnostics: &mut Diagnostics) -> bool {
    ok_around_the_value(func, true, diagnostics)
}

/// A habit from functions that return a `Result`: here a body's value is the result itself, as in a `try` block.
///
/// Where the value may be a `Result`, only a body that has `?` too is meant: its errors go another way.
fn ok_around_the_value(func: &Func, never_a_result: bool, diagnostics: &mut Diagnostics) -> bool {
    let FuncBody::Closure { body, output: None, .. } = &func.body else { return true };
    let values = values(body);
    let is_err = |value: &&Expr| wrapped(value, "Err").is_some();
    if !(never_a_result || func.fallible) || values.iter().any(is_err) {
        return true;
    }
    let first = values.iter().find_map(|value| Some((*value, wrapped(value, "Ok")?)));
    let Some((value, inner)) = first else { return true };
    let inner = text::tokens(inner);
    let fact = "a body gives its value without `Ok`: `?` is all that fails an item";
    let help = match (inner.as_str(), never_a_result) {
        ("()", _) => "remove the `Ok(())`".to_owned(),
        (_, true) => format!("write `{inner}`"),
        (_, false) => format!("write `{inner}`; for an item that is a `Result`, `Ok::<_, E>({inner})`"),
    };
    diagnostics.error(value, format_args!("{fact}\nhelp: {help}"));
    false
}

/// All that a body may give.
pub(super) fn values(body: &Expr) -> Vec<&Expr> {
    let mut values = Values::default();
    values.visit_expr(body);
    values.last(body);
    values.0
}

/// The `x` of `Ok(x)`.
fn wrapped<'a>(value: &'a Expr, name: &str) -> Option<&'a Expr> {
    match value {
        Expr::Call(ExprCall { func, args, .. }) => match &**func {
            Expr::Path(path) if path.path.is_ident(name) => args.first(),
            _ => None,
        },
        _ => None,
    }
}

/// What a body gives: at its end, and by `return`.
#[derive(Default)]
struct Values<'a>(Vec<&'a Expr>);

impl<'a> Values<'a> {
    /// Adds what an expression gives at its end.
    fn last(&mut self, expr: &'a Expr) {
        match expr {
            Expr::Block(block) => self.last_of(&block.block.stmts),
            Expr::If(branches) => {
                self.last_of(&branches.then_branch.stmts);
                if let Some((_, other)) = &branches.else_branch {
                    self.last(other);
                }
            }
            Expr::Match(arms) => arms.arms.iter().for_each(|arm| self.last(&arm.body)),
            Expr::Paren(inner) => self.last(&inner.expr),
            Expr::Group(inner) => self.last(&inner.expr),
            value => self.0.push(value),
        }
    }

    fn last_of(&mut self, statements: &'a [Stmt]) {
        if let Some(Stmt::Expr(last, None)) = statements.last() {
            self.last(last);
        }
    }
}

impl<'a> Visit<'a> for Values<'a> {
    fn visit_expr_return(&mut self, found: &'a ExprReturn) {
        if let Some(value) = &found.expr {
            self.last(value);
        }
    }

    fn visit_expr_closure(&mut self, _: &'a ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'a syn::ExprAsync) {}

    fn visit_item(&mut self, _: &'a Item) {}
}
