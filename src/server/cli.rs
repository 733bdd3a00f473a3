//! The command line. Clap answers wrong usage with exit code 2.

use std::{net::SocketAddr, path::PathBuf};

use clap::{Arg, ArgMatches, Args, FromArgMatches, Parser, Subcommand, ValueEnum};
use model::Role;
use proxy::settings::{NAMES, Name, Values};
use sim::Scenario;
use store::Head;

/// More people than any account has; beyond it, memory runs out before patience does.
const MAX_USERS: usize = 1_000_000;

/// A console for Cloudflare's user risk scores.
#[derive(Parser)]
#[command(name = "riskdesk", version, propagate_version = true)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand)]
pub enum Command {
    /// Try it: the app, the proxy and a simulated Cloudflare, without an account or a network
    Demo(Demo),
    /// Serve an account's risk scores, behind Cloudflare Access
    Serve(Configured),
    /// Check the settings, the keys of Access and the API token's permissions
    Check(Configured),
    /// Serve the simulated Cloudflare API alone, at /client/v4, for any account ID
    Sim(Sim),
    /// The audit log: check it, or write it out
    Audit {
        #[command(subcommand)]
        command: AuditCommand,
    },
}

#[derive(Subcommand)]
pub enum AuditCommand {
    /// Check that the log is as it was written: no record edited, taken out, put in or moved
    Verify {
        #[command(flatten)]
        database: Database,
        /// A head that was noted elsewhere, such as the last `audit_head` in the server's logs:
        /// the log must still hold it
        #[arg(long, value_name = "NUMBER:HASH")]
        head: Option<Head>,
    },
    /// Write the log to standard output, a line a change, oldest first
    Export {
        #[command(flatten)]
        database: Database,
        /// The form of the lines
        #[arg(long, value_enum, default_value_t = ExportFormat::Jsonl)]
        format: ExportFormat,
    },
}

#[derive(Args)]
pub struct Database {
    /// The SQLite file
    #[arg(
        long = "database",
        value_name = "FILE",
        env = "RISKDESK_DATABASE",
        default_value = "riskdesk.db"
    )]
    pub path: PathBuf,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum ExportFormat {
    /// A JSON object a line
    Jsonl,
    /// RFC 4180, safe to open in a spreadsheet
    Csv,
}

#[derive(Args)]
pub struct Demo {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8787", value_parser = listen)]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub people: People,
    /// What you may do: viewer, operator or admin
    #[arg(long, default_value_t = Role::Admin)]
    pub role: Role,
    /// Keep the audit log in this SQLite file; without it, it ends with the demo
    #[arg(long, value_name = "FILE")]
    pub database: Option<PathBuf>,
}

#[derive(Args)]
pub struct Configured {
    /// A TOML file of settings, named as the flags with underscores [default: riskdesk.toml, if it
    /// is there]
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    #[command(flatten)]
    pub given: Given,
}

/// The settings that are given as flags, each as it came: what is wrong with them is said together
/// with what is wrong elsewhere.
pub struct Given(pub Values);

impl FromArgMatches for Given {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, clap::Error> {
        let given = NAMES.iter().filter(|name| name.is_public()).filter_map(|name| {
            Some((name.env.to_owned(), matches.get_one::<String>(name.env)?.clone()))
        });
        Ok(Self(given.collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        self.0.extend(Self::from_arg_matches(matches)?.0);
        Ok(())
    }
}

impl Args for Given {
    fn augment_args(command: clap::Command) -> clap::Command {
        let flags = NAMES.iter().filter(|name| name.is_public());
        let flag = |name: &Name| {
            // The value itself isn't shown, as clap's own `env` would.
            let help = format!("{} [env: {}]", name.what, name.env);
            Arg::new(name.env).long(name.flag).value_name("VALUE").help(help)
        };
        command.args(flags.map(flag))
    }

    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Self::augment_args(command)
    }
}

#[derive(Args)]
pub struct Sim {
    /// Where to listen
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:4010", value_parser = listen)]
    pub listen: SocketAddr,
    #[command(flatten)]
    pub people: People,
    /// The one API token to accept; without it, any bearer token is
    #[arg(long)]
    pub token: Option<String>,
}

#[derive(Args)]
pub struct People {
    /// How many people are at risk [default: 250; 12 on a quiet day]
    #[arg(long, value_name = "N", value_parser = users, allow_negative_numbers = true)]
    pub users: Option<usize>,
    /// The same seed gives the same data
    #[arg(long, value_name = "N", default_value = "7", value_parser = seed, allow_negative_numbers = true)]
    pub seed: u64,
    /// The kind of day: quiet (few, low), morning, incident (a sweep of 41 people, a file and near
    /// misses) or outage (Cloudflare is slow, limits and fails in turn)
    #[arg(long, value_name = "NAME", default_value_t = Scenario::Morning)]
    pub scenario: Scenario,
}

impl People {
    /// How many there are, said or not.
    pub fn count(&self) -> usize {
        self.users.unwrap_or(sim::people(self.scenario))
    }
}

fn listen(text: &str) -> Result<SocketAddr, &'static str> {
    text.parse()
        .map_err(|_| "it must be an IP address and a port, such as 127.0.0.1:8787 or [::1]:8787")
}

fn users(text: &str) -> Result<usize, &'static str> {
    let users = text.parse().ok().filter(|users| *users <= MAX_USERS);
    users.ok_or("it must be a whole number from 0 to 1000000")
}

fn seed(text: &str) -> Result<u64, &'static str> {
    text.parse().map_err(|_| "it must be a whole number from 0 to 18446744073709551615")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn the_defaults_are_the_documented_ones() {
        let Command::Demo(demo) = Cli::parse_from(["riskdesk", "demo"]).command else {
            panic!("demo")
        };
        assert_eq!(demo.listen.to_string(), "127.0.0.1:8787");
        assert_eq!((demo.people.count(), demo.people.seed, demo.role), (250, 7, Role::Admin));
        assert_eq!(demo.people.scenario, Scenario::Morning);
        let Command::Sim(sim) = Cli::parse_from(["riskdesk", "sim"]).command else { panic!("sim") };
        assert_eq!((sim.listen.to_string().as_str(), sim.token), ("127.0.0.1:4010", None));
    }
}
