//! What failed goes to the `else` stream with all that is known of it, and waits there for as long as it must.

use std::error::Error;
use std::fmt;
use std::time::{Duration, Instant};

use pipeline_runtime::{BoxError, Failed, Rejected, pipeline};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::clock::millis;
use crate::support::*;

/// An error with another behind it.
#[derive(Debug)]
struct Because(Wrong);

impl fmt::Display for Because {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not stored")
    }
}

impl Error for Because {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&self.0)
    }
}

/// The letter as it is written down, without its time, which is checked.
fn written<E>(letter: &Rejected<u64, E>) -> Value {
    let mut written = serde_json::to_value(letter).unwrap();
    let at = written.as_object_mut().unwrap().remove("at").unwrap();
    let at = humantime::parse_rfc3339(at.as_str().unwrap()).unwrap();
    assert!(letter.at().duration_since(at).unwrap() < millis(1), "to the millisecond");
    written
}

#[test]
fn has_its_whole_story() {
    all(|live| async move {
        let pipeline = pipeline! {
            source a = [Ok(1), Err(Because(Wrong::At(0))), Ok(2), Ok(3)];
            #[retry(attempts = 3, backoff = 1ms..1ms)]
            stage b = a?.map(async |n| {
                let number = "x".parse::<u64>().map_err(Wrong::from);
                if n == 2 { Err(Because(number.unwrap_err()))? }
                n
            }) else bad;
            #[timeout(10ms)]
            stage c = b.map(async |n| {
                if n == 3 { std::future::pending().await }
                wrong_at(1, n)?
            }) else worse;
            sink done = c.count();
            sink letters = bad.map(|letter| written(&letter)).collect::<Vec<_>>();
            sink others = worse.map(|letter| written(&letter)).collect::<Vec<_>>();
        };
        let (done, letters, others) = live.run(pipeline).await.unwrap();
        assert_eq!(done, 0);
        let chain = ["no number: invalid digit found in string", "invalid digit found in string"];
        assert_eq!(
            letters,
            [
                json!({
                    "stage": "b", "attempts": 0, "item": null,
                    "error": { "message": "not stored", "chain": ["wrong at 0"] },
                }),
                json!({
                    "stage": "b", "attempts": 3, "item": 2,
                    "error": { "message": "not stored", "chain": chain },
                }),
            ]
        );
        assert_eq!(
            others,
            [
                json!({ "stage": "c", "attempts": 1, "item": 1, "error": { "message": "wrong at 1", "chain": [] } }),
                json!({
                    "stage": "c", "attempts": 1, "item": 3,
                    "error": { "message": "a body took longer than 10ms", "chain": [] },
                }),
            ]
        );
    });
}

/// The chain is that of the pipeline's own error, also in a fragment and under a `timeout`.
#[test]
fn has_the_chain_of_its_error() {
    fn texts<T, E>(letter: &Rejected<T, E>) -> Vec<String> {
        letter.chain().map(ToString::to_string).collect()
    }
    all(|live| async move {
        let part = pipeline! {
            #![error(Wrong)]
            source a = input;
            #[timeout(1h)]
            stage b = a.map(async |text: &str| text.parse::<u64>()?) else bad;
            stage c = bad.map(|letter: Rejected<&str, Failed<Wrong>>| texts(&letter));
            stage d = b.map(|n| vec![n.to_string()]);
            stage e = merge(c, d);
            sink out = e.output();
        };
        let pipeline = pipeline! {
            source a = ["1", "x"];
            stage b = a.via(part);
            sink told = b.collect::<Vec<_>>();
        };
        let mut told = live.run(pipeline).await.unwrap();
        told.sort();
        let chain = ["no number: invalid digit found in string", "invalid digit found in string"];
        assert_eq!(told, [vec!["1".to_owned()], chain.map(str::to_owned).to_vec()]);
    });
}

/// The time is the wall clock's, and goes on with tokio's.
#[test]
fn has_its_time() {
    paused(|live| async move {
        let (real, before) = (Instant::now(), std::time::SystemTime::now());
        let pipeline = pipeline! {
            source a = 0..3u64;
            stage b = a.map(async |n| {
                if n > 0 { sleep(Duration::from_secs(3600)).await }
                Err::<u64, _>(BoxError::from("no"))?
            }) else bad;
            sink none = b.count();
            sink times = bad.map(|letter| letter.at()).collect::<Vec<_>>();
        };
        let (_, times) = live.run(pipeline).await.unwrap();
        for (hour, at) in times.iter().enumerate() {
            let told = at.duration_since(before - Duration::from_secs(1)).unwrap();
            let told = told.saturating_sub(Duration::from_secs(hour as u64 * 3600));
            assert!(told <= real.elapsed() + Duration::from_secs(2), "{hour} hours: {told:?} off");
        }
        assert!(times.is_sorted() && times.len() == 3, "{times:?}");
        let hours = times[2].duration_since(times[0]).unwrap();
        assert!(hours.abs_diff(Duration::from_secs(7200)) <= real.elapsed(), "{hours:?}");
    });
}

/// A consumer of the rejects that does not come holds up the stage, in every form, and gets all of them.
#[test]
fn holds_up_the_stage_and_loses_nothing() {
    macro_rules! case {
        ($($policy:tt)*) => {
            paused(|live| async move {
                let gate = Gate::default();
                let pipeline = pipeline! {
                    #![error(Wrong)]
                    #![buffer(2)]
                    clone gate;
                    source a = 0..100u64;
                    #[$($policy)*]
                    stage b = a.map(async |ref n| wrong_at(*n / 10 * 10, *n)?) else bad;
                    sink good = b.count();
                    sink letters = bad.map(async |letter| {
                        gate.pass().await;
                        letter.into_parts().0.unwrap()
                    }).collect::<Vec<_>>();
                };
                let running = pipeline.spawn();
                sleep(millis(60_000)).await;
                let stage = running.report().stage("b").unwrap().clone();
                assert!(stage.rejected <= 6 && stage.done < 70, "{}", running.report());
                gate.open();
                let outcome = live.wait(running).await;
                let stage = outcome.report.stage("b").unwrap();
                assert_eq!((stage.done, stage.rejected, stage.discarded), (90, 10, 0));
                assert_eq!(outcome.result.unwrap(), (90, (0..100).step_by(10).collect::<Vec<_>>()));
            });
        };
    }
    case!(buffer(2));
    case!(workers(2));
    case!(in_flight(2));
    case!(retry(attempts = 2));
    case!(inline);
}
