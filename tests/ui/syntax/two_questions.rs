use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = [Ok::<_, std::num::ParseIntError>("1".parse::<u8>())];
        stage b = a??;
        sink n = b.count();
    };
}
