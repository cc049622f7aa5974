//! Who gets what of the surroundings: closures move what they capture, and of a shared name each gets a clone.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Ident;
use syn::ext::IdentExt;

use crate::graph::{Arg, Func, FuncBody, Graph, Head, Op, Shared, SharedFrom, Statement};

/// The names that several closures may hold, and in how many they occur.
pub(crate) struct Captures<'a> {
    names: Vec<(&'a Shared, usize)>,
    private: TokenStream,
}

impl<'a> Captures<'a> {
    pub(crate) fn new(graph: &'a Graph, private: &TokenStream) -> Self {
        let texts: Vec<TokenStream> = graph.statements.iter().flat_map(closures).chain(tail(graph)).collect();
        let count = |name: &Ident| texts.iter().filter(|text| mentions((*text).clone(), name)).count();
        let names = graph.shared.iter().map(|shared| (shared, count(&shared.name))).collect();
        Self { names, private: private.clone() }
    }

    /// Clones of the shared names that occur in `text`; a value that only one closure names is moved instead.
    pub(crate) fn clones(&self, text: &TokenStream) -> TokenStream {
        let private = &self.private;
        let clones = self.names.iter().filter_map(|(shared, uses)| {
            let name = &shared.name;
            let wanted = shared.from == SharedFrom::Clone || *uses > 1;
            (wanted && mentions(text.clone(), name)).then(|| quote!(let #name = #private::Clone::clone(&#name);))
        });
        quote!(#(#clones)*)
    }
}

/// Everything in a statement that becomes a closure.
fn closures(statement: &Statement) -> Vec<TokenStream> {
    let source = match &statement.head {
        Head::Source(expr) => Some(expr.to_token_stream()),
        Head::Input | Head::Edge { .. } | Head::Join { .. } => None,
    };
    let args = statement.all_ops().flat_map(Op::all_args).filter_map(|arg| match arg {
        Arg::Function(func) => Some(text(func)),
        Arg::Value(value) => Some(value.to_token_stream()),
        Arg::Setting(_) => None,
    });
    source.into_iter().chain(args).chain(statement.attrs.keyed.as_ref().map(text)).collect()
}

fn tail(graph: &Graph) -> Option<TokenStream> {
    graph.tail.as_ref().map(ToTokens::to_token_stream)
}

/// The text of a function argument, in which names are looked for.
pub(crate) fn text(func: &Func) -> TokenStream {
    match &func.body {
        FuncBody::Closure { body, .. } => body.to_token_stream(),
        FuncBody::Path { path, .. } => path.to_token_stream(),
    }
}

/// Whether `name` occurs in the tokens, also inside a format string (`"{name:?}"`).
pub(crate) fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Ident(ident) => ident == *name,
        TokenTree::Group(group) => mentions(group.stream(), name),
        TokenTree::Literal(literal) => in_format_string(&literal.to_string(), &name.unraw().to_string()),
        TokenTree::Punct(_) => false,
    })
}

fn in_format_string(literal: &str, name: &str) -> bool {
    literal.contains('"')
        && literal.split('{').skip(1).any(|piece| {
            let argument = piece.split(['}', ':', '?', '$']).next().unwrap_or_default();
            argument.trim() == name || piece.split('}').next().is_some_and(|spec| spec.contains(&format!("{name}$")))
        })
}
