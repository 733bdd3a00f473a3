use crate::{
    program::Server,
    wire::{get, send},
};

const SUMMARY: &str =
    "/client/v4/accounts/0123456789abcdef0123456789abcdef/zt_risk_scoring/summary";

#[test]
fn a_token_is_asked_for() {
    let server = Server::start(&["sim", "--token", "canary-8d2f", "--users", "30"]);
    let ask = |token: &str| {
        send(server.address, &format!("GET {SUMMARY}\nAuthorization: Bearer {token}"), "")
    };
    assert_ne!(get(server.address, SUMMARY).status, 200);
    assert_ne!(ask("wrong").status, 200);
    let summary = ask("canary-8d2f");
    assert_eq!(summary.status, 200, "{}", summary.text());
    assert_eq!(summary.json()["result"]["users"].as_array().unwrap().len(), 30);
    server.terminate();
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0));
    assert!(!logs.contains("canary"), "{logs}");
}

#[test]
fn without_a_token_of_its_own_it_takes_any() {
    let server = Server::start(&["sim", "--users", "5", "--seed", "1"]);
    let head = format!("GET {SUMMARY}\nAuthorization: Bearer any");
    assert_eq!(send(server.address, &head, "").status, 200);
    assert_eq!(
        send(server.address, "GET /client/v4/zones\nAuthorization: Bearer any", "").status,
        404
    );
}

#[test]
fn each_scenario_starts_with_its_people() {
    for (scenario, users) in [("quiet", 12), ("morning", 250), ("incident", 250), ("outage", 250)] {
        let server = Server::start(&["sim", "--scenario", scenario]);
        let head = format!("GET {SUMMARY}\nAuthorization: Bearer any");
        let summary = send(server.address, &head, "");
        assert_eq!(summary.json()["result"]["users"].as_array().unwrap().len(), users);
    }
}
