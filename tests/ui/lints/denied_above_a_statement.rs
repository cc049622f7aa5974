use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[deny(skipped_errors)]
        #[on_error(skip)]
        stage b = a.map(|n| n.to_string().parse::<u64>()?);
        sink n = b.count();
    };
}
