//! What can be written: captures, functions, values, sources.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use futures::StreamExt;
use pipeline_runtime::{BoxError, Pipeline, Rejected, pipeline};
use tokio::io::AsyncBufReadExt;

use super::support::*;

mod captures {
    use super::*;

    /// `clone` gives each stage that names it a clone of its own, also if only a format string names it.
    #[test]
    fn clone() {
        all(|live| async move {
            #[derive(Default)]
            struct Clones(Counter, String);
            impl Clone for Clones {
                fn clone(&self) -> Self {
                    self.0.add();
                    Self(self.0.clone(), self.1.clone())
                }
            }
            impl std::fmt::Display for Clones {
                fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                    f.write_str(&self.1)
                }
            }
            let db = Clones(Counter::default(), "db".to_owned());
            let (count, other) = (db.0.clone(), "other".to_owned());
            let out = live
                .run(pipeline! {
                    clone db, other;
                    source a = { let at = format!("{db}"); (0..2u64).map(move |n| format!("{at}{n}")) };
                    stage b = a.map(|text| format!("{text}{db}"));
                    #[workers(2)]
                    stage c = b.map(|text| format!("{text}{}{other:>6}", db.1));
                    sink s = c.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), ["db0dbdb other", "db1dbdb other"]);
            assert!((2..=3).contains(&count.get()), "{}", count.get());
            assert_eq!((db.1.as_str(), other.as_str()), ("db", "other"), "the original stays");
        });
    }

    pipeline! {
        fn shared(prefix: String, only: Option<Guard>, limit: u64) -> Pipeline<Vec<String>> {
            let twice = format!("{prefix}{prefix}");
            let (lower, upper): (u64, u64) = (limit, limit + 3);
            source a = lower..upper;
            stage b = a.map(|n| format!("{prefix}{n}"));
            stage c = b.map(|text| { let _ = &only; format!("{text}{twice}") });
            stage d = c.map(|text| format!("{text}{prefix}{twice}"));
            sink s = d.collect::<Vec<_>>();
        }
    }

    /// Parameters and `let` values: cloned when several stages name them, moved when one does.
    #[test]
    fn parameters_and_lets() {
        all(|live| async move {
            let out = live.run(shared("x".to_owned(), Some(live.guard()), 4)).await;
            assert_eq!(out.unwrap(), ["x4xxxxx", "x5xxxxx", "x6xxxxx"]);
        });
    }

    /// `let` is evaluated once, when the pipeline is built.
    #[test]
    fn let_is_evaluated_when_built() {
        all(|live| async move {
            let count = Counter::default();
            let pipeline = pipeline! {
                let first = count.add();
                source a = 0..3usize;
                stage b = a.map(|n| n + first);
                sink s = b.map(|n| n + first).collect::<Vec<_>>();
            };
            assert_eq!(count.get(), 1);
            assert_eq!(live.run(pipeline).await.unwrap(), [0, 1, 2]);
            assert_eq!(count.get(), 1);
        });
    }

    /// The block captures by move what one stage names; the tail may use values too.
    #[test]
    fn moved_into_one_stage() {
        all(|live| async move {
            let (guard, name) = (live.guard(), "n".to_owned());
            let out = live
                .run(pipeline! {
                    source a = 0..3u64;
                    stage b = a.map(|n| { let _ = &guard; n });
                    sink s = b.count();
                    format!("{name}{s}")
                })
                .await;
            assert_eq!(out.unwrap(), "n3");
        });
    }

    /// Generic functions, `where`, patterns and `mut` in the parameters, visibility, two in one scope.
    #[test]
    fn functions() {
        pipeline! {
            fn sum<T>(items: Vec<T>, (factor, _): (u64, u64)) -> Pipeline<u64, Wrong> where T: Into<u64> + Send + 'static {
                source a = items;
                sink s = a.map(|n| n.into() * factor).fold(0u64, |s, n| s + n);
            }
        }
        pipeline! {
            pub(crate) fn unit(mut items: Vec<u64>, seen: Log<u64>) -> Pipeline<()> {
                let items = { items.reverse(); items };
                source a = items;
                sink s = a.for_each(|n| seen.push(n));
            }
        }
        all(|live| async move {
            assert_eq!(live.run(sum(vec![1u8, 2, 3], (2, 0))).await.unwrap(), 12);
            assert_eq!(live.run(sum(vec![1u32], (3, 0))).await.unwrap(), 3);
            let seen = Log::default();
            live.run(unit(vec![1, 2], seen.clone())).await.unwrap();
            assert_eq!(seen.all(), [2, 1]);
        });
    }
}

mod bodies {
    use super::*;

    fn parse(text: &str) -> Result<u64, std::num::ParseIntError> {
        text.parse()
    }

    async fn parse_late(text: &str) -> Result<u64, std::num::ParseIntError> {
        tokio::task::yield_now().await;
        text.parse()
    }

    /// `?` means that the item failed; `return x` gives `x`, as the last expression does.
    #[test]
    fn question_mark_and_return() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec!["1", "x", "", "4", "skip"];
                    #[on_error(skip)]
                    stage b = a.map(|text| {
                        if text.is_empty() { return 77; }
                        let n: u64 = parse(text)?;
                        n + 1
                    });
                    #[on_error(skip)]
                    stage c = b.map(async |n| {
                        if n == 77 { return n * 2; }
                        let n = parse_late(&n.to_string()).await?;
                        if n == 5 { Err(Wrong::At(5))?; }
                        n
                    });
                    sink s = c.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [2, 154]);
        });
    }

    /// A `?` of an inner closure or block is that one's own.
    #[test]
    fn an_inner_question_mark() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec!["1 2", "3 x", "4"];
                    stage b = a.map(|text| {
                        let inner = || -> Result<u64, std::num::ParseIntError> {
                            let mut sum = 0;
                            for part in text.split(' ') { sum += parse(part)?; }
                            Ok(sum)
                        };
                        inner().unwrap_or(0)
                    });
                    sink s = b.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [3, 0, 4]);
        });
    }

    /// A path, a path with `?`, a method, a function of one's own in each operator.
    #[test]
    fn paths() {
        fn is_odd(n: &u64) -> bool {
            n % 2 == 1
        }
        fn none_for_three(n: u64) -> Option<u64> {
            (n != 3).then_some(n)
        }
        fn twice(n: u64) -> Vec<u64> {
            vec![n; 2]
        }
        fn add(a: u64, b: u64) -> u64 {
            a + b
        }
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec!["1", "2", "3", "5"];
                    stage b = a.map(parse?);
                    stage c = b.filter(is_odd).filter_map(none_for_three).flat_map(twice);
                    stage (d, e) = c.tee();
                    sink s = d.fold(0, add);
                    sink t = e.reduce(u64::max);
                })
                .await;
            assert_eq!(out.unwrap(), (12, Some(5)));
        });
    }

    /// Lent items: no `Clone` is needed for `else`, and the item comes back whole.
    #[test]
    fn lent() {
        #[derive(PartialEq, Debug)]
        struct NotClone(&'static str);
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec![NotClone("1"), NotClone("x"), NotClone("3")];
                    stage b = a.map(|ref item| parse(item.0)?) else bad;
                    sink good = b.collect::<Vec<_>>();
                    sink rejected = bad.map(|rejected| match rejected {
                        Rejected::Item { item, stage, attempts, error, .. } => (item, stage, attempts, error.to_string()),
                        other => panic!("{}", other.stage()),
                    }).collect::<Vec<_>>();
                })
                .await;
            let (good, rejected) = out.unwrap();
            assert_eq!(good, [1, 3]);
            assert_eq!(rejected, [(NotClone("x"), "b", 1, "invalid digit found in string".to_owned())]);
        });
    }

    /// A `route` lends as well: what fails in it goes to `else` whole.
    #[test]
    fn lent_to_a_route() {
        #[derive(PartialEq, Debug)]
        struct NotClone(&'static str);
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec![NotClone("1"), NotClone("x"), NotClone("3")];
                    #[workers(2)]
                    stage (b, c) = a.route(|ref item| if parse(item.0)? > 2 { b(item.0) } else { c(item.0.len()) }) else bad;
                    sink large = b.collect::<Vec<_>>();
                    sink small = c.collect::<Vec<_>>();
                    sink rejected = bad.map(|rejected| rejected.into_parts().0).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), (vec!["3"], vec![1], vec![Some(NotClone("x"))]));
        });
    }

    /// Under workers, in flight, async, with patterns.
    #[test]
    fn lent_everywhere() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = (0..20u64).map(|n| (n, n.to_string() + if n % 4 == 0 { "!" } else { "" }));
                    #[workers(2)]
                    stage b = a.map(|ref item| (item.0, parse(&item.1)?)) else first;
                    #[in_flight(3)]
                    stage c = b.map(async |ref item| { tokio::task::yield_now().await; parse_late(&format!("{}{}", item.1, if item.0 % 4 == 1 { "!" } else { "" })).await? }) else second;
                    sink s = c.collect::<Vec<_>>();
                    sink t = first.map(|r| r.into_parts().0.unwrap().0).collect::<Vec<_>>();
                    sink u = second.map(|r| r.item().unwrap().0).collect::<Vec<_>>();
                })
                .await;
            let of = |rest: &[u64]| (0..20u64).filter(|n| rest.contains(&(n % 4))).collect::<Vec<_>>();
            assert_eq!(out.unwrap(), (of(&[2, 3]), of(&[0]), of(&[1])));
        });
    }

    /// `input?` with `else`: what failed has no item.
    #[test]
    fn rejected_input() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    #![error(Wrong)]
                    source a = (0..6u64).map(|n| wrong_at(n / 2 * 2, n));
                    stage b = a?.map(|n| wrong_at(3, n)?) else bad;
                    sink s = b.collect::<Vec<_>>();
                    sink t = bad.map(|rejected| (rejected.item().copied(), rejected.error().clone(), rejected.stage())).collect::<Vec<_>>();
                })
                .await;
            let input = |n| (None, Wrong::At(n), "b");
            assert_eq!(out.unwrap(), (vec![1, 5], vec![input(0), input(2), (Some(3), Wrong::At(3), "b"), input(4)]));
        });
    }

    /// Items that are trait objects, in each kind of stage.
    #[test]
    fn boxed_items() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = (0..20u64).map(|n| Box::new(move || n) as Box<dyn Fn() -> u64 + Send>);
                    stage b = a.map(|item| item);
                    #[workers(2)]
                    stage c = b.map(|item| item);
                    #[in_flight(2)]
                    stage d = c.map(async |item| item);
                    #[workers(2), keyed(|item| item() % 3)]
                    stage e = d.map(async |item| item);
                    #[blocking, workers(2), unordered]
                    stage f = e.map(|item| item);
                    stage g = f.process(async |input, output| { while let Some(item) = input.next().await { output.send(item).await; } });
                    sink s = g.batch(3).flat_map(|batch| batch).map(|item| item()).fold(0, |sum, n| sum + n);
                })
                .await;
            assert_eq!(out.unwrap(), 190);
        });
    }

    /// `FnMut` without workers, as `Iterator`'s.
    #[test]
    fn closures_may_have_state() {
        all(|live| async move {
            let mut seen = HashSet::new();
            let mut sum = 0u64;
            let out = live
                .run(pipeline! {
                    source a = vec![1u64, 2, 1, 3, 2];
                    stage b = a.filter(|n| seen.insert(*n)).map(|n| { sum += n; sum });
                    sink s = b.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [1, 3, 6]);
        });
    }

    /// Each operator against `Iterator`'s.
    #[test]
    fn operators() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = 0..20u64;
                    stage (b, c, d, e, f, g) = a.tee();
                    sink o1 = b.skip(2).skip_while(|n| *n < 5).take(7).take_while(|n| *n < 10).enumerate().collect::<Vec<_>>();
                    sink o2 = c.scan(0, |sum, n| { *sum += n; *sum }).last();
                    sink o3 = d.map(|n| n / 3).dedup().collect::<VecDeque<_>>();
                    sink o4 = e.map_init(|| 100, |state, n| { *state += 1; *state + n }).first();
                    sink o5 = f.inspect(|n| assert!(*n < 20)).reduce(|a, b| a * 2 + b);
                    sink o6 = g.map(|n| (n % 3, n)).collect::<BTreeMap<_, _>>();
                })
                .await;
            let expected = (
                (5..10u64).enumerate().collect::<Vec<_>>(),
                Some(190),
                (0..7u64).collect::<VecDeque<_>>(),
                Some(101),
                (0..20u64).reduce(|a, b| a * 2 + b),
                BTreeMap::from([(0, 18), (1, 19), (2, 17)]),
            );
            assert_eq!(out.unwrap(), expected);
        });
    }

    /// `discard`, and what `for_each`, `forward` and `discard` bind for the tail.
    #[test]
    fn counts_for_the_tail() {
        all(|live| async move {
            let (tx, mut rx) = tokio::sync::mpsc::unbounded_channel();
            let out = live
                .run(pipeline! {
                    source a = 0..7u64;
                    stage (b, c, d) = a.tee();
                    sink e = b.for_each(|_| ());
                    sink f = c.forward(tx);
                    sink g = d.filter(|n| n % 2 == 0).discard();
                    (e, f, g)
                })
                .await;
            let (e, f, g): (u64, u64, u64) = out.unwrap();
            assert_eq!((e, f), (7, 7));
            assert!(g == 4 || g == 7, "{g}");
            assert_eq!(rx.recv().await, Some(0));
        });
    }

    /// Without a tail: `()`, the one value, the tuple, in source order.
    #[test]
    fn values() {
        all(|live| async move {
            let (): () = live.run(pipeline! { source a = 0..3u64; sink s = a.for_each(|_| ()); }).await.unwrap();
            let one: u64 = live.run(pipeline! { source a = 0..3u64; sink s = a.count(); }).await.unwrap();
            assert_eq!(one, 3);
            let out = live
                .run(pipeline! {
                    sink last = c.last();
                    source a = 0..3u64;
                    sink none = d.for_each(|_| ());
                    stage (b, c, d) = a.tee();
                    sink count = b.count();
                })
                .await;
            let (last, count): (Option<u64>, u64) = out.unwrap();
            assert_eq!((last, count), (Some(2), 3));
        });
    }

    /// Typed streams, durations as expressions and literals.
    #[test]
    fn types_and_durations() {
        all(|live| async move {
            let within = Duration::from_millis(5);
            let out = live
                .run(pipeline! {
                    #![deadline(1h)]
                    #![drain(250ms)]
                    source a: u32 = vec![1, 2, 3];
                    stage b: u64 = a.map(|n| n.into());
                    stage c: Vec<u64> = b.batch(2, within * 2);
                    stage d = c.map(|batch| batch.len());
                    sink s: Vec<usize> = d.collect();
                })
                .await;
            assert_eq!(out.unwrap(), [2, 1]);
        });
    }

    /// `merge` wraps what enters, the mirror of `route`; three types come together.
    #[test]
    fn merge_wraps() {
        #[derive(Debug)]
        enum Event {
            Number(u64),
            Text(String),
            Bare,
        }
        fn bare(_: ()) -> Event {
            Event::Bare
        }
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = 0..3u64;
                    source b = vec!["x".to_owned()];
                    source c = vec![()];
                    stage d = merge(Event::Number(a), Event::Text(b), bare(c));
                    sink s = d.fold((0, String::new(), 0), |(n, text, bare), event| match event {
                        Event::Number(m) => (n + m, text, bare),
                        Event::Text(more) => (n, text + &more, bare),
                        Event::Bare => (n, text, bare + 1),
                    });
                })
                .await;
            assert_eq!(out.unwrap(), (3, "x".to_owned(), 1));
        });
    }

    /// The first value of a state is moved to its stage: it may be a thing of which there is one.
    #[test]
    fn first_value_is_moved() {
        struct File(Vec<u64>);
        impl File {
            async fn write(&mut self, n: u64) {
                tokio::task::yield_now().await;
                self.0.push(n);
            }
        }
        all(|live| async move {
            let [all, odd, seen, last] = [1, 2, 3, 4].map(|n| File(vec![n]));
            let out = live
                .run(pipeline! {
                    source a = 0..4u64;
                    stage b = a.scan(seen, |seen, n| {
                        seen.0.push(n);
                        (n, seen.0.len())
                    });
                    #[inline]
                    stage c = b.map_init(move || last, async |last, (n, len)| {
                        last.write(n).await;
                        (n, len + last.0.len())
                    });
                    stage (d, e) = c.tee();
                    sink all = d.fold(all, async |mut all, (n, _)| {
                        all.write(n).await;
                        all
                    });
                    sink odd = e.fold(odd, |mut odd, (n, len)| {
                        odd.0.extend((n % 2 == 1).then_some(len as u64));
                        odd
                    });
                    (all.0, odd.0)
                })
                .await;
            assert_eq!(out.unwrap(), (vec![1, 0, 1, 2, 3], vec![2, 6, 10]));
        });
    }

    /// A body's value may be a `Result` of its own, which has not failed.
    #[test]
    fn results_as_items() {
        all(|live| async move {
            let out = live
                .run(pipeline! {
                    source a = vec!["1", "x", "3"];
                    stage b = a.map(parse);
                    #[on_error(skip)]
                    stage c = b?.map(|n| n);
                    sink s = c.collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [1, 3]);
        });
    }
}

mod sources {
    use super::*;

    #[test]
    fn anything_iterable() {
        all(|live| async move {
            let list = vec![1u64, 2];
            let out = live
                .run(pipeline! {
                    source a = [1u64, 2];
                    source b = VecDeque::from([3u64]);
                    source c = std::iter::once(4u64);
                    source d = 5..=6u64;
                    source e = BTreeMap::from([(7u64, 8u64)]).into_values();
                    source f = list;
                    source g = "9 10".split(' ').map(|n| n.parse::<u64>().unwrap());
                    sink s = concat(a, b, c, d, e, f, g).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [1, 2, 3, 4, 5, 6, 8, 1, 2, 9, 10]);
        });
    }

    /// The expression runs in the source's own task, once the run starts; await and `?` work in it.
    #[test]
    fn an_expression_that_awaits() {
        all(|live| async move {
            let (tx, rx) = tokio::sync::oneshot::channel::<&'static str>();
            let pipeline: Pipeline<Vec<u64>, BoxError> = pipeline! {
                source a = { let text = rx.await?; text.split(' ').map(|n| n.parse::<u64>().unwrap()).collect::<Vec<_>>() };
                sink s = a.collect::<Vec<_>>();
            };
            let running = pipeline.spawn();
            tx.send("1 2").unwrap();
            assert_eq!(live.wait(running).await.result.unwrap(), [1, 2]);
        });
    }

    /// What it yields may borrow nothing of the pipeline, but what it iterates over may borrow from what it holds.
    #[test]
    fn lines_streams_and_receivers() {
        all(|live| async move {
            let (tx, rx) = tokio::sync::mpsc::channel(4);
            let (utx, urx) = tokio::sync::mpsc::unbounded_channel();
            tx.send("c".to_owned()).await.unwrap();
            utx.send("d".to_owned()).unwrap();
            drop((tx, utx));
            let text: &'static [u8] = b"a\nb";
            let out = live
                .run(pipeline! {
                    source lines = tokio::io::BufReader::new(text).lines();
                    stage l = lines?.map(|line| line);
                    source stream = futures::stream::iter(["e", "f"]).map(str::to_owned);
                    source boxed = futures::stream::iter(["g".to_owned()]).boxed();
                    source a = rx;
                    source b = urx;
                    sink s = concat(l, a, b, stream, boxed).collect::<String>();
                })
                .await;
            assert_eq!(out.unwrap(), "abcdefg");
        });
    }

    /// An error of tokio's lines is the last item, and fails the run by `lines?`.
    #[test]
    fn lines_that_are_no_text() {
        all(|live| async move {
            let text: &'static [u8] = b"a\n\xff\nb";
            let failure = live
                .run(pipeline! {
                    source lines = tokio::io::BufReader::new(text).lines();
                    sink s = lines?.map(|line| line).count();
                })
                .await
                .unwrap_err();
            assert_eq!(failure.stage(), Some("s"));
            let error = failure.into_error().unwrap().downcast::<std::io::Error>().unwrap();
            assert_eq!(error.kind(), std::io::ErrorKind::InvalidData);
        });
    }

    /// A stream that is not `Unpin`, and one that is not `Sync`.
    #[test]
    fn odd_streams() {
        all(|live| async move {
            let not_unpin = futures::stream::unfold(0u64, |n| async move {
                tokio::task::yield_now().await;
                (n < 3).then_some((n, n + 1))
            });
            let not_sync = std::cell::Cell::new(0u64);
            let out = live
                .run(pipeline! {
                    source a = not_unpin;
                    source b = std::iter::from_fn(move || { not_sync.set(not_sync.get() + 1); (not_sync.get() < 4).then(|| not_sync.get()) });
                    sink s = concat(a, b).collect::<Vec<_>>();
                })
                .await;
            assert_eq!(out.unwrap(), [0, 1, 2, 1, 2, 3]);
        });
    }

    /// Items that are not `Sync`, not `Clone`, not `Debug`, large, of no size.
    #[test]
    fn odd_items() {
        all(|live| async move {
            struct Plain(std::cell::Cell<u64>);
            let out = live
                .run(pipeline! {
                    source a = (0..10u64).map(|n| Plain(std::cell::Cell::new(n)));
                    #[workers(2)]
                    stage b = a.map(async |plain| { tokio::task::yield_now().await; plain });
                    #[in_flight(2)]
                    stage c = b.map(async |plain| { tokio::task::yield_now().await; plain });
                    sink s = c.map(|plain| plain.0.get()).fold(0, |sum, n| sum + n);
                    source large = (0..3u64).map(|n| [n; 10_000]);
                    sink t = large.map(|items| items[9_999]).fold(0, |sum, n| sum + n);
                    source none = vec![(); 1000];
                    #[workers(2)]
                    stage units = none.map(|()| ());
                    sink u = units.count();
                })
                .await;
            assert_eq!(out.unwrap(), (45, 3, 1000));
        });
    }

    /// Every item is dropped exactly once, whatever becomes of the run.
    #[test]
    fn items_are_dropped_once() {
        both(|live| async move {
            for turns in 0..60 {
                let (guards, held) = (live.clone(), Arc::new(()));
                let mark = held.clone();
                let running = pipeline! {
                    #![buffer(3)]
                    source a = (0u64..).map(move |n| (n, guards.guard(), mark.clone()));
                    #[workers(2)]
                    stage b = a.map(async |item| { tokio::task::yield_now().await; item });
                    #[in_flight(3)]
                    stage c = b.map(async |item| { tokio::task::yield_now().await; item });
                    stage d = c.batch(4);
                    sink s = d.filter(|batch| batch[0].0 % 3 == 0).count();
                }
                .spawn();
                for _ in 0..turns {
                    tokio::task::yield_now().await;
                }
                if turns % 2 == 0 {
                    running.cancel();
                    is_cancelled(live.wait(running).await.result);
                } else {
                    running.shutdown();
                    live.wait(running).await.result.unwrap();
                }
                assert_eq!(Arc::strong_count(&held), 1);
            }
        });
    }
}
