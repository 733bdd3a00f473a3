//! Joins what several parts share, where it is small: splitting makes a file for every set of parts
//! that have something in common, and with a dozen parts those are more than a hundred.
//!
//! A joined file has more than a part needs, but is one request instead of fifty, and compresses as
//! one. wasm-merge would give it a memory for each file that went in, since each imports the app's:
//! so all import those of a stub, which imports the app's once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{bundle::WASM_FEATURES, parts::Files, run, tools::Tools};

/// What is smaller is joined, in bytes before shrinking, which leaves a third of it.
const SMALL: u64 = 20 << 10;

/// The file of all that is small, without its extension.
const JOINED: &str = "chunk_joined";

/// What the split files import the app's memory, table and stack from, in the loader and in each.
const APP: &str = "__wasm_split";

/// What the joined file imports the same from.
const STUBBED: &str = "__wasm_split_joined";

/// Joins what is small, and has the loader and the list of files name the one that it became.
pub fn join(tools: &Tools, folder: &Path, files: &mut Files) -> Result<()> {
    let mut small = BTreeSet::new();
    for file in files.values().flatten().filter(|file| file.starts_with("chunk_")) {
        if fs::metadata(path(folder, file))?.len() < SMALL {
            small.insert(file.clone());
        }
    }
    let stub = folder.join("stub.wat");
    fs::write(&stub, self::stub(tools, folder, &small)?)?;
    let mut merge = merge(folder, &small);
    merge.arg(&stub).arg(APP).arg("-o").arg(path(folder, JOINED));
    run::quietly("joining what parts share", tools.apply(&mut merge))?;

    let loader = folder.join("__wasm_split.js");
    let text = fs::read_to_string(&loader)?;
    fs::write(loader, load_once(text, &small)?)?;
    for files in files.values_mut() {
        let before = files.len();
        files.retain(|file| !small.contains(file));
        if files.len() < before {
            files.push(JOINED.to_owned());
        }
    }
    Ok(())
}

fn path(folder: &Path, file: &str) -> PathBuf {
    folder.join(format!("{file}.wasm"))
}

/// Merges the files to one, and whatever is named besides.
fn merge(folder: &Path, files: &BTreeSet<String>) -> Command {
    let mut merge = run::script("wasm-merge");
    merge.args(WASM_FEATURES);
    for file in files {
        merge.arg(path(folder, file)).arg(file);
    }
    merge
}

/// A module, as text, that imports what all of them import, and exports it.
fn stub(tools: &Tools, folder: &Path, files: &BTreeSet<String>) -> Result<String> {
    // All at once, since each start of a tool takes longer than its work: as text, with a memory for
    // each file.
    let text = folder.join("apart.wat");
    let mut apart = merge(folder, files);
    apart.args(["--enable-multimemory", "--emit-text", "-o"]).arg(&text);
    run::quietly("reading what parts share", tools.apply(&mut apart))?;
    let text = fs::read_to_string(text)?;
    let mut imports = BTreeMap::new();
    for import in text.lines().filter_map(|line| line.trim().strip_prefix("(import ")) {
        // `"module" "name" (kind $id type…))`
        let parts: Vec<&str> = import.split_whitespace().collect();
        let [module, name, kind, id, ..] = parts.as_slice() else {
            bail!("an import is not understood: {import}");
        };
        ensure!(module.trim_matches('"') == APP, "a part imports from elsewhere: {import}");
        imports.entry(*name).or_insert((import, *kind, *id));
    }
    let mut stub = String::from("(module\n");
    let mut exports = String::new();
    for (name, (import, kind, id)) in imports {
        writeln!(stub, "(import {}", import.replacen(APP, STUBBED, 1))?;
        writeln!(exports, "(export {name} {kind} {id}))")?;
    }
    Ok(stub + &exports + ")\n")
}

/// Has the loader fetch the joined file once, in the place of each that went into it.
fn load_once(mut loader: String, files: &BTreeSet<String>) -> Result<String> {
    let shared = format!("sharedImports = {{ {APP}: {{  }} }};");
    ensure!(loader.contains(&shared), "the loader has no imports to share");
    let both = format!("{shared}\nsharedImports.{STUBBED} = sharedImports.{APP};");
    loader = loader.replace(&shared, &both);
    let mut joined = None;
    for file in files {
        let begin = format!("const __{file} = ");
        let start = loader.find(&begin).with_context(|| format!("nothing loads {file}"))?;
        let end = "\n, []);\n";
        let length = loader[start..].find(end).context("a shared file needs another")? + end.len();
        let load = loader[start..start + length].replace(file, JOINED);
        joined.get_or_insert(load);
        loader.replace_range(start..start + length, "");
    }
    // Before all that name it.
    let first = loader.find("const __chunk_").unwrap_or(loader.len());
    loader.insert_str(first, &joined.unwrap_or_default());
    Ok(loader.lines().map(|line| name_once(line, files) + "\n").collect())
}

/// A line of the loader; where it lists what a part needs, the joined file in the place of all that
/// went into it.
fn name_once(line: &str, files: &BTreeSet<String>) -> String {
    let Some((needed, rest)) = line.strip_prefix(", [").and_then(|line| line.split_once(']'))
    else {
        return line.to_owned();
    };
    let joined = format!("__{JOINED}");
    let is_small = |name: &str| name.strip_prefix("__").is_some_and(|name| files.contains(name));
    let names: BTreeSet<&str> =
        needed.split(", ").map(|name| if is_small(name) { &joined } else { name }).collect();
    format!(", [{}]{rest}", Vec::from_iter(names).join(", "))
}
