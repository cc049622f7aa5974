use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (big, small) = a.route(|n| n > 1);
        sink n = big.count();
        sink m = small.count();
    };
}
