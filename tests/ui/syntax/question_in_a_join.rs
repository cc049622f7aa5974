use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1".parse::<u8>()];
        source b = 0..3;
        sink n = merge(a?, b).count();
    };
}
