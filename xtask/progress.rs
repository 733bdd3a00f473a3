//! One line for each step, and a sign of life while a step takes its time.

use std::{
    io::{IsTerminal as _, Write as _, stderr},
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

/// The clock of the tools.
#[expect(clippy::disallowed_methods, reason = "a build tool may say how long it took")]
pub fn now() -> Instant {
    Instant::now()
}

/// Says in one line what is done or was found.
pub fn say(what: &str, detail: &str) {
    eprintln!("{what:>12} {detail}");
}

/// Says how long a step has been going, from two seconds on, until it is dropped.
#[derive(Debug)]
pub struct Heartbeat {
    stop: Option<Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Heartbeat {
    pub fn start(what: &str) -> Self {
        let what = what.to_owned();
        let started = now();
        let (stop, stopped) = channel();
        let thread = thread::spawn(move || {
            // On a terminal the line rewrites itself; a log gets a line now and then.
            let terminal = stderr().is_terminal();
            let mut wait = Duration::from_secs(2);
            while stopped.recv_timeout(wait) == Err(RecvTimeoutError::Timeout) {
                let seconds = started.elapsed().as_secs();
                if terminal {
                    eprint!("\r{:>12} {what}: {seconds} s\x1b[K", "…");
                    wait = Duration::from_secs(1);
                } else {
                    eprintln!("{:>12} {what}: {seconds} s", "…");
                    wait = Duration::from_secs(if seconds < 10 { 8 } else { 20 });
                }
                let _ = stderr().flush();
            }
            if terminal {
                eprint!("\r\x1b[K");
            }
        });
        Self { stop: Some(stop), thread: Some(thread) }
    }
}

impl Drop for Heartbeat {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
