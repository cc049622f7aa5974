use pipeline_runtime::pipeline;

fn is_worth_it() -> bool {
    true
}

fn main() {
    let _ = pipeline! {
        source a = 0..3u64;
        #[retry(attempts = 4, when = is_worth_it())]
        stage b = a.map(|n| u8::try_from(n)?);
        sink n = b.count();
    };
}
