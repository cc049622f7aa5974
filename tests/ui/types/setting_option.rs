use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[workers(std::thread::available_parallelism())]
        stage more = numbers.map(|n| n + 1);
        sink n = more.count();
    };
}
