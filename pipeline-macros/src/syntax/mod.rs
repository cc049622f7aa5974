//! The tree as written, and its parser.
//!
//! The parser reports only what cannot be read; what can be read and makes no sense is left to
//! [`resolve`](crate::resolve) and [`check`](crate::check), so that one pass finds all of it.

mod attributes;
mod cfg;
mod function;
mod item;
mod mend;
mod no_item;
mod reading;
mod split;
mod statement;
mod unexpected;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::{
    AngleBracketedGenericArguments, Attribute, Expr, GenericArgument, Generics, Ident, Meta, Pat, PatType, Path,
    PathArguments, Receiver, Type, Visibility, punctuated::Punctuated, token, visit::Visit,
};

use self::reading::Reading;
use crate::{diagnostics::Diagnostics, text};
pub(crate) use attributes::arguments;
pub(crate) use cfg::{Choice, first_choice};
pub(crate) use mend::{is_missing, missing};
#[cfg(test)]
pub(crate) use split::STATEMENTS;
pub(crate) use unexpected::JOINS;

/// A whole `pipeline! { … }`.
pub(crate) struct Pipeline {
    /// The path of the runtime's crate.
    pub(crate) runtime: TokenStream,
    pub(crate) form: Form,
    /// Inner attributes.
    pub(crate) options: Vec<Attribute>,
    /// Inner attributes that stand behind an item, where they cannot.
    pub(crate) late_options: Vec<Attribute>,
    /// An inner attribute could not be read: where they end there is a `#!` without its brackets, or one has no name.
    pub(crate) has_cut_option: bool,
    pub(crate) items: Vec<Item>,
    pub(crate) tail: Option<Expr>,
    /// All of it, for errors about the whole.
    pub(crate) text: TokenStream,
    /// What could not be read. The streams that it names may be defined or consumed there.
    pub(crate) unread: TokenStream,
}

/// Block or `fn`.
pub(crate) enum Form {
    Block,
    Function(Box<Header>),
    /// A `fn` whose header could not be read.
    Unreadable,
}

/// Everything of the `fn` form in front of its body.
pub(crate) struct Header {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) vis: Visibility,
    pub(crate) name: Ident,
    pub(crate) generics: Generics,
    /// A `self`, which was reported.
    pub(crate) receiver: Option<Receiver>,
    pub(crate) inputs: Punctuated<PatType, token::Comma>,
    pub(crate) output: Option<Type>,
    /// It could not be read as it is, which was reported: a `_` is a type that is not known.
    pub(crate) cut: bool,
}

#[expect(clippy::large_enum_variant, reason = "a few dozen of them per build")]
pub(crate) enum Item {
    Let(Let),
    Clone(Vec<Ident>),
    Statement(Box<Statement>),
}

/// `let PAT: TYPE = expr;`
pub(crate) struct Let {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) pat: Pat,
    pub(crate) ty: Option<Type>,
    pub(crate) value: Expr,
}

/// `source`, `stage` or `sink`.
pub(crate) struct Statement {
    /// One policy each, however many stood in one pair of brackets.
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) keyword: Ident,
    pub(crate) target: Target,
    pub(crate) body: Body,
    pub(crate) or_else: Else,
    /// Something in it could not be read, which was reported, and is left out.
    pub(crate) cut: bool,
}

#[expect(clippy::large_enum_variant, reason = "a few dozen of them per build")]
pub(crate) enum Target {
    One(Name),
    Many(Vec<Name>),
    Unread,
}

impl Target {
    /// The type of a single name.
    pub(crate) fn ty(&self) -> Option<&Type> {
        match self {
            Self::One(name) => name.ty.as_ref(),
            Self::Many(_) | Self::Unread => None,
        }
    }
}

/// `NAME: TYPE` of a target, with the attributes of a branch.
pub(crate) struct Name {
    pub(crate) attrs: Vec<Attribute>,
    pub(crate) ident: Ident,
    pub(crate) ty: Option<Type>,
}

/// `else NAME` of a statement.
pub(crate) enum Else {
    None,
    Name(Ident),
    Unread,
}

pub(crate) enum Body {
    /// Of a `source`.
    Expr(Box<Expr>),
    /// Of a `stage` or `sink`.
    Flow(Flow),
}

pub(crate) struct Flow {
    pub(crate) input: Input,
    pub(crate) question: Option<token::Question>,
    pub(crate) links: Vec<Link>,
}

/// What follows the input.
pub(crate) enum Link {
    Call(Call),
    /// With what stands behind the `.`, or for it.
    Unread(Option<Ident>),
}

pub(crate) enum Input {
    Name(Ident),
    Join { keyword: Ident, parts: Vec<Part> },
    Unread,
}

/// One input of a join: `NAME`, `PATH(NAME)`, `weak NAME`.
pub(crate) struct Part {
    pub(crate) weak: Option<Ident>,
    pub(crate) wrap: Option<Path>,
    pub(crate) name: Ident,
}

impl Input {
    /// The names of the streams that it reads.
    pub(crate) fn names(&self) -> impl Iterator<Item = &Ident> {
        let (name, parts) = match self {
            Self::Name(name) => (Some(name), [].as_slice()),
            Self::Join { parts, .. } => (None, parts.as_slice()),
            Self::Unread => (None, [].as_slice()),
        };
        name.into_iter().chain(parts.iter().map(|part| &part.name))
    }

    /// As it was written.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Name(name) => name.to_string(),
            Self::Join { keyword, parts } => {
                let parts: Vec<String> = parts.iter().map(Part::text).collect();
                format!("{keyword}({})", parts.join(", "))
            }
            Self::Unread => "items".to_owned(),
        }
    }
}

impl Part {
    fn text(&self) -> String {
        let weak = if self.weak.is_some() { "weak " } else { "" };
        match &self.wrap {
            Some(wrap) => format!("{weak}{}({})", text::tokens(wrap), self.name),
            None => format!("{weak}{}", self.name),
        }
    }
}

/// `.NAME::<generics>(args)`
pub(crate) struct Call {
    pub(crate) name: Ident,
    pub(crate) generics: Option<AngleBracketedGenericArguments>,
    pub(crate) args: Vec<Expr>,
    /// A mistake in the arguments was reported; there may be fewer of them than were meant.
    pub(crate) mended: bool,
}

/// Reads a whole pipeline. What cannot be read is reported and left out.
pub(crate) fn parse(input: TokenStream, diagnostics: &mut Diagnostics) -> Pipeline {
    let (runtime, tokens) = split_runtime(input);
    let text = tokens.clone();
    let (form, body) = function::split_header(tokens, diagnostics);
    let (options, mut chunks) = split::split(body);
    let options = options.into_iter().map(split::with_bang).map(|(attribute, without)| {
        if let Some(brackets) = without {
            let written = text::tokens(&brackets);
            let message = format!("an attribute of the whole pipeline begins in `#!`\nhelp: `#!{written}`");
            diagnostics.error(brackets, message);
        }
        attribute
    });
    let options = options.collect();
    let (cut, before) = (split::begins_with_cut_attribute(&chunks), diagnostics.count());
    let late = split::take_inner_attributes(&mut chunks);
    let mut inner = |attrs: Vec<TokenStream>| -> Vec<Attribute> {
        attrs.into_iter().flat_map(|tokens| attributes::parse_inner(tokens, diagnostics)).collect()
    };
    let (options, late_options) = (inner(options), inner(late));
    let has_cut_option = cut || diagnostics.count() > before;
    let mut reading = Reading::new(diagnostics);
    let (items, tail) = item::parse_all(chunks, &mut reading);
    let unread = reading.unread;
    Pipeline { runtime, form, options, late_options, has_cut_option, items, tail, text, unread }
}

/// Takes the group with the runtime's path off the front.
pub(crate) fn split_runtime(input: TokenStream) -> (TokenStream, TokenStream) {
    let mut tokens = input.clone().into_iter();
    match tokens.next() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
            (group.stream(), tokens.collect())
        }
        _ => (quote!(::pipeline_runtime), input),
    }
}

/// The type of `#![error(TYPE)]`, if it is there and can be read.
pub(crate) fn error_type(options: &[Attribute]) -> Option<Type> {
    let list = options.iter().find_map(|attr| match &attr.meta {
        Meta::List(list) if list.path.is_ident("error") => Some(list),
        _ => None,
    })?;
    list.parse_args().ok()
}

/// What the `fn` form returns.
#[derive(Clone, Copy)]
pub(crate) enum Returned<'a> {
    /// `Pipeline<O, E>` or `Pipeline<O>`
    Pipeline { output: &'a Type, error: Option<&'a Type> },
    /// `Flow<I, O, E>` or `Flow<I, O>`
    Flow { input: &'a Type, output: &'a Type, error: Option<&'a Type> },
}

impl<'a> Returned<'a> {
    /// Reads a return type; `None` for any other.
    pub(crate) fn of(ty: &'a Type) -> Option<Self> {
        let Type::Path(path) = ungroup_type(ty) else { return None };
        let segment = path.path.segments.last()?;
        let PathArguments::AngleBracketed(args) = &segment.arguments else { return None };
        let types = args.args.iter().map(|arg| match arg {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        });
        let types: Vec<&Type> = types.collect::<Option<_>>()?;
        match (segment.ident.to_string().as_str(), types.as_slice()) {
            ("Pipeline", [output]) => Some(Self::Pipeline { output, error: None }),
            ("Pipeline", [output, error]) => Some(Self::Pipeline { output, error: Some(error) }),
            ("Flow", [input, output]) => Some(Self::Flow { input, output, error: None }),
            ("Flow", [input, output, error]) => Some(Self::Flow { input, output, error: Some(error) }),
            _ => None,
        }
    }

    pub(crate) fn error(self) -> Option<&'a Type> {
        match self {
            Self::Pipeline { error, .. } | Self::Flow { error, .. } => error,
        }
    }
}

impl Pipeline {
    /// Whether something in it could not be read, so that what seems to be missing may be there.
    pub(crate) fn is_cut(&self) -> bool {
        let is_cut = |item: &Item| matches!(item, Item::Statement(statement) if statement.cut);
        !self.unread.is_empty() || self.items.iter().any(is_cut)
    }

    /// Whether it is a fragment: some source is `input`, or some sink ends in `output()`.
    pub(crate) fn is_open(&self) -> bool {
        self.items.iter().any(|item| match item {
            Item::Statement(statement) => match &statement.body {
                Body::Expr(expr) => is_input(expr),
                Body::Flow(flow) => {
                    matches!(flow.links.last(), Some(Link::Call(call)) if call.name == "output")
                }
            },
            _ => false,
        })
    }
}

/// The word in place of a source's expression.
pub(crate) fn is_input(expr: &Expr) -> bool {
    match expr {
        Expr::Path(path) => path.path.is_ident("input"),
        Expr::Group(group) => is_input(&group.expr),
        _ => false,
    }
}

/// What is inside the invisible parentheses of a `macro_rules` fragment.
fn ungroup_type(mut ty: &Type) -> &Type {
    while let Type::Group(group) = ty {
        ty = &group.elem;
    }
    ty
}

/// The identifiers that a pattern binds, in order.
pub(crate) fn bound_names(pat: &Pat) -> Vec<Ident> {
    struct Names(Vec<Ident>);
    impl<'ast> Visit<'ast> for Names {
        fn visit_pat_ident(&mut self, pat: &'ast syn::PatIdent) {
            self.0.push(pat.ident.clone());
            syn::visit::visit_pat_ident(self, pat);
        }
    }
    let mut names = Names(Vec::new());
    names.visit_pat(pat);
    names.0
}
