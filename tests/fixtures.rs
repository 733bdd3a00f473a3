//! The vendor's raw answers, read into the model: what is well-formed, exactly; what is odd,
//! at the cost of the odd field alone.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use model::{
    behaviors::Behaviors,
    envelope::{ApiMessage, Envelope, ResultInfo},
    integrations::Integration,
    level::RiskLevel,
    users::{RiskEvent, RiskEvents, RiskSummary},
};
use riskdesk_tests::fixture;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(name: &str) -> Envelope<T> {
    serde_json::from_str(&fixture(name).unwrap()).unwrap_or_else(|e| panic!("{name}: {e}"))
}

fn result<T: DeserializeOwned>(name: &str) -> T {
    let envelope = read(name);
    assert!(envelope.success, "{name}");
    envelope.result.unwrap_or_else(|| panic!("{name} has no result"))
}

/// A value as JSON, which compares and prints well.
fn as_json(value: impl serde::Serialize) -> Value {
    serde_json::to_value(value).unwrap()
}

#[test]
fn summary() {
    let summary: RiskSummary = result("summary");
    assert_eq!(
        as_json(&summary.users),
        json!([
            {
                "user_id": "f3b12456-80dd-4e89-9f5f-ba3dfff12365",
                "name": "Amara Okafor",
                "email": "amara.okafor@acme.example",
                "max_risk_level": "high",
                "event_count": 12,
                "last_event": "2024-05-07T09:31:04.218Z",
            },
            {
                "user_id": "0b7e1d52-5a3b-4f0e-8d6a-0d5c8f1e2a34",
                "name": "Søren Ø. Lützen",
                "email": "soren@acme.example",
                "max_risk_level": "low",
                "event_count": 1,
                "last_event": "2024-04-30T20:00:00Z",
            },
        ])
    );
}

#[test]
fn a_page_of_the_summary_names_the_next() {
    let envelope: Envelope<RiskSummary> = read("summary_paged");
    let info = envelope.result_info.unwrap();
    assert_eq!(
        info,
        ResultInfo {
            count: Some(1),
            page: Some(2),
            per_page: Some(1),
            total_count: Some(3),
            total_pages: Some(3),
            cursor: None,
        }
    );
    assert_eq!(info.next_page(), Some(3));
    assert_eq!(ResultInfo { page: Some(3), ..info }.next_page(), None);
    assert_eq!(read::<RiskSummary>("summary").result_info, None);
}

#[test]
fn an_odd_field_of_the_summary_costs_that_field() {
    let users = result::<RiskSummary>("summary_odd").users;
    assert_eq!(users.len(), 7, "no row is lost");
    assert_eq!(users[0].max_risk_level, Some(RiskLevel::Medium));
    assert_eq!(users[1].max_risk_level, Some(RiskLevel::Unknown("critical".into())));
    assert_eq!(
        as_json(&users[2]),
        json!({
            "user_id": "f3b12456-80dd-4e89-9f5f-ba3dfff12367",
            "name": "Odd in four fields",
            "email": "",
            "max_risk_level": null,
            "event_count": null,
            "last_event": null,
        })
    );
    assert_eq!(users[3].user_id, None);
    assert_eq!(users[3].email, "no-id@acme.example");
    assert_eq!(users[3].event_count, Some(17));
    for empty in &users[4..] {
        assert_eq!(*empty, model::users::UserRiskInfo::default());
    }
}

#[test]
fn a_users_events() {
    let user: RiskEvents = result("user");
    assert_eq!(user.name, "Amara Okafor");
    assert_eq!(user.email, "amara.okafor@acme.example");
    assert_eq!(user.risk_level, Some(RiskLevel::High));
    assert_eq!(user.last_reset_time, Some("2024-04-29T08:00:00Z".parse().unwrap()));
    let ids: Vec<&str> = user.events.iter().map(|event| event.id.0.as_str()).collect();
    assert_eq!(ids, ["01HX9Z8Q5V6T0W", "dlp-2", "3", "4", "5", "6"]);
    assert_eq!(user.events[0].name, "Impossible Travel");
    assert_eq!(user.events[0].risk_level, Some(RiskLevel::High));
    assert_eq!(user.events[0].timestamp, Some("2024-05-07T09:31:04.218Z".parse().unwrap()));
}

#[test]
fn event_details_keep_every_shape_of_json() {
    let user: RiskEvents = result("user");
    let value = |event: &RiskEvent| {
        let details = event.event_details.as_ref()?;
        Some(serde_json::from_str::<Value>(details.text()).unwrap())
    };
    let values: Vec<Option<Value>> = user.events.iter().map(value).collect();
    assert_eq!(values[0].as_ref().unwrap()["locations"][1]["city"], "Oslo");
    assert_eq!(values[1], Some(json!(["ssn", "credit card"])));
    assert_eq!(values[2], Some(json!("plain text <b>&</b> \u{202e}txet")));
    assert!(matches!(values[3], None | Some(Value::Null)));
    assert_eq!(values[4], None);
    let long = user.events[5].event_details.as_ref().unwrap();
    assert_eq!(long.text(), "12345678901234567890123", "no digit is lost");
}

#[test]
fn a_user_without_a_level() {
    let user: RiskEvents = result("user_unscored");
    assert_eq!(user.name, "Søren Ø. Lützen");
    assert_eq!((user.risk_level, user.last_reset_time), (None, None));
    assert!(user.events.is_empty());
}

#[test]
fn an_odd_event_costs_no_other() {
    let user: RiskEvents = result("user_odd");
    assert_eq!((user.name.as_str(), user.email.as_str()), ("", ""));
    assert_eq!(user.last_reset_time, None);
    assert_eq!(user.risk_level, Some(RiskLevel::Unknown("9".into())));
    assert_eq!(user.events.len(), 3);
    assert_eq!(user.events[0].id.0, "77");
    assert_eq!(user.events[0].risk_level, Some(RiskLevel::Unknown("severe".into())));
    assert_eq!(user.events[0].timestamp, None);
    assert_eq!(user.events[1], RiskEvent::default());
    let details = user.events[2].event_details.as_ref().unwrap();
    assert!(details.text().starts_with(r#"{ "z": 1, "a": 2, "__proto__""#), "order is kept");
}

#[test]
fn a_reset_answers_null_or_an_empty_object() {
    for name in ["reset_user", "reset_user_object", "delete_integration"] {
        assert!(read::<Value>(name).success, "{name}");
    }
}

#[test]
fn behaviors() {
    let behaviors = result::<Behaviors>("behaviors").behaviors;
    let keys: Vec<&str> = behaviors.keys().map(|key| key.0.as_str()).collect();
    assert_eq!(keys, ["high_dlp", "imp_travel", "sentinel_one"]);
    let travel = &behaviors[&model::ids::BehaviorKey("imp_travel".into())];
    assert_eq!(travel.name, "Impossible Travel");
    assert!(travel.description.starts_with("A user had a successful Access"));
    assert_eq!((travel.enabled, &travel.risk_level), (true, &Some(RiskLevel::High)));
    assert!(!behaviors[&model::ids::BehaviorKey("sentinel_one".into())].enabled);
}

#[test]
fn an_odd_behavior_costs_no_other() {
    let behaviors = result::<Behaviors>("behaviors_odd").behaviors;
    assert_eq!(
        as_json(&behaviors),
        json!({
            "added_since":
                { "name": "Added since", "description": "", "risk_level": "extreme", "enabled": false },
            "imp_travel":
                { "name": "Impossible Travel", "description": "", "risk_level": "high", "enabled": true },
            "nothing_known":
                { "name": "", "description": "", "risk_level": null, "enabled": false },
        })
    );
}

#[test]
fn an_update_answers_with_names_or_without() {
    let bare = result::<Behaviors>("update_behaviors").behaviors;
    assert_eq!(bare.len(), 3);
    assert!(bare.values().all(|behavior| behavior.name.is_empty()));
    let named = result::<Behaviors>("update_behaviors_named").behaviors;
    let travel = &named[&model::ids::BehaviorKey("imp_travel".into())];
    assert_eq!((travel.name.as_str(), travel.enabled), ("Impossible Travel", false));
}

#[test]
fn integrations() {
    let list: Vec<Integration> = result("integrations");
    assert_eq!(list.len(), 2);
    assert_eq!(list[0], result("integration"));
    assert_eq!(
        as_json(&list[1]),
        json!({
            "id": "2e9c5a0d-7b1f-4c3e-9a60-5f4d3c2b1a09",
            "account_tag": "0123456789abcdef0123456789abcdef",
            "integration_type": "Okta",
            "reference_id": "Okta – Zürich",
            "tenant_url": "https://acme-test.oktapreview.com/",
            "well_known_url": "/.well-known/sse-configuration/2e9c5a0d-7b1f-4c3e-9a60-5f4d3c2b1a09/",
            "active": false,
            "created_at": "2024-06-01T00:00:00Z",
        })
    );
    assert_eq!(list[1].host(), "acme-test.oktapreview.com");
}

#[test]
fn an_odd_integration_costs_no_other() {
    let list: Vec<Integration> = result("integrations_odd");
    assert_eq!(list[0], Integration::default());
    assert_eq!(list[1].integration_type, "Entra");
    assert_eq!(list[1].tenant_url, "ftp://acme.example/x");
    assert!(list[1].active && list[1].id.is_some());
}

fn errors(name: &str) -> Vec<ApiMessage> {
    let envelope: Envelope<Value> = read(name);
    assert!(!envelope.success && envelope.result.is_none(), "{name}");
    envelope.errors
}

#[test]
fn failures_with_all_fields_or_the_fewest() {
    assert_eq!(errors("error_not_entitled"), [ApiMessage::new(3314, "Forbidden")]);
    assert_eq!(errors("error_authentication"), [ApiMessage::new(10000, "Authentication error")]);
    assert_eq!(errors("error_no_route"), [ApiMessage::new(7003, "No route for the URI")]);
}

#[test]
fn a_code_may_be_wide_and_point_into_the_request() {
    let errors = errors("error_validation");
    assert_eq!(errors[0].code, 10_000_001);
    assert_eq!(
        errors[0].documentation_url.as_deref(),
        Some("https://developers.cloudflare.com/cloudflare-one/")
    );
    let pointer = errors[0].source.as_ref().and_then(|source| source.pointer.as_deref());
    assert_eq!(pointer, Some("/tenant_url"));
    assert_eq!(errors[1], ApiMessage::new(1001, "invalid request body"));
}

#[test]
fn an_odd_error_is_still_an_error() {
    let errors = errors("error_odd");
    assert_eq!(errors.len(), 3);
    assert_eq!(errors[0], ApiMessage::new(1000, "12"));
    assert_eq!(errors[2], ApiMessage::new(0, "no code"));
}
