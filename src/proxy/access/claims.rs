//! What an assertion of Access says (RFC 7519 §4, and
//! <https://developers.cloudflare.com/cloudflare-one/identity/authorization-cookie/application-token/>):
//!
//! | claim | must be |
//! |---|---|
//! | `iss` | the team domain, to the letter |
//! | `aud` | a list of texts, one of them our application's |
//! | `type` | `app`: the `org` token is Access's own |
//! | `exp`, `iat` | there; whole seconds; at most [`LIFETIME`] apart |
//! | `nbf` | where present, not in the future; `iat` neither |
//! | a user | `email` and `sub`, no `common_name` |
//! | a service | `common_name`, an empty `sub`, no `email` |
//!
//! Clocks may differ by [`LEEWAY`]. Claims beyond these are Access's to add. Groups come only
//! from the custom claim that the settings name.

use chrono::{DateTime, Utc};

use super::{
    doubt::Doubt,
    json::{self, Json, Object},
};

/// How far two clocks may be apart, in seconds.
const LEEWAY: i64 = 30;

/// The longest session that Access offers is a month; in seconds.
const LIFETIME: i64 = 31 * 24 * 3600;

/// 9999-12-31T23:59:59Z: what a date can hold.
const LAST_SECOND: i64 = 253_402_300_799;

/// The longest e-mail address (RFC 5321 §4.5.3.1) or name of a service.
const MAX_NAME: usize = 320;

/// What assertions must say to be meant for us.
#[derive(Clone, Debug)]
pub struct Expected {
    /// `https://TEAM.cloudflareaccess.com`, as `iss` has it.
    pub issuer: String,
    /// The application's audience tags.
    pub audiences: Vec<String>,
    /// The custom claim that holds a user's groups, if any does.
    pub groups_claim: Option<String>,
}

/// Whom an assertion is about, as it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Subject {
    User { email: String, groups: Vec<String> },
    Service { name: String },
}

/// The claims that are used; what can be checked without a key and a clock, is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Claims {
    pub(super) subject: Subject,
    /// `iat` or `nbf`, whichever is later.
    from: i64,
    until: i64,
    issued: i64,
}

impl Claims {
    pub(super) fn parse(payload: &[u8], expected: &Expected) -> Result<Self, Doubt> {
        let claims = json::parse(payload).ok_or(Doubt::Json)?;
        let text = |name| claims.get(name).and_then(Json::text);
        if text("iss") != Some(&expected.issuer) {
            return Err(Doubt::Issuer);
        }
        let audiences = claims.get("aud").and_then(Json::texts).ok_or(Doubt::Audience)?;
        if !audiences.iter().any(|own| expected.audiences.iter().any(|audience| audience == own)) {
            return Err(Doubt::Audience);
        }
        if text("type") != Some("app") {
            return Err(Doubt::Type);
        }
        let until = time(&claims, "exp")?.ok_or(Doubt::Time)?;
        let issued = time(&claims, "iat")?.ok_or(Doubt::Time)?;
        if until - issued > LIFETIME {
            return Err(Doubt::Lifetime);
        }
        let from = time(&claims, "nbf")?.map_or(issued, |not_before| not_before.max(issued));
        Ok(Self { subject: subject(&claims, expected)?, from, until, issued })
    }

    /// Whether they hold at `now`.
    pub(super) fn check(&self, now: DateTime<Utc>) -> Result<(), Doubt> {
        let now = now.timestamp();
        if now >= self.until + LEEWAY {
            Err(Doubt::Expired)
        } else if now < self.from - LEEWAY {
            Err(Doubt::Early)
        } else {
            Ok(())
        }
    }

    pub(super) fn issued_at(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.issued, 0)
    }

    pub(super) fn expires_at(&self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.until, 0)
    }
}

fn time(claims: &Object, name: &str) -> Result<Option<i64>, Doubt> {
    match claims.get(name) {
        None => Ok(None),
        Some(Json::Integer(seconds)) if (0..=LAST_SECOND).contains(seconds) => Ok(Some(*seconds)),
        Some(_) => Err(Doubt::Time),
    }
}

fn subject(claims: &Object, expected: &Expected) -> Result<Subject, Doubt> {
    let text = |name| claims.get(name).map(|claim| claim.text().ok_or(Doubt::Subject)).transpose();
    let is_name = |name: &&str| !name.is_empty() && name.len() <= MAX_NAME;
    match (text("email")?.filter(is_name), text("common_name")?.filter(is_name), text("sub")?) {
        (Some(email), None, Some(sub))
            if !sub.is_empty() && !claims.contains_key("common_name") =>
        {
            Ok(Subject::User { email: email.to_owned(), groups: groups(claims, expected) })
        }
        (None, Some(name), Some("")) if !claims.contains_key("email") => {
            Ok(Subject::Service { name: name.to_owned() })
        }
        _ => Err(Doubt::Subject),
    }
}

/// A claim in any other form gives no groups: they only ever let more people in.
fn groups(claims: &Object, expected: &Expected) -> Vec<String> {
    let custom = claims.get("custom").and_then(Json::object);
    let claim = custom.zip(expected.groups_claim.as_deref()).and_then(|(all, name)| all.get(name));
    let groups = match claim {
        Some(Json::Text(group)) => vec![group.as_str()],
        Some(claim) => claim.texts().unwrap_or_default(),
        None => Vec::new(),
    };
    groups.into_iter().map(str::to_owned).collect()
}
