//! What is no stream: parameters, `let` values and `clone` names.

use syn::Ident;

use crate::{
    diagnostics::Diagnostics,
    graph::{Let, Shared, SharedFrom},
    syntax::{self, Form, Item, Pipeline},
};

use super::policies;

/// The `let` items.
pub(super) fn lets(pipeline: &Pipeline, diagnostics: &mut Diagnostics) -> Vec<Let> {
    let lets = pipeline.items.iter().filter_map(|item| match item {
        Item::Let(item) => Some(item),
        _ => None,
    });
    lets.map(|item| {
        let syntax::Let { attrs, pat, ty, value } = item;
        let attrs = policies::of_let(attrs, diagnostics);
        Let { attrs, pat: pat.clone(), ty: ty.clone(), value: value.clone() }
    })
    .collect()
}

/// The names that closures may share: those of `clone` first, then parameters, then `let` values, each name once.
pub(super) fn shared(pipeline: &Pipeline, diagnostics: &mut Diagnostics) -> Vec<Shared> {
    let mut shared: Vec<Shared> = Vec::new();
    let clones = pipeline.items.iter().filter_map(|item| match item {
        Item::Clone(names) => Some(names),
        _ => None,
    });
    for name in clones.flatten() {
        match shared.iter().find(|shared| shared.name == *name) {
            Some(first) => diagnostics.conflict(
                name,
                format_args!("`{name}` is cloned twice\nhelp: once is enough for all stages"),
                &first.name,
                format_args!("`{name}` is cloned here first"),
            ),
            None => shared.push(Shared { name: name.clone(), from: SharedFrom::Clone }),
        }
    }
    for name in values(pipeline) {
        if !shared.iter().any(|shared| shared.name == name) {
            shared.push(Shared { name, from: SharedFrom::Value });
        }
    }
    shared
}

fn values(pipeline: &Pipeline) -> Vec<Ident> {
    let mut names = Vec::new();
    if let Form::Function(header) = &pipeline.form {
        names.extend(header.inputs.iter().flat_map(|input| syntax::bound_names(&input.pat)));
    }
    for item in &pipeline.items {
        if let Item::Let(item) = item {
            names.extend(syntax::bound_names(&item.pat));
        }
    }
    names
}
