use pipeline_runtime::pipeline;

fn main() {
    let cores = 4.0;
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[in_flight(cores * 2.0)]
        stage more = numbers.map(async |n| n + 1);
        sink n = more.count();
    };
}
