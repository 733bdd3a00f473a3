//! Tests that cross crates, and what they share.
//!
//! - `architecture.rs`: who may know whom, from cargo's metadata and the files
//! - `fixtures.rs`: the vendor's raw answers, read into the model
//! - `openapi.rs`: the same answers and the eleven operations, held against the vendor's document
//! - `conformance/`: the abuse cases as one table, a crate of its own for the tests of every host
//! - `e2e/`: the official SDK and a real browser, on the release binary

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result};

/// The root of the workspace.
#[must_use]
pub fn root() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.parent().unwrap_or(here).to_owned()
}

/// A raw answer of the vendor, by its name in `fixtures/`.
///
/// # Errors
/// There is no such fixture.
pub fn fixture(name: &str) -> Result<String> {
    let path = root().join("tests/fixtures").join(name).with_extension("json");
    fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
}

/// Every file of `extension` under `folder`, in order, with its path from the root.
///
/// # Errors
/// A folder can't be read.
pub fn files(folder: &str, extension: &str) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let path = root().join(folder);
    for entry in fs::read_dir(&path).with_context(|| format!("reading {}", path.display()))? {
        let entry = entry?;
        let name = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            found.extend(files(&name, extension)?);
        } else if entry.path().extension().is_some_and(|end| end == extension) {
            found.push((name, fs::read_to_string(entry.path())?));
        }
    }
    found.sort();
    Ok(found)
}
