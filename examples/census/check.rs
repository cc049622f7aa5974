//! Whether the pipeline counted what the plain loop counted, and how fast.

use std::{collections::BTreeSet, time::Duration};

use indicatif::HumanCount;

use crate::{
    count::Counts,
    reject::Reject,
    totals::{Census, name},
};

/// Everything in which the pipeline's census is not the expected one, a line each.
pub(crate) fn differences(census: &Census, expected: &Census) -> Vec<String> {
    let mut found = Vec::new();
    let (ours, theirs) = (&census.totals.crates, &expected.totals.crates);
    for krate in ours.keys().chain(theirs.keys()).collect::<BTreeSet<_>>() {
        let [ours, theirs] = [ours, theirs].map(|crates| crates.get(krate).copied().unwrap_or_default());
        for (what, of) in Counts::MEASURES {
            if of(&ours) != of(&theirs) {
                found.push(format!("{}: {what}: {} and {}", name(krate), of(&ours), of(&theirs)));
            }
        }
    }
    found.extend(only(&census.rejects, &expected.rejects, "the pipeline"));
    found.extend(only(&expected.rejects, &census.rejects, "the loop"));
    found
}

/// Says which of `these` rejects are not among `those`; both are in order.
fn only(these: &[Reject], those: &[Reject], whose: &'static str) -> impl Iterator<Item = String> {
    let only = these.iter().filter(|reject| those.binary_search(reject).is_err());
    only.map(move |reject| format!("rejected by {whose} only: {reject}"))
}

/// The verdict, both times, and how much of the loop's the pipeline took.
pub(crate) fn render(
    census: &Census,
    differences: &[String],
    workers: usize,
    piped: Duration,
    looped: Duration,
) -> String {
    let verdict = match differences {
        [] => format!("the same, files: {}", HumanCount(census.totals.in_all().files)),
        some => format!("{} differences (pipeline and loop)\n  {}", some.len(), some.join("\n  ")),
    };
    let (piped, looped) = (piped.as_secs_f64(), looped.as_secs_f64());
    format!(
        "check: {verdict}\n\
         pipeline with {workers} workers: {piped:.2} s; plain loop: {looped:.2} s; that is {:.2} of its time\n",
        piped / looped
    )
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::totals::{Counted, Totals};

    fn census(lines: &[(&str, u64)], rejects: &[&str]) -> Census {
        let totals = lines.iter().fold(Totals::default(), |totals, &(krate, lines)| {
            let counts = Counts { lines, ..Counts::default() };
            totals.with(Counted { krate: Path::new(krate).into(), counts })
        });
        Census::new(totals, rejects.iter().map(|path| Reject::new(path, "no")).collect())
    }

    #[test]
    fn every_difference_is_found() {
        let one = census(&[("/a", 1), ("/b", 2)], &["/x", "/y"]);
        let other = census(&[("/b", 3), ("/c", 4)], &["/y", "/z"]);
        assert_eq!(differences(&one, &one), [""; 0]);
        assert_eq!(
            differences(&one, &other),
            [
                "a: lines: 1 and 0",
                "b: lines: 2 and 3",
                "c: lines: 0 and 4",
                "rejected by the pipeline only: /x: no",
                "rejected by the loop only: /z: no",
            ]
        );
    }
}
