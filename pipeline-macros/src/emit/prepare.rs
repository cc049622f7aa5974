//! The first half of a pipeline's block: what is asked of each closure and stream, in topological order, so that item
//! types are known along the graph.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Type, token};

use super::closure::{self, Closure};
use super::step::{is_lent, looks_only};
use super::{Context, ask, names};
use crate::graph::{Arg, Edge, End, Func, FuncBody, Head, JoinKind, Op, Part, Statement};
use crate::ops::OpKind;
use crate::syntax::Returned;
use crate::uses::Uses;

impl Context<'_> {
    /// A statement's closures and the types of what it gives.
    pub(super) fn prepare(&self, statement: &Statement) -> TokenStream {
        let attrs = &statement.attrs.attrs;
        let lints = attrs.iter().filter(|attr| !attr.path().is_ident("doc"));
        let head = match &statement.head {
            Head::Source(expr) => return self.prepare_source(statement, expr),
            Head::Generator(func) => return self.prepare_generator(statement, func),
            Head::Input => return self.prepare_input(statement),
            Head::Edge { edge, question } => self.question(&names::items(&self.graph.edges[*edge]), question.as_ref()),
            Head::Join { kind, parts, question, .. } => {
                let joined = self.prepare_join(statement, *kind, parts);
                let items = self.question(&names::local("items"), question.as_ref());
                quote!(#joined #items)
            }
        };
        let keyed = statement.attrs.keyed.as_ref().map(|func| {
            let (key, keys) = (names::part(statement, "key"), names::part(statement, "keys"));
            let Closure { clones, closure } = self.plain(func, 1);
            let keyed = self.check(&["keyed"], func.span);
            let items = ask::argument(&names::local("items"), func.span);
            let arguments = ask::parenthesised(quote!(#items, #closure), ask::last(&closure));
            let asked = self.ask(&keys, "key", func.span);
            quote!(let (#key, #keys) = { #clones #keyed #arguments }; #asked)
        });
        let last = statement.ops.len().checked_sub(1);
        let ops = statement.ops.iter().enumerate().map(|(index, op)| {
            let ty = statement.ty.as_ref().filter(|_| Some(index) == last && matches!(statement.end, End::Edge(_)));
            self.prepare_op(statement, op, index, ty)
        });
        let ops: TokenStream = ops.collect();
        let rejects = self.rejects_of_input(statement);
        let end = self.prepare_end(statement);
        let guard = self.prepare_guard(statement);
        quote!(#(#lints)* #head #keyed #guard #rejects #ops #end)
    }

    fn prepare_source(&self, statement: &Statement, expr: &syn::Expr) -> TokenStream {
        let private = &self.private;
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (body, items) = (names::part(statement, "source"), names::items(&self.graph.edges[*edge]));
        let (first, last) = (expr.span(), ask::last(expr));
        let clones = self.clones(&Uses::of(expr));
        let probe = names::local(if statement.attrs.blocking.is_some() { "blocking" } else { "new" });
        let kind = quote!((&&&&&#private::SourceProbe::#probe(&source)).kind_of_source());
        let ends_at_err = self.graph.ends_at_err(statement);
        let (check, drive) = match (statement.is_retried_source(), ends_at_err) {
            (false, _) => ("source", "drive"),
            (true, None) => ("retried_source", "drive"),
            (true, Some(_)) => ("retried_results", "drive_results"),
        };
        let (shown, drive) = (ask::shown(&names::local("kind"), first), Ident::new(drive, first));
        let drive = quote_spanned!(first=> #shown.#drive);
        let given = ask::argument(&names::local("source"), first);
        // Of a variable that was moved it is not said that a pattern moves it.
        let value = match expr {
            syn::Expr::Path(path) => ask::braced(quote!(#path), names::at(first)),
            expr => quote!(#expr),
        };
        let source = self.check_of(&[check], item_type(statement, check), first);
        // Nothing is asked of the source if the errors beside its items are refused.
        let kind = if self.graph.error.is_some() { quote!(errors.of(#kind)) } else { kind };
        let body_of_source = ask::braced(
            quote! {
                use #private::SourceKind as _;
                let source = #value;
                let kind = #kind;
                #drive(#given, out).await
            },
            last,
        );
        let out = names::local("out");
        let result = self.result(&quote!(()), last);
        let closure = quote_spanned!(first=> async move |#out| -> #result #body_of_source);
        let arguments = ask::parenthesised(quote!(sound, #closure), last);
        let asked = self.ask_to_send(&items, "edge", first);
        let prepared = match ends_at_err {
            None => quote!(let (#body, #items, sound) = { #clones #source #arguments };),
            Some(question) => {
                let (check, behind) = (&self.check, self.question(&items, Some(question)));
                quote! {
                    let (#body, #items, results, sound) = { #clones #source #arguments };
                    #behind
                    let #items = #check::results(items, results);
                }
            }
        };
        let (guard, reused) = (self.prepare_guard(statement), self.ask_of_reused(statement, expr));
        quote!(#reused #prepared #asked #guard)
    }

    /// A variable that is a source is used up by the first attempt.
    fn ask_of_reused(&self, statement: &Statement, expr: &syn::Expr) -> Option<TokenStream> {
        let syn::Expr::Path(path) = expr else { return None };
        let name = path.path.get_ident().filter(|_| statement.is_retried_source())?;
        // A constant is another each time.
        if !name.to_string().starts_with(|first: char| first.is_lowercase() || first == '_') {
            return None;
        }
        let (check, source) = (&self.check, names::local("source"));
        let variable = ask::parenthesised(quote_spanned!(name.span()=> &#name), name.span());
        let asked = self.ask(&source, "made_again", name.span());
        Some(quote!(let #source = #check::of #variable; #asked))
    }

    fn prepare_generator(&self, statement: &Statement, func: &Func) -> TokenStream {
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let (body, items) = (names::part(statement, "source"), names::items(&self.graph.edges[*edge]));
        let Closure { clones, closure } = self.whole(func);
        let check = match (func.asyncness.is_some(), statement.is_retried_source()) {
            (true, false) => "generator",
            (true, true) => "retried_generator",
            (false, false) => "blocking_generator",
            (false, true) => "retried_blocking_generator",
        };
        let check = self.check_of(&[check], item_type(statement, check), func.span);
        let arguments = ask::parenthesised(quote!(sound, #closure), ask::last(&closure));
        let asked = self.ask_to_send(&items, "edge", statement.name.span());
        let guard = self.prepare_guard(statement);
        quote! {
            let (#body, #items, sound) = { #clones #check #arguments };
            #asked
            #guard
        }
    }

    /// The type of what comes in from outside.
    fn prepare_input(&self, statement: &Statement) -> TokenStream {
        let check = &self.check;
        let End::Edge(edge) = &statement.end else { return TokenStream::new() };
        let items = names::items(&self.graph.edges[*edge]);
        let returned = self.graph.function.as_ref().and_then(|function| Returned::of(&function.output));
        let signature = returned.and_then(|returned| match returned {
            Returned::Flow { input, .. } => Some(input),
            Returned::Pipeline { .. } => None,
        });
        let of = |ty: &Type| quote_spanned!(names::at(ty.span())=> let #items = #check::items::<#ty>(););
        let value = match (signature, &statement.ty) {
            (Some(signature), Some(ty)) => {
                let (value, typed) = (of(signature), self.typed(&items, Some(ty)));
                quote!(#value #typed)
            }
            (Some(ty), None) | (None, Some(ty)) => of(ty),
            (None, None) => quote!(let #items = #check::items();),
        };
        let asked = self.ask_to_send(&items, "edge", statement.name.span());
        quote!(#value #asked)
    }

    /// A fragment, and the type of what comes out of it.
    fn prepare_via(&self, statement: &Statement, op: &Op, index: usize) -> TokenStream {
        let Some(Arg::Value(flow)) = op.args.first() else { return TokenStream::new() };
        let (name, value) = (names::operator(statement, op.spec.name, index, ""), self.eager(flow));
        let id = self.graph.statements.iter().position(|other| std::ptr::eq(other, statement));
        let via = self.check(&["via"], op.name.span());
        let arguments = ask::parenthesised(quote!(sound, items, #value), ask::last(flow));
        let converted = self.converted(flow.span());
        quote! {
            let (#name, items, failures, sound) = #via #arguments;
            #converted
            settings.via(#id, &#name);
        }
    }

    /// `let items`, of what is behind `input?`.
    fn question(&self, items: &Ident, question: Option<&token::Question>) -> TokenStream {
        match question {
            Some(question) => {
                let span = question.span;
                let (items, ask) = (ask::shown(items, span), Ident::new("question", span));
                let check = &self.check;
                let arguments = ask::parenthesised(quote!(sound), span);
                let converted = self.converted(span);
                quote! {
                    let sound = sound.known();
                    let (items, failures, sound) = { use #check::RefusedQuestion as _; #items.#ask #arguments };
                    #converted
                }
            }
            None => quote!(let items = #items;),
        }
    }

    /// Asks of what fails with the error behind `failures` whether the pipeline's can be made of it, at `span`.
    fn converted(&self, span: Span) -> TokenStream {
        let check = &self.check;
        let failures = names::local("failures");
        let (shown, ask) = (ask::shown(&failures, span), Ident::new("convert", span));
        let arguments = ask::parenthesised(quote!(sound), span);
        quote! {
            let failures = #check::failures(failures, errors);
            let sound = sound.known();
            let sound = { use #check::RefusedConversion as _; #shown.#ask #arguments };
        }
    }

    fn prepare_join(&self, statement: &Statement, kind: JoinKind, parts: &[Part]) -> TokenStream {
        let check = &self.check;
        let mut wraps = TokenStream::new();
        let mut inputs = Vec::new();
        for (index, part) in parts.iter().enumerate() {
            let edge = names::items(&self.graph.edges[part.edge]);
            match &part.wrap {
                None => inputs.push((edge, part.name.span())),
                Some(path) => {
                    let wrap = wrap_name(statement, index);
                    let wrapped = names::part(statement, &format!("wrapped_{index}"));
                    let span = ask::last(path);
                    let name = closure::argument(path, 0);
                    let argument = ask::parenthesised(quote!(#name), span);
                    // What is wrong with the path is shown at its call; with a return type no lint takes the closure for
                    // a redundant one.
                    let called = ask::braced(quote!(#path #argument), span);
                    let closure = quote_spanned!(path.span()=> |#name| -> _ #called);
                    let asked = self.check(&["wrapped"], path.span());
                    wraps.extend(quote!(let (#wrap, #wrapped) = #asked(#edge, #closure);));
                    inputs.push((wrapped, path.span()));
                }
            }
        }
        let items = inputs.iter().map(|(items, _)| items);
        if kind == JoinKind::Zip {
            return quote!(let items = #check::zipped((#(#items,)*)););
        }
        let besides = inputs.windows(2).map(|pair| {
            let [(before, _), (items, span)] = pair else { return TokenStream::new() };
            let pair = names::local("pair");
            let (shown, ask) = (ask::shown(&pair, *span), Ident::new("beside", *span));
            let arguments = ask::parenthesised(quote!(sound), *span);
            quote! {
                let #pair = #check::pair(#before, #items);
                let sound = sound.known();
                let sound = { use #check::RefusedPair as _; #shown.#ask #arguments };
            }
        });
        let first = inputs.first().map(|(first, _)| first);
        quote!(#wraps let items = #first; #(#besides)*)
    }

    /// The `else` stream of a statement in which nothing but `input?` can fail.
    fn rejects_of_input(&self, statement: &Statement) -> Option<TokenStream> {
        let check = &self.check;
        let edge = &self.graph.edges[statement.rejects?];
        let op = statement.all_ops().any(|op| statement.may_fail(op));
        let (items, failures) = (self.rejected_items(edge), self.failures(statement));
        (!op).then(|| quote!(let #items = #check::rejected(items, #failures);))
    }

    fn rejected_items(&self, edge: &Edge) -> TokenStream {
        let items = names::items(edge);
        match &edge.ty {
            Some(ty) => quote!(#items: #ty),
            None => quote!(#items),
        }
    }

    /// An operator's closure and the type of what it passes on.
    fn prepare_op(&self, statement: &Statement, op: &Op, index: usize, ty: Option<&Type>) -> TokenStream {
        let (private, check) = (&self.private, &self.check);
        let name = |part: &str| names::operator(statement, op.spec.name, index, part);
        let (span, items) = (op.name.span(), names::local("items"));
        if op.is_unread() {
            return self.prepare_unread(ty);
        }
        if op.spec.kind == OpKind::Via {
            return self.prepare_via(statement, op, index);
        }
        if let (OpKind::Process, Some(func)) = (op.spec.kind, op.function()) {
            let (body, Closure { clones, closure }) = (name(""), self.whole(func));
            let process = self.check(&["process"], span);
            let arguments = ask::parenthesised(quote!(sound, items, #closure), ask::last(&closure));
            let typed = self.typed(&items, ty);
            return quote! {
                let (#body, items, sound) = { #clones #process #arguments };
                #typed
            };
        }
        let unique = op.option("unique").and_then(|arg| {
            let Arg::Function(func) = arg else { return None };
            let (local, Closure { clones, closure }) = (name("unique"), self.plain(func, 1));
            let unique = self.check(&["unique"], func.span);
            let items = ask::argument(&items, func.span);
            let (keys, local) = (name("keys"), local);
            let arguments = ask::parenthesised(quote!(#items, #closure), ask::last(&closure));
            let asked = self.ask(&keys, "key", func.span);
            Some(quote!(let (#local, #keys) = { #clones #unique #arguments }; #asked))
        });
        let function = op.function().map(|func| {
            let function = self.function_of(statement, op, func);
            let Closure { clones, closure } = self.op_closure(statement, op, func, ty);
            let handle = name("");
            let rejects = self.rejects_of_op(statement, op, func);
            let retried = self.retried(statement, op, func, index);
            let (by, classify) = (self.prepare_by(statement, index), self.prepare_classify(statement, op, index));
            let last = ask::last(&closure);
            let call = if has_init(op.spec.kind) {
                let init = name("init");
                let value = self.init(op);
                let (clones_of_init, value) = (value.clones, value.closure);
                let arguments = ask::parenthesised(quote!(sound, items, init, #closure), last);
                quote! {
                    let (#init, #handle, items, sound) = {
                        let init = { #clones_of_init #value };
                        #clones
                        #function #arguments
                    };
                }
            } else {
                let arguments = ask::parenthesised(quote!(sound, items, #closure), last);
                quote!(let (#handle, items, sound) = { #clones #function #arguments };)
            };
            let captured = self.ask_of_captured(statement, func);
            quote!(#by #retried #rejects #captured #call #classify)
        });
        let after = match op.spec.kind {
            OpKind::FlatMap => {
                let kind = name("kind");
                let span = op.function().map_or(span, |func| func.span);
                let pair = names::local("pair");
                let (shown, parts) = (ask::shown(&pair, span), Ident::new("parts", span));
                let arguments = ask::parenthesised(quote!(sound), span);
                quote! {
                    let sound = sound.known();
                    let #kind = { use #private::PartsKind as _; (&&&&&#private::PartsProbe::new(items)).kind_of_parts() };
                    let #pair = #check::pair(#check::of(&#kind), items);
                    let (items, sound) = { use #check::RefusedParts as _; #shown.#parts #arguments };
                }
            }
            OpKind::Dedup => self.ask(&items, "dedup", span),
            OpKind::Enumerate => quote!(let items = #check::enumerate(items);),
            OpKind::Batch => {
                let held = self.ask_to_send(&items, "held", span);
                quote!(#held let items = #check::batch(items);)
            }
            OpKind::Window if statement.attrs.keyed.is_some() => {
                let keys = names::part(statement, "keys");
                quote!(let items = #check::keyed_windows(items, #keys);)
            }
            OpKind::Window => quote!(let items = #check::windows(items);),
            _ => TokenStream::new(),
        };
        // A body's own mismatch with the type is the body's.
        let typed = if gives_type(op.spec.kind) { None } else { self.typed(&items, ty) };
        quote!(#unique #function #after #typed)
    }

    /// What is asked of the variables that a closure names, if workers share it: each is shown where it is named, and of
    /// what is neither `Send` nor `Sync` nothing else is said.
    fn ask_of_captured(&self, statement: &Statement, func: &Func) -> TokenStream {
        let check = &self.check;
        // A closure of which the bodies wait in one task is not asked for both.
        let waits_in_one = statement.attrs.workers.is_none() && func.asyncness.is_some();
        if !shares_closures(statement) || waits_in_one {
            return TokenStream::new();
        }
        let mut asked: Vec<&Ident> = Vec::new();
        let uses = Uses::of_function(func);
        for name in uses.variables() {
            if !asked.contains(&name) && !self.graph.edges.iter().any(|edge| edge.name == *name) {
                asked.push(name);
            }
        }
        let captured = names::local("captured");
        let asked = asked.into_iter().map(|name| {
            let ask = self.ask(&captured, "captured", name.span());
            let variable = ask::parenthesised(quote_spanned!(name.span()=> &#name), name.span());
            quote!(let #captured = #check::of #variable; #ask)
        });
        asked.collect()
    }

    /// What gives the first value of a state.
    fn init(&self, op: &Op) -> Closure {
        match op.args.first() {
            Some(Arg::Value(value)) => self.lazy(value),
            Some(Arg::Function(func)) => self.plain(func, 0),
            _ => Closure { clones: TokenStream::new(), closure: TokenStream::new() },
        }
    }

    /// What is asked of an operator's function: by its kind, and whether several tasks or bodies share it.
    fn function_of(&self, statement: &Statement, op: &Op, func: &Func) -> TokenStream {
        let module = match (shares_closures(statement), func.asyncness.is_some()) {
            (false, false) => "serial",
            (false, true) => "serial_async",
            (true, false) => "shared",
            (true, true) if statement.attrs.workers.is_none() => "in_flight",
            (true, true) => "shared_async",
        };
        // The first value of the one state is moved there; those of keys are made as they come.
        let of_keys = statement.attrs.keyed.is_some() && matches!(op.spec.kind, OpKind::Scan | OpKind::Fold);
        let keyed = if of_keys && !shares_closures(statement) { "keyed_" } else { "" };
        let lent = if is_lent(func) && !looks_only(op.spec.kind) { "_lent" } else { "" };
        self.check(&[module, &format!("{keyed}{}{lent}", op.spec.name)], op.name.span())
    }

    fn op_closure(&self, statement: &Statement, op: &Op, func: &Func, ty: Option<&Type>) -> Closure {
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

    /// The branches of a `route` as functions, and `skip`, if `body` names it: of one that it does not call the type could
    /// not be inferred.
    fn branch_functions(&self, edges: &[usize], body: &Uses) -> TokenStream {
        let private = &self.private;
        let nest = |depth: usize, inner: TokenStream| {
            (0..depth).fold(inner, |inner, _| quote!(#private::Branch::Other(#inner)))
        };
        let branches = edges.iter().enumerate().map(|(depth, edge)| {
            let name = &self.graph.edges[*edge].name;
            let (span, item) = (name.span(), Ident::new("item", name.span()));
            let value = ask::braced(nest(depth, quote!(#private::Branch::This(#item))), span);
            // Where it is called with something else, the compiler shows its parameter.
            (name.clone(), quote_spanned!(span=> |#item| #value))
        });
        let skipped = nest(edges.len(), quote!(#private::Skipped));
        let skip = (Ident::new("skip", self.user_span(edges)), quote!(|| #skipped));
        let functions = branches.chain([skip].into_iter().filter(|(name, _)| body.contains(name)));
        functions.map(|(name, function)| quote!(let #name = #function;)).collect()
    }

    fn user_span(&self, edges: &[usize]) -> proc_macro2::Span {
        edges.first().map_or_else(proc_macro2::Span::call_site, |edge| self.graph.edges[*edge].name.span())
    }

    fn rejects_of_op(&self, statement: &Statement, op: &Op, func: &Func) -> Option<TokenStream> {
        let check = &self.check;
        let edge = &self.graph.edges[statement.rejects?];
        if !statement.may_fail(op) || !statement.may_reject() {
            return None;
        }
        let (items, failures) = (self.rejected_items(edge), self.failures(statement));
        // under `retry` it is asked anyway
        let keeps = is_lent(func) || looks_only(op.spec.kind) || statement.attrs.retry.is_some();
        let kept = (!keeps).then(|| self.ask(&names::local("items"), "kept", func.span));
        Some(quote!(#kept let #items = #check::rejected(items, #failures);))
    }

    /// What a body takes that may be called again.
    fn retried(&self, statement: &Statement, op: &Op, func: &Func, index: usize) -> Option<TokenStream> {
        let keeps = is_lent(func) || looks_only(op.spec.kind);
        let retried = statement.attrs.retry.is_some() && statement.guarded_op() == Some(index);
        (retried && !keeps).then(|| self.ask(&names::local("items"), "retried", func.span))
    }

    /// The types of the statement's edges, or of its value.
    fn prepare_end(&self, statement: &Statement) -> TokenStream {
        let check = &self.check;
        let items = names::local("items");
        match &statement.end {
            End::Edge(id) => {
                let edge = &self.graph.edges[*id];
                let name = names::items(edge);
                let typed = self.typed(&items, statement.ty.as_ref().filter(|_| statement.ops.is_empty()));
                let asked = self.ask_of_edge(edge);
                quote!(#typed let #name = items; #asked)
            }
            End::Tee(edges, op) => {
                let branches = edges.iter().map(|edge| {
                    let edge = &self.graph.edges[*edge];
                    let (name, typed) = (names::items(edge), self.typed(&names::items(edge), edge.ty.as_ref()));
                    quote!(let #name = items; #typed)
                });
                let branched = self.ask(&items, "tee", op.span());
                let asked = self.ask_to_send(&items, "edge", op.span());
                quote!(#branched #asked #(#branches)*)
            }
            End::Route(edges, op) => {
                let op = self.prepare_op(statement, op, statement.ops.len(), None);
                let branches = edges.iter().map(|edge| {
                    let edge = &self.graph.edges[*edge];
                    let (name, typed) = (names::items(edge), self.typed(&names::items(edge), edge.ty.as_ref()));
                    let asked = self.ask_of_edge(edge);
                    quote!(let (#name, items) = #check::branch(items); #typed #asked)
                });
                quote!(#op #(#branches)*)
            }
            End::Terminal(op) => self.prepare_terminal(statement, op),
        }
    }

    /// What goes over an edge, shown at the stream's name.
    fn ask_of_edge(&self, edge: &Edge) -> TokenStream {
        self.ask_to_send(&names::items(edge), "edge", edge.name.span())
    }

    /// The items of a local, if there is a `: TYPE`, as that type says.
    pub(super) fn typed(&self, local: &Ident, ty: Option<&Type>) -> Option<TokenStream> {
        let ty = ty?;
        let span = ty.span();
        let (items, typed) = (ask::shown(local, span), Ident::new("typed", span));
        let arguments = ask::parenthesised(quote!(sound), span);
        Some(quote!(let (#local, sound) = #items.#typed::<#ty, _> #arguments;))
    }

    fn prepare_terminal(&self, statement: &Statement, op: &Op) -> TokenStream {
        let (private, check) = (&self.private, &self.check);
        let index = statement.ops.len();
        let value = names::part(statement, "value");
        let own = self.prepare_op(statement, op, index, None);
        let counted = quote!(#own let #value = #check::items::<#private::u64>(););
        let handle = names::operator(statement, op.spec.name, index, "");
        let span = op.name.span();
        let held = self.ask_to_send(&names::local("items"), "held", span);
        let per_key = {
            let keys = names::part(statement, "keys");
            quote!(let #value = #check::per_key(#keys, items);)
        };
        let typed = self.typed(&value, statement.ty.as_ref());
        let keyed = statement.attrs.keyed.is_some();
        let value_of = match op.spec.kind {
            OpKind::Fold | OpKind::Reduce | OpKind::First | OpKind::Last if keyed => {
                quote!(#own #held #per_key)
            }
            OpKind::Fold => quote!(#own let #value = items;),
            OpKind::Via => quote!(#own let #value = #check::items::<()>();),
            OpKind::Output => TokenStream::new(),
            OpKind::Reduce | OpKind::First | OpKind::Last => {
                quote!(#own #held let #value = #check::optional(items);)
            }
            OpKind::Collect => {
                let said = statement.ty.as_ref().filter(|_| !keyed).map(ToTokens::to_token_stream);
                let collection = op.generics.as_ref().map(|generics| generics.args.to_token_stream()).or(said);
                let span = collection.clone().and_then(|ty| ty.into_iter().next()).map_or(span, |ty| ty.span());
                let collection = collection.unwrap_or_else(|| quote!(_));
                let pair = names::local("pair");
                let (shown, arguments) = (ask::shown(&pair, span), ask::parenthesised(quote!(sound), span));
                let collect = Ident::new(if keyed { "collection" } else { "collect" }, span);
                let collect = quote! {
                    let #pair = #check::pair(#check::items::<#collection>(), items);
                    let sound = sound.known();
                    { use #check::RefusedCollection as _; #shown.#collect #arguments }
                };
                if keyed {
                    return quote! {
                        let (#handle, items, sound) = { #collect };
                        #held
                        #per_key
                        #typed
                    };
                }
                quote! {
                    #held
                    let (#handle, sound) = { #collect };
                    let #value = #check::of(&#handle);
                }
            }
            OpKind::Forward => {
                let Some(Arg::Value(target)) = op.args.first() else { return counted };
                let first = target.span();
                let target = self.eager(target);
                let witness = names::operator(statement, op.spec.name, index, "items");
                let forwarded = names::local("forwarded");
                let (shown, forward) = (ask::shown(&forwarded, first), Ident::new("forward", first));
                let arguments = ask::parenthesised(quote!(sound), first);
                let converted = self.converted(first);
                quote! {
                    let mut #handle = {
                        use #private::ForwardKind as _;
                        let target = #target;
                        (&&#private::ForwardProbe::new(&target)).kind_of_target().target(target)
                    };
                    let #forwarded = #check::forwarded(items, &#handle);
                    let sound = sound.known();
                    let (failures, sound) = {
                        use #check::{RefusedSink as _, RefusedTarget as _};
                        #shown.#forward #arguments
                    };
                    #converted
                    let #witness = items;
                    let #value = #check::items::<#private::u64>();
                }
            }
            _ => counted,
        };
        quote!(#value_of #typed)
    }
}

/// The item type that a source says it has, as type arguments of `check`, the function that is asked of it.
fn item_type(statement: &Statement, check: &str) -> Option<TokenStream> {
    let results = (check == "retried_results").then(|| quote!(_,));
    statement.ty.as_ref().map(|ty| quote_spanned!(names::at(ty.span())=> ::<#ty, #results _, _, _>))
}

/// Operators whose closure gives the items that go on.
fn gives_type(kind: OpKind) -> bool {
    matches!(kind, OpKind::Map | OpKind::Scan | OpKind::MapInit | OpKind::Recurse | OpKind::FilterMap)
}

/// What the tasks take over of a statement besides its edges and its operators' closures.
pub(super) fn locals(statement: &Statement) -> Vec<Ident> {
    let key = statement.attrs.keyed.as_ref().map(|_| names::part(statement, "key"));
    let of_operators = statement.all_ops().enumerate().flat_map(|(index, op)| {
        let name = |part: &str| names::operator(statement, op.spec.name, index, part);
        let own = match op.spec.kind {
            OpKind::Collect | OpKind::Forward | OpKind::Via => Some(name("")),
            OpKind::FlatMap => Some(name("kind")),
            // A reference to an unknown item is still known to be one, and what is reduced is compared with it.
            kind if looks_only(kind) || kind == OpKind::Reduce => Some(name("")),
            _ => None,
        };
        own.into_iter().chain(op.option("unique").map(|_| name("unique")))
    });
    key.into_iter().chain(of_operators).collect()
}

/// Whether several tasks or bodies share the statement's closures.
pub(super) fn shares_closures(statement: &Statement) -> bool {
    statement.attrs.workers.is_some() || statement.attrs.in_flight.is_some()
}

/// Whether the operator's first argument gives the first value of a state.
pub(super) fn has_init(kind: OpKind) -> bool {
    matches!(kind, OpKind::Scan | OpKind::MapInit | OpKind::Fold | OpKind::Window)
}

/// The function that wraps a join's part as it enters.
pub(super) fn wrap_name(statement: &Statement, index: usize) -> Ident {
    names::part(statement, &format!("wrap_{index}"))
}
