//! The vendor's rate limit \[D\]: 1,200 requests in five minutes per token; past it, 429 for five
//! minutes. How its windows lie is unknown \[U\]: here one starts with a token's first request.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};

pub(crate) const REQUESTS: u32 = 1200;
pub(crate) const SECONDS: i64 = 300;

/// Tokens that are remembered at most; without a set token anyone may make up new ones.
const TOKENS: usize = 1000;

/// What is left of a token's quota.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Quota {
    pub remaining: u32,
    /// Seconds until the quota is full again.
    pub reset: i64,
    /// Set where this request is over the limit: seconds until one may try again.
    pub retry_after: Option<i64>,
}

struct Window {
    ends: DateTime<Utc>,
    used: u32,
    blocked: bool,
}

pub(crate) struct Limit {
    on: bool,
    windows: BTreeMap<String, Window>,
}

impl Limit {
    pub(crate) fn on() -> Self {
        Self { on: true, windows: BTreeMap::new() }
    }

    pub(crate) fn off() -> Self {
        Self { on: false, windows: BTreeMap::new() }
    }

    /// Counts one request.
    pub(crate) fn take(&mut self, token: &str, now: DateTime<Utc>) -> Quota {
        if !self.on {
            return Quota { remaining: REQUESTS, reset: SECONDS, retry_after: None };
        }
        self.windows.retain(|_, window| now < window.ends);
        if self.windows.len() >= TOKENS && !self.windows.contains_key(token) {
            self.windows.clear();
        }
        let fresh = now + Duration::seconds(SECONDS);
        let window = self.windows.entry(token.to_owned()).or_insert(Window {
            ends: fresh,
            used: 0,
            blocked: false,
        });
        if window.used == REQUESTS && !window.blocked {
            window.blocked = true;
            window.ends = fresh;
        }
        if !window.blocked {
            window.used += 1;
        }
        let reset = (window.ends - now).num_seconds().max(1);
        Quota {
            remaining: REQUESTS - window.used,
            reset,
            retry_after: window.blocked.then_some(reset),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn past_the_limit_a_token_waits_five_minutes() {
        let start = DateTime::UNIX_EPOCH;
        let mut limit = Limit::on();
        for used in 1..=REQUESTS {
            let quota = limit.take("a", start);
            assert_eq!(quota.remaining, REQUESTS - used);
            assert_eq!(quota.retry_after, None);
        }
        let late = start + Duration::seconds(200);
        assert_eq!(limit.take("a", late).retry_after, Some(300));
        assert_eq!(limit.take("a", late + Duration::seconds(299)).retry_after, Some(1));
        assert_eq!(limit.take("b", late).retry_after, None);
        assert_eq!(limit.take("a", late + Duration::seconds(300)).remaining, REQUESTS - 1);
    }

    #[test]
    fn without_a_limit_the_quota_stays_full() {
        let mut limit = Limit::off();
        for _ in 0..5000 {
            assert_eq!(limit.take("a", DateTime::UNIX_EPOCH).remaining, REQUESTS);
        }
    }

    #[test]
    fn made_up_tokens_do_not_pile_up() {
        let mut limit = Limit::on();
        for token in 0..5000 {
            limit.take(&token.to_string(), DateTime::UNIX_EPOCH);
        }
        assert!(limit.windows.len() <= TOKENS);
    }
}
