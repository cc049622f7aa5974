use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source texts = ["1", "x"];
        stage (a, b) = texts.tee();
        stage good = a.map(|text| text.parse::<u64>()?) else bad;
        sink pairs = zip(good, b).count();
        sink failed = bad.count();
    };
}
