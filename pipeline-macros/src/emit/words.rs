//! What editors read. Every word of the language that a pipeline has names a documented item of the runtime, at the word's
//! own place, so that hovering over it shows its docs; every stream is a binding at the place of its declaration, used at
//! the places where it is read.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr};

use super::names;
use crate::ops;
use crate::resolve;
use crate::syntax::{self, Body, Else, Flow, Input, Item, Link, Pipeline, Statement, Target};

/// What may be given by name: to operators, to `keyed`, `timeout` and `retry`.
const OPTIONS: [&str; 14] = [
    "unique",
    "frontier",
    "every",
    "count",
    "last",
    "idle",
    "total",
    "attempts",
    "backoff",
    "jitter",
    "factor",
    "max_elapsed",
    "when",
    "after",
];

/// A pipeline's words and streams. The streams are constants: what is around could name no local there, and so no stream
/// shadows one.
pub(crate) fn words(pipeline: &Pipeline) -> TokenStream {
    let runtime = &pipeline.runtime;
    let (private, check) = (quote!(#runtime::__private), quote!(#runtime::check));
    let mut found = Words::default();
    for attr in &pipeline.options {
        found.attribute(attr);
    }
    for item in &pipeline.items {
        if let Item::Statement(statement) = item {
            found.statement(statement);
        }
    }
    let Words { words, declared, used } = found;
    let words = words.iter().map(|(module, word)| quote!(#private::words::#module::#word));
    let used = used.iter().filter(|name| declared.contains(name));
    let items = declared.iter().map(names::items_of);
    quote! {
        let _ = (#(#words,)*);
        #check::alike((#(#items,)*), const {
            #(let #declared = #check::items();)*
            let _ = (#(#used,)*);
            (#(#declared,)*)
        });
    }
}

#[derive(Default)]
struct Words {
    /// Each with the module that it is in.
    words: Vec<(Ident, Ident)>,
    declared: Vec<Ident>,
    used: Vec<Ident>,
}

impl Words {
    fn add(&mut self, module: &str, word: Option<&Ident>, known: &[&str]) {
        if let Some(word) = word.filter(|word| known.iter().any(|known| *word == known)) {
            self.words.push((Ident::new(module, Span::call_site()), word.clone()));
        }
    }

    /// An attribute, of whatever it may be one. Some have the same name on a statement and on a pipeline.
    fn attribute(&mut self, attr: &Attribute) {
        let known = [resolve::POLICIES.as_slice(), &resolve::OPTIONS, &["lossy"]].concat();
        self.add("attributes", attr.path().get_ident(), &known);
    }

    /// A stream's name. A keyword cannot be that of a binding, nor one with a capital, which may be a constant's.
    fn declare(&mut self, name: &Ident) {
        let is_name = syn::parse2::<Ident>(name.to_token_stream()).is_ok();
        if is_name && !name.to_string().contains(char::is_uppercase) && !self.declared.contains(name) {
            self.declared.push(name.clone());
        }
    }

    fn statement(&mut self, statement: &Statement) {
        self.add("statements", Some(&statement.keyword), &syntax::STATEMENTS);
        let targets = match &statement.target {
            Target::One(name) => std::slice::from_ref(name),
            Target::Many(names) => names.as_slice(),
            Target::Unread => &[],
        };
        let attrs = statement.attrs.iter().chain(targets.iter().flat_map(|target| &target.attrs));
        for attr in attrs {
            self.attribute(attr);
            if let syn::Meta::List(list) = &attr.meta {
                self.options(&syntax::arguments(list).0);
            }
        }
        if statement.keyword != "sink" {
            targets.iter().for_each(|target| self.declare(&target.ident));
        }
        if let Else::Name(name) = &statement.or_else {
            self.declare(name);
        }
        if let Body::Flow(flow) = &statement.body {
            self.flow(flow);
        }
    }

    fn flow(&mut self, flow: &Flow) {
        match &flow.input {
            Input::Name(name) => self.used.push(name.clone()),
            Input::Join { keyword, parts } => {
                self.add("joins", Some(keyword), &syntax::JOINS);
                self.used.extend(parts.iter().map(|part| part.name.clone()));
            }
            Input::Unread => {}
        }
        for link in &flow.links {
            let Link::Call(call) = link else { continue };
            if let Some(spec) = ops::find(&call.name.to_string()) {
                self.add("operators", Some(&call.name), &[spec.name]);
            }
            self.options(&call.args);
        }
    }

    /// `name = …` among arguments.
    fn options(&mut self, args: &[Expr]) {
        for arg in args {
            if let Expr::Assign(assign) = arg
                && let Expr::Path(path) = &*assign.left
            {
                self.add("options", path.path.get_ident(), &OPTIONS);
            }
        }
    }
}
