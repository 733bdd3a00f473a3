//! What it costs, measured: `tests/bench` says how, and what it is compared with.

mod proxy;

use std::fs;

use anyhow::{Result, bail};

use crate::{
    browser::{self, Browser},
    bundle, npm,
    progress::{now, say},
    run, size, workspace,
};

/// What can be measured: its name, the minutes it takes on two cores, and what measures it.
type Bench = (&'static str, u32, fn(&[String]) -> Result<()>);

const ALL: [Bench; 6] = [
    ("browser", 15, in_browser),
    ("proxy", 7, proxy::command),
    ("columns", 4, |given| criterion("riskdesk-columns", "people", given)),
    ("levels", 2, |given| criterion("riskdesk", "levels", given)),
    ("audit", 3, |given| criterion("riskdesk", "audit", given)),
    ("size", 4, size::command),
];

pub fn command(arguments: &[String]) -> Result<()> {
    let Some((what, rest)) = arguments.split_first() else { return everything() };
    let found = ALL.iter().find(|(name, ..)| name == what);
    let Some((_, _, measure)) = found else {
        let names = ALL.map(|(name, ..)| name).join("|");
        bail!("usage: cargo xtask bench [{names} [ARGUMENTS]]");
    };
    measure(rest)
}

/// All of it, one after the other; what can't be measured doesn't keep the rest from it.
fn everything() -> Result<()> {
    let minutes: u32 = ALL.iter().map(|(_, minutes, _)| minutes).sum();
    say("Measuring", &format!("everything, which takes some {minutes} minutes and the builds"));
    let mut failed = Vec::new();
    for (name, minutes, measure) in ALL {
        say("Measuring", &format!("{name}, some {minutes} minutes"));
        let started = now();
        match measure(&[]) {
            Ok(()) => say("Measured", &format!("{name} in {} s", started.elapsed().as_secs())),
            Err(error) => {
                say("Failed", &format!("{name}: {error:#}"));
                failed.push(name);
            }
        }
    }
    if failed.is_empty() { Ok(()) } else { bail!("not measured: {}", failed.join(", ")) }
}

/// A bench of one of the crates.
fn criterion(package: &str, bench: &str, arguments: &[String]) -> Result<()> {
    let mut cargo = run::cargo();
    cargo.args(["bench", "--package", package, "--bench", bench, "--"]);
    run::show(cargo.args(arguments))
}

/// The users page and its peer, in turn.
fn in_browser(arguments: &[String]) -> Result<()> {
    bundle::build(&[])?;
    npm::e2e()?;
    let mut node = run::command("node");
    node.arg(workspace::root().join("tests/bench/browser.mjs"));
    let results = workspace::target().join("bench");
    fs::create_dir_all(&results)?;
    node.arg("--json").arg(results.join("browser.json")).args(arguments);
    if let Browser::At(path) = browser::ready()? {
        node.env("CHROMIUM", path);
    }
    run::show(&mut node)
}
