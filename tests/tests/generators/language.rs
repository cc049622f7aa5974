//! How generators are written: forms, types, captures.

use pipeline_runtime::{BlockingOutput, Output, Pipeline, StageKind, pipeline};

use super::support::*;

pipeline! {
    /// Both kinds of generators in a function.
    fn numbers(prefix: String, n: u64, more: Vec<u64>) -> Pipeline<(Vec<String>, u64), Wrong> {
        let half = n / 2;
        clone prefix;
        source waiting: u64 = async |out| {
            for n in 0..half { out.send(n).await; }
            for n in half..n { out.send(n.to_string().parse()?).await; }
        };
        #[blocking, buffer(2)]
        source blocking: String = |mut out| {
            for n in more {
                if !out.send(format!("{prefix}{n}")) { return }
            }
        };
        stage texts = waiting.map(|n| format!("{prefix}{n}"));
        sink all = merge(texts, blocking).collect::<Vec<_>>();
        (all, half)
    }
}

#[test]
fn in_a_function() {
    all(|live| async move {
        let (mut all, half) = live.run(numbers("n".to_owned(), 4, vec![7, 8])).await.unwrap();
        all.sort();
        assert_eq!(all, ["n0", "n1", "n2", "n3", "n7", "n8"]);
        assert_eq!(half, 2);
    });
    let graph = NUMBERS_GRAPH;
    let sources = graph.stages.iter().filter(|stage| stage.kind == StageKind::Source);
    assert_eq!(sources.map(|stage| stage.name).collect::<Vec<_>>(), ["waiting", "blocking"]);
    assert!(graph.to_string().contains("source blocking"), "{graph}");
}

/// The item type comes from the `: TYPE` where the body leaves it open, and from the body where there is none.
#[test]
fn item_types() {
    all(|live| async move {
        let out = live
            .run(pipeline! {
                source a: Option<u8> = async |out| { out.send(None).await; out.send("3".parse().ok()).await; };
                sink s = a.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [None, Some(3)]);
        let out = live
            .run(pipeline! {
                #[blocking]
                source a: Vec<i64> = |out| { let _ = out.send(Vec::new()); };
                sink s = a.map(|v| v.len()).last();
            })
            .await;
        assert_eq!(out.unwrap(), Some(0));
    });
}

/// A parameter with a type, a body that is one expression, one that diverges, and `return`.
#[test]
fn forms_of_the_body() {
    all(|live| async move {
        async fn upto(out: &mut Output<u64>, n: u64) {
            for n in 0..n {
                out.send(n).await;
            }
        }
        fn down(out: &mut BlockingOutput<u64>, n: u64) {
            let _sent = (0..n).rev().all(|n| out.send(n));
        }
        let stop_at = 3u64;
        let out = live
            .run(pipeline! {
                #![error(Wrong)]
                source a = async |out: Output<u64>| upto(&mut out, 2).await;
                source b = async move |mut out| for n in 10u64.. {
                    if n == 10 + stop_at { return }
                    out.send(n).await;
                };
                source c = async |out| loop {
                    out.send(20u64).await;
                    if wrong_at(1, 0)? < 9 {
                        break;
                    }
                };
                #[blocking]
                source d = |out: BlockingOutput<u64>| down(&mut out, 2);
                sink s = concat(a, b, c, d).collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [0, 1, 10, 11, 12, 20, 1, 0]);
    });
}

/// What it sends may borrow nothing, and what it holds may: a generator keeps its own state across its waits.
#[test]
fn holds_what_it_borrows_from() {
    all(|live| async move {
        let text = "one two three".to_owned();
        let out = live
            .run(pipeline! {
                source a = async |out| {
                    let words: Vec<&str> = text.split(' ').collect();
                    for word in words {
                        tokio::task::yield_now().await;
                        out.send(word.len()).await;
                    }
                };
                sink s = a.collect::<Vec<_>>();
            })
            .await;
        assert_eq!(out.unwrap(), [3, 3, 5]);
    });
}
