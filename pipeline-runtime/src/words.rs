//! The words of the language as items, for editors: generated code names each word that a pipeline has, at its place, so
//! that hovering over it shows what stands here. Nothing calls them.

/// The operators, documented in the macro's crate beside what each becomes.
pub mod operators {
    pipeline_macros::operators!();
}

/// What begins a statement.
pub mod statements {
    /// `source NAME = expr;`: where items come from.
    ///
    /// The expression is evaluated in the source's own task when the run starts; `.await` and `?` work in it. It is
    /// anything iterable, any `Stream`, a receiver, tokio's `Lines`, or a generator `async |out| { … }`. With `input` in its
    /// place the pipeline is a fragment.
    pub const fn source() {}

    /// `stage NAME = stream.operator(…)…;`: a task, or with `workers(n)` n of them.
    ///
    /// Operators of one stage run fused, at the speed of a loop. `stage (a, b) = stream.tee();` has several outputs.
    pub const fn stage() {}

    /// `sink NAME = stream.operator(…)…;`: where items end.
    ///
    /// Its last operator is a terminal one. The tail has its value under its name.
    pub const fn sink() {}
}

/// What joins several streams into the input of a stage.
pub mod joins {
    /// `merge(a, b)`: items of all streams, as they come.
    ///
    /// `merge(Event::Tick(ticks), weak Event::Push(pushes))` wraps the items of each stream; it ends when all that are not
    /// `weak` have ended.
    pub const fn merge() {}

    /// `zip(a, b)`: tuples of one item of each stream. It ends with the first stream that ends.
    pub const fn zip() {}

    /// `concat(a, b)`: all items of the first stream, then all of the next.
    pub const fn concat() {}
}

/// Attributes of statements, branches and pipelines.
pub mod attributes {
    /// `#[workers(n)]`: n parallel tasks. The output's order is the input's.
    ///
    /// A closure is then `Fn + Sync`, shared by all. What keeps state from item to item needs `keyed` beside it.
    pub const fn workers() {}

    /// `#[unordered]`: gives up the order under `workers` or `in_flight`, for throughput.
    pub const fn unordered() {}

    /// `#[keyed(|x| key)]`: items of one key go to one worker, in order, and states are kept per key.
    ///
    /// With `idle = d` the states of a key are dropped when nothing of it has come for `d`.
    pub const fn keyed() {}

    /// `#[in_flight(n)]`: up to n `async` bodies of the stage at once.
    ///
    /// Operators before and after them run in order. Without an `async` operator: up to n streams of its one `flat_map`.
    pub const fn in_flight() {}

    /// `#[buffer(n)]`: items that the stage's output edge holds, 1024 unless set. 0 is a rendezvous.
    ///
    /// `#![buffer(n)]` is for all edges of the pipeline.
    pub const fn buffer() {}

    /// `#[blocking]`: the body may block, and runs on blocking threads. Also on sources.
    pub const fn blocking() {}

    /// `#[inline]`: the stage runs inside its producer's task: a name and a count of its own, no task, no edge.
    ///
    /// `#![inline]` is for all stages that can.
    pub const fn inline() {}

    /// `#[timeout(d)]`: how long an `async` body may take; what takes longer is dropped, and its item has failed.
    ///
    /// With `total = d` also how long all attempts at an item may take, the waits between them included.
    pub const fn timeout() {}

    /// `#[retry(attempts = n, backoff = 50ms..2s)]`: a body that fails is tried again with the same item, n times in all.
    ///
    /// Between them it waits, longer and longer, at random up to that: `jitter = none` for exactly that. `factor = f`,
    /// `max_elapsed = d`, `when = |e| …` and `after = |e| …` say more.
    pub const fn retry() {}

    /// `#[breaker(failure_rate = 0.5, …)]`: after too many failures no body is begun for some time, and the stage pauses.
    ///
    /// `breaker(&payments)` is one that is shared with others. What it counts and when it opens: [`Breaker`](crate::Breaker),
    /// whose builder has the options. With `open = fail` or `open = reject` it lets items fail instead.
    pub const fn breaker() {}

    /// `#[rate(n, per = d)]`: no more than n items in so much time; an item for which there is no room waits.
    ///
    /// With `burst = n` so many at once, with `by = |x| key` the items of each key. `rate(&limiter)` is shared with others.
    pub const fn rate() {}

    /// `#[limit(&semaphore)]`: a body runs while it holds a permit of a semaphore, which is shared with others.
    pub const fn limit() {}

    /// `#[on_error(fail | skip | reject)]`: what a failed item does: end the run, be counted, go to the `else` stream.
    ///
    /// `#[on_error(|e| match e { … => skip, _ => fail })]` decides it for each error, after the last attempt.
    pub const fn on_error() {}

    /// `#[on_cancel(drop | finish)]`: what a cancel does to an item whose body has begun: drop it where it waits, which is the
    /// default, or let it be finished within the drain time.
    pub const fn on_cancel() {}

    /// `#[lossy(drop_oldest | drop_newest)]` on a branch of a `tee`: when full it drops, counted, instead of slowing the
    /// others.
    pub const fn lossy() {}

    /// `#![error(TYPE)]`: the error type of a pipeline in block form, [`BoxError`](crate::BoxError) unless set.
    pub const fn error() {}

    /// `#![deadline(d)]`: the run fails when it has not ended by then.
    pub const fn deadline() {}

    /// `#![drain(d)]`: how long a shutdown may take to finish what is in flight, 10 s unless set.
    pub const fn drain() {}

    /// `#![retry_budget(ratio = 0.1, floor = 10, per = 1s)]`: how much all stages may try again, so that an outage is not
    /// multiplied.
    pub const fn retry_budget() {}

    /// `#![name = "…"]`: what the pipeline is called in failures and reports.
    pub const fn name() {}

    /// `#![deny(LINT, …)]`: promises that the build holds the pipeline to, as errors.
    pub const fn deny() {}

    /// `#![warn(LINT, …)]`: promises that the build holds the pipeline to, as warnings.
    pub const fn warn() {}

    /// `#![allow(LINT, …)]`: takes back a `deny` or `warn` before it.
    pub const fn allow() {}
}

/// Arguments that are given by name.
pub mod options {
    /// `unique = |x| key` of `recurse`: one item of each key is visited.
    pub const fn unique() {}

    /// `frontier = n` of `recurse`: how many found items may wait.
    pub const fn frontier() {}

    /// `every = d` of `window`: windows of time.
    pub const fn every() {}

    /// `count = n` of `window`: windows of a number of items.
    pub const fn count() {}

    /// `last = …` of `window`: each holds the last `d`, or the last `n` items, so that windows overlap.
    pub const fn last() {}

    /// `idle = d` of `keyed`: the states of a key are dropped when nothing of it has come for `d`.
    pub const fn idle() {}

    /// `total = d` of `timeout`: how long all attempts at an item may take, the waits between them included.
    pub const fn total() {}

    /// `attempts = n` of `retry`: how often an item is tried, the first time included.
    pub const fn attempts() {}

    /// `backoff = first..longest` of `retry`: the wait before the second attempt, and how long it may grow.
    pub const fn backoff() {}

    /// `jitter = full | none` of `retry`: whether each wait is drawn at random, up to what the back-off says.
    pub const fn jitter() {}

    /// `factor = f` of `retry`: what each wait is multiplied with for the next, 2 unless set.
    pub const fn factor() {}

    /// `max_elapsed = d` of `retry`: no attempt begins later than that after the first.
    pub const fn max_elapsed() {}

    /// `ratio = r` of `retry_budget`: for how many of the items of the window there may be another attempt.
    pub const fn ratio() {}

    /// `floor = n` of `retry_budget`: so many further attempts besides, however few the items.
    pub const fn floor() {}

    /// `per = d` of `rate`: the time in which so many items may go; of `retry_budget`: the window in which is counted.
    pub const fn per() {}

    /// `burst = n` of `rate`: how many items may go at once after a pause, as many as in a whole `per` unless set.
    pub const fn burst() {}

    /// `by = |x| key` of `rate`: the items of each key have a rate of their own.
    pub const fn by() {}

    /// `failure_rate = r` of `breaker`: opens when this share of the calls in the window has failed.
    pub const fn failure_rate() {}

    /// `count_window = n` of `breaker`: the rates are taken over the latest n calls, 100 unless set.
    pub const fn count_window() {}

    /// `time_window = d` of `breaker`: the rates are taken over the calls of the latest `d`.
    pub const fn time_window() {}

    /// `minimum_calls = n` of `breaker`: no rate counts while there are fewer calls in the window, 20 unless set.
    pub const fn minimum_calls() {}

    /// `consecutive_failures = n` of `breaker`: opens when n calls have failed and none between them has succeeded.
    pub const fn consecutive_failures() {}

    /// `slow_calls = d` of `breaker`: calls that take so long are slow, and are watched as failures are.
    pub const fn slow_calls() {}

    /// `slow_rate = r` of `breaker`: opens when this share of the calls in the window was slow, 0.5 unless set.
    pub const fn slow_rate() {}

    /// `classify = |result| …` of `breaker`: what a body has come to, as a [`Verdict`](crate::Verdict) or a class of
    /// `trip_on`.
    pub const fn classify() {}

    /// `trip_on = [Denied, Denied, Granted]` of `breaker`: opens when the latest calls were of these classes, in this order.
    pub const fn trip_on() {}

    /// `open_for = d` of `breaker`: how long it is open, 5 s unless set; `open_for = 5s..1m`: at first, and at most.
    pub const fn open_for() {}

    /// `open_factor = f` of `breaker`: how much longer it is open each time that the trial fails, 2 unless set.
    pub const fn open_factor() {}

    /// `half_open_calls = n` of `breaker`: how many calls try the service when it has been open for its time, 1 unless set.
    pub const fn half_open_calls() {}

    /// `open = pause | fail | reject` of `breaker`: what becomes of an item while it is open: it waits, and all behind it;
    /// or it fails; or it goes to the `else` stream.
    pub const fn open() {}

    /// `when = |e| …` of `retry`: which errors are worth another attempt.
    pub const fn when() {}

    /// `after = |e| …` of `retry`: the wait that an error asks for, if it does.
    pub const fn after() {}
}
