//! One run of the pipeline against a service, and what is known of it afterwards.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use futures::StreamExt;
use pipeline_runtime::{BoxError, Breaker, BreakerAccount, BreakerTransition, Failure, Report, SettingError};

use tokio::sync::Semaphore;

use crate::{chaos::Chaos, client::Client, pipeline::enrich, service::Service, store::Store};

/// How many connections there may be at once, of all who use the service.
const CONNECTIONS: usize = 8;
/// How many at once ask the service whether it is back.
pub(crate) const PROBES: u32 = 2;

/// For how long a job waits.
#[derive(Clone, Copy)]
pub(crate) struct Patience {
    /// Before it asks again, at first; sixteen times as long in the end.
    pub(crate) back_off: Duration,
    /// When it is stopped, for what is under way.
    pub(crate) drain: Duration,
}

/// A job that can be run.
pub(crate) struct Job {
    pub(crate) service: Service,
    orders: PathBuf,
    store: PathBuf,
}

/// What has come of it.
pub(crate) struct Done {
    pub(crate) result: Result<(u64, u64), Failure>,
    pub(crate) report: Report,
    /// When the service was asked.
    pub(crate) asked: Vec<Instant>,
    /// How many connections the service saw.
    pub(crate) connections: u64,
    pub(crate) transitions: Vec<BreakerTransition>,
    account: BreakerAccount,
    /// The lines that are in the database, be it as orders or as dead letters.
    pub(crate) lines: Vec<u64>,
    /// What the dead letters say, with how many say it.
    letters: Vec<(String, u64)>,
}

impl Job {
    /// Serves the service.
    pub(crate) async fn new(orders: &Path, store: &Path, chaos: Chaos) -> Result<Self, BoxError> {
        let service = Service::serve(chaos).await?;
        Ok(Self { service, orders: orders.to_owned(), store: store.to_owned() })
    }

    /// Does the job; `stop` ends it in order.
    pub(crate) async fn run(
        self,
        patience: Patience,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<Done, BoxError> {
        let client = Client::new(self.service.address())?;
        let breaker = breaker()?;
        let connections = Arc::new(Semaphore::new(CONNECTIONS));
        let transitions = tokio::spawn(breaker.transitions().collect());
        let (store, graveyard) = (Store::open(&self.store)?, Store::open(&self.store)?);
        let job = enrich(self.orders, client.clone(), connections, breaker.clone(), store, graveyard, patience);
        let outcome = job.shutdown_on(stop).spawn().wait().await;

        let account = breaker.account();
        // the last handle: there are no further transitions
        drop(breaker);
        let store = Store::open(&self.store)?;
        Ok(Done {
            result: outcome.result,
            report: outcome.report,
            asked: client.asked(),
            connections: self.service.connections(),
            transitions: transitions.await?,
            account,
            lines: store.lines()?,
            letters: store.epitaphs()?,
        })
    }
}

/// Thinks that the service is down when several requests in a row have failed.
fn breaker() -> Result<Breaker, SettingError> {
    Breaker::builder()
        .name("customers")
        .consecutive_failures(6)
        .open_for(Duration::from_millis(40))
        .open_factor(2.0)
        .open_at_most(Duration::from_millis(160))
        .half_open_calls(PROBES)
        .build()
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.report)?;
        writeln!(f, "breaker: {}", self.account)?;
        for (letter, count) in &self.letters {
            writeln!(f, "{count:>6} dead: {letter}")?;
        }
        match &self.result {
            Ok((stored, dead)) => {
                write!(f, "{stored} orders stored, {dead} dead letters, {} requests", self.asked.len())
            }
            Err(failure) => write!(f, "{failure}"),
        }
    }
}
