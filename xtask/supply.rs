//! What we depend on, checked: licenses, bans and sources (cargo-deny), known vulnerabilities
//! (cargo-audit), dependencies that nothing uses (cargo-machete).

use std::{env, path::PathBuf};

use anyhow::{Context as _, Result};

use crate::{run, tools, workspace};

/// The newest versions that build with the project's Rust version.
const DENY: &str = "0.20.2";
const AUDIT: &str = "0.22.2";
const MACHETE: &str = "0.9.2";

/// Names a copy of RustSec's database, for machines that can't fetch it.
const DATABASE: &str = "ADVISORY_DB";

/// Where a copy may lie without being named: beside the project.
const BESIDE: &str = "../shared/reference/advisory-db";

/// A check: what it is about, and how it is done.
type Check = (&'static str, fn() -> Result<()>);

/// Each is done, also after another has failed.
pub const CHECKS: [Check; 3] = [
    ("licenses, bans and sources of dependencies", deny),
    ("known vulnerabilities of dependencies", audit),
    ("dependencies that nothing uses", machete),
];

fn deny() -> Result<()> {
    let mut deny = run::cargo();
    deny.args(["deny", "check", "--hide-inclusion-graph", "licenses", "bans", "sources"]);
    run::show(tools::subcommand("cargo-deny", DENY)?.apply(&mut deny))
}

fn audit() -> Result<()> {
    let mut audit = run::cargo();
    audit.arg("audit");
    if let Some(database) = database() {
        audit.arg("--no-fetch").arg("--db").arg(database);
    }
    run::show(tools::subcommand("cargo-audit", AUDIT)?.apply(&mut audit)).with_context(|| {
        format!(
            "either a dependency is vulnerable, see above, or RustSec's database could not be \
             fetched: set {DATABASE} to a copy of https://github.com/RustSec/advisory-db"
        )
    })
}

fn machete() -> Result<()> {
    run::show(tools::subcommand("cargo-machete", MACHETE)?.apply(run::cargo().arg("machete")))
}

/// A copy of the database, if there is one; without it, cargo-audit fetches its own.
fn database() -> Option<PathBuf> {
    let named = env::var_os(DATABASE).map(PathBuf::from);
    named.or_else(|| Some(workspace::root().join(BESIDE)).filter(|folder| folder.is_dir()))
}
