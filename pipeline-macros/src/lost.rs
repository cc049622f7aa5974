//! Names that were bound in a text that could not be read. Rustc would report each use of one; so a value of any type has
//! that name.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Expr, ExprCall, ExprClosure, ExprPath, ExprStruct, FieldValue, Macro, Member, parse_quote,
    visit::{self, Visit},
};

use crate::{syntax::bound_names, uses::Uses};

/// Which of the names that an expression uses and does not bind may be lost.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Lost {
    #[default]
    None,
    /// These are.
    Names(BTreeSet<String>),
    /// A pattern is missing: any variable may have stood there.
    Any,
}

impl Lost {
    /// The names in a text that is left out.
    pub(crate) fn in_text(tokens: TokenStream) -> Self {
        let mut names = BTreeSet::new();
        add_names(tokens, &mut names);
        if names.is_empty() { Self::None } else { Self::Names(names) }
    }

    /// Those that a closure without parameters should have had.
    pub(crate) fn of_parameters(closure: &Expr) -> Self {
        match closure {
            Expr::Closure(closure) if closure.inputs.is_empty() => Self::Any,
            _ => Self::None,
        }
    }

    /// Those of what two mistakes have lost.
    pub(crate) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Any, _) | (_, Self::Any) => Self::Any,
            (Self::None, lost) | (lost, Self::None) => lost,
            (Self::Names(some), Self::Names(more)) => Self::Names(&some | &more),
        }
    }

    fn contains(&self, name: &Ident) -> bool {
        match self {
            Self::None => false,
            Self::Names(names) => names.contains(&name.to_string()),
            Self::Any => true,
        }
    }

    /// Gives the names values, in front of what uses them: inside a closure, whose parameters keep theirs.
    pub(crate) fn define_in(&self, expr: &mut Expr) {
        if *self == Self::None {
            return;
        }
        match expr {
            Expr::Closure(closure) => {
                let own: Vec<Ident> = closure.inputs.iter().flat_map(bound_names).collect();
                self.define_within(&own, &mut closure.body);
            }
            Expr::Assign(assign) => self.define_in(&mut assign.right),
            // What an argument is is told by its form.
            Expr::Path(_) | Expr::Lit(_) => {}
            expr => self.define_within(&[], expr),
        }
    }

    fn define_within(&self, own: &[Ident], expr: &mut Expr) {
        let names = self.used(own, expr);
        if !names.is_empty() {
            *expr = parse_quote!({ #(let #names = ().unfinished();)* #expr });
        }
    }

    /// Those that an expression uses, each once.
    fn used(&self, own: &[Ident], expr: &Expr) -> Vec<Ident> {
        let uses = Uses::within(own, expr);
        let mut search = Variables::default();
        search.visit_expr(expr);
        let mut known = BTreeSet::new();
        let lost = search.0.into_iter().filter(|name| self.contains(name) && uses.contains(name));
        lost.filter(|name| known.insert(name.to_string())).collect()
    }
}

fn is_variable(name: &Ident) -> bool {
    let text = name.to_string();
    text != "self" && text.starts_with(|char: char| char.is_lowercase() || char == '_') && text != "_"
}

fn add_names(tokens: TokenStream, names: &mut BTreeSet<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) if syn::parse2::<Ident>(quote!(#name)).is_ok() && is_variable(&name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => add_names(group.stream(), names),
            _ => {}
        }
    }
}

/// Names that stand for values: what is called is a function, which was not lost.
#[derive(Default)]
struct Variables(Vec<Ident>);

impl Variables {
    fn tokens(&mut self, tokens: TokenStream) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            let is_punct = |at: Option<usize>, signs: &[char]| {
                let token = at.and_then(|at| tokens.get(at));
                matches!(token, Some(TokenTree::Punct(punct)) if signs.contains(&punct.as_char()))
            };
            match token {
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Ident(name) => {
                    let is_member = is_punct(at.checked_sub(1), &['.', ':']);
                    let is_other = is_punct(at.checked_add(1), &['!', ':', '='])
                        || matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
                    let is_name = is_variable(name) && syn::parse2::<Ident>(quote!(#name)).is_ok();
                    self.0.extend((is_name && !is_member && !is_other).then(|| name.clone()));
                }
                _ => {}
            }
        }
    }
}

impl<'ast> Visit<'ast> for Variables {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        if path.qself.is_none() {
            self.0.extend(path.path.get_ident().filter(|name| is_variable(name)).cloned());
        }
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if !matches!(&*call.func, Expr::Path(_)) {
            self.visit_expr(&call.func);
        }
        call.args.iter().for_each(|arg| self.visit_expr(arg));
    }

    fn visit_macro(&mut self, call: &'ast Macro) {
        self.tokens(call.tokens.clone());
    }

    /// What it binds is its own.
    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        self.visit_expr(&closure.body);
    }

    fn visit_expr_struct(&mut self, value: &'ast ExprStruct) {
        value.fields.iter().for_each(|field: &FieldValue| match (&field.member, field.colon_token) {
            (Member::Named(name), None) => self.0.push(name.clone()),
            _ => self.visit_expr(&field.expr),
        });
        visit::visit_expr_struct(self, value);
    }
}
