use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        println!("start");
        source a = 0..3;
        sink n = a.count();
    };
}
