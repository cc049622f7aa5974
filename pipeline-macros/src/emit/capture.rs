//! Who gets what of the surroundings: closures move what they capture, and of a shared name each gets a clone.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::{Context, ask, names};
use crate::graph::{Arg, End, Graph, Head, Op, Shared, SharedFrom, Statement};
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
            let moved = names::local("moved");
            let (shown, again) = (ask::shown(&moved, span), Ident::new("again", span));
            let takes = ask::parenthesised(quote_spanned!(span=> move || { let _ = &#name; }), span);
            // It bears the variable's name into the message, and is not the user's, of whose types lints speak.
            let named = Ident::new(&name.to_string(), names::at(span));
            quote!({
                use #check::Moved as _;
                enum #named {}
                let #moved = #check::pair(#check::items::<#named>(), #check::of(&#name));
                #shown.#again #takes;
            })
        });
        asked.collect()
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

/// Variables that a statement uses which another has moved, unless they are `Copy`: each at its second use.
fn moved_again(graph: &Graph) -> Vec<Ident> {
    let mut moved: Vec<Ident> = Vec::new();
    let mut again: Vec<Ident> = Vec::new();
    let all = graph.statements.iter().flat_map(|statement| taken(graph, statement));
    for mut taken in all.chain(of_tail(graph).as_ref().map(Taken::by_closure)) {
        taken.leave_out(|name| graph.shared.iter().any(|shared| shared.name == *name));
        for name in taken.used {
            if moved.contains(&name) && !again.contains(&name) {
                again.push(name);
            }
        }
        moved.extend(taken.moved);
    }
    again
}

/// The variables that a closure or value uses, and those among them that it moves.
struct Taken {
    used: Vec<Ident>,
    moved: Vec<Ident>,
}

impl Taken {
    /// A closure moves all that it names.
    fn by_closure(uses: &Uses) -> Self {
        Self { used: uses.whole().to_vec(), moved: uses.whole().to_vec() }
    }

    /// What is evaluated when the pipeline is built may but borrow.
    fn at_once(uses: &Uses) -> Self {
        Self { used: [uses.given(), uses.whole()].concat(), moved: uses.given().to_vec() }
    }

    fn leave_out(&mut self, is_other: impl Fn(&Ident) -> bool) {
        self.used.retain(|name| !is_other(name));
        self.moved.retain(|name| !is_other(name));
    }
}

/// The tail's uses: a sink's name is its value there.
pub(crate) fn of_tail(graph: &Graph) -> Option<Uses> {
    let sinks: Vec<Ident> = graph.sinks.iter().map(|sink| graph.statements[*sink].name.clone()).collect();
    graph.tail.as_ref().map(|tail| Uses::within(&sinks, tail))
}

/// What each closure and value of a statement takes.
fn taken(graph: &Graph, statement: &Statement) -> Vec<Taken> {
    let of_head = of_head(statement).as_ref().map(Taken::by_closure);
    let of_ops = statement.all_ops().flat_map(|op| op.all_args().map(move |arg| (op, arg)));
    let of_ops = of_ops.filter_map(|(op, arg)| match (op.spec.kind, arg) {
        (OpKind::Via | OpKind::Forward, Arg::Value(value)) => Some(Taken::at_once(&Uses::of(value))),
        (OpKind::Route, Arg::Function(func)) => {
            let mut taken = Taken::by_closure(&Uses::of_function(func));
            taken.leave_out(|name| name == "skip" || is_branch(graph, statement, name));
            Some(taken)
        }
        (_, Arg::Function(func)) => Some(Taken::by_closure(&Uses::of_function(func))),
        (_, Arg::Value(value)) => Some(Taken::by_closure(&Uses::of(value))),
        (_, Arg::Setting(_)) => None,
    });
    let of_policies = statement.attrs.functions().map(|func| Taken::by_closure(&Uses::of_function(func)));
    of_head.into_iter().chain(of_ops).chain(of_policies).collect()
}

fn is_branch(graph: &Graph, statement: &Statement, name: &Ident) -> bool {
    matches!(&statement.end, End::Route(edges, _) if edges.iter().any(|edge| graph.edges[*edge].name == *name))
}

/// What a source takes.
fn of_head(statement: &Statement) -> Option<Uses> {
    match &statement.head {
        Head::Source(expr) => Some(Uses::of(expr)),
        Head::Generator(func) => Some(Uses::of_function(func)),
        Head::Input | Head::Edge { .. } | Head::Join { .. } => None,
    }
}

/// Everything in a statement that becomes a closure.
fn closures(statement: &Statement) -> Vec<Uses> {
    let args = statement.all_ops().flat_map(Op::all_args).filter_map(|arg| match arg {
        Arg::Function(func) => Some(Uses::of_function(func)),
        Arg::Value(value) => Some(Uses::of(value)),
        Arg::Setting(_) => None,
    });
    of_head(statement).into_iter().chain(args).chain(statement.attrs.functions().map(Uses::of_function)).collect()
}
