use pipeline_runtime::{BoxError, pipeline};

struct Order;

async fn check(_: Order) -> Result<u64, BoxError> {
    Ok(1)
}

fn main() {
    let _ = pipeline! {
        source orders = [Order, Order];
        #[in_flight(8)]
        stage checked = orders.map(async |order| check(order).await?) else rejects;
        sink n = checked.count();
        sink m = rejects.count();
    };
}
