use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source texts = ["1", "x"];
        stage (a, b) = texts.tee();
        #[on_error(skip)]
        stage good = a.map(|text| text.parse::<u64>()?);
        sink pairs = zip(good, b).count();
    };
}
