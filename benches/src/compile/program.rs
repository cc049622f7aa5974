//! A program with a chain of stages, in text.

use std::fmt::Write as _;

/// How a program is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Style {
    Pipeline,
    ByHand,
}

/// Adds 1, 2, … `stages` to each of a thousand numbers, a stage for each, and prints the sum.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Program {
    pub(crate) style: Style,
    pub(crate) stages: u64,
}

const NUMBERS: u64 = 1_000;

impl Program {
    pub(crate) fn name(self) -> String {
        let style = match self.style {
            Style::Pipeline => "pipeline",
            Style::ByHand => "by_hand",
        };
        format!("{style}_{}", self.stages)
    }

    /// What it prints.
    pub(crate) fn result(self) -> u64 {
        let added: u64 = (1..=self.stages).sum();
        (0..NUMBERS).map(|n| n + added).sum()
    }

    pub(crate) fn text(self) -> String {
        let (uses, body) = match self.style {
            Style::Pipeline => ("use pipeline_runtime::pipeline;\n", self.pipeline()),
            Style::ByHand => (USES_BY_HAND, self.by_hand()),
        };
        format!("{uses}{body}{MAIN}")
    }

    fn pipeline(self) -> String {
        let mut text = format!("async fn sum() -> u64 {{\n    pipeline! {{\n        source s0 = 0u64..{NUMBERS};\n");
        for stage in 1..=self.stages {
            text += &format!("        stage s{stage} = s{}.map(|x| x + {stage});\n", stage - 1);
        }
        text += &format!("        sink sum = s{}.fold(0u64, |sum, x| sum + x);\n", self.stages);
        text + "    }\n    .run()\n    .await\n    .unwrap()\n}\n"
    }

    fn by_hand(self) -> String {
        let mut text = SOURCE.replace("NUMBERS", &NUMBERS.to_string());
        for stage in 1..=self.stages {
            let _ = write!(text, "\n    // stage {stage}");
            text += &STAGE.replace("PREVIOUS", &(stage - 1).to_string()).replace("STAGE", &stage.to_string());
        }
        text + &SINK.replace("LAST", &self.stages.to_string())
    }
}

const MAIN: &str = "
fn main() {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    println!(\"{}\", runtime.block_on(sum()));
}
";

const USES_BY_HAND: &str = "use tokio::select;
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
";

const SOURCE: &str = "async fn sum() -> u64 {
    let token = CancellationToken::new();
    let mut tasks: JoinSet<Result<(), String>> = JoinSet::new();

    let (tx0, mut rx0) = mpsc::channel::<u64>(64);
    let cancelled = token.clone();
    tasks.spawn(async move {
        for x in 0u64..NUMBERS {
            select! {
                _ = cancelled.cancelled() => break,
                sent = tx0.send(x) => if sent.is_err() { break },
            }
        }
        Ok(())
    });
";

const STAGE: &str = "
    let (txSTAGE, mut rxSTAGE) = mpsc::channel::<u64>(64);
    let cancelled = token.clone();
    tasks.spawn(async move {
        loop {
            let x = select! {
                _ = cancelled.cancelled() => break,
                received = rxPREVIOUS.recv() => match received {
                    Some(x) => x,
                    None => break,
                },
            };
            let x = x + STAGE;
            select! {
                _ = cancelled.cancelled() => break,
                sent = txSTAGE.send(x) => if sent.is_err() { break },
            }
        }
        Ok(())
    });
";

const SINK: &str = "
    let (total, sum) = oneshot::channel();
    let cancelled = token.clone();
    tasks.spawn(async move {
        let mut sum = 0u64;
        loop {
            let x = select! {
                _ = cancelled.cancelled() => break,
                received = rxLAST.recv() => match received {
                    Some(x) => x,
                    None => break,
                },
            };
            sum += x;
        }
        total.send(sum).map_err(|_| \"nobody wants the sum\".to_owned())
    });

    while let Some(ended) = tasks.join_next().await {
        if !matches!(ended, Ok(Ok(()))) {
            token.cancel();
        }
    }
    sum.await.unwrap()
}
";
