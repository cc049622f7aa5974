//! The `fn` form: all that a function's header may hold.

use std::fmt::{Debug, Display};
use std::num::ParseIntError;
use std::str::FromStr;

use pipeline_runtime::{Graph, Pipeline, pipeline};

use crate::run;

pipeline! {
    /// Parses.
    #[must_use]
    #[allow(clippy::needless_pass_by_value)]
    pub(crate) fn parse_all<T, const BUFFER: usize>(lines: Vec<String>) -> Pipeline<Vec<T>, T::Err>
    where
        T: FromStr<Err: std::error::Error + Send + Sync + 'static> + Send + 'static,
    {
        source lines = lines;
        #[buffer(BUFFER), workers(2)]
        stage parsed: T = lines.map(|line| line.parse::<T>()?);
        sink all = parsed.collect::<Vec<T>>();
    }
}

#[test]
fn generics_const_generics_and_where() {
    let lines = ["1", "2", "3"].map(str::to_owned).to_vec();
    assert_eq!(run(parse_all::<u32, 4>(lines.clone())).unwrap(), [1, 2, 3]);
    assert_eq!(run(parse_all::<f64, 0>(lines)).unwrap(), [1.0, 2.0, 3.0]);
    assert_eq!(PARSE_ALL_GRAPH.name, "parse_all");
    assert_eq!(PARSE_ALL_GRAPH.edges[1].buffer, Some("BUFFER"));
}

pipeline! {
    pub(in crate::forms) fn of_anything(
        items: impl IntoIterator<Item = u64, IntoIter: Send> + Send + 'static,
        mut next: impl FnMut(u64) -> u64 + Send + 'static,
        (low, high): (u64, u64),
    ) -> Pipeline<u64> {
        source items = items;
        stage moved = items.map(|n| next(n));
        sink sum = moved.filter(|n| (low..high).contains(n)).fold(0, |sum, n| sum + n);
    }
}

#[test]
fn impl_trait_parameters_and_patterns() {
    assert_eq!(run(of_anything(0..10, |n| n * 2, (4, 9))).unwrap(), 4 + 6 + 8);
    assert_eq!(OF_ANYTHING_GRAPH.stages.len(), 3);
}

pipeline! {
    /// A default, a bound of several traits, a `dyn` parameter.
    fn shown<T: Display + Debug + Clone + Send + Sync + 'static>(
        items: Box<dyn Iterator<Item = T> + Send>,
    ) -> Pipeline<String, ParseIntError> {
        source items = items;
        sink text = items.fold(String::new(), |text, item| format!("{text}{item}"));
    }
}

pipeline! {
    fn higher_ranked<F, const N: usize>(words: [String; N], keep: F) -> Pipeline<Vec<String>>
    where
        F: for<'a> Fn(&'a str) -> bool + Send + Sync + 'static,
    {
        source words = words;
        #[workers(2)]
        stage kept = words.filter(|word| keep(word));
        sink all = kept.collect::<Vec<String>>();
    }
}

#[test]
fn bounds_of_any_lifetime() {
    let words = ["a", "bb", "c"].map(str::to_owned);
    assert_eq!(run(higher_ranked(words, |word| word.len() == 1)).unwrap(), ["a", "c"]);
}

#[test]
fn bounds_and_trait_objects() {
    assert_eq!(run(shown(Box::new(["a", "b"].into_iter()))).unwrap(), "ab");
}

pipeline! {
    /// What is borrowed is made one's own when the pipeline is built.
    fn borrowed<'a>(text: &'a str, other: &str, more: impl AsRef<[&'a str]>) -> Pipeline<(Vec<String>, usize)> {
        let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
        let len = other.len() + more.as_ref().len();
        source words = words;
        sink all = words.collect::<Vec<String>>();
        (all, len)
    }
}

#[test]
fn borrowed_parameters_are_for_lets() {
    let text = String::from("x y");
    let pipeline = borrowed(&text, "abc", ["z"]);
    drop(text);
    assert_eq!(run(pipeline).unwrap(), (vec!["x".to_owned(), "y".to_owned()], 4));
}

pipeline! {
    #[deprecated(note = "use another one")]
    fn old(n: u64) -> Pipeline<u64> {
        source a = 0..n;
        sink s = a.count();
    }
}

#[test]
fn deprecated_functions_are_so_where_they_are_called() {
    #[expect(deprecated)]
    let pipeline = old(3);
    assert_eq!(run(pipeline).unwrap(), 3);
    let graph: Graph = OLD_GRAPH;
    assert_eq!(graph.name, "old");
}

pipeline! {
    #[cfg(not(test))]
    fn conditional() -> Pipeline<u64> {
        source a = 0..1;
        sink s = a.count();
    }
}

pipeline! {
    #[cfg(test)]
    fn conditional() -> Pipeline<u64> {
        source a = 0..2;
        sink s = a.count();
    }
}

#[test]
fn a_function_may_depend_on_a_cfg() {
    assert_eq!(run(conditional()).unwrap(), 2);
    assert_eq!(CONDITIONAL_GRAPH.name, "conditional");
}

pipeline! {
    fn r#loop(r#type: u64) -> Pipeline<u64> {
        source r#match = 0..r#type;
        sink r#fn = r#match.count();
    }
}

#[test]
fn raw_names() {
    assert_eq!(run(r#loop(5)).unwrap(), 5);
    assert_eq!(LOOP_GRAPH.stages[0].name, "match");
}

mod inner {
    use pipeline_runtime::{Pipeline, pipeline};

    pipeline! {
        pub(super) fn seen_above() -> Pipeline<u64> {
            source a = 0..7;
            sink s = a.count();
        }
    }

    pub(super) mod deeper {
        pipeline_runtime::pipeline! {
            pub(in super::super) fn without_an_import() -> pipeline_runtime::Pipeline<u64, std::num::ParseIntError> {
                source a = 0..8;
                sink s = a.count();
            }
        }
    }
}

#[test]
fn visibilities() {
    assert_eq!(run(inner::seen_above()).unwrap(), 7);
    assert_eq!(inner::SEEN_ABOVE_GRAPH.name, "seen_above");
    assert_eq!(run(inner::deeper::without_an_import()).unwrap(), 8);
    assert_eq!(inner::deeper::WITHOUT_AN_IMPORT_GRAPH.name, "without_an_import");
}
