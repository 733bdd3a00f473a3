//! What a first visit loads, and the budget it is held to.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail};

use crate::{
    compress::{beside, files},
    progress::say,
    tally::Tally,
    workspace,
};

/// Of the wasm and the JavaScript together, the app's and the finder's, compressed with brotli.
const BUDGET: u64 = 400_000;

struct Sizes {
    path: PathBuf,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Sizes {
    fn is_code(&self) -> bool {
        self.path.extension().is_some_and(|end| end == "wasm" || end == "js")
    }
}

pub fn command(_: &[String]) -> Result<()> {
    let sizes = read()?;
    println!("{:<44} {:>12} {:>12} {:>12}", "file", "raw", "gzip", "brotli");
    for file in &sizes {
        print_row(&file.path.display().to_string(), &[file]);
    }
    print_row("all", &sizes.iter().collect::<Vec<_>>());
    let code: Vec<&Sizes> = sizes.iter().filter(|file| file.is_code()).collect();
    print_row("wasm and JavaScript", &code);
    check().map(drop)
}

fn print_row(name: &str, files: &[&Sizes]) {
    let sum = |column: fn(&Sizes) -> u64| kilobytes(files.iter().map(|file| column(file)).sum());
    let (raw, gzip, brotli) =
        (sum(|file| file.raw), sum(|file| file.gzip), sum(|file| file.brotli));
    println!("{name:<44} {raw:>12} {gzip:>12} {brotli:>12}");
}

/// Says what the code weighs. A build past the budget is still a build.
pub fn print_sum() -> Result<()> {
    let sum = kilobytes(code()?);
    say("Size", &format!("wasm and JavaScript, brotli: {sum} of {}", kilobytes(BUDGET)));
    Ok(())
}

/// The budget as a test.
pub fn check() -> Result<Tally> {
    print_sum()?;
    let sum = code()?;
    if sum > BUDGET {
        bail!("{} is past the budget of {}", kilobytes(sum), kilobytes(BUDGET));
    }
    Ok(Tally { passed: 1, ..Tally::default() })
}

fn code() -> Result<u64> {
    Ok(read()?.iter().filter(|file| file.is_code()).map(|file| file.brotli).sum())
}

fn read() -> Result<Vec<Sizes>> {
    let dist = workspace::dist();
    let length = |path: &Path| -> Result<u64> {
        let missing = || format!("{} is missing: run `cargo xtask build`", path.display());
        Ok(fs::metadata(path).with_context(missing)?.len())
    };
    let mut sizes = Vec::new();
    for path in files(&dist)? {
        sizes.push(Sizes {
            raw: length(&path)?,
            gzip: length(&beside(&path, "gz"))?,
            brotli: length(&beside(&path, "br"))?,
            path: path.strip_prefix(&dist)?.to_owned(),
        });
    }
    Ok(sizes)
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}
