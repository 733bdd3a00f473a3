//! `cargo xtask worker dev --demo`: the gate with the demo's identity in front of the simulator, as
//! in `riskdesk demo`. No build without the feature `demo` has it.

use std::cell::RefCell;

use http::Uri;
use model::Role;
use proxy::{ApiToken, Entry, Gate, Hosts, Pace, Policy};
use worker::Env;

use crate::{clock, site::Site, upstream::Upstream};

/// The demo's account; the simulator answers to any.
const ACCOUNT: &str = "de30acc0de30acc0de30acc0de30acc0";

/// The gate puts it in and the simulator asks for it, as with the real one. It opens nothing.
const TOKEN: &str = "demo";

/// What `riskdesk demo` has flags for.
const USERS: &str = "DEMO_USERS";
const SEED: &str = "DEMO_SEED";
const ROLE: &str = "DEMO_ROLE";
const SCENARIO: &str = "DEMO_SCENARIO";

pub fn site(env: &Env) -> Option<Site> {
    let set = |name: &str| env.var(name).ok().map(|value| value.to_string());
    let number =
        |name: &str, default: u64| set(name).map_or(Some(default), |value| value.parse().ok());
    let role = set(ROLE).map_or(Some(Role::Admin), |role| role.parse().ok())?;
    let scenario = set(SCENARIO).map_or(Some(sim::Scenario::Morning), |name| name.parse().ok())?;
    let users = u64::try_from(sim::people(scenario)).ok()?;
    let settings = sim::Settings {
        users: number(USERS, users)?.try_into().ok()?,
        seed: number(SEED, 7)?,
        scenario,
        token: Some(TOKEN.to_owned()),
    };
    let sim = sim::Sim::new(settings, clock::now()).without_rate_limit();
    let policy = Policy {
        account: ACCOUNT.parse().ok()?,
        entry: Entry::Demo { role },
        hosts: Hosts::asserted(),
        upstream: proxy::Upstream {
            base: Uri::from_static("/client/v4"),
            token: ApiToken::new(TOKEN).ok()?,
        },
        require_reason: false,
        pace: Pace::FREE,
    };
    Some(Site { gate: Gate::new(policy), upstream: Upstream::Simulated(RefCell::new(sim)) })
}
