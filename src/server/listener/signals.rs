//! The signals to stop: SIGTERM, as a service manager sends it, and Ctrl-C. Another SIGTERM changes
//! nothing; a second Ctrl-C is from somebody who doesn't want to wait.

use crate::failure::Failure;

#[cfg(unix)]
pub struct Signals {
    terminate: tokio::signal::unix::Signal,
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    pub fn new() -> Result<Self, Failure> {
        use tokio::signal::unix::{SignalKind, signal};

        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
        })
    }

    /// Comes back once it is time to stop.
    pub async fn stop(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }

    /// Comes back on Ctrl-C.
    pub async fn again(&mut self) {
        self.interrupt.recv().await;
    }
}

#[cfg(not(unix))]
pub struct Signals;

#[cfg(not(unix))]
impl Signals {
    pub fn new() -> Result<Self, Failure> {
        Ok(Self)
    }

    /// Comes back on Ctrl-C.
    pub async fn stop(&mut self) {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl-C can't be waited for");
            std::future::pending::<()>().await;
        }
    }

    /// Comes back on Ctrl-C.
    pub async fn again(&mut self) {
        self.stop().await;
    }
}
