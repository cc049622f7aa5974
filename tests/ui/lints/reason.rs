use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(skipped_errors, reason = "all of it is billed")]
        source a = 0..3;
        #[on_error(skip)]
        stage b = a.map(|n| n.to_string().parse::<u64>()?);
        sink n = b.count();
    };
}
