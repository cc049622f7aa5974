//! The items of a pipeline, one at a time: a mistake in one costs no other.

use proc_macro2::{Punct, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Expr, Ident, Pat, PatIdent, Result, Token, Type,
    parse::{ParseStream, Parser},
};

use super::{
    Item, Let, Target, attributes, mend, no_item,
    reading::Reading,
    split::{self, Chunk},
    statement, unexpected,
};

/// All items, and the tail.
pub(super) fn parse_all(chunks: Vec<Chunk>, reading: &mut Reading<'_>) -> (Vec<Item>, Option<Expr>) {
    let mut items = Vec::new();
    let mut tail = None;
    let count = chunks.len();
    for (at, chunk) in chunks.into_iter().enumerate() {
        let last = at + 1 == count;
        if chunk.looks_like_item() || is_cut_short(&chunk, &items, last) {
            items.extend(parse_item(&chunk, reading));
        } else if chunk.terminated {
            items.extend(unknown(&chunk, last, reading));
        } else if last {
            tail = parse_tail(chunk, reading);
        } else {
            misplaced(chunk, reading);
        }
    }
    (items, tail)
}

/// A keyword and nothing else, unless it is the name of something that the tail gives.
fn is_cut_short(chunk: &Chunk, items: &[Item], last: bool) -> bool {
    let [word @ TokenTree::Ident(name)] = chunk.behind_attributes() else { return false };
    let is_defined = |item: &Item| match item {
        Item::Statement(statement) => matches!(&statement.target, Target::One(target) if target.ident == *name),
        _ => false,
    };
    split::is_ident(Some(word), &split::ITEMS) && !(last && items.iter().any(is_defined))
}

fn parse_item(chunk: &Chunk, reading: &mut Reading<'_>) -> Option<Item> {
    let before = reading.mistakes();
    reading.is_open = !chunk.terminated;
    let mut item = parse_whole(chunk, None, reading);
    if !chunk.terminated && reading.mistakes() == before {
        reading.diagnostics.error(chunk.tokens.last(), "expected `;` behind this");
    }
    // More may be still to come.
    if let Some(Item::Statement(statement)) = &mut item {
        statement.cut |= !chunk.terminated;
    }
    item
}

/// Reads an item; `keyword` is what it should begin with, if it is not what it does.
fn parse_whole(chunk: &Chunk, keyword: Option<&str>, reading: &mut Reading<'_>) -> Option<Item> {
    let (attrs, rest) = attributes::split_outer(&chunk.tokens, reading.diagnostics);
    let rest = if chunk.terminated { &rest[..rest.len() - 1] } else { rest };
    let Some((TokenTree::Ident(first), behind)) = rest.split_first() else { return None };
    let behind: TokenStream = behind.iter().cloned().collect();
    let end = chunk.end();
    let keyword = keyword.map_or_else(|| first.clone(), |keyword| Ident::new(keyword, first.span()));
    if keyword == "let" {
        let parts = parse_let(&keyword, behind, reading)?;
        return Some(Item::Let(Let { attrs, ..parts }));
    }
    if keyword == "clone" {
        if let Some(attr) = attrs.iter().find(|attr| !attr.path().is_ident("doc")) {
            let message = "a `clone` is no task and takes no attribute\nhelp: put it above a `stage` or `sink`";
            reading.diagnostics.error(&attr.meta, message);
        }
        return Some(Item::Clone(parse_names(behind, &end, reading)));
    }
    let parse = |input: ParseStream| {
        let statement = statement::parse(attrs, keyword, input, reading);
        input.parse::<Token![;]>()?;
        Ok(statement)
    };
    parse.parse2(quote!(#behind #end)).ok().map(|statement| Item::Statement(Box::new(statement)))
}

/// What stands behind `let`. If it cannot be read, the name that it begins with is still that of a value.
fn parse_let(keyword: &Ident, text: TokenStream, reading: &mut Reading<'_>) -> Option<Let> {
    if text.is_empty() {
        reading.diagnostics.error(keyword, "expected a pattern behind this");
        return None;
    }
    let read = reading.mend(text.clone(), |input| {
        let start = input.fork();
        let pat = Pat::parse_single(input).map_err(|_| unexpected::instead_of("a pattern", &start))?;
        let ty = parse_type(input)?;
        if !input.peek(Token![=]) {
            return Err(unexpected::let_without_value(&pat, input));
        }
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        if input.is_empty() {
            return Ok(Let { attrs: Vec::new(), pat, ty, value });
        }
        Err(unexpected::instead_of_end(input))
    });
    read.or_else(|| {
        let mut pattern = text.into_iter().take_while(|token| !split::is_punct(token, '='));
        let name = pattern.find_map(|token| syn::parse2::<Ident>(token.into()).ok())?;
        let pat = Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident: name, subpat: None });
        Some(Let { attrs: Vec::new(), pat, ty: None, value: mend::missing() })
    })
}

impl mend::Expressions for Let {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(&mut self.value);
    }
}

/// `a, b`: every name that is there.
fn parse_names(text: TokenStream, end: &Punct, reading: &mut Reading<'_>) -> Vec<Ident> {
    match unexpected::clones.parse2(quote!(#text #end)) {
        Ok(names) => names,
        Err(error) => {
            reading.diagnostics.push(error);
            text.into_iter().filter_map(|token| syn::parse2(token.into()).ok()).collect()
        }
    }
}

/// `: TYPE`, if it is there.
pub(super) fn parse_type(input: ParseStream) -> Result<Option<Type>> {
    if input.peek(Token![:]) {
        let not_here = input.peek(Token![::]) || input.peek2(Token![=]);
        if not_here {
            return Ok(None);
        }
        input.parse::<Token![:]>()?;
        if input.peek(Token![;]) || input.peek(Token![,]) || input.is_empty() {
            return Err(unexpected::instead_of("a type", input));
        }
        let start = input.fork();
        return input.parse().map(Some).map_err(|_| unexpected::instead_of("a type", &start));
    }
    Ok(None)
}

fn parse_tail(chunk: Chunk, reading: &mut Reading<'_>) -> Option<Expr> {
    if chunk.behind_attributes().is_empty() {
        let message = "expected a statement behind this attribute";
        reading.diagnostics.error(TokenStream::from_iter(chunk.tokens), message);
        return None;
    }
    if let Some(attr) = chunk.first_attribute() {
        reading.diagnostics.error(attr, "the tail takes no attribute\nhelp: make it a block: `{ #[…] … }`");
    }
    let text: TokenStream = chunk.behind_attributes().iter().cloned().collect();
    let before = reading.mistakes();
    let read = reading.mend(text.clone(), |input| {
        let tail = input.parse()?;
        let surplus =
            (!input.is_empty()).then(|| unexpected::instead_of("the end of the pipeline behind its tail", input));
        input.parse::<TokenStream>()?;
        Ok(TailText { tail, surplus })
    })?;
    if let Some(error) = read.surplus {
        reading.diagnostics.push(error);
        reading.keep_first_since(before);
    }
    // a tail of which nothing could be read is none
    if mend::is_missing(&read.tail) {
        reading.unread.extend(text);
        return None;
    }
    Some(read.tail)
}

/// The tail, and what is wrong with what stands behind it.
struct TailText {
    tail: Expr,
    surplus: Option<syn::Error>,
}

impl mend::Expressions for TailText {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(&mut self.tail);
    }
}

/// Something without a `;` in front of other items.
fn misplaced(chunk: Chunk, reading: &mut Reading<'_>) {
    let tokens = TokenStream::from_iter(chunk.tokens.iter().cloned());
    if chunk.behind_attributes().is_empty() {
        reading.diagnostics.error(&tokens, "expected a statement behind this attribute");
    } else {
        let (place, message) = no_item::in_front(&chunk);
        reading.diagnostics.error(place, message);
    }
    reading.unread.extend(tokens);
}

/// Something with a `;` that is no item. If it is one but for its keyword, it is read as one.
fn unknown(chunk: &Chunk, last: bool, reading: &mut Reading<'_>) -> Option<Item> {
    let keyword = no_item::meant_keyword(chunk);
    let (place, message) = no_item::describe(chunk, keyword, last);
    reading.diagnostics.error(place, message);
    if keyword.is_some() {
        return reading.quietly(|reading| parse_whole(chunk, keyword, reading));
    }
    reading.unread.extend(chunk.tokens.iter().cloned());
    None
}
