use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source lines = ["a b", "c"];
        sink words = lines.flatmap(|line| line.split(' ')).count();
    };
}
