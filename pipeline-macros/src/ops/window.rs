//! `window(init, |state, x| …, every = d)`, or `count = n` in place of `every`: folds the items of each window into a value.
//!
//! `fn window<S, T>(T, init: S, f: FnMut(&mut S, T)) -> Window<S>`. By time windows begin with the run, follow one
//! another and go out when they are over; by count they go out with their last item. `last = l` beside `every = d` is,
//! every `d`, a window of the last `l`; `last = m` beside `count = n`, every `n` items, one of the last `m`. An item is
//! then in several, so that `T: Clone` unless it is lent. At the end of input what is open goes out too. Keeps state:
//! under `workers` it needs `keyed`, and then has windows of each key.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::{ArgKind, OpKind, OptionSpec, Role, Spec};
use crate::emit::chain::stage_label;
use crate::emit::names;
use crate::emit::step::{Emission, Step, is_lent};

pub(crate) const SPEC: Spec = Spec {
    name: "window",
    kind: OpKind::Window,
    role: Role::Grouping,
    args: &[ArgKind::Value, ArgKind::Function { params: 2 }],
    required: 2,
    options: &[
        OptionSpec { name: "every", kind: ArgKind::Duration, meant: EVERY },
        OptionSpec { name: "count", kind: ArgKind::Count, meant: &["size", "length", "len", "n", "items", "step"] },
        OptionSpec { name: "last", kind: ArgKind::CountOrDuration, meant: &["range", "over", "lookback", "keep"] },
    ],
    stateful: true,
    may_be_async: true,
    summary: "window(init, |state, x| …, every = 1s)",
    emission: Emission::new(body).with_locals(locals),
};

const EVERY: &[&str] = &[
    "size", "length", "period", "interval", "duration", "time", "within", "slide", "sliding", "hop", "step", "tumbling",
];

fn locals(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let windows = step.name("items");
    let kind = names::local(if step.is_keyed() { "KeyedWindows" } else { "Windows" });
    let unit = if step.op.is_by_time() { "every" } else { "count" };
    let every = step.option(unit);
    let last = step.option(if step.op.option("last").is_some() { "last" } else { unit });
    if step.op.is_by_time() {
        quote!(let mut #windows = #private::#kind::by_time(&task, #every, #last);)
    } else {
        quote!(let mut #windows = #private::#kind::by_count(#every, #last);)
    }
}

fn body(step: &Step<'_>) -> TokenStream {
    let (windows, init) = (step.name("items"), step.name("init"));
    let open = if step.is_keyed() { quote!(open(&key, &task, &#init)) } else { quote!(open(&#init)) };
    let over = step.op.is_by_time().then(|| over(step));
    let fold = fold(step);
    let complete = (!step.op.is_by_time()).then(|| complete(step));
    quote! {
        #over
        let mut windows = (&mut #windows).#open;
        #fold
        (&mut windows).add(&mut task);
        #complete
    }
}

/// What is over goes out before the item is looked at.
fn over(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (windows, label, rest) = (step.name("items"), step.own_label(), &step.rest);
    let pattern = if step.is_keyed() { quote!((key, item)) } else { quote!(item) };
    // These are other keys; afterwards it is the item's own again.
    let states = step.is_keyed().then(|| step.chain.bind_states());
    let stage = stage_label();
    let stop = step.chain.ending_behind(step.index).map(|ending| quote!(if #ending { break #stage; }));
    quote! {
        while let #private::Some(#pattern) = (&mut #windows).over(&mut task) {
            #states
            #label: { #rest }
            (&mut task).settle();
            #stop
        }
        #states
    }
}

/// The item goes into the windows that are open: by time without `last` there is one.
fn fold(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    if step.op.option("last").is_none() {
        return step.bind(&quote!(()), &quote!((&mut windows).state(0),));
    }
    let argument = match step.op.function() {
        Some(func) if !is_lent(func) => quote_spanned!(names::at(func.span)=> #private::Clone::clone(&item)),
        _ => quote!(&item),
    };
    let result = step.call(&quote!((&mut windows).state(at), #argument));
    let (attempts, matched) = (step.attempts(), step.matched(&result, &quote!(item)));
    quote! {
        for at in 0..(&windows).windows() {
            #attempts
            let () = #matched;
        }
    }
}

/// By count: the window whose last item this was goes out.
fn complete(step: &Step<'_>) -> TokenStream {
    let private = step.private();
    let (windows, label, rest) = (step.name("items"), step.own_label(), &step.rest);
    let of_key = step.is_keyed().then(|| quote!(let item = (&mut #windows).of_key(&key, item);));
    quote! {
        if let #private::Some(item) = (&mut windows).complete(&mut task) {
            #of_key
            #label: { #rest }
            (&mut task).settle();
        }
    }
}
