//! The settings of `riskdesk serve`, from names and values to what a gate goes by. Where the
//! values come from (flags, environment, a file) is the host's to say; [`NAMES`] are all there
//! are.
//!
//! Every mistake is told at once, each with its fix, and with one mistake there are no settings.

mod mistake;
mod read;
mod url;

use std::net::SocketAddr;

use http::Uri;
use model::AccountId;

pub use mistake::{Mistake, Mistakes};
pub use read::Values;

use crate::{
    access::{Access, Entry, Expected, Roles},
    origin::Hosts,
    pace::Pace,
    policy::{Policy, Upstream},
};

/// What a setting is called, and what it is.
#[derive(Clone, Copy, Debug)]
pub struct Name {
    /// In the environment.
    pub env: &'static str,
    /// On the command line, after two dashes.
    pub flag: &'static str,
    pub what: &'static str,
}

pub const LISTEN: &str = "RISKDESK_LISTEN";
pub const ACCOUNT: &str = "CLOUDFLARE_ACCOUNT_ID";
pub const TOKEN: &str = "CLOUDFLARE_API_TOKEN";
pub const TOKEN_FILE: &str = "CLOUDFLARE_API_TOKEN_FILE";
pub const BASE: &str = "CLOUDFLARE_BASE_URL";
pub const TEAM: &str = "RISKDESK_ACCESS_TEAM_DOMAIN";
pub const AUDIENCES: &str = "RISKDESK_ACCESS_AUD";
pub const GROUPS_CLAIM: &str = "RISKDESK_GROUPS_CLAIM";
pub const ADMINS: &str = "RISKDESK_ADMINS";
pub const OPERATORS: &str = "RISKDESK_OPERATORS";
pub const VIEWERS: &str = "RISKDESK_VIEWERS";
pub const PUBLIC_URL: &str = "RISKDESK_PUBLIC_URL";
pub const REQUIRE_REASON: &str = "RISKDESK_REQUIRE_REASON";
pub const CALLER_LIMIT: &str = "RISKDESK_CALLER_LIMIT";
pub const COMPRESSION: &str = "RISKDESK_COMPRESSION";
pub const DATABASE: &str = "RISKDESK_DATABASE";
pub const METRICS_LISTEN: &str = "RISKDESK_METRICS_LISTEN";

/// Every setting.
pub const NAMES: [Name; 17] = [
    Name {
        env: LISTEN,
        flag: "listen",
        what: "Where to listen; 127.0.0.1:8787 where it is not set",
    },
    Name { env: ACCOUNT, flag: "account-id", what: "The account's ID" },
    Name { env: TOKEN, flag: "api-token", what: "The API token" },
    Name { env: TOKEN_FILE, flag: "api-token-file", what: "The file that holds the API token" },
    Name {
        env: BASE,
        flag: "base-url",
        what: "Cloudflare's API; https://api.cloudflare.com/client/v4",
    },
    Name {
        env: TEAM,
        flag: "access-team-domain",
        what: "The team domain, such as https://acme.cloudflareaccess.com",
    },
    Name {
        env: AUDIENCES,
        flag: "access-aud",
        what: "The Access application's audience tags, with commas",
    },
    Name {
        env: GROUPS_CLAIM,
        flag: "groups-claim",
        what: "The custom claim that holds a user's groups",
    },
    Name { env: ADMINS, flag: "admins", what: "Who may change everything, with commas" },
    Name { env: OPERATORS, flag: "operators", what: "Who may reset a user's risk, with commas" },
    Name { env: VIEWERS, flag: "viewers", what: "Who may read, with commas" },
    Name {
        env: PUBLIC_URL,
        flag: "public-url",
        what: "Where people find Riskdesk: https://riskdesk.example.com",
    },
    Name {
        env: REQUIRE_REASON,
        flag: "require-reason",
        what: "Whether every change needs a reason: true or false",
    },
    Name {
        env: CALLER_LIMIT,
        flag: "caller-limit",
        what: "Requests a minute that are forwarded for one caller; 120, and 0 is no limit",
    },
    Name {
        env: COMPRESSION,
        flag: "compression",
        what: "Whether answers are compressed: true or false; true",
    },
    Name { env: DATABASE, flag: "database", what: "The audit log's SQLite file; riskdesk.db" },
    Name {
        env: METRICS_LISTEN,
        flag: "metrics-listen",
        what: "Where to serve metrics; nowhere where it is not set",
    },
];

impl Name {
    /// In a file: `access_team_domain`.
    #[must_use]
    pub fn key(&self) -> String {
        self.flag.replace('-', "_")
    }

    /// Whether it may be a flag: a process's flags are there for everybody to see.
    #[must_use]
    pub fn is_public(&self) -> bool {
        self.env != TOKEN
    }
}

/// All that `riskdesk serve` needs to know.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    pub account: AccountId,
    pub upstream: Upstream,
    /// Where the keys of Access are.
    pub certs: Uri,
    pub expected: Expected,
    pub roles: Roles,
    pub hosts: Hosts,
    pub require_reason: bool,
    pub pace: Pace,
    pub compression: bool,
    pub database: String,
    pub metrics_listen: Option<SocketAddr>,
}

impl Settings {
    /// Reads all of `values`; `file` gives a file's text.
    ///
    /// # Errors
    /// Every mistake there is.
    pub fn read(
        values: Values,
        file: impl FnOnce(&str) -> Result<String, String>,
    ) -> Result<Self, Mistakes> {
        read::settings(values, file)
    }

    /// What the gate goes by.
    #[must_use]
    pub fn policy(&self) -> Policy {
        let Self { certs, expected, roles, .. } = self.clone();
        Policy {
            account: self.account.clone(),
            entry: Entry::Access(Box::new(Access::new(certs, expected, roles))),
            hosts: self.hosts.clone(),
            upstream: self.upstream.clone(),
            require_reason: self.require_reason,
            pace: self.pace,
        }
    }
}

#[cfg(test)]
#[path = "settings/tests.rs"]
mod tests;
