//! Who is asking: an [`Entry`] says how that is found out, [`identify`] finds it out.
//!
//! An [`Identity`] comes from [`identify`] and from nowhere else, and [`crate::policy::permit`]
//! needs one, so a request that skipped this step can't be forwarded: it doesn't compile.
//!
//! With Cloudflare Access in front, a request carries a signed assertion:
//!
//! - [`token`] finds it, [`jws`] takes it apart, [`claims`] reads what it says, all of it strictly
//!   ([`json`])
//! - [`keys`] are what Access publishes, [`keystore`] knows when to fetch them, [`roca`] refuses
//!   those that were made badly
//! - [`verify`] does all of this in order, [`cache`] saves it from doing it twice
//! - [`roles`] says what whoever it is may do
//! - [`doubt`] says, to the logs, why not; [`vitals`] says, to metrics, how things are

mod cache;
mod claims;
mod doubt;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod fuzzing;
mod json;
mod jws;
mod keys;
mod keystore;
mod roca;
mod roles;
mod token;
mod verify;
mod vitals;

use chrono::{DateTime, Utc};
use http::HeaderMap;
use model::{AccountId, Role, Whoami, WhoamiKind};

pub use claims::Expected;
pub use doubt::Doubt;
pub use keys::{NoKeys, RsaKey};
pub use roles::{Member, NotAMember, Roles};
pub use verify::{Access, RefreshError, Refreshed};
pub use vitals::Vitals;

use crate::{host::Host, refusal::Refusal};
use claims::Subject;

/// How many keys of an answer of Access can be used.
///
/// # Errors
/// None of them.
pub fn count_keys(body: &[u8]) -> Result<usize, NoKeys> {
    keys::KeySet::parse(body).map(|keys| keys.len())
}

/// Where Access ends a session, on the application's own host.
const LOGOUT: &str = "/cdn-cgi/access/logout";

/// What stands before a service's name on record: no e-mail address has a colon.
const SERVICE: &str = "service:";

/// How people come in.
#[derive(Debug)]
pub enum Entry {
    /// Everybody is the demo's one person. Only for simulated data.
    Demo { role: Role },
    /// Whoever Cloudflare Access vouches for, and has a role.
    Access(Box<Access>),
}

/// Somebody who may come in, and as what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    kind: WhoamiKind,
    name: String,
    role: Role,
    expires_at: Option<DateTime<Utc>>,
}

/// Whether a request carries an assertion, good or bad.
pub(crate) fn has_assertion(headers: &HeaderMap) -> bool {
    !matches!(token::find(headers), Err(Doubt::Missing))
}

/// The identity behind a request.
pub(crate) async fn identify<H: Host>(
    entry: &Entry,
    host: &H,
    headers: &HeaderMap,
    now: DateTime<Utc>,
) -> Result<Identity, Refusal> {
    let access = match entry {
        Entry::Demo { role } => return Ok(Identity::demo(*role)),
        Entry::Access(access) => access,
    };
    let claims = access.verify(host, headers, now).await?;
    let role = access.roles.role(&claims.subject).ok_or(Refusal::NoRole)?;
    let (kind, name) = match &claims.subject {
        Subject::User { email, .. } => (WhoamiKind::User, email.to_ascii_lowercase()),
        Subject::Service { name } => (WhoamiKind::Service, format!("{SERVICE}{name}")),
    };
    Ok(Identity { kind, name, role, expires_at: claims.expires_at() })
}

impl Entry {
    pub(crate) fn is_demo(&self) -> bool {
        matches!(self, Self::Demo { .. })
    }

    /// Whether anybody could be let in now; where the keys are on their way, once they are there.
    pub(crate) async fn is_ready<H: Host>(&self, host: &H, now: DateTime<Utc>) -> bool {
        match self {
            Self::Demo { .. } => true,
            Self::Access(access) => access.is_ready(host, now).await,
        }
    }
}

impl Identity {
    fn demo(role: Role) -> Self {
        Self { kind: WhoamiKind::Demo, name: "Demo".to_owned(), role, expires_at: None }
    }

    #[must_use]
    pub fn role(&self) -> Role {
        self.role
    }

    /// The name to put on record: an address in lower case, or `service:` and a client ID.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether a browser is behind it, which other sites may try to use.
    pub(crate) fn has_browser(&self) -> bool {
        self.kind != WhoamiKind::Service
    }

    /// The result of `GET /api/v1/whoami`.
    #[must_use]
    pub(crate) fn whoami(&self, account_id: &AccountId) -> Whoami {
        let is_user = self.kind == WhoamiKind::User;
        let name = self.name.strip_prefix(SERVICE).unwrap_or(&self.name);
        Whoami {
            kind: self.kind,
            email: is_user.then(|| self.name.clone()),
            name: (!is_user).then(|| name.to_owned()),
            role: self.role,
            account_id: account_id.clone(),
            expires_at: self.expires_at,
            logout_url: is_user.then(|| LOGOUT.to_owned()),
            demo: self.kind == WhoamiKind::Demo,
        }
    }
}

#[cfg(test)]
#[path = "access/tests/mod.rs"]
mod tests;
