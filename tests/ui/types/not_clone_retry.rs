use pipeline_runtime::{BoxError, pipeline};

struct Order;

fn check(_: Order) -> Result<u64, BoxError> {
    Ok(1)
}

fn main() {
    let _ = pipeline! {
        source orders = [Order, Order];
        #[retry(attempts = 3)]
        stage checked = orders.map(|order| check(order)?);
        sink n = checked.count();
    };
}
