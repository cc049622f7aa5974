use pipeline_runtime::pipeline;

enum Event {
    Number(u64),
    Word(String),
}

fn main() {
    let _ = pipeline! {
        source numbers = 0..3u64;
        source words = ["a", "b"];
        stage events = merge(Event::Number(numbers), Event::Word(words));
        sink n = events.count();
    };
}
