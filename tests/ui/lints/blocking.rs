#![allow(unused_imports)]

use std::{fs, thread, time::Duration};

use pipeline_runtime::pipeline;

fn main() {
    let _ = pipeline! {
        #![deny(blocking_in_async)]
        source paths = ["a", "b"];
        stage texts = paths.map(async |path| {
            let text = fs::read_to_string(path)?;
            tokio::task::spawn_blocking(move || fs::write(path, text)).await??;
            [1, 2].map(|n| thread::sleep(Duration::from_secs(n)));
            path
        });
        stage sizes = texts.map(|path| std::fs::metadata(path)?.len());
        #[blocking]
        stage checked = sizes.inspect(|_| thread::sleep(Duration::from_secs(1)));
        sink total = checked.fold(0, |sum, n| sum + n);
    };
}
