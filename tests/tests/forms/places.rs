//! Where a pipeline may be declared.

use std::fmt::Debug;

use pipeline_runtime::{BoxError, Pipeline, pipeline};

use crate::run;

struct Loader {
    factor: u64,
}

impl Loader {
    pipeline! {
        /// An associated function, and its graph as an associated constant.
        pub(crate) fn sum(n: u64, factor: u64) -> Pipeline<u64> {
            source numbers = 0..n;
            sink sum = numbers.fold(0, |sum, n| sum + n * factor);
        }
    }

    fn of_self(&self, n: u64) -> Pipeline<u64> {
        let factor = self.factor;
        pipeline! {
            source numbers = 0..n;
            sink sum = numbers.fold(0, |sum, n| sum + n * factor);
        }
    }

    pipeline! {
        fn second(n: u64) -> Pipeline<Self, BoxError> {
            source numbers = 0..n;
            sink count = numbers.count();
            Self { factor: count + Self::bonus() }
        }
    }

    fn bonus() -> u64 {
        1
    }
}

#[test]
fn in_an_impl_block() {
    assert_eq!(run(Loader::sum(4, 2)).unwrap(), 12);
    assert_eq!(Loader::SUM_GRAPH.name, "sum");
    assert_eq!(run(Loader { factor: 3 }.of_self(4)).unwrap(), 18);
    assert_eq!(run(Loader::second(4)).unwrap().factor, 5);
    assert_eq!(Loader::SECOND_GRAPH.stages.len(), 2);
}

struct Typed<T>(std::marker::PhantomData<T>);

impl<T: Clone + Send + 'static> Typed<T> {
    pipeline! {
        fn twice(items: Vec<T>) -> Pipeline<Vec<T>> {
            source items = items;
            stage doubled: T = items.flat_map(|item| [item.clone(), item]);
            sink all = doubled.collect::<Vec<_>>();
        }
    }
}

#[test]
fn in_a_generic_impl_block() {
    assert_eq!(run(Typed::twice(vec!['a', 'b'])).unwrap(), ['a', 'a', 'b', 'b']);
    assert_eq!(Typed::<u8>::TWICE_GRAPH.stages.len(), 3);
}

/// In the `impl` of a trait the graph's constant has no place: there the block form does it.
trait Load {
    fn load(self) -> Pipeline<u64>;

    fn provided(n: u64) -> Pipeline<u64>
    where
        Self: Sized,
    {
        pipeline! {
            source a = 0..n;
            sink s = a.count();
        }
    }
}

impl Load for Loader {
    fn load(self) -> Pipeline<u64> {
        pipeline! {
            source a = 0..self.factor;
            sink s = a.count();
        }
    }
}

#[test]
fn in_the_impl_of_a_trait() {
    assert_eq!(run(Loader { factor: 6 }.load()).unwrap(), 6);
    assert_eq!(run(Loader::provided(5)).unwrap(), 5);
}

#[test]
fn in_a_function() {
    pipeline! {
        /// An item among statements.
        fn local(n: u64) -> Pipeline<u64> {
            source a = 0..n;
            sink s = a.count();
        }
    }
    let here = pipeline! {
        source a = 0..2;
        sink s = a.count();
    };
    assert_eq!(run(local(9)).unwrap() + run(here).unwrap(), 11);
    assert_eq!(LOCAL_GRAPH.stages.len(), 2);
}

#[test]
fn twice_in_one_scope() {
    let offset = 10u64;
    let first = pipeline! { source a = 0..3u64; stage b = a.map(|n| n + offset); sink s = b.collect::<Vec<_>>(); };
    let second = pipeline! { source a = 3..5u64; stage b = a.map(|n| n + offset); sink s = b.collect::<Vec<_>>(); };
    assert_eq!(run(first).unwrap(), [10, 11, 12]);
    assert_eq!(run(second).unwrap(), [13, 14]);
    let both = (pipeline! { source a = 0..3; sink s = a.count(); }, pipeline! { source a = 0..4; sink s = a.count(); });
    assert_eq!((run(both.0).unwrap(), run(both.1).unwrap()), (3, 4));
}

#[test]
fn inside_one_another() {
    let outer = pipeline! {
        source a = 0..3u64;
        stage b = a.map(async |n| {
            let inner = pipeline! {
                source a = 0..n;
                sink s = a.count();
            };
            inner.run().await?
        });
        sink s = b.fold(0, |sum, n| sum + n);
    };
    assert_eq!(run(outer).unwrap(), 3);
}

#[test]
fn in_loops_and_closures() {
    let mut counts = Vec::new();
    for n in 0..3 {
        if n == 1 {
            continue;
        }
        let pipeline = pipeline! { source a = 0..n; sink s = a.count(); };
        counts.push(run(pipeline).unwrap());
    }
    let make = |n: u64| pipeline! { source a = 0..n; sink s = a.count(); };
    counts.extend([4, 5].map(|n| run(make(n)).unwrap()));
    let mut rounds = 0..;
    let found = loop {
        if rounds.next() == Some(6) {
            break pipeline! { source a = rounds.take(6); sink s = a.count(); };
        }
    };
    counts.push(run(found).unwrap());
    assert_eq!(counts, [0, 2, 4, 5, 6]);
}

#[test]
fn in_async_blocks_and_functions() {
    async fn count(n: u64) -> u64 {
        pipeline! { source a = 0..n; sink s = a.count(); }.run().await.unwrap()
    }
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    let sum = runtime.block_on(async {
        let offset = 1u64;
        let spawned = tokio::spawn(async move {
            let pipeline = pipeline! {
                source a = 0..5u64;
                sink s = a.map(|n| n + offset).fold(0, |sum, n| sum + n);
            };
            pipeline.run().await.unwrap() + count(3).await
        });
        let closure = async |n: u64| pipeline! { source a = 0..n; sink s = a.count(); }.run().await.unwrap();
        spawned.await.unwrap() + closure(2).await
    });
    assert_eq!(sum, 15 + 3 + 2);
}

fn of_items<T>(items: Vec<T>) -> Pipeline<Vec<T>>
where
    T: Clone + PartialEq + Debug + Send + 'static,
{
    pipeline! {
        source items = items;
        stage (a: T, b: T) = items.tee();
        #[buffer(2)]
        stage once: T = a.dedup();
        stage pairs = merge(once, b);
        sink all: Vec<T> = pairs.collect();
    }
}

fn with_error<T: Send + 'static, E>(items: Vec<Result<T, E>>) -> Pipeline<Vec<T>, E>
where
    E: std::error::Error + Send + Sync + 'static,
{
    pipeline! {
        #![error(E)]
        source items = items;
        sink good = items?.collect::<Vec<T>>();
    }
}

#[test]
fn in_a_generic_function() {
    assert_eq!(run(of_items(vec!["x", "x"])).unwrap().len(), 3);
    assert_eq!(run(of_items(vec![1u8])).unwrap(), [1, 1]);
    let bad = "x".parse::<u8>().unwrap_err();
    assert_eq!(run(with_error(vec![Ok(1), Err(bad.clone())])).unwrap_err().into_error().unwrap(), bad);
}

#[test]
fn as_an_argument_a_field_and_a_tail() {
    struct Job {
        pipeline: Pipeline<u64>,
    }
    fn job() -> Job {
        Job { pipeline: pipeline! { source a = 0..3; sink s = a.count(); } }
    }
    fn tail() -> Pipeline<u64> {
        pipeline! { source a = 0..4; sink s = a.count(); }
    }
    assert_eq!(run(job().pipeline).unwrap(), 3);
    assert_eq!(run(tail()).unwrap(), 4);
    assert_eq!(run(pipeline! { source a = 0..5; sink s = a.count(); }).unwrap(), 5);
}

/// Nothing that a caller has by these names is meant by what the macro generates.
#[test]
#[expect(non_snake_case, dead_code, unused_macros)]
fn among_names_of_any_kind() {
    struct Option;
    struct Result;
    struct Vec;
    struct Box;
    fn drop() {}
    let (pipeline, launch, task, items, out, errors, settings, graph, start, tail) =
        (1u64, 2u64, 3u64, 4u64, 5u64, 6u64, 7u64, 8u64, 9u64, 10u64);
    macro_rules! vec {
        () => {};
    }
    let Good = 11u64;
    let sum = pipeline! {
        source a = 0..1u64;
        #[workers(2)]
        stage b = a.map(|n| n + pipeline + launch + task + items + out + errors + settings + graph + start + tail + Good);
        sink s = b.fold(0, |sum, n| sum + n);
    };
    assert_eq!(run(sum).unwrap(), 66);
}

/// A `static` is nobody's to move, whatever it is called, and what `via` and `forward` are made of may but be borrowed.
#[tokio::test]
async fn several_closures_share_a_static_and_what_is_borrowed() {
    #[expect(non_upper_case_globals, reason = "it is called like a variable")]
    static words: std::sync::Mutex<Vec<String>> = std::sync::Mutex::new(Vec::new());

    fn longer(by: &str) -> pipeline_runtime::Flow<u64, u64> {
        let by = by.len() as u64;
        pipeline! {
            source lengths = input;
            sink more = lengths.map(move |n| n + by).output();
        }
    }

    let text = "abc".to_owned();
    let pipeline = pipeline! {
        source numbers = 0..3u64;
        stage kept = numbers.inspect(|n| words.lock().unwrap().push(n.to_string()));
        stage once = kept.via(longer(&text));
        stage twice = once.via(longer(&text));
        sink all = twice.map(|n| n + text.len() as u64 + u64::from(words.is_poisoned())).collect::<Vec<_>>();
    };
    assert_eq!(pipeline.run().await.unwrap(), [9, 10, 11]);
    assert_eq!(words.lock().unwrap().len(), 3);
}

/// What several closures take and need no clone of: `Copy`, fields of their own, and what is lent.
#[tokio::test]
#[expect(clippy::needless_borrow, reason = "what is borrowed is moved as a whole")]
async fn several_closures_take_what_is_copy_and_fields_of_their_own() {
    struct Names {
        first: String,
        second: String,
    }
    let names = Names { first: "a".to_owned(), second: "b".to_owned() };
    let (factor, numbers) = (2, [1, 2]);
    let scaled = move |n: i32| n * factor;
    let text = "-";
    let pipeline = pipeline! {
        source items = numbers;
        stage scaled = items.map(|n| (&scaled)(n) + numbers[0]);
        stage first = scaled.map(|n| format!("{n}{text}{}", names.first));
        stage second = first.map(|word| format!("{word}{text}{}{}", names.second, (&scaled)(factor)));
        sink all = second.collect::<Vec<_>>();
    };
    assert_eq!(pipeline.run().await.unwrap(), ["3-a-b4", "5-a-b4"]);
}
