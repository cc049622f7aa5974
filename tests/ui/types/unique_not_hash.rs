use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source roots = [1.5];
        stage nodes = roots.recurse(|n, next| { next.push(n / 2.0); n }, unique = |n| *n);
        sink n = nodes.count();
    };
}
