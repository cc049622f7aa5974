#![deny(warnings)]

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #[name = "numbers"]
        #![error(std::num::ParseIntError)]
        #![buffer(9)]
        source lines = ["1", "2"];
        sink n = lines.map(|line| line.parse::<u64>()?).count();
    };
}
