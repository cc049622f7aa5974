use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..10;
        stage (all, some) = numbers.tee();
        stage even = some.filter(|n| n % 2 == 0);
        sink pairs = zip(all, even).collect::<Vec<_>>();
    };
}
