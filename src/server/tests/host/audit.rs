use rusqlite::Connection;
use serde_json::{Value, json};

use crate::{
    database::File,
    demo::{OWN_PAGE, RISK, reset, somebody, users},
    program::{Server, run},
    wire::{Answer, get, send},
};

const LEVELS: &str = r#"{"behaviors":{"imp_travel":{"enabled":true,"risk_level":"low"}}}"#;

fn change(server: &Server, line: &str, body: &str) -> Answer {
    let kind = if body.is_empty() { "" } else { "\nContent-Type: application/json" };
    let line = line.replace("{R}", RISK);
    send(server.address, &format!("{line}\n{OWN_PAGE}{kind}"), body)
}

fn audit(server: &Server, query: &str) -> Vec<Value> {
    let answer = get(server.address, &format!("/api/v1/audit?{query}"));
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["result"].as_array().expect("lines are a list").clone()
}

fn id_of(answer: &Answer) -> String {
    answer.json()["result"]["id"].as_str().expect("it has an ID").to_owned()
}

#[test]
fn every_kind_of_change_is_one_line() {
    let server = Server::start(&["demo"]);
    let user = somebody(&server);
    let name = users(&server).into_iter().find(|row| row["user_id"] == user.as_str()).unwrap();

    let answer = reset(&server, &user, "Laptop%20found%0D%0AAll%20fine");
    let [line] = audit(&server, "").try_into().unwrap();
    assert_eq!(line["request_id"], answer.header("x-request-id"));
    assert_eq!(line["cf_ray"], answer.header("cf-ray"));
    assert_eq!((&line["actor"], &line["role"]), (&json!("Demo"), &json!("admin")));
    assert_eq!((&line["operation"], &line["state"]), (&json!("reset_user"), &json!("succeeded")));
    assert_eq!((&line["target"], &line["target_name"]), (&json!(user), &name["name"]));
    assert_eq!(line["before"], json!({"risk_level": name["max_risk_level"]}));
    assert_eq!(line["reason"], r"Laptop found\r\nAll fine", "H11");
    assert!(line["finished_at"].as_str() >= line["at"].as_str());

    assert_eq!(change(&server, "PUT {R}/behaviors", LEVELS).status, 200);
    let [line] = audit(&server, "limit=1").try_into().unwrap();
    assert_eq!(line["after"], json!({"imp_travel": {"enabled": true, "risk_level": "low"}}));
    assert!(line["before"]["imp_travel"]["enabled"].is_boolean(), "{line}");
    assert_eq!(line["before"].as_object().unwrap().len(), 1);

    let body = r#"{"integration_type":"Okta","tenant_url":"https://new.okta.com"}"#;
    let id = id_of(&change(&server, "POST {R}/integrations", body));
    let [line] = audit(&server, "limit=1").try_into().unwrap();
    assert_eq!((&line["target"], &line["target_name"]), (&json!(id), &json!("new.okta.com")));
    assert_eq!((&line["before"], &line["after"]["active"]), (&Value::Null, &json!(true)));

    let delete = format!("DELETE {{R}}/integrations/{id}");
    assert_eq!(change(&server, &delete, "").status, 200);
    assert_eq!(change(&server, &delete, "").status, 404);
    let [gone, deleted] = audit(&server, "limit=2").try_into().unwrap();
    assert_eq!(
        (&deleted["target_name"], &deleted["state"]),
        (&json!("new.okta.com"), &json!("succeeded"))
    );
    assert_eq!(
        (&deleted["before"]["tenant_url"], &deleted["after"]),
        (&json!("https://new.okta.com"), &Value::Null)
    );
    assert_eq!((&gone["target_name"], &gone["state"]), (&Value::Null, &json!("refused")));
    assert_eq!(audit(&server, "").len(), 5);
}

#[test]
fn what_fails_upstream_is_told_apart() {
    let server = Server::start(&["demo"]);
    for (user, status, state) in [
        ("fa11ed00-0000-4000-8000-000000000001", 403, "refused"),
        ("fa11ed00-0000-4000-8000-000000000003", 429, "refused"),
        ("fa11ed00-0000-4000-8000-000000000004", 502, "unknown"),
        ("fa11ed00-0000-4000-8000-000000000002", 504, "unknown"),
    ] {
        assert_eq!(reset(&server, user, "").status, status);
        let [line] = audit(&server, &format!("target={user}")).try_into().unwrap();
        assert_eq!(line["state"], state, "{line}");
        assert!(line["finished_at"].is_string());
    }
    let high = LEVELS.replace("imp_travel", "suspicious_domain").replace("low", "high");
    assert_eq!(change(&server, "PUT {R}/behaviors", &high).status, 500);
    assert_eq!(audit(&server, "state=failed").len(), 1);
    assert_eq!(audit(&server, "state=unknown").len(), 2);
}

#[test]
fn a_refused_request_leaves_no_line_and_reads_are_for_admins() {
    let server = Server::start(&["demo", "--role", "operator"]);
    assert_eq!(change(&server, "PUT {R}/behaviors", LEVELS).refusal(), (403, 994_031));
    assert_eq!(get(server.address, "/api/v1/audit").refusal(), (403, 994_031));

    let server = Server::start(&["demo"]);
    assert_eq!(change(&server, "PUT {R}/behaviors", "{").status, 400);
    assert_eq!(get(server.address, "/api/v1/audit?order=asc").refusal(), (400, 994_003));
    let empty = get(server.address, "/api/v1/audit");
    assert_eq!(empty.json()["result"], json!([]));
    assert_eq!(empty.json()["result_info"], json!({"count": 0}));
    assert_eq!(empty.header("cache-control"), "no-store");
    assert_eq!(empty.header("x-request-id").len(), 36);
}

#[test]
fn pages_follow_the_cursor() {
    let server = Server::start(&["demo"]);
    for _ in 0..5 {
        assert_eq!(change(&server, "PUT {R}/behaviors", LEVELS).status, 200);
    }
    let (mut query, mut ids) = ("limit=2".to_owned(), Vec::new());
    loop {
        let page = get(server.address, &format!("/api/v1/audit?{query}")).json();
        ids.extend(page["result"].as_array().unwrap().iter().map(|line| line["id"].as_u64()));
        match page["result_info"]["cursor"].as_str() {
            Some(cursor) => query = format!("limit=2&cursor={cursor}"),
            None => break,
        }
    }
    assert_eq!(ids, [9, 7, 5, 3, 1].map(Some));
}

/// D7: no record, no change.
#[test]
fn d7_what_can_not_be_put_on_record_is_not_done() {
    let file = File::new("no-record");
    let server = Server::start(&["demo", "--database", file.path()]);
    let user = somebody(&server);
    let full = "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END";
    Connection::open(file.path()).unwrap().execute_batch(full).unwrap();

    let answer = reset(&server, &user, "");
    assert_eq!(answer.refusal(), (503, 995_032), "{}", answer.text());
    assert!(answer.text().contains("Nothing changed"));
    assert!(users(&server).iter().any(|row| row["user_id"] == user.as_str()), "it was reset");
    assert!(audit(&server, "").is_empty());

    Connection::open(file.path()).unwrap().execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(reset(&server, &user, "").status, 200);
    assert_eq!(audit(&server, "state=succeeded").len(), 1);
    server.terminate();
    let (_, logs) = server.finish();
    assert!(logs.contains("a change can't be put on record and was refused"), "{logs}");
}

#[test]
fn the_log_outlives_the_server_and_is_checked_and_written_out() {
    let file = File::new("outlives");
    let server = Server::start(&["demo", "--database", file.path()]);
    assert_eq!(reset(&server, &somebody(&server), "%3D1%2B1").status, 200);
    assert_eq!(change(&server, "PUT {R}/behaviors", LEVELS).status, 200);
    let lines = audit(&server, "");

    // While the server runs, and after it.
    let verify =
        |more: &[&str]| run(&[&["audit", "verify", "--database", file.path()], more].concat());
    let said = |output: &std::process::Output| {
        String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
    };
    let report = said(&verify(&[]));
    assert!(report.contains("4 records, 2 changes: 2 succeeded; head 4:"), "{report}");
    server.terminate();
    let (_, logs) = server.finish();
    let logged = logs.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let heads: Vec<String> =
        logged.filter_map(|line| line["audit_head"].as_str().map(str::to_owned)).collect();
    assert_eq!(heads.len(), 2);
    assert_eq!(verify(&["--head", &heads[0]]).status.code(), Some(0));

    let export = |format| run(&["audit", "export", "--database", file.path(), "--format", format]);
    let jsonl = export("jsonl");
    assert_eq!(jsonl.status.code(), Some(0));
    let mut exported: Vec<Value> = String::from_utf8(jsonl.stdout)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    exported.reverse();
    assert_eq!(exported, lines);
    let csv = String::from_utf8(export("csv").stdout).unwrap();
    assert!(csv.starts_with("id,at,actor,role,operation,target,target_name,reason,batch,state,before,after,request_id,cf_ray,finished_at,hash\r\n"));
    assert!(csv.contains(",'=1+1,"), "B5: {csv}");

    let meddling = "DROP TRIGGER audit_no_update; UPDATE audit SET actor = 'Nobody' WHERE seq = 1";
    Connection::open(file.path()).unwrap().execute_batch(meddling).unwrap();
    let found = verify(&[]);
    assert_eq!(found.status.code(), Some(1));
    assert!(said(&found).contains("record 1 is not what was written"), "{}", said(&found));
}

#[test]
fn a_database_that_is_not_there_is_wrong_usage() {
    let file = File::new("not-there");
    for command in ["verify", "export"] {
        let output = run(&["audit", command, "--database", file.path()]);
        assert_eq!(output.status.code(), Some(2));
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(text.contains("There is no database") && text.contains("--database"), "{text}");
        assert!(!std::path::Path::new(file.path()).exists(), "reading must not make it");
    }
    let output = run(&["demo", "--listen", "127.0.0.1:0", "--database", "/not/there/riskdesk.db"]);
    assert_eq!(output.status.code(), Some(1));
    let odd = run(&["audit", "verify", "--head", "12"]);
    assert_eq!(odd.status.code(), Some(2));
}
