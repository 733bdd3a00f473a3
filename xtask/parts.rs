//! The app's parts (`src/app/pages/parts.rs`): splits what trunk built, so that a page loads what it
//! needs.
//!
//! 1. the module as cargo linked it, before wasm-bindgen: split at the parts
//! 2. what several of them share is joined where it is small (`join`)
//! 3. the main part goes through wasm-bindgen again, in the place of what trunk made of the whole; what
//!    it takes from the glue code gets short names
//! 4. the others get the hash of their content into their names; the loader and the page name those

use std::{
    collections::BTreeMap,
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    bundle, join, run,
    tools::{Tools, WASM},
    workspace,
};

/// The app's files begin with this.
const APP: &str = "riskdesk-app";

/// The names that wasm-bindgen gives to imports, for esbuild to shorten in the glue code.
const IMPORTS: &str = "--mangle-props=^__wb[a-z]+_.*_[0-9a-f]{16}$";

/// The files of each part, without their extension.
pub type Files = BTreeMap<String, Vec<String>>;

pub fn split(tools: &Tools) -> Result<()> {
    let folder = workspace::target().join("xtask").join("parts");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    let linked = format!("{WASM}/wasm-release/{APP}.wasm");
    let mut split = run::cargo();
    split.args(["run", "--quiet", "--package", "xtask-split", "--bin", "xtask-split", "--"]);
    split.arg(workspace::target().join(linked)).arg(&folder);
    let files = run::read_quietly("splitting the app", &mut split)?;
    let mut files: Files = serde_json::from_str(&files).context("reading the parts' files")?;
    join::join(tools, &folder, &mut files)?;

    let mut bindgen = run::command("wasm-bindgen");
    bindgen.args(["--target=web", "--no-typescript", "--keep-lld-exports", "--out-name=main"]);
    bindgen.arg("--out-dir").arg(&folder).arg(folder.join("main.wasm"));
    run::quietly("binding the app", tools.apply(&mut bindgen))?;

    let names = name(&folder, &files)?;
    let (glue, wasm) = (built(".js")?, built("_bg.wasm")?);
    link(&folder.join("__wasm_split.js"), &names)?;
    let mut esbuild = run::script("esbuild");
    esbuild.args(["--bundle", "--format=esm", "--log-level=warning"]);
    // wasm-bindgen names the loader once for each part.
    esbuild.args(["--log-override:duplicate-object-key=silent", "--allow-overwrite"]);
    let with = |flag: &str, path: &Path| {
        let mut argument = OsString::from(flag);
        argument.push(path);
        argument
    };
    let short = folder.join("names.json");
    fs::write(&short, "{}")?;
    esbuild.arg(IMPORTS).arg(with("--mangle-cache=", &short));
    esbuild.arg(folder.join("main.js")).arg(with("--outfile=", &glue));
    run::quietly("joining the loader", tools.apply(&mut esbuild))?;
    let bound = folder.join("main_bg.wasm");
    let mut rename = run::cargo();
    rename.args(["run", "--quiet", "--package", "xtask-split", "--bin", "xtask-names", "--"]);
    run::quietly("naming the imports", rename.arg(&bound).arg(&short))?;
    fs::copy(bound, wasm)?;
    page(&files, &names)
}

/// Copies the parts to `dist/`; gives the name of each there.
fn name(folder: &Path, files: &Files) -> Result<BTreeMap<String, String>> {
    let mut names = BTreeMap::new();
    for file in files.values().flatten() {
        let path = folder.join(format!("{file}.wasm"));
        let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
        // What is not a part by itself is what some of them share.
        let stem = file.strip_prefix("split_").unwrap_or("shared");
        let name = format!("{stem}-{}.wasm", bundle::hash(&bytes));
        fs::write(workspace::dist().join(&name), bytes)?;
        names.insert(file.clone(), name);
    }
    Ok(names)
}

/// The file that trunk made of the whole app.
fn built(end: &str) -> Result<PathBuf> {
    for entry in fs::read_dir(workspace::dist())? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if name.starts_with(APP) && name.ends_with(end) {
            return Ok(path);
        }
    }
    bail!("trunk built no {APP}*{end}")
}

/// Has the loader take the parts from `public/start.js`, which may have asked for them already.
fn link(loader: &Path, names: &BTreeMap<String, String>) -> Result<()> {
    let mut text = fs::read_to_string(loader)?;
    for (file, name) in names {
        let was = format!("fetch(new URL(\"./{file}.wasm\", import.meta.url))");
        ensure!(text.contains(&was), "the loader does not fetch {file}");
        text = text.replace(&was, &format!("globalThis.riskdesk.part(\"{name}\")"));
    }
    fs::write(loader, text)?;
    Ok(())
}

/// Says in `index.html` which files each part needs.
fn page(files: &Files, names: &BTreeMap<String, String>) -> Result<()> {
    let index = workspace::dist().join("index.html");
    let mut page = fs::read_to_string(&index)?;
    for (part, files) in files {
        let named: Vec<&str> = files.iter().map(|file| names[file].as_str()).collect();
        let was = format!("data-part=\"{part}\"");
        ensure!(page.contains(&was), "index.html does not name the part {part}");
        page = page.replace(&was, &format!("{was} data-files=\"{}\"", named.join(" ")));
    }
    let (named, there) = (page.matches("data-part=").count(), files.len());
    ensure!(named == there, "index.html names {named} parts, and there are {there}");
    fs::write(&index, page)?;
    Ok(())
}
