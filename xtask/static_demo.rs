//! The demo as a folder that any static host serves, at its root or below: the app as it is built
//! for all hosts, and beside it the simulator, which answers the page from a worker (`src/tab`).
//!
//! 1. the app's files, without their compressed forms: such a host compresses by itself
//! 2. the desk's wasm and what starts it; the finder's start, with the way to the desk before it
//! 3. `index.html`, which names all of them relative to its folder and says the policy of itself
//! 4. `sw.js`, which keeps all of them; `_headers`, for hosts that read it

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, Result, bail, ensure};

use crate::{
    bundle, compress,
    progress::say,
    run,
    tools::{self, Tools, WASM},
    workspace,
};

const PAGE: &str = "src/tab/page";

pub fn command(arguments: &[String]) -> Result<()> {
    let folder = match arguments {
        [] => workspace::static_demo(),
        // Relative to where the person called from.
        [folder] => env::current_dir()?.join(folder),
        _ => bail!("usage: cargo xtask static-demo [DIR]"),
    };
    let tools = tools::ready()?;
    bundle::app(&tools)?;
    make(&tools, &folder)?;
    let root = folder.display();
    say("Made", &format!("{root}; to see it: python3 -m http.server --directory {root}"));
    Ok(())
}

/// The folder anew; the app must be built.
pub fn make(tools: &Tools, folder: &Path) -> Result<()> {
    let made_before = folder.join("sw.js").exists();
    if made_before {
        fs::remove_dir_all(folder).with_context(|| format!("emptying {}", folder.display()))?;
    } else if folder.exists() && fs::read_dir(folder)?.next().is_some() {
        bail!("{} holds something else", folder.display());
    }
    fs::create_dir_all(folder)?;
    let site = Site { folder: folder.to_owned() };
    for path in compress::files(&workspace::dist())? {
        fs::copy(&path, site.folder.join(path.file_name().unwrap_or_default()))?;
    }
    let start = site.find("finder-", ".js")?;
    let glue = desk(tools)?;
    let asks = script("ask.js")?;
    let ask = site.add("ask", ".js", &asks)?;
    let demo = site.add("demo", ".js", &script("demo.js")?)?;
    let js = site.add("riskdesk-tab", ".js", &fs::read(glue.join("riskdesk-tab.js"))?)?;
    let wasm =
        site.add("riskdesk-tab", "_bg.wasm", &fs::read(glue.join("riskdesk-tab_bg.wasm"))?)?;
    let mut finder = [asks, script("finder.js")?].concat();
    finder.extend(fs::read(site.folder.join(&start))?);
    let finder = site.add("demo-finder", ".js", &finder)?;

    let index = site.folder.join("index.html");
    let page = fs::read_to_string(&index)?;
    let worker = format!("data-worker=\"/{start}\"");
    ensure!(page.contains(&worker), "index.html does not name {start}");
    let page = page.replace(&worker, &format!("data-worker=\"/{finder}\""));
    let page = page.replace("=\"/", "=\"./");
    let (head, rest) = page.split_once("<script").context("index.html has no script")?;
    let policy = proxy::headers::policy_for_meta();
    let page = format!(
        "{head}<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\" />\n\
         <meta name=\"desk\" data-worker=\"./{start}\" data-js=\"./{js}\" data-wasm=\"./{wasm}\" />\n\
         <script src=\"./{ask}\"></script>\n<script src=\"./{demo}\"></script>\n<script{rest}"
    );
    fs::write(&index, &page)?;

    let mut names = site.names()?;
    let headers = proxy::headers::headers_file(names.iter().map(String::as_str));
    // The page itself by its folder: `index.html` is a name that some hosts redirect from.
    for name in &mut names {
        if name == "index.html" {
            name.clear();
        }
    }
    let version = bundle::hash([page.as_bytes(), names.join("\n").as_bytes()].concat().as_slice());
    let files = serde_json::json!({ "name": format!("riskdesk-demo-{version}"), "files": names });
    let keeper = String::from_utf8(script("sw.js")?)?.replace("__FILES__", &files.to_string());
    fs::write(site.folder.join("sw.js"), keeper)?;
    fs::write(site.folder.join("_headers"), headers)?;
    Ok(())
}

/// The desk's wasm and its glue, in a folder of their own.
fn desk(tools: &Tools) -> Result<PathBuf> {
    let mut build = run::cargo();
    build.args(["build", "--package", "riskdesk-tab", "--bin", "riskdesk-tab"]);
    build.args(["--profile", "wasm-release", "--target", WASM]);
    run::build_for_browsers(&mut build)?;
    run::quietly("building the simulator for the browser", &mut build)?;
    let out = workspace::target().join("tab");
    let built = workspace::target().join(WASM).join("wasm-release/riskdesk-tab.wasm");
    bundle::bind(tools, "the simulator", &built, &out, "riskdesk-tab")?;
    Ok(out)
}

fn script(name: &str) -> Result<Vec<u8>> {
    let path = workspace::root().join(PAGE).join(name);
    fs::read(&path).with_context(|| format!("reading {}", path.display()))
}

struct Site {
    folder: PathBuf,
}

impl Site {
    /// Writes a file under a name that says its content, and gives the name.
    fn add(&self, stem: &str, rest: &str, bytes: &[u8]) -> Result<String> {
        let name = format!("{stem}-{}{rest}", bundle::hash(bytes));
        fs::write(self.folder.join(&name), bytes)?;
        Ok(name)
    }

    fn find(&self, start: &str, end: &str) -> Result<String> {
        let names = self.names()?;
        let found = names.into_iter().find(|name| name.starts_with(start) && name.ends_with(end));
        found.with_context(|| format!("the app has no file {start}…{end}"))
    }

    fn names(&self) -> Result<Vec<String>> {
        let paths = compress::files(&self.folder)?;
        let name =
            |path: &PathBuf| path.file_name().map(|name| name.to_string_lossy().into_owned());
        Ok(paths.iter().filter_map(name).collect())
    }
}
