//! Windows of a number of items.

use std::time::Duration;

use pipeline_runtime::{Window, pipeline};
use tokio::time::{Instant, sleep};

use crate::support::*;

/// n items each, and the rest.
#[test]
fn one_after_another() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0..8u64;
                stage b: Window<Vec<u64>> = a.window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), count = 3);
                sink s = b.map(|window| window.value).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7]]);
    });
}

/// Every n items the last m, against slices of the input.
#[test]
fn sliding() {
    all(|live| async move {
        for (count, more, len) in
            [(1, 0, 4), (1, 2, 5), (2, 1, 7), (2, 2, 8), (3, 4, 20), (5, 0, 10), (4, 9, 3), (2, 1, 0)]
        {
            let last = count + more;
            let out = live
                .run(pipeline! {
                    source a = 0..len;
                    stage b = a.window(count = count, last = last, Vec::new(), |all: &mut Vec<usize>, x| all.push(x));
                    sink s = b.map(|window| window.value).collect::<Vec<_>>();
                })
                .await;
            let ends = (1..).map(|j| j * count).take_while(|end| *end < len + last);
            let slices = ends.map(|end: usize| (end.saturating_sub(last)..end.min(len)).collect::<Vec<_>>());
            let expected: Vec<_> = slices.filter(|items| !items.is_empty()).collect();
            assert_eq!(out.unwrap(), expected, "count {count}, last {last}, {len} items");
        }
    });
}

/// Start and end are when the first and the last item came.
#[test]
fn times() {
    paused(|live| async move {
        let since = Instant::now();
        let out = live
            .run(pipeline! {
                source a = 1..6u64;
                stage b = a.inspect(async |n| sleep(Duration::from_secs(*n)).await).window(0, |sum, x| *sum += x, count = 2);
                sink s = b.collect::<Vec<Window<u64>>>();
            })
            .await
            .unwrap();
        // They come after 1, 3, 6, 10 and 15 seconds.
        let seconds = |at: Instant| (at - since).as_secs();
        let out: Vec<_> =
            out.iter().map(|w| (seconds(w.start), seconds(w.end), w.length().as_secs(), w.value)).collect();
        assert_eq!(out, [(1, 3, 2, 3), (6, 10, 4, 7), (15, 15, 0, 5)]);
    });
}

/// A `?` fails the item and leaves the state as the body left it; the item is not counted into the window.
#[test]
fn an_item_that_fails() {
    all(|live| async move {
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..9u64;
                    #[on_error(skip)]
                    stage b = a.window(
                        (0, 0),
                        |(seen, sum), x| {
                            *seen += 1;
                            if x % 3 == 0 { Err(Wrong::At(x))? }
                            *sum += x;
                        },
                        count = 3,
                    );
                    sink s = b.map(|window| window.value).collect::<Vec<_>>();
                }
                .spawn(),
            )
            .await;
        // 0 fails; 1 2 (3) 4 | 5 (6) 7 8
        assert_eq!(outcome.result.unwrap(), [(5, 7), (4, 20)]);
        let b = outcome.report.stage("b").unwrap();
        assert_eq!((b.received, b.done, b.skipped, b.emitted), (9, 6, 3, 2), "\n{}", outcome.report);
    });
}

/// A window in which every item has failed is empty.
#[test]
fn nothing_but_failures() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = 0..4u64;
                stage b = a.window(0, |sum, ref x| { *sum += wrong_at(*x, *x)?; }, count = 3, last = 6) else bad;
                sink s = b.count();
                sink r = bad.map(|r| r.item().copied()).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), (0, vec![Some(0), Some(1), Some(2), Some(3)]));
    });
}

/// An item that is not lent is cloned for each window, and for what it is rejected to.
#[test]
fn clones() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = (0..5u64).map(|n| vec![n]);
                stage b = a.window(
                    Vec::new(),
                    |all: &mut Vec<u64>, x: Vec<u64>| { wrong_at(3, x[0])?; all.extend(x) },
                    count = 1,
                    last = 2,
                ) else bad;
                sink s = b.map(|window| window.value).collect::<Vec<_>>();
                sink r = bad.map(|r| r.into_parts().0).collect::<Vec<_>>();
            })
            .await;
        let windows = [vec![0], vec![0, 1], vec![1, 2], vec![2, 4], vec![4]];
        assert_eq!(out.unwrap(), (windows.to_vec(), vec![Some(vec![3])]));
    });
}

/// The first error ends the run, with what was complete before it passed on.
#[test]
fn an_error() {
    all(|live| async move {
        let log = Log::default();
        let see = log.clone();
        let outcome = live
            .wait(
                pipeline! {
                    #![error(Wrong)]
                    source a = 0..9u64;
                    stage b = a.window(0, |sum, x| { *sum += wrong_at(5, x)?; }, count = 2);
                    sink s = b.for_each(|window| see.push(window.value));
                }
                .spawn(),
            )
            .await;
        let failure = outcome.result.unwrap_err();
        assert_eq!((failure.stage(), failure.into_error().ok()), (Some("b"), Some(Wrong::At(5))));
        assert!([1, 5].starts_with(&log.all()), "{:?}", log.all());
        let b = outcome.report.stage("b").unwrap();
        assert_eq!((b.done, b.failed, b.discarded, b.emitted), (4, 1, b.received - 5, 2), "\n{}", outcome.report);
    });
}

/// A size that cannot be is found before anything starts.
#[test]
fn sizes_that_cannot_be() {
    all(|live| async move {
        for (every, last, count, items, says) in [
            (0, 5, 1, 1, "`every` in `window` of stage `b` is zero"),
            (5, 4, 1, 1, "`last` in `window` of stage `b` is less than `every`"),
            (5, 5, 0, 1, "`count` in `window` of stage `c` is 0"),
            (5, 5, 3, 2, "`last` in `window` of stage `c` is less than `count`"),
        ] {
            let (every, last) = (Duration::from_secs(every), Duration::from_secs(last));
            let (count, items): (u64, u64) = (count, items);
            let failure = live
                .run(pipeline! {
                    source a = 0..9u64;
                    stage b = a.window(0, |n, _| *n += 1, every = every, last = last);
                    stage c = b.window(0, |n, _| *n += 1, last = items, count = count);
                    sink s = c.count();
                })
                .await
                .unwrap_err();
            assert!(matches!(failure.cause(), pipeline_runtime::Cause::Config(text) if text == says), "{failure}");
        }
    });
}
