//! The tools that build the app: the wasm target, the sources of Rust's own libraries, trunk,
//! wasm-bindgen, wasm-opt, esbuild; and those that look after what we depend on.
//!
//! Each is looked for first, then taken the fast way (`cargo binstall`, if it is there), then
//! built. It goes to cargo's own bin folder when no tool of its name is anywhere, and to the
//! project's `target/tools` when there is one of another version: a tool of the user's is never
//! replaced.

use std::{
    env,
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context as _, Result, bail};

use crate::{npm, progress::say, run, workspace};

/// What browsers and Workers run.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The newest trunk that builds with the project's Rust version.
const TRUNK: &str = "0.21.14";

/// The PATH under which the tools that [`ready`] set up come first.
#[derive(Clone, Debug)]
pub struct Tools {
    path: OsString,
}

impl Tools {
    fn in_folders(folders: Vec<PathBuf>) -> Result<Self> {
        let old = env::var_os("PATH").unwrap_or_default();
        let path = env::join_paths(folders.into_iter().chain(env::split_paths(&old)))?;
        Ok(Self { path })
    }

    pub fn apply<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        command.env("PATH", &self.path)
    }
}

/// Sets up whatever building the app needs and isn't there.
pub fn ready() -> Result<Tools> {
    wasm_target()?;
    rust_sources()?;
    let trunk = crate_tool(&Tool {
        name: "trunk",
        package: "trunk",
        version: TRUNK.to_owned(),
        // Its dependencies have moved on in ways that don't build with it.
        locked: true,
    })?;
    let bindgen = crate_tool(&Tool {
        name: "wasm-bindgen",
        package: "wasm-bindgen-cli",
        // The tool refuses a module of another version than its own.
        version: workspace::locked_version("wasm-bindgen")?,
        // Its lock file may name a version that was taken back; any newer one does as well.
        locked: false,
    })?;
    Tools::in_folders(vec![trunk, bindgen, npm::minifiers()?])
}

/// Sets up a subcommand of cargo's, `fuzz` say.
pub fn subcommand(name: &'static str, version: &str) -> Result<Tools> {
    let version = version.to_owned();
    Tools::in_folders(vec![crate_tool(&Tool { name, package: name, version, locked: true })?])
}

fn wasm_target() -> Result<()> {
    let libdir = ["--print", "target-libdir", "--target", WASM];
    let there = run::read(run::command("rustc").args(libdir))
        .is_some_and(|folder| Path::new(folder.trim()).is_dir());
    if there {
        return Ok(());
    }
    rustup("target", WASM)
}

/// The sources of Rust's own libraries, and what they depend on.
fn rust_sources() -> Result<()> {
    if !run::rust_sources()?.join("Cargo.lock").is_file() {
        rustup("component", "rust-src")?;
    }
    let mut fetch = run::cargo();
    fetch.args(["fetch", "--target", WASM]);
    run::quietly("fetching what Rust's libraries need", run::with_own_std(&mut fetch))
}

fn rustup(kind: &str, what: &str) -> Result<()> {
    if run::on_path("rustup").is_none() {
        bail!("Rust's {kind} {what} is missing and rustup is not there to add it");
    }
    say("Installing", &format!("Rust's {kind} {what} (rustup)"));
    run::quietly(&format!("adding {what}"), run::command("rustup").args([kind, "add", what]))
}

/// A tool that comes as a crate.
struct Tool {
    name: &'static str,
    package: &'static str,
    version: String,
    locked: bool,
}

impl Tool {
    fn is_at(&self, program: &Path) -> bool {
        let mut command = run::command(program);
        // A subcommand of cargo's expects what cargo calls it with.
        command.args(self.name.strip_prefix("cargo-"));
        run::read(command.arg("--version"))
            .is_some_and(|text| text.split_whitespace().any(|word| word == self.version))
    }

    fn in_folder(&self, folder: &Path) -> PathBuf {
        folder.join(format!("{}{}", self.name, env::consts::EXE_SUFFIX))
    }
}

/// Finds or installs a tool; gives the folder it is in.
fn crate_tool(tool: &Tool) -> Result<PathBuf> {
    let own = workspace::tools().join("bin");
    let cargos = cargo_bin()?;
    let on_path = run::on_path(tool.name).and_then(|found| found.parent().map(Path::to_owned));
    let places: Vec<PathBuf> = [Some(own), Some(cargos), on_path].into_iter().flatten().collect();
    let found: Vec<&PathBuf> = places.iter().filter(|p| tool.in_folder(p).is_file()).collect();
    if let Some(folder) = found.iter().find(|folder| tool.is_at(&tool.in_folder(folder))) {
        return Ok((*folder).clone());
    }
    let Tool { name, version, .. } = tool;
    let root = if found.is_empty() {
        say("Missing", &format!("{name} {version}: installing into cargo's bin folder"));
        None
    } else {
        say(
            "Missing",
            &format!("{name} {version} (there is another): installing for this project"),
        );
        Some(workspace::tools())
    };
    install(tool, root.as_deref())?;
    let folder = places.iter().find(|folder| tool.is_at(&tool.in_folder(folder)));
    folder.cloned().with_context(|| format!("{name} {version} was installed but is not found"))
}

fn install(tool: &Tool, root: Option<&Path>) -> Result<()> {
    let spec = format!("{}@{}", tool.package, tool.version);
    let to_root = |command: &mut Command| {
        if let Some(root) = root {
            command.arg("--root").arg(root);
        }
    };
    if run::on_path("cargo-binstall").is_some() {
        let mut fast = run::cargo();
        fast.args(["binstall", "--no-confirm", "--disable-strategies", "compile", &spec]);
        to_root(&mut fast);
        match run::quietly(&format!("fetching {spec}"), &mut fast) {
            Ok(()) => return Ok(()),
            Err(error) => say("Note", &format!("{error:#}; building it instead")),
        }
    }
    let mut slow = run::cargo();
    // Unoptimized and without debug information: in sum the fastest, since it runs for seconds.
    slow.args(["install", "--debug", &spec]).env("CARGO_PROFILE_DEV_DEBUG", "0");
    if tool.locked {
        slow.arg("--locked");
    }
    to_root(&mut slow);
    run::quietly(&format!("building {spec} (some minutes, this once)"), &mut slow)
}

/// The folder `cargo install` installs into.
fn cargo_bin() -> Result<PathBuf> {
    if let Some(root) = env::var_os("CARGO_INSTALL_ROOT") {
        return Ok(PathBuf::from(root).join("bin"));
    }
    let home = env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| env::home_dir().map(|home| home.join(".cargo")));
    Ok(home.context("neither CARGO_HOME nor a home folder is known")?.join("bin"))
}
