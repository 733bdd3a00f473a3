//! Every test there is, part by part, with the counts of each and of all.
//!
//! A part that can't run, for want of a tool or because something doesn't build, is a failure
//! and says why; the parts after it still run. So is a part that finds no test.
//!
//! Parts may be named, to run those alone: on what is built already. "official SDK" builds the app and the
//! server, "Worker" the Worker.

use anyhow::{Result, bail};

use crate::{
    bundle, e2e, lint,
    progress::{now, say},
    run, size,
    tally::Tally,
    tools, worker, workspace,
};

/// A part: its name, and what runs it.
type Part = (&'static str, fn() -> Result<Tally>);

const PARTS: &[Part] = &[
    ("checks", lint::checks),
    ("Rust", rust),
    ("documentation examples", examples),
    ("wasm", wasm),
    ("official SDK", sdk),
    ("Observatory", e2e::observatory),
    ("Worker", worker::tests),
    ("browser on the Worker", e2e::worker_tests),
    ("browser", e2e::browser_tests),
    ("Firefox", e2e::firefox_tests),
    ("size of the app", size::check),
];

pub fn command(named: &[String]) -> Result<()> {
    if let Some(unknown) = named.iter().find(|name| !PARTS.iter().any(|(part, _)| part == name)) {
        let known: Vec<_> = PARTS.iter().map(|(part, _)| format!("\"{part}\"")).collect();
        bail!("there is no part \"{unknown}\"; there are {}", known.join(", "));
    }
    let mut parts = Vec::new();
    for (name, part) in PARTS {
        if !named.is_empty() && !named.iter().any(|only| only == name) {
            continue;
        }
        say("Testing", name);
        let started = now();
        let tally = match part() {
            Ok(tally) if tally == Tally::default() && *name != "documentation examples" => {
                fails("no test ran".to_owned())
            }
            Ok(tally) => tally,
            Err(error) => fails(format!("{error:#}")),
        };
        parts.push((name, tally, started.elapsed()));
    }
    println!();
    for (name, tally, time) in &parts {
        println!("{name:<24} {:<36} {:>4} s", tally.to_string(), time.as_secs());
    }
    println!();
    for (name, tally, _) in &parts {
        for failure in &tally.failures {
            println!("failed: {name}: {failure}");
        }
    }
    let total: Tally = parts.into_iter().map(|(_, tally, _)| tally).sum();
    println!("{total}");
    if total.failed > 0 {
        bail!("not all is well");
    }
    Ok(())
}

/// A part that does not get as far as its tests.
fn fails(why: String) -> Tally {
    say("Failed", &why);
    Tally::failed(why)
}

/// Unit and integration tests of all that runs natively.
fn rust() -> Result<Tally> {
    if run::on_path("cargo-nextest").is_some() {
        let mut nextest = run::cargo();
        nextest.args(["nextest", "run", "--no-fail-fast"]).args(workspace::NATIVE);
        return Tally::of(&mut nextest, Tally::from_nextest);
    }
    let mut test = run::cargo();
    test.args(["test", "--no-fail-fast", "--all-targets"]).args(workspace::NATIVE);
    Tally::of(&mut test, Tally::from_cargo_test)
}

/// The examples in the documentation, which nextest doesn't run.
fn examples() -> Result<Tally> {
    let mut test = run::cargo();
    test.args(["test", "--doc"]).args(workspace::NATIVE);
    Tally::of(&mut test, Tally::from_cargo_test)
}

/// The app's own tests, as wasm under Node.
fn wasm() -> Result<Tally> {
    let tools = tools::ready()?;
    let mut test = run::cargo();
    test.args(["test", "--package", "riskdesk-app", "--target", tools::WASM]);
    test.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", "wasm-bindgen-test-runner");
    Tally::of(tools.apply(&mut test), Tally::from_cargo_test)
}

/// The first part on the release binary, so the one that builds it.
fn sdk() -> Result<Tally> {
    bundle::build(&[])?;
    e2e::sdk_tests()
}
