use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(large_buffer)]
        source a = 0..3;
        #[buffer(1 << 20)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
