use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(unordered_output)]
        source a = 0..3;
        #[workers(2), unordered]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
