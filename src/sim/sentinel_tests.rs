//! Whether what should fail fails, and how.

use model::{Integration, RiskEvents};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{sentinels, testing::*};

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

    let late = ask(&mut sim, "POST", "/integrations", &okta("times-out").to_string());
    assert_eq!(late.delay.as_secs(), 120);
    let made: Integration = read(&late);
    assert_eq!(
        read::<Vec<Integration>>(&ask(&mut sim, "GET", "/integrations", "")).pop(),
        Some(made)
    );
}
