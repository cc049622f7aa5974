use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        let limit: u64 = "3";
        source numbers = 0..limit;
        sink n = numbers.count();
    };
}
