//! D1 to D6 over a socket: nobody's change is overwritten unseen.

use std::thread;

use conformance::{Access, RISK as RISK_OF_SERVE};
use serde_json::{Value, json};

use crate::{
    demo::{OWN_PAGE, RISK},
    faulty::{Act, Faulty, GOOD},
    program::Server,
    serve::{LEVELS, ask, serve, user},
    wire::{Answer, get, send},
};

fn read(server: &Server, path: &str) -> Answer {
    let answer = get(server.address, &format!("{RISK}{path}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer
}

/// A change by somebody who saw what has this tag.
fn change(server: &Server, line: &str, seen: &str, body: &Value) -> Answer {
    let line = line.replace("{R}", RISK);
    let mut head = format!("{line}\n{OWN_PAGE}\nIf-Match: {seen}");
    if body.is_null() {
        return send(server.address, &head, "");
    }
    head += "\nContent-Type: application/json";
    send(server.address, &head, &body.to_string())
}

fn levels(level: &str) -> Value {
    json!({"behaviors": {"imp_travel": {"enabled": true, "risk_level": level}}})
}

fn integration(server: &Server) -> Value {
    read(server, "/integrations").json()["result"][0].clone()
}

fn changes_on_record(server: &Server) -> usize {
    let log = get(server.address, "/api/v1/audit").json();
    log["result"].as_array().expect("lines are a list").len()
}

#[test]
fn d1_a_change_of_behaviors_that_somebody_else_changed_is_412_with_what_there_is() {
    let server = Server::start(&["demo"]);
    let seen = read(&server, "/behaviors");
    assert_eq!(seen.header("etag").len(), 24, "{}", seen.header("etag"));
    assert_eq!(read(&server, "/behaviors").header("etag"), seen.header("etag"));

    let put = |seen: &Answer, level| {
        change(&server, "PUT {R}/behaviors", seen.header("etag"), &levels(level))
    };
    assert_eq!(put(&seen, "low").status, 200);
    let late = put(&seen, "medium");
    assert_eq!(late.refusal(), (412, 994_121), "{}", late.text());
    let now = read(&server, "/behaviors");
    assert_eq!(now.json()["result"]["behaviors"]["imp_travel"]["risk_level"], "low");
    assert_eq!(late.json()["result"], now.json()["result"]);
    assert_eq!(late.header("etag"), now.header("etag"));
    assert_eq!(changes_on_record(&server), 1, "what was not sent is no change");

    assert_eq!(put(&late, "medium").status, 200, "on top of what there is now");
    assert_eq!(changes_on_record(&server), 2);
}

#[test]
fn d1_the_same_for_an_integration_and_its_deletion() {
    let server = Server::start(&["demo"]);
    let known = integration(&server);
    let path = format!("/integrations/{}", known["id"].as_str().unwrap());
    let seen = read(&server, &path);
    let by_reference =
        format!("/integrations/reference_id/{}", known["reference_id"].as_str().unwrap());
    assert_eq!(read(&server, &by_reference).header("etag"), seen.header("etag"));
    assert_eq!(read(&server, "/integrations").header("etag"), "", "a list can't be changed");

    let body = |active: bool| json!({"tenant_url": known["tenant_url"], "reference_id": known["reference_id"], "active": active});
    let (put, delete) = (format!("PUT {{R}}{path}"), format!("DELETE {{R}}{path}"));
    let paused = change(&server, &put, seen.header("etag"), &body(false));
    assert_eq!(paused.status, 200, "{}", paused.text());
    assert_eq!(paused.header("etag"), read(&server, &path).header("etag"));
    for late in [
        change(&server, &put, seen.header("etag"), &body(true)),
        change(&server, &delete, seen.header("etag"), &Value::Null),
    ] {
        assert_eq!(late.refusal(), (412, 994_121), "{}", late.text());
        assert_eq!(late.json()["result"], paused.json()["result"]);
    }
    assert_eq!(change(&server, &delete, paused.header("etag"), &Value::Null).status, 200);
}

#[test]
fn d1_of_many_who_saw_the_same_one_is_served() {
    let server = Server::start(&["demo"]);
    let seen = read(&server, "/behaviors");
    let before = seen.json()["result"]["behaviors"]["imp_travel"]["risk_level"].clone();
    assert_eq!(before, "high");
    let answers: Vec<u16> = thread::scope(|scope| {
        let put = |number: usize| {
            let (server, tag) = (&server, seen.header("etag"));
            let level = ["low", "medium"][number % 2];
            scope.spawn(move || change(server, "PUT {R}/behaviors", tag, &levels(level)).status)
        };
        let threads: Vec<_> = (0..16).map(put).collect();
        threads.into_iter().map(|thread| thread.join().expect("it answers")).collect()
    });
    assert_eq!(answers.iter().filter(|status| **status == 200).count(), 1, "{answers:?}");
    assert_eq!(answers.iter().filter(|status| **status == 412).count(), 15, "{answers:?}");
    assert_eq!(changes_on_record(&server), 1);
}

/// D2 is the app's to heed; here, that a part of the three is never sent.
#[test]
fn d2_a_change_of_an_integration_names_all_that_it_overwrites() {
    let server = Server::start(&["demo"]);
    let known = integration(&server);
    let put = format!("PUT {{R}}/integrations/{}", known["id"].as_str().unwrap());
    let partial = json!({"tenant_url": known["tenant_url"]});
    assert_eq!(change(&server, &put, "*", &partial).refusal(), (422, 994_221));
    assert_eq!(integration(&server), known);
    assert_eq!(changes_on_record(&server), 0);
}

#[test]
fn d6_what_was_deleted_meanwhile_is_404_and_nothing_is_sent() {
    let server = Server::start(&["demo"]);
    let known = integration(&server);
    let path = format!("/integrations/{}", known["id"].as_str().unwrap());
    let seen = read(&server, &path);
    let delete = format!("DELETE {{R}}{path}");
    assert_eq!(change(&server, &delete, "*", &Value::Null).status, 200);
    let body = json!({"tenant_url": known["tenant_url"], "reference_id": null, "active": true});
    let late = change(&server, &format!("PUT {{R}}{path}"), seen.header("etag"), &body);
    assert_eq!(late.status, 404, "{}", late.text());
    assert_eq!(late.header("etag"), "");
    assert_eq!(change(&server, &delete, "*", &Value::Null).status, 404);
    assert_eq!(changes_on_record(&server), 1);
}

#[test]
fn a_precondition_that_is_none_or_belongs_elsewhere_is_refused() {
    let server = Server::start(&["demo"]);
    let put = |seen| change(&server, "PUT {R}/behaviors", seen, &levels("low")).refusal();
    for odd in ["", "x", "W/\"x\"", "\"x"] {
        assert_eq!(put(odd), (400, 994_009), "{odd}");
    }
    assert_eq!(put("\"x\""), (412, 994_121));
    let new = json!({"integration_type": "Okta", "tenant_url": "https://new.okta.com"});
    assert_eq!(change(&server, "POST {R}/integrations", "*", &new).refusal(), (400, 994_009));
    assert_eq!(change(&server, "GET {R}/behaviors", "*", &Value::Null).refusal(), (400, 994_009));
    assert_eq!(changes_on_record(&server), 0);
}

#[test]
fn d4_a_creation_that_gets_no_answer_is_sent_once_and_its_outcome_is_unknown() {
    let server = Server::start(&["demo"]);
    let new = r#"{"integration_type":"Okta","tenant_url":"https://times-out.okta.com"}"#;
    let head = format!("POST {RISK}/integrations\n{OWN_PAGE}\nContent-Type: application/json");
    let late = send(server.address, &head, new);
    assert_eq!(late.status, 504);
    assert!(late.text().contains("Outcome unknown"), "{}", late.text());
    let all = read(&server, "/integrations").json();
    let all = all["result"].as_array().expect("integrations are a list").iter();
    assert_eq!(all.filter(|one| one["tenant_url"] == "https://times-out.okta.com").count(), 1);
    let log = get(server.address, "/api/v1/audit").json();
    assert_eq!((&log["result"][0]["state"], &log["result"][1]), (&json!("unknown"), &Value::Null));
}

#[test]
fn what_can_not_be_compared_is_not_sent() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    let admin = user(&access, "admin@corp.example");
    let save = |look: &Act, more: &str| {
        upstream.plan("GET /behaviors", [look.clone()]);
        let own = format!("{}{more}", crate::serve::OWN_PAGE);
        ask(&server, &format!("PUT {RISK_OF_SERVE}/behaviors"), &admin, &own, LEVELS)
    };
    let failure = r#"{"success":false,"errors":[{"code":1000,"message":"No"}]}"#;
    for (look, refusal) in [
        (Act::say(500, failure), (503, 995_035)),
        (Act::say(200, failure), (503, 995_035)),
        (Act::say(200, GOOD), (503, 995_035)),
        (Act::say(200, "<html>"), (503, 995_035)),
        (Act::Half, (503, 995_035)),
        (Act::Reset, (503, 995_035)),
        (Act::say(404, failure), (404, 1000)),
        (Act::say(403, failure), (403, 1000)),
    ] {
        let answer = save(&look, "\nIf-Match: *");
        assert_eq!(answer.refusal(), refusal, "{look:?}: {}", answer.text());
        assert_eq!(upstream.calls("PUT /behaviors"), 0, "{look:?}");
    }
    let log = ask(&server, "GET /api/v1/audit", &admin, "", "").json();
    assert_eq!(log["result"], json!([]));
    assert_eq!(save(&Act::Reset, "").status, 200, "without a precondition it goes on");
    assert_eq!(upstream.calls("PUT /behaviors"), 1);
}
