//! `on_cancel(drop | finish)`

use syn::{Attribute, Ident};

use super::{example, unknown_argument};
use crate::{
    diagnostics::{Diagnostics, closest},
    graph::OnCancel,
    resolve::attribute::{self, is_name, one_argument},
};

/// Other words for what a cancel does to an item.
const MEANT: [(&str, OnCancel); 10] = [
    ("abort", OnCancel::Drop),
    ("discard", OnCancel::Drop),
    ("interrupt", OnCancel::Drop),
    ("stop", OnCancel::Drop),
    ("complete", OnCancel::Finish),
    ("wait", OnCancel::Finish),
    ("drain", OnCancel::Finish),
    ("keep", OnCancel::Finish),
    ("continue", OnCancel::Finish),
    ("graceful", OnCancel::Finish),
];

pub(super) fn on_cancel(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<OnCancel> {
    let arg = one_argument(attr, name, example("on_cancel"), diagnostics)?;
    let found = OnCancel::ALL.into_iter().find(|word| is_name(&arg, word.name()));
    if found.is_none() {
        let (given, valid) = (attribute::word(&arg), OnCancel::ALL.map(OnCancel::name));
        let meant = MEANT.iter().find(|(word, _)| *word == given).map(|(_, meant)| meant.name());
        unknown_argument(attr, name, &arg, meant.or_else(|| closest(&given, valid)), &valid, diagnostics);
    }
    found
}
