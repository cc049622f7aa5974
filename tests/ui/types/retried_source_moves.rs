fn connect(url: String) -> Result<Vec<String>, std::io::Error> {
    Ok(vec![url])
}

fn main() {
    let url = "here".to_owned();
    let _ = pipeline_runtime::pipeline! {
        #[retry(attempts = 3)]
        source lines = connect(url)?;
        sink n = lines.count();
    };
}
