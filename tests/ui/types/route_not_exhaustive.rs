use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source numbers = [Some(1), None];
        stage (some, zero) = numbers.route(|n| match n {
            Some(0) => zero(()),
            Some(n) => some(n),
        });
        sink n = some.count();
        sink m = zero.count();
    };
}
