//! `xtask-split MODULE FOLDER`: splits a linked module at its parts (`src/app/pages/parts.rs`).
//!
//! FOLDER gets `main.wasm`, for wasm-bindgen; a file a part, and one for what some parts share; and
//! `__wasm_split.js`, which loads them. Prints which files each part needs, as JSON.

use std::{env, fs, path::Path};

use anyhow::{Context as _, Result, anyhow};
use wasm_encoder::{ExportSection, Module, RawSection};
use wasm_split_cli_support::{Options, transform};
use wasmparser::{Parser, Payload};

/// In the names of all that wasm-streams gives to JavaScript: leptos brings it for functions of a server,
/// and we have none. Whatever is exported stays, with all the code behind it.
const NOT_TAKEN: &str = "intounderlying";

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        return Err(anyhow!("usage: xtask-split MODULE FOLDER"));
    };
    let module = fs::read(module).with_context(|| format!("reading {module}"))?;
    let module = what_is_taken(&module).context("reading what the module exports")?;
    let folder = Path::new(folder);
    let main = folder.join("main.wasm");
    let mut options = Options::new(&module);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.main_module = "./main.js";
    let split = transform(options).map_err(|error| anyhow!("{error:#}"))?;
    println!("{}", serde_json::to_string(&split.prefetch_map)?);
    Ok(())
}

/// The same module without those exports, all else to the byte: the places of code are written down
/// elsewhere in it.
fn what_is_taken(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut module = Module::new();
    for payload in Parser::new(0).parse_all(bytes) {
        let payload = payload?;
        if let Payload::ExportSection(all) = payload {
            let mut exports = ExportSection::new();
            for export in all {
                let export = export?;
                if !export.name.contains(NOT_TAKEN) {
                    exports.export(export.name, export.kind.into(), export.index);
                }
            }
            module.section(&exports);
        } else if let Some((id, range)) = payload.as_section() {
            let data = &bytes[range.start as usize..range.end as usize];
            module.section(&RawSection { id, data });
        }
    }
    Ok(module.finish())
}
