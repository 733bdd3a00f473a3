//! Whether each kind of day is what it says.

use std::time::Duration;

use chrono::{DateTime, TimeDelta, Utc};
use http::{Request, StatusCode};
use model::{RiskEvents, RiskLevel, RiskSummary};

use crate::{Answer, Scenario, Sim, scenario, testing::*};

#[test]
fn on_a_quiet_day_nobody_is_high_and_nobody_fails() {
    for users in [0, 1, scenario::people(Scenario::Quiet), 250] {
        let mut sim = sim_of(Scenario::Quiet, users, 7);
        let rows = read::<RiskSummary>(&ask(&mut sim, "GET", "/summary", "")).users;
        assert_eq!(rows.len(), users);
        let high = Some(RiskLevel::High);
        assert!(rows.iter().all(|row| row.max_risk_level != high));
        assert!(rows.iter().all(|row| !row.email.ends_with("@sentinel.example")));
        assert!(sim.incidents().is_empty());
    }
}

#[test]
fn the_sweep_has_41_people_and_the_file_nine() {
    for seed in 0..8 {
        let mut sim = sim_of(Scenario::Incident, 250, seed);
        let incidents = sim.incidents();
        let sizes: Vec<_> = incidents.iter().map(|i| (i.behavior, i.people.len())).collect();
        assert_eq!(sizes, [("imp_travel", 41), ("malicious_file", 9)]);
        for (incident, shared, minutes) in
            [(&incidents[0], "203.0.113.77", 10), (&incidents[1], "5f0c9d1e7a34b866", 8)]
        {
            let mut times = Vec::new();
            for id in &incident.people {
                let user: RiskEvents = read(&ask(&mut sim, "GET", &format!("/{id}"), ""));
                let event = &user.events[0];
                assert!(event.event_details.as_ref().unwrap().text().contains(shared));
                times.push(event.timestamp.unwrap());
            }
            let (first, last) = (times.iter().min().unwrap(), times.iter().max().unwrap());
            assert!((*last - *first).num_minutes() < minutes);
        }
    }
}

fn ask_at(sim: &mut Sim, at: DateTime<Utc>) -> Answer {
    let path = format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring/behaviors");
    let request = Request::get(path).header("authorization", "Bearer t");
    sim.answer(&request.body(bytes::Bytes::new()).unwrap(), at)
}

#[test]
fn an_outage_comes_and_goes() {
    let mut sim = sim_of(Scenario::Outage, 30, 7);
    let (fine, limited) = (StatusCode::OK, StatusCode::TOO_MANY_REQUESTS);
    let down = StatusCode::INTERNAL_SERVER_ERROR;
    for round in 0..3 {
        for (second, status, delay) in [
            (0, fine, 0),
            (59, fine, 0),
            (60, fine, 4),
            (89, fine, 4),
            (90, limited, 0),
            (119, limited, 0),
            (120, down, 0),
            (149, down, 0),
            (150, fine, 2),
            (179, fine, 2),
        ] {
            let at = now() + TimeDelta::seconds(round * 180 + second);
            let answer = ask_at(&mut sim, at);
            assert_eq!(answer.response.status(), status, "{second}");
            assert_eq!(answer.delay, Duration::from_secs(delay), "{second}");
            let wait = (status == limited).then(|| (120 - second).to_string());
            assert_eq!(header(&answer, "retry-after"), wait.as_deref(), "{second}");
        }
    }
}
