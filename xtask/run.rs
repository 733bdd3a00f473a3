//! Running other programs: shown, quietly with a log, or read.

use std::{
    env,
    ffi::OsStr,
    fs::{self, File},
    io::{BufRead as _, BufReader, Read, Write},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
    thread,
};

use anyhow::{Context as _, Result, bail};

use crate::{
    progress::{Heartbeat, now, say},
    workspace,
};

/// A command at the workspace's root.
pub fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workspace::root());
    // `cargo run` describes this package in the environment; build scripts further down would
    // take that for a change of theirs and build again.
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// A command that the shell finds, `npm` for one, which is a script of another name on Windows.
pub fn script(name: &str) -> Command {
    command(if cfg!(windows) { format!("{name}.cmd") } else { name.to_owned() })
}

/// Cargo itself: the one that runs this program.
pub fn cargo() -> Command {
    command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Has cargo build for browsers.
///
/// - Rust's own libraries are built with the rest ([`tools::ready`](crate::tools::ready) has their
///   sources), so that a panic ends the program at once and nothing is there of what it could have told:
///   a fifteenth of a first visit. Stable Rust can do this and promises nothing of it yet, so it wants a
///   word that we know.
/// - Functions that are as small as a call are put where they are called: LLVM spares even those when it
///   builds for size, and they were the larger for it once compressed.
/// - Sources are named without the folders of this machine: where code may panic it says where it
///   came from.
pub fn build_for_browsers(cargo: &mut Command) -> Result<&mut Command> {
    with_own_std(cargo);
    let std = rust_sources()?;
    let home = match env::var_os("CARGO_HOME") {
        Some(home) => PathBuf::from(home),
        None => env::home_dir().context("no home folder")?.join(".cargo"),
    };
    let mut flags = vec![
        "-Zunstable-options -Cpanic=immediate-abort".to_owned(),
        "-Cllvm-args=-inline-threshold=15".to_owned(),
    ];
    for from in [workspace::root(), std] {
        flags.push(format!("--remap-path-prefix={}/=", from.display()));
    }
    // A folder a registry.
    for registry in fs::read_dir(home.join("registry/src")).into_iter().flatten().flatten() {
        flags.push(format!("--remap-path-prefix={}/=", registry.path().display()));
    }
    // Cargo adds them to those of `.cargo/config.toml`.
    Ok(cargo.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", flags.join(" ")))
}

/// Has cargo build Rust's own libraries, or fetch what they need.
pub fn with_own_std(cargo: &mut Command) -> &mut Command {
    cargo.env("RUSTC_BOOTSTRAP", "1").env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort")
}

/// Where the sources of Rust's own libraries are, if they are there.
pub fn rust_sources() -> Result<PathBuf> {
    let sysroot = read(command("rustc").args(["--print", "sysroot"])).context("no rustc")?;
    Ok(Path::new(sysroot.trim()).join("lib/rustlib/src/rust/library"))
}

/// Runs a command whose output is for the person.
pub fn show(command: &mut Command) -> Result<()> {
    let text = display(command);
    say("Running", &text);
    let status = command.status().with_context(|| format!("starting `{text}`"))?;
    succeeded(&text, status)
}

/// Runs a command whose output matters only when it fails: it goes to a log, and the person sees
/// that there is progress, and how long it took if that was noticeable.
pub fn quietly(what: &str, command: &mut Command) -> Result<()> {
    let folder = workspace::target().join("xtask");
    fs::create_dir_all(&folder)?;
    let name = what.replace(|c: char| !c.is_ascii_alphanumeric(), "-");
    let log = folder.join(format!("{name}.log"));
    let file = File::create(&log).with_context(|| format!("writing {}", log.display()))?;
    let started = now();
    let status = {
        let _heartbeat = Heartbeat::start(what);
        command
            .stdin(Stdio::null())
            .stdout(file.try_clone()?)
            .stderr(file)
            .status()
            .with_context(|| format!("starting `{}`", display(command)))?
    };
    if !status.success() {
        eprintln!("{}", tail(&log, 40));
        bail!("{what} failed ({status}); the whole output is in {}", log.display());
    }
    let seconds = started.elapsed().as_secs_f64();
    if seconds >= 0.5 {
        say("Done", &format!("{what} ({seconds:.1} s)"));
    }
    Ok(())
}

/// Runs a command whose output is for us. What it says of a failure, or while it works, is for the
/// person.
pub fn read_quietly(what: &str, command: &mut Command) -> Result<String> {
    let text = display(command);
    let _heartbeat = Heartbeat::start(what);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .with_context(|| format!("starting `{text}`"))?;
    succeeded(&text, output.status)?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Runs a command, shows its output as it comes, and gives it back with how the command ended.
pub fn tee(command: &mut Command) -> Result<(String, ExitStatus)> {
    let text = display(command);
    say("Running", &text);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("starting `{text}`"))?;
    let stderr = child.stderr.take().map(|pipe| thread::spawn(|| pass(pipe, std::io::stderr())));
    let mut output = child.stdout.take().map(|pipe| pass(pipe, std::io::stdout()));
    let status = child.wait()?;
    if let Some(rest) = stderr.and_then(|thread| thread.join().ok()) {
        output.get_or_insert_default().push_str(&rest);
    }
    Ok((output.unwrap_or_default(), status))
}

fn pass(from: impl Read, mut to: impl Write) -> String {
    let mut text = String::new();
    let mut lines = BufReader::new(from);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
        let _ = to.write_all(&line);
        text.push_str(&String::from_utf8_lossy(&line));
        line.clear();
    }
    text
}

/// What a command prints, if it can be started and succeeds.
pub fn read(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Where `name` is on the PATH.
pub fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|folder| folder.join(&name)).find(|p| p.is_file())
}

fn succeeded(text: &str, status: ExitStatus) -> Result<()> {
    if !status.success() {
        bail!("`{text}` failed ({status})");
    }
    Ok(())
}

fn display(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or_default();
    let arguments = command.get_args().map(OsStr::to_string_lossy);
    std::iter::once(program.to_string_lossy()).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn tail(path: &Path, lines: usize) -> String {
    let bytes = fs::read(path).unwrap_or_default();
    let text = String::from_utf8_lossy(&bytes);
    let all: Vec<&str> = text.lines().collect();
    all[all.len().saturating_sub(lines)..].join("\n")
}
