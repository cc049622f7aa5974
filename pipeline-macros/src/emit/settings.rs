//! Settings: evaluated once, in written order, when the pipeline is built.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::{Context, names};
use crate::graph::{Arg, Op, Setting, Statement};
use crate::ops::OpKind;

/// What a setting must be: `Positive` or `Count` a number, `Duration` a time.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Must {
    /// At least one.
    Positive,
    /// Any number.
    Count,
    /// Longer than nothing.
    Duration,
}

impl Context<'_> {
    /// `let`s for all settings of the pipeline.
    pub(super) fn settings(&self) -> TokenStream {
        let check = &self.check;
        let options = &self.graph.options;
        let own = [
            ("buffer", &options.buffer, Must::Count),
            ("deadline", &options.deadline, Must::Duration),
            ("drain", &options.drain, Must::Duration),
        ];
        let own = own.into_iter().filter_map(|(name, setting, must)| {
            let value = self.setting(setting.as_ref()?, must, &format!("`#![{name}]`"));
            let set = names::local(name);
            Some(quote!(let value = #value; settings.#set(value);))
        });
        let budget = self.budget_settings();
        // The graph is in topological order; settings are evaluated as they were written.
        let mut statements: Vec<&Statement> = self.graph.statements.iter().collect();
        statements.sort_by_key(|statement| {
            let start = statement.name.span().start();
            (start.line, start.column)
        });
        let statements = statements.into_iter().map(|statement| self.statement_settings(statement));
        quote! {
            let settings = &mut #check::Settings::new();
            #(#own)*
            #budget
            #(#statements)*
        }
    }

    fn statement_settings(&self, statement: &Statement) -> TokenStream {
        let policies = &statement.attrs;
        let buffer = self.graph.edges.iter().find_map(|edge| {
            let own = std::ptr::eq(&raw const self.graph.statements[edge.from], statement);
            edge.buffer.as_ref().filter(|_| own)
        });
        let policies = [
            ("workers", policies.workers.as_ref(), Must::Positive),
            ("in_flight", policies.in_flight.as_ref(), Must::Positive),
            ("buffer", buffer, Must::Count),
            ("idle", policies.idle.as_ref(), Must::Duration),
        ];
        let guard = self.guard_settings(statement);
        let policies = policies.into_iter().filter_map(|(policy, setting, must)| {
            let what = format!("`{policy}` of stage `{}`", statement.name);
            let (name, value) = (names::setting(statement, policy), self.setting(setting?, must, &what));
            Some(quote!(let #name = #value;))
        });
        let operators = statement.all_ops().enumerate().flat_map(|(index, op)| {
            let covers = self.window_covers(statement, op, index);
            let positional = op.args.iter().enumerate().map(|(position, arg)| (position.to_string(), arg));
            let named = op.options.iter().map(|(name, arg)| ((*name).to_owned(), arg));
            let settings = positional.chain(named).filter_map(move |(place, arg)| {
                let Arg::Setting(setting) = arg else { return None };
                let what = match op.options.iter().any(|(name, _)| *name == place) {
                    true => format!("`{place}` in `{}` of stage `{}`", op.spec.name, statement.name),
                    false => format!("`{}` of stage `{}`", op.spec.name, statement.name),
                };
                let name = names::operator(statement, op.spec.name, index, &format!("setting_{place}"));
                let must = match (op.spec.name, place.as_str()) {
                    ("batch", "0") => Must::Positive,
                    ("batch", _) | ("window", "every") => Must::Duration,
                    ("window", "last") if op.is_by_time() => Must::Duration,
                    ("window", _) => Must::Positive,
                    ("recurse", "frontier") => Must::Positive,
                    _ => Must::Count,
                };
                let value = self.setting(setting, must, &what);
                Some(quote!(let #name = #value;))
            });
            settings.chain(covers)
        });
        quote!(#(#policies)* #guard #(#operators)*)
    }

    /// No item falls between two windows.
    fn window_covers(&self, statement: &Statement, op: &Op, index: usize) -> Option<TokenStream> {
        op.option("last").filter(|_| op.spec.kind == OpKind::Window)?;
        let unit = if op.is_by_time() { "every" } else { "count" };
        let name = |part: &str| names::operator(statement, op.spec.name, index, &format!("setting_{part}"));
        let (last, every) = (name("last"), name(unit));
        let what = format!("`last` in `window` of stage `{}`", statement.name);
        Some(quote!(settings.covers(#what, #last, #unit, #every);))
    }

    pub(super) fn setting(&self, setting: &Setting, must: Must, what: &str) -> TokenStream {
        let private = &self.private;
        let check = names::local(match must {
            Must::Positive => "positive",
            Must::Count => "count",
            Must::Duration => "duration",
        });
        match setting {
            Setting::Count(n, span) => {
                let n = proc_macro2::Literal::u64_suffixed(*n);
                quote_spanned!(names::at(*span)=> settings.#check(#what, #n))
            }
            Setting::Duration(nanos, _) => quote!(settings.#check(#what, #private::Duration::from_nanos(#nanos))),
            Setting::Expr(value) => quote_spanned!(names::at(value.span())=> settings.#check(#what, #value)),
        }
    }
}
