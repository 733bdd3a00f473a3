//! `riskdesk`: the proxy, the app and a simulated Cloudflare in one binary.
//!
//! - `riskdesk demo`: all three, in one process, on simulated data ([`demo`])
//! - `riskdesk serve`: the proxy and the app, behind Cloudflare Access ([`serve`])
//! - `riskdesk check`: whether `serve` would work ([`check`])
//! - `riskdesk sim`: the simulated Cloudflare alone ([`simulator`])
//! - `riskdesk audit verify|export`: the audit log, as a file ([`audit::commands`])
//!
//! A connection passes [`listener`] (sockets and deadlines), [`body`] (a request read whole),
//! [`host`] (does what the proxy's gate says), [`relay`] (sends what may pass, and answers) and
//! [`upstream`]. What may pass is the proxy crate's to say; there is no policy here. [`clock`] has
//! the only clocks, [`logs`] and [`metrics`] tell what goes on.
//!
//! Exit codes: 0 good, 2 wrong usage or settings, 1 anything else.

mod audit;
mod body;
mod check;
mod cli;
mod clock;
mod connect;
mod demo;
mod failure;
mod files;
mod flights;
mod host;
mod ids;
mod incoming;
mod listener;
mod logs;
mod metrics;
mod pack;
mod passing;
mod relay;
mod room;
mod serve;
mod settings;
mod signature;
mod simulator;
mod upstream;
mod web;

use std::process::ExitCode;

use clap::Parser;

use crate::{
    cli::{Cli, Command},
    failure::Failure,
};

fn main() -> ExitCode {
    let cli = Cli::parse();
    logs::start();
    match run(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("error: {failure}");
            failure.code()
        }
    }
}

fn run(command: Command) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Command::Demo(options) => demo::run(options).await,
            Command::Serve(options) => serve::run(options).await,
            Command::Check(options) => check::run(options).await,
            Command::Sim(options) => simulator::run(options).await,
            Command::Audit { command } => audit::commands::run(command),
        }
    })
}
