//! Windows of time, to the instant.

use std::time::Duration;

use pipeline_runtime::{BoxError, Pipeline, Report, Running, Window, pipeline};
use tokio::sync::mpsc::{Sender, UnboundedReceiver, channel, unbounded_channel};
use tokio::time::{Instant, advance, sleep, sleep_until};

use crate::support::*;

fn millis(n: u64) -> Duration {
    Duration::from_millis(n)
}

/// Start and end in milliseconds after `since`, and the value.
fn shown<S, K>(since: Instant, window: Window<S, K>) -> (u64, u64, S) {
    let at = |instant: Instant| u64::try_from((instant - since).as_millis()).unwrap();
    (at(window.start), at(window.end), window.value)
}

/// A running pipeline with one `window`, and both its ends.
struct Rig<O> {
    /// `None` once the input has ended.
    tx: Option<Sender<u64>>,
    see: UnboundedReceiver<Window<Vec<u64>>>,
    running: Running<O, BoxError>,
    since: Instant,
}

impl<O: Send + 'static> Rig<O> {
    fn new(
        build: impl FnOnce(
            tokio::sync::mpsc::Receiver<u64>,
            tokio::sync::mpsc::UnboundedSender<Window<Vec<u64>>>,
        ) -> Pipeline<O>,
    ) -> Self {
        let (tx, rx) = channel(64);
        let (out, see) = unbounded_channel();
        let running = build(rx, out).spawn();
        Self { tx: Some(tx), see, running, since: Instant::now() }
    }

    /// Sends items at the times given, in milliseconds after the start.
    async fn feed(&self, items: &[(u64, u64)]) {
        for &(time, item) in items {
            sleep_until(self.since + millis(time)).await;
            self.tx.as_ref().unwrap().send(item).await.unwrap();
        }
    }

    /// The next window, and when it came.
    async fn next(&mut self) -> (u64, (u64, u64, Vec<u64>)) {
        let window = self.see.recv().await.unwrap();
        (u64::try_from(self.since.elapsed().as_millis()).unwrap(), shown(self.since, window))
    }

    async fn all(&mut self) -> Vec<(u64, u64, Vec<u64>)> {
        let mut all = Vec::new();
        while let Some(window) = self.see.recv().await {
            all.push(shown(self.since, window));
        }
        all
    }
}

/// What stands before every test: a window of a second, in a stage of its own.
fn tumbling() -> Rig<u64> {
    Rig::new(|rx, out| {
        pipeline! {
            source a = rx;
            stage b = a.window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = 1s);
            sink s = b.for_each(|window| out.send(window).unwrap());
            s
        }
    })
}

/// Aligned to the start of the run; out when the time is over, also if nothing further comes; without items not at all.
#[test]
fn one_after_another() {
    paused(|live| async move {
        let mut rig = tumbling();
        rig.feed(&[(100, 1), (900, 2)]).await;
        live.step("the first second");
        assert_eq!(rig.next().await, (1000, (0, 1000, vec![1, 2])));
        rig.feed(&[(3200, 3)]).await;
        live.step("the second and third second were empty");
        assert_eq!(rig.next().await, (4000, (3000, 4000, vec![3])));
        rig.feed(&[(4999, 4)]).await;
        assert_eq!(rig.next().await, (5000, (4000, 5000, vec![4])));
        rig.tx = None;
        assert_eq!(live.wait(rig.running).await.result.unwrap(), 3);
    });
}

/// What comes at the very instant at which a window ends belongs to the next.
#[test]
fn at_the_very_end() {
    paused(|live| async move {
        let mut rig = tumbling();
        rig.feed(&[(0, 0), (1000, 1), (1999, 2), (2000, 3), (2000, 4)]).await;
        assert_eq!(rig.next().await.1, (0, 1000, vec![0]));
        assert_eq!(rig.next().await.1, (1000, 2000, vec![1, 2]));
        assert_eq!(rig.next().await, (3000, (2000, 3000, vec![3, 4])));
        rig.tx = None;
        live.wait(rig.running).await.result.unwrap();
    });
}

/// What is open at the end of the input goes out at once, with the end that was planned.
#[test]
fn at_the_end_of_the_input() {
    paused(|live| async move {
        let mut rig = tumbling();
        rig.feed(&[(1300, 1)]).await;
        rig.tx = None;
        assert_eq!(rig.see.recv().await.map(|window| shown(rig.since, window)), Some((1000, 2000, vec![1])));
        assert_eq!(rig.since.elapsed(), millis(1300));
        let outcome = live.wait(rig.running).await;
        assert_eq!(outcome.result.unwrap(), 1);
        assert_eq!((rig.since.elapsed(), account(&outcome.report, "b")), (millis(1300), [1, 1, 0, 0, 0, 1]));
    });
}

/// Received, done, filtered, failed, discarded, emitted.
fn account(report: &Report, stage: &str) -> [u64; 6] {
    let stage = report.stage(stage).unwrap();
    [stage.received, stage.done, stage.filtered, stage.failed, stage.discarded, stage.emitted]
}

/// A graceful stop loses nothing.
#[test]
fn on_shutdown() {
    paused(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            stage b = a.window(0, |sum, x| *sum += x, every = 1h);
            sink s = b.map(|window| (window.value, window.length())).collect::<Vec<_>>();
        }
        .spawn();
        quiet().await;
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), [(10, Duration::from_secs(3600))]);
    });
}

/// On cancel the items of windows that have not gone out are discarded, and counted so.
#[test]
fn on_cancel() {
    paused(|live| async move {
        let rig = tumbling();
        rig.feed(&[(100, 1), (200, 2), (1100, 3), (1200, 4), (1300, 5)]).await;
        quiet().await;
        rig.running.cancel();
        let outcome = live.wait(rig.running).await;
        assert_eq!(account(&outcome.report, "b"), [5, 2, 0, 0, 3, 1], "\n{}", outcome.report);
        is_cancelled(outcome.result);
    });
}

/// A busy task looks at the clock for each item: what is over goes out before an item that comes later.
#[test]
fn while_the_task_is_busy() {
    paused(|live| async move {
        let running = pipeline! {
            source a = 0..10u64;
            sink s = a
                .inspect(async |_| sleep(millis(300)).await)
                .window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = 1s)
                .map(|window| window.value)
                .collect::<Vec<_>>();
        }
        .spawn();
        // They come at 300, 600, … 3000.
        let all = live.wait(running).await.result.unwrap();
        assert_eq!(all, [vec![0, 1, 2], vec![3, 4, 5], vec![6, 7, 8], vec![9]]);
    });
}

/// The body takes time: an item belongs to where it came, and the window is late.
#[test]
fn a_body_that_waits() {
    paused(|live| async move {
        let mut rig = Rig::new(|rx, out| {
            pipeline! {
                source a = rx;
                stage b = a.window(
                    Vec::new(),
                    async |all: &mut Vec<u64>, x| { sleep(millis(600)).await; all.push(x) },
                    every = 1s,
                );
                sink s = b.for_each(|window| out.send(window).unwrap());
            }
        });
        rig.feed(&[(700, 1)]).await;
        assert_eq!(rig.next().await, (1300, (0, 1000, vec![1])));
        rig.feed(&[(1400, 2), (1500, 3)]).await;
        assert_eq!(rig.next().await, (2000, (1000, 2000, vec![2])));
        assert_eq!(rig.next().await, (3000, (2000, 3000, vec![3])));
        rig.tx = None;
        live.wait(rig.running).await.result.unwrap();
    });
}

/// Several windows of a statement's own items inside one that came in parts.
#[test]
fn in_parts() {
    paused(|live| async move {
        let log = Log::default();
        let see = log.clone();
        let running = pipeline! {
            source a = 0..2u64;
            stage b = a
                .flat_map(|n| Box::pin(futures::stream::unfold(0, move |k| async move {
                    sleep(millis(400)).await;
                    (k < 4).then_some((n * 10 + k, k + 1))
                })))
                .scan(0, |last, x| { let before = *last; *last = x; (before, x) })
                .window(Vec::new(), |all: &mut Vec<_>, (_, x)| all.push(x), every = 1s)
                .enumerate();
            sink s = b.inspect(|(at, window)| see.push((*at, window.value.clone()))).count();
        }
        .spawn();
        let outcome = live.wait(running).await;
        // At 400, 800, 1200, 1600, and after a wait for the end of the parts at 2400, 2800, 3200, 3600.
        assert_eq!(log.all(), [(0, vec![0, 1]), (1, vec![2, 3]), (2, vec![10, 11]), (3, vec![12, 13])]);
        assert_eq!(account(&outcome.report, "b"), [2, 2, 0, 0, 0, 4], "\n{}", outcome.report);
    });
}

/// Every second, what has come in the last two and a half: each item in two or three windows.
#[test]
fn sliding() {
    paused(|live| async move {
        let mut rig = Rig::new(|rx, out| {
            pipeline! {
                source a = rx;
                stage b = a.window(last = 2500ms, Vec::new(), every = 1s, |all: &mut Vec<u64>, x| all.push(x));
                sink s = b.for_each(|window| out.send(window).unwrap());
            }
        });
        rig.feed(&[(100, 1), (700, 2)]).await;
        assert_eq!(rig.next().await, (1000, (0, 1000, vec![1, 2])));
        rig.feed(&[(1800, 3)]).await;
        assert_eq!(rig.next().await, (2000, (0, 2000, vec![1, 2, 3])));
        assert_eq!(rig.next().await, (3000, (500, 3000, vec![2, 3])));
        rig.feed(&[(3499, 4)]).await;
        assert_eq!(rig.next().await, (4000, (1500, 4000, vec![3, 4])));
        rig.tx = None;
        assert_eq!(rig.all().await, [(2500, 5000, vec![4])]);
        let outcome = live.wait(rig.running).await;
        outcome.result.unwrap();
        assert_eq!(account(&outcome.report, "b"), [4, 4, 0, 0, 0, 5], "\n{}", outcome.report);
    });
}

/// An item meets its fate with the first window that it goes out with, though it is in others.
#[test]
fn sliding_on_cancel() {
    paused(|live| async move {
        let rig = Rig::new(|rx, out| {
            pipeline! {
                source a = rx;
                stage b = a.window(Vec::new(), |all: &mut Vec<u64>, ref x| all.push(*x), every = 1s, last = 3s);
                sink s = b.for_each(|window| out.send(window).unwrap());
            }
        });
        rig.feed(&[(100, 1), (200, 2), (1100, 3)]).await;
        quiet().await;
        rig.running.cancel();
        let outcome = live.wait(rig.running).await;
        assert_eq!(account(&outcome.report, "b"), [3, 2, 0, 0, 1, 1], "\n{}", outcome.report);
        is_cancelled(outcome.result);
    });
}

/// Sliding windows against a search through all items, for many sizes that do not divide one another.
#[test]
fn sliding_as_a_search() {
    paused(|live| async move {
        let mut random = 11u64;
        let mut next = move |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        for _ in 0..60 {
            let every = next(9) * 10 + 10;
            let last = every + next(6) * 10;
            let mut items: Vec<(u64, u64)> = (0..next(30)).map(|n| (next(50) * 10, n)).collect();
            items.sort_unstable();
            let mut rig = Rig::new(|rx, out| {
                let (every, last) = (millis(every), millis(last));
                pipeline! {
                    source a = rx;
                    stage b = a.window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = every, last = last);
                    sink s = b.for_each(|window| out.send(window).unwrap());
                }
            });
            rig.feed(&items).await;
            let now = items.last().map_or(0, |item| item.0);
            rig.tx = None;
            let mut expected = Vec::new();
            for end in (every..=now + last).step_by(usize::try_from(every).unwrap()) {
                let start = end.saturating_sub(last);
                let inside = |time: u64| time + last >= end && time < end;
                let within: Vec<u64> = items.iter().filter(|item| inside(item.0)).map(|item| item.1).collect();
                if !within.is_empty() {
                    expected.push((start, end, within));
                }
            }
            assert_eq!(rig.all().await, expected, "every {every}, last {last}, {items:?}");
            live.wait(rig.running).await.result.unwrap();
        }
    });
}

/// What a `take` behind it does not want goes nowhere, and the stage ends.
#[test]
fn taken_behind() {
    paused(|live| async move {
        let guard = live.guard();
        let running = pipeline! {
            source a = then_quiet(0..5u64, guard);
            stage b = a.window(0, |n, _| *n += 1, every = 1s, last = 3s).take(1);
            sink s = b.map(|window| window.value).collect::<Vec<u64>>();
        }
        .spawn();
        let since = Instant::now();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), [5]);
        assert_eq!(since.elapsed(), millis(1000));
        assert_eq!(account(&outcome.report, "b"), [5, 5, 0, 0, 0, 1], "\n{}", outcome.report);
    });
}

/// The item in hand when a window that is over ends the stage is discarded.
#[test]
fn taken_behind_by_an_item() {
    paused(|live| async move {
        let running = pipeline! {
            source a = 0..100u64;
            stage b = a
                .inspect(async |_| sleep(millis(300)).await)
                .window(0, |n, _| *n += 1, every = 1s)
                .take(1);
            sink s = b.map(|window| window.value).collect::<Vec<u64>>();
        }
        .spawn();
        let outcome = live.wait(running).await;
        assert_eq!(outcome.result.unwrap(), [3]);
        assert_eq!(account(&outcome.report, "b"), [4, 3, 0, 0, 1, 1], "\n{}", outcome.report);
    });
}

/// What a `take` before it let through goes out when the stage ends.
#[test]
fn taken_before() {
    paused(|live| async move {
        let out = live
            .run(pipeline! {
                source a = 0u64..;
                stage b = a.take(5).window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = 1s, last = 3s);
                sink s = b.map(|window| window.value).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), vec![vec![0, 1, 2, 3, 4]; 3]);
    });
}

/// Before and behind bodies in flight, with time running while they are on their way.
#[test]
fn around_bodies_in_flight() {
    paused(|live| async move {
        let mut rig = Rig::new(|rx, out| {
            pipeline! {
                source a = rx;
                #[in_flight(4)]
                stage b = a
                    .map(async |x| { sleep(millis(500)).await; x })
                    .window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = 1s);
                sink s = b.for_each(|window| out.send(window).unwrap());
            }
        });
        rig.feed(&[(0, 1), (400, 2), (600, 3)]).await;
        assert_eq!(rig.next().await, (1000, (0, 1000, vec![1, 2])));
        assert_eq!(rig.next().await, (2000, (1000, 2000, vec![3])));
        rig.tx = None;
        live.wait(rig.running).await.result.unwrap();

        let mut rig = Rig::new(|rx, out| {
            pipeline! {
                source a = rx;
                #[in_flight(4)]
                stage b = a
                    .window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = 1s)
                    .map(async |window| { sleep(millis(500)).await; window });
                sink s = b.for_each(|window| out.send(window).unwrap());
            }
        });
        rig.feed(&[(0, 1), (400, 2), (1100, 3)]).await;
        assert_eq!(rig.next().await, (1500, (0, 1000, vec![1, 2])));
        rig.tx = None;
        assert_eq!(rig.all().await, [(1000, 2000, vec![3])]);
        let outcome = live.wait(rig.running).await;
        assert_eq!(account(&outcome.report, "b"), [3, 3, 0, 0, 0, 2], "\n{}", outcome.report);
    });
}

/// Nobody waits longer than for ever.
#[test]
fn without_end() {
    paused(|live| async move {
        let mut rig = Rig::new(|rx, out| {
            pipeline! {
                source a = rx;
                stage b = a.window(Vec::new(), |all: &mut Vec<u64>, x| all.push(x), every = Duration::MAX);
                sink s = b.for_each(|window| out.send(window).unwrap());
            }
        });
        rig.feed(&[(0, 1)]).await;
        advance(Duration::from_secs(10_000_000)).await;
        quiet().await;
        assert!(rig.see.try_recv().is_err());
        rig.tx = None;
        assert_eq!(rig.see.recv().await.unwrap().value, [1]);
        live.wait(rig.running).await.result.unwrap();
    });
}
