use pipeline_runtime::pipeline;

fn main() {
    let names = vec!["a".to_owned()];
    let _ = pipeline! {
        source numbers = 0..3_usize;
        #[keyed(|n| names[*n].clone())]
        #[workers(2)]
        stage named = numbers.map(|n| names[n].clone());
        sink n = named.count();
    };
}
