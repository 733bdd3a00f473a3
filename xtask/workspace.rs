//! Where things are, and what the lock file says.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// All that runs on this machine: what runs in a browser is tested and checked as wasm.
pub const NATIVE: [&str; 5] =
    ["--workspace", "--exclude", "riskdesk-app", "--exclude", "riskdesk-worker"];

/// The root of the workspace.
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// Cargo's target folder.
pub fn target() -> PathBuf {
    // A relative CARGO_TARGET_DIR is relative to where cargo was called; joining an absolute
    // path replaces the root.
    root().join(std::env::var_os("CARGO_TARGET_DIR").unwrap_or_else(|| "target".into()))
}

/// Tools that are the project's alone: never on the user's PATH, gone with `cargo clean`.
pub fn tools() -> PathBuf {
    target().join("tools")
}

/// The built app.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// The demo that needs no server.
pub fn static_demo() -> PathBuf {
    target().join("static-demo")
}

/// The built server.
pub fn riskdesk() -> PathBuf {
    target().join("release").join(format!("riskdesk{}", std::env::consts::EXE_SUFFIX))
}

/// The Playwright project.
pub fn e2e() -> PathBuf {
    root().join("tests/e2e")
}

/// The scan by MDN's HTTP Observatory.
pub fn observatory() -> PathBuf {
    root().join("tests/observatory")
}

/// The version of `package` in Cargo.lock.
pub fn locked_version(package: &str) -> Result<String> {
    let path = root().join("Cargo.lock");
    let lock = fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    version_in(&lock, package)
        .map(str::to_owned)
        .with_context(|| format!("Cargo.lock holds no package `{package}`"))
}

fn version_in<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines().skip_while(|line| *line != name);
    lines.nth(1)?.strip_prefix("version = \"")?.strip_suffix('"')
}

/// The SHA-256 of a package of crates.io, in a lock file.
pub fn checksum_in<'a>(lock: &'a str, package: &str, version: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"\nversion = \"{version}\"\n");
    let (_, rest) = lock.split_once(&name)?;
    let own = rest.split("\n\n").next()?;
    let checksum = own.lines().find_map(|line| line.strip_prefix("checksum = \""));
    checksum?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"wasm\"\nversion = \"1.0.0\"\n\n[[package]]\n\
                    name = \"wasm-bindgen\"\nversion = \"0.2.130\"\nsource = \"x\"\n";
        assert_eq!(version_in(lock, "wasm-bindgen"), Some("0.2.130"));
        assert_eq!(version_in(lock, "bindgen"), None);
    }
}
