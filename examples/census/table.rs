//! The census as a table.

use std::path::{Path, PathBuf};

use comfy_table::{CellAlignment, Table, presets::UTF8_FULL};
use indicatif::HumanCount;

use crate::{
    count::{Counts, Measure},
    totals::{Census, Totals, name},
};

/// Each count in all, with the `top` crates that have most of it, and below them what could not be counted.
pub(crate) fn render(roots: &[PathBuf], census: &Census, top: usize) -> String {
    let mut table = Table::new();
    table.load_preset(UTF8_FULL).set_header(["", "in all", "most in", ""]);
    for column in [1, 3] {
        if let Some(column) = table.column_mut(column) {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    let all = census.totals.in_all();
    for measure @ (what, of) in Counts::MEASURES {
        let (names, counts) = most(&census.totals, measure, top);
        table.add_row([what.to_owned(), HumanCount(of(&all)).to_string(), names, counts]);
    }
    format!("{} in {}\n{table}\n{}", crates(census), below(roots), rejects(census))
}

/// The crates with most of something and how much they have, a line each.
fn most(totals: &Totals, (_, of): Measure, top: usize) -> (String, String) {
    let mut ranked: Vec<(u64, &Path)> =
        totals.crates.iter().map(|(krate, counts)| (of(counts), &**krate)).filter(|(count, _)| *count > 0).collect();
    // a stable sort: among equals, in the order of their paths
    ranked.sort_by_key(|(count, _)| std::cmp::Reverse(*count));
    ranked.truncate(top);
    let lines = |line: fn(&(u64, &Path)) -> String| ranked.iter().map(line).collect::<Vec<_>>().join("\n");
    (lines(|(_, krate)| name(krate)), lines(|(count, _)| HumanCount(*count).to_string()))
}

fn crates(census: &Census) -> String {
    match census.totals.crates.len() {
        1 => "1 crate".to_owned(),
        many => format!("{} crates", HumanCount(many as u64)),
    }
}

fn below(roots: &[PathBuf]) -> String {
    let paths: Vec<_> = roots.iter().map(|root| root.display().to_string()).collect();
    paths.join(", ")
}

/// What could not be counted, a line each.
fn rejects(census: &Census) -> String {
    if census.rejects.is_empty() {
        return "every file was counted\n".to_owned();
    }
    let mut text = format!("not counted: {}\n", HumanCount(census.rejects.len() as u64));
    for reject in &census.rejects {
        text += &format!("  {reject}\n");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{reject::Reject, totals::Counted};

    #[test]
    fn most_comes_first_and_nothing_is_not_listed() {
        let counted = |krate: &str, lines| Counted {
            krate: Path::new(krate).into(),
            counts: Counts { lines, ..Counts::default() },
        };
        let totals = [("/r/b", 1000), ("/r/c", 0), ("/r/a", 1000), ("/r/d", 4000), ("/r/e", 2)]
            .into_iter()
            .fold(Totals::default(), |totals, (krate, lines)| totals.with(counted(krate, lines)));

        let lines = Counts::MEASURES[1];
        assert_eq!(most(&totals, lines, 3), ("d\na\nb".to_owned(), "4,000\n1,000\n1,000".to_owned()));
        assert_eq!(most(&totals, lines, 9).0, "d\na\nb\ne");

        let census = Census::new(totals, vec![Reject::new("/r/z.rs", "late"), Reject::new("/r/y.rs", "early")]);
        let text = render(&["/r".into()], &census, 1);
        assert!(text.starts_with("5 crates in /r\n"), "{text}");
        assert!(text.ends_with("\nnot counted: 2\n  /r/y.rs: early\n  /r/z.rs: late\n"), "{text}");
        assert!(text.contains("6,002"), "{text}");
    }
}
