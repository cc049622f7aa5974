use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source words = vec![String::new()];
        sink longest = words.reduce(|a, b| { a + &b; });
    };
}
