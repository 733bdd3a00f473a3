//! `cargo xtask bench proxy`: what a request through `riskdesk serve` costs, beside nginx
//! `proxy_pass` and HAProxy, with and without `jwt_verify`, before the same upstream.
//!
//! - every work is done by all who do it in turn, and that several times: what else goes on upon
//!   the machine comes to all of them ([`WORK`])
//! - processor time is the kernel's account of the process and its children ([`servers`])
//! - [`wrk`] asks, and an answer that is no 200 is a failure
//! - [`report`] is a table of medians and ratios, and `target/bench/proxy.json`

mod report;
mod servers;
mod wrk;

use std::{fs, thread, time::Duration};

use anyhow::{Context as _, Result, bail};

use crate::{progress::say, run, workspace};
use servers::{Servers, Who};
use wrk::{Load, Ran};

/// More than `riskdesk serve` remembers, several times over.
const ASSERTIONS: u32 = 10_000;

/// People in the larger answer, which makes it some 200 KB.
const PEOPLE: &str = "1000";

/// What is asked of whom.
pub struct Work {
    pub name: &'static str,
    /// The operation's path, after the account.
    path: &'static str,
    connections: u32,
    /// Whether each request has an assertion that was not seen before.
    first_seen: bool,
    who: &'static [Who],
}

pub const WORK: [Work; 6] = [
    Work {
        name: "small, 32",
        path: "behaviors",
        connections: 32,
        first_seen: false,
        who: &[Who::Nginx, Who::Haproxy, Who::Riskdesk],
    },
    Work {
        name: "small, 128",
        path: "behaviors",
        connections: 128,
        first_seen: false,
        who: &[Who::Nginx, Who::Haproxy, Who::Riskdesk],
    },
    Work {
        name: "small, 1",
        path: "behaviors",
        connections: 1,
        first_seen: false,
        who: &[Who::Nginx, Who::Haproxy, Who::Riskdesk],
    },
    Work {
        name: "first seen, 32",
        path: "behaviors",
        connections: 32,
        first_seen: true,
        who: &[Who::HaproxyVerify, Who::Riskdesk],
    },
    Work {
        name: "first seen, 128",
        path: "behaviors",
        connections: 128,
        first_seen: true,
        who: &[Who::HaproxyVerify, Who::Riskdesk],
    },
    Work {
        name: "200 KB, 32",
        path: "summary",
        connections: 32,
        first_seen: false,
        who: &[Who::Nginx, Who::Haproxy, Who::Riskdesk],
    },
];

pub fn command(arguments: &[String]) -> Result<()> {
    let (rounds, seconds) = match arguments {
        [] => (5, 4),
        [quick] if quick == "--quick" => (3, 2),
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

    let mut all: Vec<(&'static str, Who, Ran)> = Vec::new();
    for round in 1..=rounds {
        for work in &WORK {
            say("Measuring", &format!("{} ({round} of {rounds})", work.name));
            for who in work.who {
                let load = Load {
                    url: servers.url(*who, work.path),
                    connections: work.connections,
                    seconds,
                    assertions: folder.join("assertions.txt"),
                    first_seen: work.first_seen,
                };
                let before = servers.ticks(*who)?;
                let mut ran = wrk::run(&load)?;
                ran.ticks = servers.ticks(*who)? - before;
                all.push((work.name, *who, ran));
            }
        }
    }
    let memory: Vec<_> = [Who::Nginx, Who::Haproxy, Who::Riskdesk]
        .into_iter()
        .map(|who| Ok((who, servers.memory(who)?)))
        .collect::<Result<_>>()?;
    report::print(&all, idle, &memory);
    report::write(&folder.join("proxy.json"), &all, idle, &memory)
}
