//! Concurrent pipelines that cannot leak, hang or lose data.
//!
//! [`pipeline!`] turns declared stages into tasks on [tokio], joined by bounded edges. What is wired by hand elsewhere
//! (channels, `select!`, cancellation tokens, join sets) is generated, and so cannot be forgotten.
//!
//! ```
//! use pipeline_runtime::{Failure, pipeline};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Failure<pipeline_runtime::BoxError>> {
//! let text = "one fish\ntwo fish\nred fish";
//! let words = pipeline! {
//!     source lines = text.lines();
//!
//!     #[workers(4)]
//!     stage words = lines.flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
//!
//!     sink total = words.count();
//! };
//! assert_eq!(words.run().await?, 6);
//! # Ok(())
//! # }
//! ```
//!
//! The language is described at [`pipeline!`]; the [`cookbook`] has everyday tasks beside the code that they replace.
//!
//! # What is promised
//!
//! A pipeline that compiles
//!
//! 1. **closes every channel exactly once**, by its one owner, when the owner's last worker is done;
//! 2. **stops every task**: on end of input, on cancel, on deadline, on the first error, on a panic, on drop;
//! 3. **reports the root cause**: the first failure, with its stage, recorded before anything is cancelled;
//! 4. **loses nothing silently**: every item received is accounted for as done, filtered, skipped, rejected, failed or
//!    discarded, and the counts add up ([`Report`]);
//! 5. **means the same at any worker count**: `#[workers(8)]` changes the speed, never the result, unless
//!    `#[unordered]` says otherwise.
//!
//! The one exception to the second: a body that blocks its thread cannot be interrupted. It is waited for up to the
//! drain time, and then named in [`Cause::DrainExceeded`].
//!
//! # The life of a run
//!
//! 1. The pipeline is built where `pipeline!` stands: `let`s and settings are evaluated, closures take what they
//!    capture. Nothing runs.
//! 2. [`Pipeline::run`] or [`Pipeline::spawn`] makes the edges and spawns a task for each source, stage and sink (with
//!    `#[workers(n)]` n of them).
//! 3. Each source evaluates its expression in its own task and sends what it yields.
//! 4. When a stage's inputs have ended, its output closes; so the end travels from the sources to the sinks. A consumer
//!    that ends early closes its edge, and so ends its producers, quietly.
//! 5. When all tasks have ended, the tail is evaluated with each sink's name bound to its value.
//!
//! An error or a panic, a deadline or a cancel ends all tasks at their next await or time slice, and
//! [`Failure`] says why. [`Running::shutdown`] ends the sources only: what is in flight is finished.
//!
//! Several pipelines that belong together are a [`Group`]; a pipeline per connection is a member of
//! [`Group::independent`], which reaps those that end and reports those that fail.
//!
//! # Order
//!
//! An edge is first in, first out. `merge` promises no order between its inputs; `concat` and `zip` do. Workers in
//! order give exactly the sequence that one worker would give, filters, flat-maps and skipped failures included.
//!
//! # Back-pressure and latency
//!
//! Edges are bounded in items, always. Items travel in chunks when there is a backlog and at once when there is none:
//! what a stage has produced is handed over before its task waits for anything, when its consumer is waiting, and under
//! `#[blocking]` after each item.
//!
//! # Runtimes
//!
//! Multi-thread and current-thread runtimes of tokio, with time enabled where a deadline, a drain time or the age of a
//! batch is to be kept; also with the clock paused.

#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod channel;
#[doc(hidden)]
pub mod check;
pub mod cookbook;
mod core;
mod edge;
mod failure;
mod flow;
mod graph;
mod group;
mod launch;
mod layout;
mod ledger;
mod pipeline;
mod rejected;
mod report;
mod running;
mod stage;
mod window;

pub use channel::{Receiver, SendError, Sender, TryNext, channel};
pub use failure::{BoxError, Cause, Failure, Suppressed};
pub use flow::{Applied, Fault, Flow};
pub use graph::{Edge, EdgeKind, Graph, Policy, Stage, StageKind};
pub use group::{Group, Independent, Summary};
pub use pipeline::Pipeline;
pub use rejected::Rejected;
pub use report::{EdgeReport, Report, StageReport, StageState};
pub use running::{Outcome, Running};
pub use stage::{BlockingOutput, Input, Next, Output};
pub use window::Window;

/// Declares a pipeline.
///
/// Two forms, as with `async`: a block, which captures its surroundings by move and is an expression of type
/// [`Pipeline<O, E>`](Pipeline), and a `fn`, which is documented, reusable and named, and has its [`Graph`] as a
/// constant beside it (`LOAD_GRAPH` for `fn load`). With a source that is `input`, or a sink that ends in `output()`, it
/// is a fragment, a [`Flow<I, O, E>`](Flow): see [open pipelines](#open-pipelines).
///
/// ```
/// use pipeline_runtime::{Pipeline, pipeline};
/// use std::num::ParseIntError;
///
/// pipeline! {
///     /// Adds up the numbers in the lines, and says which lines hold none.
///     pub fn sum(lines: Vec<String>, parsers: usize) -> Pipeline<(u64, Vec<String>), ParseIntError> {
///         source lines = lines;
///
///         #[workers(parsers)]
///         stage numbers: u64 = lines.map(|ref line| line.trim().parse::<u64>()?) else rejects;
///
///         sink total = numbers.fold(0, |total, n| total + n);
///         sink bad   = rejects.filter_map(|rejected| rejected.into_parts().0).collect::<Vec<_>>();
///
///         (total, bad)
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// let lines = ["1", " 2 ", "three"].map(str::to_owned).to_vec();
/// assert_eq!(sum(lines, 4).run().await.unwrap(), (3, vec!["three".to_owned()]));
/// assert_eq!(SUM_GRAPH.stages.len(), 4);
/// # }
/// ```
///
/// # Where it may stand
///
/// The block form wherever an expression may, the `fn` form wherever a `fn` may: in a module, a function's body, or an
/// `impl` block, where the graph is an associated constant (`Loader::LOAD_GRAPH`). Only the `impl` of a trait has no place
/// for that constant: write the method by hand there, around the block form.
///
/// A `fn` may have generics, `impl Trait` parameters, a `where` clause and any attribute of a function. A pipeline is
/// `'static`: what it takes from type parameters is too (`T: Send + 'static`), and what a parameter lends is for `let`s,
/// which are evaluated when the pipeline is built.
///
/// # Grammar
///
/// ```text
/// pipeline := inner-attr* item* tail?                                                                  block form
///           | attr* vis "fn" NAME generics? "(" params ")" "->" TYPE where? "{" inner-attr* item* tail? "}"    fn form
/// item     := attr* ( let | clone | source | stage | sink )
/// let      := "let" PAT (":" TYPE)? "=" expr ";"                        evaluated once, when the pipeline is built
/// clone    := "clone" NAME ("," NAME)* ";"
/// source   := "source" NAME (":" TYPE)? "=" ( expr | "input" ) ";"
/// stage    := "stage" target "=" flow ("else" NAME)? ";"
/// sink     := "sink" NAME (":" TYPE)? "=" flow ("else" NAME)? ";"
/// target   := NAME (":" TYPE)?  |  "(" branch ("," branch)+ ")"          branch := attr* NAME (":" TYPE)?
/// flow     := input "?"? ("." OP ("::" generics)? "(" args ")")*
/// input    := NAME  |  ("merge" | "zip" | "concat") "(" part ("," part)+ ")"
/// part     := "weak"? ( NAME | PATH "(" NAME ")" )
/// tail     := expr
/// ```
///
/// A statement names a stream and says what it is made of. A `stage` is a task (or n workers); operators chained inside
/// one statement run fused in that task, at the speed of a loop. Statements stand in any order; a stream has one
/// definition and is an input exactly once. `tee` is how one stream becomes several.
///
/// * **Sources.** The expression is evaluated in the source's own task when the run starts; `.await` and `?` work in it.
///   It may be anything iterable, any [`Stream`](futures_core::Stream), a tokio or our own [`Receiver`], tokio
///   [`Lines`](tokio::io::Lines), or a [generator](#generators) written in place. An `Option` or `Result` is no source.
///   What blocks its thread needs `#[blocking]`: an iterator that waits, a [`Receiver`](std::sync::mpsc::Receiver) of
///   `std`. An iterator that blocks ends, however the run is stopped, when it comes back; a quiet receiver of `std` is
///   given up, and on [`shutdown`](Running::shutdown) delivers what it holds.
/// * **`clone db, http;`** gives each closure that names `db` a clone of its own, also if only a format string names it.
///   Parameters of the `fn` form and `let` values are cloned likewise when several closures name them, and moved when
///   one does.
/// * **`lines?`**: an item that is `Err` has failed. **`else rejects`**: failed items become the stream `rejects` of
///   [`Rejected`].
/// * **`merge(Row::Slow(slow), Row::Fast(fast))`** wraps each input as it enters, the mirror of `route`.
///   **`merge(frames, weak pushes)`** ends when all its inputs that are not `weak` have ended; then it closes the weak
///   ones: their producers end early, and what is left in their edges is abandoned.
/// * **`#[cfg(…)]`** works on statements and branches: the rest is checked as if the others had not been written. What a
///   `cfg_attr` would do is written as two statements under opposite predicates. A list of branches of which one is left
///   is accepted.
/// * **Durations** are literals `250ms`, `1.5s`, `5m`, `1h` as whole settings, or any expression of type `Duration`.
///   Settings are evaluated once, when the pipeline is built, in written order.
///
/// # Operators
///
/// Signatures are `Iterator`'s where the name is. A function argument is a closure, an `async` closure, or a path.
///
/// | kind | operators |
/// |---|---|
/// | per item | `map` `filter` `filter_map` `flat_map` (gives anything a source accepts) `inspect` `enumerate` `take` `take_while` `skip` `skip_while` `scan(init, \|s, x\| y)` `dedup` (consecutive) `map_init(\|\| state, \|s, x\| …)` (one state per worker) |
/// | recursion | `recurse(async \|x, next\| { next.push(y); out })`, also with a sync closure: items may bring more items (crawls, walks); first in its statement; options `unique = \|x\| key` and `frontier = n`: see [below](#recursion) |
/// | grouping | `batch(n, within)`: by size, or by age of its oldest item; nothing is lost on end, drain or cancel. `window(init, \|s, x\| …, every = d)` folds what comes in each time `d` into a [`Window`], `count = n` each `n` items, both sliding with `last`; under `keyed` for each key |
/// | fan-out | `tee()`; `route(\|x\| match x { A(a) => left(a), B(b) => right(b), _ => skip() })`: the branches' names are functions, their types may differ |
/// | whole stage | `process(async \|input, output\| { while let Some(x) = input.next().await { output.send(y).await; } })`: see [`Input`] and [`Output`] |
/// | compose | `via(flow)`: an [open pipeline](#open-pipelines) as a stage; the only operator of its statement |
/// | terminal | `for_each` `fold(init, f)` `reduce` `collect::<C>()` `count` `first` `last` `forward(sink)` (any `futures::Sink`, or a tokio `mpsc::Sender`; a closed receiver is an early end) `discard`; `output()`, of an open pipeline. Under `keyed`, `fold`, `reduce`, `collect`, `first` and `last` give a `HashMap` with the value of each key |
///
/// In a body **`?` means: this item failed**. A body's value is the result, with no `Ok(…)` around it, as in a `try`
/// block; `return x` gives `x` likewise. `map(parse?)` is `map(|x| parse(x)?)`. A parameter written `ref x` is *lent*: the
/// stage keeps the item, so that `else` needs no `Clone`. A closure is `FnMut`; under `workers` or `in_flight` it is
/// `Fn + Sync`, shared by all. What an `async` body captures must be `Sync`.
///
/// # Attributes
///
/// | attribute | meaning |
/// |---|---|
/// | `workers(n)` | n parallel tasks; the output's order is the input's |
/// | `unordered` | gives up the order for throughput |
/// | `keyed(\|x\| key)` | items of one key go to one worker, in order; stateful operators keep their state per key, terminal ones give a value per key; with `in_flight`, bodies of one key run one after the other, those of different keys at once |
/// | `keyed(\|x\| key, idle = d)` | the states of a key (of `scan`, `dedup`, `enumerate`, `take`, `skip` and their like) are dropped when nothing of it has come for `d`; groups of `batch` and `window` have their own time, results stay |
/// | `in_flight(n)` | up to n `async` bodies of the stage at once; operators before and after them run in order. Without an `async` operator, up to n streams of its one `flat_map`: each is polled up to 16 items ahead, and what comes out is in the order of the input, or with `unordered` as it comes |
/// | `buffer(n)` | items that the stage's output edge holds (1024); 0 is a rendezvous |
/// | `blocking` | the body may block: it runs on blocking threads; also on sources |
/// | `inline` | the stage runs inside its producer's task, where that would pass the item on: a name and a count of its own, no task, no edge. Not on or behind `workers`, `in_flight`, `keyed`, `blocking`, `process` and `via`, not on a join, nor with the age of a `batch` |
/// | `on_error(fail \| skip \| reject)` | what a failed item does: ends the run (default), is counted, goes to the `else` stream (default with `else`) |
///
/// Pipeline-wide: `#![name = "load"]`, `#![error(LoadError)]` (block form; default [`BoxError`]), `#![buffer(1024)]`,
/// `#![deadline(30s)]`, `#![drain(10s)]`, `#![inline]` (for all stages that can: a straight pipeline is one task).
///
/// And lints, promises that the build holds the pipeline to: `#![deny(skipped_errors, lossy_branch)]`, likewise `warn` and
/// `allow`. All are allowed unless asked for; a later level wins over an earlier one; `reason = "…"` may stand last.
///
/// | lint | what it finds |
/// |---|---|
/// | `missing_timeout` | a stage or sink with an `async` operator and no `timeout`: as `timeout` is not built yet, each of them; not `process` |
/// | `skipped_errors` | `on_error(skip)` |
/// | `lossy_branch` | a `lossy` branch |
/// | `unordered_output` | `unordered` |
/// | `large_buffer` | a `buffer` of more than 65,536 items, of a statement or the pipeline, if it is a literal |
/// | `missing_drain` | no `#![drain]` |
/// | `blocking_in_async` | in a body, key or source expression without `#[blocking]`, also in closures inside it: `std::thread::sleep`, functions of `std::fs`, sockets of `std::net`, `std::io::stdin`, `reqwest::blocking`, `block_on`; `thread::sleep` and `fs::…` without `std` too, if no `.await` is around them. By name: what is behind a function of yours, another import or in a macro like `select!` is not seen, and what `spawn_blocking`, `block_in_place` or `thread::spawn` is given is left out |
///
/// `deny` makes a finding an error. A `warn` reads "use of deprecated constant `skipped_errors`: …", the one form in which
/// a macro can warn: `#[allow(deprecated)]` around the pipeline or on the statement silences it, `#![deny(warnings)]`
/// makes it an error.
///
/// On a branch of a `tee`: `#[lossy(drop_oldest)]` or `#[lossy(drop_newest)]`. When it is full it drops, the item that has
/// been in it for longest or the one that comes, instead of slowing the others; [`EdgeReport::dropped`] counts. With
/// `buffer(0)` it keeps an item only for a consumer that waits.
///
/// ```
/// # use pipeline_runtime::{BoxError, Failure, pipeline};
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Failure<BoxError>> {
/// let both = pipeline! {
///     source frames = 0..1000u64;
///     #[buffer(2)]
///     stage (kept, #[lossy(drop_oldest)] view) = frames.tee();
///     sink count = kept.count();
///     sink shown = view.last();
/// };
/// assert_eq!(both.run().await?, (1000, Some(999)));
/// # Ok(())
/// # }
/// ```
///
/// # Recursion
///
/// `recurse` puts each item, from the input or found, through its body, whose value goes on down the chain; what the
/// body pushes into its [`Next`] comes back as an item. The stage ends when its input has ended, nothing that was found
/// waits and no body is at work, at any buffer size; so a walk of something endless does not end by itself.
///
/// ```
/// # use pipeline_runtime::pipeline;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), pipeline_runtime::Failure<pipeline_runtime::BoxError>> {
/// // a tree: each number's children are those with one digit more
/// let walk = pipeline! {
///     source roots = [1u64];
///
///     #[workers(4)]
///     stage nodes = roots.recurse(|n, next| {
///         for child in [10 * n, 10 * n + 1].into_iter().filter(|n| *n < 1000) {
///             next.push(child);
///         }
///         n
///     });
///
///     sink all = nodes.collect::<Vec<_>>();
///     { let mut all = all; all.sort(); all }
/// };
/// assert_eq!(walk.run().await?, [1, 10, 11, 100, 101, 110, 111]);
/// # Ok(())
/// # }
/// ```
///
/// * **Order.** One worker takes first what was found first, and what was found before what comes from the input. With
///   several workers, or bodies in flight, results come in the order in which items were taken up, and which items that
///   is depends on timing. The *set* of results is the same at any number, if what a body pushes depends on its item
///   alone and there is no `frontier`.
/// * **`unique = |x| key`**: an item whose key was seen before is not visited, and counted as filtered. The keys are kept
///   until the stage ends.
/// * **`frontier = n`**: no more than n found items wait, and while any waits nothing is taken from the input; a push
///   beyond gives `false`. Without it memory is the only bound.
/// * **Account.** A found item is received when it is taken up (or refused, or not taken any more: then it is
///   discarded), so the stage receives more than its edge does.
/// * **Stop.** On `shutdown` all that was found and is still to be found is visited, within the drain time.
///
/// # Generators
///
/// A source that is an `async` closure with one parameter sends its items itself, into an [`Output`]. Under
/// `#[blocking]` it is a plain closure on a thread of its own, and sends into a [`BlockingOutput`]. A closure in a
/// variable is no source.
///
/// ```
/// use pipeline_runtime::pipeline;
/// use std::time::Duration;
///
/// # #[tokio::main(flavor = "current_thread", start_paused = true)]
/// # async fn main() {
/// let (tx, mut orders) = tokio::sync::mpsc::channel(8);
/// # tx.send("7".to_owned()).await.unwrap();
/// # drop(tx);
/// let text = "one two".to_owned();
///
/// let events = pipeline! {
///     source numbers: u64 = async |out| {
///         let mut beat = tokio::time::interval(Duration::from_secs(1));
///         loop {
///             tokio::select! {
///                 _ = beat.tick() => out.send(0).await,
///                 order = orders.recv() => match order {
///                     Some(order) => out.send(order.parse()?).await,
///                     None => return,
///                 },
///             }
///         }
///     };
///     #[blocking]
///     source words = |out| {
///         for word in text.split(' ') {
///             if !out.send(word.to_owned()) { return }
///         }
///     };
///     sink ordered = numbers.filter(|n| *n > 0).collect::<Vec<_>>();
///     sink total   = words.count();
/// };
/// assert_eq!(events.run().await.unwrap(), (vec![7], 2));
/// # }
/// ```
///
/// A `?` in the body fails the run; the body's value is `()`. What was sent is handed over whenever the body waits, and
/// under `#[blocking]` at once.
///
/// With nobody left to listen, and on cancel, an `async` generator is dropped at its next await, whatever it waits for.
/// On [`shutdown`](Running::shutdown) likewise, but a `send` has its item accepted first: nothing that was given to a
/// `send` is lost, and everything that was sent is delivered. A `send` that is given up itself, as in a `select!`, has
/// not sent its item, which is counted as discarded.
///
/// In a generator that blocks, all of these end a `send` that waits: it gives `false`, its item has not been accepted
/// and is counted as discarded, and the body should return. It is waited for up to the drain time, as all that blocks,
/// and holds its thread of tokio's pool for as long as it runs; on a runtime with its clock paused, time stands still
/// meanwhile.
///
/// # What comes out
///
/// The tail is evaluated after all sinks have ended, with each sink's name bound to its value. Without a tail the value
/// is `()`, the one value, or the tuple of values in source order. `for_each`, `forward` and `discard` bind their count
/// for the tail and are no values otherwise.
///
/// Under `keyed` a terminal operator that keeps state gives a value for each key:
///
/// ```
/// # use pipeline_runtime::pipeline;
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), pipeline_runtime::Failure<pipeline_runtime::BoxError>> {
/// let by_letter = pipeline! {
///     source words = ["apple", "bean", "avocado"];
///     #[keyed(|word| word.chars().next()), workers(4)]
///     sink lengths = words.map(str::len).fold(0, |sum, length| sum + length);
/// };
/// assert_eq!(by_letter.run().await?[&Some('a')], 12);
/// # Ok(())
/// # }
/// ```
///
/// # Open pipelines
///
/// `source x = input;` takes items from outside, `sink y = x.output();` gives them out. Both are ends and no tasks;
/// operators in front of `output()` run as a stage of the sink's name. There is at most one of each and no tail. In the
/// block form the type of what comes in may have to be said: `source x: u64 = input;`.
///
/// ```
/// use pipeline_runtime::{Flow, pipeline};
/// use std::num::ParseIntError;
///
/// pipeline! {
///     fn parse() -> Flow<String, u64, ParseIntError> {
///         source lines = input;
///         sink   numbers = lines.map(|line| line.parse::<u64>()?).output();
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() {
/// // tested alone
/// let (numbers, report) = parse().check(["1".to_owned(), "2".to_owned()]).await;
/// assert_eq!((numbers, report.failure), (vec![1, 2], None));
///
/// // and as a stage
/// let lines = ["3".to_owned(), "four".to_owned()];
/// let total = pipeline! {
///     source lines = lines;
///     stage  numbers = lines.via(parse());
///     sink   total = numbers.fold(0, |total, n| total + n);
/// };
/// let failure = total.run().await.unwrap_err();
/// assert_eq!(failure.stage(), Some("numbers/numbers"));
/// # }
/// ```
///
/// `x.via(flow)` runs the fragment as a part of the pipeline around it: its stages are stages of that run, named
/// `outer/inner`, with one account, one cancel and one drain; its errors are converted by [`From`]. There is no task for
/// the `via` itself, however deep fragments are nested. Of a fragment's own settings its `#![buffer]` counts; deadline and
/// drain time are those of the whole. In a sink, `via` takes a fragment without `output()`.
///
/// [`Flow::apply`] puts a `Stream` through, in the place of one segment of an existing program, and [`Flow::check`] is
/// for tests.
///
/// # Expands roughly to
///
/// For `stage even = numbers.filter(|n| n % 2 == 0);`:
///
/// ```text
/// launch.spawn(1, async move {
///     loop {
///         let item = match task.pop(&mut input) {
///             Some(item) => item,
///             None => match task.more(&mut input, &mut (&mut out,)).await { true => continue, false => break },
///         };
///         task.begin();
///         'item: {
///             let keep = match filter(&item) { Ok(keep) => keep, Err(error) => match task.fail(error, …).await {} };
///             if !keep { task.note(Fate::Filtered); break 'item; }
///             if !out.has_room() { park(out.room(), …).await; }
///             out.push(item);
///             task.emitted();
///         }
///         task.settle();
///     }
///     task.finish(&mut (&mut out,)).await;
///     Ok(())
/// });
/// ```
///
/// # Right and wrong
///
/// A stream is consumed once; `tee` makes two of it:
///
/// ```compile_fail
/// # use pipeline_runtime::pipeline;
/// let _ = pipeline! {
///     source n = 0..3;
///     sink a = n.count();
///     sink b = n.last();
/// };
/// ```
///
/// ```
/// # use pipeline_runtime::pipeline;
/// let _ = pipeline! {
///     source n = 0..3;
///     stage (n1, n2) = n.tee();
///     sink a = n1.count();
///     sink b = n2.last();
/// };
/// ```
#[macro_export]
macro_rules! pipeline {
    ($($tokens:tt)*) => {
        $crate::__private::pipeline! { ($crate) $($tokens)* }
    };
}

#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
struct Readme;
