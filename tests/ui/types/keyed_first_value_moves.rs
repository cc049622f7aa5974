use pipeline_runtime::pipeline;

struct File;

fn main() {
    let file = File;
    let _ = pipeline! {
        source n = 0..10u64;
        #[keyed(|n| *n)]
        sink files = n.fold(file, |file, _| file);
    };
}
