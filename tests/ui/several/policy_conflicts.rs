use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[workers(2)]
        stage b = a.scan(0, |sum, n| { *sum += n; *sum });
        #[blocking]
        stage c = b.map(async |n| n + 1);
        #[inline, workers(2)]
        stage d = c.map(|n| n + 1);
        #[in_flight(8), blocking]
        stage e = d.map(|n| n + 1);
        #[workers(2), workers(3)]
        sink n = e.for_each(|n| drop(n));
    };
}
