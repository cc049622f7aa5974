use pipeline_runtime::pipeline;

fn main() {
    let words = vec!["a".to_owned()];
    let _ = pipeline! {
        source numbers = 0..words.len();
        stage named = numbers.map(|n| words[n].clone());
        sink n = named.count();
    };
}
