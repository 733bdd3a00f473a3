//! Whether what is set is what happens.

use std::{collections::BTreeSet, time::Duration};

use chrono::{DateTime, TimeDelta, Utc};
use http::Request;
use model::{
    Demo, DemoChange, DemoFault, RiskEvents, RiskLevel, RiskSummary, Scenario, UserRiskInfo,
};

use crate::{Answer, Sim, testing::*};

fn set(sim: &mut Sim, change: &str) -> Demo {
    sim.set(serde_json::from_str::<DemoChange>(change).unwrap(), now())
}

fn ask_at(sim: &mut Sim, path: &str, at: DateTime<Utc>) -> Answer {
    let path = format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring{path}");
    let request = Request::get(path).header("authorization", "Bearer t");
    sim.answer(&request.body(bytes::Bytes::new()).unwrap(), at)
}

fn rows_at(sim: &mut Sim, at: DateTime<Utc>) -> Vec<UserRiskInfo> {
    read::<RiskSummary>(&ask_at(sim, "/summary", at)).users
}

fn after(seconds: i64) -> DateTime<Utc> {
    now() + TimeDelta::seconds(seconds)
}

#[test]
fn another_scenario_is_the_account_that_such_a_day_begins_with() {
    for scenario in Scenario::ALL {
        let mut sim = sim(250, 7);
        ask(&mut sim, "GET", "/summary", "");
        let is = sim.set(DemoChange { scenario: Some(scenario), ..DemoChange::default() }, now());
        assert_eq!(is, Demo { scenario, ..Demo::default() });
        let mut other = sim_of(scenario, crate::people(scenario), 7);
        assert_eq!(
            ask(&mut sim, "GET", "/summary", "").response.body(),
            ask(&mut other, "GET", "/summary", "").response.body()
        );
    }
    let mut sim = sim(40, 7);
    set(&mut sim, r#"{"scenario":"quiet"}"#);
    assert_eq!(rows_at(&mut sim, now()).len(), 40, "as many as were asked for");
}

#[test]
fn a_change_leaves_what_it_does_not_name() {
    let mut sim = sim(40, 7);
    set(&mut sim, r#"{"fault":"list","latency_ms":500,"arrivals":true}"#);
    let is = set(&mut sim, r#"{"scenario":"incident"}"#);
    let latency_ms = 500.try_into().unwrap();
    let fault = DemoFault::List;
    assert_eq!(is, Demo { scenario: Scenario::Incident, fault, latency_ms, arrivals: true });
    assert_eq!(set(&mut sim, "{}"), is);
}

#[test]
fn the_first_of_every_five_resets_fails_and_only_once() {
    let mut sim = sim(40, 7);
    let people = rows_at(&mut sim, now());
    let people = people.iter().filter(|row| row.email.ends_with("@example.com"));
    let ids: Vec<String> = people.map(|row| row.user_id.unwrap().to_string()).collect();
    set(&mut sim, r#"{"fault":"resets"}"#);
    for (index, id) in ids.iter().enumerate().take(7) {
        let answer = ask(&mut sim, "POST", &format!("/{id}/reset"), "");
        let status = if index % 5 == 0 { 500 } else { 200 };
        assert_eq!(answer.response.status(), status, "{index}");
        assert_eq!(listed(&mut sim, id.parse().unwrap()), status == 500);
    }
    assert_eq!(ask(&mut sim, "POST", &format!("/{}/reset", ids[0]), "").response.status(), 200);
}

#[test]
fn a_fault_is_what_its_name_says() {
    let mut sim = sim(40, 7);
    set(&mut sim, r#"{"fault":"list"}"#);
    let list = ask(&mut sim, "GET", "/summary", "");
    assert_eq!(list.response.status(), 200);
    assert!(serde_json::from_slice::<serde_json::Value>(list.response.body()).is_err());
    assert_eq!(ask(&mut sim, "GET", "/behaviors", "").response.status(), 200);
    set(&mut sim, r#"{"fault":"rate_limit"}"#);
    let limited = ask(&mut sim, "GET", "/behaviors", "");
    assert_eq!((failure(&limited).0, header(&limited, "retry-after")), (429, Some("10")));
    set(&mut sim, r#"{"fault":"down"}"#);
    let down = ask(&mut sim, "GET", "/behaviors", "");
    assert_eq!(down.response.status(), 500);
    assert_eq!(header(&down, "content-type"), Some("text/html; charset=UTF-8"));
    set(&mut sim, r#"{"fault":"none"}"#);
    assert_eq!(ask(&mut sim, "GET", "/behaviors", "").response.status(), 200);
}

#[test]
fn latency_comes_on_top_of_what_there_is() {
    let mut sim = sim(40, 7);
    set(&mut sim, r#"{"latency_ms":2000}"#);
    assert_eq!(ask(&mut sim, "GET", "/behaviors", "").delay, Duration::from_secs(2));
    let slow = ask(&mut sim, "GET", &format!("/{}", crate::sentinels::EVENTS_SLOW), "");
    assert_eq!(slow.delay, Duration::from_secs(7));
}

#[test]
fn every_minute_three_people_come_and_somebody_has_one_event_more() {
    let mut sim = sim(250, 7);
    let before = rows_at(&mut sim, now());
    assert_eq!(rows_at(&mut sim, after(600)), before, "nothing arrives unless it is asked for");
    set(&mut sim, r#"{"arrivals":true}"#);
    assert_eq!(rows_at(&mut sim, after(4)), before);
    let now_there = rows_at(&mut sim, after(60));
    assert_eq!(now_there.len(), before.len() + 3);
    let emails: BTreeSet<_> = now_there.iter().map(|row| &row.email).collect();
    assert_eq!(emails.len(), now_there.len());
    let mut levels = Vec::new();
    let mut more = 0;
    for row in &now_there {
        let old = before.iter().find(|old| old.user_id == row.user_id);
        if old == Some(row) {
            continue;
        }
        let id = row.user_id.unwrap();
        let user: RiskEvents = read(&ask_at(&mut sim, &format!("/{id}"), after(60)));
        assert_eq!(user.events.len() as u64, row.event_count.unwrap());
        assert_eq!(user.events[0].timestamp, row.last_event);
        assert_eq!(user.risk_level, row.max_risk_level);
        assert!(user.events.iter().all(|event| event.risk_level <= row.max_risk_level));
        match old {
            Some(old) => {
                more += 1;
                assert_eq!(row.event_count, old.event_count.map(|count| count + 1));
                assert_eq!(row.max_risk_level, old.max_risk_level);
            }
            None => levels.push(row.max_risk_level.clone()),
        }
    }
    assert_eq!((levels.len(), more), (3, 1));
    assert!(levels.contains(&Some(RiskLevel::High)));

    set(&mut sim, r#"{"arrivals":false}"#);
    assert_eq!(rows_at(&mut sim, after(600)), now_there, "what has arrived stays");
}

#[test]
fn what_arrives_is_the_same_however_often_one_looks() {
    let (mut often, mut seldom) = (sim(250, 7), sim(250, 7));
    for sim in [&mut often, &mut seldom] {
        set(sim, r#"{"arrivals":true}"#);
    }
    for second in 0..300 {
        rows_at(&mut often, after(second));
    }
    assert_eq!(rows_at(&mut often, after(300)), rows_at(&mut seldom, after(300)));
    let (hour, day) = (rows_at(&mut seldom, after(3_600)), rows_at(&mut seldom, after(86_400)));
    assert_eq!((hour.len(), &hour), (250 + 150, &day), "it ends");
}
