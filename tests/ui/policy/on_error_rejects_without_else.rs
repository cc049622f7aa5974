use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[on_error(|e| if e.to_string().is_empty() { reject } else { fail })]
        stage b = a.map(|n| n.to_string().parse::<u64>()?);
        sink n = b.count();
    };
}
