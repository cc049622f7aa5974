use pipeline_runtime::pipeline;

struct Order;

fn main() {
    let _ = pipeline! {
        source orders = [Order, Order];
        stage (a, b) = orders.tee();
        sink n = a.count();
        sink m = b.count();
    };
}
