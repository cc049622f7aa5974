use pipeline_runtime::pipeline;

fn main() {
    let name = "a".to_owned();
    let _ = pipeline! {
        source numbers = 0..3;
        stage named = numbers.map(|n| format!("{n}{name}"));
        stage twice = named.map(|text| format!("{text}{name}"));
        sink n = twice.count();
    };
}
