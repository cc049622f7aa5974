//! What `on_error(skip)` says in the log.

use std::fmt;

use pipeline_runtime::pipeline;
use tokio::time::sleep;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use super::clock::{Clock, millis};
use crate::support::*;

/// A line: its fields, in their order.
type Line = Vec<(&'static str, String)>;

/// Notes the lines and when they came.
struct Lines(Clock<Line>);

struct Fields(Line);

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.0.push((field.name(), format!("{value:?}")));
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        self.0.push((field.name(), format!("{value} of {:?}", value.source().map(ToString::to_string))));
    }
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == "pipeline_runtime"
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        assert_eq!(*event.metadata().level(), Level::WARN);
        let mut fields = Fields(Vec::new());
        event.record(&mut fields);
        self.0.note(fields.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

/// A line as it is about a stage of `skipping`.
fn line(stage: &str, skipped: u64, error: &str) -> Line {
    let message = ("message", "skipped what failed".to_owned());
    let named = [("pipeline", "skipping"), ("stage", stage)].map(|(field, name)| (field, format!("{name:?}")));
    let told = [("skipped", skipped.to_string()), ("error", error.to_owned())];
    [message].into_iter().chain(named).chain(told).collect()
}

/// One line a second, with a count; each stage by itself, whatever form it has.
#[test]
fn once_a_second() {
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                let clock = Clock::new();
                let _logged = tracing::subscriber::set_default(Lines(clock.clone()));
                let pipeline = pipeline! {
                    #![name = "skipping"]
                    #![error(Wrong)]
                    source a = 0..26u64;
                    stage b = a.map(async |n| { if n > 0 { sleep(millis(100)).await } n });
                    #[on_error(skip), $($policy)*]
                    stage c = b.map(async |n| { wrong_at(n, n)?; n });
                    sink d = c.count();
                };
                let outcome = live.wait(pipeline.spawn()).await;
                assert_eq!(outcome.report.stage("c").unwrap().skipped, 26);
                let lines = [(0, 1), (1000, 10), (2000, 10)];
                let error = |ms: u64| format!("wrong at {} of None", ms / 100);
                assert_eq!(clock.all(), lines.map(|(at, n)| (at, line("c", n, &error(at)))));
            });
        };
    }
    case!(buffer(1));
    case!(workers(3));
    case!(in_flight(2));
    case!(inline);
}

/// Bodies that do not wait are gone through without a look at anything else: also there it is a line a second.
#[test]
fn of_stages_that_do_not_wait() {
    paused(|live| async move {
        let clock = Clock::new();
        let _logged = tracing::subscriber::set_default(Lines(clock.clone()));
        let pipeline = pipeline! {
            #![name = "skipping"]
            #![error(Wrong)]
            source a = (0..2000u64).map(|n| if n % 2 == 0 { Err(Wrong::At(n)) } else { Ok(n) });
            #[on_error(skip)]
            stage b = a?.map(|n| n);
            #[on_error(skip)]
            stage c = b.map(|n| { if n > 1 { "x".parse::<u64>()?; } n });
            sink d = c.count();
        };
        assert_eq!(live.run(pipeline).await.unwrap(), 1);
        let lines = [
            line("b", 1, "wrong at 0 of None"),
            line("c", 1, "no number: invalid digit found in string of Some(\"invalid digit found in string\")"),
        ];
        assert_eq!(clock.all(), lines.map(|line| (0, line)));
    });
}
