use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(skipped_errors)]
        source a = 0..3;
        #[allow(skipped_errors)]
        #[on_error(skip)]
        stage b = a.map(|n| n.to_string().parse::<u64>()?);
        #[on_error(skip)]
        stage c = b.map(|n| n.to_string().parse::<u64>()?);
        sink n = c.count();
    };
}
