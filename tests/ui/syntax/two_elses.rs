use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = ["1".parse::<u8>()];
        sink n = a?.count() else rejects else others;
        sink m = rejects.count();
    };
}
