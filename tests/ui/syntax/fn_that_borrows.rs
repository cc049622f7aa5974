use pipeline_runtime::{Pipeline, pipeline};

pipeline! {
    fn load<'a>(name: &'a str) -> Pipeline<Option<&'a str>> {
        source a = [name];
        sink n = a.first();
    }
}

fn main() {}
