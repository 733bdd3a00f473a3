//! What a first visit to each page loads, and the budget that the users page is held to.

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

/// Of all wasm, JavaScript and CSS that a first visit to the users page fetches, compressed with
/// brotli.
const BUDGET: u64 = 200_000;

/// The page that the budget is for.
const USERS: &str = "users";

struct Sizes {
    path: PathBuf,
    raw: u64,
    gzip: u64,
    brotli: u64,
}

impl Sizes {
    /// Whether it is wasm, JavaScript or CSS.
    fn is_code(&self) -> bool {
        self.path.extension().is_some_and(|end| end == "wasm" || end == "js" || end == "css")
    }
}

/// What the first visit to a page fetches beside `index.html`.
struct Visit<'a> {
    page: String,
    files: Vec<&'a Sizes>,
}

impl Visit<'_> {
    fn brotli(&self) -> u64 {
        self.files.iter().map(|file| file.brotli).sum()
    }
}

pub fn command(_: &[String]) -> Result<()> {
    let sizes = read()?;
    println!("{:<44} {:>12} {:>12} {:>12}", "file", "raw", "gzip", "brotli");
    for file in &sizes {
        print_row(&file.path.display().to_string(), &[file]);
    }
    print_row("all", &sizes.iter().collect::<Vec<_>>());
    println!("\nwasm, JavaScript and CSS of a first visit to");
    for visit in visits(&sizes)? {
        print_row(&format!("{} ({} files)", visit.page, visit.files.len()), &visit.files);
    }
    check().map(drop)
}

fn print_row(name: &str, files: &[&Sizes]) {
    let sum = |column: fn(&Sizes) -> u64| kilobytes(files.iter().map(|file| column(file)).sum());
    let (raw, gzip, brotli) =
        (sum(|file| file.raw), sum(|file| file.gzip), sum(|file| file.brotli));
    println!("{name:<44} {raw:>12} {gzip:>12} {brotli:>12}");
}

/// Says what the users page weighs. A build past the budget is still a build.
pub fn print_sum() -> Result<()> {
    print(users_page()?);
    Ok(())
}

fn print(sum: u64) {
    let (sum, budget) = (kilobytes(sum), kilobytes(BUDGET));
    say("Size", &format!("the users page, brotli: {sum} of {budget}"));
}

/// The budget as a test.
pub fn check() -> Result<Tally> {
    let sum = users_page()?;
    print(sum);
    if sum > BUDGET {
        bail!("{} is past the budget of {}", kilobytes(sum), kilobytes(BUDGET));
    }
    Ok(Tally::passed())
}

fn users_page() -> Result<u64> {
    let sizes = read()?;
    let visits = visits(&sizes)?;
    let users = visits.iter().find(|visit| visit.page == USERS).context("no users page")?;
    Ok(users.brotli())
}

/// The users page, and the page of each part that `index.html` names with its path.
fn visits(sizes: &[Sizes]) -> Result<Vec<Visit<'_>>> {
    let page = fs::read_to_string(workspace::dist().join("index.html"))?;
    // Whether it is a page's; the others come when a person asks for what they do.
    let mut parts = vec![(USERS, true, Vec::new())];
    for meta in page.split("data-part=\"").skip(1) {
        let (part, rest) = meta.split_once('"').context("index.html breaks off")?;
        let rest = rest.split_once('>').map_or(rest, |(meta, _)| meta);
        let files = rest.split_once("data-files=\"").and_then(|(_, rest)| rest.split_once('"'));
        let (files, _) = files.with_context(|| format!("no files for the part {part}"))?;
        parts.push((part, rest.contains("data-path="), files.split(' ').collect()));
    }
    let of_a_part = |name: &str| parts.iter().any(|(_, _, files)| files.contains(&name));
    let visit = |(page, _, own): &(&str, bool, Vec<&str>)| {
        let fetched = sizes.iter().filter(|file| {
            let name = file.path.to_string_lossy();
            file.is_code() && (own.contains(&&*name) || !of_a_part(&name))
        });
        Visit { page: (*page).to_owned(), files: fetched.collect() }
    };
    Ok(parts.iter().filter(|(_, is_page, _)| *is_page).map(visit).collect())
}

fn read() -> Result<Vec<Sizes>> {
    let dist = workspace::dist();
    let length = |path: &Path| -> Result<u64> {
        let missing = || format!("{} is missing: run `cargo xtask build`", path.display());
        Ok(fs::metadata(path).with_context(missing)?.len())
    };
    let mut sizes = Vec::new();
    for path in files(&dist)? {
        let raw = length(&path)?;
        // What gets no smaller is sent as it is.
        let packed = |form| fs::metadata(beside(&path, form)).map_or(raw, |form| form.len());
        sizes.push(Sizes {
            raw,
            gzip: packed("gz"),
            brotli: packed("br"),
            path: path.strip_prefix(&dist)?.to_owned(),
        });
    }
    Ok(sizes)
}

fn kilobytes(bytes: u64) -> String {
    format!("{}.{} KB", bytes / 1000, bytes % 1000 / 100)
}
