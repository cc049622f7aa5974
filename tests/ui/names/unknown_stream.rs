use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = 0..3;
        stage words = line.map(|n| n + 1);
        sink n = words.count();
        sink m = lines.count();
    };
}
