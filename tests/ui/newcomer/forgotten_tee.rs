use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = ["a b", "c"];
        sink count = lines.count();
        sink longest = lines.reduce(|a, b| if a.len() > b.len() { a } else { b });
    };
}
