use pipeline_runtime::pipeline;

fn main() {
    let text = "a b".to_owned();
    let text = text.as_str();
    let _ = pipeline! {
        source words = text.split(' ');
        sink all = words.collect::<Vec<_>>();
    };
}
