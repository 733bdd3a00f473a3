//! The Worker in Cloudflare's runtime, as a server for tests.
//!
//! What it needs is there when `cargo xtask worker` was run; [`WRANGLER`] and [`WORKER`] say where.

use std::{
    env, fs,
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::Duration,
};

/// Names the script that Node runs as wrangler, which brings the runtime.
pub const WRANGLER: &str = "WRANGLER";

/// Names the folder with the built Worker and its `wrangler.jsonc`.
pub const WORKER: &str = "WORKER";

/// Names the native program: it reads the log that the Worker wrote.
pub const RISKDESK: &str = "RISKDESK";

/// How long the runtime may take to start on a machine that has other work.
const START: Duration = Duration::from_secs(60);

/// The value of one of the names above.
///
/// # Panics
/// It is not set.
#[must_use]
pub fn place(name: &str) -> PathBuf {
    let set = env::var_os(name).map(PathBuf::from);
    set.unwrap_or_else(|| panic!("{name} is not set: run `cargo xtask test`"))
}

/// A folder with the Worker's settings and its state; gone with the test.
#[derive(Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// # Panics
    /// It can't be written, or the Worker is not built.
    #[must_use]
    pub fn new(settings: &[(&str, &str)]) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = COUNT.fetch_add(1, Ordering::SeqCst);
        let path = env::temp_dir().join(format!("riskdesk-worker-{}-{name}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder can be made");
        let built = place(WORKER);
        let config = fs::read_to_string(built.join("wrangler.jsonc")).expect("the Worker is built");
        let config = config.replace("\"./", &format!("\"{}/", built.display()));
        fs::write(path.join("wrangler.jsonc"), config).expect("a file can be written");
        let lines: Vec<String> =
            settings.iter().map(|(name, value)| format!("{name}=\"{value}\"\n")).collect();
        fs::write(path.join(".dev.vars"), lines.concat()).expect("a file can be written");
        Self(path)
    }

    /// The database's file, once there is one.
    ///
    /// # Panics
    /// There is none, or more than one.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        let folder = self.0.join("state/d1/miniflare-D1DatabaseObject");
        let entries = fs::read_dir(&folder).expect("there is a database");
        let files = entries.flatten().map(|entry| entry.path()).filter(|path| {
            path.extension().is_some_and(|end| end == "sqlite")
                && !path.ends_with("metadata.sqlite")
        });
        let [file] = files.collect::<Vec<_>>().try_into().expect("there is one database");
        file
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What stays behind in the temporary folder harms nobody.
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The running Worker; killed when dropped.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    output: Arc<Mutex<String>>,
    pub address: SocketAddr,
}

impl Worker {
    /// Starts it on a port of its own, with the settings and the state in `folder`.
    ///
    /// # Panics
    /// It doesn't start.
    #[must_use]
    pub fn start(folder: &Folder) -> Self {
        let path = folder.path();
        let mut node = Command::new("node");
        node.arg(concat!(env!("CARGO_MANIFEST_DIR"), "/runtime.mjs"));
        node.arg(place(WRANGLER)).arg(path).current_dir(path);
        // All that wrangler keeps of its own is this test's, too.
        node.env("XDG_CONFIG_HOME", path.join("config"));
        node.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        // The runtime is a process of its own, and ends with the group.
        let mut child = node.process_group(0).spawn().expect("Node runs");
        let output = Arc::new(Mutex::new(String::new()));
        if let Some(stdout) = child.stdout.take() {
            follow(stdout, output.clone());
        }
        if let Some(stderr) = child.stderr.take() {
            follow(stderr, output.clone());
        }
        let mut worker = Self { child, output, address: SocketAddr::from(([127, 0, 0, 1], 0)) };
        worker.address = worker.ready();
        worker
    }

    fn ready(&self) -> SocketAddr {
        let step = Duration::from_millis(50);
        for _ in 0..START.as_millis() / step.as_millis() {
            let output = self.output();
            let url = output.split_once("Ready on http://").map(|(_, rest)| rest);
            if let Some((address, _)) = url.and_then(|rest| rest.split_once('\n')) {
                return address.trim().parse().expect("the URL is an address");
            }
            thread::sleep(step);
        }
        panic!("it doesn't start:\n{}", self.output())
    }

    /// What it has printed so far, logs included.
    #[must_use]
    pub fn output(&self) -> String {
        self.output.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Ends the runtime without a word, as a loss of power would.
    ///
    /// # Panics
    /// There is no `kill`.
    pub fn kill(&self) {
        let group = format!("-{}", self.child.id());
        let killed =
            Command::new("kill").args(["-KILL", "--", &group]).stderr(Stdio::null()).status();
        killed.expect("kill runs");
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.kill();
        let _ = self.child.wait();
    }
}

/// Reads all the time: a program whose logs nobody reads comes to a halt.
fn follow(from: impl Read + Send + 'static, output: Arc<Mutex<String>>) {
    thread::spawn(move || {
        let mut lines = BufReader::new(from);
        let mut line = Vec::new();
        while lines.read_until(b'\n', &mut line).is_ok_and(|read| read > 0) {
            let mut output = output.lock().unwrap_or_else(PoisonError::into_inner);
            output.push_str(&String::from_utf8_lossy(&line));
            line.clear();
        }
    });
}
