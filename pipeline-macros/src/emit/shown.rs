//! `rate` and `breaker` as they are shown in a graph.

use syn::Expr;

use crate::graph::{Breaker, BreakerOf, BreakerSettings, Open, Rate, RateOf, Setting};
use crate::text;

/// `100, per = 1s`, or `&limiter`, as far as it was given.
pub(super) fn rate(rate: &Rate) -> String {
    let by = rate.by.as_ref().map(|by| format!("by = {}", text::func(by)));
    [brief_rate(rate)].into_iter().chain(by).collect::<Vec<_>>().join(", ")
}

/// The same without the key.
pub(super) fn brief_rate(rate: &Rate) -> String {
    let given = match &rate.of {
        RateOf::Shared(limiter) => vec![text::tokens(limiter)],
        RateOf::Own { n, per, burst } => {
            let burst = burst.as_ref().map(|burst| format!("burst = {}", text::setting(burst)));
            [text::setting(n), format!("per = {}", text::setting(per))].into_iter().chain(burst).collect()
        }
    };
    given.join(", ")
}

/// `failure_rate = 0.5, open_for = 5s..1m`, or `&payments`, as far as it was given.
pub(super) fn breaker(breaker: &Breaker) -> String {
    let of = match &breaker.of {
        BreakerOf::Shared(shared) => vec![text::tokens(shared)],
        BreakerOf::Own(own) => own_breaker(own),
    };
    let classify = breaker.classify.as_ref().map(|classify| format!("classify = {}", text::func(classify)));
    of.into_iter().chain(classify).chain(open(breaker)).collect::<Vec<_>>().join(", ")
}

fn own_breaker(own: &BreakerSettings) -> Vec<String> {
    let setting = |setting: &Option<Setting>| setting.as_ref().map(text::setting);
    let number = |number: &Option<Expr>| number.as_ref().map(text::tokens);
    let longest = own.open_at_most.as_ref().map(|(longest, _)| format!("..{}", text::setting(longest)));
    let given = [
        ("failure_rate", number(&own.failure_rate)),
        ("count_window", setting(&own.count_window)),
        ("time_window", setting(&own.time_window)),
        ("minimum_calls", setting(&own.minimum_calls)),
        ("consecutive_failures", setting(&own.consecutive_failures)),
        ("slow_calls", setting(&own.slow_calls)),
        ("slow_rate", number(&own.slow_rate)),
        ("trip_on", number(&own.trip_on)),
        ("open_for", setting(&own.open_for).map(|first| first + &longest.unwrap_or_default())),
        ("open_factor", number(&own.open_factor)),
        ("half_open_calls", setting(&own.half_open_calls)),
    ];
    given.into_iter().filter_map(|(name, value)| Some(format!("{name} = {}", value?))).collect()
}

fn open(breaker: &Breaker) -> Option<String> {
    (breaker.open != Open::Pause).then(|| format!("open = {}", breaker.open.name()))
}

/// Whose it is, and what it does with an item.
pub(super) fn brief_breaker(breaker: &Breaker) -> String {
    let shared = match &breaker.of {
        BreakerOf::Shared(shared) => Some(text::tokens(shared)),
        BreakerOf::Own(_) => None,
    };
    shared.into_iter().chain(open(breaker)).collect::<Vec<_>>().join(", ")
}
