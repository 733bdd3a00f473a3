//! `cargo xtask fuzz [--runs N]`: every fuzzer in `fuzz/`, from its seeds and from what earlier runs
//! found.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{progress::say, run, tools, workspace};

const VERSION: &str = "0.13.2";

/// A look; a night's run takes ten million and more.
const RUNS: u64 = 200_000;

pub fn command(arguments: &[String]) -> Result<()> {
    let runs = match arguments {
        [] => RUNS,
        [flag, number] if flag == "--runs" => {
            number.parse().with_context(|| format!("{number} is no number of runs"))?
        }
        _ => bail!("usage: cargo xtask fuzz [--runs N]"),
    };
    let tools = tools::subcommand("cargo-fuzz", VERSION)?;
    let folder = workspace::root().join("fuzz");
    for target in targets()? {
        let found = workspace::target().join("fuzz").join(&target);
        fs::create_dir_all(&found)?;
        let mut fuzz = run::cargo();
        // Without a sanitizer, which only a nightly compiler has: there is no unsafe code here.
        fuzz.args(["fuzz", "run", "--sanitizer", "none", "--fuzz-dir"]).arg(&folder);
        fuzz.arg(&target).arg(found).arg(folder.join("seeds").join(&target));
        fuzz.args(["--", "-verbosity=0", "-print_final_stats=1"]).arg(format!("-runs={runs}"));
        run::show(tools.apply(&mut fuzz))?;
        say("Fuzzed", &format!("{target}: {runs} runs, and nothing broke"));
    }
    Ok(())
}

/// The fuzzers: a file each.
fn targets() -> Result<Vec<String>> {
    let folder = workspace::root().join("fuzz/targets");
    let mut names = Vec::new();
    for file in fs::read_dir(&folder).with_context(|| format!("reading {}", folder.display()))? {
        let name = PathBuf::from(file?.file_name()).with_extension("");
        names.push(name.to_string_lossy().into_owned());
    }
    names.sort();
    Ok(names)
}
