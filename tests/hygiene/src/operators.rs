//! Every operator and every attribute.

use core::future::ready;
use core::num::ParseIntError;
use core::time::Duration;
use std::sync::mpsc::Receiver;

use flow::{Flow, Pipeline, pipeline};

/// How many bodies are in flight.
const IN_FLIGHT: usize = 4;

/// Doubles.
const fn double(n: u64) -> u64 {
    n.wrapping_mul(2)
}

/// Whether it is even.
#[expect(clippy::trivially_copy_pass_by_ref, reason = "`filter` lends its item")]
const fn is_even(n: &u64) -> bool {
    n.is_multiple_of(2)
}

/// A number from its text.
fn parse(text: &str) -> Result<u64, ParseIntError> {
    text.parse::<u64>()
}

/// A number, after a while.
async fn later(n: u64) -> Result<u64, ParseIntError> {
    ready(Ok(n)).await
}

/// An event.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Event {
    /// A number.
    Number(u64),
    /// A text.
    Text(String),
}

pipeline! {
    /// All operators on single items.
    #[inline]
    pub fn per_item(numbers: Vec<u64>, limit: usize) -> Pipeline<(Vec<(usize, u64)>, u64)> {
        source numbers = numbers;
        stage doubled: u64 = numbers.map(double).map(|n| n ^ 1).filter(is_even).filter_map(|n| Some(n.wrapping_mul(3)));
        stage flat = doubled.flat_map(|n| [n, n]).inspect(|n| drop(n.to_string())).take(limit).skip(2);
        stage some = flat.take_while(|n| *n < 1_000).skip_while(|n| *n < 3).dedup();
        stage sums = some.scan(0, |sum, n| { *sum ^= n; *sum });
        stage scratch = sums.map_init(String::new, |text, n| { text.clear(); text.push('x'); n });
        stage counted = scratch.enumerate();
        stage (all, number) = counted.tee();
        sink items = all.collect::<Vec<_>>();
        sink total = number.count();
    }
}

pipeline! {
    /// Parallel, in order and not, with keys and with bodies in flight.
    pub fn parallel(numbers: Vec<u64>) -> Pipeline<(u64, u64), ParseIntError> {
        #![name = "parallel"]
        #![buffer(64)]
        #![deadline(30s)]
        #![drain(1s)]
        source numbers = numbers;
        #[in_flight(IN_FLIGHT)]
        stage a = numbers.filter(|n| *n > 0).map(async |n| later(n).await?).map(|n| n ^ 1);
        #[in_flight(4), unordered, workers(2)]
        stage b = a.map(async |ref n| later(*n).await?) else rejects;
        #[in_flight(2), keyed(|n| *n)]
        stage c = b.map(async |n| later(n).await?).enumerate();
        #[workers(3)]
        stage d = c.flat_map(|(at, n)| [u64::try_from(at).ok(), Some(n)]).filter_map(|n| n);
        #[workers(3), keyed(|n| *n, idle = 1s), buffer(8)]
        stage e = d.scan(0, |sum, n| { *sum ^= n; *sum }).batch(2, 5ms);
        #[workers(2), unordered]
        stage f: u64 = e.map(|batch| batch.into_iter().fold(0, u64::wrapping_add));
        #[blocking, workers(2)]
        stage g = f.map(|n| n ^ 3);
        #[blocking]
        stage h = g.filter(|n| *n != 7);
        #[workers(2)]
        sink sum = h.for_each(async |n| { let _n = later(n).await?; });
        sink bad = rejects.count();
        (sum, bad)
    }
}

pipeline! {
    /// Failures.
    pub fn failures(lines: Vec<Result<String, ParseIntError>>) -> Pipeline<(u64, u64, u64), ParseIntError> {
        source lines = lines;
        stage texts = lines? else unread;
        #[on_error(skip)]
        stage first = texts.map(|text| parse(&text)?);
        #[on_error(reject)]
        stage second = first.map(|n| if n > 3 { return n } else { parse(&n.to_string())? }) else unparsed;
        #[inline]
        stage third = second.map(|n| n ^ 1);
        #[on_error(fail)]
        sink total = third.map(|n| parse(&n.to_string())?).fold(0, u64::wrapping_add);
        sink unread_total = unread.count();
        sink unparsed_total = unparsed.count();
        (total, unread_total, unparsed_total)
    }
}

/// What of all kinds of events there is.
type Seen = (Option<Event>, Option<(u64, u64)>, Option<u64>, Option<u64>);

pipeline! {
    /// Forks and joins.
    pub fn shapes(events: Vec<Event>) -> Pipeline<Seen> {
        source events = events;
        stage (numbers, texts) = events.route(|event| match event {
            Event::Number(0) => skip(),
            Event::Number(n) => numbers(n),
            Event::Text(text) => texts(text),
        });
        stage (n1, #[lossy(drop_oldest)] n2, #[lossy(drop_newest)] n3) = numbers.tee();
        stage merged = merge(Event::Number(n1), weak Event::Text(texts));
        source a = 0..10_u64;
        source b = 0..10_u64;
        stage zipped = zip(a, b);
        source c = 0..10_u64;
        source d = 0..10_u64;
        stage chained = concat(c, d);
        sink events_seen = merged.last();
        sink pairs = zipped.first();
        sink all = chained.reduce(|x, y| x ^ y);
        sink rest = n2.reduce(u64::wrapping_add);
        sink other = n3.discard();
        (events_seen, pairs, all, rest)
    }
}

pipeline! {
    /// A part of a pipeline.
    pub fn part(limit: u64) -> Flow<u64, u64, ParseIntError> {
        source n = input;
        stage small = n.filter(|n| *n < limit);
        sink out = small.output();
    }
}

pipeline! {
    /// Windows, walks, hand-written stages and fragments.
    pub fn whole(limit: u64, blocking: Receiver<u64>) -> Pipeline<(usize, u64, u64), ParseIntError> {
        source numbers = 0..limit;
        #[workers(2)]
        stage found = numbers.recurse(|n, next| { let _pushed = next.push(n ^ 1); n }, unique = |n| *n, frontier = 100);
        stage again = found.recurse(async |n, next| { if n > 9 { let _pushed = next.push(0); } later(n).await? }, unique = |n| *n);
        stage timed = again.window(0, |sum, n| *sum ^= n, every = 1s, last = 3s).map(|window| window.value);
        stage counted = timed.window(0, |sum: &mut u64, n| *sum ^= n, count = 3).map(|window| window.value);
        #[keyed(|n| n.is_multiple_of(3))]
        stage keyed = counted.window(0, |sum: &mut u64, n| *sum ^= n, count = 3, last = 6).map(|window| window.value);
        stage hand = keyed.process(async |input, output| {
            while let Some(n) = input.next().await {
                output.send(n).await;
            }
        });
        stage apart = hand.via(part(limit));
        stage batched = apart.batch(3).map(|batch| batch.len());
        sink sizes = batched.fold(0, usize::wrapping_add);

        source generated: u64 = async |out| {
            for n in 0..3 {
                out.send(n).await;
            }
        };
        sink received = generated.count();

        #[blocking]
        source on_thread = |out| {
            for n in 0..3_u64 {
                if !out.send(n) { return }
            }
        };
        #[blocking]
        source from_std = blocking;
        stage both = merge(on_thread, from_std);
        #[keyed(|n| *n), workers(2)]
        sink by_key = both.fold(0, u64::wrapping_add);

        (sizes, received, by_key.into_values().fold(0, u64::wrapping_add))
    }
}

/// The block form, with shared values.
#[inline]
pub fn block(names: &[String], within: Duration) -> Pipeline<u64, ParseIntError> {
    let db = names.to_vec();
    let width = 8_usize;
    pipeline! {
        #![error(ParseIntError)]
        clone db;
        let limit = 3_u64;
        source numbers = 0..limit;
        #[inline]
        stage texts = numbers.map(|n| format!("{db:?} {n:>width$}"));
        stage lengths = texts.map(|text| { let all = db.len(); text.len().wrapping_add(all) });
        #[buffer(0)]
        stage grouped = lengths.batch(3, within);
        sink total = grouped.count();
        total.wrapping_add(limit)
    }
}
