use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[in_flight(2)]
        stage lengths = numbers.map(async |text: String| text.len());
        sink n = lengths.count();
    };
}
