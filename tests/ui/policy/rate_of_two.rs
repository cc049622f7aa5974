use pipeline_runtime::pipeline;

async fn send(_: u64) {}

fn main() {
    let _ = pipeline! {
        source a = ["1", "x"];
        #[rate(5, per = 1s)]
        sink n = a.map(|text| text.parse::<u64>()?).for_each(async |x| send(x).await);
    };
}
