use pipeline_runtime::pipeline;

fn main() {
    let words = vec!["a".to_owned()];
    let _ = pipeline! {
        source numbers = async |out| {
            for n in 0..words.len() {
                out.send(n).await;
            }
        };
        stage named = numbers.map(|n| words[n].clone());
        sink n = named.count();
    };
}
