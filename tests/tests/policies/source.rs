//! `retry` on a source: when it is made again, how often, and what of its items has gone.

use std::io;
use std::time::Duration;

use futures::{StreamExt, stream};
use pipeline_runtime::{Cause, Pipeline, StageState, pipeline};
use tokio::sync::mpsc;
use tokio::time::sleep;

use super::clock::{Clock, millis};
use crate::support::*;

/// What a connection comes to: it is refused with a number, or gives items, up to one that is an `Err` if there is such.
type Turn = Result<&'static [Result<u64, u64>], u64>;

/// A service that is connected to again and again.
#[derive(Clone)]
struct Service {
    clock: Clock<usize>,
    turns: &'static [Turn],
    turn: Counter,
}

impl Service {
    /// The last of the turns goes on for ever.
    fn new(turns: &'static [Turn]) -> Self {
        Self { clock: Clock::new(), turns, turn: Counter::default() }
    }

    fn connect(&self) -> Result<Vec<Result<u64, Wrong>>, Wrong> {
        let turn = self.turn.add();
        self.clock.note(turn + 1);
        let items = self.turns[turn.min(self.turns.len() - 1)].map_err(Wrong::At)?;
        Ok(items.iter().map(|item| item.map_err(Wrong::At)).collect())
    }

    fn receiver(&self) -> Result<mpsc::Receiver<Result<u64, Wrong>>, Wrong> {
        let items = self.connect()?;
        let (tx, rx) = mpsc::channel(8);
        items.into_iter().for_each(|item| tx.try_send(item).unwrap());
        Ok(rx)
    }

    async fn own_receiver(&self) -> Result<pipeline_runtime::Receiver<Result<u64, Wrong>>, Wrong> {
        let items = self.connect()?;
        let (mut tx, rx) = pipeline_runtime::channel(8);
        for item in items {
            assert!(tx.send(item).await.is_ok());
        }
        Ok(rx)
    }

    fn std_receiver(&self) -> Result<std::sync::mpsc::Receiver<Result<u64, Wrong>>, Wrong> {
        let items = self.connect()?;
        let (tx, rx) = std::sync::mpsc::channel();
        items.into_iter().for_each(|item| tx.send(item).unwrap());
        Ok(rx)
    }

    /// When it was connected to.
    fn at(&self) -> Vec<u64> {
        self.clock.all().into_iter().map(|(at, _)| at).collect()
    }
}

/// What a pipeline of such a source is told.
#[derive(Clone)]
struct Told {
    attempts: usize,
    backoff: std::ops::Range<Duration>,
    /// After so long nobody listens any more.
    stop: Option<Duration>,
    /// What has come to the stage behind.
    seen: Log<u64>,
}

impl Told {
    fn new(attempts: usize, backoff: std::ops::Range<u64>) -> Self {
        Self { attempts, backoff: millis(backoff.start)..millis(backoff.end), stop: None, seen: Log::default() }
    }
}

/// What reads the source, and stops when it is told to.
macro_rules! pipeline_of {
    ($service:expr, $told:expr, |$connect:ident| [$($attr:ident)?] $made:expr, $($input:tt)*) => {{
        let ($connect, Told { attempts, backoff, stop, seen }) = ($service.clone(), $told.clone());
        pipeline! {
            #![error(Wrong)]
            #[
                $($attr,)?
                retry(
                    attempts = attempts,
                    backoff = backoff.start..backoff.end,
                    jitter = none,
                    when = |wrong| *wrong != Wrong::At(7),
                )
            ]
            source a = $made;
            source stop = stream::iter(stop).then(async |stop| { sleep(stop).await; None });
            stage b = $($input)*.inspect(|n| seen.push(*n)).map(Some);
            sink s = merge(b, stop).take_while(|n| n.is_some()).filter_map(|n| n).collect::<Vec<u64>>();
        }
    }};
}

/// Pipelines, and of what form of a source each is.
type Forms = Vec<(&'static str, Pipeline<Vec<u64>, Wrong>)>;

/// Every form of a source whose items may be `Err`.
fn of_results(service: &Service, told: &Told) -> Forms {
    vec![
        ("results", pipeline_of!(service, told, |service| [] service.connect()?, a?)),
        ("stream", pipeline_of!(service, told, |service| [] stream::iter(service.connect()?), a?)),
        ("receiver", pipeline_of!(service, told, |service| [] service.receiver()?, a?)),
        ("our receiver", pipeline_of!(service, told, |service| [] service.own_receiver().await?, a?)),
        ("blocking iterator", pipeline_of!(service, told, |service| [blocking] service.connect()?, a?)),
        ("blocking receiver", pipeline_of!(service, told, |service| [blocking] service.std_receiver()?, a?)),
    ]
}

/// Every form of a source.
fn of_all(service: &Service, told: &Told) -> Forms {
    let generator = pipeline_of!(service, told, |service| [] async |out| {
        for item in service.connect()? {
            out.send(item?).await;
        }
    }, a);
    let on_a_thread = pipeline_of!(
        service,
        told,
        |service| [blocking] | out | {
            for item in service.connect()? {
                if !out.send(item?) {
                    return;
                }
            }
        },
        a
    );
    let mut all = of_results(service, told);
    all.extend([("generator", generator), ("blocking generator", on_a_thread)]);
    all
}

/// Runs `test` with each form of a source that connects like this, by itself.
fn each(
    of: fn(&Service, &Told) -> Forms,
    turns: &'static [Turn],
    told: impl Fn() -> Told + Send + Copy + 'static,
    test: impl AsyncFn(&'static str, Live, Service, Log<u64>, Pipeline<Vec<u64>, Wrong>) + Send + Copy + 'static,
) {
    for form in 0..of(&Service::new(turns), &told()).len() {
        paused(move |live| async move {
            let (service, told) = (Service::new(turns), told());
            let (name, pipeline) = of(&service, &told).swap_remove(form);
            live.step(name);
            test(name, live, service, told.seen, pipeline).await;
        });
    }
}

/// Refused twice, cut off, refused again: what had come stays, nothing comes twice, and waits begin anew.
#[test]
fn is_made_again() {
    const TURNS: &[Turn] =
        &[Err(1), Err(2), Ok(&[Ok(1), Ok(2), Ok(3), Err(3)]), Err(4), Ok(&[Ok(4), Err(5)]), Ok(&[Ok(5)])];
    each(
        of_all,
        TURNS,
        || Told::new(3, 100..10_000),
        async |form, live, service, _, pipeline| {
            let outcome = live.wait(pipeline.spawn()).await;
            assert_eq!(outcome.result.unwrap(), [1, 2, 3, 4, 5], "{form}");
            assert_eq!(service.at(), [0, 100, 300, 400, 600, 700], "{form}");
            let stage = outcome.report.stage("a").unwrap();
            assert_eq!((stage.attempts, stage.retries, stage.received, stage.done), (6, 5, 5, 5), "{form}");
            assert_eq!(stage.state, StageState::Ended, "{form}");
        },
    );
}

/// After as many attempts as it has without an item it fails as it would have without `retry`.
#[test]
fn is_given_up() {
    const TURNS: &[Turn] = &[Ok(&[Ok(1), Err(2)]), Err(3), Err(4)];
    each(
        of_all,
        TURNS,
        || Told::new(3, 100..100),
        async |form, live, service, _, pipeline| {
            let failure = live.run(pipeline).await.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(4))), "{form}: {failure}");
            assert_eq!(failure.stage(), Some("a"), "{form}");
            assert_eq!(service.at(), [0, 100, 200], "{form}");
        },
    );
}

/// An item that is an `Err` and is given up takes its place behind the others, and fails its reader.
#[test]
fn an_item_that_is_given_up_keeps_its_place() {
    const TURNS: &[Turn] = &[Ok(&[Err(1)]), Ok(&[Ok(1), Ok(2), Err(2)]), Ok(&[Err(3)])];
    each(
        of_results,
        TURNS,
        || Told::new(2, 100..100),
        async |form, live, service, seen, pipeline| {
            let outcome = live.wait(pipeline.spawn()).await;
            let failure = outcome.result.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(3))), "{form}: {failure}");
            assert_eq!(failure.stage(), Some("b"), "{form}");
            assert_eq!(seen.all(), [1, 2], "{form}");
            assert_eq!(service.at(), [0, 100, 200], "{form}");
            let stage = outcome.report.stage("b").unwrap();
            assert_eq!((stage.received, stage.done, stage.failed), (3, 2, 1), "{form}");
        },
    );
}

/// The error that is not worth another attempt comes at once, and behind all that came before it.
#[test]
fn an_item_that_is_not_worth_it_keeps_its_place() {
    const TURNS: &[Turn] = &[Ok(&[Ok(1), Ok(2), Err(7), Ok(3)])];
    each(
        of_results,
        TURNS,
        || Told::new(9, 100..100),
        async |form, live, service, seen, pipeline| {
            let failure = live.run(pipeline).await.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(7))), "{form}: {failure}");
            assert_eq!(failure.stage(), Some("b"), "{form}");
            assert_eq!((seen.all(), service.at()), (vec![1, 2], vec![0]), "{form}");
        },
    );
}

/// Items that are `Err` and do not end the run are items like others.
#[test]
fn other_results_are_items() {
    const TURNS: &[Turn] = &[Err(1), Ok(&[Ok(1), Err(2), Ok(3)])];
    paused(|live| async move {
        let service = Service::new(TURNS);
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone service;
            #[retry(attempts = 2)]
            source a = service.connect()?;
            stage b = a? else bad;
            sink s = b.collect::<Vec<_>>();
            sink told = bad.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (vec![1, 3], 1));
        assert_eq!(service.at().len(), 2);
        let service = Service::new(TURNS);
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone service;
            #[retry(attempts = 2)]
            source a = service.connect()?;
            sink s = a.filter(|item| item.is_ok()).count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 2);
    });
}

/// The errors of items are made the pipeline's where `when` and `after` look at them.
#[test]
fn items_of_another_error() {
    fn numbers(turn: usize) -> Vec<Result<u64, std::num::ParseIntError>> {
        let turns = [["1", "2", "x"], ["3", "", "4"], ["5", "6", "7"]];
        turns[turn].iter().map(|text| text.parse()).collect()
    }
    paused(|live| async move {
        let (clock, turn) = (Clock::new(), Counter::default());
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock, turn;
            #[retry(
                attempts = 2,
                when = |wrong| matches!(wrong, Wrong::Number(_)),
                after = |wrong| Some(millis(wrong.to_string().len() as u64)),
            )]
            source a: Result<u64, _> = { clock.note(()); numbers(turn.add()) };
            sink s = a?.collect::<Vec<u64>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [1, 2, 3, 5, 6, 7]);
        let waits = ["x", ""].map(|text| Wrong::from(text.parse::<u64>().unwrap_err()).to_string().len() as u64);
        assert_eq!(clock.all(), [(0, ()), (waits[0], ()), (waits[0] + waits[1], ())]);
    });
}

/// Lines of a reader that breaks, in a pipeline of any error.
#[test]
fn lines_of_a_connection_that_breaks() {
    paused(|live| async move {
        let turn = Counter::default();
        let pipeline = pipeline! {
            clone turn;
            #[retry(attempts = 3, backoff = 10ms..10ms)]
            source lines = {
                let reader = tokio_test_reader(turn.add());
                tokio::io::AsyncBufReadExt::lines(tokio::io::BufReader::new(reader))
            };
            sink s = lines?.collect::<Vec<String>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), ["one", "two", "three"]);
        assert_eq!(turn.get(), 3);
    });
}

/// Gives some text and then an error, but for the last time.
fn tokio_test_reader(turn: usize) -> impl tokio::io::AsyncRead + Send {
    use tokio::io::AsyncReadExt;
    struct Broken(bool);
    impl tokio::io::AsyncRead for Broken {
        fn poll_read(
            self: std::pin::Pin<&mut Self>,
            _: &mut std::task::Context<'_>,
            _: &mut tokio::io::ReadBuf<'_>,
        ) -> std::task::Poll<io::Result<()>> {
            std::task::Poll::Ready(if self.0 { Err(io::ErrorKind::ConnectionReset.into()) } else { Ok(()) })
        }
    }
    let text: &[u8] = [b"one\n".as_slice(), b"", b"two\nthree\n"][turn];
    Box::pin(text.chain(Broken(turn < 2)))
}

/// `when` says no: at once, and as without `retry`.
#[test]
fn not_worth_it() {
    const TURNS: &[Turn] = &[Err(1), Err(7)];
    each(
        of_all,
        TURNS,
        || Told::new(9, 5000..5000),
        async |form, live, service, _, pipeline| {
            let failure = live.run(pipeline).await.unwrap_err();
            assert!(matches!(failure.cause(), Cause::Error(Wrong::At(7))), "{form}: {failure}");
            assert_eq!((service.at(), service.clock.now()), (vec![0, 5000], 5000), "{form}");
        },
    );
}

/// No attempt begins later than `max_elapsed` after the first, or after the failure of what had given items.
#[test]
fn has_its_time() {
    paused(|live| async move {
        let (clock, turn) = (Clock::new(), Counter::default());
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone clock, turn;
            #[retry(attempts = 99, backoff = 100ms..100ms, jitter = none, max_elapsed = 250ms)]
            source a = async |out| {
                clock.note(());
                if turn.add() == 1 {
                    out.send(7).await;
                    sleep(millis(1000)).await;
                }
                Err(Wrong::At(1))?
            };
            sink s = a.count();
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        assert_eq!(clock.all().iter().map(|(at, ())| *at).collect::<Vec<_>>(), [0, 100, 1200, 1300]);
    });
}

/// The budget is that of all stages.
#[test]
fn within_the_budget() {
    paused(|live| async move {
        let service = Service::new(&[Ok(&[Ok(1), Err(1)])]);
        let pipeline = pipeline! {
            #![error(Wrong)]
            #![retry_budget(ratio = 0, floor = 3, per = 10s)]
            clone service;
            #[retry(attempts = 99, backoff = 100ms..100ms, jitter = none)]
            source a = service.connect()?;
            sink s = a?.count();
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(1))), "{failure}");
        assert_eq!(service.at(), [0, 100, 200, 300]);
    });
}

/// A cancel ends the wait at once.
#[test]
fn cancel_ends_the_wait() {
    const TURNS: &[Turn] = &[Ok(&[Ok(1), Err(1)]), Err(2)];
    each(
        of_all,
        TURNS,
        || Told::new(9, 400..400),
        async |form, live, service, seen, pipeline| {
            let running = pipeline.spawn();
            sleep(millis(500)).await;
            running.cancel();
            is_cancelled(live.wait(running).await.result);
            assert_eq!((service.at(), service.clock.now()), (vec![0, 400], 500), "{form}");
            assert_eq!(seen.all(), [1], "{form}");
        },
    );
}

/// So does a shutdown, and the source has ended: what it gave is delivered.
#[test]
fn shutdown_ends_the_wait() {
    const TURNS: &[Turn] = &[Ok(&[Ok(1), Ok(2), Err(1)]), Err(2)];
    each(
        of_all,
        TURNS,
        || Told::new(9, 400..400),
        async |form, live, service, _, pipeline| {
            let running = pipeline.spawn();
            sleep(millis(500)).await;
            running.shutdown();
            let outcome = live.wait(running).await;
            assert_eq!(outcome.result.unwrap(), [1, 2], "{form}");
            assert_eq!((service.at(), service.clock.now()), (vec![0, 400], 500), "{form}");
            assert_eq!(outcome.report.stage("a").unwrap().state, StageState::Ended, "{form}");
        },
    );
}

/// And so does the end of all who listen.
#[test]
fn nobody_listens_any_more() {
    const TURNS: &[Turn] = &[Ok(&[Ok(1), Ok(2), Err(1)]), Err(2)];
    let told = || Told { stop: Some(millis(500)), ..Told::new(9, 400..400) };
    each(of_all, TURNS, told, async |form, live, service, _, pipeline| {
        assert_eq!(live.run(pipeline).await.unwrap(), [1, 2], "{form}");
        assert_eq!((service.at(), service.clock.now()), (vec![0, 400], 500), "{form}");
    });
}

/// A shutdown while the expression is evaluated again ends it where it waits.
#[test]
fn shutdown_ends_an_attempt() {
    paused(|live| async move {
        let turn = Counter::default();
        let guard = live.clone();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone turn;
            #[retry(attempts = 9, backoff = 100ms..100ms, jitter = none)]
            source a = {
                let _guard = guard.guard();
                if turn.add() == 2 { std::future::pending().await }
                vec![Ok(1), Err(Wrong::At(1))]
            };
            sink s = a?.collect::<Vec<u64>>();
        };
        let running = pipeline.spawn();
        sleep(millis(500)).await;
        running.shutdown();
        assert_eq!(live.wait(running).await.result.unwrap(), [1, 1]);
        assert_eq!(turn.get(), 3);
    });
}

/// The stage behind it shares its task.
#[test]
fn with_an_inline_reader() {
    const TURNS: &[Turn] = &[Err(1), Ok(&[Ok(1), Ok(2), Err(3)]), Ok(&[Ok(3), Err(4)]), Err(5)];
    paused(|live| async move {
        let (service, seen) = (Service::new(TURNS), Log::default());
        let pipeline = pipeline! {
            #![error(Wrong)]
            #![inline]
            clone service, seen;
            #[retry(attempts = 2, backoff = 100ms..10s, jitter = none)]
            source a = service.connect()?;
            stage b = a?.map(|n| n * 10);
            sink s = b.for_each(|n| seen.push(n));
        };
        let running = pipeline.spawn();
        sleep(millis(350)).await;
        let outcome = live.wait(running).await;
        let failure = outcome.result.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Error(Wrong::At(5))), "{failure}");
        assert_eq!(failure.stage(), Some("a"));
        assert_eq!((seen.all(), service.at()), (vec![10, 20, 30], vec![0, 100, 200, 300]));
        let stage = outcome.report.stage("a").unwrap();
        assert_eq!((stage.attempts, stage.retries, stage.done), (4, 3, 3));
    });
    // in the back-off a cancel and a shutdown end it, and an item that is given up fails the reader
    paused(|live| async move {
        for stop in ["shutdown", "cancel", "neither"] {
            live.step(stop);
            let service = Service::new(&[Ok(&[Ok(1), Err(7)]), Ok(&[Ok(2), Err(8)])]);
            let pipeline = {
                let service = service.clone();
                pipeline! {
                    #![error(Wrong)]
                    #[retry(attempts = 2, backoff = 400ms..400ms, jitter = none, when = |e| *e == Wrong::At(7) || stop != "neither")]
                    source a = service.connect()?;
                    #[inline]
                    stage b = a?.map(|n| n * 10);
                    sink s = b.collect::<Vec<_>>();
                }
            };
            let running = pipeline.spawn();
            sleep(millis(500)).await;
            match stop {
                "shutdown" => running.shutdown(),
                "cancel" => running.cancel(),
                _ => {}
            }
            let outcome = live.wait(running).await;
            match stop {
                "shutdown" => assert_eq!(outcome.result.unwrap(), [10, 20]),
                "cancel" => drop(is_cancelled(outcome.result)),
                _ => {
                    let failure = outcome.result.unwrap_err();
                    assert!(matches!(failure.cause(), Cause::Error(Wrong::At(8))), "{failure}");
                    assert_eq!(failure.stage(), Some("b"));
                    assert_eq!(outcome.report.stage("b").unwrap().done, 2);
                }
            }
            assert_eq!((service.at(), service.clock.now()), (vec![0, 400], 500), "{stop}");
        }
    });
}

/// What reads it is a `tee`, a `weak` part, workers by key: it is a source like others.
#[test]
fn before_all_kinds_of_readers() {
    const TURNS: &[Turn] = &[Err(1), Ok(&[Ok(1), Ok(2), Err(3)]), Ok(&[Ok(3)])];
    all(|live| async move {
        let (one, two, three) = (Service::new(TURNS), Service::new(TURNS), Service::new(TURNS));
        let pipeline = pipeline! {
            #![error(Wrong)]
            #[retry(attempts = 2, backoff = 1ms..1ms)]
            source a = one.connect()?;
            #[retry(attempts = 2, backoff = 1ms..1ms)]
            source b = two.connect()?;
            #[retry(attempts = 2, backoff = 1ms..1ms)]
            source c = async |out| for item in three.connect()? { out.send(item?).await };
            stage (left, right) = a?.tee();
            #[workers(2), keyed(|n| n % 2)]
            stage d = b?.scan(0, |sum, n| { *sum += n; *sum });
            stage e = merge(left, weak c);
            sink f = e.count();
            sink g = right.collect::<Vec<_>>();
            sink h = d.collect::<Vec<_>>();
            (f >= 3, g, h)
        };
        assert_eq!(live.run(pipeline).await.unwrap(), (true, vec![1, 2, 3], vec![1, 2, 4]));
    });
}

/// An output that a generator has left somewhere sends nothing once its turn is over.
#[test]
fn an_output_that_was_left_somewhere() {
    paused(|live| async move {
        let turn = Counter::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone turn;
            #[retry(attempts = 2, backoff = 100ms..100ms, jitter = none)]
            source a = async |out| {
                let turn = turn.add();
                out.send(turn).await;
                if turn == 0 {
                    let stray = tokio::spawn(async move {
                        sleep(millis(150)).await;
                        out.send(99).await;
                    });
                    tokio::spawn(async move {
                        sleep(millis(300)).await;
                        stray.abort();
                    });
                    Err(Wrong::At(0))?
                }
                sleep(millis(300)).await;
            };
            sink s = a.collect::<Vec<_>>();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), [0, 1]);
    });
}

/// A panic is no error.
#[test]
fn a_panic_ends_the_run() {
    both(|live| async move {
        let turn = Counter::default();
        let pipeline = pipeline! {
            #![error(Wrong)]
            clone turn;
            #[retry(attempts = 9, backoff = 1ms..1ms)]
            source a = {
                assert!(turn.add() < 1, "on purpose");
                Err::<Vec<u64>, _>(Wrong::At(1))?
            };
            sink s = a.count();
        };
        let failure = live.run(pipeline).await.unwrap_err();
        assert!(matches!(failure.cause(), Cause::Panic(message) if message == "on purpose"), "{failure}");
        assert_eq!((failure.stage(), turn.get()), (Some("a"), 2));
    });
}

/// What the expression names it has each time, and what it gives may borrow from that.
#[test]
fn borrows_what_it_names() {
    all(|live| async move {
        let (text, turn) = ("one two".to_owned(), Counter::default());
        let mut left = vec![3, 2];
        let pipeline = pipeline! {
            #![error(Wrong)]
            #[retry(attempts = 2, backoff = 1ms..1ms)]
            source words = {
                if turn.add() == 0 { Err(Wrong::At(1))? }
                text.split(' ').map(str::to_owned)
            };
            #[retry(attempts = 3, backoff = 1ms..1ms)]
            source rest = async |out| while let Some(n) = left.pop() {
                out.send(n).await;
                Err(Wrong::At(n))?
            };
            sink s = words.collect::<Vec<_>>();
            sink t = rest.collect::<Vec<u64>>();
        };
        let words = vec!["one".to_owned(), "two".to_owned()];
        assert_eq!(live.run(pipeline).await.unwrap(), (words, vec![2, 3]));
    });
}

/// In a fragment it is a source of the run around it.
#[test]
fn in_a_fragment() {
    paused(|live| async move {
        let service = Service::new(&[Err(1), Ok(&[Ok(1), Ok(2), Err(3)]), Ok(&[Ok(3)])]);
        let fragment = pipeline! {
            #![error(Wrong)]
            clone service;
            source more: u64 = input;
            #[retry(attempts = 2, backoff = 100ms..100ms, jitter = none)]
            source a = service.connect()?;
            stage b = a?;
            sink all = merge(more, b).output();
        };
        let pipeline = pipeline! {
            #![error(Wrong)]
            source none = Vec::<u64>::new();
            stage got = none.via(fragment);
            sink s = got.collect::<Vec<_>>();
        };
        let outcome = live.wait(pipeline.spawn()).await;
        assert_eq!(outcome.result.unwrap(), [1, 2, 3]);
        assert_eq!(service.at(), [0, 100, 200]);
        assert_eq!(outcome.report.stage("got/a").unwrap().retries, 2);
    });
}

/// The drawing and the data say so.
#[test]
fn is_shown() {
    let pipeline = pipeline! {
        #[retry(attempts = 5, backoff = 1s..1m)]
        source a = std::fs::read_dir(".")?.collect::<Vec<_>>();
        sink s = a?.count();
    };
    let stage = &pipeline.graph().stages[0];
    assert_eq!(
        stage.policies.iter().map(|policy| (policy.name, policy.value)).collect::<Vec<_>>(),
        [("retry", "attempts = 5, backoff = 1s..1m")]
    );
    assert!(pipeline.graph().to_string().contains("retry(5)"), "{}", pipeline.graph());
}
