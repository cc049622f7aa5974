use pipeline_runtime::pipeline;

fn main() {
    let name = "a".to_owned();
    let _ = pipeline! {
        source numbers = 0..3;
        stage named = numbers.map(|n| format!("{n}{name}"));
        sink n = named.count();
        (name, n)
    };
}
