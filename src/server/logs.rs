//! Logs go to standard error: for a person on a terminal, as JSON lines otherwise. `RUST_LOG`
//! chooses the level, `info` where it is not set.

use std::{
    io::{self, IsTerminal},
    panic::{self, PanicHookInfo},
};

use tracing::error;
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
    panic::set_hook(Box::new(log_panic));
}

/// What a bug says goes where everything else does, in the same form.
fn log_panic(panic: &PanicHookInfo<'_>) {
    let payload = panic.payload();
    let text = payload.downcast_ref::<&str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    let place = panic.location().map(ToString::to_string);
    error!(error = text.unwrap_or("unknown"), place, "a bug in Riskdesk: please report it");
}
