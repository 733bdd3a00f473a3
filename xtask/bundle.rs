//! Building the product: the app with trunk, made small; then the server with the app inside.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::Path,
};

use anyhow::{Context as _, Result, ensure};
use sha2::{Digest as _, Sha256};

use crate::{
    compress, parts,
    progress::{Heartbeat, say},
    run, size,
    tools::{self, Tools},
    workspace,
};

/// What Rust's wasm target uses by default, and wide instructions (`.cargo/config.toml`): every
/// browser of the last years knows them. With `--all-features` wasm-opt writes what browsers refuse.
pub const WASM_FEATURES: [&str; 8] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-simd",
];

/// What makes a module small once it is compressed, which is what counts: `-Oz` takes some more away
/// before that and less after it, and so does keeping what would be said twice. What is large stays a
/// function of its own, though it has one caller: whatever is in a loop with it would wait until browsers
/// have optimized it all. Nothing of Rust's is in the memory's first kilobyte.
const SMALLER: [&str; 6] = [
    "-Os",
    "--skip-pass=local-cse",
    "--one-caller-inline-max-function-size=400",
    "--low-memory-unused",
    "--strip-debug",
    "--strip-producers",
];

/// What starts the app's code in a worker, as trunk and `index.html` name it.
const FINDER: &str = "finder.js";

pub fn build(_: &[String]) -> Result<()> {
    app(&tools::ready()?)?;
    server()
}

pub fn demo(arguments: &[String]) -> Result<()> {
    build(&[])?;
    run::show(run::command(workspace::riskdesk()).arg("demo").args(arguments))
}

/// The app, into `dist/`.
pub fn app(tools: &Tools) -> Result<()> {
    let mut trunk = run::command("trunk");
    trunk.args(["build", "--release", "--offline=true", "--skip-version-check"]);
    trunk.args(["--cargo-profile", "wasm-release"]);
    // A backtrace of trunk's would hide what the compiler said; and trunk takes NO_COLOR, which
    // has no set of values, for a flag that is true or false.
    trunk.env("RUST_BACKTRACE", "0").env_remove("NO_COLOR");
    run::build_for_browsers(&mut trunk)?;
    run::quietly("building the app", tools.apply(&mut trunk))?;
    parts::split(tools)?;
    join_styles()?;
    shrink(tools)?;
    name_finder()?;
    {
        let _heartbeat = Heartbeat::start("compressing the app");
        compress::compress(&workspace::dist())?;
    }
    headers()?;
    size::print_sum()
}

/// `_headers`, from which a static host takes what the server says by itself.
fn headers() -> Result<()> {
    let dist = workspace::dist();
    let mut names = Vec::new();
    for path in compress::files(&dist)? {
        let parts: Vec<_> = path.strip_prefix(&dist)?.iter().map(|p| p.to_string_lossy()).collect();
        names.push(parts.join("/"));
    }
    let text = proxy::headers::headers_file(names.iter().map(String::as_str));
    fs::write(dist.join("_headers"), text)?;
    Ok(())
}

/// Makes what trunk built smaller, in place: the names were made from what trunk built, and the
/// same build gives the same result. Trunk's own minifier passes over the glue code.
fn shrink(tools: &Tools) -> Result<()> {
    let mut order = run::cargo();
    order.args(["run", "--quiet", "--package", "xtask-split", "--bin", "xtask-order", "--"]);
    for path in compress::files(&workspace::dist())? {
        let smaller = path.with_extension("smaller");
        let mut command = match path.extension().and_then(OsStr::to_str) {
            Some("wasm") => {
                order.arg(&path);
                let mut wasm_opt = run::script("wasm-opt");
                wasm_opt.args(SMALLER).args(WASM_FEATURES);
                wasm_opt.arg(&path).arg("-o").arg(&smaller);
                wasm_opt
            }
            Some("js" | "css") => {
                let mut esbuild = run::script("esbuild");
                esbuild.args(["--minify", "--log-level=warning", "--legal-comments=none"]);
                let mut out = OsString::from("--outfile=");
                out.push(&smaller);
                esbuild.arg(&path).arg(out);
                esbuild
            }
            _ => continue,
        };
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        run::quietly(&format!("shrinking {name}"), tools.apply(&mut command))?;
        fs::rename(&smaller, &path).with_context(|| format!("replacing {}", path.display()))?;
    }
    run::quietly("ordering functions", &mut order)
}

/// Binds a module that stays whole to JavaScript, as `NAME.js` and `NAME_bg.wasm` in `folder`, and makes
/// it small.
pub fn bind(tools: &Tools, what: &str, built: &Path, folder: &Path, name: &str) -> Result<()> {
    let mut bindgen = run::command("wasm-bindgen");
    bindgen.args(["--target", "web", "--no-typescript", "--out-name", name, "--out-dir"]);
    run::quietly(&format!("binding {what}"), tools.apply(bindgen.arg(folder).arg(built)))?;
    let wasm = folder.join(format!("{name}_bg.wasm"));
    let mut wasm_opt = run::script("wasm-opt");
    wasm_opt.args(["-Oz", "--strip-debug", "--strip-producers"]).args(WASM_FEATURES);
    wasm_opt.arg(&wasm).arg("-o").arg(&wasm);
    run::quietly(&format!("shrinking {what}"), tools.apply(&mut wasm_opt))
}

/// Makes one file of the styles, in the order in which `index.html` names them: a request less each.
fn join_styles() -> Result<()> {
    let dist = workspace::dist();
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)?;
    let is_style = |line: &&str| line.trim_start().starts_with("<link rel=\"stylesheet\"");
    let mut styles = String::new();
    for line in page.lines().filter(is_style) {
        let name = line.split('"').find_map(|word| word.strip_prefix('/')).context("no name")?;
        let path = dist.join(name);
        styles += &fs::read_to_string(&path).with_context(|| format!("reading {name}"))?;
        fs::remove_file(path)?;
    }
    let name = format!("style-{}.css", hash(styles.as_bytes()));
    fs::write(dist.join(&name), styles)?;
    let mut lines: Vec<_> = page.lines().filter(|line| !is_style(line)).collect();
    let link = format!("    <link rel=\"stylesheet\" href=\"/{name}\" />");
    let end = lines.iter().position(|line| line.trim() == "</head>").context("no head")?;
    lines.insert(end, &link);
    fs::write(&index, lines.join("\n") + "\n")?;
    Ok(())
}

/// Puts the hash of its content into the finder's name, as trunk does for all but what it copies, so
/// that it may be kept for good.
fn name_finder() -> Result<()> {
    let dist = workspace::dist();
    let index = dist.join("index.html");
    let page = fs::read_to_string(&index)?;
    let path = dist.join(FINDER);
    let bytes = fs::read(&path).with_context(|| format!("reading {}", path.display()))?;
    let named = format!("finder-{}.js", hash(&bytes));
    fs::rename(&path, dist.join(&named))?;
    let was = format!("\"/{FINDER}\"");
    ensure!(page.contains(&was), "index.html does not name {FINDER}");
    fs::write(&index, page.replace(&was, &format!("\"/{named}\"")))?;
    Ok(())
}

/// What a file's name says of its content.
pub fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes)[..8].iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The server, which takes `dist/` in as it compiles.
fn server() -> Result<()> {
    run::quietly(
        "building the server",
        run::cargo().args(["build", "--release", "--package", "riskdesk"]),
    )?;
    say("Built", &workspace::riskdesk().display().to_string());
    Ok(())
}
