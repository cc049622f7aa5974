use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #[workers(2)]
        let limit = 3;
        source a = 0..limit;
        sink n = a.count();
    };
}
