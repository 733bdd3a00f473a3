//! What Prometheus reads, and what a load balancer does.

use std::net::TcpListener;

use rusqlite::Connection;

use conformance::{Access, RISK, TOKEN, mint::Key};

use crate::{
    database::File,
    program::{Server, run},
    serve::{Files, LEVELS, OWN_PAGE, ask, flags, serve, serve_with, user},
    wire::{get, send},
};

/// The numbers of the metrics that are named so, whatever their labels.
fn sum(text: &str, name: &str) -> f64 {
    let lines = text
        .lines()
        .filter(|line| line.strip_prefix(name).is_some_and(|rest| rest.starts_with(['{', ' '])));
    lines.filter_map(|line| line.rsplit_once(' ')?.1.parse::<f64>().ok()).sum()
}

#[test]
fn metrics_are_served_on_their_own_address_and_count_what_happens() {
    let access = Access::start();
    let sim = Server::start(&["sim", "--users", "20", "--token", TOKEN]);
    let (mut server, _files) =
        serve_with(&access, sim.address, &["--metrics-listen", "127.0.0.1:0"]);
    let own = server.next_address();
    let admin = user(&access, "admin@corp.example");
    for _ in 0..3 {
        assert_eq!(ask(&server, &format!("GET {RISK}/summary"), &admin, "", "").status, 200);
    }
    let change = format!("PUT {RISK}/behaviors");
    assert_eq!(ask(&server, &change, &admin, OWN_PAGE, LEVELS).status, 200);
    assert_eq!(ask(&server, &change, &admin, "", LEVELS).status, 403);
    assert_eq!(get(server.address, "/api/v1/whoami").status, 401);
    // The app, or the word that it was not built.
    let _ = get(server.address, "/users/secret@corp.example");
    let forged = Key::unpublished().assertion(&access.issuer().user("admin@corp.example"));
    assert_eq!(ask(&server, "GET /api/v1/whoami", &forged, "", "").status, 401);

    let answer = get(own, "/metrics");
    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), "text/plain; version=0.0.4; charset=utf-8");
    let text = answer.text();
    for line in [
        concat!("riskdesk_build_info{version=\"", env!("CARGO_PKG_VERSION"), "\"} 1"),
        "riskdesk_requests_total{operation=\"summary\",status=\"2xx\",refusal=\"\"} 3",
        "riskdesk_requests_total{operation=\"update_behaviors\",status=\"4xx\",refusal=\"994032\"} 1",
        "riskdesk_refused_assertions_total{doubt=\"missing\"} 1",
        "riskdesk_refused_assertions_total{doubt=\"unknown_key\"} 1",
        "riskdesk_upstream_seconds_count{operation=\"update_behaviors\"} 1",
        "riskdesk_audit_record_seconds_count 2",
        "riskdesk_audit_open_changes 0",
        "riskdesk_audit_queue 0",
        "riskdesk_assertion_cache_hits_total 4",
        "riskdesk_assertion_cache_misses_total 2",
        "riskdesk_access_keys 1",
        "riskdesk_access_key_fetches_total 1",
        "riskdesk_access_key_failures_total 0",
        "riskdesk_clock_behind_seconds 0",
    ] {
        assert!(text.lines().any(|own| own == line), "{line}: {text}");
    }
    assert!(sum(&text, "riskdesk_access_keys_age_seconds") < 60.0);
    assert_eq!(sum(&text, "riskdesk_requests_total"), 8.0, "{text}");
    for private in ["@", "secret", "admin@", TOKEN, "/client", "0123456789abcdef"] {
        assert!(!text.contains(private), "{private}: {text}");
    }

    // Nothing else is there, and the metrics are nowhere else.
    for path in ["/", "/healthz", "/api/v1/whoami", "/metrics/", &format!("{RISK}/summary")] {
        assert_eq!(get(own, path).status, 404, "{path}");
    }
    assert_eq!(send(own, "POST /metrics", "x").status, 405);
    assert!(!get(server.address, "/metrics").text().contains("riskdesk_requests"));
    assert_eq!(send(own, "HEAD /metrics", "").body, b"");
}

#[test]
fn a_fault_of_the_upstream_is_counted_by_its_kind() {
    let access = Access::start();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (mut server, _files) = serve_with(&access, gone, &["--metrics-listen", "127.0.0.1:0"]);
    let own = server.next_address();
    let admin = user(&access, "admin@corp.example");
    assert_eq!(ask(&server, &format!("GET {RISK}/behaviors"), &admin, "", "").status, 502);
    let text = get(own, "/metrics").text();
    let line = "riskdesk_upstream_faults_total{operation=\"behaviors\",fault=\"unreachable\"} 1";
    assert!(text.contains(line), "{text}");
}

#[test]
fn an_address_that_others_reach_is_warned_of() {
    let access = Access::start();
    let upstream = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (server, _files) = serve_with(&access, upstream, &["--metrics-listen", "0.0.0.0:0"]);
    server.terminate();
    let (_, logs) = server.finish();
    assert!(logs.contains("others can read the metrics at this address"), "{logs}");
}

#[test]
fn an_address_in_use_is_named_with_its_own_flag() {
    let access = Access::start();
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap();
    let files = Files::new(TOKEN);
    let mut arguments = vec!["serve".to_owned(), "--listen".to_owned(), "127.0.0.1:0".to_owned()];
    arguments.extend(flags(&access, address, &files));
    arguments.extend(["--metrics-listen".to_owned(), address.to_string()]);
    let output = run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains(&format!("{address} is in use")), "{said}");
    assert!(said.contains("choose another port: --metrics-listen 127.0.0.1:"), "{said}");
}

#[test]
fn ready_is_who_has_keys_and_can_write_its_log() {
    let file = File::new("ready");
    let server = Server::start(&["demo", "--database", file.path()]);
    assert_eq!(get(server.address, "/readyz").status, 200);
    let full = "CREATE TRIGGER full BEFORE INSERT ON audit BEGIN SELECT RAISE(ABORT, 'full'); END";
    Connection::open(file.path()).unwrap().execute_batch(full).unwrap();
    assert_eq!(get(server.address, "/readyz").refusal(), (503, 995_034));
    assert_eq!(get(server.address, "/healthz").status, 200);
    Connection::open(file.path()).unwrap().execute_batch("DROP TRIGGER full").unwrap();
    assert_eq!(get(server.address, "/readyz").status, 200);
    let records =
        "SELECT count(*) + (SELECT count(*) FROM sqlite_sequence WHERE seq > 0) FROM audit";
    let left: i64 =
        Connection::open(file.path()).unwrap().query_row(records, [], |row| row.get(0)).unwrap();
    assert_eq!(left, 0, "trying leaves nothing");

    let access = Access::start();
    access.publish("{}".to_owned());
    let upstream = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (server, _files) = serve(&access, upstream);
    assert_eq!(get(server.address, "/readyz").refusal(), (503, 995_031));
    assert_eq!(get(server.address, "/healthz").status, 200);
}
