use std::collections::HashMap;

use pipeline_runtime::pipeline;

fn main() {
    let map: HashMap<u8, u8> = HashMap::new();
    let _ = pipeline! {
        source a = map;
        sink n = a.map(|n| n + 1).count();
    };
}
