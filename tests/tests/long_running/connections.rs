//! Ten thousand connections, each with a pipeline of its own, in one independent group.

use std::collections::BTreeMap;
use std::fmt;
use std::panic::resume_unwind;
use std::time::Duration;

use pipeline_runtime::{Cause, Group, Independent, Pipeline, pipeline};
use rand::rngs::SmallRng;
use rand::seq::SliceRandom;
use rand::{Rng, SeedableRng};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, DuplexStream, duplex, split};

use crate::support::*;

const CONNECTIONS: usize = 10_000;

/// All of them, on a machine that is busy with other things.
const LIMIT: Duration = Duration::from_secs(120);

/// The error of a connection. It is counted while it lives, so that it is seen whether anybody keeps it.
struct Broken {
    connection: usize,
    refused: bool,
    _guard: Guard,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "connection {} is broken", self.connection)
    }
}

impl fmt::Debug for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Broken {}

/// What a connection's pipeline gives, counted likewise.
struct Served {
    connection: usize,
    _guard: Guard,
}

/// Doubles each number; `refuse` fails and `panic` does so.
fn serve(connection: usize, io: DuplexStream, live: &Live, begun: &Counter) -> Pipeline<Served, Broken> {
    let (at_stage, at_sink, at_end, begun) = (live.clone(), live.clone(), live.clone(), begun.clone());
    let captured = live.guard();
    let broken = move |live: &Live, refused| Broken { connection, refused, _guard: live.guard() };
    let (read, mut write) = split(io);
    pipeline! {
        #![error(Broken)]
        #![buffer(4)]
        let served = Served { connection, _guard: at_end.guard() };
        source lines = { begun.add(); BufReader::with_capacity(32, read).lines() };
        stage answers = lines.map(async |line| {
            let _guards = (&captured, at_stage.guard());
            let line = line.map_err(|_| broken(&at_stage, false))?;
            match line.as_str() {
                "refuse" => Err(broken(&at_stage, true))?,
                // A panic without the hook, which would print thousands of them.
                "panic" => resume_unwind(Box::new(format!("connection {connection} panicked"))),
                number => 2 * number.parse::<u64>().map_err(|_| broken(&at_stage, false))?,
            }
        });
        sink sent = answers.for_each(async |answer| {
            let answer = format!("{answer}\n");
            write.write_all(answer.as_bytes()).await.map_err(|_| broken(&at_sink, false))?;
        });
        { let _ = sent; served }
    }
}

/// What a client does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Client {
    /// Goes without a word.
    Silent,
    /// Goes in the middle of a request.
    HalfWay,
    /// Goes without waiting for its answer.
    Impatient,
    Refused,
    Panics,
    /// Gets its answers, and stays.
    Stays,
}

impl Client {
    /// Half of them are dropped by their clients.
    fn random(rng: &mut SmallRng) -> Self {
        match rng.random_range(0..12) {
            0..2 => Self::Silent,
            2..4 => Self::HalfWay,
            4..6 => Self::Impatient,
            6..8 => Self::Refused,
            8..10 => Self::Panics,
            _ => Self::Stays,
        }
    }

    /// What the client says before it goes.
    fn says(self) -> &'static [u8] {
        match self {
            Self::Silent | Self::Stays => b"",
            Self::HalfWay => b"12\n3",
            Self::Impatient => b"1\n2\n3\n",
            Self::Refused => b"refuse\n",
            Self::Panics => b"panic\n",
        }
    }
}

async fn ask(io: &mut DuplexStream, number: u64) {
    io.write_all(format!("{number}\n").as_bytes()).await.unwrap();
    let expected = format!("{}\n", 2 * number);
    let mut answer = vec![0; expected.len()];
    io.read_exact(&mut answer).await.unwrap();
    assert_eq!(answer, expected.as_bytes());
}

async fn until_left(group: &Independent<Served, Broken>, left: usize) {
    while group.len() > left {
        tokio::task::yield_now().await;
    }
    assert_eq!(group.len(), left);
}

/// What is told of a connection's end.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Told {
    Ended,
    /// Refused by the pipeline itself.
    Refused,
    /// Could not be written to.
    Unwritable,
    Panicked,
}

/// One fails and the others live; each end is told once; nothing is kept of a member that has ended.
async fn storm(live: Live, seed: u64) {
    let rng = &mut SmallRng::seed_from_u64(seed);
    let (ended, failed) = (Log::default(), Log::default());
    let (ended_2, failed_2) = (ended.clone(), failed.clone());
    let group = Group::independent()
        .on_end(move |outcome: &pipeline_runtime::Outcome<Served, Broken>| {
            accounted(&outcome.report);
            if let Ok(served) = &outcome.result {
                ended_2.push((served.connection, Told::Ended));
            }
        })
        .on_failure(move |failure| {
            failed_2.push(match failure.cause() {
                Cause::Error(broken) if broken.refused => (broken.connection, Told::Refused),
                Cause::Error(broken) => (broken.connection, Told::Unwritable),
                Cause::Panic(message) => {
                    assert_eq!(failure.stage(), Some("answers"));
                    (message.split(' ').nth(1).unwrap().parse().unwrap(), Told::Panicked)
                }
                _ => panic!("{failure}"),
            });
        });

    live.step("accept");
    let (begun, mut clients) = (Counter::default(), Vec::new());
    for connection in 0..CONNECTIONS {
        let (client, server) = duplex(32);
        group.spawn(serve(connection, server, &live, &begun));
        clients.push((connection, Client::random(rng), client));
    }
    assert_eq!(group.len(), CONNECTIONS);
    let kinds: Vec<Client> = clients.iter().map(|(_, kind, _)| *kind).collect();

    live.step("most of them go");
    clients.shuffle(rng);
    let mut staying = Vec::new();
    let mut waiting = Vec::new();
    for (connection, kind, mut io) in clients {
        io.write_all(kind.says()).await.unwrap();
        match kind {
            Client::Stays => {
                ask(&mut io, 21).await;
                staying.push((connection, io));
            }
            // Stay connected: what ends these is their failure.
            Client::Refused | Client::Panics => waiting.push(io),
            _ => drop(io),
        }
    }
    until_left(&group, staying.len()).await;
    drop(waiting);

    live.step("the others know nothing of it");
    for (number, (_, io)) in staying.iter_mut().enumerate() {
        ask(io, number as u64).await;
    }
    assert_eq!(group.len(), staying.len());
    // Of each its value to be and what its closure has captured: nothing of the others is left.
    assert_eq!(live.count(), 2 * staying.len());

    live.step("they go too");
    drop(staying);
    let summary = group.wait().await;
    assert_eq!(live.count(), 0);

    let told: Vec<(usize, Told)> = ended.all().into_iter().chain(failed.all()).collect();
    assert_eq!(told.len(), CONNECTIONS);
    let told: BTreeMap<usize, Told> = told.into_iter().collect();
    assert_eq!(told.len(), CONNECTIONS, "an end was told twice");
    for (connection, told) in &told {
        let right = match kinds[*connection] {
            Client::Silent | Client::Stays => *told == Told::Ended,
            Client::HalfWay | Client::Impatient => matches!(told, Told::Ended | Told::Unwritable),
            Client::Refused => *told == Told::Refused,
            Client::Panics => *told == Told::Panicked,
        };
        assert!(right, "connection {connection}, {:?}: {told:?}", kinds[*connection]);
    }
    let counts = (summary.succeeded as usize, summary.failed as usize, summary.cancelled);
    assert_eq!(counts, (ended.len(), failed.len(), 0));
    assert_eq!(summary.panicked_callbacks, 0);
    assert!(summary.first_failure.is_none(), "it was told already");
}

fn storm_on(kind: On) {
    let seed = rand::rng().random();
    eprintln!("seed {seed}");
    limited(kind, 4, LIMIT, move |live| storm(live, seed));
}

#[test]
fn one_fails_and_the_others_live() {
    storm_on(On::Two);
}

#[test]
fn one_fails_and_the_others_live_on_one_thread() {
    storm_on(On::One);
}

/// So many idle connections.
async fn idle(live: &Live) -> (Independent<Served, Broken>, Vec<DuplexStream>) {
    let group = Group::independent();
    let (begun, mut clients) = (Counter::default(), Vec::new());
    for connection in 0..CONNECTIONS {
        let (client, server) = duplex(32);
        group.spawn(serve(connection, server, live, &begun));
        clients.push(client);
    }
    while begun.get() < CONNECTIONS {
        tokio::task::yield_now().await;
    }
    (group, clients)
}

#[test]
fn idle_ones_are_shut_down() {
    limited(On::Two, 4, LIMIT, |live| async move {
        let (group, mut clients) = idle(&live).await;
        clients[7].write_all(b"4").await.unwrap();
        group.shutdown();
        let summary = group.wait().await;
        assert_eq!(live.count(), 0);
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (CONNECTIONS as u64, 0, 0));
        assert_eq!(clients[7].read(&mut [0; 8]).await.unwrap(), 0, "the connection is closed");
    });
}

#[test]
fn idle_ones_are_cancelled() {
    limited(On::One, 4, LIMIT, |live| async move {
        let (group, clients) = idle(&live).await;
        group.cancel();
        let summary = group.wait().await;
        assert_eq!(live.count(), 0);
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (0, 0, CONNECTIONS as u64));
        drop(clients);
    });
}

#[test]
fn idle_ones_are_dropped() {
    limited(On::Two, 4, LIMIT, |live| async move {
        let (group, clients) = idle(&live).await;
        drop(group);
        live.step("all end");
        while live.count() > 0 {
            tokio::task::yield_now().await;
        }
        drop(clients);
    });
}

/// A server that runs for long: connections one after the other, of which nothing stays.
#[test]
fn nothing_is_kept_of_the_ended() {
    limited(On::Two, 4, LIMIT, |live| async move {
        let (group, begun) = (Group::independent(), Counter::default());
        for round in 0..CONNECTIONS / 10 {
            let mut clients = Vec::new();
            for connection in 0..10 {
                let (mut client, server) = duplex(32);
                group.spawn(serve(round * 10 + connection, server, &live, &begun));
                client.write_all(if connection % 2 == 0 { b"refuse\n" } else { b"1\n" }).await.unwrap();
                clients.push(client);
            }
            drop(clients);
            until_left(&group, 0).await;
            // The group keeps the first failure, and no other one.
            while live.count() > 1 {
                tokio::task::yield_now().await;
            }
        }
        let summary = group.wait().await;
        assert_eq!(summary.succeeded + summary.failed, CONNECTIONS as u64);
        assert!(summary.failed >= CONNECTIONS as u64 / 2);
        assert!(summary.first_failure.is_some());
    });
}
