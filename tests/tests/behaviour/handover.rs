//! What a stage has produced is handed over before its task waits for anything.

use futures::StreamExt;
use pipeline_runtime::pipeline;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::support::*;

/// Where a sink tells what it has seen.
fn seen() -> (UnboundedSender<u64>, UnboundedReceiver<u64>) {
    unbounded_channel()
}

async fn sees(rx: &mut UnboundedReceiver<u64>, items: impl IntoIterator<Item = u64>) {
    for n in items {
        assert_eq!(rx.recv().await, Some(n));
    }
}

/// Items before a body that waits.
#[test]
fn before_a_body_that_waits() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..6u64;
            stage b = a.map(|n| n);
            stage c = b.map(async |n| { if n == 4 { gate_2.pass().await; } n });
            stage d = c.filter(|_| true);
            sink s = d.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("what comes before the body that waits");
        sees(&mut rx, 0..4).await;
        gate.open();
        sees(&mut rx, 4..6).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// Each kind of operator whose body can wait.
#[test]
fn before_any_operator_that_waits() {
    all(|live| async move {
        let gates = [0; 8].map(|_| Gate::default());
        let [g0, g1, g2, g3, g4, g5, g6, g7] = gates.clone();
        let (tx, mut rx) = seen();
        let running = pipeline! {
            source a = 0..10u64;
            stage b = a.filter(async |n| { if *n == 8 { g0.pass().await; } true });
            stage c = b.filter_map(async |n| { if n == 7 { g1.pass().await; } Some(n) });
            stage d = c.inspect(async |n| { if *n == 6 { g2.pass().await; } });
            stage e = d.flat_map(async |n| { if n == 5 { g3.pass().await; } vec![n] });
            stage f = e.scan(0u64, async |_, n| { if n == 4 { g4.pass().await; } n });
            stage g = f.map_init(|| 0u64, async |_, n| { if n == 3 { g5.pass().await; } n });
            stage h = g.take_while(async |n| { if *n == 2 { g6.pass().await; } true });
            stage i = h.skip_while(async |n| { if *n == 1 { g7.pass().await; } false });
            sink s = i.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("one by one");
        for n in 0..8 {
            sees(&mut rx, [n]).await;
            gates[7 - n as usize].open();
        }
        sees(&mut rx, 8..10).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 10);
    });
}

/// A body of the same stage that waits behind parts which were made already.
#[test]
fn between_the_parts_of_a_stream() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..2u64;
            stage b = a.flat_map(|n| {
                let gate = gate_2.clone();
                futures::stream::iter(0..3u64).then(move |part| {
                    let gate = gate.clone();
                    async move { if part == 2 { gate.pass().await; } n * 10 + part }
                })
            });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("the parts before the one that waits");
        sees(&mut rx, [0, 1]).await;
        gate.let_through(1);
        sees(&mut rx, [2, 10, 11]).await;
        gate.open();
        sees(&mut rx, [12]).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// A source that waits between two items, as a stream, as an expression with a body of its own.
#[test]
fn between_the_items_of_a_source() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = futures::stream::unfold(0u64, move |n| {
                let gate = gate_2.clone();
                async move { if n % 3 == 2 { gate.pass().await; } (n < 6).then_some((n, n + 1)) }
            });
            sink s = a.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("first");
        sees(&mut rx, 0..2).await;
        gate.let_through(1);
        live.step("second");
        sees(&mut rx, 2..5).await;
        gate.let_through(1);
        sees(&mut rx, 5..6).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// A `process` body that waits for something of its own.
#[test]
fn in_process() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..8u64;
            stage b = a.process(async |input, output| {
                while let Some(n) = input.next().await {
                    output.send(n).await;
                    if n % 3 == 2 { gate_2.pass().await; }
                }
            });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("first");
        sees(&mut rx, 0..3).await;
        gate.let_through(1);
        live.step("second");
        sees(&mut rx, 3..6).await;
        gate.let_through(1);
        sees(&mut rx, 6..8).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 8);
    });
}

/// Under `blocking` after each item: the thread may stand still in the next body.
#[test]
fn under_blocking() {
    both(|live| async move {
        let (gate, source_gate, (tx, mut rx)) = (Gate::default(), Gate::default(), seen());
        let (gate_2, source_gate_2) = (gate.clone(), source_gate.clone());
        let running = pipeline! {
            #[blocking]
            source a = (0..6u64).inspect(move |n| if *n > 2 { source_gate_2.pass_blocking() });
            #[blocking]
            stage b = a.map(|n| { gate_2.pass_blocking(); n });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("one by one");
        for n in 0..6 {
            if n > 2 {
                source_gate.let_through(1);
            }
            gate.let_through(1);
            sees(&mut rx, [n]).await;
        }
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// Under `blocking` with workers, in order.
#[test]
fn under_blocking_with_workers() {
    both(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..500u64;
            #[blocking, workers(2)]
            stage b = a.map(|n| { if n > 400 { gate_2.pass_blocking(); } n });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("before the bodies that wait");
        sees(&mut rx, 0..=400).await;
        gate.open();
        sees(&mut rx, 401..500).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 500);
    });
}

/// Results of bodies in flight, while others are still out; in order, and not.
#[test]
fn in_flight() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..6u64;
            #[in_flight(4)]
            stage b = a.map(async |n| { if n >= 3 { gate_2.pass().await; } n });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("ordered");
        sees(&mut rx, 0..3).await;
        gate.open();
        sees(&mut rx, 3..6).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 6);

        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..6u64;
            #[in_flight(4), unordered]
            stage b = a.map(async |n| { if n < 3 { gate_2.pass().await; } n });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("unordered");
        sees(&mut rx, 3..6).await;
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), 6);
    });
}

/// Ordered workers: whatever has its turn comes out, though the worker that has made it stands still in its next body,
/// and though its turn came only afterwards.
#[test]
fn of_ordered_workers() {
    both(|live| async move {
        for offset in [0, 1] {
            let (tx, mut rx) = seen();
            let fast = 600 + offset;
            let gates: std::sync::Arc<Vec<Gate>> = std::sync::Arc::new((0..300).map(|_| Gate::default()).collect());
            let gates_2 = gates.clone();
            let running = pipeline! {
                source a = 0..fast + 300;
                #[workers(2)]
                stage b = a.map(async |n| {
                    // Units have grown to many items before the first body waits.
                    if n >= fast { gates_2[(n - fast) as usize].pass().await; }
                    n
                });
                sink s = b.for_each(|n| tx.send(n).unwrap());
                s
            }
            .spawn();
            live.step("the fast ones");
            sees(&mut rx, 0..fast).await;
            for pair in 0..150 {
                live.step(if offset == 0 { "pairs, even" } else { "pairs, odd" });
                gates[2 * pair + 1].open();
                for _ in 0..20 {
                    tokio::task::yield_now().await;
                }
                gates[2 * pair].open();
                let first = fast + 2 * pair as u64;
                sees(&mut rx, [first, first + 1]).await;
            }
            assert_eq!(live.wait(running).await.result.unwrap(), fast + 300);
        }
    });
}

/// Parts of one item under ordered workers: the worker whose turn it is passes them on while it makes more.
#[test]
fn parts_under_ordered_workers() {
    all(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..3u64;
            #[workers(2)]
            stage b = a.flat_map(|n| {
                let gate = gate_2.clone();
                futures::stream::iter(0..3u64).then(move |part| {
                    let gate = gate.clone();
                    async move { if part == 2 { gate.pass().await; } n * 10 + part }
                })
            });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("the parts of the first item");
        sees(&mut rx, [0, 1]).await;
        gate.open();
        sees(&mut rx, [2, 10, 11, 12, 20, 21, 22]).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 9);
    });
}

/// Keyed workers, in order: the other key's worker stands still.
#[test]
fn of_keyed_workers() {
    both(|live| async move {
        let (gate, (tx, mut rx)) = (Gate::default(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            source a = 0..100u64;
            #[workers(2), keyed(|n| n % 7)]
            stage b = a.map(async |n| { if n == 60 { gate_2.pass().await; } n });
            sink s = b.for_each(|n| tx.send(n).unwrap());
            s
        }
        .spawn();
        live.step("all before the one that waits");
        sees(&mut rx, 0..60).await;
        gate.open();
        sees(&mut rx, 60..100).await;
        assert_eq!(live.wait(running).await.result.unwrap(), 100);
    });
}

/// Rejects too, and the branches of a `route` and a `tee`.
#[test]
fn on_all_outputs() {
    all(|live| async move {
        let (gate, (tx, mut rx), (tx_2, mut rx_2)) = (Gate::default(), seen(), seen());
        let gate_2 = gate.clone();
        let running = pipeline! {
            #![error(Wrong)]
            source a = 0..6u64;
            stage b = a.map(async |n| { if n == 4 { gate_2.pass().await; } wrong_at(n / 2 * 2, n)? }) else bad;
            stage (c, d) = b.tee();
            sink s = c.for_each(|n| tx.send(n).unwrap());
            sink t = d.count();
            sink u = bad.for_each(|rejected| tx_2.send(*rejected.item().unwrap()).unwrap());
            (s, t, u)
        }
        .spawn();
        live.step("results");
        sees(&mut rx, [1, 3]).await;
        live.step("rejects");
        sees(&mut rx_2, [0, 2]).await;
        gate.open();
        assert_eq!(live.wait(running).await.result.unwrap(), (3, 3, 3));
    });
}

/// An item that nothing follows is not kept: round trips through a pipeline, one item at a time.
#[test]
fn round_trips() {
    all(|live| async move {
        let (tx, source) = tokio::sync::mpsc::channel::<u64>(1);
        let (back, mut rx) = seen();
        let running = pipeline! {
            source a = source;
            #[workers(2)]
            stage b = a.map(|n| n);
            #[in_flight(2)]
            stage c = b.map(async |n| n);
            stage d = c.process(async |input, output| { while let Some(n) = input.next().await { output.send(n).await; } });
            #[workers(2), keyed(|n| *n)]
            stage e = d.map(|n| n);
            #[in_flight(2), workers(2)]
            stage f = e.map(async |n| n);
            stage (g, h) = f.tee();
            stage i = zip(g, h).map(|(n, _)| n);
            sink s = i.for_each(|n| back.send(n).unwrap());
            s
        }
        .spawn();
        live.step("round trips");
        for n in 0..100 {
            tx.send(n).await.unwrap();
            sees(&mut rx, [n]).await;
        }
        drop(tx);
        assert_eq!(live.wait(running).await.result.unwrap(), 100);
    });
}
