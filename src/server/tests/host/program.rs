//! Runs the built program.

use std::{
    io::{BufRead, BufReader, Read},
    net::SocketAddr,
    process::{Child, Command, Output, Stdio},
    thread::{self, JoinHandle},
};

/// A server on a port of its own; killed when dropped.
pub struct Server {
    child: Child,
    /// Read all the time: a program whose logs nobody reads comes to a halt.
    logs: Option<JoinHandle<String>>,
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

impl Server {
    /// Starts `riskdesk ARGUMENTS --listen 127.0.0.1:0` and waits for the line with its URL.
    pub fn start(arguments: &[&str]) -> Self {
        let mut child = command(arguments)
            .args(["--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let stdout = child.stdout.take().expect("its output is ours");
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line).expect("it says where it listens");
        let (_, rest) = line.split_once("http://").unwrap_or_else(|| panic!("no URL in {line:?}"));
        let end = rest.find(['/', ' ']).expect("the URL ends");
        let address = rest[..end].parse().expect("the URL is an address");
        let mut stderr = child.stderr.take().expect("its logs are ours");
        let logs = thread::spawn(move || {
            let mut logs = String::new();
            stderr.read_to_string(&mut logs).expect("logs are text");
            logs
        });
        Self { child, logs: Some(logs), address }
    }

    /// Asks the program to stop, as a service manager does.
    pub fn terminate(&self) {
        let status = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
    }

    /// Ends the program without a word, as a loss of power would.
    pub fn kill(&self) {
        let status = Command::new("kill").args(["-KILL", &self.child.id().to_string()]).status();
        assert!(status.expect("kill runs").success());
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
