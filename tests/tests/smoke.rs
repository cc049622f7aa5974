use pipeline_runtime::{Pipeline, pipeline};

#[tokio::test]
async fn one() {
    let words = pipeline! {
        source lines = vec!["a b".to_string(), "c d e".to_string()];
        stage  words = lines.flat_map(|line| line.split(' ').map(str::to_owned).collect::<Vec<_>>());
        sink   total = words.count();
    };
    assert_eq!(words.run().await.unwrap(), 5);
}

pipeline! {
    /// Sums.
    pub fn sums(limit: u64, workers: usize) -> Pipeline<(u64, Vec<String>), std::num::ParseIntError> {
        source numbers = 0..limit;
        stage texts = numbers.map(|n| if n % 10 == 3 { "x".to_string() } else { n.to_string() });
        #[workers(workers)]
        stage parsed: u64 = texts.map(|ref text| text.parse::<u64>()?) else bad;
        stage (even, odd) = parsed.route(|n| match n % 2 { 0 => even(n), _ => odd(n) });
        #[in_flight(8)]
        stage slow = even.map(async |n| { tokio::task::yield_now().await; n });
        sink a = slow.fold(0, |a, n| a + n);
        sink b = odd.batch(10).map(|b: Vec<u64>| b.len() as u64).fold(0, |a, n| a + n);
        sink c = bad.map(|r| r.into_parts().0.unwrap()).collect::<Vec<_>>();
        (a + b, c)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two() {
    println!("{SUMS_GRAPH}");
    let out = sums(1000, 4).spawn().wait().await;
    println!("{}", out.report);
    let (n, bad) = out.result.unwrap();
    assert_eq!(bad.len(), 100);
    assert_eq!(n, (0..1000u64).filter(|n| n % 2 == 0).sum::<u64>() + 400);
}
