//! Traits that give everything methods of the names that generated code calls.

#![expect(clippy::default_numeric_fallback, clippy::wrong_self_convention, reason = "hostile")]

/// All kinds of pipelines, among methods that take what they are called on in one way.
macro_rules! among {
    ($(#[$doc:meta])* $module:ident, $receiver:tt, $($method:ident)*) => {
        $(#[$doc])*
        pub mod $module {
            use core::future::ready;
            use core::num::ParseIntError;
            use core::str::FromStr as _;

            use flow::{Breaker, Failed, Flow, Input, Limit, Output, Pipeline, Verdict, pipeline};

            #[expect(dead_code, clippy::new_ret_no_self, reason = "hostile")]
            trait Hostile: Sized {
                $(fn $method $receiver {})*
            }

            #[expect(clippy::missing_trait_methods, reason = "hostile")]
            impl<T> Hostile for T {}

            pipeline! {
                /// Workers, bodies in flight, keys.
                pub fn parallel(lines: Vec<String>) -> Pipeline<(u64, u64), ParseIntError> {
                    #![deadline(30s)]
                    #![drain(1s)]
                    #![buffer(9)]
                    source lines = lines;
                    #[workers(2), buffer(2)]
                    stage numbers = lines.map(|ref line| u64::from_str(line)?) else rejects;
                    #[in_flight(4)]
                    stage later = numbers.map(async |n| ready(n).await).enumerate();
                    #[in_flight(4), unordered, workers(2)]
                    stage sooner = later.map(async |(_, n)| ready(n).await);
                    #[in_flight(4), keyed(|n| *n), workers(2)]
                    stage by_key = sooner.map(async |ref n| u64::from_str("3")? ^ *n) else others;
                    #[keyed(|n| *n, idle = 1s), workers(2)]
                    stage batches = by_key.dedup().filter(|n| *n < 9).scan(0, |_, n| n).take(9).batch(2, 5ms);
                    #[blocking, workers(2)]
                    stage parts = batches.flat_map(|batch| batch);
                    #[workers(2), unordered, keyed(|n| *n)]
                    stage (one, #[lossy(drop_oldest)] two) = parts.tee();
                    #[keyed(|n| *n)]
                    stage windows = one.window(0, |sum, n| *sum ^= n, count = 3, last = 6);
                    stage found = two.recurse(|n, _| n, unique = |n| *n, frontier = 9);
                    #[workers(2)]
                    stage again = found.recurse(async |n, _| ready(n).await);
                    stage all = merge(again, weak others_left);
                    stage others_left = others.filter_map(|rejected| { let flow::Rejected::Item { item, .. } = rejected else { return None }; Some(item) });
                    #[workers(2)]
                    sink seen = windows.for_each(async |_| ready(()).await);
                    sink last = all.fold(0, |sum, n| sum ^ n);
                    sink bad = rejects.count();
                    (seen ^ last, bad)
                }
            }

            pipeline! {
                /// In one task, and in tasks of other kinds.
                pub fn serial(lines: Vec<Result<u64, ParseIntError>>) -> Pipeline<(u64, Option<u64>, u64), ParseIntError> {
                    source lines = lines;
                    stage numbers = lines? else unread;
                    #[inline]
                    stage (small, large) = numbers.route(|n| match n { 0..3 => small(n), 3..9 => large(n), _ => skip() });
                    #[inline]
                    stage few = small.take(3).skip(1).map_init(|| 0, |_, n| n);
                    stage handed = large.process(async |input, output| {
                        while let Some(n) = Input::next(&mut input).await {
                            Output::send(&mut output, n).await;
                        }
                    });
                    source generated: u64 = async |out| Output::send(&mut out, 1).await;
                    #[blocking]
                    source quiet: u64 = |_out| {};
                    stage joined = concat(handed, generated);
                    stage apart = joined.via(part());
                    stage pairs = zip(apart, quiet);
                    stage timed = pairs.window(0, |sum: &mut u64, (n, _)| *sum ^= n, every = 1s);
                    #[on_error(skip)]
                    sink total = timed.map(|_| u64::from_str("x")?).reduce(|sum, n| sum ^ n);
                    sink first = few.first();
                    sink bad = unread.discard();
                    (bad, first, match total { Some(_) => 1, None => 0 })
                }
            }

            pipeline! {
                /// Bodies with policies around them.
                pub fn guarded(numbers: Vec<u64>) -> Pipeline<(u64, u64), ParseIntError> {
                    #![retry_budget(ratio = 0.5, floor = 3, per = 2s)]
                    source numbers = numbers;
                    #[timeout(2s, total = 9s), retry(attempts = 3, backoff = 1ms..2ms, when = |e| matches!(*e, Failed::Error(_)))]
                    stage serial = numbers.map(async |n| ready(n).await ^ u64::from_str("0")?) else late;
                    #[inline, retry(attempts = 2, jitter = none, factor = 1.5, max_elapsed = 3s, after = |_| None)]
                    stage inside = serial.filter(|n| u64::from_str("9")? > *n);
                    #[in_flight(4), timeout(2s), retry(attempts = 2)]
                    stage flying = inside.map(async |n| ready(n).await ^ u64::from_str("0")?) else lost;
                    #[workers(2), timeout(2s), on_error(skip)]
                    sink total = flying.map(async |n| ready(n).await).count();
                    stage both = merge(late, lost);
                    sink bad = both.discard();
                    (total, bad)
                }
            }

            pipeline! {
                /// Bodies that are waited for.
                pub fn entered(numbers: Vec<u64>, limit: Limit, breaker: Breaker) -> Pipeline<(u64, u64), ParseIntError> {
                    source numbers = numbers;
                    #[rate(5, per = 1s, by = |n| n ^ 1), in_flight(4), limit(&limit)]
                    stage flying = numbers.map(async |n| ready(n).await);
                    #[rate(5, per = 1s, burst = 9), in_flight(4), breaker(&breaker, open = reject)]
                    stage near = flying.map(async |n| ready(n).await ^ u64::from_str("0")?) else lost;
                    #[breaker(
                        failure_rate = 0.5, time_window = 30s, minimum_calls = 20, slow_calls = 2s, open_for = 5s..1m,
                        open_factor = 2, half_open_calls = 3, consecutive_failures = 9,
                        trip_on = [Verdict::Failure, Verdict::Success], classify = |result| Verdict::of(result),
                    )]
                    sink total = near.map(|n| n ^ u64::from_str("0")?).count();
                    sink bad = lost.discard();
                    (total, bad)
                }
            }

            pipeline! {
                /// A part.
                pub fn part() -> Flow<u64, u64, ParseIntError> {
                    source n = input;
                    sink out = n.filter(|n| *n > 0).output();
                }
            }

            pipeline! {
                /// Sinks by key.
                pub fn by_key(numbers: Vec<u64>) -> Pipeline<u64> {
                    #![inline]
                    source numbers = numbers;
                    stage (a, b, c, d) = numbers.tee();
                    #[keyed(|n| *n)]
                    sink folded = a.fold(0, |sum, n| sum ^ n);
                    #[keyed(|n| *n), workers(2)]
                    sink reduced = b.reduce(|sum, n| sum ^ n);
                    #[keyed(|n| *n)]
                    sink first = c.first();
                    #[keyed(|n| *n), workers(2)]
                    sink all = d.collect::<Vec<_>>();
                    { let _all = (folded, reduced, first, all); 0 }
                }
            }
        }
    };
}

/// The same with each way to take what a method is called on.
macro_rules! all {
    ($($method:ident)*) => {
        among! {
            /// By value.
            by_value, (self), $($method)*
        }
        among! {
            /// By reference.
            by_reference, (&self), $($method)*
        }
        among! {
            /// By exclusive reference.
            by_exclusive_reference, (&mut self), $($method)*
        }
    };
}

all! {
    after again allows attempts backoff clone_of factor jitter max_elapsed number policies ratio retry retry_budget rises
    approach arrive arrives breaker burst classify consecutive_failures count_window ended enter failure_rate flight goes
    half_open_calls handle in_flight key keyed_limiter leave limit limiter minimum_calls nears open_at_most open_factor
    open_for pass rate rate_by refusing same share slow_calls time_window times told trip_on try_arrive try_enter
    shared timeout total when within without_jitter
    add another as_ref at_work begin blocking borrow buffer check checkpoint clone clone_into close complete count covers
    deadline default discard drain drive due duration eager edge emitted end expire fail fail_held failures finish
    flush from generator hand_over hand_over_part has_room hold inline_source insert into into_future into_iter is_due
    is_none is_open is_some join keyed kind look_around lossy lossy_edge map member more more_units more_units_until
    more_until name new next note of of_key open over park place poll poll_next pop pop_unit positive push reject retire
    room run set settle source spawn spawn_blocking spawn_generator start state state_of take take_back take_unit
    take_unit_until target task then to_owned turn turn_to turns unwrap via via_sink view weak windows worker
    blocking_generator process
}
