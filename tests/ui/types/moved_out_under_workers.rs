use pipeline_runtime::pipeline;

fn main() {
    let name = "a".to_owned();
    let _ = pipeline! {
        source numbers = 0..3;
        #[workers(2)]
        stage named = numbers.map(|n| (n, name));
        sink n = named.count();
    };
}
