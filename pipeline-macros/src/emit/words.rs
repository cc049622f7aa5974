//! What editors read, and rustc does not. Every word of the language that a pipeline has names a documented item of the
//! runtime, at the word's own place, so that hovering over it shows its docs; every stream is a binding at the place of
//! its declaration, used at the places where it is read. What is neither may be the beginning of one, and is named all
//! the same, so that it is completed.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr};

use super::names;
use crate::ops;
use crate::syntax::{self, Body, Else, Flow, Input, Item, Link, Pipeline, Statement, Target};

/// A pipeline's words and streams.
pub(crate) fn words(pipeline: &Pipeline) -> TokenStream {
    let runtime = &pipeline.runtime;
    let private = quote!(#runtime::__private);
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
    let items = declared.iter().map(names::items_of);
    quote! {
        #private::editor! {
            let _ = (#(#words,)*);
            #[allow(non_snake_case, reason = "a stream may be called as a type is")]
            {
                use #private::words::joins::*;
                #(let #declared = #items;)*
                let _ = (#(#used,)*);
            }
        }
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
    fn add(&mut self, module: &str, word: Option<&Ident>) {
        if let Some(word) = word.filter(|word| is_name(word)) {
            self.words.push((Ident::new(module, Span::call_site()), word.clone()));
        }
    }

    /// An attribute, of whatever it may be one. Some have the same name on a statement and on a pipeline.
    fn attribute(&mut self, attr: &Attribute) {
        self.add("attributes", attr.path().get_ident());
        if let syn::Meta::List(list) = &attr.meta {
            self.options(&syntax::arguments(list).0);
        }
    }

    /// A stream's name.
    fn declare(&mut self, name: &Ident) {
        if is_name(name) && !self.declared.contains(name) {
            self.declared.push(name.clone());
        }
    }

    fn read(&mut self, name: &Ident) {
        if is_name(name) {
            self.used.push(name.clone());
        }
    }

    fn statement(&mut self, statement: &Statement) {
        self.add("statements", Some(&statement.keyword));
        let targets = match &statement.target {
            Target::One(name) => std::slice::from_ref(name),
            Target::Many(names) => names.as_slice(),
            Target::Unread => &[],
        };
        let attrs = statement.attrs.iter().chain(targets.iter().flat_map(|target| &target.attrs));
        for attr in attrs {
            self.attribute(attr);
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
            Input::Name(name) => self.read(name),
            Input::Join { keyword, parts } => {
                self.add("joins", Some(keyword));
                parts.iter().for_each(|part| self.read(&part.name));
            }
            Input::Unread => {}
        }
        for link in &flow.links {
            match link {
                Link::Call(call) => {
                    self.add("operators", Some(&call.name));
                    if ops::find(&call.name.to_string()).is_some_and(|spec| !spec.options.is_empty()) {
                        self.options(&call.args);
                    }
                }
                Link::Unread(name) => self.add("operators", name.as_ref()),
            }
        }
    }

    /// `name = …` among arguments, or the beginning of one.
    fn options(&mut self, args: &[Expr]) {
        for arg in args {
            let name = if let Expr::Assign(assign) = arg { &*assign.left } else { arg };
            if let Expr::Path(path) = name {
                self.add("options", path.path.get_ident());
            }
        }
    }
}

/// Whether generated code can have it as a name: no keyword.
fn is_name(word: &Ident) -> bool {
    syn::parse2::<Ident>(word.to_token_stream()).is_ok()
}
