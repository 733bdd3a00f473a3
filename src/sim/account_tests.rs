//! What each operation answers, and what stays changed.

use chrono::Duration;
use model::{
    Behaviors, Integration, KnownLevel, OperationKind, RiskEvents, RiskSummary, operations::Body,
};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Scenario, Settings, Sim, notable, sentinels, testing::*};

#[test]
fn every_operation_answers_in_the_vendor_s_envelope() {
    let mut sim = sim(60, 7);
    let integration = create(&mut sim, &okta("a"));
    let id = integration.id.unwrap();
    for kind in OperationKind::ALL {
        let spec = kind.spec();
        let path = spec
            .path
            .replace("{user_id}", &notable::LONG_NAME.to_string())
            .replace("{integration_id}", &id.to_string())
            .replace("{reference_id}", &integration.reference_id);
        let body = match spec.body {
            Body::None => String::new(),
            Body::UpdateBehaviors => json!({ "behaviors": {} }).to_string(),
            Body::CreateIntegration => okta("b").to_string(),
            Body::UpdateIntegration => json!({ "tenant_url": "https://c.okta.com", "active": true,
                "reference_id": integration.reference_id })
            .to_string(),
        };
        let answer = ask(&mut sim, spec.method.as_str(), &path, &body);
        match kind {
            OperationKind::Summary => drop(read::<RiskSummary>(&answer)),
            OperationKind::User => drop(read::<RiskEvents>(&answer)),
            OperationKind::Behaviors | OperationKind::UpdateBehaviors => {
                drop(read::<Behaviors>(&answer));
            }
            OperationKind::Integrations => drop(read::<Vec<Integration>>(&answer)),
            OperationKind::ResetUser | OperationKind::DeleteIntegration => {
                let empty = model::Envelope::<Value>::empty();
                assert_eq!(serde_json::from_value(value(&answer)).ok(), Some(empty));
            }
            _ => drop(read::<Integration>(&answer)),
        }
        assert_eq!(header(&answer, "cf-auditlog-id").is_some(), kind.is_write(), "{}", spec.name);
    }
}

#[test]
fn a_reset_takes_the_user_off_the_summary() {
    let mut sim = sim(60, 7);
    for (id, events) in [(notable::LONG_NAME, false), (notable::BIDI_NAME, true)] {
        assert!(listed(&mut sim, id));
        let answer = ask(&mut sim, "POST", &format!("/{id}/reset"), "");
        assert_eq!(
            value(&answer),
            json!({ "result": null, "success": true, "errors": [], "messages": [] })
        );
        assert!(header(&answer, "cf-auditlog-id").is_some());
        assert!(!listed(&mut sim, id));
        let user: RiskEvents = read(&ask(&mut sim, "GET", &format!("/{id}"), ""));
        assert_eq!(user.last_reset_time, Some(now()));
        assert_eq!(user.risk_level, None);
        assert_eq!(!user.events.is_empty(), events);
    }
    let summary: RiskSummary = read(&ask(&mut sim, "GET", "/summary", ""));
    assert_eq!(summary.users.len(), 58);
    let nobody = ask(&mut sim, "POST", "/9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10/reset", "");
    assert_eq!(failure(&nobody).0, 404);
}

#[test]
fn behaviors_change_in_part_or_not_at_all() {
    let mut sim = sim(0, 7);
    let before: Behaviors = read(&ask(&mut sim, "GET", "/behaviors", ""));
    assert_eq!(before.behaviors.len(), 8);
    let mut put = |key: &str, level: &str| {
        let body = json!({ "behaviors": { key: { "enabled": true, "risk_level": level } } });
        ask(&mut sim, "PUT", "/behaviors", &body.to_string())
    };
    assert_eq!(failure(&put("suspicious_domain", "high")).0, 500);
    assert_eq!(failure(&put("high_risk_domain", "high")), (403, 10_000));
    assert_eq!(failure(&put("impossible_travel", "low")).0, 400);
    assert_eq!(failure(&put("imp_travel", "critical")).0, 400);
    let answer: Behaviors = read(&put("sentinel_one", "high"));
    let mut expected = before;
    let changed = expected.behaviors.get_mut(&model::BehaviorKey("sentinel_one".into())).unwrap();
    assert!(!changed.enabled && changed.name == "SentinelOne Infection Detected");
    (changed.enabled, changed.risk_level) = (true, Some(KnownLevel::High.into()));
    assert_eq!(answer, expected);
    assert_eq!(read::<Behaviors>(&ask(&mut sim, "GET", "/behaviors", "")), expected);
}

#[test]
fn an_integration_lives_and_dies() {
    let mut sim = sim(0, 7);
    let seeded: Vec<Integration> = read(&ask(&mut sim, "GET", "/integrations", ""));
    assert_eq!(seeded.iter().map(|found| found.active).collect::<Vec<_>>(), [true, false]);
    let created = create(&mut sim, &okta("new"));
    assert!(created.active && created.account_tag == ACCOUNT && created.created_at == Some(now()));
    assert!(Uuid::try_parse(&created.reference_id).is_ok());
    let path = format!("/integrations/{}", created.id.unwrap());
    assert!(created.well_known_url.ends_with(&created.id.unwrap().to_string()));
    let by_reference = format!("/integrations/reference_id/{}", created.reference_id);
    for path in [&path, &by_reference] {
        assert_eq!(read::<Integration>(&ask(&mut sim, "GET", path, "")), created);
    }
    let body =
        json!({ "tenant_url": "https://b.okta.com", "active": false, "reference_id": "Zürich 1" });
    let updated: Integration = read(&ask(&mut sim, "PUT", &path, &body.to_string()));
    assert_eq!((updated.host(), updated.active), ("b.okta.com", false));
    let found = ask(&mut sim, "GET", "/integrations/reference_id/Z%C3%BCrich%201", "");
    assert_eq!(read::<Integration>(&found), updated);
    assert_eq!(failure(&ask(&mut sim, "GET", &by_reference, "")).0, 404);
    let deleted = ask(&mut sim, "DELETE", &path, "");
    assert_eq!(
        value(&deleted),
        json!({ "result": null, "success": true, "errors": [], "messages": [] })
    );
    for method in ["GET", "DELETE"] {
        assert_eq!(failure(&ask(&mut sim, method, &path, "")).0, 404);
    }
    assert_eq!(failure(&ask(&mut sim, "PUT", &path, &body.to_string())).0, 404);
    assert_eq!(read::<Vec<Integration>>(&ask(&mut sim, "GET", "/integrations", "")), seeded);
}

#[test]
fn tokens_and_accounts_are_checked() {
    let token = Some("right".to_owned());
    let mut sim =
        Sim::new(Settings { users: 30, seed: 7, scenario: Scenario::Morning, token }, now());
    assert!(!format!("{sim:?}").contains("right"));
    let mut get = |account: &str, path: &str, token: &str| {
        let path = format!("/client/v4/accounts/{account}/zt_risk_scoring{path}");
        ask_path(&mut sim, "GET", &path, "", token)
    };
    assert_eq!(get(ACCOUNT, "/summary", "right").response.status(), 200);
    assert_eq!(get(&ACCOUNT.to_uppercase(), "/summary", "right").response.status(), 200);
    let wrong = get(ACCOUNT, "/summary", "wrong");
    assert_eq!(failure(&wrong), (403, 10_000));
    assert!(value(&wrong).get("result").is_none());
    let missing = get(ACCOUNT, "/summary", "");
    assert_eq!(failure(&missing), (401, 10_000));
    let entitled = get(sentinels::ACCOUNT_WITHOUT_ENTITLEMENT, "/integrations", "right");
    assert_eq!(failure(&entitled), (403, 3314));
    for (account, path) in
        [(ACCOUNT, ""), (ACCOUNT, "/a/b/c"), (ACCOUNT, "x/summary"), ("1", "/summary")]
    {
        assert_eq!(failure(&get(account, path, "right")), (404, 7003), "{account}{path}");
    }
}

#[test]
fn paths_and_methods_are_told_apart() {
    let mut sim = sim(0, 7);
    assert_eq!(failure(&ask(&mut sim, "GET", "/not-a-uuid", "")).0, 400);
    assert_eq!(failure(&ask(&mut sim, "GET", "/a/b/c", "")), (404, 7003));
    let wrong = ask(&mut sim, "DELETE", "/behaviors", "");
    assert_eq!(failure(&wrong).0, 405);
    assert_eq!(header(&wrong, "allow"), Some("GET, PUT"));
    let outside = ask_path(&mut sim, "GET", "/client/v4/zones", "", "token");
    assert_eq!(failure(&outside), (404, 7003));
}

#[test]
fn answers_carry_the_vendor_s_headers() {
    let settings = Settings { users: 5, seed: 7, scenario: Scenario::Morning, token: None };
    let mut sim = Sim::new(settings, now());
    let answer = ask(&mut sim, "GET", "/summary", "");
    assert_eq!(header(&answer, "content-type"), Some("application/json; charset=UTF-8"));
    assert_eq!(header(&answer, "ratelimit"), Some("\"default\";r=1199;t=300"));
    assert_eq!(header(&answer, "ratelimit-policy"), Some("\"default\";q=1200;w=300"));
    assert_eq!(header(&answer, "cf-ray").map(str::len), Some(20));
    assert_eq!(header(&answer, "cf-auditlog-id"), None);
    for _ in 0..1199 {
        assert_eq!(ask(&mut sim, "GET", "/behaviors", "").response.status(), 200);
    }
    let limited = ask(&mut sim, "GET", "/behaviors", "");
    assert_eq!(failure(&limited).0, 429);
    assert_eq!(header(&limited, "retry-after"), Some("300"));
    let later = http::Request::builder()
        .uri(format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring/summary"))
        .header("Authorization", "Bearer token")
        .body(bytes::Bytes::new())
        .unwrap();
    assert_eq!(sim.answer(&later, now() + Duration::minutes(5)).response.status(), 200);
}
