//! What finding incidents costs: `cargo bench -p riskdesk-incidents`.

#![allow(clippy::unwrap_used, reason = "a benchmark fails by panicking")]

use std::hint::black_box;

use bytes::Bytes;
use criterion::{Criterion, criterion_group, criterion_main};
use http::Request;
use model::{Envelope, RiskEvents, RiskSummary, UserRiskInfo};
use riskdesk_incidents::{Person, find};
use sim::{Scenario, Settings, Sim};

const PEOPLE: usize = 5_000;
const PATH: &str = "/client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring";

/// Everyone of a day with incidents, with their events.
fn people() -> Vec<Person> {
    let now = "2025-11-20T09:41:30Z".parse().unwrap();
    let settings = Settings { users: PEOPLE, seed: 7, scenario: Scenario::Incident, token: None };
    let mut sim = Sim::new(settings, now).without_rate_limit();
    let mut ask = |path: &str| {
        let request = Request::get(format!("{PATH}{path}")).header("authorization", "Bearer t");
        sim.answer(&request.body(Bytes::new()).unwrap(), now).response.into_body()
    };
    let summary: Envelope<RiskSummary> = serde_json::from_slice(&ask("/summary")).unwrap();
    let deep = |row: &UserRiskInfo| {
        let mut person = Person::from(row);
        let body = ask(&format!("/{}", row.user_id.unwrap()));
        // Of some the simulator's answer is cut off, as Cloudflare's may be.
        let answer = serde_json::from_slice::<Envelope<RiskEvents>>(&body).ok();
        match answer.and_then(|envelope| envelope.result) {
            Some(events) => person.deepen(&events),
            None => person.give_up(),
        }
        person
    };
    summary.result.unwrap().users.iter().map(deep).collect()
}

fn incidents(criterion: &mut Criterion) {
    let people = people();
    let mut group = criterion.benchmark_group("incidents");
    group.sample_size(10);
    group.bench_function("5000 people with their events", |bencher| {
        bencher.iter(|| find(black_box(&people)));
    });
    group.finish();
}

criterion_group!(benches, incidents);
criterion_main!(benches);
