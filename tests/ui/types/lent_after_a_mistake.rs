use pipeline_runtime::pipeline;

async fn store(_: &str) {}

fn main() {
    let _ = pipeline! {
        source users = ["a".to_owned()];
        stage named = users.mapp(|user| user + "!");
        stage stored = named.map(async |user| {
            store(&user).await;
            user
        });
        sink all = stored.collect::<Vec<String>>();
    };
}
