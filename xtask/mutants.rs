//! `cargo xtask mutants`: changes what decides who comes in, one place at a time, and sees whether
//! a test notices. `.cargo/mutants.toml` says where.

use anyhow::{Result, bail};

use crate::{run, tools};

const VERSION: &str = "27.1.0";

/// The share of the mutants that build which the tests must notice, in percent.
const NOTICED: u64 = 90;

pub fn command(arguments: &[String]) -> Result<()> {
    let tools = tools::subcommand("cargo-mutants", VERSION)?;
    let mut mutants = run::cargo();
    mutants.args(["mutants", "--package", "riskdesk-proxy", "--output", "target"]).args(arguments);
    let (output, _) = run::tee(tools.apply(&mut mutants))?;
    // It fails with any mutant missed; how many may be is ours to say.
    let Some(counts) = counts(&output) else { bail!("it ended early") };
    let noticed = counts.noticed * 100 / (counts.noticed + counts.missed).max(1);
    println!("{} of {} noticed: {noticed} %", counts.noticed, counts.noticed + counts.missed);
    if noticed < NOTICED {
        bail!("{NOTICED} % must be; target/mutants.out/missed.txt has the others");
    }
    Ok(())
}

#[derive(Debug, Default, PartialEq, Eq)]
struct Counts {
    missed: u64,
    /// By a failed test, or by one that no longer ends.
    noticed: u64,
}

/// `323 mutants tested in 41m: 12 missed, 280 caught, 30 unviable, 1 timeouts`
fn counts(output: &str) -> Option<Counts> {
    let line = output.lines().rfind(|line| line.contains(" mutants tested"))?;
    let (_, words) = line.rsplit_once(": ")?;
    let mut counts = Counts::default();
    for (number, what) in words.split(", ").filter_map(|part| part.split_once(' ')) {
        let number: u64 = number.parse().ok()?;
        match what {
            "missed" => counts.missed += number,
            "caught" | "timeouts" => counts.noticed += number,
            _ => {}
        }
    }
    Some(counts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_run_is_counted() {
        let text = "ok baseline\n323 mutants tested in 41m: 12 missed, 280 caught, 30 unviable, 1 timeouts\n";
        assert_eq!(counts(text), Some(Counts { missed: 12, noticed: 281 }));
        assert_eq!(
            counts("5 mutants tested in 9s: 5 caught"),
            Some(Counts { missed: 0, noticed: 5 })
        );
        assert_eq!(counts("error: baseline failed"), None);
    }
}
