//! A pipeline with mistakes: the errors, all that its author wrote, and a value of the right type.
//!
//! It has the first half of a sound one, so that closures' parameters have their types and an editor can complete what
//! is being typed; and no second half. Errors stand at its end. Where a mistake has left a hole there are items of any
//! type. Rustc says nothing of a type that is not known, of a value that is moved twice or of a name that is not used
//! where it has said something else, so that nothing here may be reported but what is wrong by itself.

use std::collections::BTreeSet;

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Lit, PatType, Token, Type, parse_quote};

use super::{Context, graph, names, words};
use crate::graph::{Arg, EdgeKind, End, Graph, Statement};
use crate::plan::Plan;
use crate::resolve;
use crate::syntax::{self, Form, Header, Item, Pipeline, Returned, Target};
use crate::uses::Uses;

/// The expansion of a pipeline in which mistakes were found.
pub(crate) fn emit_broken(pipeline: &Pipeline, graph: &Graph, errors: &TokenStream) -> TokenStream {
    let runtime = &pipeline.runtime;
    let plan = Plan::empty();
    let context = Context::new(graph, &plan, words(pipeline), runtime, error_type(pipeline), &[]);
    let broken = Broken { context, pipeline, errors };
    match &pipeline.form {
        Form::Block => broken.block(),
        Form::Function(header) => broken.function(header),
        Form::Unreadable => errors.clone(),
    }
}

/// The error type, `_` where it could not be read.
fn error_type(pipeline: &Pipeline) -> TokenStream {
    let runtime = &pipeline.runtime;
    let default = quote!(#runtime::BoxError);
    let written = match &pipeline.form {
        Form::Block if is_error_elsewhere(pipeline) => Some(quote!(_)),
        Form::Function(header) => header.output.as_ref().map(|ty| match Returned::of(ty) {
            Some(returned) => returned.error().map_or(default.clone(), ToTokens::to_token_stream),
            None => quote!(_),
        }),
        _ => pipeline
            .options
            .iter()
            .any(|attr| attr.path().is_ident("error"))
            .then(|| syntax::error_type(&pipeline.options).map_or_else(|| quote!(_), ToTokens::into_token_stream)),
    };
    written.unwrap_or(default)
}

/// A return type that could not be read, or that has not as many arguments as it must.
fn is_cut_short(output: &Type) -> bool {
    let name = match output {
        Type::Infer(_) => return true,
        Type::Path(path) => path.path.segments.last().map(|last| last.ident.to_string()),
        _ => None,
    };
    name.is_some_and(|name| name == "Pipeline" || name == "Flow")
}

/// Whether the type of the pipeline's error may stand where it does not count, or in what could not be read.
fn is_error_elsewhere(pipeline: &Pipeline) -> bool {
    let is_error = |attr: &Attribute| attr.path().is_ident("error");
    let misplaced = pipeline.items.iter().any(|item| match item {
        Item::Statement(statement) => statement.attrs.iter().any(is_error),
        _ => false,
    });
    let given = pipeline.options.iter().any(is_error);
    !given && (pipeline.has_cut_option || misplaced || pipeline.late_options.iter().any(is_error))
}

struct Broken<'a> {
    context: Context<'a>,
    pipeline: &'a Pipeline,
    errors: &'a TokenStream,
}

/// What the value stands for.
#[derive(Clone, Copy)]
enum Value {
    Pipeline,
    Flow,
    /// Another return type was reported, and nothing else has a value for it.
    Never,
}

impl Broken<'_> {
    fn block(&self) -> TokenStream {
        self.body(if self.pipeline.is_open() { Value::Flow } else { Value::Pipeline })
    }

    /// The function with its signature as written, so that its callers still compile, and the constant beside it.
    fn function(&self, header: &Header) -> TokenStream {
        let Header { attrs, vis, name, generics, receiver, inputs, output, cut: _ } = header;
        let graph = self.context.graph;
        let attrs = graph.function.as_ref().map_or(attrs, |function| &function.attrs);
        // what belongs inside the braces was reported, and rustc does not know it
        let attrs = attrs.iter().filter(|attr| !resolve::belongs_inside(attr));
        let drawing = graph::docs(graph);
        let receiver = receiver.as_ref().map(|receiver| quote!(#receiver,));
        let runtime = self.context.runtime;
        let (head, where_clause) = (&generics.params, &generics.where_clause);
        let is_unreadable = |input: &PatType| matches!(*input.ty, Type::Infer(_));
        let is_cut = inputs.iter().any(is_unreadable)
            || output.as_ref().is_some_and(|ty| Returned::of(ty).is_none() && is_cut_short(ty));
        // each error stands in one place
        let mut unread =
            std::iter::once(self.unread_type()).chain(std::iter::repeat(parse_quote!(impl ::core::marker::Sized)));
        let inputs = inputs.iter().map(|input| match &*input.ty {
            Type::Infer(_) => PatType { ty: unread.next().map_or_else(|| input.ty.clone(), Box::new), ..input.clone() },
            _ => input.clone(),
        });
        let inputs: Punctuated<PatType, Token![,]> = inputs.collect();
        let (output, value) = match output {
            Some(output) => match Returned::of(output) {
                Some(Returned::Pipeline { .. }) => (output.to_token_stream(), Value::Pipeline),
                Some(Returned::Flow { .. }) => (output.to_token_stream(), Value::Flow),
                None if is_cut_short(output) => (unread.next().into_token_stream(), Value::Never),
                None => (output.to_token_stream(), Value::Never),
            },
            None => (quote!(#runtime::Pipeline<impl ::core::marker::Sized>), Value::Never),
        };
        let mut body = self.body(value);
        if is_cut {
            // the errors stand in front of it
            body = quote!(#runtime::__editor! { let _ = #body; } loop {});
        }
        let constant = graph::empty_constant(header, runtime);
        quote! {
            #(#attrs)*
            #drawing
            #vis fn #name<#head>(#receiver #inputs) -> #output #where_clause {
                #body
            }
            #constant
        }
    }

    /// A type of which rustc says no more, with the errors in it.
    fn unread_type(&self) -> Type {
        let (private, errors) = (&self.context.private, self.errors);
        Type::Verbatim(quote!(#private::Unread<{ #errors 0 }>))
    }

    fn body(&self, value: Value) -> TokenStream {
        let Context { graph, private, words, .. } = &self.context;
        let errors = self.errors;
        let lets = self.context.lets();
        let opening = self.context.opening();
        let options = graph.options.left_out.iter().map(loosely);
        let mut known = BTreeSet::new();
        let statements: Vec<TokenStream> = graph
            .statements
            .iter()
            .map(|statement| {
                let inputs = statement.head.edges().map(|edge| names::items(&graph.edges[edge]));
                self.with_holes(inputs, self.prepare(statement), &mut known)
            })
            .collect();
        let words = self.with_holes(graph.edges.iter().map(names::items), words.clone(), &mut known);
        let sinks = self.context.sink_statements().map(|sink| names::part(sink, "value"));
        let value = self.with_holes(sinks, self.value(value), &mut known);
        quote! {{
            #lets
            let pipeline = {
                #opening
                #(#options)*
                #(#statements)*
                let sound = sent.of(sound);
                #words
                #value
            };
            const PIPELINE_MISTAKES: #private::usize = { #errors 0 };
            #[allow(unused_imports, reason = "whether something is unfinished")]
            use #private::Unfinished as _;
            pipeline
        }}
    }

    /// Generated code behind items of any type for those of the `wanted` names that no code before it has, which is
    /// `known`: that code makes them.
    fn with_holes(
        &self,
        wanted: impl Iterator<Item = Ident>,
        code: TokenStream,
        known: &mut BTreeSet<String>,
    ) -> TokenStream {
        let check = &self.context.check;
        let holes: Vec<Ident> = wanted.filter(|name| known.insert(name.to_string())).collect();
        add_names(code.clone(), known);
        quote!(#(#[allow(unused_variables, reason = "editors may read it")] let #holes = #check::items();)* #code)
    }

    fn prepare(&self, statement: &Statement) -> TokenStream {
        let branches = self.branches(statement);
        let unread = statement.ops.iter().filter(|op| op.is_unread());
        let args = unread.flat_map(|op| &op.args).filter_map(|arg| match arg {
            Arg::Value(value) if !self.is_stream(value) => Some(loosely(value)),
            _ => None,
        });
        let left_out: Vec<TokenStream> = args.chain(statement.attrs.left_out.iter().map(loosely)).collect();
        let left_out = (!left_out.is_empty()).then(|| quote!({ #branches #(#left_out)* }));
        let prepared = self.context.prepare(statement);
        quote!(#prepared #left_out)
    }

    /// The functions that the closure of a `route` may name, if that was left out.
    fn branches(&self, statement: &Statement) -> Option<TokenStream> {
        let edges = self.context.graph.edges.iter().filter(|edge| {
            let own = std::ptr::eq(&raw const self.context.graph.statements[edge.from], statement);
            // without a list of branches it may have been the closure that has their name
            let routes = statement.ops.iter().any(|op| op.name == "route");
            own && (matches!(edge.kind, EdgeKind::Branch(_)) || routes)
        });
        let names: Vec<&Ident> = edges.map(|edge| &edge.name).collect();
        let skip = Ident::new("skip", names.first()?.span());
        Some(quote!(#(let #names = |_| ().unfinished();)* let #skip = || ().unfinished();))
    }

    /// A stream in the place of a value, which is none.
    fn is_stream(&self, arg: &Expr) -> bool {
        let Expr::Path(path) = arg else { return false };
        let graph = self.context.graph;
        let streams = graph.edges.iter().map(|edge| &edge.name);
        let mut names = streams.chain(graph.statements.iter().map(|statement| &statement.name));
        names.any(|name| path.path.is_ident(name))
    }

    fn value(&self, value: Value) -> TokenStream {
        let Context { private, check, graph, .. } = &self.context;
        let tail = self.tail();
        match value {
            Value::Pipeline if tail.is_some() => quote!(#tail #private::broken_behind(errors, tail)),
            Value::Pipeline => quote!(#private::broken_of(errors)),
            Value::Flow => {
                let port = |edge: Option<(usize, usize)>| match edge {
                    Some((_, edge)) => names::items(&graph.edges[edge]).to_token_stream(),
                    None => quote!(#check::items::<#private::Infallible>()),
                };
                // Of a fragment that could not be read as a whole the ends may be where they are not seen.
                let (input, output) = match self.pipeline.is_cut() {
                    true => (quote!(#check::items()), quote!(#check::items())),
                    false => (port(graph.input()), port(graph.output())),
                };
                quote!(#tail #private::broken_between(errors, #input, #output))
            }
            Value::Never => quote!(#tail ().unfinished()),
        }
    }

    /// `let tail`, if it is known what comes out.
    fn tail(&self) -> Option<TokenStream> {
        if self.has_nameless_sink() {
            return None;
        }
        match &self.context.graph.tail {
            Some(tail) => {
                let uses = Uses::of(tail);
                let unread = self.unread_names(&uses);
                let value = match unread.is_empty() {
                    true => tail.to_token_stream(),
                    false => quote!({ #(let #unread = ().unfinished();)* #tail }),
                };
                Some(self.context.written_tail(&uses, &value))
            }
            None if self.is_whole() => Some(self.context.prepare_tail()),
            None => None,
        }
    }

    /// The tail may have a name that could not be read.
    fn has_nameless_sink(&self) -> bool {
        self.pipeline.items.iter().any(|item| match item {
            Item::Statement(statement) => statement.keyword == "sink" && matches!(statement.target, Target::Unread),
            _ => false,
        })
    }

    /// Every sink is known, so that the value without a tail is.
    fn is_whole(&self) -> bool {
        let mut sinks = self.context.sink_statements().peekable();
        let ends = |sink: &Statement| matches!(sink.end, End::Terminal(_)) && !sink.tainted;
        !self.pipeline.is_cut() && sinks.peek().is_some() && sinks.all(ends)
    }

    /// Names in text that could not be read, as far as `tail` has them: sinks, it may be.
    fn unread_names(&self, tail: &Uses) -> Vec<Ident> {
        let mut names: Vec<Ident> = Vec::new();
        let shared = |name: &Ident| self.context.graph.shared.iter().any(|shared| shared.name == *name);
        let sink = |name: &Ident| self.context.sink_statements().any(|sink| sink.name == *name);
        for token in self.pipeline.unread.clone() {
            let TokenTree::Ident(name) = token else { continue };
            let is_name = name.to_string().starts_with(char::is_lowercase)
                && syn::parse2::<Ident>(name.to_token_stream()).is_ok();
            if is_name && tail.contains(&name) && !shared(&name) && !sink(&name) && !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }
}

impl Context<'_> {
    /// What stands in the place of an operator in which a mistake was reported passes on items of any type.
    pub(super) fn prepare_unread(&self, ty: Option<&syn::Type>) -> TokenStream {
        let check = &self.check;
        match ty {
            Some(ty) => quote!(let items = #check::items::<#ty>();),
            None => quote!(let items = #check::items();),
        }
    }
}

/// Adds all names in generated code.
fn add_names(code: TokenStream, names: &mut BTreeSet<String>) {
    for token in code {
        match token {
            TokenTree::Ident(name) => {
                names.insert(name.to_string());
            }
            TokenTree::Group(group) => add_names(group.stream(), names),
            _ => {}
        }
    }
}

/// An expression out of its place, where it is not known what it is for.
fn loosely(expr: &Expr) -> TokenStream {
    match expr {
        Expr::Assign(assign) => loosely(&assign.right),
        Expr::Group(group) => loosely(&group.expr),
        Expr::Closure(closure) => {
            let mut closure = closure.clone();
            Loosen.visit_expr_mut(&mut closure.body);
            quote!(let _ = #closure;)
        }
        expr => {
            let mut expr = expr.clone();
            Loosen.visit_expr_mut(&mut expr);
            quote!(let _ = #expr;)
        }
    }
}

/// Puts a value of any type in the place of what means something in its own place only: `?`, `.await`, `return` and
/// durations.
struct Loosen;

impl VisitMut for Loosen {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            // Their `?` and `.await` are their own.
            Expr::Closure(_) | Expr::Async(_) => return,
            _ => visit_mut::visit_expr_mut(self, expr),
        }
        match expr {
            Expr::Try(inner) => {
                let inner = &inner.expr;
                *expr = parse_quote!((#inner).unfinished());
            }
            Expr::Await(inner) => {
                let inner = &inner.base;
                *expr = parse_quote!((#inner).unfinished());
            }
            Expr::Return(inner) => {
                let inner = &inner.expr;
                *expr = parse_quote!((#inner).unfinished());
            }
            Expr::Lit(literal) if has_unit(&literal.lit) => *expr = parse_quote!(().unfinished()),
            _ => {}
        }
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
}

/// A duration: Rust has no such literal.
fn has_unit(literal: &Lit) -> bool {
    let suffix = match literal {
        Lit::Int(int) => int.suffix(),
        Lit::Float(float) => float.suffix(),
        _ => "",
    };
    !suffix.is_empty() && !suffix.starts_with(['u', 'i', 'f']) || suffix == "us"
}
