//! What to type or click so that something fails: the one list of the simulator's failures.
//!
//! Users, found by searching for their name or for `sentinel.example`. They are there from
//! [`MIN_USERS`] users on and count among them; their IDs are constants of this module.
//!
//! | name | what happens |
//! |---|---|
//! | Reset Refused | reset: 403, 10000 "Authentication error"; nothing changed |
//! | Reset Times Out | reset: no answer for 120 s, yet it took effect |
//! | Reset Rate Limited | reset: 429 with `Retry-After: 30`; nothing changed |
//! | Reset Breaks | reset: 500 with an HTML page; nothing changed |
//! | Reset Finds Nobody | reset: 404; nothing changed |
//! | Level Critical | a level outside the documented three, in the row, the user and an event |
//! | Events Missing | the user: 404, though the summary lists them |
//! | Events Broken | the user: 200 with JSON that breaks off |
//! | Events Fail | the user: 500 with an HTML page |
//! | Events Slow | the user: right, after 5 s |
//! | Events Odd | the user: events with null, missing and wrong fields, and rows that are none |
//! | Odd Row | the summary's row has a null name, a count as text, no level, a time that is none |
//!
//! Every other reset works. Whether the events outlive it is unknown of the vendor's service, so
//! both happen: a user whose ID ends in an even digit (0, 2, … e) keeps them, any other loses them.
//!
//! Behaviors:
//!
//! | saved | what happens |
//! |---|---|
//! | `suspicious_domain` at high | 500, 10500; nothing of that save is kept |
//! | `high_risk_domain` at high | 403, 10000 "Authentication error"; nothing of that save is kept |
//!
//! Integrations, by the tenant URL:
//!
//! | tenant URL | what happens |
//! |---|---|
//! | `https://refused.okta.com` | create and update to it: 400 |
//! | `https://paused-fails.okta.com` | create works; every update after that: 500 |
//! | `https://stuck.okta.com` | create works; to pause or activate it: 503; other edits work |
//! | `https://times-out.okta.com` | create and update: no answer for 120 s, yet they took effect |
//! | `https://delete-fails.okta.com` | create works; delete: 500 |
//!
//! Settings of whoever calls:
//!
//! | setting | what happens |
//! |---|---|
//! | token `lacks-pii-read` | reading users: 403, 10000 |
//! | token `lacks-zt-write` | every write: 403, 10000 |
//! | account ID `33143314331433143314331433143314` | everything: 403, 3314 "Forbidden" |

use std::time::Duration;

use model::KnownLevel;
use uuid::{Uuid, uuid};

/// With fewer users than this there are no sentinels among them.
pub const MIN_USERS: usize = 20;

pub const RESET_REFUSED: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000001");
pub const RESET_TIMES_OUT: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000002");
pub const RESET_RATE_LIMITED: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000003");
pub const RESET_BREAKS: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000004");
pub const RESET_FINDS_NOBODY: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000005");
pub const LEVEL_CRITICAL: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000006");
pub const EVENTS_MISSING: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000007");
pub const EVENTS_BROKEN: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000008");
pub const EVENTS_FAIL: Uuid = uuid!("fa11ed00-0000-4000-8000-000000000009");
pub const EVENTS_SLOW: Uuid = uuid!("fa11ed00-0000-4000-8000-00000000000a");
pub const EVENTS_ODD: Uuid = uuid!("fa11ed00-0000-4000-8000-00000000000b");
pub const ODD_ROW: Uuid = uuid!("fa11ed00-0000-4000-8000-00000000000c");

/// The word in place of a level for Level Critical.
pub const UNKNOWN_LEVEL: &str = "critical";

/// Saving one of these at high fails.
pub const BEHAVIOR_BREAKS: &str = "suspicious_domain";
pub const BEHAVIOR_REFUSED: &str = "high_risk_domain";

pub const TENANT_REFUSED: &str = "https://refused.okta.com";
pub const TENANT_UPDATE_FAILS: &str = "https://paused-fails.okta.com";
pub const TENANT_STUCK: &str = "https://stuck.okta.com";
pub const TENANT_TIMES_OUT: &str = "https://times-out.okta.com";
pub const TENANT_DELETE_FAILS: &str = "https://delete-fails.okta.com";

pub const TOKEN_WITHOUT_PII_READ: &str = "lacks-pii-read";
pub const TOKEN_WITHOUT_WRITE: &str = "lacks-zt-write";
pub const ACCOUNT_WITHOUT_ENTITLEMENT: &str = "33143314331433143314331433143314";

pub(crate) const DOMAIN: &str = "sentinel.example";
pub(crate) const HANG: Duration = Duration::from_secs(120);
pub(crate) const SLOW: Duration = Duration::from_secs(5);
pub(crate) const RETRY_AFTER_SECONDS: i64 = 30;

/// A user who fails.
pub(crate) struct Sentinel {
    pub id: Uuid,
    pub name: &'static str,
    pub level: KnownLevel,
    pub events: u64,
}

const fn sentinel(id: Uuid, name: &'static str, level: KnownLevel, events: u64) -> Sentinel {
    Sentinel { id, name, level, events }
}

pub(crate) const USERS: [Sentinel; 12] = [
    sentinel(RESET_REFUSED, "Reset Refused", KnownLevel::High, 9),
    sentinel(RESET_TIMES_OUT, "Reset Times Out", KnownLevel::High, 6),
    sentinel(RESET_RATE_LIMITED, "Reset Rate Limited", KnownLevel::Medium, 5),
    sentinel(RESET_BREAKS, "Reset Breaks", KnownLevel::Medium, 4),
    sentinel(RESET_FINDS_NOBODY, "Reset Finds Nobody", KnownLevel::Medium, 3),
    sentinel(LEVEL_CRITICAL, "Level Critical", KnownLevel::High, 7),
    sentinel(EVENTS_MISSING, "Events Missing", KnownLevel::Low, 2),
    sentinel(EVENTS_BROKEN, "Events Broken", KnownLevel::Low, 8),
    sentinel(EVENTS_FAIL, "Events Fail", KnownLevel::Low, 3),
    sentinel(EVENTS_SLOW, "Events Slow", KnownLevel::Low, 5),
    sentinel(EVENTS_ODD, "Events Odd", KnownLevel::Medium, 8),
    sentinel(ODD_ROW, "Odd Row", KnownLevel::Low, 12),
];

impl Sentinel {
    pub(crate) fn email(&self) -> String {
        format!("{}@{DOMAIN}", self.name.to_ascii_lowercase().replace(' ', "."))
    }
}
