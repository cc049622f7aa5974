//! Who gets what of the surroundings: closures move what they capture, and of a shared name each gets a clone.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::{Context, ask, names};
use crate::graph::{Arg, Graph, Head, Op, Shared, SharedFrom, Statement};
use crate::ops::OpKind;
use crate::uses::Uses;

/// The names that several closures may hold, and how many use them.
pub(crate) struct Captures<'a> {
    names: Vec<(&'a Shared, usize)>,
}

impl<'a> Captures<'a> {
    pub(crate) fn new(graph: &'a Graph) -> Self {
        let closures: Vec<Uses> = graph.statements.iter().flat_map(closures).chain(of_tail(graph)).collect();
        let count = |name: &Ident| closures.iter().filter(|uses| uses.contains(name)).count();
        let names = graph.shared.iter().map(|shared| (shared, count(&shared.name))).collect();
        Self { names }
    }
}

impl Context<'_> {
    /// Asks of each variable that several closures move whether it is `Copy`.
    pub(super) fn ask_of_moved(&self) -> TokenStream {
        let check = &self.check;
        let asked = moved_again(self.graph).into_iter().map(|name| {
            let span = name.span();
            let (value, taken) = (ask::shown(&names::local("value"), span), Ident::new("taken", span));
            let arguments = ask::parenthesised(quote!(sound), span);
            // The type bears the variable's name into the message; it is not the user's, of whose types lints speak.
            let named = Ident::new(&name.to_string(), names::at(span));
            quote! {
                let sound = sound.known();
                let value = #check::of(&#name);
                let sound = {
                    enum #named {}
                    #value.#taken::<#named, _> #arguments
                };
            }
        });
        quote!(#(#asked)*)
    }

    /// Clones of the shared names among `uses`; a value that only one closure uses is moved instead.
    pub(super) fn clones(&self, uses: &Uses) -> TokenStream {
        let clones = self.captures.names.iter().filter_map(|(shared, closures)| {
            let name = &shared.name;
            let wanted = shared.from == SharedFrom::Clone || *closures > 1;
            (wanted && uses.contains(name)).then(|| {
                // What cannot be cloned is shown where the name is said to be shared.
                let cloned = self.check(&["cloned"], name.span());
                let original = ask::parenthesised(quote_spanned!(name.span()=> &#name), name.span());
                quote! {
                    #[allow(clippy::shadow_reuse, clippy::shadow_unrelated, reason = "a clone goes by its own name")]
                    let #name = #cloned #original;
                    let _ = &#name;
                }
            })
        });
        quote!(#(#clones)*)
    }
}

/// Variables that a closure moves which another has moved, unless they are `Copy`: each at its second use.
fn moved_again(graph: &Graph) -> Vec<Ident> {
    let mut moved: Vec<Ident> = Vec::new();
    let mut again: Vec<Ident> = Vec::new();
    for uses in graph.statements.iter().flat_map(moving).chain(of_tail(graph)) {
        let mut own: Vec<Ident> = Vec::new();
        for name in uses.whole().iter().filter(|name| !graph.shared.iter().any(|shared| shared.name == **name)) {
            if moved.contains(name) && !again.contains(name) {
                again.push(name.clone());
            }
            own.push(name.clone());
        }
        moved.extend(own);
    }
    again
}

/// The tail's uses: a sink's name is its value there.
pub(crate) fn of_tail(graph: &Graph) -> Option<Uses> {
    let sinks: Vec<Ident> = graph.sinks.iter().map(|sink| graph.statements[*sink].name.clone()).collect();
    graph.tail.as_ref().map(|tail| Uses::within(&sinks, tail))
}

/// The closures of a statement in which only closures name variables: the value of `via` and `forward` is evaluated at
/// once and may but borrow, and the closure of a `route` has the branches as names of its own.
fn moving(statement: &Statement) -> Vec<Uses> {
    let has_others = |op: &Op| matches!(op.spec.kind, OpKind::Via | OpKind::Forward | OpKind::Route);
    if statement.all_ops().any(has_others) { Vec::new() } else { closures(statement) }
}

/// Everything in a statement that becomes a closure.
fn closures(statement: &Statement) -> Vec<Uses> {
    let source = match &statement.head {
        Head::Source(expr) => Some(Uses::of(expr)),
        Head::Generator(func) => Some(Uses::of_function(func)),
        Head::Input | Head::Edge { .. } | Head::Join { .. } => None,
    };
    let args = statement.all_ops().flat_map(Op::all_args).filter_map(|arg| match arg {
        Arg::Function(func) => Some(Uses::of_function(func)),
        Arg::Value(value) => Some(Uses::of(value)),
        Arg::Setting(_) => None,
    });
    source.into_iter().chain(args).chain(statement.attrs.functions().map(Uses::of_function)).collect()
}
