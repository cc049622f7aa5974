//! `rate`, `limit` and `breaker`: their settings, their closures, and what an item waits for before its body.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Expr, spanned::Spanned};

use super::chain::{Chain, Half};
use super::closure::Closure;
use super::guard::policies_of;
use super::settings::Must;
use super::step::Step;
use super::{Context, ask, names};
use crate::graph::{BreakerOf, BreakerSettings, End, Head, Op, RateOf, Statement};
use crate::ops::OpKind;

impl Context<'_> {
    /// `let`s for what is made of the settings of `rate`, `limit` and `breaker`, or is shared.
    pub(super) fn entrance_settings(&self, statement: &Statement) -> TokenStream {
        let attrs = &statement.attrs;
        let rate = attrs.rate.as_ref().map(|rate| {
            let (local, value) =
                (names::setting(statement, "rate"), self.limiter(statement, &rate.of, rate.by.is_some()));
            let feature = attrs.written("rate").map(|name| {
                let check = self.check(&["rate"], name.span());
                let arguments = ask::parenthesised(TokenStream::new(), name.span());
                quote!(#check #arguments;)
            });
            quote!(#feature let #local = #value;)
        });
        let limit = attrs.limit.as_ref().map(|limit| {
            let (local, value) = (names::setting(statement, "limit"), self.shared("limit", limit));
            quote!(let #local = #value;)
        });
        let breaker = attrs.breaker.as_ref().map(|breaker| {
            let local = names::setting(statement, "breaker");
            let value = match &breaker.of {
                BreakerOf::Own(own) => self.breaker(statement, own),
                BreakerOf::Shared(expr) if breaker.classify.is_some() => self.shared("classified_breaker", expr),
                BreakerOf::Shared(expr) => self.shared("breaker", expr),
            };
            quote!(let #local = #value;)
        });
        quote!(#rate #limit #breaker)
    }

    /// A handle of something that others share, asked for at its place.
    fn shared(&self, what: &str, expr: &Expr) -> TokenStream {
        let check = self.check(&[what], expr.span());
        let arguments = ask::parenthesised(expr.to_token_stream(), ask::last(expr));
        quote!(#check #arguments)
    }

    fn limiter(&self, statement: &Statement, of: &RateOf, by_key: bool) -> TokenStream {
        let (n, per, burst) = match of {
            RateOf::Shared(limiter) if by_key => return self.shared("keyed_limiter", limiter),
            RateOf::Shared(limiter) => return self.shared("limiter", limiter),
            RateOf::Own { n, per, burst } => (n, per, burst),
        };
        let stage = &statement.name;
        let what = format!("`rate` of stage `{stage}`");
        let n = self.setting(n, Must::Positive, &what);
        let per = self.setting(per, Must::Duration, &format!("`per` of stage `{stage}`"));
        let burst = match burst {
            Some(burst) => self.setting(burst, Must::Positive, &format!("`burst` of stage `{stage}`")),
            None => quote!(n),
        };
        let limiter = names::local(if by_key { "keyed_limiter" } else { "limiter" });
        quote!({
            let n = #n;
            let per = #per;
            let burst = #burst;
            settings.#limiter(#what, n, per, burst)
        })
    }

    /// The stage's own breaker.
    fn breaker(&self, statement: &Statement, own: &BreakerSettings) -> TokenStream {
        let private = &self.private;
        let stage = &statement.name;
        let what = |option: &str| format!("`{option}` of stage `{stage}`");
        let number = |option: &str, value: &Expr, set: &str| {
            let (what, set) = (what(option), names::local(set));
            quote_spanned!(names::at(value.span())=> settings.#set(#what, #value))
        };
        let counted = |option: &str, setting| {
            let value = self.setting(setting, Must::Positive, &what(option));
            quote!(#private::fits(#value))
        };
        let timed = |option: &str, setting| self.setting(setting, Must::Duration, &what(option));
        let slow = own.slow_calls.as_ref().map(|after| {
            let rate = match &own.slow_rate {
                Some(rate) => number("slow_rate", rate, "share"),
                None => quote!(0.5),
            };
            let after = timed("slow_calls", after);
            quote!(#after, #rate)
        });
        let open_at_most = own.open_at_most.as_ref().map(|(longest, _)| timed("open_for", longest));
        let given = [
            ("failure_rate", own.failure_rate.as_ref().map(|rate| number("failure_rate", rate, "share"))),
            ("slow_calls", slow),
            ("consecutive_failures", own.consecutive_failures.as_ref().map(|n| counted("consecutive_failures", n))),
            ("count_window", own.count_window.as_ref().map(|n| counted("count_window", n))),
            ("time_window", own.time_window.as_ref().map(|time| timed("time_window", time))),
            ("minimum_calls", own.minimum_calls.as_ref().map(|n| counted("minimum_calls", n))),
            ("open_for", own.open_for.as_ref().map(|time| timed("open_for", time))),
            ("open_at_most", open_at_most),
            ("open_factor", own.open_factor.as_ref().map(|factor| number("open_factor", factor, "times"))),
            ("half_open_calls", own.half_open_calls.as_ref().map(|n| counted("half_open_calls", n))),
            ("trip_on", own.trip_on.as_ref().map(|sequence| self.classes(sequence))),
        ];
        let set = given.into_iter().filter_map(|(option, value)| {
            let (option, value) = (names::local(option), value?);
            Some(quote!(let builder = builder.#option(#value);))
        });
        let what = what("breaker");
        quote!({
            let builder = #private::Breaker::builder();
            #(#set)*
            settings.breaker(#what, builder)
        })
    }

    /// The sequence of `trip_on`, asked for at its place.
    fn classes(&self, sequence: &Expr) -> TokenStream {
        let (check, span) = (&self.check, sequence.span());
        let (made, local) = (self.shared("classes", sequence), names::local("classes"));
        let (shown, told) = (ask::shown(&local, span), Ident::new("told", span));
        let arguments = ask::parenthesised(TokenStream::new(), span);
        quote!({
            use #check::RefusedClasses as _;
            let #local = #made;
            #shown.#told #arguments
        })
    }

    /// The closure of `rate` that gives an item's key, in front of the operator that it stands around.
    pub(super) fn prepare_by(&self, statement: &Statement, index: usize) -> Option<TokenStream> {
        let by = statement.attrs.rate.as_ref().and_then(|rate| rate.by.as_ref())?;
        if statement.guarded_op() != Some(index) {
            return None;
        }
        let (local, keys) = (names::part(statement, "by"), names::part(statement, "rate_keys"));
        let Closure { clones, closure } = self.plain(by, 1);
        let (check, items) = (self.check(&["by"], by.span), ask::argument(&names::local("items"), by.span));
        let asked = self.ask(&keys, "key", by.span);
        Some(quote!(let (#local, #keys) = { #clones #check(#items, #closure) }; #asked))
    }

    /// The closure of `breaker` that is shown what the operator's body has come to, behind the operator.
    pub(super) fn prepare_classify(&self, statement: &Statement, op: &Op, index: usize) -> Option<TokenStream> {
        let classify = statement.attrs.breaker.as_ref().and_then(|breaker| breaker.classify.as_ref())?;
        if statement.guarded_op() != Some(index) {
            return None;
        }
        let check = &self.check;
        let results = match op.spec.kind {
            OpKind::Filter | OpKind::TakeWhile | OpKind::SkipWhile => {
                let private = &self.private;
                quote!(#check::items::<#private::bool>())
            }
            OpKind::Inspect | OpKind::ForEach | OpKind::Window => quote!(#check::items::<()>()),
            OpKind::FilterMap => quote!(#check::optional(items)),
            _ => quote!(items),
        };
        let local = names::part(statement, "classify");
        let Closure { clones, closure } = self.plain(classify, 1);
        let (ask, failures) = (self.check(&["classify"], classify.span), self.failures(statement));
        let breaker = names::setting(statement, "breaker");
        let arguments = ask::parenthesised(quote!(&#breaker, #results, #failures, #closure), ask::last(&closure));
        Some(quote!(let #local = { #clones #ask #arguments };))
    }

    /// What is added to a statement's policies.
    pub(super) fn entrance_policies(&self, id: usize, statement: &Statement) -> TokenStream {
        let private = &self.private;
        let attrs = &statement.attrs;
        let of = |name: &str| names::setting(statement, name);
        let rate = attrs.rate.as_ref().map(|rate| {
            let limiter = of("rate");
            match rate.by {
                Some(_) => {
                    let by = names::part(statement, "by");
                    quote!(.rate_by(#limiter, #by))
                }
                None => quote!(.rate(#limiter)),
            }
        });
        let slots = self.waits_beside_bodies(statement).then(|| {
            let limit = of("in_flight");
            quote!(.in_flight(#limit))
        });
        let limit = attrs.limit.as_ref().map(|_| {
            let limit = of("limit");
            quote!(.limit(launch.limit(#id, #limit)))
        });
        let breaker = attrs.breaker.as_ref().map(|breaker| {
            let (local, refusing) = (of("breaker"), statement.refuses().then(|| quote!(.refusing())));
            let classify = match breaker.classify {
                Some(_) => names::part(statement, "classify").into_token_stream(),
                None => quote!(#private::Verdict::of),
            };
            quote!(.breaker(#local, #classify)#refusing)
        });
        quote!(#rate #slots #limit #breaker)
    }

    /// Items wait for the rate of their keys among the bodies in flight, and are none of them.
    pub(super) fn waits_beside_bodies(&self, statement: &Statement) -> bool {
        statement.is_paced_by_key() && statement.attrs.in_flight.is_some() && statement.is_guarded_in_flight()
    }
}

impl Chain<'_> {
    /// Where a body leaves its permit of `limit` to the next one.
    pub(super) fn spare(&self) -> Option<Ident> {
        let spares = self.statement.attrs.limit.is_some() && self.has_bodies_alone();
        spares.then(|| names::local("spare"))
    }

    /// Whether no code of the user's runs between two bodies, and nothing is waited for there but what lets go before.
    fn has_bodies_alone(&self) -> bool {
        let statement = self.statement;
        let shares_loop = self.is_guest() || self.guests().next().is_some();
        let from_edge = matches!(&statement.head, Head::Edge { edge, question: None } if !self.runs_here(*edge));
        let to_edge = matches!(statement.end, End::Edge(_) | End::Terminal(_));
        let kinds: Vec<OpKind> = statement.all_ops().map(|op| op.spec.kind).collect();
        let one_body = matches!(kinds[..], [OpKind::Map | OpKind::Filter | OpKind::FilterMap | OpKind::ForEach]);
        let has_class = statement.attrs.breaker.as_ref().is_some_and(|breaker| breaker.classify.is_some());
        let other_code = has_class || statement.is_paced_by_key();
        let in_turn = self.half == Half::Whole && !self.units && !shares_loop;
        in_turn && from_edge && to_edge && one_body && !other_code
    }

    /// `let mut spare`, of a task that has one.
    pub(super) fn let_spare(&self) -> Option<TokenStream> {
        let policies = policies_of(self.statement);
        self.spare().map(|spare| quote!(let mut #spare = (&*#policies).spare();))
    }
}

impl Statement {
    /// Policies stand around the body that is in flight.
    fn is_guarded_in_flight(&self) -> bool {
        self.guarded_op() == self.in_flight_op()
    }

    /// Items wait for what they wait for before they are among the bodies in flight.
    pub(super) fn approaches(&self) -> bool {
        self.waits_to_enter()
            && self.attrs.in_flight.is_some()
            && self.is_guarded_in_flight()
            && !self.is_paced_by_key()
    }
}

impl Step<'_> {
    /// `tried`, once the item may begin. `wait` awaits that.
    pub(super) fn entered(
        &self,
        tried: TokenStream,
        in_flight: bool,
        wait: impl Fn(TokenStream) -> TokenStream,
    ) -> TokenStream {
        let (private, statement) = (self.private(), self.chain.statement);
        if !self.is_guarded() || !statement.waits_to_enter() {
            return tried;
        }
        let arrives = in_flight && statement.approaches();
        let key = if arrives { None } else { Some(self.key()) };
        let let_key = key.map(|key| quote!(let key = #key;));
        let (goes, enter) = match (arrives, statement.refuses()) {
            (true, true) => (quote!(arrives()), quote!(try_arrive())),
            (true, false) => (quote!(arrives()), quote!(arrive())),
            (false, true) => (quote!(goes(&key)), quote!(try_enter(key))),
            (false, false) => (quote!(goes(&key)), quote!(enter(key))),
        };
        let entered = wait(quote!((&mut attempts).#enter));
        let result = match statement.refuses() {
            true => quote! {
                let entered = if (&mut attempts).#goes { #private::Ok(()) } else { #entered };
                let result = match entered {
                    #private::Ok(()) => #tried,
                    #private::Err(refused) => #private::Err(refused),
                };
            },
            false => quote! {
                if !(&mut attempts).#goes {
                    #entered;
                }
                let result = #tried;
            },
        };
        let left = match statement.attrs.breaker {
            Some(_) => quote!(ended(&result)),
            None => quote!(leave()),
        };
        let bequeath = self.chain.spare().map(|spare| quote!((&mut attempts).bequeath(&mut #spare, &result);));
        quote!({ #let_key #result #bequeath (&mut attempts).#left; result })
    }

    /// What the item's rate is told apart by.
    fn key(&self) -> TokenStream {
        let policies = policies_of(self.chain.statement);
        match self.chain.statement.is_paced_by_key() {
            true => quote!((&*#policies).key(&item)),
            false => quote!(()),
        }
    }

    /// What a body gives, as what the statement's items fail with.
    pub(super) fn as_failed(&self, result: TokenStream) -> TokenStream {
        let (private, statement) = (self.private(), self.chain.statement);
        // within a `timeout` it is
        match self.is_guarded() && statement.refuses() && !statement.is_timed() {
            true => quote!(#private::as_failed(#result)),
            false => result,
        }
    }
}

/// `let mut attempts`, of an item that has waited for what it waits for before it is among the bodies in flight.
pub(super) fn approach(
    statement: &Statement,
    private: &TokenStream,
    held: &TokenStream,
) -> Option<(TokenStream, Ident)> {
    let policies = policies_of(statement);
    statement.approaches().then(|| {
        let approach = quote! {
            let mut attempts = (&*#policies).attempts();
            if !(&mut attempts).nears(&()) {
                #private::park((&mut attempts).approach(()), #held).await;
            }
        };
        (approach, names::local("attempts"))
    })
}
