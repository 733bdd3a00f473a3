//! How many tests passed, failed and were skipped, read from what each runner prints last; and what
//! failed, by name.

use std::{fmt, iter::Sum, process::Command};

use anyhow::Result;

use crate::run;

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    pub skipped: u64,
    /// What failed, as its runner names it.
    pub failures: Vec<String>,
}

impl Tally {
    /// One test that passed.
    pub fn passed() -> Self {
        Self { passed: 1, ..Self::default() }
    }

    /// One test that failed.
    pub fn failed(what: String) -> Self {
        Self { failed: 1, failures: vec![what], ..Self::default() }
    }

    /// Runs a command that tests, and counts. A runner that fails without counting a failure
    /// (a test that doesn't compile, a crash) is one failure.
    pub fn of(command: &mut Command, count: fn(&str) -> Self) -> Result<Self> {
        let (output, status) = run::tee(command)?;
        let output = plain(&output);
        let mut tally = count(&output);
        tally.failures = failures(&output);
        if !status.success() && tally.failed == 0 {
            tally.failed = 1;
            tally.failures.push(format!("the tests ended with {status}"));
        }
        Ok(tally)
    }

    /// `Summary [0.010s] 25 tests run: 24 passed (1 slow), 1 failed, 0 skipped`
    pub fn from_nextest(output: &str) -> Self {
        let last = output.lines().rfind(|line| line.trim_start().starts_with("Summary ["));
        let counts = last.and_then(|line| line.split_once("run:")).map_or("", |(_, rest)| rest);
        Self::from_words(counts.split(','))
    }

    /// `test result: ok. 5 passed; 0 failed; 1 ignored; …`, once for each binary.
    pub fn from_cargo_test(output: &str) -> Self {
        let results = output.lines().filter_map(|line| line.trim().strip_prefix("test result: "));
        let counts = results.filter_map(|line| line.split_once(". ")).map(|(_, counts)| counts);
        counts.map(|counts| Self::from_words(counts.split(';'))).sum()
    }

    /// `ℹ pass 11`, `ℹ fail 0`, `ℹ cancelled 0`, `ℹ skipped 0`, a line each.
    pub fn from_node(output: &str) -> Self {
        let count = |name: &str| -> u64 {
            let prefix = format!("ℹ {name} ");
            output.lines().filter_map(|line| line.strip_prefix(&prefix)?.parse::<u64>().ok()).sum()
        };
        Self {
            passed: count("pass"),
            failed: count("fail") + count("cancelled"),
            skipped: count("skipped") + count("todo"),
            ..Self::default()
        }
    }

    /// `2 failed`, `1 skipped`, `12 passed (3.4s)`, a line each after all tests.
    pub fn from_playwright(output: &str) -> Self {
        Self::from_words(output.lines())
    }

    fn from_words<'a>(counts: impl Iterator<Item = &'a str>) -> Self {
        let mut tally = Self::default();
        for count in counts {
            let Some((number, what)) = count.trim().split_once(' ') else { continue };
            let Ok(number) = number.parse::<u64>() else { continue };
            // What follows is a time or a remark: `(3.4s)`, `(1 slow)`.
            match what.split(" (").next().unwrap_or(what) {
                "passed" => tally.passed += number,
                "failed" | "timed out" | "exec failed" | "flaky" | "interrupted"
                | "did not run" => tally.failed += number,
                "skipped" | "ignored" => tally.skipped += number,
                _ => {}
            }
        }
        tally
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(tallies: I) -> Self {
        tallies.fold(Self::default(), |a, b| Self {
            passed: a.passed + b.passed,
            failed: a.failed + b.failed,
            skipped: a.skipped + b.skipped,
            failures: [a.failures, b.failures].concat(),
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { passed, failed, skipped, .. } = self;
        write!(f, "{passed} passed, {failed} failed, {skipped} skipped")
    }
}

/// The lines that name a test that failed; each once, since most runners name it again at the end.
fn failures(output: &str) -> Vec<String> {
    let mut failures = Vec::new();
    for line in output.lines().map(str::trim) {
        let nextest = ["FAIL [", "TIMEOUT [", "SIG"].iter().any(|word| line.starts_with(word));
        let cargo_test = line.starts_with("test ") && line.ends_with("... FAILED");
        // Of node and of Playwright. What node says before it names them all is no name.
        let marked = line.starts_with(['✖', '✘']) && line != "✖ failing tests:";
        if (nextest || cargo_test || marked) && !failures.iter().any(|named| named == line) {
            failures.push(line.to_owned());
        }
    }
    failures
}

/// The text without a terminal's colors.
fn plain(text: &str) -> String {
    let mut parts = text.split("\x1b[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |plain, part| {
        plain + part.split_once(|c: char| c.is_ascii_alphabetic()).map_or("", |(_, rest)| rest)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tally(passed: u64, failed: u64, skipped: u64) -> Tally {
        Tally { passed, failed, skipped, failures: Vec::new() }
    }

    #[test]
    fn nextest_is_counted() {
        let line = "     Summary [   0.010s] 27 tests run: 24 passed (1 slow), 2 failed, 1 timed out, 3 skipped\n";
        assert_eq!(Tally::from_nextest(line), tally(24, 3, 3));
    }

    #[test]
    fn cargo_test_is_counted_over_all_binaries() {
        let text = "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s\n\
                    test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 4 filtered out\n";
        assert_eq!(Tally::from_cargo_test(text), tally(6, 2, 1));
    }

    #[test]
    fn node_is_counted() {
        let text =
            "ℹ tests 13\nℹ suites 0\nℹ pass 11\nℹ fail 1\nℹ cancelled 1\nℹ skipped 2\nℹ todo 0\n";
        assert_eq!(Tally::from_node(text), tally(11, 2, 2));
    }

    #[test]
    fn playwright_is_counted_with_colors_and_without() {
        let text = "  \x1b[31m1 failed\x1b[39m\n    a.spec.ts:3:1 › it passed\n  \x1b[33m2 did not run\x1b[39m\n  \x1b[32m12 passed\x1b[39m\x1b[2m (3.4s)\x1b[22m\n";
        assert_eq!(Tally::from_playwright(&plain(text)), tally(12, 3, 0));
        assert_eq!(Tally::from_playwright("  12 passed (3.4s)\n  1 skipped\n"), tally(12, 0, 1));
    }

    #[test]
    fn failures_are_named_once() {
        let nextest = "        FAIL [   0.005s] (3/9) riskdesk-core policy::refuses";
        let cargo_test = "test rows::fit ... FAILED";
        let node = "✖ lists people (12.1ms)";
        let playwright = "  ✘   12 specs/users.spec.ts:30:1 › sorts (4.0s)";
        let text = format!(
            "{nextest}\ntest rows::grow ... ok\n{cargo_test}\n  ✔ signs in (2ms)\n{node}\n✖ failing tests:\n{node}\n{playwright}\n{nextest}\n"
        );
        assert_eq!(failures(&text), [nextest, cargo_test, node, playwright].map(str::trim));
    }
}
