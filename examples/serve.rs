//! A web service whose requests share one batched pipeline: a database that answers in bulk is asked once for many of them.
//!
//! Shows request and reply through a pipeline (each job carries a `oneshot` sender), `batch` by size or age, an axum handler in front of
//! it, and a graceful end: the server stops first, which ends the source, and what is in flight is answered. By itself it puts load on
//! a port of 127.0.0.1 and checks every answer; `cargo run --release --example serve -- 127.0.0.1:3000` serves until Ctrl-C.

use std::{collections::BTreeMap, net::SocketAddr, time::Duration};

use axum::{
    Router,
    extract::{Path, State},
    http::StatusCode,
    routing::get,
};
use pipeline_examples::http::Connection;
use pipeline_runtime::{BoxError, Pipeline, pipeline};
use tokio::{
    net::TcpListener,
    sync::{mpsc, oneshot},
    task::JoinSet,
    time::sleep,
};

/// One request: whose square is asked for, and where the answer goes.
struct Job {
    number: u64,
    reply: oneshot::Sender<u64>,
}

/// How many batches there were of each size.
type Sizes = BTreeMap<usize, u64>;

pipeline! {
    /// Answers all jobs, and says in what batches.
    fn answer(jobs: mpsc::Receiver<Job>) -> Pipeline<Sizes> {
        source jobs = jobs;

        // nobody waits for an answer any more: the client has hung up
        stage wanted = jobs.filter(|job| !job.reply.is_closed());

        // a job waits for company no longer than 2 ms
        stage batches = wanted.batch(64, 2ms);

        #[in_flight(4)]
        stage answered = batches.map(async |jobs| {
            let numbers: Vec<u64> = jobs.iter().map(|job| job.number).collect();
            let squares = squares(&numbers).await?;
            let size = jobs.len();
            for (job, square) in jobs.into_iter().zip(squares) {
                // the client may have hung up by now
                let _ = job.reply.send(square);
            }
            size
        });

        sink sizes = answered.fold(Sizes::new(), |mut sizes, size| {
            *sizes.entry(size).or_default() += 1;
            sizes
        });
    }
}

/// Stands for a database that takes as long for one question as for a hundred.
async fn squares(numbers: &[u64]) -> Result<Vec<u64>, BoxError> {
    sleep(Duration::from_millis(5)).await;
    Ok(numbers.iter().map(|number| number * number).collect())
}

/// `GET /square/12` is answered with `144`.
async fn square(Path(number): Path<u32>, State(jobs): State<mpsc::Sender<Job>>) -> Result<String, StatusCode> {
    let (reply, answer) = oneshot::channel();
    let job = Job { number: number.into(), reply };
    // both fail if the pipeline has failed: its jobs are gone, and with them their senders
    jobs.send(job).await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let square = answer.await.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    Ok(square.to_string())
}

/// Serves until `stop` ends and all requests have been answered.
async fn serve(listener: TcpListener, stop: impl Future<Output = ()> + Send + 'static) -> Result<Sizes, BoxError> {
    let (jobs, inbox) = mpsc::channel(1024);
    let answers = answer(inbox).spawn();
    let app = Router::new().route("/square/{number}", get(square)).with_state(jobs);
    // with the server go the last senders of jobs: the source ends, and all that was sent is answered
    axum::serve(listener, app).with_graceful_shutdown(stop).await?;
    Ok(answers.wait().await.result?)
}

#[tokio::main]
async fn main() -> Result<(), BoxError> {
    let Some(address) = std::env::args().nth(1) else { return load().await };
    let sizes = serve(TcpListener::bind(address).await?, async {
        let _ = tokio::signal::ctrl_c().await;
    });
    println!("{}", render(&sizes.await?));
    Ok(())
}

/// So many clients ask at once,
const CLIENTS: u32 = 64;
/// each so often.
const REQUESTS: u32 = 32;

/// Runs the service, asks it, checks that each client got the answer to its own question and that all were answered in batches.
async fn load() -> Result<(), BoxError> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let (stop, stopped) = oneshot::channel();
    let server = tokio::spawn(serve(listener, async move {
        // told to stop, or nobody is left to tell it
        let _ = stopped.await;
    }));

    let mut clients: JoinSet<_> = (0..CLIENTS).map(|client| ask(address, client)).collect();
    while let Some(asked) = clients.join_next().await {
        asked??;
    }
    let _ = stop.send(());
    let sizes = server.await??;

    let answers: u64 = sizes.iter().map(|(&size, &batches)| size as u64 * batches).sum();
    let batches: u64 = sizes.values().sum();
    println!("{}", render(&sizes));
    if answers != u64::from(CLIENTS * REQUESTS) || batches == answers {
        return Err(format!("{answers} answers in {batches} batches").into());
    }
    println!("check: {answers} answers, each to its own request, in {batches} batches");
    Ok(())
}

fn render(sizes: &Sizes) -> String {
    let sizes: Vec<_> = sizes.iter().map(|(size, batches)| format!("{batches}x{size}")).collect();
    format!("batches: {}", sizes.join(" "))
}

/// One client: asks for squares that nobody else asks for, over one connection.
async fn ask(address: SocketAddr, client: u32) -> Result<(), BoxError> {
    let mut connection = Connection::open(address).await?;
    for number in (0..REQUESTS).map(|request| client * REQUESTS + request) {
        let answer = connection.get(&format!("/square/{number}")).await?;
        if answer.status != 200 || answer.body != (u64::from(number) * u64::from(number)).to_string() {
            return Err(format!("{}: the square of {number} is not {}", answer.status, answer.body).into());
        }
    }
    Ok(())
}
