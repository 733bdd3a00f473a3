//! A simulated Cloudflare: user risk scoring of an account that does not exist.
//!
//! A request and the time go in, an answer comes out. There is no I/O and no clock, and the same
//! seed gives the same account on every host. Changes stick for as long as the [`Sim`] lives.
//! Failures are asked for by what a person types or clicks: [`sentinels`] has the table, and
//! [`notable`] the people whose data is unusual. A [`Scenario`] is a kind of day, [`incidents`] what
//! happens to many people on it.
//!
//! One request, top to bottom: the token (`auth`), the rate limit (`limit`), the route
//! ([`model::operations`]), the operation (`account`), its headers (`reply`). The account is made
//! of people (`people`, `names`, `plan`) whose events are made when they are asked for (`events`,
//! `details`, `shapes`), behaviors and integrations.
//!
//! What is public about the vendor's service is marked in the comments as documented \[D\],
//! observed \[O\] or unknown \[U\]; where it is unknown, the choice is ours.

mod account;
mod auth;
mod behaviors;
mod bodies;
mod codes;
mod details;
mod events;
pub mod incidents;
mod integrations;
mod limit;
mod names;
pub mod notable;
mod people;
mod places;
mod plan;
mod random;
mod reply;
mod scenario;
mod scripts;
mod scripts_more;
pub mod sentinels;
mod shapes;
mod wire;

#[cfg(test)]
mod account_tests;
#[cfg(test)]
mod data_tests;
#[cfg(test)]
mod scenario_tests;
#[cfg(test)]
mod sentinel_tests;
#[cfg(test)]
mod testing;

use std::{fmt, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use model::operations::Operation;

use crate::{account::Account, auth::Denied, limit::Limit, random::Random, reply::Reply};
pub use crate::{incidents::Incident, scenario::Scenario};

/// What the simulated account is like.
#[derive(Clone)]
pub struct Settings {
    /// How many users the summary has at first.
    pub users: usize,
    /// The same seed gives the same data.
    pub seed: u64,
    pub scenario: Scenario,
    /// The one API token that is accepted; without it, any non-empty bearer token is.
    pub token: Option<String>,
}

impl fmt::Debug for Settings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Settings")
            .field("users", &self.users)
            .field("seed", &self.seed)
            .field("scenario", &self.scenario)
            .field("token", &self.token.as_ref().map(|_| "…"))
            .finish()
    }
}

/// What the vendor's service answers, and when.
#[derive(Clone, Debug)]
pub struct Answer {
    pub response: http::Response<Bytes>,
    /// How long the host waits before it sends the response; a sentinel that hangs has 120 s.
    pub delay: Duration,
}

/// The simulated Cloudflare. It holds one account, which answers to every account ID.
pub struct Sim {
    account: Account,
    token: Option<String>,
    limit: Limit,
    random: Random,
}

impl fmt::Debug for Sim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Neither the token nor a summary of 20 MB belongs into a log.
        f.debug_struct("Sim").finish_non_exhaustive()
    }
}

impl Sim {
    /// An account whose times lie before `now`.
    #[must_use]
    pub fn new(settings: Settings, now: DateTime<Utc>) -> Self {
        let mut random = Random::new(settings.seed);
        Self {
            account: Account::new(settings.users, settings.scenario, &mut random, now),
            token: settings.token,
            limit: Limit::on(),
            random,
        }
    }

    /// The same without the limit of 1,200 requests in five minutes: one demo token serves
    /// everyone who tries the demo.
    #[must_use]
    pub fn without_rate_limit(self) -> Self {
        Self { limit: Limit::off(), ..self }
    }

    /// What happened to several people at once: the truth that a test holds an analysis against.
    #[must_use]
    pub fn incidents(&self) -> Vec<Incident> {
        self.account.incidents()
    }

    /// Answers a request whose path starts with `/client/v4/`.
    pub fn answer(&mut self, request: &http::Request<Bytes>, now: DateTime<Utc>) -> Answer {
        let ray = format!("{:016x}-FRA", self.random.number());
        let audit_id = self.random.uuid();
        let token = match auth::token(request.headers(), self.token.as_deref()) {
            Ok(token) => token,
            Err(denied) => return Reply::denied(denied).finish(&ray, None),
        };
        let quota = self.limit.take(token, now);
        if let Some(seconds) = quota.retry_after {
            return Reply::rate_limited(seconds).finish(&ray, Some(&quota));
        }
        let reply = self.reply(request, token, now);
        reply.audited(audit_id).finish(&ray, Some(&quota))
    }

    fn reply(&mut self, request: &http::Request<Bytes>, token: &str, now: DateTime<Utc>) -> Reply {
        let Some((account, path)) = route(request.uri().path()) else {
            return Reply::no_route();
        };
        if account == sentinels::ACCOUNT_WITHOUT_ENTITLEMENT {
            return Reply::not_entitled();
        }
        match Operation::parse(request.method().as_str(), path) {
            Err(error) => Reply::unroutable(request.method().as_str(), &error),
            Ok(operation) if !auth::permits(token, operation.kind()) => {
                Reply::denied(Denied::Wrong)
            }
            Ok(operation) => {
                self.account.perform(&operation, &account, request.body(), &mut self.random, now)
            }
        }
    }
}

/// The account ID, in lower case, and what follows `/zt_risk_scoring`.
fn route(path: &str) -> Option<(String, &str)> {
    let rest = path.strip_prefix("/client/v4/accounts/")?;
    let (account, rest) = rest.split_once('/')?;
    let path = rest.strip_prefix("zt_risk_scoring")?;
    let is_account = account.len() == 32 && account.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_account.then(|| (account.to_ascii_lowercase(), path))
}
