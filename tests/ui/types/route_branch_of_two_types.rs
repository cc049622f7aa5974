use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage (few, many) = numbers.route(|n| match n {
            0 => few("none"),
            1 => few(n),
            _ => many(n),
        });
        sink n = few.count();
        sink m = many.count();
    };
}
