//! Which names of its surroundings an expression uses: what a closure around it would capture.
//!
//! Scopes are followed, so that what a closure binds itself is not among them. In a macro call there are only tokens:
//! every name in them counts, and so do those in its strings as in format strings. What counts by mistake costs a clone.

use std::collections::BTreeSet;

use proc_macro2::{TokenStream, TokenTree};
use syn::ext::IdentExt;
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};
use syn::{
    AngleBracketedGenericArguments, Arm, Attribute, Block, Expr, ExprBinary, ExprCall, ExprClosure, ExprForLoop,
    ExprGroup, ExprIf, ExprIndex, ExprLet, ExprLit, ExprMethodCall, ExprPath, ExprReference, ExprTuple, ExprUnary,
    ExprWhile, Ident, Item, Lit, Local, Macro, Pat, Token, Type,
};

use crate::graph::{Func, FuncBody};
use crate::syntax::bound_names;

/// Macros of which the arguments are values.
const FORMATTING: [&str; 7] = ["format", "print", "println", "eprint", "eprintln", "write", "writeln"];

/// The names that an expression uses and does not bind.
pub(crate) struct Uses {
    names: BTreeSet<String>,
    whole: Vec<Ident>,
    given: Vec<Ident>,
    variables: Vec<Ident>,
}

impl Uses {
    pub(crate) fn of(expr: &Expr) -> Self {
        Self::within(&[], expr)
    }

    /// Those of an expression that stands where `own` names are bound.
    pub(crate) fn within(own: &[Ident], expr: &Expr) -> Self {
        let mut search = Search::default();
        search.within(own.iter().map(name_of).collect(), |search| {
            search.whole(expr);
            search.given(expr);
            search.visit_expr(expr);
        });
        Self { names: search.found, whole: search.whole, given: search.given, variables: search.variables }
    }

    pub(crate) fn of_function(func: &Func) -> Self {
        match &func.body {
            FuncBody::Closure { params, body, .. } => {
                let own: Vec<Ident> = params.iter().flat_map(|param| bound_names(&param.pat)).collect();
                Self::within(&own, body)
            }
            FuncBody::Path { path, .. } => Self {
                whole: Vec::new(),
                given: Vec::new(),
                variables: Vec::new(),
                ..Self::of(&Expr::Path(path.clone()))
            },
        }
    }

    pub(crate) fn contains(&self, name: &Ident) -> bool {
        self.names.contains(&name_of(name))
    }

    /// Variables that a closure around it would move, unless they are `Copy`: where it can be seen that all of a variable
    /// is used and not a field only, and that it is none of a function's names.
    pub(crate) fn whole(&self) -> &[Ident] {
        &self.whole
    }

    /// Names that are variables for certain: no function stands where they do.
    pub(crate) fn variables(&self) -> &[Ident] {
        &self.variables
    }

    /// Variables that are given away where it is evaluated, unless they are `Copy`: it is one, or calls something with it.
    pub(crate) fn given(&self) -> &[Ident] {
        &self.given
    }
}

/// In a format string a raw identifier has no `r#`.
fn name_of(ident: &Ident) -> String {
    ident.unraw().to_string()
}

#[derive(Default)]
struct Search {
    found: BTreeSet<String>,
    whole: Vec<Ident>,
    given: Vec<Ident>,
    variables: Vec<Ident>,
    /// What is bound around here, the innermost scope last.
    scopes: Vec<Vec<String>>,
}

impl Search {
    /// Searches in a scope with these names.
    fn within(&mut self, names: Vec<String>, search: impl FnOnce(&mut Self)) {
        self.scopes.push(names);
        search(self);
        self.scopes.pop();
    }

    fn bind(&mut self, pat: &Pat) {
        if let Some(scope) = self.scopes.last_mut() {
            scope.extend(bound_names(pat).iter().map(name_of));
        }
    }

    fn found(&mut self, name: String) {
        if !self.is_bound(&name) {
            self.found.insert(name);
        }
    }

    fn is_bound(&self, name: &str) -> bool {
        self.scopes.iter().flatten().any(|bound| bound == name)
    }

    /// A value stands here. If it is a variable, all of it is used. Constants and statics are in upper case.
    fn whole(&mut self, value: &Expr) {
        let Expr::Path(ExprPath { qself: None, path, .. }) = value else { return };
        path.get_ident().into_iter().for_each(|name| self.whole_name(name));
    }

    fn whole_name(&mut self, name: &Ident) {
        if self.is_variable(name) {
            self.whole.push(name.clone());
        }
    }

    /// A value stands here, and not a function.
    fn variable(&mut self, value: &Expr) {
        self.whole(value);
        let Expr::Path(ExprPath { qself: None, path, .. }) = value else { return };
        let variable = path.get_ident().filter(|name| self.is_variable(name)).cloned();
        self.variables.extend(variable);
    }

    /// A value is given away here.
    fn given(&mut self, value: &Expr) {
        let Expr::Path(ExprPath { qself: None, path, .. }) = value else { return };
        let variable = path.get_ident().filter(|name| self.is_variable(name)).cloned();
        self.given.extend(variable);
    }

    fn is_variable(&self, name: &Ident) -> bool {
        let text = name_of(name);
        text.starts_with(|c: char| c.is_lowercase()) && text != "self" && !self.is_bound(&text)
    }

    /// The arguments of a macro that formats.
    fn formatted(&mut self, call: &Macro) {
        let Ok(arguments) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) else { return };
        for argument in &arguments {
            self.whole(argument);
            match argument {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => {
                    for name in format_arguments(&text.value()) {
                        if let Ok(mut name) = syn::parse_str::<Ident>(&name) {
                            name.set_span(text.span());
                            self.whole_name(&name);
                        }
                    }
                }
                argument => self.visit_expr(argument),
            }
        }
    }

    /// Every name in the tokens but fields, methods, labels, lifetimes and parts of a path.
    fn tokens(&mut self, tokens: TokenStream) {
        let mut before = [' '; 2];
        for token in tokens {
            let member = before[1] == '.' && before[0] != '.';
            let part = before == [':', ':'] || before[1] == '\'';
            before[0] = before[1];
            before[1] = ' ';
            match token {
                TokenTree::Punct(punct) => before[1] = punct.as_char(),
                TokenTree::Group(group) => self.tokens(group.stream()),
                TokenTree::Literal(literal) => {
                    if let Lit::Str(text) = Lit::new(literal) {
                        format_arguments(&text.value()).into_iter().for_each(|name| self.found(name));
                    }
                }
                TokenTree::Ident(ident) if !member && !part => self.found(name_of(&ident)),
                TokenTree::Ident(_) => {}
            }
        }
    }
}

impl Visit<'_> for Search {
    fn visit_expr_path(&mut self, path: &ExprPath) {
        if let (None, Some(ident)) = (&path.qself, path.path.get_ident()) {
            self.found(name_of(ident));
        }
    }

    fn visit_expr(&mut self, expr: &Expr) {
        match expr {
            Expr::Verbatim(tokens) => self.tokens(tokens.clone()),
            _ => visit::visit_expr(self, expr),
        }
    }

    fn visit_expr_call(&mut self, call: &ExprCall) {
        call.args.iter().for_each(|argument| self.given(argument));
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &ExprMethodCall) {
        self.variable(&call.receiver);
        call.args.iter().for_each(|argument| self.given(argument));
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_binary(&mut self, binary: &ExprBinary) {
        self.whole(&binary.left);
        self.whole(&binary.right);
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_tuple(&mut self, tuple: &ExprTuple) {
        tuple.elems.iter().for_each(|element| self.whole(element));
        visit::visit_expr_tuple(self, tuple);
    }

    fn visit_expr_index(&mut self, index: &ExprIndex) {
        self.variable(&index.expr);
        visit::visit_expr_index(self, index);
    }

    fn visit_expr_unary(&mut self, unary: &ExprUnary) {
        self.variable(&unary.expr);
        visit::visit_expr_unary(self, unary);
    }

    fn visit_expr_reference(&mut self, reference: &ExprReference) {
        self.whole(&reference.expr);
        visit::visit_expr_reference(self, reference);
    }

    fn visit_macro(&mut self, call: &Macro) {
        if FORMATTING.iter().any(|name| call.path.is_ident(name)) {
            self.formatted(call);
        }
        self.tokens(call.tokens.clone());
    }

    /// A macro's argument: what is bound around it may be the macro's own, and of another name to rustc.
    fn visit_expr_group(&mut self, group: &ExprGroup) {
        let (whole, given, variables) = (self.whole.len(), self.given.len(), self.variables.len());
        let scopes = std::mem::take(&mut self.scopes);
        self.within(Vec::new(), |search| search.visit_expr(&group.expr));
        self.scopes = scopes;
        self.whole.truncate(whole);
        self.given.truncate(given);
        self.variables.truncate(variables);
    }

    fn visit_block(&mut self, block: &Block) {
        self.within(Vec::new(), |search| visit::visit_block(search, block));
    }

    /// Its names are bound behind it.
    fn visit_local(&mut self, local: &Local) {
        visit::visit_local(self, local);
        self.bind(&local.pat);
    }

    fn visit_expr_closure(&mut self, closure: &ExprClosure) {
        self.within(Vec::new(), |search| {
            closure.inputs.iter().for_each(|input| search.bind(input));
            search.visit_expr(&closure.body);
        });
    }

    fn visit_expr_let(&mut self, condition: &ExprLet) {
        self.visit_expr(&condition.expr);
        self.bind(&condition.pat);
    }

    fn visit_expr_if(&mut self, expr: &ExprIf) {
        self.within(Vec::new(), |search| {
            search.visit_expr(&expr.cond);
            search.visit_block(&expr.then_branch);
        });
        if let Some((_, otherwise)) = &expr.else_branch {
            self.visit_expr(otherwise);
        }
    }

    fn visit_expr_while(&mut self, expr: &ExprWhile) {
        self.within(Vec::new(), |search| {
            search.visit_expr(&expr.cond);
            search.visit_block(&expr.body);
        });
    }

    fn visit_expr_for_loop(&mut self, expr: &ExprForLoop) {
        self.visit_expr(&expr.expr);
        self.within(Vec::new(), |search| {
            search.bind(&expr.pat);
            search.visit_block(&expr.body);
        });
    }

    fn visit_arm(&mut self, arm: &Arm) {
        self.within(Vec::new(), |search| {
            search.bind(&arm.pat);
            visit::visit_arm(search, arm);
        });
    }

    /// An item captures nothing, but for a macro's definition.
    fn visit_item(&mut self, item: &Item) {
        if let Item::Macro(item) = item {
            self.visit_macro(&item.mac);
        }
    }

    fn visit_type(&mut self, _: &Type) {}

    fn visit_angle_bracketed_generic_arguments(&mut self, _: &AngleBracketedGenericArguments) {}

    fn visit_attribute(&mut self, _: &Attribute) {}
}

/// The names that a format string takes from its surroundings: `{name}`, `{:name$}`, `{:.name$}`.
fn format_arguments(text: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut rest = text;
    while let Some((_, behind)) = rest.split_once('{') {
        if let Some(behind) = behind.strip_prefix('{') {
            rest = behind;
            continue;
        }
        let Some((argument, behind)) = behind.split_once('}') else { break };
        rest = behind;
        let (name, spec) = argument.split_once(':').unwrap_or((argument, ""));
        let sizes = spec.split('$').rev().skip(1).map(|piece| {
            let start = piece.rfind(|c: char| !(c.is_alphanumeric() || c == '_'));
            // what is not part of a name is one character
            start.map_or(piece, |at| piece[at..].trim_start_matches(|c: char| !(c.is_alphanumeric() || c == '_')))
        });
        names.extend(std::iter::once(name.trim()).chain(sizes).filter(|name| !name.is_empty()).map(str::to_owned));
    }
    names
}

#[cfg(test)]
mod tests {
    use quote::format_ident;

    use super::*;

    /// Whether each expression uses `db`.
    fn uses(cases: &[(&str, bool)]) {
        let mut wrong = Vec::new();
        for (text, expected) in cases {
            let expr: Expr = syn::parse_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
            if Uses::of(&expr).contains(&format_ident!("db")) != *expected {
                wrong.push(*text);
            }
        }
        assert!(wrong.is_empty(), "wrong of: {wrong:#?}");
    }

    #[test]
    fn expressions() {
        uses(&[
            ("db", true),
            ("r#db", true),
            ("(db)", true),
            ("db.get(x)", true),
            ("f(&mut db)", true),
            ("0..db", true),
            ("0..=db", true),
            ("Config { x, ..db }", true),
            ("Config { db }", true),
            ("Config { db: 1 }", false),
            ("Config { db: db }", true),
            ("[1, db]", true),
            ("x[db]", true),
            ("db[0]", true),
            ("async { db.get().await }", true),
            ("async move { x + db }", true),
            ("return db", true),
            ("if db { 1 } else { 2 }", true),
            ("match db { x => x }", true),
            ("match x { y if y == db => 1, _ => 2 }", true),
            ("x.db", false),
            ("x.db()", false),
            ("x.db.get()", false),
            ("f(x).db.get(0)", false),
            ("x.get(db)", true),
            ("x.db::<T>()", false),
            ("db2", false),
            ("\"db\"", false),
            ("\"{db}\"", false),
        ]);
    }

    #[test]
    fn what_is_no_value() {
        uses(&[
            ("db::get()", false),
            ("Foo::db", false),
            ("f::<db>()", false),
            ("x as db", false),
            ("<db as Trait>::f()", false),
            ("'db: loop { break 'db; }", false),
            ("|x: db| x", false),
            ("|x| -> db { x }", false),
            ("{ #[db] let x = 1; x }", false),
            ("{ fn f(db: u8) -> u8 { db } f(1) }", false),
            ("{ use a::db; x }", false),
            ("{ const X: u8 = 1; x }", false),
        ]);
    }

    #[test]
    fn what_is_bound_inside() {
        uses(&[
            ("{ let db = 1; db }", false),
            ("{ let db = db; db }", true),
            ("{ f(db); let db = 1; db }", true),
            ("{ { let db = 1; } db }", true),
            ("{ let (x, Some(db)) = y else { return }; db }", false),
            ("{ let Some(db) = y else { return db }; db }", true),
            ("|db| db.get()", false),
            ("|(x, Foo { db, .. })| db", false),
            ("|x| db.get(x)", true),
            ("async |db| db", false),
            ("f(|db| db, db)", true),
            ("match x { Some(db) => db, None => 0 }", false),
            ("match x { db => db }", false),
            ("match x { Some(db) if db > 1 => 1, _ => 2 }", false),
            ("match x { Some(db) => 1, None => db }", true),
            ("if let Some(db) = x { db } else { 0 }", false),
            ("if let Some(db) = db { 1 } else { 0 }", true),
            ("if let Some(db) = x { 1 } else { db }", true),
            ("if let Some(db) = x && db > 1 { db } else { 0 }", false),
            ("if db && let Some(db) = x { db } else { 0 }", true),
            ("while let Some(db) = x { f(db) }", false),
            ("{ while let Some(db) = x {} db }", true),
            ("for db in x { f(db) }", false),
            ("for db in db { f(db) }", true),
            ("for x in 0..db {}", true),
        ]);
    }

    #[test]
    fn macro_calls() {
        uses(&[
            ("f!(db)", true),
            ("f!(x, [y, (db)])", true),
            ("f!(x.db)", false),
            ("f!(x.db())", false),
            ("f!(0..db)", true),
            ("f!(db::x)", true),
            ("f!(x::db)", false),
            ("f!('db)", false),
            ("f!(?db, %db)", true),
            ("f!(x: db)", true),
            ("{ f!(db); 1 }", true),
            ("|db| f!(db)", false),
            ("{ let db = 1; f!(\"{db}\") }", false),
            ("{ f!(\"{db}\"); let db = 1; }", true),
            ("f!(g!(h!(\"{db}\")))", true),
            ("{ macro_rules! m { () => { db } } m!() }", true),
        ]);
    }

    #[test]
    fn format_strings() {
        uses(&[
            ("f!(\"{db}\")", true),
            ("f!(\"{ db }\")", true),
            ("f!(\"{db:?}\")", true),
            ("f!(\"a {x} b {db:>8.3} c\")", true),
            ("f!(\"{x:>db$}\")", true),
            ("f!(\"{x:db$}\")", true),
            ("f!(\"{:>1$.db$}\")", true),
            ("f!(\"{x:>db$.prec$}\")", true),
            ("f!(\"{x:>width$.db$?}\")", true),
            ("f!(\"{0:#0db$x}\")", false),
            ("f!(\"{{db}}\")", false),
            ("f!(\"{{{db}}}\")", true),
            ("f!(\"{{{{db}}}}\")", false),
            ("f!(\"db\")", false),
            ("f!(\"{}\", \"db\")", false),
            ("f!(\"{dbx} {xdb}\")", false),
            ("f!(\"{db\")", false),
            ("f!(\"{x:db}\")", false),
            ("f!(r\"{db}\")", true),
            ("f!(r#\"\"{db}\"\"#)", true),
            ("f!(\"\\u{db}\")", false),
            ("f!(\"\\n{db}\")", true),
            ("f!(b\"{db}\")", false),
            ("f!('{')", false),
            ("assert!(x, \"{db}\")", true),
            ("write!(out, \"{db}\").unwrap()", true),
            ("panic!(\"{db:?}\")", true),
            ("info!(target: \"x\", y = 1, \"{db}\")", true),
        ]);
    }

    /// How often all of `db` is used.
    #[test]
    fn all_of_a_variable() {
        for (text, expected) in [
            ("db", 1),
            ("db.get(x)", 1),
            ("f(&db)", 1),
            ("f(&mut db, db.len())", 2),
            ("db[x]", 1),
            ("db == x", 1),
            ("(x, db)", 1),
            ("|x| db.get(x)", 1),
            ("format!(\"{x} {db}\")", 1),
            ("format!(\"{}\", db)", 1),
            ("println!(\"{}\", db.name())", 1),
            ("db.name", 0),
            ("f(&db.name)", 0),
            ("db.name.get(x)", 0),
            ("format!(\"{}\", db.name)", 0),
            ("match db { Db { x, .. } => x }", 0),
            ("{ let Db { x, .. } = db; x }", 0),
            ("db(x)", 0),
            ("x.map(db)", 0),
            ("|db| db.get(x)", 0),
            ("{ let db = 1; format!(\"{db}\") }", 0),
            ("m!(db)", 0),
            ("DB.get(x)", 0),
        ] {
            let expr: Expr = syn::parse_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
            let whole = Uses::of(&expr).whole().iter().filter(|name| *name == "db").count();
            assert_eq!(whole, expected, "{text}");
        }
    }

    /// How often `db` is given away.
    #[test]
    fn what_is_given_away() {
        for (text, expected) in [
            ("db", 1),
            ("f(db)", 1),
            ("f(db, &db)", 1),
            ("x.get(db)", 1),
            ("db.get(x)", 0),
            ("f(&db)", 0),
            ("f(db.name)", 0),
            ("{ let db = 1; f(db) }", 0),
            ("f(DB)", 0),
        ] {
            let expr: Expr = syn::parse_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
            let given = Uses::of(&expr).given().iter().filter(|name| *name == "db").count();
            assert_eq!(given, expected, "{text}");
        }
    }

    #[test]
    fn raw_names_in_format_strings() {
        let expr: Expr = syn::parse_str("f!(\"{type:?}\")").expect("an expression");
        let uses = Uses::of(&expr);
        assert!(uses.contains(&syn::parse_str::<Ident>("r#type").expect("a name")));
        assert!(!uses.contains(&format_ident!("match", span = proc_macro2::Span::call_site())));
    }

    /// `|db| $body`, where the caller's `db` is another one.
    #[test]
    fn what_a_macro_is_given() {
        let body: TokenStream = "db".parse().expect("tokens");
        let group = proc_macro2::Group::new(proc_macro2::Delimiter::None, body);
        let expr: Expr = syn::parse2(quote::quote!(|db| f(#group))).expect("a closure");
        assert!(Uses::of(&expr).contains(&format_ident!("db")));
    }

    #[test]
    fn a_function_s_parameters_are_its_own() {
        let expr: Expr = syn::parse_str("db.get(x)").expect("an expression");
        assert!(!Uses::within(&[format_ident!("db")], &expr).contains(&format_ident!("db")));
    }
}
