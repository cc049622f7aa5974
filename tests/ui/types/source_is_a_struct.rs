use pipeline_runtime::pipeline;

struct Orders;

fn main() {
    let _ = pipeline! {
        source a = Orders;
        sink n = a.count();
    };
}
