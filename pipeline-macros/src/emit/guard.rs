//! `timeout` and `retry`: their settings, their closures, and what stands around a body.

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;

use super::settings::Must;
use super::step::Step;
use super::{Context, ask, closure::Closure, names};
use crate::graph::{Decide, Func, Jitter, Statement};

impl Context<'_> {
    /// What `#![retry_budget(…)]` sets.
    pub(super) fn budget_settings(&self) -> Option<TokenStream> {
        let budget = self.graph.options.retry_budget.as_ref()?;
        let private = &self.private;
        let ratio = match &budget.ratio {
            Some(ratio) => {
                quote_spanned!(names::at(ratio.span())=> settings.ratio("`ratio` of `#![retry_budget]`", #ratio))
            }
            None => quote!(0.1),
        };
        let floor = match &budget.floor {
            Some(floor) => self.setting(floor, Must::Count, "`floor` of `#![retry_budget]`"),
            None => quote!(10),
        };
        let per = match &budget.per {
            Some(per) => self.setting(per, Must::Duration, "`per` of `#![retry_budget]`"),
            None => quote!(#private::Duration::from_secs(1)),
        };
        Some(quote! {
            let ratio = #ratio;
            let floor = #floor;
            let per = #per;
            settings.retry_budget(ratio, floor, per);
        })
    }

    /// `let`s for the settings of `timeout` and `retry`.
    pub(super) fn guard_settings(&self, statement: &Statement) -> TokenStream {
        let stage = &statement.name;
        let (timeout, retry) = (statement.attrs.timeout.as_ref(), statement.attrs.retry.as_ref());
        let total = timeout.and_then(|timeout| timeout.total.as_ref()).map(|(_, total)| total);
        let backoff = retry.and_then(|retry| retry.backoff.as_ref());
        let settings = [
            ("timeout", "timeout", timeout.map(|timeout| &timeout.each), Must::Duration),
            ("total", "total", total, Must::Duration),
            ("attempts", "attempts", retry.map(|retry| &retry.attempts), Must::Positive),
            ("backoff", "backoff", backoff.map(|backoff| &backoff.first), Must::Duration),
            ("longest_backoff", "backoff", backoff.map(|backoff| &backoff.longest), Must::Duration),
            ("max_elapsed", "max_elapsed", retry.and_then(|retry| retry.max_elapsed.as_ref()), Must::Duration),
        ];
        let settings = settings.into_iter().filter_map(|(local, option, setting, must)| {
            let what = format!("`{option}` of stage `{stage}`");
            let (local, value) = (names::setting(statement, local), self.setting(setting?, must, &what));
            Some(quote!(let #local = #value;))
        });
        let factor = retry.and_then(|retry| retry.factor.as_ref()).map(|value| {
            let (local, what) = (names::setting(statement, "factor"), format!("`factor` of stage `{stage}`"));
            let value = quote_spanned!(names::at(value.span())=> settings.factor(#what, #value));
            quote!(let #local = #value;)
        });
        let local = |name: &str| names::setting(statement, name);
        let total = total.map(|_| {
            let (each, total, what) = (local("timeout"), local("total"), format!("`total` of stage `{stage}`"));
            quote!(settings.covers(#what, #total, "timeout", #each);)
        });
        let backoff = backoff.map(|_| {
            let (first, longest) = (local("backoff"), local("longest_backoff"));
            let what = format!("`backoff` of stage `{stage}`");
            quote!(settings.rises(#what, #first, #longest);)
        });
        let entrance = self.entrance_settings(statement);
        quote!(#(#settings)* #factor #total #backoff #entrance)
    }

    /// The closures of `retry` and `on_error`, which are shown what the statement fails with.
    pub(super) fn prepare_guard(&self, statement: &Statement) -> TokenStream {
        let failures = self.failures(statement);
        let prepare = |name: &str, func: &Func, Closure { clones, closure }: Closure| {
            let (local, check) = (names::part(statement, name), self.check(&[name], func.span));
            let arguments = ask::parenthesised(quote!(#failures, #closure), ask::last(&closure));
            quote!(let #local = { #clones #check #arguments };)
        };
        let of_retry = statement.attrs.retry.iter().flat_map(|retry| [("when", &retry.when), ("after", &retry.after)]);
        let of_retry = of_retry.filter_map(|(name, func)| {
            let func = func.as_ref()?;
            Some(prepare(name, func, self.plain(func, 1)))
        });
        let decide = statement.attrs.decide.iter();
        let decide = decide.map(|decide| prepare("on_error", &decide.func, self.deciding(decide)));
        of_retry.chain(decide).collect()
    }

    /// The closure of `on_error`, with the words that it ends in.
    fn deciding(&self, decide: &Decide) -> Closure {
        let check = &self.check;
        let words = decide.words.iter().map(|word| {
            let value = names::local(match word {
                word if word == "fail" => "Fail",
                word if word == "skip" => "Skip",
                _ => "Reject",
            });
            let called = decide.called.contains(word).then(|| quote!(||));
            quote!(let #word = #called #check::OnError::#value;)
        });
        self.plain_behind(&quote!(#(#words)*), &decide.func, 1)
    }

    /// The witness of what the statement's items fail with.
    pub(super) fn failures(&self, statement: &Statement) -> TokenStream {
        let check = &self.check;
        match statement.fails_by_policy() {
            true => quote!(#check::failed(errors)),
            false => quote!(errors),
        }
    }

    /// The statement's policies, for all of its tasks.
    pub(super) fn policies(&self, id: usize, statement: &Statement) -> Option<TokenStream> {
        if !statement.is_retried_source() {
            statement.guarded_op()?;
        }
        let private = &self.private;
        let (timeout, retry) = (statement.attrs.timeout.as_ref(), statement.attrs.retry.as_ref());
        let of = |name: &str| names::setting(statement, name);
        let timeout = timeout.map(|timeout| {
            let each = of("timeout");
            let total = timeout.total.as_ref().map(|_| of("total")).map(|total| quote!(.total(#total)));
            quote!(.timeout(#each)#total)
        });
        let retry = retry.map(|retry| {
            let attempts = of("attempts");
            let backoff = retry.backoff.as_ref().map(|_| {
                let (first, longest) = (of("backoff"), of("longest_backoff"));
                quote!(.backoff(#first, #longest))
            });
            let jitter = (retry.jitter == Jitter::None).then(|| quote!(.without_jitter()));
            let given = [
                ("factor", retry.factor.is_some()),
                ("max_elapsed", retry.max_elapsed.is_some()),
                ("when", retry.when.is_some()),
                ("after", retry.after.is_some()),
            ];
            let given = given.into_iter().filter(|(_, given)| *given).map(|(name, _)| {
                let (set, value) = (names::local(name), of(name));
                quote!(.#set(#value))
            });
            let ends = statement.finishes().then(|| quote!(.ends_on_cancel()));
            quote!(.retry(#private::Retry::new(#attempts)#backoff #jitter #(#given)* #ends))
        });
        let (policies, entrance) = (policies_of(statement), self.entrance_policies(id, statement));
        let failures = self.failures(statement);
        Some(quote!(let #policies = launch.policies(#id, #failures)#timeout #retry #entrance.shared();))
    }
}

/// What decides about the statement's failed items, if a closure does.
pub(super) fn decide_of(statement: &Statement) -> Option<Ident> {
    statement.attrs.decide.as_ref().map(|_| names::part(statement, "on_error"))
}

/// What the statement's tasks share.
pub(super) fn policies_of(statement: &Statement) -> Ident {
    names::part(statement, "policies")
}

impl Step<'_> {
    /// Policies stand around this operator's body.
    pub(super) fn is_guarded(&self) -> bool {
        self.chain.statement.guarded_op() == Some(self.index)
    }

    /// Its body may be called again, and so must not use up the item.
    pub(super) fn is_retried(&self) -> bool {
        self.is_guarded() && self.chain.statement.attrs.retry.is_some()
    }

    /// How often an item was tried may be other than once.
    pub(super) fn counts_attempts(&self) -> bool {
        self.is_retried() || self.is_guarded() && self.chain.statement.refuses()
    }

    /// What an attempt takes of the item, which is kept.
    pub(super) fn clone_of_item(&self) -> TokenStream {
        let policies = policies_of(self.chain.statement);
        quote!((&*#policies).clone_of(&item))
    }

    /// `let mut attempts`, if policies stand around this body.
    pub(crate) fn attempts(&self) -> Option<TokenStream> {
        let policies = policies_of(self.chain.statement);
        let inherit = self.chain.spare().map(|spare| quote!((&mut attempts).inherit(&mut #spare);));
        self.is_guarded().then(|| quote!(let mut attempts = (&*#policies).attempts(); #inherit))
    }

    /// What an async body comes to, which `wait` awaits. A body that others poll stays where it was made, for to move it is to
    /// wait until it is written; and it is dropped before anything is done with its result.
    pub(super) fn ended(
        &self,
        body: TokenStream,
        in_flight: bool,
        wait: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let private = self.private();
        let is_timed = self.is_guarded() && self.chain.statement.is_timed();
        if in_flight && !is_timed {
            return wait(body);
        }
        let body = quote!(#private::pin!(#body));
        let ended = wait(if is_timed { quote!((&mut attempts).within(#body)) } else { body });
        quote!({ let result = #ended; result })
    }

    /// `called` until it gives something, or is given up. `wait` awaits a back-off.
    pub(super) fn tried(
        &self,
        called: TokenStream,
        in_flight: bool,
        wait: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let private = self.private();
        if !self.is_guarded() {
            return called;
        }
        let begin = match (in_flight, self.task()) {
            (true, _) => quote!((&mut attempts).begin_beside();),
            (false, task) => quote!((&mut #task).attempt(); (&mut attempts).begin();),
        };
        if !self.is_retried() {
            return quote!({ #begin #called });
        }
        let again = wait(quote!((&mut attempts).again(error)));
        let result = match self.chain.statement.attrs.breaker {
            Some(_) => quote!({ let result = #called; (&mut attempts).tried(&result); result }),
            None => called,
        };
        quote! {
            loop {
                #begin
                match #result {
                    #private::Ok(value) => break #private::Ok(value),
                    #private::Err(error) => {
                        if let #private::Some(error) = #again {
                            break #private::Err(error);
                        }
                    }
                }
            }
        }
    }

    /// `tried`, which has begun and not ended meanwhile, if a cancel waits for that.
    pub(super) fn begun(&self, tried: TokenStream, in_flight: bool) -> TokenStream {
        let private = self.private();
        if !self.chain.statement.finishes() || !(self.op.is_async() || self.is_retried()) {
            return tried;
        }
        let begin = match in_flight {
            true => quote!(begin_beside().await),
            false => quote!(begin()),
        };
        quote!({ let working = (&begun).#begin; let result = #tried; #private::drop(working); result })
    }

    /// `Rejected`, of an item that was tried as often as it was.
    pub(super) fn rejected(&self, item: &TokenStream, tried: &TokenStream) -> TokenStream {
        let task = self.task();
        let tried = if self.counts_attempts() { tried.clone() } else { quote!(1) };
        quote!((&#task).rejected(#item, error, #tried))
    }
}
