//! `retry` on a source: when what it is made of has ended in an error, it is made again after a wait.
//!
//! Each time it is given an output of its own over the same edge, so that what it has sent stays sent, and an output that
//! was taken elsewhere sends nothing more once its turn is over. Generated code has the loop:
//!
//! ```text
//! let mut times = retried.times(&policies);
//! loop {
//!     let made = body((&mut times).begin()).await;
//!     if let Some(result) = (&mut times).ended(made).await { break result }
//! }
//! ```

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::*};

use super::blocking::on_one_thread;
use super::{BlockingOutput, Generator, Out, Output, Results, Task, Way};
use crate::core::Core;
use crate::edge::Sender;
use crate::ledger::Run;
use crate::policy::{Attempts, Policies};

/// The attempts at a source.
struct Tries<'a, E> {
    attempts: Attempts<'a, E>,
    core: Arc<Core>,
    /// Items that it had given when the last one began.
    given: u64,
}

impl<'a, E> Tries<'a, E> {
    fn new(policies: &'a Policies<E>, core: Arc<Core>) -> Self {
        Self { attempts: policies.attempts(), core, given: 0 }
    }

    /// One begins, so many items having been given before.
    fn begin(&mut self, given: u64) {
        self.attempts.begin_beside();
        self.given = given;
    }

    /// It has failed, so many items having been given by now. Waits until it is time for the next (`None`), or says what
    /// the source has come to: there is no further one once the sources were asked to stop.
    async fn failed(&mut self, error: E, given: u64) -> Option<Result<(), E>> {
        if given > self.given {
            self.attempts.begin_anew();
        }
        let drain = self.core.drain();
        tokio::select! {
            biased;
            given_up = self.attempts.again(error) => match given_up {
                Some(error) => Some(Err(error)),
                None => drain.is_given().then_some(Ok(())),
            },
            () = drain.wait() => Some(Ok(())),
        }
    }
}

/// A source with `retry`: where its items go, whenever it is made.
pub struct RetriedSource<T, E> {
    way: Way<T>,
    run: Arc<Run<E>>,
    /// The stage's number in the run's graph.
    stage: usize,
    driving: Arc<AtomicBool>,
    blocking: bool,
}

impl<T: Send, E: Send + Sync> RetriedSource<T, E> {
    pub(crate) fn new(way: Way<T>, run: Arc<Run<E>>, stage: usize) -> Self {
        Self { way, run, stage, driving: Arc::default(), blocking: false }
    }

    /// A source that may block: nothing is kept back while it does.
    pub fn blocking(self) -> Self {
        Self { blocking: true, ..self }
    }

    /// The times that it is made.
    pub fn times(self, policies: &Policies<E>) -> Times<'_, T, E> {
        let tries = Tries::new(policies, self.run.core.clone());
        Times { source: self, tries }
    }

    /// Tells whether a graceful stop is the driver's business.
    pub(crate) fn driving(&self) -> Arc<AtomicBool> {
        self.driving.clone()
    }

    /// An output for the next time.
    fn out(&mut self) -> Out<T, E> {
        let out = Out::driven(self.way.share(), Task::new(self.run.clone(), self.stage), self.driving.clone());
        if self.blocking { out.blocking() } else { out }
    }

    /// How many items have been given.
    fn given(&self) -> u64 {
        self.way.given(self.run.core.stage(self.stage))
    }
}

impl<T: Send, E: Send + Sync> RetriedSource<Result<T, E>, E> {
    /// The times that it is made, if it ends with its first item that is an `Err`.
    pub fn times_of_results(self, policies: &Policies<E>) -> TimesOfResults<'_, T, E> {
        TimesOfResults { times: self.times(policies), by_item: Arc::default() }
    }
}

/// The times that a source is made, one after the other.
pub struct Times<'a, T, E> {
    source: RetriedSource<T, E>,
    tries: Tries<'a, E>,
}

impl<T: Send, E: Send + Sync> Times<'_, T, E> {
    /// It is made: where its items go.
    pub fn begin(&mut self) -> Out<T, E> {
        self.tries.begin(self.source.given());
        self.source.out()
    }

    /// This is what it has come to. Waits until it is to be made again (`None`), or says what it has come to in the end.
    pub async fn ended(&mut self, made: Result<(), E>) -> Option<Result<(), E>> {
        let Err(error) = made else { return Some(Ok(())) };
        // A graceful stop is not the driver's business any more, but that of who waits.
        self.source.driving.store(false, Release);
        self.tries.failed(error, self.source.given()).await
    }
}

/// As [`Times`], of a source that ends with its first item that is an `Err`.
pub struct TimesOfResults<'a, T, E> {
    times: Times<'a, Result<T, E>, E>,
    /// It was an item that has ended it the last time.
    by_item: Arc<AtomicBool>,
}

impl<T: Send, E: Send + Sync> TimesOfResults<'_, T, E> {
    /// It is made: where its items go.
    pub fn begin<X>(&mut self) -> Results<Result<T, X>, T, E>
    where
        E: From<X>,
    {
        let results = Results::new(self.times.begin(), |result: Result<T, X>| result.map_err(E::from));
        self.by_item = results.failed();
        results
    }

    /// As [`Times::ended`]. If it is an item that is given up, it takes its place behind the others.
    pub async fn ended(&mut self, made: Result<(), E>) -> Option<Result<(), E>> {
        match self.times.ended(made).await {
            Some(Err(error)) if self.by_item.load(Acquire) => {
                self.times.source.out().finish_with(Err(error)).await;
                Some(Ok(()))
            }
            result => result,
        }
    }
}

/// A generator with `retry`: where its items go, whenever it is called.
pub struct RetriedGenerator<T> {
    core: Arc<Core>,
    /// The stage's number in the run's graph.
    stage: usize,
    sender: Sender<T>,
}

impl<T> RetriedGenerator<T> {
    pub(crate) fn new(core: Arc<Core>, stage: usize, sender: Sender<T>) -> Self {
        Self { core, stage, sender }
    }

    /// The times that it is called.
    pub fn times<E>(self, policies: &Policies<E>) -> GeneratorTimes<'_, T, E> {
        let tries = Tries::new(policies, self.core.clone());
        GeneratorTimes { generator: self, tries }
    }

    /// How many items have been sent.
    fn given(&self) -> u64 {
        self.core.stage(self.stage).emitted.load(Relaxed)
    }
}

/// The times that a generator is called, one after the other.
pub struct GeneratorTimes<'a, T, E> {
    generator: RetriedGenerator<T>,
    tries: Tries<'a, E>,
}

impl<T, E> GeneratorTimes<'_, T, E> {
    /// It is called: what it sends into, and what watches over it.
    pub fn begin(&mut self) -> (Output<T>, Generator<T>) {
        self.tries.begin(self.generator.given());
        let RetriedGenerator { core, stage, sender } = &mut self.generator;
        Generator::new(core.clone(), *stage, sender.share())
    }

    fn begin_blocking(&mut self) -> (BlockingOutput<T>, Generator<T>) {
        self.tries.begin(self.generator.given());
        let RetriedGenerator { core, stage, sender } = &mut self.generator;
        Generator::blocking(core.clone(), *stage, sender.share())
    }

    /// This is what it has come to. Waits until it is to be called again (`None`), or says what it has come to in the end.
    pub async fn ended(&mut self, made: Result<(), E>) -> Option<Result<(), E>> {
        let result = match made {
            Ok(()) => Some(Ok(())),
            Err(error) => self.tries.failed(error, self.generator.given()).await,
        };
        if let Some(Ok(())) = result {
            self.end();
        }
        result
    }

    /// All has been sent, over whichever output.
    fn end(&self) {
        self.generator.sender.closer().end();
    }
}

/// Calls a generator that blocks, on a thread of its own each time. `None`: it was stopped before it has come to anything.
pub(crate) async fn on_a_thread_each<T, E, F>(
    generator: RetriedGenerator<T>,
    policies: Arc<Policies<E>>,
    mut body: F,
) -> Option<Result<(), E>>
where
    T: Send + 'static,
    E: Send + 'static,
    F: FnMut(BlockingOutput<T>) -> Result<(), E> + Send + 'static,
{
    let (core, stage) = (generator.core.clone(), generator.stage);
    let mut times = generator.times(&policies);
    loop {
        let (output, generator) = times.begin_blocking();
        let called = move || {
            let result = body(output);
            (result, body)
        };
        let (made, back) = on_one_thread(called, core.source_stops(stage)).await.unzip();
        let Some(made) = generator.came_back(made) else {
            // It was stopped before it began, and that is an end if it was stopped gracefully.
            if core.is_draining() && !core.stage(stage).leave.is_given() {
                times.end();
            }
            return None;
        };
        tokio::select! {
            biased;
            result = times.ended(made) => if result.is_some() { return result },
            () = core.stage(stage).leave.wait() => return None,
        }
        body = back?;
    }
}
