use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        source a = 0..3;
        stage (b, #[lossy(drop_oldst)] c) = a.tee();
        stage (d, #[lossy(drop_oldest)] e) = b.route(|n| if n > 1 { d(n) } else { e(n) });
        #[lossy(drop_oldest)]
        stage f = c.map(|n| n);
        stage g = zip(d, weak e).map(|(d, _)| d);
        stage h = merge(weak f, weak g);
        sink n = h.count();
    };
}
