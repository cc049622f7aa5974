use pipeline_runtime::pipeline;

pipeline! {
    fn count(words: &[String]) -> pipeline_runtime::Pipeline<u64> {
        source words = words.to_vec();
        sink n = words.count();
    }
}

fn main() {}
