//! Who gets what of the surroundings: closures move what they capture, and of a shared name each gets a clone.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Ident;
use syn::ext::IdentExt;

use crate::graph::{Arg, Func, FuncBody, Graph, Head, Op, Shared, SharedFrom, Statement};
use crate::syntax::bound_names;

/// The names that several closures may hold, and in how many they occur.
pub(crate) struct Captures<'a> {
    names: Vec<(&'a Shared, usize)>,
    private: TokenStream,
}

impl<'a> Captures<'a> {
    pub(crate) fn new(graph: &'a Graph, private: &TokenStream) -> Self {
        let tail = graph.tail.as_ref().map(Text::of);
        let texts: Vec<Text> = graph.statements.iter().flat_map(closures).chain(tail).collect();
        let count = |name: &Ident| texts.iter().filter(|text| text.mentions(name)).count();
        let names = graph.shared.iter().map(|shared| (shared, count(&shared.name))).collect();
        Self { names, private: private.clone() }
    }

    /// Clones of the shared names that occur in `text`; a value that only one closure names is moved instead.
    pub(crate) fn clones(&self, text: &Text) -> TokenStream {
        let private = &self.private;
        let clones = self.names.iter().filter_map(|(shared, uses)| {
            let name = &shared.name;
            let wanted = shared.from == SharedFrom::Clone || *uses > 1;
            (wanted && text.mentions(name)).then(|| quote!(let #name = #private::Clone::clone(&#name);))
        });
        quote!(#(#clones)*)
    }
}

/// Everything in a statement that becomes a closure.
fn closures(statement: &Statement) -> Vec<Text> {
    let source = match &statement.head {
        Head::Source(expr) => Some(Text::of(expr)),
        Head::Generator(func) => Some(Text::of_function(func)),
        Head::Input | Head::Edge { .. } | Head::Join { .. } => None,
    };
    let args = statement.all_ops().flat_map(Op::all_args).filter_map(|arg| match arg {
        Arg::Function(func) => Some(Text::of_function(func)),
        Arg::Value(value) => Some(Text::of(value)),
        Arg::Setting(_) => None,
    });
    source.into_iter().chain(args).chain(statement.attrs.keyed.as_ref().map(Text::of_function)).collect()
}

/// What becomes a closure, in which names are looked for.
pub(crate) struct Text {
    tokens: TokenStream,
    /// The names of its parameters, which are its own.
    own: Vec<Ident>,
}

impl Text {
    pub(crate) fn of(expr: impl ToTokens) -> Self {
        Self { tokens: expr.to_token_stream(), own: Vec::new() }
    }

    pub(crate) fn of_function(func: &Func) -> Self {
        match &func.body {
            FuncBody::Closure { params, body, .. } => {
                Self { tokens: body.to_token_stream(), own: params.iter().flat_map(|p| bound_names(&p.pat)).collect() }
            }
            FuncBody::Path { path, .. } => Self::of(path),
        }
    }

    /// Whether `name` may be one of the surroundings' that it names.
    pub(crate) fn mentions(&self, name: &Ident) -> bool {
        !self.own.contains(name) && mentions(self.tokens.clone(), name)
    }
}

/// Whether `name` occurs in the tokens, also inside a format string (`"{name:?}"`), but not as a field or method.
fn mentions(tokens: TokenStream, name: &Ident) -> bool {
    // `.` makes a field of what follows, `..` a range
    let mut dots = 0;
    tokens.into_iter().any(|token| {
        let is_member = dots == 1;
        dots = if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '.') { dots + 1 } else { 0 };
        match token {
            TokenTree::Ident(ident) => ident == *name && !is_member,
            TokenTree::Group(group) => mentions(group.stream(), name),
            TokenTree::Literal(literal) => in_format_string(&literal.to_string(), &name.unraw().to_string()),
            TokenTree::Punct(_) => false,
        }
    })
}

fn in_format_string(literal: &str, name: &str) -> bool {
    literal.contains('"')
        && literal.split('{').skip(1).any(|piece| {
            let argument = piece.split(['}', ':', '?', '$']).next().unwrap_or_default();
            argument.trim() == name || piece.split('}').next().is_some_and(|spec| spec.contains(&format!("{name}$")))
        })
}

#[cfg(test)]
mod tests {
    use quote::format_ident;

    use super::*;

    #[test]
    fn names_of_the_surroundings() {
        for (text, mentioned) in [
            ("db.get(x)", true),
            ("{ let y = x; f(&db) }", true),
            ("format!(\"{db:?}\")", true),
            ("0..db", true),
            ("0..=db", true),
            ("Config { x, ..db }", true),
            ("x.db", false),
            ("x.db()", false),
            ("f(x).db.get(0)", false),
            ("db2", false),
        ] {
            let tokens: TokenStream = text.parse().unwrap();
            assert_eq!(Text::of(tokens).mentions(&format_ident!("db")), mentioned, "{text}");
        }
    }
}
