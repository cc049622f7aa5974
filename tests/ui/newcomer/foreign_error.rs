use pipeline_runtime::pipeline;

#[derive(Debug)]
enum LoadError {
    Empty,
}

fn main() {
    let _ = pipeline! {
        #![error(LoadError)]
        source lines = ["1", "x"];
        sink numbers = lines.map(|line| line.parse::<u64>()?).collect::<Vec<_>>();
    };
}
