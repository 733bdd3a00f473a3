//! Runs the built program.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    process::{Child, ChildStdout, Command, Output, Stdio},
    thread::{self, JoinHandle},
    time::Duration,
};

/// A server on a port of its own; killed when dropped.
pub struct Server {
    child: Child,
    /// Read all the time: a program whose logs nobody reads comes to a halt.
    logs: Option<JoinHandle<String>>,
    stdout: BufReader<ChildStdout>,
    pub address: SocketAddr,
}

/// What a command that ends by itself says.
pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the program runs")
}

/// The same, with more in its environment.
pub fn run_with(arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    command(arguments).envs(environment.iter().copied()).output().expect("the program runs")
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_riskdesk"));
    command.args(arguments).env_remove("RUST_LOG").stdin(Stdio::null());
    command
}

fn next_address(stdout: &mut BufReader<ChildStdout>) -> SocketAddr {
    let mut line = String::new();
    stdout.read_line(&mut line).expect("it says where it listens");
    let (_, rest) = line.split_once("http://").unwrap_or_else(|| panic!("no URL in {line:?}"));
    let end = rest.find(['/', ' ']).expect("the URL ends");
    rest[..end].parse().expect("the URL is an address")
}

impl Server {
    /// Starts `riskdesk ARGUMENTS --listen 127.0.0.1:0` and waits for the line with its URL.
    pub fn start(arguments: &[&str]) -> Self {
        Self::spawn(command(arguments))
    }

    /// The same, as it logs with `RUST_LOG=trace`.
    pub fn start_talkative(arguments: &[&str]) -> Self {
        let mut command = command(arguments);
        command.env("RUST_LOG", "trace");
        Self::spawn(command)
    }

    /// The same, where a process may open no more than so many files.
    #[cfg(unix)]
    pub fn start_with_files(arguments: &[&str], files: u32) -> Self {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("ulimit -n {files} && exec \"$0\" \"$@\"")]);
        shell.arg(env!("CARGO_BIN_EXE_riskdesk")).args(arguments).stdin(Stdio::null());
        Self::spawn(shell)
    }

    fn spawn(mut command: Command) -> Self {
        let mut child = command
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("its output is ours");
        let mut stdout = BufReader::new(stdout);
        let address = next_address(&mut stdout);
        let mut stderr = child.stderr.take().expect("its logs are ours");
        let logs = thread::spawn(move || {
            let mut logs = String::new();
            stderr.read_to_string(&mut logs).expect("logs are text");
            logs
        });
        Self { child, logs: Some(logs), stdout, address }
    }

    /// The address in the next line that it prints.
    pub fn next_address(&mut self) -> SocketAddr {
        next_address(&mut self.stdout)
    }

    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// Asks the program to stop, as a service manager does.
    pub fn terminate(&self) {
        self.signal("TERM");
    }

    /// Ends the program without a word, as a loss of power would.
    pub fn kill(&self) {
        self.signal("KILL");
    }

    pub fn signal(&self, name: &str) {
        let kill =
            Command::new("kill").args([&format!("-{name}"), &self.child.id().to_string()]).status();
        assert!(kill.expect("kill runs").success());
    }

    /// Whether it ends in this time.
    pub fn ends_within(&mut self, time: Duration) -> bool {
        let step = Duration::from_millis(50);
        (0..time.as_millis() / step.as_millis()).any(|_| {
            thread::sleep(step);
            self.child.try_wait().expect("it can be asked").is_some()
        })
    }

    /// Waits for the end: the exit code and the logs.
    pub fn finish(mut self) -> (Option<i32>, String) {
        let status = self.child.wait().expect("it ends");
        let logs = self.logs.take().and_then(|logs| logs.join().ok());
        (status.code(), logs.expect("its logs are read"))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself, and then there is nothing to kill.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
