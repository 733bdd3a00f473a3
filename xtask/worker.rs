//! The Worker: built, run in wrangler's local runtime, and packed as a deployment would be.
//!
//! Four steps make it, and no more is needed of workers-rs' own builder: cargo, wasm-bindgen,
//! wasm-opt, and `src/worker/shim.mjs` beside what they make. Wrangler bundles that, as
//! `deploy/wrangler.jsonc` says.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    bundle, compress, npm,
    progress::say,
    run,
    tally::Tally,
    tools::{self, Tools, WASM},
    workspace,
};

/// What wrangler is told; a copy lies beside what is built.
const CONFIG: &str = "wrangler.jsonc";

/// What may be packed into a Worker on the free plan, compressed
/// (<https://developers.cloudflare.com/workers/platform/limits/#worker-size>).
const LIMIT: f64 = 3.0 * 1024.0;

pub fn command(arguments: &[String]) -> Result<()> {
    match arguments.split_first() {
        None => build(false),
        Some((what, rest)) if what == "dev" => dev(rest),
        Some((what, [])) if what == "dry-run" => dry_run(),
        _ => bail!("usage: cargo xtask worker [dev [--port N] [--demo] | dry-run]"),
    }
}

/// Serves the Worker in the local runtime, with a local database; what is said beside `--demo` is
/// for wrangler.
fn dev(arguments: &[String]) -> Result<()> {
    let demo = arguments.iter().any(|argument| argument == "--demo");
    build(demo)?;
    let mut dev = wrangler()?;
    dev.args(["dev", "--local", "--config"]).arg(folder(demo).join(CONFIG));
    let kept = workspace::target().join("worker-state");
    dev.arg("--persist-to").arg(kept);
    run::show(dev.args(arguments.iter().filter(|argument| *argument != "--demo")))
}

/// Packs the Worker as a deployment would, and holds it to the free plan's limit.
fn dry_run() -> Result<()> {
    build(false)?;
    check_size().map(drop)
}

/// The conformance table, the audit log's promises and the official SDK, on the Worker in the local
/// runtime; and its size. The app and the server must be built.
pub fn tests() -> Result<Tally> {
    pack(&tools::ready()?, false)?;
    npm::e2e()?;
    let mut cargo = run::cargo();
    cargo.args(["test", "--package", "riskdesk-worker-tests", "--features", "wrangler"]);
    cargo.args(["--test", "worker", "--", "--test-threads", "2"]);
    let mut node = run::command("node");
    node.args(["--test", "--test-reporter=spec", "sdk/serve.test.mjs"]);
    node.current_dir(workspace::e2e());
    for test in [&mut cargo, &mut node] {
        test.env("WRANGLER", npm::wrangler()?).env("WORKER", folder(false));
        test.env("RISKDESK", workspace::riskdesk());
    }
    let table = Tally::of(&mut cargo, Tally::from_cargo_test)?;
    let sdk = Tally::of(&mut node, Tally::from_node)?;
    Ok([table, sdk, check_size()?].into_iter().sum())
}

/// The size of the Worker, as wrangler packs it, as a test.
pub fn check_size() -> Result<Tally> {
    let mut pack = wrangler()?;
    pack.args(["deploy", "--dry-run", "--config"])
        .arg(workspace::root().join("deploy").join(CONFIG));
    let (output, status) = run::tee(&mut pack)?;
    if !status.success() {
        bail!("wrangler can't pack the Worker ({status})");
    }
    let size = size(&output).context("wrangler doesn't say how large the Worker is")?;
    say("Size", &format!("the Worker, gzip: {size:.1} of {LIMIT:.0} KiB"));
    if size > LIMIT {
        bail!("the Worker is past what the free plan takes");
    }
    Ok(Tally::passed())
}

/// `Total Upload: 912.13 KiB / gzip: 331.38 KiB`
fn size(output: &str) -> Option<f64> {
    let line = output.lines().find(|line| line.contains("Total Upload"))?;
    line.split_once("gzip: ")?.1.split(' ').next()?.parse().ok()
}

/// Wrangler, which tells nobody of its use.
fn wrangler() -> Result<Command> {
    let mut wrangler = run::command("node");
    wrangler.arg(npm::wrangler()?).env("WRANGLER_SEND_METRICS", "false");
    Ok(wrangler)
}

/// The app, and the Worker with its names in it, into `target/worker`.
fn build(demo: bool) -> Result<()> {
    let tools = tools::ready()?;
    bundle::app(&tools)?;
    pack(&tools, demo)
}

/// The Worker, where the app is built.
pub fn pack(tools: &Tools, demo: bool) -> Result<()> {
    let folder = folder(demo);
    fs::create_dir_all(&folder)?;
    let mut cargo = run::cargo();
    cargo.args(["build", "--package", "riskdesk-worker", "--profile", "worker-release"]);
    cargo.args(["--target", WASM]);
    if demo {
        cargo.args(["--features", "demo"]);
    }
    run::quietly("building the Worker", &mut cargo)?;

    let built = workspace::target().join(WASM).join("worker-release/riskdesk_worker.wasm");
    bundle::bind(tools, "the Worker", &built, &folder, "riskdesk")?;

    let shim = workspace::root().join("src/worker/shim.mjs");
    fs::copy(&shim, folder.join("shim.mjs"))
        .with_context(|| format!("copying {}", shim.display()))?;
    let config = fs::read_to_string(workspace::root().join("deploy").join(CONFIG))?;
    fs::write(folder.join(CONFIG), config.replace("\"../target/worker/", "\"./"))?;
    assets(&folder.join("assets"))?;
    say("Built", &folder.join("shim.mjs").display().to_string());
    Ok(())
}

/// Where the Worker is, beside its demo.
pub fn folder(demo: bool) -> PathBuf {
    workspace::target().join(if demo { "worker-demo" } else { "worker" })
}

/// The app's files without the forms that Workers makes itself.
fn assets(to: &Path) -> Result<()> {
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    let dist = workspace::dist();
    let files = compress::files(&dist).context("run `cargo xtask build` before")?;
    for path in files.into_iter().chain([dist.join("_headers")]) {
        let copy = to.join(path.strip_prefix(&dist)?);
        if let Some(folder) = copy.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::copy(&path, &copy).with_context(|| format!("copying {}", path.display()))?;
    }
    Ok(())
}
