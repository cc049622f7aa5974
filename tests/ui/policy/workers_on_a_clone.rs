use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        let limit = 3;
        #[workers(2)]
        clone limit;
        source a = 0..3;
        sink n = a.map(|n| n + limit).count();
    };
}
