//! Twenty real concurrency bugs of large Go programs, as cut down in GoBench's GoKer: what becomes of each of them here.
//!
//! A kernel's test is its scenario, written as somebody would plausibly write it with `pipeline!`. *Ends by itself*: it
//! can be written, and a rule of the runtime ends it. *Cannot be expressed*: what the bug is made of does not exist here.
//! Each test fails against a runtime from which the rule of its row was taken out.
//!
//! | kernel | the bug | here | the rule that answers it |
//! |---|---|---|---|
//! | cockroach1462 | the consumer obeys the stop, the producer hangs in its send | ends by itself | a graceful stop ends the sources only |
//! | grpc660 | on the stop nobody takes the pending call's answer | ends by itself | a body's value is its answer; a cancel drops it at its await, a graceful stop finishes it |
//! | moby33781 | a probe that was out at the stop hangs in its send | ends by itself | a probe is a body, and a cancel drops it |
//! | istio17860 | the loop ends while watchers still want to report | ends by itself | a stage ends with its last body in flight; a cancel drops them |
//! | kubernetes38669 | the stop closes a channel nobody waits for | ends by itself | a cancel reaches every wait, also that of `forward` |
//! | cockroach13755 | a task waits for a signal in order to clean up | ends by itself | what a source holds ends with its task, however the run ends |
//! | grpc1424 | the watcher returns without touching the done channel | cannot be expressed | the end of the work is `run` returning |
//! | grpc1275 | closing forgets to wake the reader | ends by itself | a source's wait ends on cancel; a blocked thread is named after the drain time |
//! | moby30408 | a failed activation wakes nobody | ends by itself | an error is recorded and cancels; one held in its place is told by whatever stops the run |
//! | moby29733 | no code path ever signals | open | a body waits for something outside: a probe has to name it; a cancel ends it |
//! | cockroach35931 | the cancel message queues behind data | cannot be expressed | a cancel is around the task, never in an edge |
//! | cockroach10790 | the clean-up after a cancel waits for a sender that obeyed it too | ends by itself | after a cancel nothing is waited for: bodies and edges are dropped |
//! | moby28462 | the stop message is handed over under the lock its receiver wants | ends by itself | `shutdown` and `cancel` are requests; a drain is bounded |
//! | syncthing5795 | a handler closes its connection, which waits for the handler | cannot be expressed | a body ends its run by a signal; one that waits for its own run panics |
//! | istio18454 | a timer's tick is waited for that was already taken | ends by itself | timers have no channel; `next` of a `process` may be dropped half-way |
//! | kubernetes26980 | the list's lock is held while waiting for the stop | cannot be expressed | the list is the edge, without a lock of the user's |
//! | istio16224 | a handler reports under a lock that the receiver wants first | open | the circle is all user code: a probe has to name it |
//! | kubernetes1321 | a watcher that stops needs the lock under which it is sent to | open, outside scope | watchers that come and go are no fixed graph; a branch of a `tee` that ends closes its own edge |
//! | etcd7902 | a follower waits under the lock that its leader needs | open, outside scope | bodies that wait for one another are no pipeline: a probe has to name the stage |
//! | kubernetes10182 | a note is sent under the lock that its receiver wants | open | a guard that a source holds over its send is half of a circle: a probe has to name both halves |
//!
//! Open in what is tested: `timeout` and `on_cancel(finish)` do not exist yet, so moby33781 has its time limit in the body
//! and the bounded clean-up of cockroach10790 is missing; no probe exists that would tell of an error held back
//! (moby30408) before the run is stopped, or idle from stalled (grpc1275).

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs, reason = "tests")]

#[path = "behaviour/support.rs"]
#[allow(dead_code, reason = "shared with other tests")]
mod support;

mod real_bugs {
    mod common;

    mod early_exit;
    mod locks;
    mod missing_end;
    mod stop_protocol;
    mod timers;
}
