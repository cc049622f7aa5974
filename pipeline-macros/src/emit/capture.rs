//! Who gets what of the surroundings: closures move what they capture, and of a shared name each gets a clone.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::graph::{Arg, Graph, Head, Op, Shared, SharedFrom, Statement};
use crate::uses::Uses;

/// The names that several closures may hold, and how many use them.
pub(crate) struct Captures<'a> {
    names: Vec<(&'a Shared, usize)>,
    private: TokenStream,
}

impl<'a> Captures<'a> {
    pub(crate) fn new(graph: &'a Graph, private: &TokenStream) -> Self {
        let closures: Vec<Uses> = graph.statements.iter().flat_map(closures).chain(of_tail(graph)).collect();
        let count = |name: &Ident| closures.iter().filter(|uses| uses.contains(name)).count();
        let names = graph.shared.iter().map(|shared| (shared, count(&shared.name))).collect();
        Self { names, private: private.clone() }
    }

    /// Clones of the shared names among `uses`; a value that only one closure uses is moved instead.
    pub(crate) fn clones(&self, uses: &Uses) -> TokenStream {
        let private = &self.private;
        let clones = self.names.iter().filter_map(|(shared, closures)| {
            let name = &shared.name;
            let wanted = shared.from == SharedFrom::Clone || *closures > 1;
            (wanted && uses.contains(name)).then(|| {
                quote! {
                    #[allow(clippy::shadow_reuse, clippy::shadow_unrelated, reason = "a clone goes by its own name")]
                    let #name = #private::Clone::clone(&#name);
                    let _ = &#name;
                }
            })
        });
        quote!(#(#clones)*)
    }
}

/// The tail's uses: a sink's name is its value there.
pub(crate) fn of_tail(graph: &Graph) -> Option<Uses> {
    let sinks: Vec<Ident> = graph.sinks.iter().map(|sink| graph.statements[*sink].name.clone()).collect();
    graph.tail.as_ref().map(|tail| Uses::within(&sinks, tail))
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
    source.into_iter().chain(args).chain(statement.attrs.keyed.as_ref().map(Uses::of_function)).collect()
}
