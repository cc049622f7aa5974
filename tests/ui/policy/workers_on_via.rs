use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[workers(2)]
        stage b = a.via(doubled());
        sink n = b.count();
    };
}
