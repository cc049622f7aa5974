use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (skip, c) = a.route(|n| if n > 1 { skip(n) } else { c(n) });
        sink n = skip.count();
        sink m = c.count();
    };
}
