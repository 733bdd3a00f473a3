//! Logs go to standard error: for a person on a terminal, as JSON lines otherwise. `RUST_LOG`
//! chooses the level, `info` where it is not set.

use std::io::{self, IsTerminal};

use tracing_subscriber::EnvFilter;

pub fn start() {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let logs = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        // A change's target is a user; which module wrote the line is of no use to anyone.
        .with_target(false);
    if io::stderr().is_terminal() {
        logs.init();
    } else {
        logs.json().flatten_event(true).init();
    }
}
