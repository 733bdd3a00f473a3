//! From a request to whom it is from:
//!
//! 1. the assertion ([`super::token`])
//! 2. keys to check it with, at most a day old ([`super::keystore`])
//! 3. verified before, byte for byte? Then only its times are looked at ([`super::cache`])
//! 4. its form and what it says ([`super::jws`], [`super::claims`]): cheap, and it keeps what isn't
//!    meant for us from making us fetch keys
//! 5. its key; an unknown one may be new, so the keys are fetched once and looked at again
//! 6. its signature, by the host

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use chrono::{DateTime, Utc};
use http::{HeaderMap, Uri};

use super::{
    cache::{self, Cache},
    claims::{Claims, Expected},
    doubt::Doubt,
    jws::Jws,
    keys::{KeySet, NoKeys, RsaKey},
    keystore::{Ask, KeyStore},
    roles::Roles,
    token,
    vitals::{Counts, Vitals},
};
use crate::{host::Host, limits, refusal::Refusal};

/// How often a request that waits for keys looks whether they are there.
const PAUSE: Duration = Duration::from_millis(20);

/// Cloudflare Access in front of Riskdesk.
pub struct Access {
    /// Where the keys are.
    certs: Uri,
    expected: Expected,
    pub(super) roles: Roles,
    /// Never held while something is waited for.
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    keys: KeyStore,
    verified: Cache,
    counts: Counts,
}

/// What fetching the keys came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refreshed {
    pub keys: usize,
    /// Whether they are other keys than before.
    pub changed: bool,
}

/// Why there are no new keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefreshError {
    #[error("Access didn't answer with its keys")]
    Fetch,
    #[error(transparent)]
    Keys(#[from] NoKeys),
    #[error("there is no Access to fetch keys from")]
    NoAccess,
}

impl Access {
    /// `certs` is the address of the keys: `https://TEAM.cloudflareaccess.com/cdn-cgi/access/certs`.
    #[must_use]
    pub fn new(certs: Uri, expected: Expected, roles: Roles) -> Self {
        Self { certs, expected, roles, state: Mutex::default() }
    }

    pub(super) async fn verify<H: Host>(
        &self,
        host: &H,
        headers: &HeaderMap,
        now: DateTime<Utc>,
    ) -> Result<Arc<Claims>, Refusal> {
        let text = token::find(headers)?;
        if !self.is_ready(host, now).await {
            return Err(Refusal::NoKeys);
        }
        let digest = cache::digest(text);
        let known = {
            let mut state = self.state();
            let known = state.verified.get(&digest);
            let count = match known {
                Some(_) => &mut state.counts.known,
                None => &mut state.counts.new,
            };
            *count += 1;
            known
        };
        if let Some(claims) = known {
            claims.check(now)?;
            return Ok(claims);
        }

        let jws = Jws::parse(text)?;
        let claims = Claims::parse(&jws.payload, &self.expected)?;
        claims.check(now)?;
        let (key, era) = self.key(host, &jws.key_id, now).await?;
        // RFC 8017 §8.2.2, step 1: as long as the modulus.
        let is_whole = jws.signature.len() == key.modulus().len();
        if !is_whole || !host.is_signed(&key, jws.message, &jws.signature).await {
            return Err(Doubt::Signature.into());
        }
        let claims = Arc::new(claims);
        let mut state = self.state();
        state.verified.insert(digest, claims.clone(), era);
        if let Some(issued) = claims.issued_at() {
            state.counts.issued(issued, now);
        }
        drop(state);
        Ok(claims)
    }

    /// Whether there are keys to check with. Asks for new ones when these are getting old, and waits
    /// for them where there are none: a host that has only just started, or starts with a request as
    /// an isolate does, is not one that can't.
    pub(super) async fn is_ready<H: Host>(&self, host: &H, now: DateTime<Utc>) -> bool {
        let fetch = {
            let mut state = self.state();
            state.keys.is_due(now) && state.keys.ask(now) == Ask::Fetch
        };
        if fetch {
            host.refresh_soon();
        }
        if !self.state().keys.is_ready(now) {
            self.refreshed(host).await;
        }
        self.state().keys.is_ready(now)
    }

    /// A key, and the cache's era that it belongs to.
    async fn key<H: Host>(
        &self,
        host: &H,
        id: &str,
        now: DateTime<Utc>,
    ) -> Result<(Arc<RsaKey>, u64), Doubt> {
        let find = || {
            let state = self.state();
            state.keys.get(id).map(|key| (key, state.verified.era()))
        };
        if let Some(found) = find() {
            return Ok(found);
        }
        let ask = self.state().keys.ask(now);
        match ask {
            Ask::Fetch => host.refresh_soon(),
            Ask::Wait => {}
            Ask::Never => return Err(Doubt::UnknownKey),
        }
        self.refreshed(host).await;
        find().ok_or(Doubt::UnknownKey)
    }

    /// Waits until no fetch is under way, but not for longer than one takes.
    async fn refreshed<H: Host>(&self, host: &H) {
        let mut left = limits::KEYS_TIME;
        while self.state().keys.is_under_way() && !left.is_zero() {
            host.pause(PAUSE).await;
            left = left.saturating_sub(PAUSE);
        }
    }

    pub(crate) async fn refresh<H: Host>(
        &self,
        host: &H,
        now: DateTime<Utc>,
    ) -> Result<Refreshed, RefreshError> {
        self.state().keys.begin(now);
        // Ends the fetch even when the host drops it halfway.
        let _under_way = UnderWay(self);
        let set = self.fetch(host).await;
        let mut state = self.state();
        match &set {
            Ok(_) => state.counts.fetched += 1,
            Err(_) => state.counts.failed += 1,
        }
        let set = set?;
        let keys = set.len();
        let changed = state.keys.keep(set, now);
        if changed {
            state.verified.clear();
        }
        Ok(Refreshed { keys, changed })
    }

    async fn fetch<H: Host>(&self, host: &H) -> Result<KeySet, RefreshError> {
        let body = host.fetch_keys(&self.certs).await.ok_or(RefreshError::Fetch)?;
        Ok(KeySet::parse(&body)?)
    }

    pub(crate) fn vitals(&self, now: DateTime<Utc>) -> Vitals {
        let State { keys, counts, .. } = &*self.state();
        Vitals {
            known: counts.known,
            new: counts.new,
            fetched: counts.fetched,
            failed: counts.failed,
            keys: keys.len(),
            keys_age: keys.fetched_at().map(|at| (now - at).num_seconds().max(0)),
            clock_behind: counts.clock_behind(now),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct UnderWay<'a>(&'a Access);

impl Drop for UnderWay<'_> {
    fn drop(&mut self) {
        self.0.state().keys.end();
    }
}

impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access").field("certs", &self.certs).finish_non_exhaustive()
    }
}
