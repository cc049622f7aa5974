use pipeline_runtime::pipeline;

async fn fetch(id: u64) -> String {
    id.to_string()
}

fn main() {
    let _ = pipeline! {
        source ids = [1, 2];
        stage users = ids.map(async |id| fetch(id));
        sink names = users.map(|user: String| user).collect::<Vec<_>>();
    };
}
