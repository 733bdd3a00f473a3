//! Whether the data holds together, over many seeds and sizes.

use std::collections::BTreeMap;

use model::{RiskEvents, RiskLevel, RiskSummary, UserId, UserRiskInfo};
use serde_json::Value;

use crate::{Sim, notable, sentinels, testing::*};

fn summary(sim: &mut Sim) -> Vec<UserRiskInfo> {
    read::<RiskSummary>(&ask(sim, "GET", "/summary", "")).users
}

fn user(sim: &mut Sim, id: UserId) -> RiskEvents {
    read(&ask(sim, "GET", &format!("/{id}"), ""))
}

/// The row says what the events say.
fn check_agreement(sim: &mut Sim, row: &UserRiskInfo) {
    let id = row.user_id.unwrap();
    let without_events =
        [sentinels::EVENTS_MISSING, sentinels::EVENTS_BROKEN, sentinels::EVENTS_FAIL];
    let odd = [sentinels::EVENTS_ODD, sentinels::ODD_ROW];
    if without_events.contains(&id.as_uuid()) || odd.contains(&id.as_uuid()) {
        return;
    }
    let user = user(sim, id);
    assert_eq!((&user.name, &user.email), (&row.name, &row.email));
    assert_eq!(Some(user.events.len() as u64), row.event_count, "{id}");
    assert_eq!(user.events.iter().filter_map(|event| event.timestamp).max(), row.last_event);
    let highest = user.events.iter().filter_map(|event| event.risk_level.clone()).max();
    assert_eq!(highest, row.max_risk_level, "{id}");
    assert_eq!(user.risk_level, row.max_risk_level);
    let reset = user.last_reset_time;
    let counts = user.events.iter().filter(|event| reset.is_none() || event.timestamp > reset);
    assert_eq!(counts.filter_map(|event| event.risk_level.clone()).max(), row.max_risk_level);
    assert!(user.events.is_sorted_by(|newer, older| newer.timestamp > older.timestamp));
    assert!(row.last_event.unwrap() < now());
}

#[test]
fn the_summary_agrees_with_every_user_s_events() {
    for seed in 0..8 {
        let mut sim = sim(250, seed);
        let rows = summary(&mut sim);
        assert_eq!(rows.len(), 250);
        for row in &rows {
            check_agreement(&mut sim, row);
        }
    }
}

#[test]
fn the_summary_of_a_large_account_agrees_too() {
    let mut sim = sim(100_000, 7);
    let rows = summary(&mut sim);
    assert_eq!(rows.len(), 100_000);
    for row in rows.iter().step_by(499) {
        check_agreement(&mut sim, row);
    }
}

#[test]
fn any_number_of_users_works() {
    for users in (0..70).chain([250, 3001]) {
        for seed in 0..4 {
            let mut sim = sim(users, seed);
            let rows = summary(&mut sim);
            assert_eq!(rows.len(), users);
            let ids: BTreeMap<_, _> = rows.iter().map(|row| (row.user_id, ())).collect();
            let emails: BTreeMap<_, _> = rows.iter().map(|row| (&row.email, ())).collect();
            assert_eq!((ids.len(), emails.len()), (users, users));
            let sentinels = rows.iter().filter(|row| row.email.ends_with("@sentinel.example"));
            assert_eq!(sentinels.count(), if users >= sentinels::MIN_USERS { 12 } else { 0 });
        }
    }
}

#[test]
fn the_same_seed_gives_the_same_answers() {
    let body = |seed: u64, path: &str| {
        let answer = ask(&mut sim(250, seed), "GET", path, "");
        (answer.response.headers().clone(), answer.response.into_body())
    };
    let busy = format!("/{}", notable::MOST_EVENTS);
    for path in ["/summary", "/integrations", &busy] {
        assert_eq!(body(7, path), body(7, path), "{path}");
        assert_ne!(body(7, path), body(8, path), "{path}");
    }
}

#[test]
fn levels_and_counts_are_as_in_real_life() {
    let rows = summary(&mut sim(20_000, 7));
    let share = |level: RiskLevel| {
        rows.iter().filter(|row| row.max_risk_level.as_ref() == Some(&level)).count() * 1000
            / rows.len()
    };
    assert!((35..=50).contains(&share(RiskLevel::High)), "{}", share(RiskLevel::High));
    assert!((185..=215).contains(&share(RiskLevel::Medium)), "{}", share(RiskLevel::Medium));
    let mut counts: Vec<u64> = rows.iter().filter_map(|row| row.event_count).collect();
    counts.sort_unstable();
    assert!(counts[10_000] <= 3 && counts[19_800] > 60 && counts[19_998] > 1000);
    assert_eq!(counts[19_999], notable::EVENTS);
}

#[test]
fn the_incident_has_forty_people_within_ten_minutes() {
    let mut sim = sim(250, 7);
    let rows: Vec<_> =
        summary(&mut sim).into_iter().filter(|row| row.email.ends_with("@north.example")).collect();
    let newest: Vec<_> = rows
        .iter()
        .map(|row| user(&mut sim, row.user_id.unwrap()).events.swap_remove(0))
        .filter(|event| event.name == "Impossible Travel")
        .filter(|event| (now() - event.timestamp.unwrap()).num_minutes() <= 160)
        .filter(|event| event.event_details.as_ref().unwrap().text().contains("203.0.113.77"))
        .collect();
    assert_eq!(newest.len(), 40);
    let times = || newest.iter().filter_map(|event| event.timestamp);
    assert!((times().max().unwrap() - times().min().unwrap()).num_minutes() < 10);
}

#[test]
fn notable_people_are_what_their_table_says() {
    let mut sim = sim(250, 7);
    let mut by_id = |id: uuid::Uuid| user(&mut sim, id.into());
    assert_eq!(by_id(notable::MOST_EVENTS).events.len(), 10_000);
    assert_eq!(by_id(notable::LONG_NAME).name.chars().count(), 200);
    assert_eq!(by_id(notable::EMPTY_NAME).name, "");
    let [kept, lost] = notable::OFF_SUMMARY.map(&mut by_id);
    assert!(kept.last_reset_time.is_some() && lost.last_reset_time.is_some());
    assert_eq!((kept.events.len(), lost.events.len()), (6, 0));
    assert!(kept.events.iter().all(|event| event.timestamp < kept.last_reset_time));
    assert!(kept.risk_level.is_none());
    let back = by_id(notable::RESET_AND_BACK);
    let since = back.events.iter().filter(|event| event.timestamp > back.last_reset_time);
    assert_eq!(since.count(), 4);
}

#[test]
fn details_of_every_shape_arrive_as_they_were_sent() {
    let shapes = user(&mut sim(20, 7), notable::EVERY_SHAPE.into()).events;
    let texts: Vec<&str> = shapes
        .iter()
        .filter_map(|event| event.event_details.as_ref())
        .map(model::EventDetails::text)
        .collect();
    let values: Vec<Value> =
        texts.iter().filter_map(|text| serde_json::from_str(text).ok()).collect();
    assert_eq!(values.len(), texts.len());
    for shape in [Value::is_object, Value::is_array, Value::is_string, Value::is_number] {
        assert!(values.iter().any(shape));
    }
    assert!(values.iter().any(Value::is_boolean) && texts.len() < shapes.len());
    assert!(texts.iter().any(|text| text.len() > 50_000));
    for part in ["123456789012345678901234567890", "\"__proto__\"", "javascript:", "\u{202e}"] {
        assert!(texts.iter().any(|text| text.contains(part)), "{part}");
    }
}

#[test]
fn many_have_been_reset_before_with_and_without_older_events() {
    let mut sim = sim(1000, 7);
    let (mut kept, mut lost) = (0, 0);
    for row in summary(&mut sim).iter().filter(|row| !row.email.contains("sentinel")) {
        let user = user(&mut sim, row.user_id.unwrap());
        let Some(reset) = user.last_reset_time else { continue };
        if user.events.iter().any(|event| event.timestamp < Some(reset)) {
            kept += 1;
        } else {
            lost += 1;
        }
    }
    assert!(kept > 15 && lost > 15, "{kept} {lost}");
}

#[test]
fn the_busiest_user_fits_into_a_few_megabytes() {
    let answer = ask(&mut sim(20, 7), "GET", &format!("/{}", notable::MOST_EVENTS), "");
    let size = answer.response.body().len();
    assert!((1_000_000..6_000_000).contains(&size), "{size}");
}
