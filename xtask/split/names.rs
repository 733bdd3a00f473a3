//! `xtask-names MODULE NAMES`: gives what a module imports other names, in place. NAMES is a file of
//! JSON, from each old name to the new one.
//!
//! wasm-bindgen's names hold a hash each, which no compression makes shorter.

use std::{collections::BTreeMap, convert::Infallible, env, fs};

use anyhow::{Context as _, Result, anyhow};
use wasm_encoder::{
    ImportSection, Module,
    reencode::{Error, Reencode, utils},
};
use wasmparser::{Imports, Parser};

/// From each name to another.
struct Names(BTreeMap<String, String>);

impl Reencode for Names {
    type Error = Infallible;

    fn parse_imports(
        &mut self,
        section: &mut ImportSection,
        imports: Imports<'_>,
    ) -> Result<(), Error<Infallible>> {
        match imports {
            Imports::Single(_, import) => {
                let kind = self.entity_type(import.ty)?;
                let name = self.0.get(import.name).map_or(import.name, String::as_str);
                section.import(import.module, name, kind);
                Ok(())
            }
            several => utils::parse_imports(self, section, several),
        }
    }
}

fn main() -> Result<()> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [path, names] = arguments.as_slice() else {
        return Err(anyhow!("usage: xtask-names MODULE NAMES"));
    };
    let bytes = fs::read(path).with_context(|| format!("reading {path}"))?;
    let names = fs::read(names).with_context(|| format!("reading {names}"))?;
    let mut names = Names(serde_json::from_slice(&names)?);
    let mut module = Module::new();
    names.parse_core_module(&mut module, Parser::new(0), &bytes).context("reading the module")?;
    fs::write(path, module.finish()).with_context(|| format!("writing {path}"))?;
    Ok(())
}
