//! The browsers of the tests: what is there, else the distribution's, else what Playwright or
//! Puppeteer fetches.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Result, bail};

use crate::{debian, progress::say, run, workspace};

/// A browser that can be started.
#[derive(Debug)]
pub enum Browser {
    At(PathBuf),
    /// The one that Playwright installed and finds by itself.
    Playwrights,
}

/// Finds or installs a browser. The npm packages of the browser tests must be there.
pub fn ready() -> Result<Browser> {
    if let Some(path) = env::var_os("CHROMIUM").map(PathBuf::from) {
        if !path.is_file() {
            bail!("CHROMIUM is {}, and there is no such file", path.display());
        }
        return Ok(Browser::At(path));
    }
    if let Some(browser) = installed() {
        return Ok(browser);
    }
    say("Missing", "a Chromium for the browser tests");
    if debian::is_here_as_root() {
        match debian::install("chromium") {
            Ok(()) => {}
            Err(error) => say("Note", &format!("{error:#}; trying Playwright's own")),
        }
    }
    if installed().is_none() {
        let mut install = playwright();
        install.args(["install", "chromium"]);
        if let Err(error) = run::quietly("fetching Playwright's Chromium", &mut install) {
            say("Note", &format!("{error:#}"));
        }
    }
    match installed() {
        Some(browser) => Ok(browser),
        None => bail!(
            "no browser could be had: install Chromium or Chrome, or set CHROMIUM to its path"
        ),
    }
}

/// Finds or installs a Firefox: an ordinary one, where Playwright takes none but its own. The npm
/// packages of the browser tests must be there.
pub fn firefox() -> Result<PathBuf> {
    if let Some(path) = env::var_os("FIREFOX").map(PathBuf::from) {
        if !path.is_file() {
            bail!("FIREFOX is {}, and there is no such file", path.display());
        }
        return Ok(path);
    }
    let installed = || ["firefox", "firefox-esr"].iter().find_map(|name| run::on_path(name));
    if let Some(path) = installed() {
        return Ok(path);
    }
    say("Missing", "a Firefox for the browser tests");
    if debian::is_here_as_root() {
        debian::install("firefox-esr")?;
    }
    if let Some(path) = installed() {
        return Ok(path);
    }
    let mut fetch = run::command("node");
    fetch.arg("node_modules/@puppeteer/browsers/lib/cjs/main-cli.js");
    fetch.args(["install", "firefox@stable", "--format", "{{path}}", "--path"]);
    fetch.arg(workspace::tools()).current_dir(workspace::e2e());
    match run::read(&mut fetch).map(|path| PathBuf::from(path.trim())) {
        Some(path) if path.is_file() => Ok(path),
        _ => bail!("no Firefox could be had: install one, or set FIREFOX to its path"),
    }
}

/// Playwright's command line.
pub fn playwright() -> std::process::Command {
    let mut node = run::command("node");
    node.arg("node_modules/@playwright/test/cli.js").current_dir(workspace::e2e());
    node
}

fn installed() -> Option<Browser> {
    let names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
    if let Some(path) = names.iter().find_map(|name| run::on_path(name)) {
        return Some(Browser::At(path));
    }
    let script = "console.log(require('@playwright/test').chromium.executablePath())";
    let own = run::read(run::command("node").args(["-e", script]).current_dir(workspace::e2e()))?;
    Path::new(own.trim()).is_file().then_some(Browser::Playwrights)
}
