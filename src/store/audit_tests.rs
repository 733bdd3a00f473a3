//! The statements on a real SQLite.

use model::{AuditOutcome, OperationKind};
use rusqlite::{Connection, params_from_iter, types::ValueRef};

use super::*;
use crate::{
    chain::{Draft, append},
    migrations,
    testing::{at, intent, outcome},
    verify::Verifier,
};

fn database() -> Connection {
    let connection = Connection::open_in_memory().unwrap();
    connection.execute_batch(migrations::PREPARE).unwrap();
    for step in migrations::pending(0).unwrap() {
        connection.execute_batch(step.script).unwrap();
        change(&connection, &migrations::done(step, 0));
    }
    assert_eq!(rows(&connection, &migrations::version()), [[Value::Integer(1)]]);
    connection
}

fn bound(statement: &Statement) -> impl Iterator<Item = rusqlite::types::Value> {
    statement.parameters.clone().into_iter().map(|value| match value {
        Value::Null => rusqlite::types::Value::Null,
        Value::Integer(number) => number.into(),
        Value::Text(text) => text.into(),
    })
}

fn change(connection: &Connection, statement: &Statement) -> usize {
    connection.execute(&statement.sql, params_from_iter(bound(statement))).unwrap()
}

fn rows(connection: &Connection, statement: &Statement) -> Vec<Vec<Value>> {
    let mut prepared = connection.prepare(&statement.sql).unwrap();
    let width = prepared.column_count();
    let cell = |value: ValueRef<'_>| match value {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(number) => Value::Integer(number),
        ValueRef::Text(text) => Value::Text(String::from_utf8(text.to_vec()).unwrap()),
        other => panic!("{other:?}"),
    };
    let read = prepared.query_map(params_from_iter(bound(statement)), |row| {
        (0..width).map(|column| row.get_ref(column).map(cell)).collect()
    });
    read.unwrap().collect::<Result<_, _>>().unwrap()
}

fn head_of(connection: &Connection) -> Head {
    read_head(rows(connection, &head()).first().map(Vec::as_slice)).unwrap()
}

fn write(connection: &Connection, draft: &Draft) -> u64 {
    let record = append(&head_of(connection), draft);
    assert_eq!(change(connection, &insert(&record)), 1);
    record.seq
}

/// When the lines are read: long after the first ones, a second after the last.
const NOW: i64 = 1_000_000;

/// 1 succeeded; 3 refused; 5 made something; 7 is old and open; 8 is new and open.
fn log() -> Connection {
    let connection = database();
    let write = |draft| write(&connection, &draft);
    write(intent("Jane@acme.example", 1_000));
    write(outcome(1, AuditState::Succeeded, 1_500));
    write(intent("bob", 2_000));
    write(outcome(3, AuditState::Refused, 2_500));
    let Draft::Intent(mut create) = intent("bob", 3_000) else { panic!("an intent") };
    create.operation = "create_integration".into();
    (create.target, create.target_name) = (None, None);
    write(Draft::Intent(create));
    let made = AuditOutcome {
        at: at(3_500),
        state: AuditState::Succeeded,
        target: Some("new-id".into()),
        target_name: Some("acme.okta.com".into()),
        after: Some(serde_json::json!({"active": true})),
        cf_ray: None,
    };
    write(Draft::Outcome { intent: 5, outcome: made });
    write(intent("jane@ACME.example", 4_000));
    write(intent("bob", NOW - 1_000));
    connection
}

fn lines(connection: &Connection, statement: &Statement) -> Vec<AuditEntry> {
    let rows = rows(connection, statement);
    rows.iter().map(|row| read_line(row, at(NOW)).unwrap()).collect()
}

/// What the SQL finds, and the log in memory with it.
fn ids(connection: &Connection, query: &str) -> Vec<u64> {
    let query = AuditQuery::parse(query).unwrap();
    let found = lines(connection, &page(&query, at(NOW)));
    let records = rows(connection, &records_after(0, 1_000));
    let memory: crate::Log = records.iter().map(|row| Record::from_row(row).unwrap()).collect();
    assert_eq!(memory.page(&query, at(NOW)), found, "{query:?}");
    found.iter().map(|line| line.id).collect()
}

#[test]
fn lines_are_folded_filtered_and_paged() {
    let log = log();
    for (query, expected) in [
        ("", &[8, 7, 5, 3, 1][..]),
        ("limit=2", &[8, 7, 5]),
        ("cursor=7&limit=1", &[5, 3]),
        ("cursor=1", &[]),
        ("actor=JANE@acme.example", &[7, 1]),
        ("actor=jane", &[]),
        ("operation=create_integration", &[5]),
        ("target=9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10&actor=bob", &[8, 3]),
        ("target=new-id", &[5]),
        ("target=ACME.okta.com", &[5]),
        ("target=Zo%C3%AB%20adams&limit=1000", &[8, 7, 3, 1]),
        ("state=succeeded", &[5, 1]),
        ("state=refused", &[3]),
        ("state=failed", &[]),
        ("state=unknown", &[7]),
        ("state=intent", &[8]),
        ("since=1970-01-01T00:00:02Z&until=1970-01-01T00:00:04Z", &[5, 3]),
        ("actor=x'%20OR%201=1%20--", &[]),
    ] {
        assert_eq!(ids(&log, query), expected, "{query}");
    }
}

#[test]
fn a_line_tells_what_both_records_do() {
    let log = log();
    let lines = lines(&log, &lines_after(0, 10));
    let [jane, refused, made, crashed, running] = lines.as_slice() else { panic!("{lines:?}") };
    assert_eq!((jane.id, jane.at, jane.finished_at), (1, at(1_000), Some(at(1_500))));
    assert_eq!(jane.before, Some(serde_json::json!({"risk_level": "high"})));
    assert_eq!(
        (jane.cf_ray.as_deref(), jane.reason.as_deref()),
        (Some("8f00-TXL"), Some("Laptop found"))
    );
    assert_eq!(refused.state, AuditState::Refused);
    assert_eq!(
        (made.target.as_deref(), made.target_name.as_deref()),
        (Some("new-id"), Some("acme.okta.com"))
    );
    assert_eq!(made.after, Some(serde_json::json!({"active": true})));
    assert_eq!((crashed.state, crashed.finished_at), (AuditState::Unknown, None));
    assert_eq!(running.state, AuditState::Intent);
    let hashes = rows(&log, &records_after(0, 10));
    assert_eq!(Value::Text(running.hash.clone()), hashes[7][15]);
    assert_eq!(Value::Text(jane.hash.clone()), hashes[1][15]);
}

#[test]
fn an_unknown_outcome_may_be_found_out_later() {
    let log = log();
    assert_eq!(rows(&log, &open()), [[Value::Integer(7)], [Value::Integer(8)]]);
    write(&log, &outcome(7, AuditState::Unknown, 5_000));
    assert_eq!(ids(&log, "state=unknown"), [7]);
    write(&log, &outcome(7, AuditState::Failed, 6_000));
    assert!(ids(&log, "state=unknown").is_empty());
    assert_eq!(ids(&log, "state=failed"), [7]);
    assert_eq!(rows(&log, &open()), [[Value::Integer(8)]]);
}

#[test]
fn of_two_writers_with_one_head_the_second_is_refused() {
    let log = log();
    let head = head_of(&log);
    assert_eq!(change(&log, &insert(&append(&head, &intent("first", 1)))), 1);
    let second = insert(&append(&head, &intent("second", 1)));
    let error = log.execute(&second.sql, params_from_iter(bound(&second))).unwrap_err();
    assert!(error.to_string().contains(TAKEN), "{error}");
    assert_eq!(head_of(&log).seq, head.seq + 1);
}

#[test]
fn the_table_only_grows_and_remembers_how_far() {
    let log = log();
    for meddling in
        ["UPDATE audit SET actor = 'x' WHERE seq = 1", "DELETE FROM audit WHERE seq = 8"]
    {
        let error = log.execute(meddling, []).unwrap_err();
        assert!(error.to_string().contains("append-only"), "{error}");
    }
    let verified = |log: &Connection| {
        let mut verifier = Verifier::new(None);
        for row in rows(log, &records_after(0, 100)) {
            let record = Record::from_row(&row);
            verifier.check(record.as_ref().map_err(Clone::clone));
        }
        let [given] = rows(log, &last_given()).remove(0).try_into().unwrap();
        let Value::Integer(given) = given else { panic!("{given:?}") };
        verifier.finish(u64::try_from(given).unwrap())
    };
    assert!(verified(&log).is_sound());
    log.execute_batch("DROP TRIGGER audit_no_delete; DELETE FROM audit WHERE seq = 8").unwrap();
    assert_eq!(verified(&log).faults, [crate::verify::Fault::End { found: 7, given: 8 }]);
}

/// Lines are read newest first, so a time needs no index of its own: what is looked for is near.
#[test]
fn names_are_looked_up_in_indexes() {
    let log = log();
    for (query, index) in [("actor=bob", "audit_actor"), ("target=x", "audit_target_name")] {
        let mut statement = page(&AuditQuery::parse(query).unwrap(), at(NOW));
        statement.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let plan = format!("{:?}", rows(&log, &statement));
        assert!(plan.contains(index), "{query}: {plan}");
    }
    // An outcome is found by its intent, a page by its cursor, and the end of the log by itself.
    for query in ["", "cursor=5", "state=refused", "since=2026-09-21T14:13:21Z"] {
        let mut statement = page(&AuditQuery::parse(query).unwrap(), at(NOW));
        statement.sql = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        let plan = format!("{:?}", rows(&log, &statement));
        assert!(plan.contains("audit_intent"), "{query}: {plan}");
        assert!(plan.contains("SEARCH o USING INTEGER PRIMARY KEY"), "{query}: {plan}");
        assert!(!plan.contains("TEMP B-TREE"), "{query}: {plan}");
    }
    let newest = Statement::plain(format!("EXPLAIN QUERY PLAN {}", head().sql));
    let plan = format!("{:?}", rows(&log, &newest));
    assert!(!plan.contains("TEMP B-TREE"), "{plan}");
}

#[test]
fn every_change_can_be_looked_for() {
    for kind in OperationKind::ALL.into_iter().filter(|kind| kind.is_write()) {
        assert!(ids(&database(), &format!("operation={}", kind.spec().name)).is_empty());
    }
}
