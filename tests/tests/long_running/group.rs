//! The rules of an independent group, on few members.

use pipeline_runtime::{Cause, Group, Pipeline, pipeline};

use crate::support::*;

/// What a member does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Does {
    Ends,
    Fails,
    Panics,
    Waits,
}

fn member(does: Does, live: &Live, begun: &Counter) -> Pipeline<u64, Wrong> {
    let (live, begun) = (live.clone(), begun.clone());
    pipeline! {
        #![error(Wrong)]
        clone live;
        source a = then_quiet_if(does == Does::Waits, 0..5, live.guard());
        stage b = a.map(async |n| {
            let _guard = live.guard();
            begun.add();
            tokio::task::yield_now().await;
            match does {
                Does::Fails => wrong_at(3, n)?,
                Does::Panics if n == 3 => panic!("at 3"),
                _ => n,
            }
        });
        sink n = b.count();
    }
}

/// Items, and then for ever nothing, or the end.
fn then_quiet_if(quiet: bool, items: std::ops::Range<u64>, guard: Guard) -> impl futures::Stream<Item = u64> + Send {
    use futures::StreamExt;
    let quiet_for_ever = then_quiet([], guard).take(if quiet { usize::MAX } else { 0 });
    futures::stream::iter(items).chain(quiet_for_ever)
}

#[test]
fn without_members() {
    all(|_| async move {
        let group = Group::<u64, Wrong>::independent();
        assert!(group.is_empty());
        let summary = group.wait().await;
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (0, 0, 0));
    });
}

/// Without a callback failures are counted, and the first is kept.
#[test]
fn the_first_failure_is_kept() {
    all(|live| async move {
        let group = Group::independent();
        group.spawn(member(Does::Fails, &live, &Counter::default()));
        while !group.is_empty() {
            tokio::task::yield_now().await;
        }
        for does in [Does::Panics, Does::Ends, Does::Panics] {
            group.spawn(member(does, &live, &Counter::default()));
        }
        let summary = group.wait().await;
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (1, 3, 0));
        assert_eq!(summary.first_failure.unwrap().into_error().unwrap(), Wrong::At(3));
    });
}

/// A callback that panics takes nothing down.
#[test]
fn a_callback_that_panics() {
    all(|live| async move {
        let told = Counter::default();
        let told_2 = told.clone();
        let group = Group::independent()
            .on_end(|_: &pipeline_runtime::Outcome<u64, Wrong>| panic!("on purpose"))
            .on_failure(move |failure| {
                told_2.add();
                panic!("on purpose, after {failure}")
            });
        for does in [Does::Fails, Does::Ends, Does::Waits, Does::Fails] {
            group.spawn(member(does, &live, &Counter::default()));
        }
        live.step("three of four end");
        while group.len() > 1 {
            tokio::task::yield_now().await;
        }
        assert_eq!(told.get(), 2);
        group.shutdown();
        let summary = group.wait().await;
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (2, 2, 0));
        assert_eq!(summary.panicked_callbacks, 6);
    });
}

/// A callback has run before its member is out of the count.
#[test]
fn told_before_it_is_gone() {
    all(|live| async move {
        for _ in 0..50 {
            let told = Counter::default();
            let told_2 = told.clone();
            let group = Group::independent().on_failure(move |_| {
                told_2.add();
            });
            group.spawn(member(Does::Fails, &live, &Counter::default()));
            while !group.is_empty() {
                tokio::task::yield_now().await;
            }
            assert_eq!(told.get(), 1);
        }
    });
}

/// A callback may call the group, also to spawn: here a member that failed is started again.
#[test]
fn a_callback_that_spawns() {
    all(|live| async move {
        let (again, restarts) = (Log::<pipeline_runtime::Independent<u64, Wrong>>::default(), Counter::default());
        let (again_2, restarts_2, live_2) = (again.clone(), restarts.clone(), live.clone());
        let group = Group::independent().on_failure(move |_| {
            let does = if restarts_2.add() < 9 { Does::Fails } else { Does::Ends };
            again_2.all()[0].spawn(member(does, &live_2, &Counter::default()));
        });
        again.push(group.clone());
        group.spawn(member(Does::Fails, &live, &Counter::default()));
        let summary = group.wait().await;
        assert_eq!((summary.succeeded, summary.failed), (1, 10));
        assert_eq!(restarts.get(), 10);
    });
}

/// Cancelled members have not failed.
#[test]
fn cancelled() {
    all(|live| async move {
        let (told, ended) = (Counter::default(), Counter::default());
        let (told_2, ended_2) = (told.clone(), ended.clone());
        let group = Group::independent()
            .on_end(move |outcome: &pipeline_runtime::Outcome<u64, Wrong>| {
                assert!(matches!(outcome.result.as_ref().unwrap_err().cause(), Cause::Cancelled));
                ended_2.add();
            })
            .on_failure(move |_| {
                told_2.add();
            });
        let begun = Counter::default();
        for _ in 0..3 {
            group.spawn(member(Does::Waits, &live, &begun));
        }
        while begun.get() < 15 {
            tokio::task::yield_now().await;
        }
        group.cancel();
        group.spawn(member(Does::Waits, &live, &begun));
        let summary = group.wait().await;
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (0, 0, 4));
        assert_eq!((told.get(), ended.get()), (0, 4));
        assert_eq!(begun.get(), 15, "what is spawned after the cancel does not start");
    });
}

/// What comes after the shutdown is shut down too.
#[test]
fn spawned_after_the_shutdown() {
    all(|live| async move {
        let group = Group::independent();
        group.spawn(member(Does::Waits, &live, &Counter::default()));
        group.shutdown();
        for _ in 0..3 {
            group.spawn(member(Does::Waits, &live, &Counter::default()));
        }
        let summary = group.wait().await;
        assert_eq!((summary.succeeded, summary.failed, summary.cancelled), (4, 0, 0));
    });
}

/// One clone of the handle keeps the members going; the last one cancels them.
#[test]
fn the_last_handle() {
    all(|live| async move {
        let (group, begun) = (Group::independent(), Counter::default());
        group.spawn(member(Does::Waits, &live, &begun));
        let other = group.clone();
        drop(group);
        while begun.get() < 5 {
            tokio::task::yield_now().await;
        }
        assert_eq!(other.len(), 1);
        drop(other);
        live.settled().await;
    });
}

/// The future of `wait` is a handle too.
#[test]
fn wait_that_is_dropped() {
    all(|live| async move {
        let (group, begun) = (Group::independent(), Counter::default());
        group.spawn(member(Does::Waits, &live, &begun));
        tokio::select! {
            summary = group.wait() => panic!("{summary:?}"),
            () = async { while begun.get() < 5 { tokio::task::yield_now().await; } } => {}
        }
        live.settled().await;
    });
}

#[test]
fn detached() {
    all(|live| async move {
        let (gate, done) = (Gate::default(), Counter::default());
        let (gate_2, done_2) = (gate.clone(), done.clone());
        let group = Group::<_, pipeline_runtime::BoxError>::independent();
        group.spawn(pipeline! {
            source a = 0..3u64;
            sink s = a.for_each(async |_| { gate_2.pass().await; done_2.add(); });
        });
        let other = group.clone();
        group.detach();
        drop(other);
        for _ in 0..20 {
            tokio::task::yield_now().await;
        }
        gate.open();
        live.settled().await;
        assert_eq!(done.get(), 3);
    });
}

/// An accept loop and a shutdown hold a handle each.
#[test]
fn shared() {
    both(|live| async move {
        let group = Group::independent();
        let (accepting, begun) = (group.clone(), Counter::default());
        let (live_2, begun_2) = (live.clone(), begun.clone());
        let accept = tokio::spawn(async move {
            loop {
                accepting.spawn(member(Does::Waits, &live_2, &begun_2));
                tokio::task::yield_now().await;
            }
        });
        while begun.get() < 200 {
            tokio::task::yield_now().await;
        }
        group.shutdown();
        while begun.get() < 300 {
            tokio::task::yield_now().await;
        }
        accept.abort();
        assert!(accept.await.unwrap_err().is_cancelled());
        let summary = group.wait().await;
        assert_eq!((summary.failed, summary.cancelled), (0, 0));
        assert!(summary.succeeded >= 40);
    });
}
