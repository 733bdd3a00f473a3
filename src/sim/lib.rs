//! A simulated Cloudflare: user risk scoring of an account that does not exist.
//!
//! A request and the time go in, an answer comes out. There is no I/O and no clock, and the same
//! seed gives the same account on every host. Changes stick for as long as the [`Sim`] lives.
//! Failures are asked for by what a person types or clicks: [`sentinels`] has the table, and
//! [`notable`] the people whose data is unusual. A [`Scenario`] is a kind of day, [`incidents`] what
//! happens to many people on it. Whoever shows the account can set another day, a fault and a
//! latency, and have events arrive: [`Sim::set`].
//!
//! One request, top to bottom: the token (`auth`), the rate limit (`limit`), the route
//! ([`model::operations`]), what was set (`conditions`), the operation (`account`), its headers
//! (`reply`). The account is made of people (`people`, `names`, `plan`) whose events are made when
//! they are asked for (`events`, `details`, `shapes`) or arrive (`arrivals`), behaviors and
//! integrations.
//!
//! What is public about the vendor's service is marked in the comments as documented \[D\],
//! observed \[O\] or unknown \[U\]; where it is unknown, the choice is ours.

mod account;
mod arrivals;
mod auth;
mod behaviors;
mod bodies;
mod codes;
mod conditions;
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
mod demo_tests;
#[cfg(test)]
mod scenario_tests;
#[cfg(test)]
mod sentinel_tests;
#[cfg(test)]
mod testing;

use std::{fmt, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use model::{Demo, DemoChange, operations::Operation};

pub use model::Scenario;

use crate::{
    account::Account, auth::Denied, conditions::Conditions, limit::Limit, random::Random,
    reply::Reply,
};
pub use crate::{incidents::Incident, scenario::people};

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
    settings: Settings,
    conditions: Conditions,
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
            settings,
            conditions: Conditions::default(),
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

    /// Sets what the change says, and says what is set. A scenario makes the account anew, with as
    /// many people as before; where those were as many as such a day has, as many as the new one
    /// has.
    pub fn set(&mut self, change: DemoChange, now: DateTime<Utc>) -> Demo {
        let arrivals = change.arrivals.unwrap_or(self.account.has_arrivals());
        if let Some(scenario) = change.scenario {
            let old = &mut self.settings;
            if old.users == people(old.scenario) {
                old.users = people(scenario);
            }
            old.scenario = scenario;
            self.random = Random::new(old.seed);
            self.account = Account::new(old.users, scenario, &mut self.random, now);
        }
        if let Some(fault) = change.fault {
            self.conditions.set_fault(fault);
        }
        if let Some(latency) = change.latency_ms {
            self.conditions.latency = latency;
        }
        self.account.advance(now);
        self.account.set_arrivals(arrivals, self.settings.seed, now);
        Demo {
            scenario: self.settings.scenario,
            fault: self.conditions.fault,
            latency_ms: self.conditions.latency,
            arrivals,
        }
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
        let token = match auth::token(request.headers(), self.settings.token.as_deref()) {
            Ok(token) => token,
            Err(denied) => return Reply::denied(denied).finish(&ray, None),
        };
        let quota = self.limit.take(token, now);
        if let Some(seconds) = quota.retry_after {
            return Reply::rate_limited(seconds).finish(&ray, Some(&quota));
        }
        self.account.advance(now);
        let reply = self.reply(request, token, now);
        let answer = reply.audited(audit_id).finish(&ray, Some(&quota));
        Answer { delay: answer.delay + self.conditions.latency.time(), ..answer }
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
            Ok(operation) => self.conditions.strike(&operation).unwrap_or_else(|| {
                self.account.perform(&operation, &account, request.body(), &mut self.random, now)
            }),
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
