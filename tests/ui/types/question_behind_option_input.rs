use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = [Some(1), None];
        sink n = numbers?.count();
    };
}
