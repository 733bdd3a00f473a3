//! Whether the API token will do, found out by one read of each kind:
//!
//! | answer | means |
//! |---|---|
//! | 200 | it works |
//! | 401 | no token of Cloudflare's |
//! | 403, code 10000 | the permission is missing |
//! | 403, code 3314 | the account has no user risk scoring |
//!
//! That the token may write can't be found out without writing. So when a request meets one of
//! these refusals later, [`explain`] says the same: to its author in a header of our own, since the
//! vendor's envelope is passed on to the letter, and to whoever runs Riskdesk in the logs.

use bytes::Bytes;
use http::{HeaderValue, Method, Request, StatusCode, header};
use model::{ApiMessage, Envelope, Operation, OperationKind};

use crate::{policy::Upstream, refusal::Refusal, settings::Settings};

/// A read that tells something about the token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Probe {
    PersonalData,
    ZeroTrust,
}

/// What its answer tells.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error(
        "the token lacks the permission {0}. Add it: the dashboard, My Profile or Manage Account, API Tokens"
    )]
    Permission(&'static str),
    #[error(
        "Cloudflare doesn't accept the token. It may be mistyped, expired or revoked: make a new one"
    )]
    Token,
    #[error("the account has no user risk scoring. It comes with the Enterprise plan")]
    Entitlement,
    #[error("Cloudflare answered {status}: {message}")]
    Other { status: u16, message: String },
}

impl Probe {
    pub const ALL: [Self; 2] = [Self::PersonalData, Self::ZeroTrust];

    /// What a good answer shows, and no more: a token that may only read passes both.
    #[must_use]
    pub fn shows(self) -> &'static str {
        match self {
            Self::PersonalData => "the token reads personal data (Zero Trust: PII Read)",
            Self::ZeroTrust => {
                "the token reads behaviors (whether it may change them, which takes \
                 Zero Trust: Write, only a change can tell)"
            }
        }
    }

    /// The permission to add where the answer is that one is missing.
    fn permission(self) -> &'static str {
        match self {
            Self::PersonalData => "Zero Trust: PII Read",
            Self::ZeroTrust => "Zero Trust: Write",
        }
    }

    fn operation(self) -> Operation {
        match self {
            Self::PersonalData => Operation::Summary,
            Self::ZeroTrust => Operation::Behaviors,
        }
    }

    /// The request to send.
    ///
    /// # Errors
    /// The base URL and the operation's path make no address.
    pub fn request(self, settings: &Settings) -> Result<Request<Bytes>, Refusal> {
        let Upstream { base, token } = &settings.upstream;
        let base = base.to_string();
        let path = self.operation().path(&settings.account);
        let address = format!("{}{path}", base.trim_end_matches('/'));
        let mut request = Request::new(Bytes::new());
        *request.method_mut() = Method::GET;
        *request.uri_mut() = address.parse().map_err(|_| Refusal::Address)?;
        let json = HeaderValue::from_static("application/json");
        request.headers_mut().insert(header::ACCEPT, json);
        request.headers_mut().insert(header::AUTHORIZATION, token.authorization());
        Ok(request)
    }

    /// What an answer tells; of a good one, the body needs no reading.
    ///
    /// # Errors
    /// What is in the way, and the way out.
    pub fn judge(self, status: StatusCode, body: &[u8]) -> Result<(), Trouble> {
        let refused = if status == StatusCode::FORBIDDEN { refused(self, body) } else { None };
        match (status, refused) {
            (StatusCode::OK, _) => Ok(()),
            (StatusCode::UNAUTHORIZED, _) => Err(Trouble::Token),
            (_, Some(trouble)) => Err(trouble),
            (_, None) => {
                let message = errors(body).into_iter().next().map(|error| error.message);
                let message = message.unwrap_or_else(|| "no message".to_owned());
                let message = message.chars().filter(|c| !c.is_control()).take(200).collect();
                Err(Trouble::Other { status: status.as_u16(), message })
            }
        }
    }
}

/// What an answer says of the token or the account, in words.
pub(crate) fn explain(kind: OperationKind, status: StatusCode, body: &[u8]) -> Option<Trouble> {
    let probe = match kind {
        OperationKind::Summary | OperationKind::User => Probe::PersonalData,
        _ => Probe::ZeroTrust,
    };
    if status == StatusCode::FORBIDDEN { refused(probe, body) } else { None }
}

fn refused(probe: Probe, body: &[u8]) -> Option<Trouble> {
    errors(body).iter().find_map(|error| match error.code {
        3314 => Some(Trouble::Entitlement),
        10_000 => Some(Trouble::Permission(probe.permission())),
        _ => None,
    })
}

fn errors(body: &[u8]) -> Vec<ApiMessage> {
    let envelope = serde_json::from_slice::<Envelope<serde::de::IgnoredAny>>(body);
    envelope.map(|envelope| envelope.errors).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_tells_what_is_missing() {
        let body = |code: i64| {
            format!(r#"{{"success":false,"errors":[{{"code":{code},"message":"No"}}]}}"#)
        };
        let judge = |status: u16, code| {
            let status = StatusCode::from_u16(status).unwrap();
            Probe::PersonalData.judge(status, body(code).as_bytes())
        };
        assert_eq!(Probe::ZeroTrust.judge(StatusCode::OK, b""), Ok(()));
        assert_eq!(judge(401, 1000), Err(Trouble::Token));
        assert_eq!(judge(403, 10_000), Err(Trouble::Permission("Zero Trust: PII Read")));
        assert_eq!(judge(403, 3314), Err(Trouble::Entitlement));
        let other = Trouble::Other { status: 403, message: "No".to_owned() };
        assert_eq!(judge(403, 7003), Err(other));
        let explain = |kind, code| explain(kind, StatusCode::FORBIDDEN, body(code).as_bytes());
        let permission = |kind| explain(kind, 10_000).unwrap().to_string();
        assert!(permission(OperationKind::User).contains("Zero Trust: PII Read"));
        assert!(permission(OperationKind::ResetUser).contains("Zero Trust: Write"));
        assert_eq!(explain(OperationKind::Behaviors, 3314), Some(Trouble::Entitlement));
        assert_eq!(explain(OperationKind::Behaviors, 7003), None);
        let odd = Probe::ZeroTrust.judge(StatusCode::BAD_GATEWAY, b"<html>");
        assert!(odd.unwrap_err().to_string().contains("502: no message"));
    }
}
