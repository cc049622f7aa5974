use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn once(n: u64) -> Pipeline<u64> {
        source a = 0..n;
        #[cfg(not(miri))]
        stage b = a.mpa(|n| n);
        #[cfg(miri)]
        stage b = a.mistakes(in what is not there);
        sink n = b.count();
    }
}

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        #[cfg(not(a, b))]
        stage b = a.map(|n| n);
        #[cfg_attr(test, workers(2))]
        stage c = b.map(|n| n);
        sink n = c.count();
    };
    let _ = pipeline! {
        source a = 0..3;
        stage (b, #[cfg(miri)] c) = a.tee();
        sink n = b.count();
        sink m = c.count();
    };
}
