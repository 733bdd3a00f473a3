//! What the tests of several files need.

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::Request;
use model::{Envelope, Integration, RiskSummary};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{Answer, Scenario, Settings, Sim};

pub(crate) const ACCOUNT: &str = "0123456789abcdef0123456789abcdef";

pub(crate) fn now() -> DateTime<Utc> {
    "2025-11-20T09:41:30.123456789Z".parse().unwrap()
}

pub(crate) fn sim(users: usize, seed: u64) -> Sim {
    sim_of(Scenario::Morning, users, seed)
}

pub(crate) fn sim_of(scenario: Scenario, users: usize, seed: u64) -> Sim {
    Sim::new(Settings { users, seed, scenario, token: None }, now()).without_rate_limit()
}

/// Asks for `path` under the service.
pub(crate) fn ask(sim: &mut Sim, method: &str, path: &str, body: &str) -> Answer {
    let path = format!("/client/v4/accounts/{ACCOUNT}/zt_risk_scoring{path}");
    ask_path(sim, method, &path, body, "token")
}

pub(crate) fn ask_path(sim: &mut Sim, method: &str, path: &str, body: &str, token: &str) -> Answer {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("Authorization", format!("Bearer {token}"))
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap();
    sim.answer(&request, now())
}

/// A success's result as the model reads it.
pub(crate) fn read<T: DeserializeOwned>(answer: &Answer) -> T {
    let body = answer.response.body();
    assert_eq!(answer.response.status(), 200, "{body:?}");
    let envelope: Envelope<T> = serde_json::from_slice(body).unwrap();
    assert!(envelope.success && envelope.errors.is_empty());
    envelope.result.unwrap()
}

pub(crate) fn value(answer: &Answer) -> Value {
    serde_json::from_slice(answer.response.body()).unwrap()
}

/// Status and first error code.
pub(crate) fn failure(answer: &Answer) -> (u16, i64) {
    let envelope: Envelope<Value> = serde_json::from_slice(answer.response.body()).unwrap();
    assert!(!envelope.success && envelope.result.is_none());
    (answer.response.status().as_u16(), envelope.errors[0].code)
}

pub(crate) fn create(sim: &mut Sim, body: &Value) -> Integration {
    read(&ask(sim, "POST", "/integrations", &body.to_string()))
}

pub(crate) fn okta(host: &str) -> Value {
    json!({ "integration_type": "Okta", "tenant_url": format!("https://{host}.okta.com") })
}

pub(crate) fn header<'a>(answer: &'a Answer, name: &str) -> Option<&'a str> {
    answer.response.headers().get(name).map(|value| value.to_str().unwrap())
}

pub(crate) fn listed(sim: &mut Sim, id: Uuid) -> bool {
    let summary: RiskSummary = read(&ask(sim, "GET", "/summary", ""));
    summary.users.iter().any(|row| row.user_id == Some(id.into()))
}
