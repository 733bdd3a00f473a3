//! Whether a change is made on top of what its author saw: `If-Match` against the look.
//!
//! | the look | with `If-Match` | without |
//! |---|---|---|
//! | shows what its author saw | the change goes on | goes on |
//! | shows something else | 412, and in `result` what is there now | goes on |
//! | is refused upstream, as for what is gone (404) | that answer | goes on |
//! | failed, or came too late | 503 | goes on |
//!
//! Nothing is sent but for "goes on". Between the look and the change there is a moment in which
//! somebody else can still write. Hosts have those who change the same thing through them take
//! turns ([`crate::audit`]), which closes it among them; to those who use Cloudflare's dashboard
//! or API directly it stays open, since Cloudflare itself takes no precondition.

use bytes::Bytes;
use http::{Response, StatusCode};
use serde_json::value::RawValue;

use crate::{
    answer,
    audit::Found,
    change::Change,
    etag::EntityTag,
    refusal::{Fault, Refusal},
    reply::{self, Reply},
};

impl Change {
    /// Takes what came of the look, where there is one, and says whether to go on.
    ///
    /// # Errors
    /// The change must not be made, and this is its author's answer.
    pub fn compare(
        &self,
        look: Option<Result<Response<Bytes>, Fault>>,
    ) -> Result<Found, Box<Response<Bytes>>> {
        let Some(subject) = &self.subject else { return Ok(Found::default()) };
        let reply = Reply::to(subject.kind());
        let look = match look.unwrap_or(Err(Fault::Time)) {
            Ok(look) => reply.finish(look),
            Err(fault) => reply.refuse(fault),
        };
        let Some(if_match) = &self.if_match else { return Ok(Found::read(self, &look)) };
        match EntityTag::of(subject.kind(), &look) {
            Some(now) if if_match.holds(&now) => Ok(Found::read(self, &look)),
            Some(now) => Err(stale(&now, &look).into()),
            None if is_refused(look.status()) => Err(look.into()),
            None => Err(unread(&look).into()),
        }
    }
}

fn stale(now: &EntityTag, look: &Response<Bytes>) -> Response<Bytes> {
    let mut response = Refusal::Stale.response_with(answer::result::<Box<RawValue>>(look));
    now.put(response.headers_mut());
    reply::pass_headers(look.headers(), response.headers_mut());
    response
}

fn unread(look: &Response<Bytes>) -> Response<Bytes> {
    // A success without a tag is one that can't be read.
    let unreadable = look.status().is_success().then_some(Fault::Unreadable);
    let fault = look.extensions().get().copied().or(unreadable);
    let mut response = Refusal::NotCompared(fault).response();
    reply::pass_headers(look.headers(), response.headers_mut());
    response
}

/// 408 is no refusal, and would leave the author in doubt whether the change was made.
fn is_refused(status: StatusCode) -> bool {
    status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, header};
    use model::{Operation, Role};
    use serde_json::{Value, json};

    use super::*;
    use crate::input::IfMatch;

    type Look = Option<Result<Response<Bytes>, Fault>>;

    const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

    fn behaviors(level: &str) -> Response<Bytes> {
        let behavior = json!({"name": "A", "enabled": true, "risk_level": level, "new": [1.50]});
        success(&json!({"behaviors": {"a": behavior}}))
    }

    fn success(result: &Value) -> Response<Bytes> {
        let body = json!({"success": true, "errors": [], "messages": [], "result": result});
        upstream(200, &body.to_string())
    }

    fn upstream(status: u16, body: &str) -> Response<Bytes> {
        Response::builder()
            .status(status)
            .header("content-type", "application/json")
            .header("cf-ray", "8f00-TXL")
            .header("retry-after", "7")
            .body(Bytes::copy_from_slice(body.as_bytes()))
            .unwrap()
    }

    fn tag(answer: Response<Bytes>) -> String {
        let answer = Reply::to(model::OperationKind::Behaviors).finish(answer);
        answer.headers()[header::ETAG].to_str().unwrap().to_owned()
    }

    /// An update of behaviors by somebody who saw what has this tag.
    fn update(seen: Option<&str>) -> Change {
        let mut headers = HeaderMap::new();
        if let Some(seen) = seen {
            headers.insert(header::IF_MATCH, seen.parse().unwrap());
        }
        let operation = Operation::UpdateBehaviors;
        let mut change = Change::of(&operation, "jane@acme.example", Role::Admin);
        change.body = r#"{"behaviors":{"a":{"enabled":false,"risk_level":"low"}}}"#.into();
        change.if_match = IfMatch::parse(operation.kind(), &headers).unwrap();
        change
    }

    fn refused(change: &Change, look: Look) -> (u16, Value, Response<Bytes>) {
        let answer = *change.compare(look).expect_err("it must not go on");
        let body = serde_json::from_slice(answer.body()).unwrap();
        (answer.status().as_u16(), body, answer)
    }

    #[test]
    fn d1_a_change_of_what_was_seen_goes_on_and_any_other_is_412_with_what_there_is() {
        let (low, high) = (tag(behaviors("low")), tag(behaviors("high")));
        for good in [low.as_str(), "*", &format!("{high}, {low}")] {
            let found = update(Some(good)).compare(Some(Ok(behaviors("low")))).unwrap();
            let intent = update(None).intent("", found);
            assert_eq!(intent.before, Some(json!({"a": {"enabled": true, "risk_level": "low"}})));
        }
        let (status, body, answer) = refused(&update(Some(&low)), Some(Ok(behaviors("high"))));
        assert_eq!(status, 412);
        assert_eq!(body["errors"][0]["code"], 994_121);
        assert_eq!((&body["success"], &body["errors"][1]), (&json!(false), &Value::Null));
        assert!(body["errors"][0]["message"].as_str().unwrap().contains("Nothing changed"));
        // As the vendor wrote it, what we don't know included.
        assert_eq!(body["result"]["behaviors"]["a"]["risk_level"], "high");
        assert!(String::from_utf8_lossy(answer.body()).contains(r#""new":[1.5]"#));
        assert_eq!(answer.headers()[header::ETAG], high);
        assert_eq!(answer.headers()[header::CACHE_CONTROL], "no-store, no-transform");
        assert_eq!(answer.headers()["cf-ray"], "8f00-TXL");
    }

    #[test]
    fn d6_what_is_gone_says_so_and_other_refusals_pass() {
        let failure = r#"{"success":false,"errors":[{"code":7003,"message":"No"}],"result":null}"#;
        for status in [400, 403, 404, 429] {
            let (told, body, answer) =
                refused(&update(Some("*")), Some(Ok(upstream(status, failure))));
            assert_eq!((told, &body["errors"][0]["code"]), (status, &json!(7003)));
            assert_eq!(answer.headers()["retry-after"], "7");
        }
    }

    #[test]
    fn what_can_not_be_compared_is_not_changed() {
        let failure = r#"{"success":false,"errors":[{"code":1000,"message":"No"}],"result":null}"#;
        for look in [
            None,
            Some(Ok(upstream(500, failure))),
            Some(Ok(upstream(408, failure))),
            Some(Ok(upstream(401, failure))),
            Some(Ok(upstream(200, failure))),
            Some(Ok(upstream(200, "<html>"))),
            Some(Ok(success(&json!(null)))),
            Some(Ok(success(&json!([])))),
            Some(Err(Fault::Unreachable)),
            Some(Err(Fault::Broken)),
        ] {
            let (status, body, _) = refused(&update(Some("*")), look);
            assert_eq!((status, &body["errors"][0]["code"]), (503, &json!(995_035)), "{body}");
            let message = body["errors"][0]["message"].as_str().unwrap();
            assert!(message.contains("Nothing changed") && !message.contains("unknown"), "{body}");
        }
        let message = |look| refused(&update(Some("*")), look).1["errors"][0]["message"].clone();
        assert!(message(None).as_str().unwrap().starts_with("Cloudflare didn't answer in time."));
        assert!(message(Some(Ok(upstream(500, failure)))).as_str().unwrap().starts_with("What is"));
    }

    #[test]
    fn without_a_precondition_the_look_stops_nothing() {
        for look in [
            None,
            Some(Ok(behaviors("high"))),
            Some(Ok(upstream(404, "{}"))),
            Some(Err(Fault::Broken)),
        ] {
            assert!(update(None).compare(look).is_ok());
        }
        let create = Change::of(&Operation::CreateIntegration, "jane@acme.example", Role::Admin);
        assert!(create.compare(None).is_ok());
    }

    #[test]
    fn an_integration_is_compared_by_what_can_be_set() {
        let integration = |active| {
            success(&json!({"id": ID, "integration_type": "Okta",
            "tenant_url": "https://acme.okta.com", "reference_id": "r", "active": active}))
        };
        let read = Reply::to(model::OperationKind::Integration).finish(integration(true));
        let id = ID.parse().unwrap();
        for operation in [Operation::UpdateIntegration(id), Operation::DeleteIntegration(id)] {
            let mut change = Change::of(&operation, "jane@acme.example", Role::Admin);
            let seen = [(header::IF_MATCH, read.headers()[header::ETAG].clone())];
            let seen = HeaderMap::from_iter(seen);
            change.if_match = IfMatch::parse(operation.kind(), &seen).unwrap();
            assert!(change.compare(Some(Ok(integration(true)))).is_ok());
            let (status, body, _) = refused(&change, Some(Ok(integration(false))));
            assert_eq!((status, &body["result"]["active"]), (412, &json!(false)));
        }
    }
}
