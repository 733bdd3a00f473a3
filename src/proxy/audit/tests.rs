use http::HeaderValue;
use model::{Operation, Role};
use serde_json::json;

use super::*;
use crate::{refusal::Fault, reply::Reply};

const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

fn change(operation: &Operation, body: &'static str) -> Change {
    let mut change = Change::of(operation, "jane@acme.example", Role::Admin);
    change.body = Bytes::from_static(body.as_bytes());
    change
}

fn upstream(status: u16, kind: &str, body: &str) -> Response<Bytes> {
    let body = Bytes::copy_from_slice(body.as_bytes());
    let response = Response::builder().status(status).header("content-type", kind);
    response.header("cf-ray", "8f00-TXL").body(body).unwrap()
}

fn success(result: &Value) -> Response<Bytes> {
    let body = json!({"success": true, "errors": [], "messages": [], "result": result});
    upstream(200, "application/json", &body.to_string())
}

/// What goes on record when this is the answer to the look.
fn recorded(change: &Change, look: Option<Response<Bytes>>) -> AuditIntent {
    change.intent("id-1", change.compare(look.map(Ok)).expect("nothing to compare"))
}

#[test]
fn a_reset_knows_whom_and_from_which_level() {
    let reset = change(&Operation::ResetUser(ID.parse().unwrap()), "");
    let found = success(&json!({"name": "Zoë\nAdams", "email": "zoe@a", "risk_level": "high"}));
    let intent = recorded(&reset, Some(found));
    assert_eq!((intent.operation.as_str(), intent.target.as_deref()), ("reset_user", Some(ID)));
    assert_eq!(intent.target_name.as_deref(), Some("Zoë\\nAdams"));
    assert_eq!((intent.before, intent.after), (Some(json!({"risk_level": "high"})), None));
    assert_eq!((intent.actor.as_str(), intent.request_id.as_str()), ("jane@acme.example", "id-1"));

    let nameless = recorded(&reset, Some(success(&json!({"name": " ", "email": "zoe@a"}))));
    assert_eq!((nameless.target_name.as_deref(), nameless.before), (Some("zoe@a"), None));
}

#[test]
fn behaviors_are_recorded_as_far_as_they_are_named() {
    let body = r#"{"behaviors":{"a":{"enabled":false,"risk_level":"low"},"new":{"enabled":true,"risk_level":"high"}}}"#;
    let update = change(&Operation::UpdateBehaviors, body);
    let behavior = json!({"name": "A", "description": "…", "enabled": true, "risk_level": "odd"});
    let found = success(&json!({"behaviors": {"a": behavior, "b": behavior}}));
    let intent = recorded(&update, Some(found));
    assert_eq!(intent.before, Some(json!({"a": {"enabled": true, "risk_level": "odd"}})));
    assert_eq!(
        intent.after,
        Some(json!({
            "a": {"enabled": false, "risk_level": "low"},
            "new": {"enabled": true, "risk_level": "high"},
        }))
    );
    assert_eq!((intent.target, intent.target_name), (None, None));
}

#[test]
fn an_integration_has_its_host_for_a_name() {
    let integration = json!({
        "id": ID, "integration_type": "Okta", "tenant_url": "https://acme.okta.com",
        "reference_id": "r", "active": true, "well_known_url": "https://x", "account_tag": "t",
    });
    let kept = json!({
        "integration_type": "Okta", "tenant_url": "https://acme.okta.com",
        "reference_id": "r", "active": true,
    });
    let delete = change(&Operation::DeleteIntegration(ID.parse().unwrap()), "");
    let intent = recorded(&delete, Some(success(&integration)));
    assert_eq!(intent.target_name.as_deref(), Some("acme.okta.com"));
    assert_eq!((intent.before, intent.after), (Some(kept.clone()), None));

    let body = r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com"}"#;
    let create = change(&Operation::CreateIntegration, body);
    let intent = recorded(&create, None);
    assert_eq!((&intent.target, &intent.target_name, &intent.before), (&None, &None, &None));
    assert_eq!(intent.after, Some(serde_json::from_str(body).unwrap()));
    let answer = Reply::to(create.kind).finish(success(&integration));
    let outcome = create.outcome(&answer, DateTime::UNIX_EPOCH);
    assert_eq!(outcome.state, AuditState::Succeeded);
    assert_eq!(
        (outcome.target.as_deref(), outcome.target_name.as_deref()),
        (Some(ID), Some("acme.okta.com"))
    );
    assert_eq!((outcome.after, outcome.cf_ray.as_deref()), (Some(kept), Some("8f00-TXL")));
}

#[test]
fn a_look_that_fails_leaves_the_intent_without_a_before() {
    let reset = change(&Operation::ResetUser(ID.parse().unwrap()), "");
    let good = r#"{"success":true,"result":{"name":"Zoë"}}"#;
    for found in [
        None,
        Some(upstream(404, "application/json", good)),
        Some(upstream(200, "text/html", good)),
        Some(upstream(200, "application/json", &good[..20])),
        Some(upstream(200, "application/json", &good.replace("true", "false"))),
        Some(upstream(200, "application/json", r#"{"success":true,"result":[]}"#)),
    ] {
        let intent = recorded(&reset, found);
        assert_eq!(
            (intent.target.as_deref(), intent.target_name, intent.before),
            (Some(ID), None, None)
        );
    }
}

#[test]
fn the_state_is_what_the_author_is_told() {
    use AuditState::{Failed, Refused, Succeeded, Unknown};
    let reset = change(&Operation::ResetUser(ID.parse().unwrap()), "");
    let (yes, no) = (r#"{"success":true}"#, r#"{"success":false}"#);
    for (status, kind, body, state) in [
        (200, "application/json", yes, Succeeded),
        (200, "application/json", no, Failed),
        (400, "application/json", no, Refused),
        (401, "application/json", no, Refused),
        (403, "application/json", no, Refused),
        (404, "application/json", no, Refused),
        (408, "application/json", no, Unknown),
        (429, "application/json", no, Refused),
        (500, "application/json", no, Failed),
        (502, "application/json", no, Unknown),
        (503, "application/json", no, Failed),
        (504, "application/json", no, Unknown),
        (524, "application/json", no, Unknown),
        (302, "application/json", yes, Unknown),
        (200, "text/html", yes, Unknown),
        (500, "text/html", "<h1>", Unknown),
        (200, "application/json", "{", Unknown),
    ] {
        let answer = Reply::to(reset.kind).finish(upstream(status, kind, body));
        let outcome = reset.outcome(&answer, DateTime::UNIX_EPOCH);
        assert_eq!(outcome.state, state, "{status} {kind} {body}");
        assert_eq!(outcome.cf_ray.as_deref(), Some("8f00-TXL"));
        let said = String::from_utf8_lossy(answer.body()).contains("Outcome unknown");
        assert!(!said || state == Unknown, "{status} {kind} {body}");
    }
    for (fault, state) in [
        (Fault::Unreachable, Failed),
        (Fault::ConnectTime, Failed),
        (Fault::Broken, Unknown),
        (Fault::Time, Unknown),
        (Fault::Crowded, Unknown),
    ] {
        let answer = Reply::to(reset.kind).refuse(fault);
        assert_eq!(reset.outcome(&answer, DateTime::UNIX_EPOCH).state, state, "{fault:?}");
    }
    let silent = reset.outcome(&Reply::to(reset.kind).refuse(Fault::Time), DateTime::UNIX_EPOCH);
    assert_eq!((silent.state, silent.cf_ray), (Unknown, None));
}

#[test]
fn a_page_says_where_the_next_one_begins() {
    let line = |id| AuditEntry {
        id,
        at: DateTime::UNIX_EPOCH,
        actor: "a".into(),
        role: Role::Admin,
        operation: "reset_user".into(),
        target: None,
        target_name: None,
        reason: None,
        batch: None,
        state: AuditState::Succeeded,
        before: None,
        after: None,
        request_id: String::new(),
        cf_ray: None,
        finished_at: None,
        hash: String::new(),
    };
    let query = AuditQuery { limit: 2, ..AuditQuery::default() };
    for (ids, shown, cursor) in [(&[][..], 0, None), (&[9, 8], 2, None), (&[9, 8, 5], 2, Some("8"))]
    {
        let answer = page(&query, ids.iter().copied().map(line).collect());
        assert_eq!(answer.headers()["cache-control"], HeaderValue::from_static("no-store"));
        let body: Value = serde_json::from_slice(answer.body()).unwrap();
        assert_eq!(body["result"].as_array().unwrap().len(), shown);
        assert_eq!(body["result_info"]["count"], shown);
        assert_eq!(body["result_info"]["cursor"].as_str(), cursor);
    }
}
