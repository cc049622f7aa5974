//! Function arguments as closures: `?` fails the item, and the body's value is the result.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, ExprBlock, ExprReturn, Pat, Stmt, Type, parse_quote};

use super::{Context, names};
use crate::graph::{Func, FuncBody, Param};
use crate::uses::Uses;

impl Context<'_> {
    /// A closure that gives `Result<output, E>`, in a block with the clones that it moves. `params` is how many
    /// arguments it is called with, `before` stands at the beginning of its body.
    pub(crate) fn fallible(
        &self,
        func: &Func,
        params: usize,
        output: &TokenStream,
        before: &TokenStream,
    ) -> TokenStream {
        let (private, error) = (&self.private, &self.error);
        let asyncness = &func.asyncness;
        let (parameters, body) = self.signature(func, params, true);
        let clones = self.captures.clones(&Uses::of_function(func));
        let ok = self.ok(&quote!(value));
        quote_spanned! {names::at(func.span)=> {
            #clones
            #asyncness move |#parameters| -> #private::Result<#output, #error> {
                #before
                let value = #body;
                #ok
            }
        }}
    }

    /// What stands behind a body, which may diverge.
    fn ok(&self, value: &TokenStream) -> TokenStream {
        let private = &self.private;
        quote!(#[allow(unreachable_code, reason = "a body may diverge")] #private::Ok(#value))
    }

    /// The body of a `process` or a generator: the ends that it is given are its own, and so they are mutable.
    pub(crate) fn whole(&self, func: &Func) -> TokenStream {
        let FuncBody::Closure { params, .. } = &func.body else { return TokenStream::new() };
        let asyncness = &func.asyncness;
        let parameters = params.iter().map(|Param { pat, ty, .. }| {
            let ty = ty.as_ref().map(|ty| quote!(: #ty));
            match pat {
                Pat::Ident(ident) if ident.mutability.is_none() => quote!(mut #ident #ty),
                _ => quote!(#pat #ty),
            }
        });
        let (_, body) = self.signature(func, params.len(), true);
        let (private, error, ok) = (&self.private, &self.error, self.ok(&quote!(())));
        let clones = self.captures.clones(&Uses::of_function(func));
        quote_spanned! {names::at(func.span)=> {
            #clones
            #asyncness move |#(#parameters),*| -> #private::Result<(), #error> {
                let () = #body;
                #ok
            }
        }}
    }

    /// A closure that gives the body's value as it is.
    pub(crate) fn plain(&self, func: &Func, params: usize) -> TokenStream {
        let (parameters, body) = self.signature(func, params, false);
        let clones = self.captures.clones(&Uses::of_function(func));
        quote_spanned! {names::at(func.span)=> { #clones move |#parameters| #body } }
    }

    /// A value expression as a closure that evaluates it.
    pub(crate) fn lazy(&self, value: &Expr) -> TokenStream {
        let clones = self.captures.clones(&Uses::of(value));
        quote_spanned! {names::at(value.span())=> { #clones move || #value } }
    }

    /// A value expression, in a block with the clones that it moves.
    pub(crate) fn eager(&self, value: &Expr) -> TokenStream {
        let clones = self.captures.clones(&Uses::of(value));
        quote_spanned! {names::at(value.span())=> { #clones #value } }
    }

    fn signature(&self, func: &Func, params: usize, fallible: bool) -> (TokenStream, TokenStream) {
        match &func.body {
            FuncBody::Closure { params, body, output } => {
                let params = params.iter().map(parameter);
                let mut body = (**body).clone();
                if fallible {
                    end_without_return(&mut body);
                    Returns { private: &self.private }.visit_expr_mut(&mut body);
                }
                let body = match output {
                    Some(ty) => quote!({ let value: #ty = #body; value }),
                    None => body.to_token_stream(),
                };
                (quote!(#(#params),*), body)
            }
            FuncBody::Path { path, question } => {
                let params: Vec<_> = (0..params).map(|n| names::local(&format!("value_{n}"))).collect();
                (quote!(#(#params),*), quote!(#path(#(#params),*) #question))
            }
        }
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
