use pipeline_runtime::pipeline;

fn main() {
    let words = vec!["a".to_owned()];
    let _ = pipeline! {
        source numbers = 0..3;
        stage named = numbers.map(|n| words[n].clone());
        sink all = named.count();
    };
    println!("{}", words.len());
}
