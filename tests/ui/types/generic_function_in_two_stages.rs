use pipeline_runtime::pipeline;

fn zero<T: Default>(_: &u64) -> T {
    T::default()
}

fn apply(function: &dyn Fn(&u64) -> u64, n: u64) -> u64 {
    function(&n)
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        stage zeros = numbers.map(|n| apply(&zero, n));
        sink n = zeros.map(|n| apply(&zero, n)).count();
    };
}
