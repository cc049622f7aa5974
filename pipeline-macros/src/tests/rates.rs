mod generated;

use super::*;

/// A source, and sinks for what is named.
fn around(stages: &str, sinks: &[&str]) -> String {
    let sinks = sinks.iter().map(|name| format!("sink s_{name} = {name}.count();")).collect::<String>();
    format!("source n = x; {stages} {sinks}")
}

#[test]
fn show() {
    let cases = [
        around("stage (a, b) = n.tee(); stage kept = a.filter(f);", &[]) + "sink s = zip(kept, b).count();",
        around("stage (a, b) = n.tee(); ", &[]) + "sink s = concat(a, b).count();",
        around("stage (a, b) = n.tee(); stage g = a.batch(10);", &[]) + "sink s = zip(g, b).count();",
        around("stage (a, b) = n.tee(); stage g = a.batch(10, 1s);", &[]) + "sink s = zip(g, b).count();",
        around("stage (a, b) = n.tee(); stage g = a.skip(1024);", &[]) + "sink s = zip(g, b).count();",
        around("#[buffer(2)] stage (a, b) = n.tee(); stage g = a.skip(7);", &[]) + "sink s = zip(g, b).count();",
        around("#[buffer(k)] stage (a, b) = n.tee(); stage g = a.skip(7);", &[]) + "sink s = zip(g, b).count();",
        around("stage (a, b) = n.tee(); stage g = a.skip(k);", &[]) + "sink s = zip(g, b).count();",
        around("stage (a, b) = n.route(|x| if x { a(x) } else { b(x) }); ", &[]) + "sink s = zip(a, b).count();",
        around("stage a = n.map(f?) else b; ", &[]) + "sink s = zip(a, b).count();",
        around("stage (a, b) = n.tee(); #[on_error(skip)] stage c = a.map(f?);", &[]) + "sink s = zip(c, b).count();",
        around("stage (a, b) = n.tee(); stage c = a.map(f?) else bad;", &["bad"]) + "sink s = zip(c, b).count();",
        around("source m = x; stage (a, b) = n.tee(); stage (c, d) = m.tee(); stage e = a.filter(f);", &[])
            + "sink s = zip(e, c).count(); sink t = zip(d, b).count();",
        around("stage (a, b) = n.tee(); stage (c, d) = a.tee(); stage e = merge(c, d);", &[])
            + "sink s = zip(e, b).count();",
        around("stage (#[lossy(drop_oldest)] a, b) = n.tee(); ", &[]) + "sink s = zip(a, b).count();",
        around("stage (a, b) = n.tee(); stage c = a.via(f());", &[]) + "sink s = zip(b, c).count();",
    ];
    for case in cases {
        println!("{case}\n{}\n", front(&case).err().unwrap_or_default().join("\n"));
    }
}
