//! The checks that need no test: formatting, clippy for both targets, types of the e2e tests, and
//! what we depend on.

use anyhow::{Context as _, Result};

use crate::{npm, progress::say, run, supply, tally::Tally, tools, workspace};

pub fn command(_: &[String]) -> Result<()> {
    let tally = checks()?;
    println!("{tally}");
    if tally.failed > 0 {
        anyhow::bail!("{} of the checks failed", tally.failed);
    }
    Ok(())
}

/// Runs every check, also after one has failed.
pub fn checks() -> Result<Tally> {
    tools::ready()?;
    npm::e2e()?;
    let mut format = run::cargo();
    format.args(["fmt", "--all", "--check"]);
    let mut native = run::cargo();
    native.args(["clippy", "--all-targets"]).args(workspace::NATIVE);
    native.args(["--", "-D", "warnings"]);
    let mut wasm = run::cargo();
    wasm.args(["clippy", "--package", "riskdesk-app", "--package", "riskdesk-tab"]);
    wasm.arg("--all-targets");
    wasm.args(["--target", tools::WASM, "--", "-D", "warnings"]);
    let mut worker = run::cargo();
    worker.args(["clippy", "--package", "riskdesk-worker", "--target", tools::WASM]);
    worker.args(["--", "-D", "warnings"]);
    let mut demo = run::cargo();
    demo.args(["clippy", "--package", "riskdesk-worker", "--target", tools::WASM]);
    demo.args(["--features", "demo", "--", "-D", "warnings"]);
    let mut types = run::command("node");
    types.args(["node_modules/typescript/bin/tsc", "--noEmit"]).current_dir(workspace::e2e());
    let mut checks = Vec::new();
    let mut count = |result: Result<()>| {
        checks.push(match result {
            Ok(()) => Tally::passed(),
            Err(error) => {
                let error = format!("{error:#}");
                say("Failed", &error);
                Tally::failed(error)
            }
        });
    };
    for command in [&mut format, &mut native, &mut wasm, &mut worker, &mut demo, &mut types] {
        count(run::show(command));
    }
    for (what, check) in supply::CHECKS {
        count(check().context(what));
    }
    Ok(checks.into_iter().sum())
}
