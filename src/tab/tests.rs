use std::time::Duration;

use bytes::Bytes;
use chrono::{DateTime, TimeDelta, Utc};
use http::{Method, Request, StatusCode};
use model::Role;
use serde_json::{Value, json};

use crate::{
    Entry,
    desk::{Desk, Pending, Settings},
};

const ACCOUNT: &str = "/client/v4/accounts/de30acc0de30acc0de30acc0de30acc0/zt_risk_scoring";

fn since() -> DateTime<Utc> {
    DateTime::from_timestamp_millis(1_790_000_000_000).unwrap()
}

fn desk(role: Role) -> Desk {
    Desk::new(Settings { users: 250, seed: 7, role, since: since() }).unwrap()
}

/// A tab: its desk, its clock, and what it keeps.
struct Tab {
    desk: Desk,
    now: DateTime<Utc>,
    kept: Vec<Entry>,
}

impl Tab {
    fn new() -> Self {
        Self { desk: desk(Role::Admin), now: since(), kept: Vec::new() }
    }

    fn loaded_again(self) -> Self {
        let mut desk = desk(Role::Admin);
        let kept: Vec<Entry> =
            serde_json::from_str(&serde_json::to_string(&self.kept).unwrap()).unwrap();
        desk.replay(&kept);
        Self { desk, ..self }
    }

    fn pending(&mut self, method: Method, path: &str, body: &str) -> Pending {
        let mut request = Request::new(Bytes::from(body.to_owned()));
        *request.method_mut() = method;
        *request.uri_mut() = path.parse().unwrap();
        let headers = request.headers_mut();
        headers.insert("x-requested-with", "XMLHttpRequest".parse().unwrap());
        headers.insert("content-type", "application/json".parse().unwrap());
        headers.insert("x-riskdesk-reason", "Laptop%20found".parse().unwrap());
        self.now += TimeDelta::seconds(1);
        let pending = self.desk.receive(request, self.now);
        self.kept.extend(pending.entry.clone());
        pending
    }

    fn ask(&mut self, method: Method, path: &str, body: &str) -> (StatusCode, Value) {
        let pending = self.pending(method, path, body);
        self.desk.settle(&pending);
        let json = serde_json::from_slice(pending.answer.body()).unwrap_or(Value::Null);
        (pending.answer.status(), json)
    }

    fn get(&mut self, path: &str) -> Value {
        let (status, json) = self.ask(Method::GET, path, "");
        assert_eq!(status, StatusCode::OK, "{json}");
        json["result"].clone()
    }
}

fn integrations() -> String {
    format!("{ACCOUNT}/integrations")
}

#[test]
fn it_is_the_demo() {
    let mut tab = Tab::new();
    let whoami = tab.get("/api/v1/whoami");
    assert_eq!((&whoami["kind"], &whoami["demo"]), (&json!("demo"), &json!(true)));
    let people = tab.get(&format!("{ACCOUNT}/summary"));
    assert!(people["users"].as_array().unwrap().len() > 200);
    let (status, _) = tab.ask(Method::GET, "/client/v4/user/tokens", "");
    assert_eq!(status, StatusCode::NOT_FOUND);
}

#[test]
fn a_role_holds_here_too() {
    let mut tab = Tab { desk: desk(Role::Viewer), ..Tab::new() };
    let body = r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com"}"#;
    let (status, _) = tab.ask(Method::POST, &integrations(), body);
    assert_eq!(status, StatusCode::FORBIDDEN);
    assert!(tab.kept.is_empty());
}

#[test]
fn a_page_that_is_loaded_again_finds_what_was_changed() {
    let mut tab = Tab::new();
    tab.get(&integrations());
    let body = r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com"}"#;
    let (status, made) = tab.ask(Method::POST, &integrations(), body);
    assert_eq!(status, StatusCode::OK, "{made}");
    tab.get(&format!("{ACCOUNT}/summary"));
    let change = r#"{"tenant_url":"https://other.okta.com","active":false}"#;
    let path = format!("{}/{}", integrations(), made["result"]["id"].as_str().unwrap());
    let (status, changed) = tab.ask(Method::PUT, &path, change);
    assert_eq!(status, StatusCode::OK, "{changed}");

    let (list, log) = (tab.get(&integrations()), tab.get("/api/v1/audit"));
    assert_eq!(log.as_array().unwrap().len(), 2);
    assert_eq!(log[0]["reason"], "Laptop found");
    assert_eq!(log[0]["state"], "succeeded");

    let mut tab = tab.loaded_again();
    assert_eq!(tab.get(&integrations()), list);
    assert_eq!(tab.get("/api/v1/audit"), log);
    let (status, _) = tab.ask(Method::DELETE, &path, "");
    assert_eq!(status, StatusCode::OK);
    let log = tab.get("/api/v1/audit");
    let log = log.as_array().unwrap();
    assert_eq!(log.len(), 3);
    assert!(log[1..].iter().all(|line| line["request_id"] != log[0]["request_id"]));
}

#[test]
fn what_was_set_is_set_when_the_page_is_loaded_again() {
    let mut tab = Tab::new();
    let summary = format!("{ACCOUNT}/summary");
    tab.get(&summary);
    let set = r#"{"scenario":"incident","fault":"resets","arrivals":true}"#;
    let (status, said) = tab.ask(Method::POST, "/api/v1/demo", set);
    assert_eq!((status, &said["result"]["scenario"]), (StatusCode::OK, &json!("incident")));
    let people = tab.get(&summary);
    let person = people["users"][40]["user_id"].as_str().unwrap();
    let reset = format!("{ACCOUNT}/{person}/reset");
    assert_eq!(tab.ask(Method::POST, &reset, "").0, StatusCode::INTERNAL_SERVER_ERROR);
    tab.now += TimeDelta::minutes(2);
    assert_eq!(tab.ask(Method::POST, &reset, "").0, StatusCode::OK);
    let (set, people, log) = (tab.get("/api/v1/demo"), tab.get(&summary), tab.get("/api/v1/audit"));

    let mut tab = tab.loaded_again();
    assert_eq!(tab.get("/api/v1/demo"), set);
    assert_eq!(tab.get(&summary), people);
    assert_eq!(tab.get("/api/v1/audit"), log);
    assert_eq!(tab.kept.len(), 3, "what only reads is not kept");
}

#[test]
fn a_change_is_under_way_until_it_is_answered() {
    let mut tab = Tab::new();
    let path = format!("{ACCOUNT}/{}/reset", sim::sentinels::RESET_TIMES_OUT);
    let pending = tab.pending(Method::POST, &path, "");
    assert_eq!(pending.after, Duration::from_secs(15));
    assert_eq!(tab.get("/api/v1/audit")[0]["state"], "intent");
    tab.desk.settle(&pending);
    assert_eq!(pending.answer.status(), StatusCode::GATEWAY_TIMEOUT);
    assert_eq!(tab.get("/api/v1/audit")[0]["state"], "unknown");
}
