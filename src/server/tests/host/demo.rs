use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::{
    program::Server,
    wire::{Answer, get, send},
};

pub const RISK: &str = "/client/v4/accounts/de30acc0de30acc0de30acc0de30acc0/zt_risk_scoring";

/// What the app adds to a change.
pub const OWN_PAGE: &str = "X-Requested-With: XMLHttpRequest\nSec-Fetch-Site: same-origin";

pub fn reset(server: &Server, user: &str, reason: &str) -> Answer {
    let head = format!("POST {RISK}/{user}/reset\n{OWN_PAGE}\nX-Riskdesk-Reason: {reason}");
    send(server.address, &head, "")
}

pub fn users(server: &Server) -> Vec<Value> {
    let summary = get(server.address, &format!("{RISK}/summary"));
    assert_eq!(summary.status, 200, "{}", summary.text());
    summary.json()["result"]["users"].as_array().expect("users are a list").clone()
}

/// Somebody who isn't there to fail.
pub fn somebody(server: &Server) -> String {
    let users = users(server);
    let text = |user: &Value, field: &str| user[field].as_str().unwrap_or_default().to_owned();
    let user = users.iter().find(|user| !text(user, "email").ends_with("@sentinel.example"));
    text(user.expect("most people are well"), "user_id")
}

#[test]
fn health_and_whoami_are_answered() {
    let server = Server::start(&["demo", "--role", "operator"]);
    for path in ["/healthz", "/readyz"] {
        assert_eq!(get(server.address, path).status, 200);
    }
    let whoami = get(server.address, "/api/v1/whoami");
    let result = whoami.json()["result"].clone();
    assert_eq!((&result["kind"], &result["name"]), (&"demo".into(), &"Demo".into()));
    assert_eq!((&result["role"], &result["demo"]), (&"operator".into(), &true.into()));
    assert!(RISK.contains(result["account_id"].as_str().unwrap()));
    assert_eq!(whoami.header("cache-control"), "no-store");
    assert!(whoami.header("content-security-policy").starts_with("default-src 'none'"));
}

#[test]
fn a_reset_goes_through_the_gate_and_on_record() {
    let server = Server::start(&["demo"]);
    let user = somebody(&server);
    let before = users(&server).len();
    let answer = reset(&server, &user, "Laptop%20found%0AAll%20fine");
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!(answer.json()["success"], true);
    assert!(!answer.header("cf-ray").is_empty());
    assert_eq!(users(&server).len(), before - 1);

    server.terminate();
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0));
    let line = logs.lines().find(|line| line.contains("\"change\"")).unwrap();
    let line: Value = serde_json::from_str(line).unwrap();
    assert_eq!(line["actor"], "Demo");
    assert_eq!(line["operation"], "reset_user");
    assert_eq!(line["target"], user);
    assert_eq!(line["reason"], "Laptop found\\nAll fine");
    assert_eq!(line["status"], 200);
}

#[test]
fn a_viewer_changes_nothing() {
    let server = Server::start(&["demo", "--role", "viewer"]);
    let user = somebody(&server);
    let before = users(&server);
    let answer = reset(&server, &user, "");
    assert_eq!(answer.refusal(), (403, 994_031));
    assert!(answer.text().contains("role operator") && answer.text().contains("role viewer"));
    let delete = format!("DELETE {RISK}/integrations/{user}\n{OWN_PAGE}");
    assert_eq!(send(server.address, &delete, "").refusal(), (403, 994_031));
    assert_eq!(users(&server), before);
    server.terminate();
    let (_, logs) = server.finish();
    assert!(!logs.contains("\"change\""), "{logs}");
}

#[test]
fn a_change_from_elsewhere_is_refused() {
    let server = Server::start(&["demo"]);
    let user = somebody(&server);
    let post = |headers: &str| {
        send(server.address, &format!("POST {RISK}/{user}/reset\n{headers}"), "").refusal()
    };
    assert_eq!(post("Sec-Fetch-Site: same-origin"), (403, 994_032));
    assert_eq!(post("X-Requested-With: XMLHttpRequest"), (403, 994_033));
    let foreign = "X-Requested-With: XMLHttpRequest\nOrigin: http://evil.example";
    assert_eq!(post(foreign), (403, 994_033));
    assert!(users(&server).iter().any(|row| row["user_id"] == user.as_str()));
}

#[test]
fn what_is_not_there_is_404_in_the_envelope() {
    let server = Server::start(&["demo"]);
    for path in ["/api", "/api/v1/nothing", "/client/v4/zones", "/api/x.css"] {
        let answer = get(server.address, path);
        assert_eq!(answer.refusal(), (404, 994_041), "{path}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
    }
    let other = "/client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring/summary";
    assert_eq!(get(server.address, other).refusal(), (404, 994_042));
    assert_eq!(get(server.address, &format!("{RISK}/nobody")).refusal(), (400, 994_007));
    assert_eq!(get(server.address, "/users/%2e%2e/x").refusal(), (400, 994_001));
    let gone = format!("{RISK}/00000000-0000-4000-8000-000000000000");
    assert_eq!(get(server.address, &gone).status, 404);
}

#[test]
fn another_name_for_this_host_is_refused() {
    use std::io::Write;

    let server = Server::start(&["demo"]);
    for (host, status) in [
        ("Host: evil.example\r\n", 421),
        ("Host: localhost\r\n", 200),
        ("", 400),
        ("Host: localhost\r\nHost: localhost\r\n", 400),
    ] {
        let mut stream = crate::wire::connect(server.address);
        let text = format!("GET /healthz HTTP/1.1\r\n{host}Connection: close\r\n\r\n");
        stream.write_all(text.as_bytes()).unwrap();
        assert_eq!(crate::wire::receive(&mut stream).status, status, "{host:?}");
    }
}

#[test]
fn an_empty_account_is_served() {
    let server = Server::start(&["demo", "--users", "0"]);
    assert!(users(&server).is_empty());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "an answer that is late is what is tested")]
fn the_demo_says_what_it_is_set_to_and_is_set_by_anybody_in_it() {
    let server = Server::start(&["demo", "--role", "viewer"]);
    let set = |body: &str| {
        let head = format!("POST /api/v1/demo\n{OWN_PAGE}\nContent-Type: application/json");
        send(server.address, &head, body)
    };
    let is = || get(server.address, "/api/v1/demo").json()["result"].clone();
    let first = json!({"scenario": "morning", "fault": "none", "latency_ms": 0, "arrivals": false});
    assert_eq!(is(), first);
    assert_eq!(users(&server).len(), 250);

    let answer = set(r#"{"scenario":"quiet","latency_ms":200}"#);
    assert_eq!(answer.status, 200, "{}", answer.text());
    assert_eq!((&answer.json()["result"], &is()["scenario"]), (&is(), &"quiet".into()));
    let asked = Instant::now();
    assert_eq!(users(&server).len(), 12);
    assert!(asked.elapsed() >= Duration::from_millis(200));

    assert_eq!(set(r#"{"fault":"down"}"#).status, 200);
    assert_eq!(get(server.address, &format!("{RISK}/behaviors")).status, 502);
    assert_eq!(set(r#"{"fault":"none","latency_ms":0}"#).status, 200);
    assert_eq!(get(server.address, &format!("{RISK}/behaviors")).status, 200);

    assert_eq!(set(r#"{"users":1}"#).refusal(), (422, 994_221));
    assert_eq!(send(server.address, "POST /api/v1/demo", "{}").refusal(), (403, 994_032));
    assert_eq!(is()["scenario"], "quiet");
}
