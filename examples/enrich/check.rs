//! Proves that a job has kept its promises.

use std::{
    ops::Range,
    path::Path,
    time::{Duration, Instant},
};

use pipeline_runtime::{BoxError, BreakerState, Cause};

use crate::{
    chaos::Chaos,
    job::{Done, Job, PROBES, Patience},
    orders,
    pipeline::IN_FLIGHT,
};

/// Each line of the file is in the database, once: as an order or as a dead letter.
pub(crate) fn each_order_in_one_place(done: &Done, file: &Path) -> Result<(), BoxError> {
    let lines = orders::lines(file)?.count() as u64;
    if !done.lines.iter().copied().eq(1..=lines) {
        return Err(format!("{} lines ended somewhere, of {lines}, or one ended twice", done.lines.len()).into());
    }
    Ok(())
}

/// While the breaker was open nobody asked the service; while it was half-open a few did.
pub(crate) fn service_left_in_peace(done: &Done) -> Result<(), BoxError> {
    let ends = done.transitions.iter().skip(1).map(|next| next.at.into_std()).chain([Instant::now()]);
    for (transition, end) in done.transitions.iter().zip(ends) {
        let asked = asked_in(done, transition.at.into_std()..end);
        let allowed = match transition.to {
            BreakerState::Open => 0,
            BreakerState::HalfOpen => PROBES as usize,
            _ => usize::MAX,
        };
        if asked > allowed {
            return Err(format!("the service was asked {asked} times while the breaker was {}", transition.to).into());
        }
    }
    if done.connections > done.asked.len() as u64 {
        return Err(format!(
            "the service saw {} connections, but was asked {} times",
            done.connections,
            done.asked.len()
        )
        .into());
    }
    Ok(())
}

fn asked_in(done: &Done, time: Range<Instant>) -> usize {
    done.asked.iter().filter(|asked| time.contains(asked)).count()
}

/// Stopped while it waits to ask again, a job ends in the time that it has for that, and has not lost count of what was in hand.
pub(crate) async fn stops_between_attempts(orders: &Path, store: &Path) -> Result<(), BoxError> {
    let patience = Patience { back_off: Duration::from_secs(10), drain: Duration::from_millis(200) };
    let job = Job::new(orders, store, Chaos::down()).await?;
    let all_have_failed = job.service.has_seen(IN_FLIGHT as u64);
    let (stopped, at) = tokio::sync::oneshot::channel();
    let done = job
        .run(patience, async {
            all_have_failed.await;
            // an error says that the job is gone: nobody asks
            _ = stopped.send(Instant::now());
        })
        .await?;
    let took = at.await?.elapsed();
    // a loaded machine is late, but not by as much as the attempts that were left would take
    if took > patience.drain + Duration::from_secs(2) {
        return Err(format!("it took {took:?} to stop").into());
    }
    if let Err(failure) = &done.result
        && !matches!(failure.cause(), Cause::DrainExceeded { .. })
    {
        return Err(failure.to_string().into());
    }
    let stage = done.report.stage("enriched").ok_or("no stage `enriched`")?;
    let accounted = stage.done + stage.rejected + stage.discarded;
    if stage.received != accounted {
        return Err(format!("{} received, but {accounted} accounted for", stage.received).into());
    }
    Ok(())
}
