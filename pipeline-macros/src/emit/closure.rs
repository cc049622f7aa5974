//! Function arguments as closures: `?` fails the item, and the body's value is the result.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprBlock, ExprReturn, Pat, Path, Stmt, Type, parse_quote};

use super::{Context, ask, names};
use crate::graph::{Func, FuncBody, Param};
use crate::uses::Uses;

/// A closure, and what stands in front of the call that it is passed to.
pub(super) struct Closure {
    /// The clones that it moves.
    pub(super) clones: TokenStream,
    /// The closure, at the user's own.
    pub(super) closure: TokenStream,
}

impl Context<'_> {
    /// A closure that gives `Result<output, E>`. `params` is how many arguments it is called with, `before` stands at the
    /// beginning of its body.
    pub(super) fn fallible(&self, func: &Func, params: usize, output: &TokenStream, before: &TokenStream) -> Closure {
        let (parameters, body) = self.signature(func, params, true);
        let ok = self.ok(func, output, &body);
        self.closure(func, &parameters, output, quote!(#before #ok))
    }

    /// `Ok` of a body's value. Not as a call, in which the compiler would speak of arguments.
    fn ok(&self, func: &Func, output: &TokenStream, body: &TokenStream) -> TokenStream {
        let (private, value) = (&self.private, self.reached(body));
        // Of an `async` body the compiler knows the type only if it is said again.
        if func.asyncness.is_some() && output.to_string() != "_" {
            return quote!(let value: #output = #value; #private::Ok { 0: value });
        }
        quote!(#private::Ok { 0: #value })
    }

    /// The value of a body that may diverge: as far as lints know, what stands behind it is reached in another way. They
    /// take the parentheses for ours, and a block in them for no branch.
    fn reached(&self, body: &TokenStream) -> TokenStream {
        let private = &self.private;
        quote!(if let #private::Otherwise::Value(value) = #private::Otherwise::Nothing { value } else { (#body) })
    }

    /// The body of a `process` or a generator: the ends that it is given are its own, and so they are mutable.
    pub(super) fn whole(&self, func: &Func) -> Closure {
        let params: &[Param] = match &func.body {
            FuncBody::Closure { params, .. } => params,
            FuncBody::Path { .. } => &[],
        };
        let parameters = params.iter().map(|Param { pat, ty, .. }| {
            let ty = ty.as_ref().map(|ty| quote!(: #ty));
            match pat {
                Pat::Ident(ident) if ident.mutability.is_none() => quote!(mut #ident #ty),
                _ => quote!(#pat #ty),
            }
        });
        let (_, body) = self.signature(func, params.len(), true);
        self.closure(func, &quote!(#(#parameters),*), &quote!(()), self.ok(func, &quote!(()), &body))
    }

    /// A closure that gives the body's value as it is.
    pub(super) fn plain(&self, func: &Func, params: usize) -> Closure {
        self.plain_behind(&TokenStream::new(), func, params)
    }

    /// The same with something in front of its body.
    pub(super) fn plain_behind(&self, before: &TokenStream, func: &Func, params: usize) -> Closure {
        let (parameters, body) = self.signature(func, params, false);
        let clones = self.clones(&Uses::of_function(func));
        let head = head(func, &parameters);
        let body = if before.is_empty() { body } else { quote!({ #before #body }) };
        Closure { clones, closure: quote!(#head #body) }
    }

    fn closure(&self, func: &Func, parameters: &TokenStream, output: &TokenStream, body: TokenStream) -> Closure {
        let asyncness = &func.asyncness;
        let body = ask::braced(body, last_of(func));
        let (head, result) = (head(func, parameters), self.result(output, bar_of(func)));
        Closure { clones: self.clones(&Uses::of_function(func)), closure: quote!(#asyncness #head -> #result #body) }
    }

    /// `Result<output, E>`. With it ends what the compiler shows of a closure that moves what was moved: at `last`.
    pub(super) fn result(&self, output: &TokenStream, last: Span) -> TokenStream {
        let (private, error) = (&self.private, &self.error);
        let end = quote_spanned!(last=> >);
        quote!(#private::Result<#output, #error #end)
    }

    /// A value expression as a closure that evaluates it.
    pub(super) fn lazy(&self, value: &Expr) -> Closure {
        let clones = self.clones(&Uses::of(value));
        Closure { clones, closure: quote_spanned!(value.span()=> move || #value) }
    }

    /// A value expression, in a block with the clones that it moves.
    pub(super) fn eager(&self, value: &Expr) -> TokenStream {
        let clones = self.clones(&Uses::of(value));
        if clones.is_empty() {
            return value.to_token_stream();
        }
        quote_spanned! {names::at(value.span())=> { #clones #value } }
    }

    fn signature(&self, func: &Func, params: usize, fallible: bool) -> (TokenStream, TokenStream) {
        match &func.body {
            FuncBody::Closure { params, body, output, .. } => {
                let params = params.iter().map(parameter);
                let mut body = (**body).clone();
                if fallible {
                    end_without_return(&mut body);
                    Returns { private: &self.private }.visit_expr_mut(&mut body);
                }
                let body = match output {
                    Some(ty) => {
                        let value = self.reached(&body.to_token_stream());
                        quote!({ let value: #ty = #value; value })
                    }
                    None => body.to_token_stream(),
                };
                (quote!(#(#params),*), body)
            }
            FuncBody::Path { path, question } => {
                let params: Vec<_> = (0..params).map(|n| argument(&path.path, n)).collect();
                let arguments = ask::parenthesised(quote!(#(#params),*), ask::last(path));
                (quote!(#(#params),*), quote!(#path #arguments #question))
            }
        }
    }
}

/// `move |parameters|`, which the compiler shows where the closure moves what was moved.
fn head(func: &Func, parameters: &TokenStream) -> TokenStream {
    let last = quote_spanned!(bar_of(func)=> |);
    quote_spanned!(func.span=> move |#parameters #last)
}

/// Where the closure's parameters end.
fn bar_of(func: &Func) -> Span {
    match func.body {
        FuncBody::Closure { bar, .. } => bar,
        FuncBody::Path { .. } => last_of(func),
    }
}

/// A `return` at the end of a body says nothing, and what is behind it would never be reached.
fn end_without_return(body: &mut Expr) {
    match body {
        Expr::Return(ExprReturn { expr: Some(value), .. }) => {
            *body = std::mem::replace(value, Expr::PLACEHOLDER);
            end_without_return(body);
        }
        Expr::Block(ExprBlock { label: None, block, .. }) => {
            if let Some(Stmt::Expr(last @ Expr::Return(ExprReturn { expr: Some(_), .. }), semicolon)) =
                block.stmts.last_mut()
            {
                *semicolon = None;
                end_without_return(last);
            }
        }
        _ => {}
    }
}

/// An argument of the function at `path`. It stands at the user's own, where the path is all that could see its name.
pub(super) fn argument(path: &Path, n: usize) -> Ident {
    let name = if path.is_ident(&format!("value_{n}")) { format!("argument_{n}") } else { format!("value_{n}") };
    Ident::new(&name, ask::last(path))
}

/// The last token of the function as it was written.
fn last_of(func: &Func) -> Span {
    match &func.body {
        FuncBody::Closure { body, .. } => ask::last(body),
        FuncBody::Path { path, question: None } => ask::last(path),
        FuncBody::Path { question: Some(question), .. } => question.span,
    }
}

fn parameter(param: &Param) -> TokenStream {
    let Param { pat, ty, lent } = param;
    let ty = ty.as_ref().map(|ty: &Type| if *lent { quote!(: &#ty) } else { quote!(: #ty) });
    quote!(#pat #ty)
}

/// Makes `return x` give `x`, as in a `try` block.
struct Returns<'a> {
    private: &'a TokenStream,
}

impl VisitMut for Returns<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Return(inner) => {
                if let Some(value) = &mut inner.expr {
                    self.visit_expr_mut(value);
                }
                let private = self.private;
                let value = inner.expr.take().unwrap_or_else(|| parse_quote!(()));
                inner.expr = Some(parse_quote!(#private::Ok(#value)));
            }
            // Their `return` is their own.
            Expr::Closure(_) | Expr::Async(_) => {}
            _ => visit_mut::visit_expr_mut(self, expr),
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}

    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        call.tokens = self.in_tokens(std::mem::take(&mut call.tokens));
    }
}

impl Returns<'_> {
    /// Inside a macro call there are only tokens: what stands between `return` and the next comma or semicolon.
    fn in_tokens(&self, tokens: TokenStream) -> TokenStream {
        let mut result = TokenStream::new();
        let mut tokens = tokens.into_iter().peekable();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Ident(ident) if ident == "return" => {
                    let ends =
                        |token: &TokenTree| matches!(token, TokenTree::Punct(p) if matches!(p.as_char(), ',' | ';'));
                    let value: TokenStream = std::iter::from_fn(|| tokens.next_if(|token| !ends(token))).collect();
                    let value = if value.is_empty() { quote!(()) } else { self.in_tokens(value) };
                    let private = self.private;
                    result.extend(quote!(#ident #private::Ok(#value)));
                }
                TokenTree::Group(group) => {
                    let mut inner = proc_macro2::Group::new(group.delimiter(), self.in_tokens(group.stream()));
                    inner.set_span(group.span());
                    result.extend([TokenTree::Group(inner)]);
                }
                other => result.extend([other]),
            }
        }
        result
    }
}
