use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source roots = [1u64];
        stage nodes = roots.recurse(|n, next| { next.push("a"); n });
        sink n = nodes.count();
    };
}
