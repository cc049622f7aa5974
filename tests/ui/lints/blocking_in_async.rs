use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(blocking_in_async)]
        source a = ["a", "b"];
        stage b = a.map(async |path| std::fs::read_to_string(path)?);
        sink n = b.count();
    };
}
