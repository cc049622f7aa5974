use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage (small: String, large) = numbers.route(|n| if n < 2 { small(n) } else { large(n) });
        sink n = small.count();
        sink m = large.count();
    };
}
