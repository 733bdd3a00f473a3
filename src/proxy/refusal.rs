//! Every way to say no, with its status, its code and what to do about it.
//!
//! Riskdesk's own codes are `99SSSN`: 99, the HTTP status, a digit to tell apart. The vendor's
//! codes stay below that. A code, once given, keeps its meaning.
//!
//! | code | refusal |
//! |---|---|
//! | 994000 | `X-Riskdesk-Batch` is no UUID |
//! | 994001 | the address is not in the form we take |
//! | 994002 | no `Host`, or more than one |
//! | 994003 | a query that the operation doesn't take |
//! | 994004 | a body where none belongs |
//! | 994005 | the body is not JSON |
//! | 994006 | `X-Riskdesk-Reason` can't be read |
//! | 994007 | an identifier in the path is not one |
//! | 994008 | a header we go by is named in `Connection`, or written with underscores |
//! | 994009 | `If-Match` that is not `*` or strong tags, or where none is taken |
//! | 994011 | nobody that Access vouches for |
//! | 994031 | the role is too small |
//! | 994032 | a change without `X-Requested-With` |
//! | 994033 | a change from another origin |
//! | 994034 | somebody that Access vouches for, without a role here |
//! | 994041 | nothing at this address |
//! | 994042 | another account |
//! | 994051 | the address doesn't take this method |
//! | 994081 | the body came too slowly |
//! | 994121 | a change of what is no longer as its author saw it; `result` is what is there now |
//! | 994131 | the body is too large |
//! | 994151 | the body is not `application/json` |
//! | 994211 | a host name that isn't ours |
//! | 994221 | the body holds a value that is refused; `source.pointer` says where |
//! | 994222 | a change without the reason that the settings ask for |
//! | 994291 | one caller asks for more than its share |
//! | 994292 | the vendor takes no requests at the moment |
//! | 995021 | upstream: a redirect, which is never followed |
//! | 995022 | upstream: not JSON, cut short, or not the envelope |
//! | 995023 | upstream: too large |
//! | 995024 | upstream: Riskdesk's own API token is not accepted |
//! | 995025 | upstream: not reached |
//! | 995026 | upstream: the connection broke off |
//! | 995031 | the keys to check assertions with are not at hand |
//! | 995032 | a change that can't be put on record |
//! | 995033 | the audit log can't be read |
//! | 995034 | not ready: changes can't be put on record |
//! | 995035 | what a change is to be compared with can't be read |
//! | 995036 | another change of the same takes too long |
//! | 995037 | the settings have mistakes, so nothing is served |
//! | 995038 | upstream: the answer is large, and others take the memory there is |
//! | 995041 | upstream: no answer in time |
//! | 995042 | upstream: not reached in time |
//!
//! The upstream faults 995021 to 995023, 995026, 995038 and 995041 leave a change's outcome unknown; their
//! messages say so.

use bytes::Bytes;
use http::{HeaderValue, Response, StatusCode, header};
use model::{ApiMessage, Envelope, Method, Role, envelope::MessageSource};
use serde::Serialize;

use crate::{access::Doubt, answer};

/// Why a request is not answered as asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    #[error(
        "This address is not in a form that Riskdesk takes. Open the app's start page instead."
    )]
    Address,
    #[error("The request must carry exactly one Host header.")]
    HostMissing,
    #[error("This address doesn't take this query. Leave out: {0}")]
    Query(String),
    #[error("This operation takes no body. Send it without one.")]
    UnexpectedBody,
    #[error("The body is not valid JSON: {0}")]
    BodySyntax(String),
    #[error(
        "X-Riskdesk-Reason must be percent-encoded UTF-8 of at most {max} characters, given once.",
        max = crate::input::REASON_LENGTH
    )]
    Reason,
    #[error(
        "X-Riskdesk-Batch must be one lower-case UUID, the same for all changes that are made together. Nothing changed."
    )]
    Batch,
    #[error(
        "This ID is not valid: a user or integration ID is a lower-case UUID, a reference ID 1 to 256 characters without slashes."
    )]
    BadId,
    #[error(
        "A header that Riskdesk goes by is named in Connection or written with underscores. Send it plainly."
    )]
    HiddenHeader,
    #[error(
        "If-Match must be * or strong entity tags as Riskdesk gave them, and belongs to a change of behaviors or of an integration. Nothing changed."
    )]
    IfMatch,
    #[error("You are not signed in, or your session has ended. Reload the page to sign in.")]
    NoIdentity(#[from] Doubt),
    #[error(
        "This needs the role {needed}; you have the role {held}. Nothing changed. Ask whoever runs Riskdesk for it."
    )]
    Role { needed: Role, held: Role },
    #[error("A change must carry the header X-Requested-With: XMLHttpRequest. Nothing changed.")]
    NoRequestedWith,
    #[error(
        "A change must come from Riskdesk's own pages. Nothing changed. Open Riskdesk and make it there."
    )]
    CrossOrigin,
    #[error("You are signed in, but have no role in Riskdesk. Ask whoever runs Riskdesk for one.")]
    NoRole,
    #[error("There is nothing at this address.")]
    NotFound,
    #[error("This Riskdesk serves one account, and it is not this one. /api/v1/whoami names it.")]
    OtherAccount,
    #[error("This address doesn't take this method. It takes: {}", allow(.0))]
    Method(Vec<Method>),
    #[error("The request's body took too long to arrive. Nothing changed. Send it again.")]
    BodyTime,
    #[error(
        "Somebody else has changed this since you read it. Nothing changed. Look at what is there now, then make your change on top of it."
    )]
    Stale,
    #[error("The request's body is larger than {} KiB. Nothing changed.", crate::limits::REQUEST_BODY / 1024)]
    BodySize,
    #[error(
        "The body must be JSON in UTF-8, unencoded: Content-Type: application/json. Nothing changed."
    )]
    BodyType,
    #[error(
        "Riskdesk doesn't go by this host name. Use the address it prints when it starts, or the one that RISKDESK_PUBLIC_URL names."
    )]
    ForeignHost,
    #[error("The body is refused: {reason}. Nothing changed.")]
    BodyValue { pointer: String, reason: String },
    #[error("A change needs a reason here. Nothing changed. Send it in X-Riskdesk-Reason.")]
    NoReason,
    #[error(
        "You have sent more requests than Riskdesk forwards for one caller. Nothing was sent. Wait {seconds} s, then try again."
    )]
    CallerLimit { seconds: u32 },
    #[error(
        "Cloudflare takes no more requests of this account's token for now. Nothing was sent. Wait {seconds} s, then try again."
    )]
    BackOff { seconds: u32 },
    #[error(
        "Riskdesk can't check who you are: the keys of Cloudflare Access are not at hand. Try again in a moment."
    )]
    NoKeys,
    #[error(
        "The change can't be put on record, so it was not made. Nothing changed. Whoever runs Riskdesk finds the reason in its logs."
    )]
    NoRecord,
    #[error(
        "The audit log can't be read at the moment. Whoever runs Riskdesk finds the reason in its logs."
    )]
    NoAudit,
    #[error(
        "Riskdesk is not ready: changes can't be put on record. Whoever runs Riskdesk finds the reason in its logs."
    )]
    NotRecording,
    #[error(
        "{}What is there now can't be compared with what you saw. Nothing changed. Try again in a moment.",
        .0.map(|fault| format!("{fault} ")).unwrap_or_default()
    )]
    NotCompared(Option<Fault>),
    #[error(
        "Another change of the same is under way and takes long. Nothing changed. Look at what came of it, then try again."
    )]
    NoTurn,
    #[error(
        "Riskdesk is not set up: its settings have mistakes. Whoever runs Riskdesk finds each with its fix in the logs."
    )]
    NotConfigured,
    #[error("{fault} {}", outcome(.fault, .change))]
    Upstream { fault: Fault, change: bool },
}

/// What a refusal's response carries as an extension, for the host to count; nothing of it is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refused {
    pub code: u32,
    /// Where the upstream is to blame.
    pub fault: Option<Fault>,
}

/// What was wrong with the upstream or its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    #[error("Cloudflare answered with a redirect, which Riskdesk doesn't follow.")]
    Redirect,
    #[error("Cloudflare's answer can't be read: it is not the JSON that was asked for.")]
    Unreadable,
    #[error("Cloudflare's answer is larger than Riskdesk takes.")]
    TooLarge,
    #[error(
        "Cloudflare doesn't accept Riskdesk's API token. Whoever runs Riskdesk must replace it."
    )]
    Token,
    #[error("Cloudflare can't be reached from here.")]
    Unreachable,
    #[error("The connection to Cloudflare broke off.")]
    Broken,
    #[error("Cloudflare didn't answer in time.")]
    Time,
    #[error("Cloudflare can't be reached in time.")]
    ConnectTime,
    #[error("Too many large answers are under way at once.")]
    Crowded,
}

fn outcome(fault: &Fault, change: &bool) -> &'static str {
    match (fault, change) {
        (Fault::Token | Fault::Unreachable | Fault::ConnectTime, true) => "Nothing changed.",
        (Fault::Token, false) => "Nothing was read.",
        (_, true) => {
            "Outcome unknown: the change may or may not have been made. Look before you repeat it."
        }
        (_, false) => "Try again in a moment.",
    }
}

fn allow(methods: &[Method]) -> String {
    methods.iter().map(|method| method.as_str()).collect::<Vec<_>>().join(", ")
}

impl Fault {
    /// The name in metrics.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Redirect => "redirect",
            Self::Unreadable => "unreadable",
            Self::TooLarge => "too_large",
            Self::Token => "token",
            Self::Unreachable => "unreachable",
            Self::Broken => "broken",
            Self::Time => "time",
            Self::ConnectTime => "connect_time",
            Self::Crowded => "crowded",
        }
    }
}

impl Refusal {
    #[must_use]
    pub fn code(&self) -> u32 {
        match self {
            Self::Address => 994_001,
            Self::HostMissing => 994_002,
            Self::Query(_) => 994_003,
            Self::UnexpectedBody => 994_004,
            Self::BodySyntax(_) => 994_005,
            Self::Reason => 994_006,
            Self::Batch => 994_000,
            Self::BadId => 994_007,
            Self::HiddenHeader => 994_008,
            Self::IfMatch => 994_009,
            Self::NoIdentity(_) => 994_011,
            Self::Role { .. } => 994_031,
            Self::NoRequestedWith => 994_032,
            Self::CrossOrigin => 994_033,
            Self::NoRole => 994_034,
            Self::NotFound => 994_041,
            Self::OtherAccount => 994_042,
            Self::Method(_) => 994_051,
            Self::BodyTime => 994_081,
            Self::Stale => 994_121,
            Self::BodySize => 994_131,
            Self::BodyType => 994_151,
            Self::ForeignHost => 994_211,
            Self::BodyValue { .. } => 994_221,
            Self::NoReason => 994_222,
            Self::CallerLimit { .. } => 994_291,
            Self::BackOff { .. } => 994_292,
            Self::Upstream { fault: Fault::Redirect, .. } => 995_021,
            Self::Upstream { fault: Fault::Unreadable, .. } => 995_022,
            Self::Upstream { fault: Fault::TooLarge, .. } => 995_023,
            Self::Upstream { fault: Fault::Token, .. } => 995_024,
            Self::NoKeys => 995_031,
            Self::Upstream { fault: Fault::Unreachable, .. } => 995_025,
            Self::Upstream { fault: Fault::Broken, .. } => 995_026,
            Self::NoRecord => 995_032,
            Self::NoAudit => 995_033,
            Self::NotRecording => 995_034,
            Self::NotCompared(_) => 995_035,
            Self::NoTurn => 995_036,
            Self::NotConfigured => 995_037,
            Self::Upstream { fault: Fault::Crowded, .. } => 995_038,
            Self::Upstream { fault: Fault::Time, .. } => 995_041,
            Self::Upstream { fault: Fault::ConnectTime, .. } => 995_042,
        }
    }

    /// The status is in the code.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        let status = u16::try_from(self.code() / 10 % 1000).unwrap_or_default();
        StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The refusal in the envelope.
    #[must_use]
    pub fn response(&self) -> Response<Bytes> {
        self.response_with(None::<()>)
    }

    /// The same with what there is instead of what was asked for.
    pub(crate) fn response_with<T: Serialize>(&self, result: Option<T>) -> Response<Bytes> {
        let mut error = ApiMessage::new(self.code().into(), self.to_string());
        if let Self::BodyValue { pointer, .. } = self {
            error.source = Some(MessageSource { pointer: Some(pointer.clone()) });
        }
        let (success, errors) = (false, vec![error]);
        let envelope = Envelope { success, errors, messages: vec![], result, result_info: None };
        let mut response = answer::json(self.status(), &envelope);
        if let Self::Method(methods) = self
            && let Ok(methods) = HeaderValue::try_from(allow(methods))
        {
            // RFC 9110 §15.5.6: a 405 names the methods that are allowed.
            response.headers_mut().insert(header::ALLOW, methods);
        }
        if let Self::CallerLimit { seconds } | Self::BackOff { seconds } = self {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*seconds));
        }
        if let Self::NoIdentity(doubt) = self {
            // RFC 9110 §15.5.2: a 401 says how to do better. The scheme is Access's own, which
            // no browser asks a password for.
            let scheme = HeaderValue::from_static("Cloudflare-Access");
            response.headers_mut().insert(header::WWW_AUTHENTICATE, scheme);
            // For the host to log; nothing of it is sent.
            response.extensions_mut().insert(*doubt);
        }
        let fault = match self {
            Self::Upstream { fault, .. } => Some(*fault),
            Self::NotCompared(fault) => *fault,
            _ => None,
        };
        response.extensions_mut().insert(Refused { code: self.code(), fault });
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every_refusal() -> Vec<Refusal> {
        let upstream = |fault| Refusal::Upstream { fault, change: true };
        vec![
            Refusal::Address,
            Refusal::HostMissing,
            Refusal::Query("x".into()),
            Refusal::UnexpectedBody,
            Refusal::BodySyntax("expected value".into()),
            Refusal::Reason,
            Refusal::Batch,
            Refusal::BadId,
            Refusal::HiddenHeader,
            Refusal::IfMatch,
            Refusal::NoIdentity(Doubt::Missing),
            Refusal::Role { needed: Role::Admin, held: Role::Viewer },
            Refusal::NoRequestedWith,
            Refusal::CrossOrigin,
            Refusal::NoRole,
            Refusal::NotFound,
            Refusal::OtherAccount,
            Refusal::Method(vec![Method::Get, Method::Put]),
            Refusal::BodyTime,
            Refusal::Stale,
            Refusal::BodySize,
            Refusal::BodyType,
            Refusal::ForeignHost,
            Refusal::BodyValue { pointer: "/a".into(), reason: "no".into() },
            Refusal::NoReason,
            Refusal::CallerLimit { seconds: 1 },
            Refusal::BackOff { seconds: 1 },
            upstream(Fault::Redirect),
            upstream(Fault::Unreadable),
            upstream(Fault::TooLarge),
            upstream(Fault::Token),
            upstream(Fault::Unreachable),
            upstream(Fault::Broken),
            Refusal::NoKeys,
            Refusal::NoRecord,
            Refusal::NoAudit,
            Refusal::NotRecording,
            Refusal::NotCompared(Some(Fault::Time)),
            Refusal::NoTurn,
            Refusal::NotConfigured,
            upstream(Fault::Crowded),
            upstream(Fault::Time),
            upstream(Fault::ConnectTime),
        ]
    }

    #[test]
    fn codes_are_unique_documented_and_hold_their_status() {
        let page = include_str!("refusal.rs");
        let mut codes: Vec<_> = every_refusal().iter().map(Refusal::code).collect();
        for refusal in every_refusal() {
            assert!(page.contains(&format!("//! | {} |", refusal.code())), "{refusal:?}");
            assert!(refusal.status().is_client_error() || refusal.status().is_server_error());
            let response = refusal.response();
            assert_eq!(response.status(), refusal.status());
            let told = response.extensions().get::<Refused>().map(|refused| refused.code);
            assert_eq!(told, Some(refusal.code()));
        }
        codes.dedup();
        assert_eq!(codes.len(), every_refusal().len());
        assert_eq!(Refusal::NotFound.status(), 404);
        assert_eq!(Refusal::Upstream { fault: Fault::Time, change: false }.status(), 504);
    }

    #[test]
    fn a_refusal_is_a_failure_in_the_envelope() {
        let refusal = Refusal::BodyValue { pointer: "/tenant_url".into(), reason: "no".into() };
        let body: serde_json::Value = serde_json::from_slice(refusal.response().body()).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "success": false,
                "errors": [{
                    "code": 994_221,
                    "message": "The body is refused: no. Nothing changed.",
                    "source": {"pointer": "/tenant_url"},
                }],
                "messages": [],
                "result": null,
            })
        );
    }

    #[test]
    fn a_role_is_named_and_so_are_methods() {
        let role = Refusal::Role { needed: Role::Admin, held: Role::Viewer }.to_string();
        assert!(role.contains("role admin") && role.contains("role viewer"), "{role}");
        let response = Refusal::Method(vec![Method::Get, Method::Put]).response();
        assert_eq!(response.headers()["allow"], "GET, PUT");
    }

    #[test]
    fn a_limit_says_how_long_to_wait() {
        for refusal in [Refusal::CallerLimit { seconds: 7 }, Refusal::BackOff { seconds: 7 }] {
            let response = refusal.response();
            assert_eq!(
                (response.status().as_u16(), &response.headers()["retry-after"]),
                (429, &HeaderValue::from(7))
            );
            assert!(refusal.to_string().contains("Wait 7 s"));
        }
    }

    #[test]
    fn a_change_that_got_no_answer_has_an_unknown_outcome() {
        let unknown = [
            Fault::Redirect,
            Fault::Unreadable,
            Fault::TooLarge,
            Fault::Broken,
            Fault::Crowded,
            Fault::Time,
        ];
        for fault in unknown {
            let text = |change| Refusal::Upstream { fault, change }.to_string();
            assert!(text(true).contains("Outcome unknown"));
            assert!(!text(false).contains("Outcome unknown"));
        }
    }
}
