//! A service of requests with replies: each request brings the place for its answer along.

use std::time::Duration;

use pipeline_runtime::{Pipeline, pipeline};
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};
use tokio::sync::{mpsc, oneshot};

use crate::support::*;

struct Request {
    account: u64,
    amount: u64,
    reply: oneshot::Sender<Answer>,
}

#[derive(Debug, PartialEq, Eq, Clone, Copy)]
struct Answer {
    /// The how many-th request of the account.
    turn: u64,
    balance: u64,
}

/// Bookings: those of one account in order, those of several side by side.
fn bookings(requests: mpsc::Receiver<Request>, live: &Live) -> Pipeline<u64> {
    let live = live.clone();
    pipeline! {
        source requests = requests;

        #[workers(4), keyed(|request| request.account), unordered]
        stage answers = requests.scan((0u64, 0u64), async |(turn, balance), request| {
            let _guard = live.guard();
            *turn += 1;
            *balance += request.amount;
            for _ in 0..request.amount % 3 {
                tokio::task::yield_now().await;
            }
            (request.reply, Answer { turn: *turn, balance: *balance })
        });

        // Who does not wait any more is no failure.
        sink answered = answers.for_each(|(reply, answer)| { let _ = reply.send(answer); });
        answered
    }
}

/// Clients that ask in bursts, some of which leave before the answer.
#[test]
fn each_account_in_order() {
    let seed: u64 = rand::rng().random();
    eprintln!("seed {seed}");
    for kind in [On::One, On::Two] {
        on(kind, move |live| async move {
            let (tx, rx) = mpsc::channel(64);
            let running = bookings(rx, &live).spawn();
            let clients = (0..20u64).map(|account| {
                let tx = tx.clone();
                let mut rng = SmallRng::seed_from_u64(seed ^ account);
                tokio::spawn(async move {
                    let mut expected = Answer { turn: 0, balance: 0 };
                    for _ in 0..20 {
                        let mut burst = Vec::new();
                        for _ in 0..rng.random_range(1..10) {
                            let (reply, answer) = oneshot::channel();
                            let amount = rng.random_range(0..100);
                            tx.send(Request { account, amount, reply }).await.unwrap();
                            expected = Answer { turn: expected.turn + 1, balance: expected.balance + amount };
                            burst.push((answer, expected));
                        }
                        for (answer, expected) in burst {
                            if rng.random_ratio(4, 5) {
                                assert_eq!(answer.await.unwrap(), expected, "account {account}");
                            }
                        }
                    }
                    expected.turn
                })
            });
            let clients: Vec<_> = clients.collect();
            drop(tx);
            let mut asked = 0;
            for client in clients {
                asked += client.await.unwrap();
            }
            assert_eq!(live.wait(running).await.result.unwrap(), asked);
        });
    }
}

/// A graceful stop: what was accepted is answered, what was not is refused at once, and nobody waits for ever.
#[test]
fn stopped_in_the_middle() {
    let seed: u64 = rand::rng().random();
    eprintln!("seed {seed}");
    for kind in [On::One, On::Two] {
        on(kind, move |live| async move {
            let rng = &mut SmallRng::seed_from_u64(seed);
            for _ in 0..20 {
                let (tx, rx) = mpsc::channel(16);
                let running = bookings(rx, &live).spawn();
                let clients = (0..8u64).map(|account| {
                    let tx = tx.clone();
                    tokio::spawn(async move {
                        for turn in 1.. {
                            let (reply, answer) = oneshot::channel();
                            if tx.send(Request { account, amount: turn, reply }).await.is_err() {
                                return turn - 1;
                            }
                            assert_eq!(answer.await.expect("an accepted request is answered").turn, turn);
                        }
                        unreachable!()
                    })
                });
                let clients: Vec<_> = clients.collect();
                tokio::time::sleep(Duration::from_micros(rng.random_range(0..2_000))).await;
                running.shutdown();
                let mut answered = 0;
                for client in clients {
                    answered += client.await.unwrap();
                }
                assert_eq!(live.wait(running).await.result.unwrap(), answered);
            }
        });
    }
}
