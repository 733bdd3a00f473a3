//! D8: `kill -9` in the middle of many changes.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use serde_json::Value;

use crate::{
    database::File,
    demo::RISK,
    program::{Server, run},
    wire::get,
};

/// How many changes are asked for, by how many at a time, and after how many answers it ends.
const CHANGES: usize = 1_000;
const AT_A_TIME: usize = 16;
const ANSWERS: usize = 600;

/// Changes a behavior; the request ID of the answer, if a whole one came.
fn change(address: SocketAddr, number: usize) -> Option<String> {
    let level = ["low", "medium", "high"][number % 3];
    let body =
        format!(r#"{{"behaviors":{{"imp_travel":{{"enabled":true,"risk_level":"{level}"}}}}}}"#);
    let request = format!(
        "PUT {RISK}/behaviors HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
         X-Requested-With: XMLHttpRequest\r\nSec-Fetch-Site: same-origin\r\n\
         X-Riskdesk-Reason: {number}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut stream = TcpStream::connect(address).ok()?;
    stream.write_all(request.as_bytes()).ok()?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).ok()?;
    let (head, body) = answer.split_once("\r\n\r\n")?;
    let whole = head.starts_with("HTTP/1.1 200") && body.ends_with('}');
    let id = head.lines().find_map(|line| line.strip_prefix("x-request-id: "))?;
    whole.then(|| id.to_owned())
}

/// Asks for all changes, and kills the server once enough are answered: those that were.
fn changes_until_killed(server: &Server) -> Vec<String> {
    let (next, answered) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= CHANGES {
                        break;
                    }
                    let Some(id) = change(server.address, number) else { break };
                    let mut answered = answered.lock().expect("nobody panics with it");
                    answered.push(id);
                    if answered.len() == ANSWERS {
                        server.kill();
                    }
                }
            });
        }
    });
    answered.into_inner().expect("nobody panics with it")
}

fn exported(file: &File) -> Vec<Value> {
    let output = run(&["audit", "export", "--database", file.path()]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("an export is text");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn verified(file: &File) {
    let output = run(&["audit", "verify", "--database", file.path()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn d8_a_kill_loses_no_record_of_what_was_done() {
    let file = File::new("killed");
    let mut answered = Vec::new();
    for round in 1..=2 {
        let server = Server::start(&["demo", "--database", file.path()]);
        let ids = changes_until_killed(&server);
        assert!(ids.len() >= ANSWERS, "{}", ids.len());
        assert_eq!(server.finish().0, None, "it was killed");
        answered.extend(ids);

        verified(&file);
        let lines = exported(&file);
        for id in &answered {
            let of = lines.iter().filter(|line| line["request_id"] == id.as_str());
            let states: Vec<&Value> = of.map(|line| &line["state"]).collect();
            assert_eq!(states, ["succeeded"], "{id} was answered");
        }
        let open = lines.iter().filter(|line| line["finished_at"].is_null()).count();
        assert!(open <= AT_A_TIME, "{open} are open");
        println!(
            "round {round}: {} answered, {} intents, {open} open",
            answered.len(),
            lines.len()
        );
    }

    // The next start closes what was left open, and every change has one intent and one outcome.
    let server = Server::start(&["demo", "--database", file.path()]);
    verified(&file);
    for line in exported(&file) {
        assert!(line["finished_at"].is_string(), "{line}");
        assert!(line["state"] == "succeeded" || line["state"] == "unknown", "{line}");
    }
    let open = get(server.address, "/api/v1/audit?state=intent").json();
    assert_eq!(open["result_info"]["count"], 0);
}
