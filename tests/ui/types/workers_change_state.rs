use pipeline_runtime::pipeline;

fn main() {
    let mut n = 0;
    let _ = pipeline! {
        source numbers = 0..3;
        #[workers(2)]
        stage counted = numbers.map(|x| { n += 1; x + n });
        sink all = counted.collect::<Vec<_>>();
    };
}
