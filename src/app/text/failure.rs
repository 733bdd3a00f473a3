//! Errors as sentences: what failed, whether anything changed, what to do.

use api::{Effect, Error};

use crate::data::NotChanged;

/// An error, explained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explained {
    /// What failed, with the vendor's code and words.
    pub failed: String,
    /// For a write: whether anything changed.
    pub effect: Option<&'static str>,
    /// What to do about it.
    pub advice: String,
    /// What to name to the vendor's support.
    pub ray: Option<String>,
}

impl Explained {
    /// All of it, as one announcement.
    pub fn sentence(&self) -> String {
        let parts = [Some(self.failed.as_str()), self.effect, Some(self.advice.as_str())];
        parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
    }
}

/// Explains why an integration was not changed by `what` ("the changes", "pausing it").
pub fn explain_change(what: &str, error: &NotChanged) -> Explained {
    match error {
        NotChanged::Failed(error) => explain(what, true, error),
        NotChanged::Unread(error) => {
            let effect = Some("It is read anew before a change; nothing was changed.");
            Explained { effect, ..explain(super::THE_INTEGRATION, false, error) }
        }
        NotChanged::Odd => Explained {
            failed: "Cloudflare reports a tenant URL or reference ID that can't be sent back."
                .to_owned(),
            effect: Some("Nothing changed."),
            advice: "Correct it on the integration's page first.".to_owned(),
            ray: None,
        },
    }
}

/// Codes of the vendor that deserve words of their own (see the vendor's API error pages).
const NOT_ENTITLED: i64 = 3314;
const AUTHENTICATION: i64 = 10_000;

/// Explains why `what` ("the reset", "the list of users") failed.
pub fn explain(what: &str, is_write: bool, error: &Error) -> Explained {
    // Riskdesk's own refusals say it themselves.
    let says_so = is_own(error) && !matches!(error, Error::Stale { .. });
    let effect = (is_write && !says_so).then(|| match error.effect() {
        Effect::None => "Nothing changed.",
        Effect::Unknown => {
            "Outcome unknown: it may or may not have been made. The data was read again."
        }
    });
    let failed = match error {
        Error::Stale { .. } => "Somebody else has changed this since you read it.".to_owned(),
        Error::Network { .. } => format!("No answer came for {what}."),
        Error::Host { .. } => format!("What reads {what} did not start, or broke."),
        Error::Refused { .. } => format!("Your session does not cover {what}."),
        Error::Decode { .. } => format!("The answer to {what} could not be read."),
        // Riskdesk's own say what happened, and what to do, in sentences.
        Error::Api { status, errors, .. } if is_own(error) => {
            let verb = if *status >= 500 { "got no good answer for" } else { "refused" };
            let own = errors.first().map(|error| format!("({}). {}", error.code, error.message));
            format!("Riskdesk {verb} {what} {}", own.unwrap_or_default())
        }
        Error::Api { status, errors, .. } => {
            let verb = if *status >= 500 { "failed at" } else { "refused" };
            let words = errors.first().map_or_else(
                || format!("status {status}"),
                |error| format!("{} {}", error.code, error.message.trim_end_matches('.')),
            );
            format!("Cloudflare {verb} {what} ({words}).")
        }
    };
    let ray = match error {
        Error::Api { ray, .. } | Error::Decode { ray, .. } => ray.clone(),
        Error::Host { .. }
        | Error::Network { .. }
        | Error::Refused { .. }
        | Error::Stale { .. } => None,
    };
    Explained { failed, effect, advice: advice(what, is_write, error), ray }
}

/// Whether the refusal is the proxy's own rather than the vendor's.
fn is_own(error: &Error) -> bool {
    error.code().is_some_and(model::envelope::is_riskdesk_code)
}

fn advice(what: &str, is_write: bool, error: &Error) -> String {
    match error {
        Error::Network { .. } => "Check your connection, then try again.".to_owned(),
        Error::Host { .. } => {
            "Reload the page. If it stays so, this browser is too old or short of memory.".to_owned()
        }
        Error::Refused { .. } => "Reload the page to sign in again.".to_owned(),
        Error::Decode { .. } => {
            "Try again. If it stays so, Cloudflare has changed its answers.".to_owned()
        }
        Error::Stale { .. } => {
            "Compare what you want with what is there now, then try again.".to_owned()
        }
        Error::Api { .. } if is_own(error) => String::new(),
        Error::Api { .. } if error.code() == Some(NOT_ENTITLED) => {
            "User risk scoring is part of the Enterprise plan: ask Cloudflare about the account's entitlement."
                .to_owned()
        }
        Error::Api { .. } if error.code() == Some(AUTHENTICATION) => {
            let permission = match what {
                _ if is_write => "Zero Trust Write",
                super::THE_USERS | super::THE_USER => "Zero Trust: PII Read",
                _ => "Zero Trust Read",
            };
            format!("The API token needs {permission}.")
        }
        Error::Api { status: 429, retry_after: Some(_), .. } if !is_write => {
            "Too many requests: the next try starts by itself.".to_owned()
        }
        Error::Api { status: 429, retry_after: Some(seconds), .. } => {
            format!("Too many requests: wait {seconds} s, then try again.")
        }
        Error::Api { status: 429, .. } => {
            "Too many requests: wait five minutes, then try again.".to_owned()
        }
        Error::Api { status: 404, .. } => "It may have been removed. Refresh the list.".to_owned(),
        Error::Api { status: 500.., .. } if is_write => {
            "Look at the current state before you try again.".to_owned()
        }
        Error::Api { status: 500.., .. } => "Try again in a minute.".to_owned(),
        Error::Api { .. } => "Check what was sent, then try again.".to_owned(),
    }
}
