//! What comes from npm, by lock file: what makes the app smaller, the packages of the browser tests,
//! and a scanner.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use crate::{progress::say, run, workspace};

/// The oldest major version of Node that everything here runs on.
const NODE: u32 = 20;

/// wasm-opt (of the package `binaryen`; Linux distributions carry versions too old to read what
/// Rust writes) and esbuild; gives the folder they are in.
pub fn minifiers() -> Result<PathBuf> {
    let folder = tool("npm", "wasm-opt and esbuild")?;
    Ok(folder.join("node_modules/.bin"))
}

/// Wrangler, with the runtime that it brings; gives the script that Node runs.
pub fn wrangler() -> Result<PathBuf> {
    let folder = tool("wrangler", "wrangler and Cloudflare's runtime")?;
    Ok(folder.join("node_modules/wrangler/bin/wrangler.js"))
}

/// Installs what the lock file in `xtask/NAME` says, for this project alone; gives the folder.
fn tool(name: &str, what: &str) -> Result<PathBuf> {
    let folder = workspace::tools().join(name);
    fs::create_dir_all(&folder)?;
    for file in ["package.json", "package-lock.json"] {
        let from = workspace::root().join("xtask").join(name).join(file);
        fs::copy(&from, folder.join(file))
            .with_context(|| format!("copying {}", from.display()))?;
    }
    install(&folder, what)?;
    Ok(folder)
}

/// The packages of the browser tests and of the official SDK.
pub fn e2e() -> Result<()> {
    install(&workspace::e2e(), "the packages of the browser tests")
}

/// The Observatory's scanner.
pub fn observatory() -> Result<()> {
    install(&workspace::observatory(), "the scanner of MDN's HTTP Observatory")
}

/// `npm ci`, unless what is installed is what the lock file says.
fn install(folder: &Path, what: &str) -> Result<()> {
    node()?;
    let lock = fs::read(folder.join("package-lock.json"))
        .with_context(|| format!("reading the lock file in {}", folder.display()))?;
    let installed = folder.join("node_modules/.installed-lock.json");
    if fs::read(&installed).is_ok_and(|there| there == lock) {
        return Ok(());
    }
    say("Installing", &format!("{what} (npm, by lock file)"));
    let mut npm = run::script("npm");
    npm.args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]).current_dir(folder);
    run::quietly(&format!("installing {what}"), &mut npm)?;
    fs::write(installed, lock)?;
    Ok(())
}

fn node() -> Result<()> {
    let version = run::read(run::command("node").arg("--version")).with_context(|| {
        format!("Node {NODE} or newer is needed, and `node` is not on the PATH")
    })?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|n| n.parse().ok());
    if major.is_none_or(|major: u32| major < NODE) {
        bail!("Node {NODE} or newer is needed, and this is {}", version.trim());
    }
    Ok(())
}
