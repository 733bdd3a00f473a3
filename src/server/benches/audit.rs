//! How the audit log's costs grow with its records: a change (an intent and an outcome, each on disk
//! before the next), and each way to look for lines. On a file, as `riskdesk serve` has it.
//! `cargo xtask bench audit [RECORDS,…]`.

#[path = "../audit/database.rs"]
#[allow(dead_code, reason = "only what is measured is used")]
mod database;

use std::{fs, time::Instant};

use chrono::{DateTime, Utc};
use database::Database;
use model::{AuditIntent, AuditOutcome, AuditQuery, AuditState, Role};
use store::Draft;

const RUNS: usize = 15;
/// So many records are written in one go while the log is filled.
const CHUNK: u64 = 10_000;
/// So many people make changes, and so many are changed.
const ACTORS: u64 = 50;
const TARGETS: u64 = 5_000;

const QUERIES: [(&str, &str); 6] = [
    ("newest", ""),
    ("a page far back", "cursor=100"),
    ("by actor", "actor=a7@corp.example"),
    ("by target", "target=9b3ae8a1-6f1c-4c6e-8c79-000000000077"),
    ("since, until", "since=2026-09-21T14:13:21Z&until=2026-09-21T14:13:24Z"),
    ("by state, none", "state=refused"),
];

fn main() {
    let given = std::env::args().skip(1).find(|argument| argument.contains(char::is_numeric));
    let sizes = given.unwrap_or_else(|| "1000,10000,100000,1000000".to_owned());
    println!("ms, the median of {RUNS}\n{:<18}{:>10}", "records", "a change");
    for (name, _) in QUERIES {
        print!("{name:>18}");
    }
    println!();
    for size in sizes.split(',').filter_map(|size| size.parse().ok()) {
        measure(size);
    }
}

fn measure(size: u64) {
    let path = std::env::temp_dir().join(format!("riskdesk-bench-{}.db", std::process::id()));
    let path_of = |end: &str| format!("{}{end}", path.display());
    let mut database = Database::open(&path, at(0)).expect("a file can be made");
    let mut number = 0;
    while number < size / 2 {
        let next = (number + CHUNK / 2).min(size / 2);
        let drafts: Vec<Draft> = (number..next).flat_map(change).collect();
        database.append(&drafts).expect("it can be written");
        number = next;
    }
    let written = median(|| {
        let [intent, outcome] = change(number);
        database.append(&[intent]).expect("it can be written");
        database.append(&[outcome]).expect("it can be written");
        number += 1;
    });
    println!("{size:<18}{written:>10.2}");
    for (_, query) in QUERIES {
        let query = AuditQuery::parse(query).expect("it is a query");
        let time = median(|| {
            database.page(&query, at(2 * number)).expect("it can be read");
        });
        print!("{time:>18.3}");
    }
    println!();
    drop(database);
    for end in ["", "-wal", "-shm"] {
        // What is left in the temporary folder harms nobody.
        let _ = fs::remove_file(path_of(end));
    }
}

#[expect(clippy::disallowed_methods, reason = "time is what is measured")]
fn median(mut work: impl FnMut()) -> f64 {
    let mut times: Vec<f64> = (0..RUNS)
        .map(|_| {
            let started = Instant::now();
            work();
            started.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

fn at(seconds: u64) -> DateTime<Utc> {
    let start = 1_790_000_000;
    let seconds = i64::try_from(seconds).unwrap_or_default();
    DateTime::from_timestamp(start + seconds, 0).expect("a time")
}

/// One change of many, and what became of it.
fn change(number: u64) -> [Draft; 2] {
    let intent = AuditIntent {
        at: at(number),
        actor: format!("a{}@corp.example", number % ACTORS),
        role: Role::Operator,
        operation: "reset_user".into(),
        target: Some(format!("9b3ae8a1-6f1c-4c6e-8c79-{:012x}", number % TARGETS)),
        target_name: Some(format!("Person {}", number % TARGETS)),
        reason: Some("Laptop found".into()),
        batch: None,
        before: Some(serde_json::json!({"risk_level": "high", "event_count": 12})),
        after: None,
        request_id: format!("3f0e5b54-1f4e-4be1-8f0b-{number:012x}"),
    };
    let outcome = AuditOutcome {
        at: at(number),
        state: AuditState::Succeeded,
        target: None,
        target_name: None,
        after: None,
        cf_ray: Some("8f00-TXL".into()),
    };
    [Draft::Intent(intent), Draft::Outcome { intent: 2 * number + 1, outcome }]
}
