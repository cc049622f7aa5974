//! What the parsers of items share: where mistakes go, and what could not be read.

use proc_macro2::{TokenStream, TokenTree};
use syn::{Error, Result, Token, parse::ParseStream};

use super::mend::{self, Expressions};
use crate::diagnostics::Diagnostics;

/// A body that is being read.
pub(super) struct Reading<'a> {
    pub(super) diagnostics: &'a mut Diagnostics,
    /// The text that was left out.
    pub(super) unread: TokenStream,
    /// The item that is being read has no `;`: what stands for it has the place of the last token.
    pub(super) is_open: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(diagnostics: &'a mut Diagnostics) -> Self {
        Self { diagnostics, unread: TokenStream::new(), is_open: false }
    }

    /// How many mistakes were reported so far.
    pub(super) fn mistakes(&self) -> usize {
        self.diagnostics.count()
    }

    /// Reads something in which a mistake was reported already: what else is wrong with it may be its consequence.
    pub(super) fn quietly<T>(&mut self, read: impl FnOnce(&mut Self) -> T) -> T {
        let before = self.mistakes();
        let value = read(self);
        self.diagnostics.truncate(before);
        value
    }

    /// Takes back all mistakes behind the first that was reported after this many.
    pub(super) fn keep_first_since(&mut self, before: usize) {
        self.diagnostics.truncate(before + 1);
    }

    /// Reads a text as far as it goes, mended where it is half typed; `None` if that does not help.
    pub(super) fn mend<T: Expressions>(
        &mut self,
        text: TokenStream,
        parser: impl Fn(ParseStream) -> Result<T>,
    ) -> Option<T> {
        let mended = mend::parse(text.clone(), parser);
        if let Some(error) = mended.error {
            self.diagnostics.push(error);
        }
        if mended.value.is_none() {
            self.unread.extend(text);
        }
        mended.value
    }

    /// The statement ends here where something is missing; `help` is empty or a line.
    pub(super) fn missing(&self, what: &str, help: &str, input: ParseStream) -> Option<Error> {
        input.peek(Token![;]).then(|| self.expected(what, help, input))
    }

    /// Something is missing here; `help` is empty or a line.
    pub(super) fn expected(&self, what: &str, help: &str, input: ParseStream) -> Error {
        let behind = if self.is_open && input.peek(Token![;]) { " behind this" } else { "" };
        let help = if help.is_empty() { String::new() } else { format!("\nhelp: {help}") };
        Error::new(input.span(), format_args!("expected {what}{behind}{help}"))
    }

    /// Reports a mistake and leaves out the tokens up to where `resumes` says that what follows can be read.
    pub(super) fn skip(&mut self, error: Error, input: ParseStream, resumes: impl Fn(ParseStream) -> bool) {
        self.diagnostics.push(error);
        self.leave_out(input, resumes);
    }

    /// Leaves out the tokens up to where `resumes` says that what follows can be read.
    pub(super) fn leave_out(&mut self, input: ParseStream, resumes: impl Fn(ParseStream) -> bool) {
        while !input.is_empty() && !resumes(input) {
            match input.parse::<TokenTree>() {
                Ok(token) => self.unread.extend([token]),
                Err(_) => return,
            }
        }
    }
}
