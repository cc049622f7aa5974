//! Calls that block their thread, found by name. Types are not known: what may as well be of tokio is left out.

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{
    Expr, ExprAsync, ExprAwait, ExprCall, ExprClosure, ExprMethodCall, ExprPath, Item, Macro, Path, Token,
    punctuated::Punctuated, visit::Visit,
};

use crate::graph::{Arg, Func, FuncBody, Head, Statement};

/// A call, or the function that a call would be made of.
pub(super) struct Call {
    pub(super) tokens: TokenStream,
    pub(super) text: String,
    /// What does the same and does not block.
    pub(super) instead: String,
    /// It can be nothing else, and stands where it is never right: in an `async` body itself.
    pub(super) certain: bool,
}

/// Those in the bodies of a statement and in the expression of a source; what a pipeline evaluates when it is built is
/// no body.
pub(super) fn calls(statement: &Statement) -> Vec<Call> {
    let mut search = Search::default();
    match &statement.head {
        Head::Source(expr) => search.visit_expr(expr),
        Head::Generator(func) => search.visit_func(func),
        Head::Input | Head::Edge { .. } | Head::Join { .. } => {}
    }
    if let Some(keyed) = &statement.attrs.keyed {
        search.visit_func(keyed);
    }
    for arg in statement.all_ops().flat_map(|op| op.all_args()) {
        if let Arg::Function(func) = arg {
            search.visit_func(func);
        }
    }
    search.found
}

#[derive(Default)]
struct Search {
    found: Vec<Call>,
    /// Inside what is awaited: there `fs::read` is tokio's.
    awaited: bool,
    /// In an `async` body, not in a closure inside it, which may run elsewhere.
    in_async: bool,
}

impl Search {
    fn visit_func(&mut self, func: &Func) {
        self.in_async = func.asyncness.is_some();
        match &func.body {
            FuncBody::Closure { body, .. } => self.visit_expr(body),
            FuncBody::Path { path, .. } => self.visit_expr_path(path),
        }
        self.in_async = false;
    }

    fn with_awaited(&mut self, awaited: bool, visit: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.awaited, awaited);
        visit(self);
        self.awaited = outer;
    }
}

impl<'ast> Visit<'ast> for Search {
    fn visit_expr_path(&mut self, path: &'ast ExprPath) {
        let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        if let Some(instead) = instead(&names).filter(|_| !(self.awaited && names.first() == Some(&"fs"))) {
            let certain = self.in_async && NEVER.iter().any(|never| names.starts_with(never));
            self.found.push(Call { tokens: names_of(&path.path), text: names.join("::"), instead, certain });
        }
    }

    fn visit_expr_await(&mut self, expr: &'ast ExprAwait) {
        self.with_awaited(true, |search| search.visit_expr(&expr.base));
    }

    fn visit_expr_async(&mut self, block: &'ast ExprAsync) {
        self.with_awaited(false, |search| search.visit_block(&block.block));
    }

    fn visit_expr_closure(&mut self, closure: &'ast ExprClosure) {
        let outer = std::mem::replace(&mut self.in_async, false);
        syn::visit::visit_expr_closure(self, closure);
        self.in_async = outer;
    }

    /// What is given to a thread that may block is no finding.
    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        if !matches!(&*call.func, Expr::Path(path) if gives_to_thread(&path.path)) {
            syn::visit::visit_expr_call(self, call);
        }
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        if call.method == "spawn_blocking" {
            self.visit_expr(&call.receiver);
            return;
        }
        if call.method == "block_on" {
            let instead = "`.await`".to_owned();
            let tokens = call.method.to_token_stream();
            self.found.push(Call { tokens, text: "block_on".to_owned(), instead, certain: false });
        }
        syn::visit::visit_expr_method_call(self, call);
    }

    /// The arguments of a macro call, if that is what they are.
    fn visit_macro(&mut self, call: &'ast Macro) {
        if let Ok(args) = call.parse_body_with(Punctuated::<Expr, Token![,]>::parse_terminated) {
            for arg in &args {
                self.visit_expr(arg);
            }
        }
    }

    fn visit_item(&mut self, _: &'ast Item) {}
}

/// A path's tokens, without its generic arguments.
fn names_of(path: &Path) -> TokenStream {
    let (first, rest) = (path.leading_colon, path.segments.pairs());
    let rest = rest.map(|pair| {
        let (name, colons) = (&pair.value().ident, pair.punct());
        quote::quote!(#name #colons)
    });
    quote::quote!(#first #(#rest)*)
}

fn gives_to_thread(path: &Path) -> bool {
    let mut names = path.segments.iter().rev().map(|segment| &segment.ident);
    match names.next() {
        Some(last) if last == "spawn_blocking" || last == "block_in_place" => true,
        Some(last) if last == "spawn" => names.next().is_some_and(|module| module == "thread"),
        _ => false,
    }
}

/// Functions of `std::fs`, each of which tokio has too.
const FILES: [&str; 17] = [
    "canonicalize",
    "copy",
    "create_dir",
    "create_dir_all",
    "hard_link",
    "metadata",
    "read",
    "read_dir",
    "read_link",
    "read_to_string",
    "remove_dir",
    "remove_dir_all",
    "remove_file",
    "rename",
    "set_permissions",
    "symlink_metadata",
    "write",
];

/// By their full names; in an `async` body they are mistakes whatever stands around them.
const NEVER: [&[&str]; 3] =
    [&["std", "thread", "sleep"], &["futures", "executor", "block_on"], &["reqwest", "blocking"]];

const BUILDERS: [&str; 2] = ["OpenOptions", "DirBuilder"];

const SOCKETS: [&str; 3] = ["TcpStream", "TcpListener", "UdpSocket"];

/// What stands for a function that blocks; `None` for every other.
fn instead(names: &[&str]) -> Option<String> {
    let waits = |path: &[&str]| Some(format!("`tokio::{}(…).await`", path.join("::")));
    match *names {
        ["std", "thread", "sleep"] | ["thread", "sleep"] => waits(&["time", "sleep"]),
        ["std", "fs", "exists"] => waits(&["fs", "try_exists"]),
        ["std", "fs", builder, ..] if BUILDERS.contains(&builder) => Some(format!("`tokio::fs::{builder}`")),
        ["std", "fs", name, ..] if name == "File" || FILES.contains(&name) => waits(&names[1..]),
        // builders and files are tokio's as likely as not, and these functions where they are awaited
        ["fs", name] if FILES.contains(&name) => waits(names),
        ["std", "net", name, ..] if SOCKETS.contains(&name) => waits(&names[1..]),
        ["std", "io", "stdin"] => Some("`tokio::io::stdin()`".to_owned()),
        ["reqwest", "blocking", _, ..] => Some("`reqwest` without `blocking`".to_owned()),
        [.., "block_on"] => Some("`.await`".to_owned()),
        _ => None,
    }
}
