use pipeline_runtime::{Pipeline, pipeline};

fn counted(wanted: bool) -> Option<Pipeline<u64>> {
    if !wanted {
        return None;
    }
    pipeline! {
        source numbers = 0..3u64;
        sink n = numbers.count();
    }
}

fn main() {}
