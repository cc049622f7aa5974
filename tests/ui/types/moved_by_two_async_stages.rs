use pipeline_runtime::pipeline;

async fn save(_: &str, _: u64) -> u64 {
    0
}

fn main() {
    let name = "a".to_owned();
    let _ = pipeline! {
        source numbers = 0..3u64;
        #[in_flight(2)]
        stage named = numbers.map(async |n| save(&name, n).await);
        #[in_flight(2)]
        sink all = named.for_each(async |n| { save(&name, n).await; });
    };
}
