use std::rc::Rc;

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage sums = numbers.process(async |input, output| {
            let one = Rc::new(1);
            while let Some(n) = input.next().await {
                output.send(n + *one).await;
            }
        });
        sink n = sums.count();
    };
}
