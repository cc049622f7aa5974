//! Ctrl-C.

use std::{
    future::pending,
    process::exit,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
};

use tokio::{signal::ctrl_c, sync::oneshot};

use crate::INTERRUPTED;

/// Whether the count was ended by Ctrl-C.
#[derive(Default)]
pub(crate) struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    pub(crate) fn is_set(&self) -> bool {
        self.0.load(Relaxed)
    }

    /// Ends at the first Ctrl-C. After that one, and once this future is dropped, Ctrl-C ends the process.
    pub(crate) fn first(&self) -> impl Future<Output = ()> + Send + use<> {
        let (tell, told) = oneshot::channel();
        tokio::spawn(listen(tell));
        let set = self.0.clone();
        async move {
            match told.await {
                Ok(()) => set.store(true, Relaxed),
                // Ctrl-C cannot be heard here: it ends the process as ever
                Err(_) => pending().await,
            }
        }
    }
}

async fn listen(tell: oneshot::Sender<()>) {
    let mut tell = Some(tell);
    while ctrl_c().await.is_ok() {
        if tell.take().is_none_or(|tell| tell.send(()).is_err()) {
            exit(INTERRUPTED.into());
        }
    }
}
