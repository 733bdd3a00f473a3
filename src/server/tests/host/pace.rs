//! L6 and L7: a caller in a loop, and reads that are alike.

use std::{io::Write, net::Shutdown, thread, time::Duration};

use conformance::{
    Access, RISK,
    faulty::{Act, End, Faulty, GOOD},
    mint,
};

use crate::{
    serve::{LEVELS, OWN_PAGE, ask, serve, serve_with, user},
    wire::{connect, get},
};

const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

#[test]
fn l6_a_caller_in_a_loop_gets_its_own_429_and_the_others_are_served() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve_with(&access, upstream.address, &["--caller-limit", "20"]);
    let (looping, other) = (user(&access, "ana@corp.example"), user(&access, "bob@corp.example"));
    let read = format!("GET {RISK}/behaviors");
    let mut refused = 0;
    for _ in 0..60 {
        let answer = ask(&server, &read, &looping, "", "");
        if answer.status != 200 {
            assert_eq!(answer.refusal(), (429, 994_291));
            let wait: u32 = answer.header("retry-after").parse().unwrap();
            assert!((1..=3).contains(&wait), "{wait}");
            assert!(answer.text().contains(&format!("Wait {wait} s")));
            refused += 1;
            assert_eq!(ask(&server, "GET /api/v1/whoami", &looping, "", "").status, 200);
        }
    }
    assert!((30..=40).contains(&refused), "{refused}");
    assert_eq!(upstream.calls("GET /behaviors"), 60 - refused, "what is refused is not sent");
    assert_eq!(ask(&server, &read, &other, "", "").status, 200);
    // A reload with a new session is the same caller.
    let mut issuer = access.issuer();
    issuer.now -= 5;
    let again = mint::key().assertion(&issuer.user("ANA@corp.example"));
    assert_eq!(ask(&server, &read, &again, "", "").refusal(), (429, 994_291));
}

#[test]
fn l7_reads_that_are_alike_share_one_call_within_a_role() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    let late = Act::Late(Duration::from_millis(1500));
    upstream.plan("GET /summary", [late.clone()]);
    upstream.plan(&format!("GET /{ID}"), [late]);
    let viewers: Vec<String> =
        (0..6).map(|number| user(&access, &format!("u{number}@corp.example"))).collect();
    let admin = user(&access, "admin@corp.example");
    thread::scope(|scope| {
        for path in ["/summary", &format!("/{ID}")] {
            for assertion in viewers.iter().chain([&admin]) {
                let (server, line) = (&server, format!("GET {RISK}{path}"));
                scope.spawn(move || {
                    let answer = ask(server, &line, assertion, "", "");
                    assert_eq!((answer.status, answer.text().as_str()), (200, GOOD));
                    assert_eq!(answer.header("x-request-id").len(), 36);
                });
            }
        }
    });
    assert_eq!(upstream.calls("GET /summary"), 2, "one for viewers, one for admins");
    assert_eq!(upstream.calls(&format!("GET /{ID}")), 2);
    // Nothing is kept.
    assert_eq!(ask(&server, &format!("GET {RISK}/summary"), &admin, "", "").status, 200);
    assert_eq!(upstream.calls("GET /summary"), 3);
}

#[test]
fn l7_one_who_hangs_up_does_not_end_it_for_the_others_and_all_do() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    upstream.plan("GET /behaviors", [Act::Late(Duration::from_millis(1500))]);
    let ana = user(&access, "ana@corp.example");
    let begin = || {
        let mut stream = connect(server.address);
        let head = format!(
            "GET {RISK}/behaviors HTTP/1.1\r\nHost: localhost\r\nCf-Access-Jwt-Assertion: {ana}\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).unwrap();
        thread::sleep(Duration::from_millis(300));
        stream
    };
    let first = begin();
    thread::scope(|scope| {
        let second = scope.spawn(|| ask(&server, &format!("GET {RISK}/behaviors"), &ana, "", ""));
        thread::sleep(Duration::from_millis(300));
        first.shutdown(Shutdown::Both).unwrap();
        let answer = second.join().unwrap();
        assert_eq!((answer.status, upstream.calls("GET /behaviors")), (200, 1));
    });
    // When everybody has gone, there is nothing left to join.
    drop(begin());
    thread::sleep(Duration::from_millis(300));
    assert_eq!(ask(&server, &format!("GET {RISK}/behaviors"), &ana, "", "").status, 200);
    assert_eq!(upstream.calls("GET /behaviors"), 3);
    assert_eq!(get(server.address, "/healthz").status, 200);
}

#[test]
fn l7_after_a_change_nobody_is_given_what_was_read_before_it() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    let old = r#"{"success":true,"result":"old"}"#;
    upstream.plan("GET /integrations", [Act::Late(Duration::from_secs(2)), Act::say(200, old)]);
    let admin = user(&access, "admin@corp.example");
    let read = || ask(&server, &format!("GET {RISK}/integrations"), &admin, "", "");
    thread::scope(|scope| {
        let before = scope.spawn(read);
        thread::sleep(Duration::from_millis(300));
        let behaviors = format!("PUT {RISK}/behaviors");
        assert_eq!(ask(&server, &behaviors, &admin, OWN_PAGE, LEVELS).status, 200);
        assert_eq!(read().text(), old, "a call of its own, and not the one that is under way");
        assert_eq!(upstream.calls("GET /integrations"), 2);
        assert_eq!(before.join().unwrap().text(), GOOD);
    });
}

#[test]
fn l7_changes_are_never_shared_and_large_summaries_are_everybodys_own() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    let admin = user(&access, "admin@corp.example");
    upstream.plan("PUT /behaviors", [Act::Late(Duration::from_millis(500))]);
    upstream.plan("GET /summary", [Act::Flood(5_000_000, End::Well)]);
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                let behaviors = format!("PUT {RISK}/behaviors");
                assert_eq!(ask(&server, &behaviors, &admin, OWN_PAGE, LEVELS).status, 200);
            });
            scope.spawn(|| {
                let answer = ask(&server, &format!("GET {RISK}/summary"), &admin, "", "");
                assert!(answer.body.len() > 5_000_000);
                assert!(answer.body.ends_with(b"\r\n0\r\n\r\n"));
            });
        }
    });
    assert_eq!(upstream.calls("PUT /behaviors"), 4);
    assert_eq!(upstream.calls("GET /summary"), 4);
}
