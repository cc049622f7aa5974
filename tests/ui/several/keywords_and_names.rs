use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        src a = 0..3;
        stag b = a.map(|n| n + 1);
        sink self = b.count();
        sink merge = b.last();
    };
}
