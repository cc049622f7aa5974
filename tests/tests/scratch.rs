#![allow(missing_docs)]
use std::time::Duration;
use pipeline_runtime::{Pipeline, pipeline, channel};
use tokio::io::AsyncBufReadExt;

fn parse(s: String) -> Result<u64, std::num::ParseIntError> { s.parse() }
fn odd(n: &u64) -> bool { n % 2 == 1 }

#[tokio::test]
async fn ops() {
    let p = pipeline! {
        source a = 0..100u64;
        stage b = a.filter(odd).filter_map(|n| if n > 5 { Some(n) } else { None }).inspect(|n| { let _ = n; }).enumerate().map(|(i, n)| i as u64 + n);
        stage c = b.skip(2).skip_while(|n| *n < 20).take_while(|n| *n < 120).take(30).scan(0u64, |s, n| { *s += n; *s }).dedup();
        stage d = c.map_init(|| 5u64, |s, n| { *s += 1; n + *s });
        stage (e, f) = d.tee();
        sink l = e.last();
        sink r = f.reduce(|a, b| a + b);
    };
    let (l, r) = p.run().await.unwrap();
    println!("{l:?} {r:?}");
}

#[tokio::test]
async fn joins() {
    #[derive(Debug)]
    enum Row { A(u64), B(String) }
    let p = pipeline! {
        source a = 0..10u64;
        source b = vec!["x".to_string(), "y".into()];
        source c = futures::stream::iter(0..3u8);
        source d = 5..8u8;
        source e = 0..4u8;
        stage m = merge(Row::A(a), Row::B(b));
        stage z = zip(c, d);
        stage all = concat(z1, e);
        stage z1 = z.map(|(a, b)| a + b);
        sink n = m.inspect(|r| { let _ = format!("{r:?}"); }).count();
        sink v = all.collect::<Vec<_>>();
        sink first = x.first();
        source x = tokio::io::BufReader::new(&b"a\nb\n"[..]).lines();
    };
    let (n, v, first) = p.run().await.unwrap();
    assert_eq!((n, v), (12, vec![5, 7, 9, 0, 1, 2, 3]));
    assert_eq!(first.unwrap().unwrap(), "a");
}

#[tokio::test]
async fn rejects() {
    let p = pipeline! {
        #![error(std::num::ParseIntError)]
        #![name = "rej"]
        #![buffer(3)]
        #![deadline(30s)]
        #![drain(1s)]
        source a = vec!["1".to_string(), "x".into(), "3".into()];
        stage b = a.map(parse?) else bad;
        #[on_error(skip)]
        stage c = b.map(async |n| { if n == 3 { return n } ; n.to_string().parse::<u64>()? });
        sink bads = bad.map(|r| r.into_parts().0).collect::<Vec<_>>();
        sink good = c.collect::<Vec<u64>>();
        source r = vec![Ok::<u8, std::num::ParseIntError>(1), "x".parse::<u8>()];
        sink rr = r?.count() else rb;
        sink rbn = rb.count();
        sink rn = r2?.for_each(|n| { let _ = n; }) else rb2;
        source r2 = vec![Ok::<u8, std::num::ParseIntError>(1), "x".parse::<u8>()];
        sink rbn2 = rb2.discard();
    };
    println!("{:?}", p.run().await.unwrap());
}

#[tokio::test(flavor = "multi_thread")]
async fn workers() {
    let (tx, mut rx) = tokio::sync::mpsc::channel(10);
    let (mut stx, srx) = channel::<u64>(4);
    tokio::spawn(async move { for i in 0..50 { stx.send(i).await.unwrap(); } });
    let p = pipeline! {
        source a = srx;
        #[keyed(|n| n % 5), workers(3)]
        stage b = a.scan(0u64, |s, n| { *s += n; *s }).batch(3, 1s);
        #[workers(3), unordered]
        stage c = b.flat_map(|v| v);
        #[in_flight(4), workers(2)]
        stage d = c.filter(async |n| { tokio::task::yield_now().await; *n % 2 == 0 }).map(|n| n + 1);
        #[blocking, workers(2)]
        stage e = d.map(|n| n * 2);
        stage (f, g, h) = e.route(|n| match n % 3 { 0 => f(n), 1 => g(n as u8), 2 => h(n.to_string()), _ => skip() });
        stage (f1, f2) = f.tee();
        #[workers(2)]
        stage (g1, g2) = g.tee();
        sink x = f1.forward(tx);
        sink y = f2.forward(futures::sink::drain());
        sink z = g1.for_each(async |ref n| { let _ = n; });
        #[workers(2)]
        sink z2 = g2.for_each(async |ref n| { let _ = n; });
        sink hh = h.map(|s: String| s).discard();
        (x, y, z, z2, hh)
    };
    let _ = p;
    let _ = (&mut rx, Duration::from_secs(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn process_it() {
    let p = pipeline! {
        source a = 0..10u64;
        stage b = a.process(async |input, output| {
            while let Some(x) = input.next().await { if x % 2 == 0 { output.send(x).await; } }
        });
        #[keyed(|n| *n % 2)]
        stage c = b.enumerate().take(2);
        sink n = c.fold(0, |a, (_, n)| a + n);
        n
    };
    assert_eq!(p.run().await.unwrap(), 2);
}

struct Thing;
impl Thing {
    fn make(db: std::sync::Arc<u64>, k: u64) -> Pipeline<u64> {
        pipeline! {
            clone db;
            let base = k + 1;
            source a = 0..*db;
            stage b = a.map(|n| n + *db + base);
            stage c = b.map(|n| { let _ = format!("{base} {db:?}"); n });
            sink s = c.fold(0, |a, n| a + n);
            s + base
        }
    }
}
#[tokio::test]
async fn captured() { assert_eq!(Thing::make(std::sync::Arc::new(3), 1).run().await.unwrap(), 3 + 9 + 6 + 2); }
