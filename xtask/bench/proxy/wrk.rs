//! One run of wrk, and what it says.

use std::{fs, path::PathBuf};

use anyhow::{Context as _, Result, bail};

use crate::{run, workspace};

/// What to ask.
pub struct Load {
    pub url: String,
    pub connections: u32,
    pub seconds: u32,
    /// Assertions, a line each.
    pub assertions: PathBuf,
    pub asks: Asks,
}

/// How one request is told from the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// Not at all.
    Same,
    /// The same, in this form.
    Packed(&'static str),
    /// Each with an assertion that was not seen before.
    FirstSeen,
    /// Each for another person.
    Distinct,
}

/// What came of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ran {
    pub requests: f64,
    pub per_second: f64,
    /// In microseconds.
    pub median: f64,
    /// In microseconds: all but one in a hundred were faster.
    pub slow: f64,
    /// Processor time of whoever was asked, in the kernel's hundredths of a second.
    pub ticks: f64,
}

impl Ran {
    /// Processor time for one request, in microseconds.
    pub fn cost(&self) -> f64 {
        self.ticks * 10_000.0 / self.requests
    }
}

pub fn run(load: &Load) -> Result<Ran> {
    let mut wrk = run::command("wrk");
    wrk.args(["--threads", "1", "--latency"]);
    wrk.args(["--connections", &load.connections.to_string()]);
    wrk.args(["--duration", &format!("{}s", load.seconds)]);
    // The larger answers take their time.
    wrk.args(["--timeout", "30s"]);
    let assertions = fs::read_to_string(&load.assertions)?;
    let first = assertions.lines().next().context("there is no assertion")?;
    let script = |name| workspace::root().join("tests/bench/proxy").join(name);
    match load.asks {
        Asks::FirstSeen => {
            wrk.arg("--script").arg(script("assertions.lua"));
            wrk.arg(&load.url).arg("--").arg(&load.assertions);
        }
        Asks::Distinct => {
            wrk.arg("--script").arg(script("distinct.lua")).args([&load.url, "--", first]);
        }
        Asks::Same | Asks::Packed(_) => {
            if let Asks::Packed(form) = load.asks {
                wrk.args(["--header", &format!("Accept-Encoding: {form}")]);
            }
            wrk.args(["--header", &format!("Cf-Access-Jwt-Assertion: {first}")]).arg(&load.url);
        }
    }
    let said = run::read(&mut wrk).context("wrk failed")?;
    if said.contains("Non-2xx") || said.contains("Socket errors") {
        bail!("{} did not answer as it should:\n{said}", load.url);
    }
    read(&said).with_context(|| format!("wrk said:\n{said}"))
}

fn read(said: &str) -> Option<Ran> {
    let after = |label: &str| {
        let line = said.lines().find_map(|line| line.trim().strip_prefix(label))?;
        line.split_whitespace().next()
    };
    let requests = said.lines().find(|line| line.contains(" requests in "))?;
    Some(Ran {
        requests: requests.split_whitespace().next()?.parse().ok()?,
        per_second: after("Requests/sec:")?.parse().ok()?,
        median: time(after("50%")?)?,
        slow: time(after("99%")?)?,
        ticks: 0.0,
    })
}

/// `12.34us`, `1.23ms` or `1.00s`, in microseconds.
fn time(text: &str) -> Option<f64> {
    let units = [("us", 1.0), ("ms", 1e3), ("s", 1e6)];
    let (number, unit) =
        units.into_iter().find_map(|(name, unit)| Some((text.strip_suffix(name)?, unit)))?;
    number.parse::<f64>().ok().map(|number| number * unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_wrk_says_is_read() {
        let said = "Running 2s test @ http://127.0.0.1:1/\n  1 threads and 32 connections\n  \
                    Latency Distribution\n     50%  687.00us\n     75%  1.00ms\n     99%    2.45ms\n  \
                    89113 requests in 2.10s, 57.79MB read\nRequests/sec:  42432.51\n";
        let ran = Ran {
            requests: 89_113.0,
            per_second: 42_432.51,
            median: 687.0,
            slow: 2_450.0,
            ticks: 0.0,
        };
        assert_eq!(read(said), Some(ran));
        assert_eq!(read("unable to connect"), None);
        assert_eq!(Ran { ticks: 200.0, requests: 100_000.0, ..ran }.cost(), 20.0);
    }
}
