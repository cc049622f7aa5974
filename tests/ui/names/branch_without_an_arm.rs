use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (big, small) = a.route(|n| if n > 1 { big(n) } else { skip() });
        sink n = big.count();
        sink m = small.count();
    };
}
