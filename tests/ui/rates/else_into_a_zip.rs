use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source texts = ["1", "x"];
        stage good = texts.map(|text| text.parse::<u64>()?) else bad;
        sink pairs = zip(good, bad).count();
    };
}
