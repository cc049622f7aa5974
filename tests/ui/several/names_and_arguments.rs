use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        source numbers = 0..3;
        stage c = a.mpa(|n| n + 1);
        stage d = zip(c, number);
        sink n = d.fold(0);
        sink m = d.count();
    };
}
