use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #[on_error(skip)]
        source a = 0..3;
        sink n = a.count();
    };
}
