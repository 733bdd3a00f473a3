//! D8: `kill -9` of `riskdesk serve` in the middle of many changes, four times over. What went
//! upstream is counted between the server and a simulated Cloudflare.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use conformance::{ADMIN, Access, Call, RISK, TOKEN, Upstream, mint::key};
use serde_json::Value;

use crate::{
    program::{Server, run},
    serve::{Files, ask, serve_on},
};

/// How many changes are asked for in a round, by how many at a time, and after how many answers
/// the server ends. A round has a simulator of its own: the vendor's limit is 1,200 requests, and
/// a change is two.
const ROUNDS: usize = 4;
const CHANGES: usize = 400;
const AT_A_TIME: usize = 16;
const ANSWERS: usize = 250;

/// Where changes go, and who makes them.
struct Way {
    address: SocketAddr,
    assertion: String,
    /// Changes of one user take turns, so each is of another.
    users: Vec<String>,
}

impl Way {
    fn to(server: &Server, assertion: String) -> Self {
        let summary = ask(server, &format!("GET {RISK}/summary"), &assertion, "", "").json();
        let all = summary["result"]["users"].as_array().expect("users are a list");
        let text = |user: &Value, field: &str| user[field].as_str().unwrap_or_default().to_owned();
        let ordinary =
            all.iter().filter(|user| !text(user, "email").ends_with("@sentinel.example"));
        let users: Vec<String> = ordinary.map(|user| text(user, "user_id")).collect();
        assert!(users.len() >= CHANGES, "{}", users.len());
        Self { address: server.address, assertion, users }
    }

    /// Resets the user of this number; the request ID of the answer, if a whole one came.
    fn change(&self, number: usize) -> Option<String> {
        let Self { address, assertion, users } = self;
        let request = format!(
            "POST {RISK}/{}/reset HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\
             Cf-Access-Jwt-Assertion: {assertion}\r\n\
             X-Requested-With: XMLHttpRequest\r\nSec-Fetch-Site: same-origin\r\n\
             X-Riskdesk-Reason: {number}\r\nContent-Length: 0\r\n\r\n",
            users[number % users.len()]
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
}

/// Asks for all changes of a round, and kills the server once enough are answered: those that
/// were.
fn changes_until_killed(server: &Server, way: &Way, first: usize) -> Vec<String> {
    let (next, answered) = (AtomicUsize::new(first), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= first + CHANGES {
                        break;
                    }
                    let Some(id) = way.change(number) else { break };
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

fn exported(files: &Files) -> Vec<Value> {
    let output = run(&["audit", "export", "--database", files.database()]);
    assert_eq!(output.status.code(), Some(0));
    let text = String::from_utf8(output.stdout).expect("an export is text");
    text.lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

fn verified(files: &Files) {
    let output = run(&["audit", "verify", "--database", files.database()]);
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}

fn is_change(call: &Call) -> bool {
    call.line.starts_with("POST ")
}

fn with(lines: &[Value], state: &str) -> usize {
    lines.iter().filter(|line| line["state"] == state).count()
}

#[test]
fn d8_a_kill_loses_no_record_of_what_was_done() {
    let (access, files) = (Access::start(), Files::new(TOKEN));
    let mut answered = Vec::new();
    let mut upstream_changes = 0;
    for round in 0..ROUNDS {
        let sim = Server::start(&["sim", "--users", "500", "--token", TOKEN]);
        let upstream = Upstream::before(Some(sim.address));
        let server = serve_on(&access, upstream.address, &files, &["--caller-limit", "0"]);
        let assertion = key().assertion(&access.issuer().user(ADMIN));
        let way = Way::to(&server, assertion);
        let ids = changes_until_killed(&server, &way, round * CHANGES);
        assert!(ids.len() >= ANSWERS, "{}", ids.len());
        assert_eq!(server.finish().0, None, "it was killed");
        answered.extend(ids);
        upstream_changes += upstream.take().iter().filter(|call| is_change(call)).count();

        verified(&files);
        let lines = exported(&files);
        for id in &answered {
            let of = lines.iter().filter(|line| line["request_id"] == id.as_str());
            let states: Vec<&Value> = of.map(|line| &line["state"]).collect();
            assert_eq!(states, ["succeeded"], "{id} was answered");
        }
        // Each change has a number of its own: none is on record twice.
        let mut reasons: Vec<&str> =
            lines.iter().filter_map(|line| line["reason"].as_str()).collect();
        reasons.sort_unstable();
        reasons.dedup();
        assert_eq!(reasons.len(), lines.len());
        // An intent comes before its change: no more went upstream than are on record, and all
        // with an outcome did.
        let (open, unknown) = (with(&lines, "intent"), with(&lines, "unknown"));
        assert!(upstream_changes <= lines.len(), "{upstream_changes} of {}", lines.len());
        assert!(upstream_changes >= with(&lines, "succeeded"));
        assert!(open <= AT_A_TIME, "{open} are open");
        println!(
            "round {}: {} answered, {upstream_changes} changes upstream, {} intents, {} outcomes, \
             {open} open, {unknown} unknown",
            round + 1,
            answered.len(),
            lines.len(),
            with(&lines, "succeeded"),
        );
    }

    // The next start closes what was left open, and every change has one intent and one outcome.
    let _server = serve_on(&access, Upstream::start().address, &files, &[]);
    verified(&files);
    let lines = exported(&files);
    for line in &lines {
        assert!(line["finished_at"].is_string(), "{line}");
    }
    let (succeeded, unknown) = (with(&lines, "succeeded"), with(&lines, "unknown"));
    assert_eq!(succeeded + unknown, lines.len());
    println!("after it all: {} intents, {succeeded} outcomes, {unknown} unknown", lines.len());
}
