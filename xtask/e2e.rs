//! Tests of the whole: the vendor's official SDK, a scanner and a real browser, on the release binary.

use std::{ffi::OsString, fs, path::PathBuf, process::Command};

use anyhow::{Context as _, Result, bail};

use crate::{
    browser::{self, Browser},
    bundle, npm, python, run, static_demo,
    tally::Tally,
    tools, worker, workspace,
};

pub fn command(arguments: &[String]) -> Result<()> {
    bundle::build(&[])?;
    static_demo::make(&tools::ready()?, &workspace::static_demo())?;
    let (_, status) = run::tee(playwright()?.arg("test").args(arguments))?;
    if !status.success() {
        bail!("the browser tests failed ({status})");
    }
    Ok(())
}

/// Every test in Chromium; the app and the server must be built.
pub fn browser_tests() -> Result<Tally> {
    static_demo::make(&tools::ready()?, &workspace::static_demo())?;
    Tally::of(playwright()?.arg("test"), Tally::from_playwright)
}

/// The journeys that a host could spoil, in Chromium against the Worker in Cloudflare's runtime; the app,
/// the server and the Worker must be built.
pub fn worker_tests() -> Result<Tally> {
    worker::pack(&tools::ready()?, true)?;
    let mut playwright = playwright()?;
    playwright.args(["test", "--config", "worker.config.ts"]);
    playwright.env("WRANGLER", npm::wrangler()?);
    playwright.env("WORKER", worker::folder(false)).env("WORKER_DEMO", worker::folder(true));
    Tally::of(&mut playwright, Tally::from_playwright)
}

/// What else is held against Firefox; the static demo must be made.
pub fn firefox_tests() -> Result<Tally> {
    npm::e2e()?;
    let mut node = run::command("node");
    node.args(["--test", "--test-reporter=spec", "firefox/static.test.mjs"]);
    node.current_dir(workspace::e2e()).env("FIREFOX", browser::firefox()?);
    node.env("STATIC_DEMO", workspace::static_demo());
    Tally::of(&mut node, Tally::from_node)
}

/// The official SDK against `riskdesk sim` and through `riskdesk serve`; the server must be built.
pub fn sdk_tests() -> Result<Tally> {
    npm::e2e()?;
    let folder = workspace::e2e().join("sdk");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let name = entry?.file_name();
        if name.to_string_lossy().ends_with(".test.mjs") {
            files.push(PathBuf::from("sdk").join(name));
        }
    }
    files.sort();
    let mut node = run::command("node");
    node.args(["--test", "--test-reporter=spec"]).args(files);
    node.current_dir(workspace::e2e()).env("RISKDESK", workspace::riskdesk());
    Tally::of(&mut node, Tally::from_node)
}

/// The scan by MDN's HTTP Observatory; the app and the server must be built.
pub fn observatory() -> Result<Tally> {
    npm::observatory()?;
    let mut node = run::command("node");
    node.args(["--test", "--test-reporter=spec", "observatory.test.mjs"]);
    node.current_dir(workspace::observatory()).env("RISKDESK", workspace::riskdesk());
    Tally::of(&mut node, Tally::from_node)
}

/// Renews the pictures in docs; with `--all DIR` takes every page in both themes and widths.
pub fn screenshots(arguments: &[String]) -> Result<()> {
    let (what, folder): (&str, OsString) = match arguments {
        [] => ("readme", workspace::root().join("docs").into()),
        [all, folder] if all == "--all" => {
            // Relative to where the person called from.
            ("all", std::env::current_dir()?.join(folder).into())
        }
        _ => bail!("usage: cargo xtask screenshots [--all DIR]"),
    };
    bundle::build(&[])?;
    let mut playwright = playwright()?;
    playwright.args(["test", "--config", "screens/playwright.config.ts"]);
    playwright.env("SCREENS", what).env("SCREENS_DIR", folder);
    run::show(&mut playwright)
}

/// Playwright with all it needs.
fn playwright() -> Result<Command> {
    npm::e2e()?;
    python::ready()?;
    let browser = browser::ready()?;
    let mut playwright = browser::playwright();
    if let Browser::At(path) = browser {
        playwright.env("CHROMIUM", path);
    }
    playwright.env("RISKDESK", workspace::riskdesk());
    playwright.env("STATIC_DEMO", workspace::static_demo());
    Ok(playwright)
}
