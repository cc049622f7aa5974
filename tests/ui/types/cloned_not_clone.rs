use pipeline_runtime::pipeline;

struct Db;

impl Db {
    fn get(&self, n: u64) -> u64 {
        n
    }
}

fn main() {
    let db = Db;
    let _ = pipeline! {
        clone db;
        source numbers = 0..3u64;
        stage named = numbers.map(|n| db.get(n));
        stage more = named.map(|n| db.get(n));
        sink all = more.count();
    };
}
