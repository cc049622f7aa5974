use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        source b = 0..3;
        stage c = a.mpa(|n| n + 1);
        stage d = zip(c, bb);
        sink n = d.fold(0);
        sink m = d.count();
    };
}
