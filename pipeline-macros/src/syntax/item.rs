//! The items of a pipeline, one at a time: a mistake in one costs no other.

use proc_macro2::{Punct, Span, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Error, Expr, Ident, Pat, PatIdent, Result, Token, Type,
    parse::{ParseStream, Parser},
    punctuated::Punctuated,
};

use super::{
    Item, Let, Target, attributes,
    mend::{self, Expressions},
    reading::Reading,
    split::{self, Chunk},
    statement,
};
use crate::diagnostics::{closest, one_of};

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
            items.extend(no_item(&chunk, last, reading));
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
        let pat = Pat::parse_single(input)?;
        let ty = parse_type(input)?;
        input.parse::<Token![=]>()?;
        let value = input.parse()?;
        if input.is_empty() {
            return Ok(Let { attrs: Vec::new(), pat, ty, value });
        }
        Err(input.error("expected `;`"))
    });
    read.or_else(|| {
        let name = text.into_iter().find_map(|token| match token {
            TokenTree::Ident(name) if name != "mut" && name != "ref" => Some(name),
            _ => None,
        })?;
        let pat = Pat::Ident(PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident: name, subpat: None });
        Some(Let { attrs: Vec::new(), pat, ty: None, value: mend::missing() })
    })
}

impl Expressions for Let {
    fn each(&mut self, visit: &mut dyn FnMut(&mut Expr)) {
        visit(&mut self.value);
    }
}

/// `a, b`: every name that is there.
fn parse_names(text: TokenStream, end: &Punct, reading: &mut Reading<'_>) -> Vec<Ident> {
    let parse = |input: ParseStream| {
        let names = Punctuated::<Ident, Token![,]>::parse_separated_nonempty(input)?;
        input.parse::<Token![;]>()?;
        Ok(names.into_iter().collect())
    };
    match parse.parse2(quote!(#text #end)) {
        Ok(names) => names,
        Err(error) => {
            let message = "expected names with `,` between them\nhelp: `clone db, http;`";
            reading.diagnostics.push(Error::new(error.span(), message));
            text.into_iter().filter_map(|token| syn::parse2(token.into()).ok()).collect()
        }
    }
}

/// `: TYPE`, if it is there.
pub(super) fn parse_type(input: ParseStream) -> Result<Option<Type>> {
    if input.peek(Token![:]) {
        input.parse::<Token![:]>()?;
        return input.parse().map(Some);
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
    let tail = reading.mend(text.clone(), |input| input.parse())?;
    if mend::is_missing(&tail) {
        reading.unread.extend(text);
        return None;
    }
    Some(tail)
}

/// Something without a `;` in front of other items.
fn misplaced(chunk: Chunk, reading: &mut Reading<'_>) {
    let tokens = TokenStream::from_iter(chunk.tokens.iter().cloned());
    if chunk.behind_attributes().is_empty() {
        reading.diagnostics.error(&tokens, "expected a statement behind this attribute");
    } else if syn::parse2::<Expr>(tokens.clone()).is_ok() {
        reading.diagnostics.error(&tokens, "the tail expression must stand last");
    } else {
        reading.diagnostics.error(head(&chunk), expected_item(&chunk));
    }
    reading.unread.extend(tokens);
}

/// Something with a `;` that is no item. If it is one but for its keyword, it is read as one.
fn no_item(chunk: &Chunk, last: bool, reading: &mut Reading<'_>) -> Option<Item> {
    let tokens = chunk.behind_attributes();
    let expression = tokens[..tokens.len().saturating_sub(1)].iter().cloned().collect();
    let named = matches!(tokens.get(1), Some(TokenTree::Ident(_) | TokenTree::Group(_)));
    let near = match tokens.first() {
        Some(TokenTree::Ident(found)) if named => closest(&found.to_string(), split::ITEMS),
        _ => None,
    };
    if let Some(near) = near {
        let message = format!("{}\nhelp: did you mean `{near}`?", expected_item(chunk));
        reading.diagnostics.error(head(chunk), message);
        return reading.quietly(|reading| parse_whole(chunk, Some(near), reading));
    }
    let message = match last && syn::parse2::<Expr>(expression).is_ok_and(|expr| !matches!(expr, Expr::Assign(_))) {
        true => "the tail expression has no `;`\nhelp: remove the `;` at its end".to_owned(),
        false => expected_item(chunk),
    };
    reading.diagnostics.error(head(chunk), message);
    reading.unread.extend(chunk.tokens.iter().cloned());
    None
}

fn expected_item(chunk: &Chunk) -> String {
    let expected = one_of(&split::ITEMS);
    match chunk.behind_attributes().first() {
        Some(TokenTree::Ident(found)) => format!("expected {expected}, found `{found}`"),
        _ => format!("expected {expected}"),
    }
}

/// The first token behind the attributes.
fn head(chunk: &Chunk) -> TokenTree {
    let nothing = || Ident::new("nothing", Span::call_site()).into();
    chunk.behind_attributes().first().or(chunk.tokens.last()).cloned().unwrap_or_else(nothing)
}
