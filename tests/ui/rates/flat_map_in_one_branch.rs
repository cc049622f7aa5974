use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = ["one two", "three"];
        stage (a, b) = lines.tee();
        stage words = a.flat_map(|line| line.split(' ').collect::<Vec<_>>());
        sink pairs = zip(words, b).count();
    };
}
