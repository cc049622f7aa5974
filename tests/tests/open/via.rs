//! A fragment as a stage of another pipeline.

use std::convert::Infallible;
use std::fmt;
use std::num::ParseIntError;

use pipeline_runtime::{BoxError, Cause, Flow, Pipeline, Rejected, pipeline};
use tokio::runtime::Handle;

use super::support::{Counter, Log, Wrong, both, is_cancelled, then_quiet};

pipeline! {
    /// Numbers from lines.
    fn parse() -> Flow<String, u64, ParseIntError> {
        source lines = input;
        stage  full = lines.filter(|line| !line.is_empty());
        sink   numbers = full.map(|line| line.parse::<u64>()?).output();
    }
}

fn lines(lines: &[&str]) -> Vec<String> {
    lines.iter().map(|line| (*line).to_owned()).collect()
}

#[test]
fn a_fragment_is_a_stage() {
    both(async |live| {
        let total = pipeline! {
            source lines = lines(&["1", "", "2", "39"]);
            stage  numbers = lines.via(parse());
            sink   total = numbers.fold(0, |total, n| total + n);
        };
        let outcome = live.wait(total.spawn()).await;
        assert_eq!(outcome.result.unwrap(), 42);
        let report = outcome.report;
        let names: Vec<&str> = report.stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["lines", "numbers/full", "numbers/numbers", "total"]);
        let edges: Vec<(&str, &str, &str, u64)> = report
            .edges
            .iter()
            .map(|edge| (edge.name.as_str(), edge.from.as_str(), edge.to.as_str(), edge.received))
            .collect();
        assert_eq!(
            edges,
            [
                ("lines", "lines", "numbers/full", 4),
                ("numbers", "numbers/numbers", "total", 3),
                ("numbers/full", "numbers/full", "numbers/numbers", 3),
            ]
        );
        assert_eq!(report.stage("numbers/full").unwrap().filtered, 1);
    });
}

#[test]
fn there_is_no_task_for_the_level() {
    both(async |live| {
        let guard = live.guard();
        let inner = || {
            pipeline! {
                source xs: u64 = input;
                stage  ys = xs.map(|x| x + 1);
                sink   out = ys.output();
            }
        };
        let middle = pipeline! {
            source xs: u64 = input;
            stage  once = xs.via(inner());
            stage  twice = once.via(inner());
            sink   out = twice.output();
        };
        let running = pipeline! {
            source xs = then_quiet(0..3u64, guard);
            stage  ys = xs.via(middle);
            sink   all = ys.collect::<Vec<_>>();
        }
        .spawn();
        // the source, two inner stages, the sink, and who watches over them
        assert_eq!(Handle::current().metrics().num_alive_tasks(), 5);
        running.shutdown();
        let outcome = live.wait(running).await;
        let all = outcome.result.unwrap();
        assert_eq!(all, (2..2 + all.len() as u64).collect::<Vec<_>>());
        let names: Vec<&str> = outcome.report.stages.iter().map(|stage| stage.name.as_str()).collect();
        assert_eq!(names, ["xs", "ys/once/ys", "ys/twice/ys", "all"]);
    });
}

#[test]
fn an_error_is_converted_and_names_its_stage() {
    both(async |live| {
        let total = pipeline! {
            #![error(Wrong)]
            source lines = lines(&["1", "two"]);
            stage  numbers = lines.via(parse());
            sink   total = numbers.count();
        };
        let failure = live.run(total).await.unwrap_err();
        assert_eq!(failure.stage(), Some("numbers/numbers"));
        assert!(matches!(failure.cause(), Cause::Error(Wrong::Number(_))), "{failure:#?}");
    });
}

#[test]
fn an_ordered_error_of_a_fragment_waits_for_its_turn() {
    both(async |live| {
        let numbers = || {
            pipeline! {
                #![error(Wrong)]
                source xs: u64 = input;
                #[workers(4)]
                stage  checked = xs.map(|x| if x == 50 { Err(Wrong::At(x))? } else { x });
                sink   out = checked.output();
            }
        };
        let seen = Log::default();
        let log = seen.clone();
        let result = live
            .run(pipeline! {
                source xs = 0..1000u64;
                stage  checked = xs.via(numbers());
                sink   n = checked.for_each(|x| log.push(x));
            })
            .await;
        let failure = result.unwrap_err();
        assert_eq!(failure.into_error().unwrap().to_string(), "wrong at 50");
        assert_eq!(seen.all(), (0..seen.len() as u64).collect::<Vec<_>>());
        assert!(seen.len() <= 50);
    });
}

#[test]
fn a_panic_names_its_stage() {
    both(async |live| {
        let broken = pipeline! {
            source xs: u64 = input;
            stage  bad = xs.map(|x| { assert!(x < 2, "too much"); x });
            sink   out = bad.output();
        };
        let failure = live
            .run(pipeline! {
                source xs = 0..5u64;
                stage  ys = xs.via(broken);
                sink   n = ys.count();
            })
            .await
            .unwrap_err();
        assert_eq!(failure.stage(), Some("ys/bad"));
        assert!(matches!(failure.cause(), Cause::Panic(message) if message == "too much"), "{failure}");
    });
}

#[test]
fn rejects_carry_the_whole_name() {
    both(async |live| {
        let names = Log::default();
        let log = names.clone();
        let parse = pipeline! {
            source lines: String = input;
            stage  numbers = lines.map(|ref line| line.parse::<u64>()?) else bad;
            sink   rejected = bad.for_each(|bad: Rejected<String>| log.push(bad.stage()));
            sink   out = numbers.output();
        };
        let n = live
            .run(pipeline! {
                source lines = lines(&["1", "two", "3"]);
                stage  numbers = lines.via(parse);
                sink   n = numbers.count();
            })
            .await
            .unwrap();
        assert_eq!((n, names.all()), (2, vec!["numbers/numbers"]));
    });
}

#[test]
fn a_fragment_without_an_output_is_a_sink() {
    both(async |live| {
        let seen = Log::default();
        let log = seen.clone();
        let store: Flow<u64, Infallible> = pipeline! {
            source xs = input;
            sink   stored = xs.for_each(async |x| log.push(x));
        };
        let pipeline = pipeline! {
            source xs = 0..4u64;
            stage  (a, b) = xs.tee();
            sink   stored = a.via(store);
            sink   n = b.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 4);
        assert_eq!(seen.all(), [0, 1, 2, 3]);
    });
}

#[test]
fn an_identity_has_a_task_of_its_own() {
    both(async |live| {
        let same = || {
            pipeline! {
                source xs: u64 = input;
                sink   same = xs.output();
            }
        };
        let pipeline = pipeline! {
            source xs = 0..9u64;
            stage  ys = xs.via(same());
            sink   all = ys.collect::<Vec<_>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), (0..9).collect::<Vec<_>>());
        assert_eq!(outcome.report.stage("ys/same").unwrap().done, 9);
    });
}

pipeline! {
    /// A fragment for any type.
    fn only_new<T: PartialEq + Clone + Send + fmt::Debug + 'static>(seen: Counter) -> Flow<T, (usize, T)> {
        source xs = input;
        stage  fresh = xs.dedup();
        sink   out = fresh.inspect(|_| { seen.add(); }).enumerate().output();
    }
}

#[test]
fn fragments_may_be_generic() {
    both(async |live| {
        let seen = Counter::default();
        let pipeline = pipeline! {
            source words = ["a", "a", "b", "a"];
            stage  fresh = words.via(only_new::<&'static str>(seen.clone()));
            sink   all = fresh.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [(0, "a"), (1, "b"), (2, "a")]);
        assert_eq!(seen.get(), 3);
    });
}

#[test]
fn cancel_reaches_into_fragments() {
    both(async |live| {
        let guard = live.guard();
        let slow = pipeline! {
            source xs: u64 = input;
            stage  slow = xs.map(async |x| { std::future::pending::<()>().await; x });
            sink   out = slow.output();
        };
        let running = pipeline! {
            source xs = then_quiet(0..3u64, guard);
            stage  ys = xs.via(slow);
            sink   n = ys.count();
        }
        .spawn();
        running.cancel();
        is_cancelled(live.wait(running).await.result);
    });
}

#[test]
fn an_early_end_behind_a_fragment_ends_what_is_before_it() {
    both(async |live| {
        let guard = live.guard();
        let inc = pipeline! {
            source xs: u64 = input;
            stage  more = xs.map(|x| x + 1);
            sink   out = more.output();
        };
        let pipeline = pipeline! {
            source xs = then_quiet(0..9u64, guard);
            stage  ys = xs.via(inc);
            sink   some = ys.take(4).collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [1, 2, 3, 4]);
    });
}

#[test]
fn a_setting_that_cannot_be_is_refused_before_anything_starts() {
    both(async |live| {
        let none = 0;
        let inner = pipeline! {
            source xs: u64 = input;
            #[workers(none)]
            stage  ys = xs.map(|x| x);
            sink   out = ys.output();
        };
        let failure = live
            .run(pipeline! {
                source xs = 0..3u64;
                stage  ys = xs.via(inner);
                sink   n = ys.count();
            })
            .await
            .unwrap_err();
        assert!(matches!(failure.cause(), Cause::Config(text) if text.contains("`ys`")), "{failure}");
    });
}

#[test]
fn the_graph_shows_the_parts() {
    let pipeline: Pipeline<u64, BoxError> = pipeline! {
        #![name = "outer"]
        source lines = lines(&[]);
        stage  numbers = lines.via(parse());
        sink   n = numbers.count();
    };
    let graph = pipeline.graph();
    assert_eq!(graph.stages.len(), 4);
    assert!(graph.stage("numbers/full").is_some() && graph.stage("numbers").is_none());
    let dot = graph.to_dot();
    assert!(dot.contains("numbers/full"), "{dot}");
    let drawing = graph.to_string();
    assert!(drawing.contains("via(parse())") && drawing.contains("numbers: parse\n"), "{drawing}");
    assert_eq!(PARSE_GRAPH.stages.len(), 4);
}

/// What a fragment is made of makes no difference to the pipeline around it.
#[test]
fn every_shape_works_inside() {
    both(async |_| {
        let inner = pipeline! {
            source roots: u64 = input;

            #[workers(2)]
            stage nodes = roots.recurse(|n, next| { if n < 100 { next.push(10 * n); } n }, unique = |n| *n);

            #[inline]
            stage odd = more.filter(|n| n % 2 == 1);

            source extra = async |out| { for n in [3, 4, 5] { out.send(n).await; } };
            stage more = merge(nodes, extra);

            sink pairs = odd.window(0, |sum, n| *sum += n, count = 2).map(|window| window.value).output();
        };
        let pipeline = pipeline! {
            source xs = [1u64, 7];
            stage  pairs = xs.via(inner);
            sink   total = pairs.fold(0, |total, n| total + n);
        };
        let outcome = pipeline.spawn().wait().await;
        assert_eq!(outcome.result.unwrap(), 16);
        let report = outcome.report;
        assert_eq!(report.stage("pairs/nodes").unwrap().received, 6);
        assert_eq!(report.stage("pairs/odd").unwrap().received, 9);
        assert_eq!(report.stage("pairs/pairs").unwrap().received, 4);
        assert!(report.edge("pairs/more").is_none());
    });
}
