use pipeline_runtime::pipeline;

fn main() {
    let words = vec!["a".to_owned()];
    let _ = pipeline! {
        source numbers = 0..3usize;
        stage (few, many) = numbers.route(|n| if n < words.len() { few(n) } else { many(n) });
        sink n = few.count();
        sink m = many.map(|n| n + words.len()).count();
    };
}
