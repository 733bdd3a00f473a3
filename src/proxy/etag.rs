//! Entity tags (RFC 9110 §8.8.3): a short text that stands for a state that somebody saw.
//! Cloudflare gives none, so they are made here, of what a change can set:
//!
//! | answer | its tag stands for |
//! |---|---|
//! | GET behaviors | every behavior's key, `enabled`, `risk_level` |
//! | GET an integration, by ID or reference ID | type, tenant URL, reference ID, `active` |
//! | POST or PUT an integration | the same |
//! | GET the summary, GET a user | all of the content, to the byte: for `If-None-Match` alone |
//!
//! Two readings of one state have one tag, however the vendor orders or spaces it, on every host.
//! An answer in which none of it can be read has none, nor has that to a PUT of behaviors: it may
//! hold only some of them. The tags are strong, since `If-Match` takes no others (§13.1.1); what they leave
//! out, such as a description, can't be changed through here and so can't be lost.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use model::{Behaviors, Integration, OperationKind};
use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::answer;

/// So much of the digest is kept, in bytes: nobody comes upon the same one by chance, and whoever
/// makes one on purpose overwrites what they could overwrite anyway.
const LENGTH: usize = 16;

/// The same written out: base64 without padding.
pub(crate) const WRITTEN: usize = 22;

/// What an intermediary that compresses would make of a strong tag is a weak one, or none;
/// `no-transform` tells it to leave the answer alone (RFC 9111 §5.2.2.6).
const AS_IT_IS: HeaderValue = HeaderValue::from_static("no-store, no-transform");

/// A strong tag, without its quotes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct EntityTag(String);

impl EntityTag {
    /// The tag of what a scrubbed `answer` to an operation of this kind holds.
    pub(crate) fn of(kind: OperationKind, answer: &Response<Bytes>) -> Option<Self> {
        match kind {
            OperationKind::Behaviors => answer::result(answer).as_ref().and_then(behaviors),
            OperationKind::Integration
            | OperationKind::IntegrationByReference
            | OperationKind::CreateIntegration
            | OperationKind::UpdateIntegration => {
                answer::result(answer).as_ref().and_then(integration)
            }
            _ => None,
        }
    }

    /// The tag of the content itself, to the byte, of what is large and can't be changed through
    /// here: for `If-None-Match` alone. Of a summary that is passed on while it comes see [`crate::reply`].
    pub(crate) fn of_content(kind: OperationKind, answer: &Response<Bytes>) -> Option<Self> {
        let is_read = matches!(kind, OperationKind::Summary | OperationKind::User);
        (is_read && answer.status() == StatusCode::OK)
            .then(|| Self::of_digest(Sha256::new_with_prefix(answer.body())))
    }

    /// The tag of a content that went into a digest piece by piece.
    pub(crate) fn of_digest(digest: Sha256) -> Self {
        Self(URL_SAFE_NO_PAD.encode(&digest.finalize()[..LENGTH]))
    }

    pub(crate) fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }

    /// Puts the tag on an answer that may be compressed on the way: a weak tag does for reading.
    pub(crate) fn put_for_reading(&self, headers: &mut HeaderMap) {
        if let Ok(quoted) = HeaderValue::try_from(format!("\"{}\"", self.0)) {
            headers.insert(header::ETAG, quoted);
        }
    }

    /// Puts the tag on an answer.
    pub(crate) fn put(&self, headers: &mut HeaderMap) {
        self.put_for_reading(headers);
        headers.insert(header::CACHE_CONTROL, AS_IT_IS);
    }
}

/// Makes the tag on an answer that of one of its forms.
pub(crate) fn name_form(headers: &mut HeaderMap, form: &str) {
    let tag = headers.get(header::ETAG).and_then(|tag| tag.to_str().ok());
    let tag = tag.and_then(|tag| tag.strip_suffix('"')).map(|tag| format!("{tag}-{form}\""));
    if let Some(tag) = tag.and_then(|tag| HeaderValue::try_from(tag).ok()) {
        headers.insert(header::ETAG, tag);
    }
}

fn behaviors(found: &Behaviors) -> Option<EntityTag> {
    // Reading is lenient: nothing at all may have been anything.
    if found.behaviors.is_empty() {
        return None;
    }
    let settings: BTreeMap<_, _> = found
        .behaviors
        .iter()
        .map(|(key, behavior)| (key, (behavior.enabled, &behavior.risk_level)))
        .collect();
    digest("behaviors", &settings)
}

fn integration(found: &Integration) -> Option<EntityTag> {
    found.id?;
    let Integration { integration_type, tenant_url, reference_id, active, .. } = found;
    digest("integration", &(integration_type, tenant_url, reference_id, active))
}

/// `state` must have one JSON form: sorted keys, no floating point.
fn digest(of: &str, state: &impl Serialize) -> Option<EntityTag> {
    let text = serde_json::to_vec(&(of, state)).ok()?;
    Some(EntityTag(URL_SAFE_NO_PAD.encode(&Sha256::digest(text)[..LENGTH])))
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn tag(kind: OperationKind, result: &Value) -> Option<String> {
        let body = json!({"success": true, "errors": [], "messages": [], "result": result});
        let answer = Response::new(Bytes::from(body.to_string()));
        EntityTag::of(kind, &answer).map(|tag| tag.0)
    }

    fn of_behaviors(text: &str) -> Option<String> {
        let body = format!(r#"{{"success":true,"result":{{"behaviors":{text}}}}}"#);
        let answer = Response::new(Bytes::from(body));
        EntityTag::of(OperationKind::Behaviors, &answer).map(|tag| tag.0)
    }

    #[test]
    fn one_state_has_one_tag_however_it_is_written() {
        let first = of_behaviors(
            r#"{"a":{"name":"A","enabled":true,"risk_level":"low"},"b":{"enabled":false,"risk_level":"high"}}"#,
        );
        let again = of_behaviors(
            r#" { "b":{"risk_level":"high","enabled":false, "extra":[1]}, "a":{"description":"x","risk_level":"low","enabled":true} }"#,
        );
        assert_eq!(first, again);
        // A change of form would make every tag that is open in a browser stale: once, and not
        // without notice.
        assert_eq!(first.as_deref(), Some("0big7GLSTeWYMV6OsdG2zQ"));
    }

    #[test]
    fn whatever_can_be_set_changes_the_tag() {
        let mut seen = Vec::new();
        for text in [
            r#"{"a":{"enabled":true,"risk_level":"low"}}"#,
            r#"{"a":{"enabled":false,"risk_level":"low"}}"#,
            r#"{"a":{"enabled":true,"risk_level":"critical"}}"#,
            r#"{"a":{"enabled":true,"risk_level":null}}"#,
            r#"{"A":{"enabled":true,"risk_level":"low"}}"#,
            r#"{"a":{"enabled":true,"risk_level":"low"},"b":{"enabled":true,"risk_level":"low"}}"#,
        ] {
            seen.push(of_behaviors(text).unwrap());
        }
        let base = json!({
            "id": "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10", "integration_type": "Okta",
            "tenant_url": "https://acme.okta.com", "reference_id": "r", "active": true,
            "created_at": "2025-01-01T00:00:00Z",
        });
        let mut add = |name: &str, value: Value| {
            let mut other = base.clone();
            other[name] = value;
            seen.push(tag(OperationKind::Integration, &other).unwrap());
        };
        add("account_tag", json!("t"));
        add("tenant_url", json!("https://acme.okta.co"));
        add("reference_id", json!("rm"));
        add("active", json!(false));
        add("integration_type", json!("Other"));
        let count = seen.len();
        seen.sort();
        seen.dedup();
        assert_eq!(seen.len(), count);
        for kind in [
            OperationKind::IntegrationByReference,
            OperationKind::CreateIntegration,
            OperationKind::UpdateIntegration,
        ] {
            assert_eq!(tag(kind, &base), tag(OperationKind::Integration, &base));
        }
    }

    #[test]
    fn what_can_not_be_read_or_may_be_a_part_has_no_tag() {
        let whole = json!({"behaviors": {"a": {"enabled": true, "risk_level": "low"}}});
        assert!(tag(OperationKind::Behaviors, &whole).is_some());
        for odd in [json!(null), json!([]), json!({}), json!("x"), json!({"behaviors": []})] {
            assert_eq!(tag(OperationKind::Behaviors, &odd), None, "{odd}");
            assert_eq!(tag(OperationKind::Integration, &odd), None, "{odd}");
        }
        assert_eq!(tag(OperationKind::UpdateBehaviors, &whole), None);
        assert_eq!(tag(OperationKind::Integrations, &json!([])), None);

        for (status, success) in [(200, false), (403, true)] {
            let body = json!({"success": success, "result": whole}).to_string();
            let answer = Response::builder().status(status).body(Bytes::from(body)).unwrap();
            assert_eq!(EntityTag::of(OperationKind::Behaviors, &answer), None, "{status}");
        }
    }
}
