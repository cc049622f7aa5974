//! The attributes of a branch: `lossy`.

use syn::{Attribute, Ident};

use super::{name_of, twice, unknown_argument};
use crate::{
    diagnostics::{Diagnostics, closest},
    graph::{Drops, Lossy},
    resolve::{
        attribute::{self, is_name, one_argument},
        place::Place,
        unknown,
    },
};

/// Reads the attributes of a branch.
pub(in crate::resolve) fn lower(
    attrs: &[Attribute],
    branch: &Ident,
    place: &Place<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Lossy> {
    let mut first: Option<(&Attribute, &Ident)> = None;
    for attr in attrs {
        let Some(name) = name_of(attr, diagnostics) else { continue };
        match (&first, name.to_string().as_str()) {
            (Some((_, first)), "lossy") => twice(name, first, diagnostics),
            (None, "lossy") => first = Some((attr, name)),
            (_, "doc") => {}
            _ => unknown::on_branch(name, branch, diagnostics),
        }
    }
    let (attr, name) = first?;
    // what goes to one branch of a `route` goes nowhere else: there is nobody whom it could slow
    if place.is_route() {
        let message = "`lossy` cannot stand on a branch of a `route`\n\
            help: only a `tee` has it; to let items go, give them to `skip()`";
        diagnostics.error(name, message);
        return None;
    }
    lossy(attr, name, diagnostics)
}

/// What is meant by another word for what a full branch lets go of.
const DROPS: [(&str, Drops); 8] = [
    ("oldest", Drops::Oldest),
    ("newest", Drops::Newest),
    ("drop_old", Drops::Oldest),
    ("drop_new", Drops::Newest),
    ("keep_newest", Drops::Oldest),
    ("keep_latest", Drops::Oldest),
    ("latest", Drops::Oldest),
    ("keep_oldest", Drops::Newest),
];

fn lossy(attr: &Attribute, name: &Ident, diagnostics: &mut Diagnostics) -> Option<Lossy> {
    let arg = one_argument(attr, name, Drops::Oldest.name(), diagnostics)?;
    let drops = Drops::ALL.into_iter().find(|drops| is_name(&arg, drops.name()));
    if drops.is_none() {
        let (given, valid) = (attribute::word(&arg), Drops::ALL.map(Drops::name));
        let meant = DROPS.iter().find(|(word, _)| *word == given).map(|(_, drops)| drops.name());
        unknown_argument(attr, name, &arg, meant.or_else(|| closest(&given, valid)), &valid, diagnostics);
    }
    Some(Lossy { name: name.clone(), drops: drops? })
}
