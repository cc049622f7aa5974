use pipeline_runtime::pipeline;

#[derive(Clone)]
struct Order;

fn main() {
    let _ = pipeline! {
        source orders = [Order, Order];
        stage once = orders.dedup();
        sink n = once.count();
    };
}
