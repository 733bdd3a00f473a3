//! What it costs, measured: `tests/bench` says how, and what it is compared with.

mod proxy;

use std::fs;

use anyhow::{Result, bail};

use crate::{
    browser::{self, Browser},
    bundle, npm, run, workspace,
};

pub fn command(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        Some((what, rest)) if what == "browser" => in_browser(rest),
        Some((what, rest)) if what == "columns" => {
            let mut bench = run::cargo();
            bench.args(["bench", "--package", "riskdesk-columns", "--bench", "people", "--"]);
            run::show(bench.args(rest))
        }
        Some((what, rest)) if what == "levels" => {
            let mut bench = run::cargo();
            bench.args(["bench", "--package", "riskdesk", "--bench", "levels", "--"]);
            run::show(bench.args(rest))
        }
        Some((what, rest)) if what == "proxy" => proxy::command(rest),
        _ => bail!("usage: cargo xtask bench browser|columns|levels|proxy [ARGUMENTS]"),
    }
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
