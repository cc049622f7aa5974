use pipeline_runtime::pipeline;

#[derive(Debug)]
struct LoadError;

impl std::error::Error for LoadError {}

impl std::fmt::Display for LoadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("cannot load")
    }
}

fn main() {
    let _ = pipeline! {
        #![error(LoadError)]
        source lines = ["1", "x"];
        sink numbers = lines.map(|line| line.parse::<u64>()?).collect::<Vec<_>>();
    };
}
