//! `cargo xtask bench proxy`: what a request through `riskdesk serve` costs, beside nginx
//! `proxy_pass` and HAProxy, with and without `jwt_verify`, before the same upstream.
//!
//! - every work is done by all who do it in turn, and that several times: what else goes on upon
//!   the machine comes to all of them ([`WORK`])
//! - processor time is the kernel's account of the process and its children ([`servers`])
//! - [`allocations`] counts how often it asks for memory
//! - [`wrk`] asks, and an answer that is no 200 is a failure
//! - [`report`] is a table of medians and ratios, and `target/bench/proxy.json`

mod allocations;
mod report;
mod servers;
mod wrk;

use std::{fs, thread, time::Duration};

use anyhow::{Context as _, Result, bail};

use crate::{progress::say, run, workspace};
use servers::{Servers, Who};
use wrk::{Asks, Load, Ran};

/// More than `riskdesk serve` remembers, several times over.
const ASSERTIONS: u32 = 10_000;

/// People in the larger answers, which makes them some 200 KB and 20 MB.
const PEOPLE: [(&str, &str); 2] = [("1000", "summary.json"), ("100000", "large.json")];

/// What is asked of whom.
pub struct Work {
    pub name: &'static str,
    /// The operation's path, after the account.
    path: &'static str,
    connections: u32,
    asks: Asks,
    pub who: &'static [Who],
}

const PEERS: &[Who] = &[Who::Nginx, Who::Haproxy, Who::Riskdesk];
const VERIFYING: &[Who] = &[Who::HaproxyVerify, Who::Riskdesk];
const ALONE: &[Who] = &[Who::Riskdesk];

/// One for all, as a team reads that watches one account.
const fn same(name: &'static str, path: &'static str, connections: u32) -> Work {
    Work { name, path, connections, asks: Asks::Same, who: PEERS }
}

/// Each for another: no answer can be shared.
const fn distinct(name: &'static str, connections: u32) -> Work {
    Work { name, path: "anybody", connections, asks: Asks::Distinct, who: PEERS }
}

const fn first_seen(name: &'static str, connections: u32) -> Work {
    Work { name, path: "behaviors", connections, asks: Asks::FirstSeen, who: VERIFYING }
}

/// The answer for 100,000 people, compressed.
const fn packed(name: &'static str, connections: u32) -> Work {
    Work { name, path: LARGE, connections, asks: Asks::Packed("zstd"), who: ALONE }
}

const LARGE: &str = "summary?page=2";

pub const WORK: [Work; 15] = [
    same("small, 1", "behaviors", 1),
    same("small, 8", "behaviors", 8),
    same("small, 32", "behaviors", 32),
    same("small, 128", "behaviors", 128),
    distinct("distinct, 1", 1),
    distinct("distinct, 8", 8),
    distinct("distinct, 32", 32),
    distinct("distinct, 128", 128),
    first_seen("first seen, 32", 32),
    first_seen("first seen, 128", 128),
    same("200 KB, 32", "summary", 32),
    same("20 MB, 8", LARGE, 8),
    same("20 MB, 128", LARGE, 128),
    packed("20 MB zstd, 8", 8),
    packed("20 MB zstd, 128", 128),
];

pub fn command(arguments: &[String]) -> Result<()> {
    let (rounds, seconds) = match arguments {
        [] => (5, 2),
        [quick] if quick == "--quick" => (3, 1),
        _ => bail!("usage: cargo xtask bench proxy [--quick]"),
    };
    let missing: Vec<&str> = ["nginx", "haproxy", "wrk"]
        .into_iter()
        .filter(|name| run::on_path(name).is_none())
        .collect();
    if !missing.is_empty() {
        bail!(
            "{} missing: `apt-get install nginx-light haproxy wrk`, or your system's own way",
            missing.join(", ")
        );
    }
    let program = workspace::riskdesk();
    run::quietly(
        "building the server",
        run::cargo().args(["build", "--release", "-p", "riskdesk"]),
    )?;
    let folder = workspace::target().join("bench");
    fs::create_dir_all(&folder).with_context(|| format!("making {}", folder.display()))?;
    let servers = Servers::start(&program, &folder)?;
    thread::sleep(Duration::from_secs(1));
    let idle = servers.memory(Who::Riskdesk)?;

    let load = |work: &Work, url| Load {
        url,
        connections: work.connections,
        seconds,
        assertions: folder.join("assertions.txt"),
        asks: work.asks,
    };
    let mut all: Vec<(&'static str, Who, Ran)> = Vec::new();
    for round in 1..=rounds {
        for work in &WORK {
            say("Measuring", &format!("{} ({round} of {rounds})", work.name));
            for who in work.who {
                let before = servers.ticks(*who)?;
                let mut ran = wrk::run(&load(work, servers.url(*who, work.path)))?;
                ran.ticks = servers.ticks(*who)? - before;
                all.push((work.name, *who, ran));
            }
        }
    }
    let memory: Vec<_> = [Who::Nginx, Who::Haproxy, Who::Riskdesk]
        .into_iter()
        .map(|who| Ok((who, servers.memory(who)?)))
        .collect::<Result<_>>()?;
    say("Counting", "allocations");
    let allocations = allocations::count(&servers, load)?;
    report::print(&all, idle, &memory, &allocations);
    report::write(&folder.join("proxy.json"), &all, idle, &memory, &allocations)
}
