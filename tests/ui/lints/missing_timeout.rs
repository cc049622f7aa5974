use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(missing_timeout)]
        source a = 0..3;
        stage b = a.map(async |n| n + 1);
        sink n = b.count();
    };
}
