use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[on_error(|e| eprintln!("{e}"))]
        stage b = a.map(|n| n.to_string().parse::<u64>()?);
        sink n = b.count();
    };
}
