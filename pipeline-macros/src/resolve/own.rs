//! What belongs to a body itself and not to a closure, `async` block or `fn` inside it: its `?`, its `.await` and its `return`.

use proc_macro2::{Span, TokenStream, TokenTree};
use syn::{Expr, ExprAsync, ExprAwait, ExprClosure, ExprReturn, ExprTry, Item, Macro, spanned::Spanned, visit::Visit};

/// Where the body has its first `?` of its own.
pub(super) fn question(body: &Expr) -> Option<Span> {
    Own::find(body).question
}

/// Whether the body may end before its time by itself: it has a `?` or a `return`.
pub(crate) fn may_leave(body: &Expr) -> bool {
    let own = Own::find(body);
    own.question.is_some() || own.returning.is_some()
}

/// Its first `?`, `.await` or `return`, with its text.
pub(super) fn way_out(body: &Expr) -> Option<(Span, &'static str)> {
    let own = Own::find(body);
    let question = own.question.map(|span| (span, "?"));
    question.or(own.suspension.map(|span| (span, ".await"))).or(own.returning.map(|span| (span, "return")))
}

/// Whether it has an `.await` of its own.
pub(crate) fn waits(body: &Expr) -> bool {
    Own::find(body).suspension.is_some()
}

#[derive(Default)]
struct Own {
    question: Option<Span>,
    suspension: Option<Span>,
    returning: Option<Span>,
}

impl Own {
    fn find(body: &Expr) -> Self {
        let mut own = Own::default();
        own.visit_expr(body);
        own
    }

    /// The text of a macro call has no tree: any `?` or `await` in it counts.
    fn visit_tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Group(group) => self.visit_tokens(group.stream()),
                TokenTree::Punct(punct) if punct.as_char() == '?' => {
                    self.question.get_or_insert(punct.span());
                }
                TokenTree::Ident(ident) if ident == "await" => {
                    self.suspension.get_or_insert(ident.span());
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Own {
    fn visit_expr(&mut self, expr: &'ast Expr) {
        match expr {
            Expr::Verbatim(tokens) => self.visit_tokens(tokens.clone()),
            Expr::TryBlock(_) => {}
            _ => syn::visit::visit_expr(self, expr),
        }
    }

    fn visit_expr_try(&mut self, expr: &'ast ExprTry) {
        self.question.get_or_insert(expr.question_token.span());
        syn::visit::visit_expr_try(self, expr);
    }

    fn visit_expr_await(&mut self, expr: &'ast ExprAwait) {
        self.suspension.get_or_insert(expr.await_token.span());
        syn::visit::visit_expr_await(self, expr);
    }

    fn visit_expr_return(&mut self, expr: &'ast ExprReturn) {
        self.returning.get_or_insert(expr.return_token.span());
        syn::visit::visit_expr_return(self, expr);
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.visit_tokens(call.tokens.clone());
    }

    fn visit_expr_closure(&mut self, _: &'ast ExprClosure) {}

    fn visit_expr_async(&mut self, _: &'ast ExprAsync) {}

    fn visit_item(&mut self, _: &'ast Item) {}
}
