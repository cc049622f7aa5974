use pipeline_runtime::pipeline;

async fn fetch(n: u64) -> String {
    n.to_string()
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage pages = numbers.map(|n| fetch(n));
        sink sizes = pages.map(|page| page.len()).count();
    };
}
