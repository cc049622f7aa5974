//! The first half of a pipeline's block: each closure meets its witness, in topological order, so that item types are
//! known along the graph.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Type;
use syn::spanned::Spanned;

use super::step::{is_lent, looks_only};
use super::{Context, names};
use crate::graph::{Arg, Edge, End, Func, FuncBody, Head, JoinKind, OnError, Op, Part, Statement};
use crate::ops::OpKind;
use crate::syntax::Returned;
use crate::uses::Uses;

impl Context<'_> {
    /// A statement's closures and the witnesses of what it gives.
    pub(super) fn prepare(&self, statement: &Statement) -> TokenStream {
        let private = &self.private;
        let attrs = &statement.attrs.attrs;
        let lints = attrs.iter().filter(|attr| !attr.path().is_ident("doc"));
        let head = match &statement.head {
            Head::Source(expr) => return self.prepare_source(statement, expr),
            Head::Generator(func) => return self.prepare_generator(statement, func),
            Head::Input => return self.prepare_input(statement),
            Head::Edge { edge, question } => {
                let items = names::items(&self.graph.edges[*edge]);
                self.question(&quote!(#items), question.is_some())
            }
            Head::Join { kind, parts, question, .. } => {
                let joined = self.prepare_join(statement, *kind, parts);
                let items = self.question(&quote!(items), question.is_some());
                quote!(#joined #items)
            }
        };
        let keyed = statement.attrs.keyed.as_ref().map(|func| {
            let (key, keys) = (names::part(statement, "key"), names::part(statement, "keys"));
            let closure = self.plain(func, 1);
            quote_spanned!(names::at(func.span)=> let (#key, #keys) = #private::witness::keyed(items, #closure);)
        });
        let last = statement.ops.len().checked_sub(1);
        let ops = statement.ops.iter().enumerate().map(|(index, op)| {
            let ty = statement.ty.as_ref().filter(|_| Some(index) == last && matches!(statement.end, End::Edge(_)));
            self.prepare_op(statement, op, index, ty)
        });
        let ops: TokenStream = ops.collect();
        let rejects = self.rejects_of_input(statement);
        let end = self.prepare_end(statement);
        quote!(#(#lints)* #head #keyed #rejects #ops #end)
    }

    fn prepare_source(&self, statement: &Statement, expr: &syn::Expr) -> TokenStream {
        let (private, error) = (&self.private, &self.error);
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (body, items) = (names::part(statement, "source"), names::items(&self.graph.edges[*edge]));
        let ty = match &statement.ty {
            Some(ty) => quote_spanned!(names::at(ty.span())=> ::<#ty, _, _>),
            None => TokenStream::new(),
        };
        let clones = self.captures.clones(&Uses::of(expr));
        let probe = names::local(if statement.attrs.blocking.is_some() { "blocking" } else { "new" });
        let kind =
            quote_spanned!(names::at(expr.span())=> (&&&&&#private::SourceProbe::#probe(&source)).kind_of_source());
        let drive = quote_spanned!(names::at(expr.span())=> kind.drive(source, out).await);
        quote! {
            let (#body, #items) = {
                #clones
                #private::witness::source #ty(errors, async move |out| -> #private::Result<(), #error> {
                    use #private::SourceKind as _;
                    let source = #expr;
                    let kind = #kind;
                    #drive
                })
            };
        }
    }

    fn prepare_generator(&self, statement: &Statement, func: &Func) -> TokenStream {
        let private = &self.private;
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (body, items) = (names::part(statement, "source"), names::items(&self.graph.edges[*edge]));
        let ty = statement.ty.as_ref().map(|ty| quote_spanned!(names::at(ty.span())=> ::<#ty, _, _>));
        let closure = self.whole(func);
        let witness = match func.asyncness {
            Some(_) => names::local("generator"),
            None => names::local("blocking_generator"),
        };
        quote_spanned! {names::at(func.span)=>
            let (#body, #items) = #private::witness::#witness #ty(errors, #closure);
        }
    }

    /// The witness of what comes in from outside.
    fn prepare_input(&self, statement: &Statement) -> TokenStream {
        let private = &self.private;
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let items = names::items(&self.graph.edges[*edge]);
        let returned = self.graph.function.as_ref().and_then(|function| Returned::of(&function.output));
        let signature = returned.and_then(|returned| match returned {
            Returned::Flow { input, .. } => Some(input),
            Returned::Pipeline { .. } => None,
        });
        let of = |ty: &Type| quote_spanned!(names::at(ty.span())=> #private::witness::items::<#ty>());
        match (signature, &statement.ty) {
            (Some(signature), Some(ty)) => {
                let value = of(signature);
                quote_spanned!(names::at(ty.span())=> let #items = #private::witness::typed::<#ty>(#value);)
            }
            (Some(ty), None) | (None, Some(ty)) => {
                let value = of(ty);
                quote!(let #items = #value;)
            }
            (None, None) => quote!(let #items = #private::witness::items();),
        }
    }

    /// A fragment, and the witness of what comes out of it.
    fn prepare_via(&self, statement: &Statement, op: &Op, index: usize) -> TokenStream {
        let private = &self.private;
        let Some(Arg::Value(flow)) = op.args.first() else { return TokenStream::new() };
        let (name, value) = (names::operator(statement, op.spec.name, index, ""), self.eager(flow));
        let id = self.graph.statements.iter().position(|other| std::ptr::eq(other, statement));
        quote_spanned! {names::at(flow.span())=>
            let (#name, items) = #private::witness::via(items, errors, #value);
            settings.via(#id, &#name);
        }
    }

    /// `let items`, of what is behind `input?`.
    fn question(&self, items: &TokenStream, question: bool) -> TokenStream {
        let private = &self.private;
        if question {
            quote!(let items = #private::witness::question(#items, errors);)
        } else {
            quote!(let items = #items;)
        }
    }

    fn prepare_join(&self, statement: &Statement, kind: JoinKind, parts: &[Part]) -> TokenStream {
        let private = &self.private;
        let mut wraps = TokenStream::new();
        let mut items = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let edge = names::items(&self.graph.edges[part.edge]);
            match &part.wrap {
                None => items.push(edge),
                Some(path) => {
                    let wrap = wrap_name(statement, index);
                    let wrapped = names::part(statement, &format!("wrapped_{index}"));
                    wraps.extend(quote_spanned! {names::at(path.span())=>
                        let (#wrap, #wrapped) = #private::witness::wrapped(#edge, |item| #path(item));
                    });
                    items.push(wrapped);
                }
            }
        }
        match kind {
            JoinKind::Zip => quote!(let items = #private::witness::zipped((#(#items,)*));),
            JoinKind::Merge | JoinKind::Concat => {
                quote!(#wraps let items = #private::witness::same([#(#items),*]);)
            }
        }
    }

    /// The `else` stream of a statement in which nothing but `input?` can fail.
    fn rejects_of_input(&self, statement: &Statement) -> Option<TokenStream> {
        let private = &self.private;
        let edge = &self.graph.edges[statement.rejects?];
        let op = statement.all_ops().any(|op| op.function().is_some_and(|func| func.fallible));
        let items = self.rejected_items(edge);
        (!op).then(|| quote!(let #items = #private::witness::rejected(items, errors);))
    }

    fn rejected_items(&self, edge: &Edge) -> TokenStream {
        let items = names::items(edge);
        match &edge.ty {
            Some(ty) => quote!(#items: #ty),
            None => quote!(#items),
        }
    }

    /// An operator's closure and the witness of what it passes on.
    fn prepare_op(&self, statement: &Statement, op: &Op, index: usize, ty: Option<&Type>) -> TokenStream {
        let private = &self.private;
        let name = |part: &str| names::operator(statement, op.spec.name, index, part);
        if op.spec.kind == OpKind::Unread {
            return self.prepare_unread(ty);
        }
        if op.spec.kind == OpKind::Via {
            return self.prepare_via(statement, op, index);
        }
        if let (OpKind::Process, Some(func)) = (op.spec.kind, op.function()) {
            let (body, closure) = (name(""), self.whole(func));
            return quote_spanned! {names::at(func.span)=>
                let (#body, items) = #private::witness::process(items, errors, #closure);
            };
        }
        let unique = op.option("unique").and_then(|arg| {
            let Arg::Function(func) = arg else { return None };
            let (unique, closure) = (name("unique"), self.plain(func, 1));
            Some(quote_spanned!(names::at(func.span)=> let #unique = #private::witness::unique(items, #closure);))
        });
        let function = op.function().map(|func| {
            let witness = self.witness(statement, op, func);
            let closure = self.op_closure(statement, op, func, ty);
            let handle = name("");
            let rejects = self.rejects_of_op(statement, func);
            let call = if has_init(op.spec.kind) {
                let init = name("init");
                let value = self.init(op);
                quote_spanned! {names::at(func.span)=>
                    let (mut #init, mut #handle, items) = #private::witness::#witness(items, errors, #value, #closure);
                }
            } else {
                quote_spanned! {names::at(func.span)=>
                    let (mut #handle, items) = #private::witness::#witness(items, errors, #closure);
                }
            };
            quote!(#rejects #call)
        });
        let after = match op.spec.kind {
            OpKind::FlatMap => {
                let kind = name("kind");
                let span = op.name.span();
                let probe = quote_spanned!(names::at(span)=> (&&&&#private::PartsProbe::new(items)).kind_of_parts());
                quote!(let (#kind, items) = { use #private::PartsKind as _; #probe };)
            }
            OpKind::Enumerate | OpKind::Dedup | OpKind::Batch => {
                let witness = &op.name;
                let witness = Ident::new(&witness.to_string(), witness.span());
                quote!(let items = #private::witness::#witness(items);)
            }
            OpKind::Window if statement.attrs.keyed.is_some() => {
                let keys = names::part(statement, "keys");
                quote!(let items = #private::witness::keyed_windows(items, #keys);)
            }
            OpKind::Window => quote!(let items = #private::witness::windows(items);),
            _ => TokenStream::new(),
        };
        let typed = ty.map(|ty| {
            let span = ty.span();
            quote_spanned!(names::at(span)=> let items = #private::witness::typed::<#ty>(items);)
        });
        quote!(#unique #function #after #typed)
    }

    /// The first value of a state, or what gives it.
    fn init(&self, op: &Op) -> TokenStream {
        let value = op.args.first();
        match value {
            Some(Arg::Value(value)) => self.lazy(value),
            Some(Arg::Function(func)) => self.plain(func, 0),
            _ => TokenStream::new(),
        }
    }

    /// Which witness: by the kind of closure, and whether several tasks or bodies share it.
    fn witness(&self, statement: &Statement, op: &Op, func: &Func) -> TokenStream {
        let shared = statement.attrs.workers.is_some() || statement.attrs.in_flight.is_some();
        let module = match (shared, func.asyncness.is_some()) {
            (false, false) => "serial",
            (false, true) => "serial_async",
            (true, false) => "shared",
            (true, true) => "shared_async",
        };
        let (module, span) = (names::local(module), op.name.span());
        let lent = is_lent(func) && !looks_only(op.spec.kind);
        let name = if lent { format!("{}_lent", op.spec.name) } else { op.spec.name.to_owned() };
        let function = Ident::new(&name, span);
        quote!(#module::#function)
    }

    fn op_closure(&self, statement: &Statement, op: &Op, func: &Func, ty: Option<&Type>) -> TokenStream {
        let private = &self.private;
        let params = match &func.body {
            FuncBody::Closure { params, .. } => params.len(),
            FuncBody::Path { .. } => match op.spec.kind {
                OpKind::Recurse | OpKind::Reduce => 2,
                kind if has_init(kind) => 2,
                _ => 1,
            },
        };
        let output = match (op.spec.kind, ty) {
            (OpKind::Filter | OpKind::TakeWhile | OpKind::SkipWhile, _) => quote!(#private::bool),
            (OpKind::Inspect | OpKind::ForEach | OpKind::Window, _) => quote!(()),
            (OpKind::Map | OpKind::Scan | OpKind::MapInit | OpKind::Recurse, Some(ty)) => quote!(#ty),
            (OpKind::FilterMap, Some(ty)) => quote!(#private::Option<#ty>),
            (OpKind::FilterMap, None) => quote!(#private::Option<_>),
            _ => quote!(_),
        };
        let before = match (&statement.end, op.spec.kind) {
            (End::Route(edges, _), OpKind::Route) => self.branch_functions(edges, &Uses::of_function(func)),
            _ => TokenStream::new(),
        };
        self.fallible(func, params, &output, &before)
    }

    /// The branches of a `route` as functions, and `skip`, as far as `body` names them: of one that it does not call the
    /// type could not be inferred.
    fn branch_functions(&self, edges: &[usize], body: &Uses) -> TokenStream {
        let private = &self.private;
        let nest = |depth: usize, inner: TokenStream| {
            (0..depth).fold(inner, |inner, _| quote!(#private::Branch::Other(#inner)))
        };
        let branches = edges.iter().enumerate().map(|(depth, edge)| {
            let value = nest(depth, quote!(#private::Branch::This(item)));
            (self.graph.edges[*edge].name.clone(), quote!(|item| #value))
        });
        let skipped = nest(edges.len(), quote!(#private::Skipped));
        let skip = (Ident::new("skip", self.user_span(edges)), quote!(|| #skipped));
        let functions = branches.chain([skip]).filter(|(name, _)| body.contains(name));
        functions.map(|(name, function)| quote!(let #name = #function;)).collect()
    }

    fn user_span(&self, edges: &[usize]) -> proc_macro2::Span {
        edges.first().map_or_else(proc_macro2::Span::call_site, |edge| self.graph.edges[*edge].name.span())
    }

    fn rejects_of_op(&self, statement: &Statement, func: &Func) -> Option<TokenStream> {
        let private = &self.private;
        let edge = &self.graph.edges[statement.rejects?];
        if !func.fallible || statement.attrs.on_error != OnError::Reject {
            return None;
        }
        let items = self.rejected_items(edge);
        Some(quote!(let #items = #private::witness::rejected(items, errors);))
    }

    /// The witnesses of the statement's edges, or of its value.
    fn prepare_end(&self, statement: &Statement) -> TokenStream {
        let private = &self.private;
        match &statement.end {
            End::Edge(edge) => {
                let edge = names::items(&self.graph.edges[*edge]);
                let typed = statement.ty.as_ref().filter(|_| statement.ops.is_empty()).map(|ty| {
                    let span = ty.span();
                    quote_spanned!(names::at(span)=> let items = #private::witness::typed::<#ty>(items);)
                });
                quote!(#typed let #edge = items;)
            }
            End::Tee(edges, op) => {
                let branches = edges.iter().map(|edge| {
                    let edge = &self.graph.edges[*edge];
                    let (name, typed) = (names::items(edge), self.typed(edge));
                    quote!(let #name = items; #typed)
                });
                let cloned = quote_spanned!(names::at(op.span())=> #private::witness::cloned(items););
                quote!(#cloned #(#branches)*)
            }
            End::Route(edges, op) => {
                let op = self.prepare_op(statement, op, statement.ops.len(), None);
                let branches = edges.iter().map(|edge| {
                    let edge = &self.graph.edges[*edge];
                    let (name, typed) = (names::items(edge), self.typed(edge));
                    quote!(let (#name, items) = #private::witness::branch(items); #typed)
                });
                quote!(#op #(#branches)*)
            }
            End::Terminal(op) => self.prepare_terminal(statement, op),
        }
    }

    fn typed(&self, edge: &Edge) -> Option<TokenStream> {
        let (private, name) = (&self.private, names::items(edge));
        edge.ty.as_ref().map(|ty| {
            let span = ty.span();
            quote_spanned!(names::at(span)=> let #name = #private::witness::typed::<#ty>(#name);)
        })
    }

    fn prepare_terminal(&self, statement: &Statement, op: &Op) -> TokenStream {
        let private = &self.private;
        let index = statement.ops.len();
        let value = names::part(statement, "value");
        let own = self.prepare_op(statement, op, index, None);
        let counted = quote!(#own let #value = #private::witness::items::<#private::u64>(););
        let handle = names::operator(statement, op.spec.name, index, "");
        let per_key = {
            let keys = names::part(statement, "keys");
            quote!(let #value = #private::witness::per_key(#keys, items);)
        };
        let typed = statement.ty.as_ref().map(|ty| {
            let span = ty.span();
            quote_spanned!(names::at(span)=> let #value = #private::witness::typed::<#ty>(#value);)
        });
        let keyed = statement.attrs.keyed.is_some();
        let witnessed = match op.spec.kind {
            OpKind::Fold | OpKind::Reduce | OpKind::First | OpKind::Last if keyed => {
                quote!(#own #per_key)
            }
            OpKind::Fold => quote!(#own let #value = items;),
            OpKind::Via => quote!(#own let #value = #private::witness::items::<()>();),
            OpKind::Output => TokenStream::new(),
            OpKind::Reduce | OpKind::First | OpKind::Last => {
                quote!(#own let #value = #private::witness::optional(items);)
            }
            OpKind::Collect => {
                let generics = op.generics.as_ref().map(|generics| {
                    let args = &generics.args;
                    quote!(::<#args, _>)
                });
                let span = op.name.span();
                if keyed {
                    let collection = quote_spanned! {names::at(span)=>
                        let (#handle, items) = #private::witness::collection #generics(items);
                    };
                    return quote!(#collection #per_key #typed);
                }
                quote_spanned! {names::at(span)=>
                    let #handle = #private::witness::collect #generics(items);
                    let #value = #private::witness::of(&#handle);
                }
            }
            OpKind::Forward => {
                let Some(Arg::Value(target)) = op.args.first() else { return counted };
                let target = self.eager(target);
                let forwarded = names::operator(statement, op.spec.name, index, "items");
                let span = op.name.span();
                quote_spanned! {names::at(span)=>
                    let mut #handle = {
                        use #private::ForwardKind as _;
                        let target = #target;
                        (&&#private::ForwardProbe::new(&target)).kind_of_target().target(target)
                    };
                    let mut #handle = #private::witness::forward(items, errors, #handle);
                    let #forwarded = items;
                    let #value = #private::witness::items::<#private::u64>();
                }
            }
            _ => counted,
        };
        quote!(#witnessed #typed)
    }
}

/// Whether the operator's first argument gives the first value of a state.
pub(super) fn has_init(kind: OpKind) -> bool {
    matches!(kind, OpKind::Scan | OpKind::MapInit | OpKind::Fold | OpKind::Window)
}

/// The function that wraps a join's part as it enters.
pub(super) fn wrap_name(statement: &Statement, index: usize) -> Ident {
    names::part(statement, &format!("wrap_{index}"))
}
