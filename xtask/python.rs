//! Python, whose csv module reads what the app exports: a reader that is not ours.

use anyhow::{Result, bail};

use crate::{debian, progress::say, run};

/// Finds or installs it.
pub fn ready() -> Result<()> {
    if is_here() {
        return Ok(());
    }
    say("Missing", "python3, which the browser tests read exports with");
    if debian::is_here_as_root() {
        debian::install("python3")?;
    }
    if !is_here() {
        bail!("no python3 could be had: install one of 3.9 or newer");
    }
    Ok(())
}

fn is_here() -> bool {
    let script = "import csv, json, sys; assert sys.version_info >= (3, 9)";
    run::read(run::command("python3").args(["-c", script])).is_some()
}
