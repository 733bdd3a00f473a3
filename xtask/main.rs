//! `cargo xtask`: everything that is done to this project, from one place.
//!
//! Each command first sets up what it needs (`tools`, `npm`, `browser`), then does its one thing.
//! Set-up is idempotent, says what it does, and shows progress on whatever takes longer than two
//! seconds.

mod bench;
mod browser;
mod bundle;
mod compress;
mod debian;
mod e2e;
mod fuzz;
mod join;
mod lint;
mod mutants;
mod npm;
mod parts;
mod progress;
mod python;
mod run;
mod sbom;
mod size;
mod static_demo;
mod supply;
mod tally;
mod test;
mod tools;
mod worker;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;

/// A command: its name, its line in the list, and what it does with the arguments after it.
type Command = (&'static str, &'static str, fn(&[String]) -> Result<()>);

const COMMANDS: &[Command] = &[
    ("demo", "build all and serve the demo (arguments go to `riskdesk demo`)", bundle::demo),
    ("build", "build the app into dist/ and the server with it inside", bundle::build),
    (
        "static-demo",
        "make a folder that any static host serves: `static-demo [DIR]`",
        static_demo::command,
    ),
    (
        "test",
        "run every test: Rust, wasm, official SDK, Observatory, Worker, browsers; or the parts named",
        test::command,
    ),
    (
        "lint",
        "check formatting, clippy for both targets, types of the e2e tests, dependencies",
        lint::command,
    ),
    ("e2e", "build, then the browser tests (arguments go to Playwright)", e2e::command),
    (
        "worker",
        "build the Worker; `dev [--port N] [--demo]` serves it here, `dry-run` packs it",
        worker::command,
    ),
    ("fuzz", "run every fuzzer (`--runs N` each; 200000 where it is not said)", fuzz::command),
    ("mutants", "see whether the tests notice changes to who may come in (slow)", mutants::command),
    ("sbom", "write what the product is made of as CycloneDX JSON: `sbom [FILE]`", sbom::command),
    (
        "bench",
        "measure: `browser` beside a page by hand, `proxy` beside others, `columns`, `levels`, `audit`, `size`; all without a word",
        bench::command,
    ),
    ("size", "show the size of the built app and hold it to its budget", size::command),
    (
        "screenshots",
        "renew the pictures in docs; `--all DIR` takes every page, theme and width",
        e2e::screenshots,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let Some((name, rest)) = arguments.split_first() else {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    };
    if matches!(name.as_str(), "help" | "--help" | "-h") {
        print!("{}", usage());
        return ExitCode::SUCCESS;
    }
    let Some((_, _, command)) = COMMANDS.iter().find(|(known, _, _)| known == name) else {
        eprint!("xtask: there is no command `{name}`\n\n{}", usage());
        return ExitCode::from(2);
    };
    match command(rest) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask {name}: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> String {
    let mut text = String::from("Usage: cargo xtask COMMAND\n\n");
    for (name, about, _) in COMMANDS {
        text.push_str(&format!("  {name:<12} {about}\n"));
    }
    text
}
