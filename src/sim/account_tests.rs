//! What each operation answers, and what stays changed.

use chrono::Duration;
use model::{Behaviors, Integration, KnownLevel, RiskEvents, RiskSummary};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Answer, Settings, Sim, notable, sentinels, testing::*};

fn create(sim: &mut Sim, body: &Value) -> Integration {
    read(&ask(sim, "POST", "/integrations", &body.to_string()))
}

fn okta(host: &str) -> Value {
    json!({ "integration_type": "Okta", "tenant_url": format!("https://{host}.okta.com") })
}

fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.response.headers().get(name).map(|value| value.to_str().unwrap())
}

fn listed(sim: &mut Sim, id: Uuid) -> bool {
    let summary: RiskSummary = read(&ask(sim, "GET", "/summary", ""));
    summary.users.iter().any(|row| row.user_id == Some(id.into()))
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
fn resets_fail_as_the_table_says() {
    let mut sim = sim(60, 7);
    let mut reset = |id: Uuid| {
        let answer = ask(&mut sim, "POST", &format!("/{id}/reset"), "");
        (answer, listed(&mut sim, id))
    };
    let (refused, stays) = reset(sentinels::RESET_REFUSED);
    assert_eq!((failure(&refused), stays), ((403, 10_000), true));
    assert!(value(&refused).get("messages").is_none());
    assert_eq!(header(&refused, "cf-auditlog-id"), None);
    let (hangs, stays) = reset(sentinels::RESET_TIMES_OUT);
    assert_eq!((hangs.delay.as_secs(), stays), (120, false));
    let (limited, stays) = reset(sentinels::RESET_RATE_LIMITED);
    assert_eq!((failure(&limited).0, stays), (429, true));
    assert_eq!(header(&limited, "retry-after"), Some("30"));
    let (breaks, stays) = reset(sentinels::RESET_BREAKS);
    assert_eq!((breaks.response.status().as_u16(), stays), (500, true));
    assert_eq!(header(&breaks, "content-type"), Some("text/html; charset=UTF-8"));
    let (missing, stays) = reset(sentinels::RESET_FINDS_NOBODY);
    assert_eq!((failure(&missing).0, stays), (404, true));
}

#[test]
fn users_fail_as_the_table_says() {
    let mut sim = sim(60, 7);
    let mut get = |id: Uuid| ask(&mut sim, "GET", &format!("/{id}"), "");
    assert_eq!(failure(&get(sentinels::EVENTS_MISSING)).0, 404);
    assert_eq!(get(sentinels::EVENTS_FAIL).response.status(), 500);
    let broken = get(sentinels::EVENTS_BROKEN);
    assert_eq!(broken.response.status(), 200);
    assert!(serde_json::from_slice::<Value>(broken.response.body()).is_err());
    let slow = get(sentinels::EVENTS_SLOW);
    assert_eq!(slow.delay.as_secs(), 5);
    assert_eq!(read::<RiskEvents>(&slow).events.len(), 5);
    let critical: RiskEvents = read(&get(sentinels::LEVEL_CRITICAL));
    assert_eq!(critical.risk_level, Some("critical".into()));
    assert_eq!(critical.events[0].risk_level, Some("critical".into()));
    let odd: RiskEvents = read(&get(sentinels::EVENTS_ODD));
    assert_eq!(odd.events.len(), 8);
    let summary = value(&ask(&mut sim, "GET", "/summary", ""));
    let rows = summary.pointer("/result/users").and_then(Value::as_array).unwrap();
    let id = sentinels::ODD_ROW.to_string();
    let row = rows.iter().find(|row| row["user_id"] == id.as_str()).unwrap();
    assert_eq!((&row["name"], &row["event_count"]), (&Value::Null, &json!("12")));
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
fn integrations_fail_as_the_table_says() {
    let mut sim = sim(0, 7);
    let refused = ask(&mut sim, "POST", "/integrations", &okta("refused").to_string());
    assert_eq!(failure(&refused).0, 400);
    assert_eq!(value(&refused).pointer("/errors/0/source/pointer"), Some(&json!("/tenant_url")));
    let mut path = |host: &str| {
        let id = create(&mut sim, &okta(host)).id.unwrap();
        (format!("/integrations/{id}"), format!("https://{host}.okta.com"))
    };
    let (paused_fails, stuck, stays) = (path("paused-fails"), path("stuck"), path("delete-fails"));
    let mut put = |(path, url): &(String, String), active: bool| {
        let body = json!({ "tenant_url": url, "active": active }).to_string();
        ask(&mut sim, "PUT", path, &body).response.status().as_u16()
    };
    assert_eq!((put(&paused_fails, false), put(&paused_fails, true)), (500, 500));
    assert_eq!((put(&stuck, false), put(&stuck, true)), (503, 200));
    assert_eq!(put(&stays, false), 200);
    assert_eq!(failure(&ask(&mut sim, "DELETE", &stays.0, "")).0, 500);
    assert_eq!(ask(&mut sim, "DELETE", &stuck.0, "").response.status(), 200);
}

#[test]
fn tokens_and_accounts_are_checked() {
    let token = Some("right".to_owned());
    let mut sim = Sim::new(Settings { users: 30, seed: 7, token }, now());
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
    let settings = Settings { users: 5, seed: 7, token: None };
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
