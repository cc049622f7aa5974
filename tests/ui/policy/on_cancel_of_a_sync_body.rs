use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[on_cancel(finish)]
        stage b = a.map(|n| n + 1);
        sink n = b.count();
    };
}
