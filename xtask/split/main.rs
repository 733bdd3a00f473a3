//! `xtask-split MODULE FOLDER`: splits a linked module at its parts (`src/app/pages/parts.rs`).
//!
//! FOLDER gets `main.wasm`, for wasm-bindgen; a file a part, and one for what some parts share; and
//! `__wasm_split.js`, which loads them. Prints which files each part needs, as JSON.

use std::{env, fs, path::Path};

use anyhow::{Context as _, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [module, folder] = arguments.as_slice() else {
        return Err(anyhow!("usage: xtask-split MODULE FOLDER"));
    };
    let module = fs::read(module).with_context(|| format!("reading {module}"))?;
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
