//! Runs a case's pipeline to its end, whatever that is, and judges what became of it.

use std::fmt::{Debug, Display, Write};
use std::sync::atomic::Ordering::*;
use std::time::{Duration, Instant};

use pipeline_runtime::{Cause, EdgeKind, Failure, Graph, Outcome, Pipeline, Report, StageKind, StageState};
use tokio_util::sync::CancellationToken;

use super::fault::PANIC;
use super::model::Order;
use super::run::{Mode, Shared};
use super::{FaultKind, Injected, Model, Run};

/// A run that takes longer hangs.
const LIMIT: Duration = Duration::from_secs(20);

/// After a run everything is gone within this time.
const GONE: Duration = Duration::from_secs(10);

type Judged = Result<(), String>;

pub(super) async fn check<O, M>(run: Run, pipeline: Pipeline<O, Injected>, model: M) -> Judged
where
    O: PartialEq + Debug + Send + 'static,
    M: Fn(&mut Model<'_>) -> O,
{
    let shared = run.shared.clone();
    let edges = pipeline.graph().edges.iter();
    let rejects: Vec<&str> = edges.filter(|edge| edge.kind == EdgeKind::Rejects).map(|edge| edge.name).collect();
    let handed_over = handed_over(pipeline.graph());
    let emergency = CancellationToken::new();
    let ended = {
        let mut end = Box::pin(drive(&shared, pipeline.cancel_on(emergency.clone())));
        match tokio::time::timeout(LIMIT, &mut end).await {
            Ok(ended) => ended,
            Err(_) => return Err(hung(&shared, &emergency, end).await),
        }
    };
    shared.closed.cancel();
    let gone = gone(&shared).await;
    judge(&run, ended, &rejects, &handed_over, &model).and(gone)
}

/// What goes from stage to stage without an edge, because the second is inline: the two stages, and whether it is all
/// that the first emits.
type HandedOver = Vec<(String, String, bool)>;

fn handed_over(graph: &Graph) -> HandedOver {
    let is_inline = |stage: usize| graph.stages[stage].policies.iter().any(|policy| policy.name == "inline");
    let main = |from: usize| graph.edges.iter().filter(move |edge| edge.from == from && edge.kind != EdgeKind::Rejects);
    let pairs = graph.edges.iter().filter(|edge| edge.kind != EdgeKind::Rejects && is_inline(edge.to)).map(|edge| {
        let name = |stage: usize| graph.stages[stage].name.to_string();
        (name(edge.from), name(edge.to), main(edge.from).count() == 1)
    });
    pairs.collect()
}

/// How a run ended. The report is not to be had when the run was dropped.
enum Ended<O> {
    With(Box<Outcome<O, Injected>>),
    Result(Result<O, Failure<Injected>>),
    Dropped,
}

/// Starts the pipeline, and stops it when the fault says so.
async fn drive<O: Send + 'static>(shared: &Shared, mut pipeline: Pipeline<O, Injected>) -> Ended<O> {
    let signal = shared.signal.clone();
    if shared.fault == FaultKind::Deadline {
        pipeline = pipeline.deadline(Duration::from_micros(200 + shared.seed % 2000));
    }
    let by_token = shared.mode != Mode::Running;
    match shared.fault {
        FaultKind::Cancel if by_token => pipeline = pipeline.cancel_on(signal.clone()),
        FaultKind::Shutdown if by_token => pipeline = pipeline.shutdown_on(signal.clone().cancelled_owned()),
        _ => {}
    }
    let drops = async {
        match shared.fault {
            FaultKind::Drop => signal.cancelled().await,
            _ => std::future::pending().await,
        }
    };
    match shared.mode {
        Mode::Future => tokio::select! {
            result = pipeline.run() => Ended::Result(result),
            () = drops => Ended::Dropped,
        },
        Mode::Waiting => tokio::select! {
            outcome = pipeline.spawn().wait() => Ended::With(Box::new(outcome)),
            () = drops => Ended::Dropped,
        },
        Mode::Running => {
            let running = pipeline.spawn();
            // Until the stop is due, or the run has ended without it.
            while !signal.is_cancelled() && running.report().stages.iter().any(|s| s.state != StageState::Ended) {
                let _ = tokio::time::timeout(Duration::from_millis(1), signal.cancelled()).await;
            }
            match shared.fault {
                _ if !signal.is_cancelled() => {}
                FaultKind::Cancel => running.cancel(),
                FaultKind::Shutdown => running.shutdown(),
                FaultKind::Drop => {
                    drop(running);
                    return Ended::Dropped;
                }
                _ => {}
            }
            Ended::With(Box::new(running.wait().await))
        }
    }
}

/// What can be said of a run that hangs.
async fn hung<O>(shared: &Shared, emergency: &CancellationToken, end: impl Future<Output = Ended<O>>) -> String {
    let taken: Vec<usize> = (0..shared.sources()).map(|source| shared.taken(source)).collect();
    let fired = shared.fired.load(SeqCst);
    let mut text =
        format!("hangs; taken {taken:?}, fired {fired} at {}, stop {}", shared.index(), shared.signal.is_cancelled());
    emergency.cancel();
    let report = match tokio::time::timeout(Duration::from_secs(5), end).await {
        Err(_) => return format!("{text}\nand does not end when it is cancelled"),
        Ok(Ended::With(outcome)) => outcome.report,
        Ok(Ended::Result(Err(failure))) => failure.report().clone(),
        Ok(_) => return text,
    };
    let _ = write!(text, "\nafter a cancel:\n{report}");
    text
}

/// Waits until no task and no item is left.
async fn gone(shared: &Shared) -> Judged {
    let begun = Instant::now();
    let tasks = || tokio::runtime::Handle::current().metrics().num_alive_tasks();
    while tasks() > 0 || shared.live() > 0 {
        if begun.elapsed() > GONE {
            return Err(format!("{} tasks and {} items are left", tasks(), shared.live()));
        }
        tokio::task::yield_now().await;
    }
    Ok(())
}

fn judge<O: PartialEq + Debug>(
    run: &Run,
    ended: Ended<O>,
    rejects: &[&str],
    handed_over: &HandedOver,
    model: &impl Fn(&mut Model<'_>) -> O,
) -> Judged {
    let (result, report) = match ended {
        Ended::With(outcome) => {
            let outcome = *outcome;
            (Some(outcome.result), Some(outcome.report))
        }
        Ended::Result(result) => {
            let report = result.as_ref().err().map(|failure| failure.report().clone());
            (Some(result), report)
        }
        Ended::Dropped => (None, None),
    };
    let judged = match result {
        None => Ok(()),
        Some(Ok(value)) => judge_value(run, &value, report.as_ref(), (rejects, handed_over), model),
        Some(Err(failure)) => judge_failure(run, &failure),
    };
    let judged = judged.and_then(|()| judge_tracks(run, model));
    let judged = judged.and_then(|()| report.as_ref().map_or(Ok(()), |report| judge_report(run, report)));
    judged.map_err(|text| match report {
        Some(report) => format!("{text}\n{report}"),
        None => text,
    })
}

fn ensure(holds: bool, text: impl FnOnce() -> String) -> Judged {
    if holds { Ok(()) } else { Err(text()) }
}

/// The model over what was taken in; `cut`: over what was before the failed item.
fn modelled<'a, O>(run: &'a Run, cut: bool, model: &impl Fn(&mut Model<'_>) -> O) -> (O, Model<'a>) {
    let shared = &*run.shared;
    let cut = cut.then(|| shared.source());
    let inputs = (0..shared.sources()).map(|source| {
        let taken = if cut == Some(source) { shared.index() } else { shared.taken(source) };
        (0..taken).map(|index| shared.value(source, index)).collect()
    });
    let mut modelled = Model { shared, inputs: inputs.collect(), tracks: Default::default(), cut };
    let value = model(&mut modelled);
    (value, modelled)
}

/// A run that ended well.
fn judge_value<O: PartialEq + Debug>(
    run: &Run,
    value: &O,
    report: Option<&Report>,
    (rejects, handed_over): (&[&str], &HandedOver),
    model: &impl Fn(&mut Model<'_>) -> O,
) -> Judged {
    let shared = &*run.shared;
    let fired = shared.fired.load(SeqCst);
    match shared.fault {
        FaultKind::Error => ensure(!fired || run.early, || "the error was swallowed".into())?,
        FaultKind::Panic => ensure(!fired, || "the panic was swallowed".into())?,
        FaultKind::Cancel | FaultKind::Drop | FaultKind::Deadline => {
            ensure(run.early, || "ended well and was to be stopped".into())?;
        }
        FaultKind::None | FaultKind::Shutdown => {}
    }
    if !run.early && !shared.fault.is_stop() {
        for source in 0..shared.sources() {
            let (taken, len) = (shared.taken(source), shared.len(source));
            ensure(taken == len, || format!("took {taken} of the {len} items of input {source}"))?;
        }
    }
    let (expected, _) = modelled(run, false, model);
    ensure(*value == expected, || format!("the value is {}", difference(value, &expected)))?;
    let Some(report) = report else { return Ok(()) };
    let early = run.early || run.early_branch;
    for stage in &report.stages {
        let at_rest = stage.failed == 0 && (early || run.retries || stage.discarded == 0);
        ensure(at_rest, || format!("`{}` has lost items in a run that ended well", stage.name))?;
        ensure(stage.state == StageState::Ended, || format!("`{}` has not ended", stage.name))?;
    }
    for edge in report.edges.iter().filter(|_| !early && !run.retries) {
        ensure(edge.abandoned == 0, || format!("items were abandoned in `{}`", edge.name))?;
    }
    for stage in report.stages.iter().filter(|_| !early && !run.retries) {
        let rejects = |name: &str| rejects.contains(&name);
        if let Some((_, to, all)) = handed_over.iter().find(|(from, ..)| *from == stage.name) {
            let received = report.stage(to).map(|to| to.received);
            ensure(!all || received == Some(stage.emitted), || {
                format!("`{to}` received not what `{}` emitted", stage.name)
            })?;
            continue;
        }
        let mut outputs = report.edges.iter().filter(|edge| edge.from == stage.name && !rejects(&edge.name));
        if let (Some(only), None) = (outputs.next(), outputs.next()) {
            ensure(only.sent == stage.emitted, || format!("`{}` emitted not what was sent", stage.name))?;
        }
    }
    Ok(())
}

/// A run that failed: with what was injected, and nothing else.
fn judge_failure(run: &Run, failure: &Failure<Injected>) -> Judged {
    let shared = &*run.shared;
    let stage = shared.fired_in.get().copied();
    let in_place = match (shared.fault, failure.cause()) {
        (FaultKind::Error, Cause::Error(Injected::Fault(index))) => {
            *index == shared.index() && failure.stage() == stage
        }
        (FaultKind::Panic, Cause::Panic(text)) => {
            *text == format!("{PANIC} at {}", shared.index()) && failure.stage() == stage
        }
        (FaultKind::Cancel, Cause::Cancelled) => shared.signal.is_cancelled() && failure.stage().is_none(),
        (FaultKind::Deadline, Cause::Deadline(_)) => failure.stage().is_none(),
        _ => false,
    };
    ensure(in_place, || format!("{failure} ({:?}), injected {:?} in {stage:?}", failure.cause(), shared.fault))?;
    let name = failure.pipeline();
    let begins = match (shared.fault, stage) {
        (FaultKind::Error, Some(stage)) => format!("pipeline `{name}` failed in stage `{stage}`: "),
        (FaultKind::Panic, Some(stage)) => format!("pipeline `{name}` panicked in stage `{stage}`: "),
        _ => format!("pipeline `{name}` "),
    };
    ensure(failure.to_string().starts_with(&begins), || format!("it reads {failure}"))?;
    ensure(failure.suppressed().is_empty(), || format!("suppressed {:?}", failure.suppressed()))?;
    for report in &failure.report().stages {
        // A source fails, and no item of it.
        let counts = !run.unaccounted && report.kind != StageKind::Source;
        let here = Some(&*report.name) == stage && matches!(shared.fault, FaultKind::Error | FaultKind::Panic);
        let text = || format!("`{}` counts {} failed items", report.name, report.failed);
        ensure((report.failed > 0) == (here && counts), text)?;
    }
    Ok(())
}

/// Side effects are those of the model: all of them if the run ended well, else a prefix, or a part if there is no order.
fn judge_tracks<O>(run: &Run, model: &impl Fn(&mut Model<'_>) -> O) -> Judged {
    let shared = &*run.shared;
    let failed = matches!(shared.fault, FaultKind::Error | FaultKind::Panic) && shared.fired.load(SeqCst);
    let whole = !failed
        && !run.early
        && matches!(shared.fault, FaultKind::None | FaultKind::Error | FaultKind::Panic | FaultKind::Shutdown);
    let (_, full) = modelled(run, false, model);
    let cut = failed.then(|| modelled(run, true, model).1);
    for (track, order) in shared.tracks().iter() {
        let model = cut.as_ref().filter(|_| *order == Order::Ordered).unwrap_or(&full);
        let mut expected = model.tracks.get(track.name).cloned().unwrap_or_default();
        let mut seen = track.values();
        let fits = if *order == Order::Unordered {
            expected.sort_unstable();
            seen.sort_unstable();
            is_part(&seen, &expected)
        } else {
            expected.starts_with(&seen)
        };
        let complete = !whole || seen.len() == expected.len();
        ensure(fits && complete, || format!("track {}: {}", track.name, difference(&seen, &expected)))?;
    }
    Ok(())
}

/// Whether all of `part` is in `whole`; both are sorted.
fn is_part(part: &[u64], whole: &[u64]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|x| whole.any(|y| x == y))
}

/// The account adds up, within stages and edges and between them.
fn judge_report(run: &Run, report: &Report) -> Judged {
    if let Some(imbalance) = report.imbalance() {
        return Err(imbalance);
    }
    for stage in report.stages.iter().filter(|stage| stage.kind != StageKind::Source) {
        let mut inputs = report.edges.iter().filter(|edge| edge.to == stage.name);
        if let (Some(only), None) = (inputs.next(), inputs.next()) {
            let found = run.finds && only.received < stage.received;
            ensure(found || only.received == stage.received, || {
                format!("`{}` received {}, and {} from its edge", stage.name, stage.received, only.received)
            })?;
        }
    }
    Ok(())
}

/// Two values side by side, cut short.
fn difference(seen: &impl Debug, expected: &impl Debug) -> impl Display {
    let (seen, expected) = (format!("{seen:?}"), format!("{expected:?}"));
    let same = seen.chars().zip(expected.chars()).take_while(|(a, b)| a == b).count().saturating_sub(40);
    let cut = |text: &str| text.chars().skip(same).take(400).collect::<String>();
    format!("…{}…\nand not      …{}… (from character {same})", cut(&seen), cut(&expected))
}
