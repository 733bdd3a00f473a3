//! Puts the app's files into the binary: `dist/`, as `cargo xtask build` leaves it, becomes a
//! table of [`proxy::assets::Asset`]s, in the order of their names.
//!
//! `NAME.br` and `NAME.gz` are forms of `NAME` and no files of their own. `_headers` is for
//! static hosts, and hidden files are nobody's. Without `dist/` the table is empty.

use std::{
    collections::BTreeMap,
    env,
    error::Error,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

use sha2::{Digest, Sha256};

fn main() -> Result<(), Box<dyn Error>> {
    let dist = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../../dist");
    println!("cargo::rerun-if-changed={}", dist.display());
    let mut files = BTreeMap::new();
    if let Ok(dist) = dist.canonicalize() {
        collect(&dist, "", &mut files)?;
    }
    let table = Path::new(&env::var("OUT_DIR")?).join("assets.rs");
    fs::write(table, render(&files)?)?;
    Ok(())
}

/// Every file below `folder` by its name, which is its path from the root with slashes.
fn collect(folder: &Path, prefix: &str, files: &mut BTreeMap<String, PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(own) = entry.file_name().into_string() else { continue };
        if own.starts_with('.') || own == "_headers" {
            continue;
        }
        let name = format!("{prefix}{own}");
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, entry.path());
        }
    }
    Ok(())
}

fn render(files: &BTreeMap<String, PathBuf>) -> Result<String, Box<dyn Error>> {
    let mut table = String::from("&[\n");
    for (name, path) in files {
        if name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let digest = Sha256::digest(fs::read(path)?);
        let digest =
            digest.iter().take(16).fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
        let form = |suffix| match files.get(&format!("{name}{suffix}")) {
            Some(path) => format!("Some(include_bytes!({path:?}))"),
            None => "None".to_owned(),
        };
        writeln!(
            table,
            "Asset {{ name: {name:?}, digest: {digest:?}, raw: include_bytes!({path:?}), br: {}, gzip: {} }},",
            form(".br"),
            form(".gz"),
        )?;
    }
    table.push_str("]\n");
    Ok(table)
}
