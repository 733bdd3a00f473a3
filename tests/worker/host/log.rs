//! D7 and D8 on Workers: what the audit log on D1 promises, through many changes at a time and
//! through a kill. The native program reads the database's file.

use std::{
    net::SocketAddr,
    process::Command,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use conformance::{Access, Host, Sent, Socket, Upstream, cases, mint::Issuer};
use riskdesk_worker_tests::{Folder, RISKDESK, Worker, place};
use serde_json::Value;

use crate::site;

/// So many changes are under way together.
const AT_A_TIME: usize = 200;

/// Asks for the change of this number, which is of a user of its own; the request ID of the answer,
/// if a good one came.
fn change(
    address: SocketAddr,
    upstream: &Upstream,
    issuer: &Issuer,
    number: usize,
) -> Option<String> {
    let line = format!("POST {{R}}/{number:08x}-6f1c-4c6e-8c79-0f4f6d9b7a10/reset");
    let request = cases::request(issuer, &line).from_own_page();
    let request = request.with("x-riskdesk-reason", number.to_string());
    let answer = Socket::new(address, upstream).send(&Sent::Request(request))?;
    let good = answer.status == 200 && answer.text().contains("\"success\":true");
    good.then(|| answer.header("x-request-id").to_owned())
}

/// Asks for `count` changes, as many at a time as there may be; kills the Worker after `answers`.
fn changes(
    worker: &Worker,
    upstream: &Upstream,
    issuer: &Issuer,
    count: usize,
    answers: usize,
) -> Vec<String> {
    let (next, answered) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= count {
                        break;
                    }
                    let Some(id) = change(worker.address, upstream, issuer, number) else { break };
                    let mut answered = answered.lock().expect("nobody panics with it");
                    answered.push(id);
                    if answered.len() == answers {
                        worker.kill();
                    }
                }
            });
        }
    });
    answered.into_inner().expect("nobody panics with it")
}

/// What the native program makes of the log: verified, then line by line.
fn lines(folder: &Folder) -> Vec<Value> {
    let run = |command: &str| {
        let mut program = Command::new(place(RISKDESK));
        program.args(["audit", command, "--database"]).arg(folder.database());
        let output = program.output().expect("the program runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it prints text")
    };
    println!("{}", run("verify").trim_end());
    run("export").lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect()
}

/// How many went upstream, beside the looks.
fn sent(upstream: &Upstream) -> usize {
    upstream.take().iter().filter(|call| call.line.starts_with("POST ")).count()
}

fn with(lines: &[Value], state: &str) -> usize {
    lines.iter().filter(|line| line["state"] == state).count()
}

#[test]
fn d7_two_hundred_changes_at_a_time_are_one_chain() {
    let (access, upstream) = (Access::start(), Upstream::start());
    let folder = site::folder(&access, upstream.address, &[]);
    let worker = Worker::start(&folder);
    let count = 2 * AT_A_TIME;
    let answered = changes(&worker, &upstream, &access.issuer(), count, usize::MAX);
    assert_eq!((answered.len(), sent(&upstream)), (count, count), "{}", worker.output());
    drop(worker);
    let lines = lines(&folder);
    assert_eq!((lines.len(), with(&lines, "succeeded")), (count, count));
    let mut reasons: Vec<&str> = lines.iter().filter_map(|line| line["reason"].as_str()).collect();
    reasons.sort_unstable();
    reasons.dedup();
    assert_eq!(reasons.len(), count, "none is on record twice");
}

#[test]
fn d8_a_kill_of_the_runtime_loses_no_record_of_what_was_done() {
    let (access, upstream) = (Access::start(), Upstream::start());
    let folder = site::folder(&access, upstream.address, &[]);
    let worker = Worker::start(&folder);
    let answered = changes(&worker, &upstream, &access.issuer(), 1_000, 150);
    assert!(answered.len() >= 150, "{}: {}", answered.len(), worker.output());
    drop(worker);

    let before = lines(&folder);
    let sent = sent(&upstream);
    for id in &answered {
        let of = before.iter().filter(|line| line["request_id"] == id.as_str());
        let states: Vec<&Value> = of.map(|line| &line["state"]).collect();
        assert_eq!(states, ["succeeded"], "{id} was answered");
    }
    // An intent comes before its change, and an outcome after it.
    assert!(with(&before, "succeeded") <= sent && sent <= before.len(), "{sent}");
    let open = with(&before, "intent");
    println!("{} answered, {sent} upstream, {} intents, {open} open", answered.len(), before.len());

    // The next object closes what was left open.
    let worker = Worker::start(&folder);
    let another = change(worker.address, &upstream, &access.issuer(), 1_000);
    assert!(another.is_some(), "{}", worker.output());
    drop(worker);
    let after = lines(&folder);
    assert!(after.iter().all(|line| line["finished_at"].is_string()));
    assert_eq!(with(&after, "succeeded") + with(&after, "unknown"), after.len());
}
