//! H9: the API token and a session's assertion are in nothing that anybody can read: answers, logs
//! at their most talkative, metrics, help, settings' mistakes, `riskdesk check`, the audit log's
//! export, the app's own files. Each goes through the built program.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener},
    process::Output,
    thread,
};

use conformance::{Access, RISK, TOKEN, mint::Key};

use crate::{
    program::{Server, run, run_with},
    serve::{Files, LEVELS, OWN_PAGE, ask, flags, user},
    wire::{Answer, get, send},
};

/// Everything that anybody could read, and where it was.
#[derive(Default)]
struct Readable(Vec<(String, String)>);

impl Readable {
    fn add(&mut self, place: &str, text: impl Into<String>) {
        self.0.push((place.to_owned(), text.into()));
    }

    fn answer(&mut self, place: &str, answer: &Answer) -> u16 {
        self.add(place, format!("{:?} {}", answer.headers, answer.text()));
        answer.status
    }

    fn output(&mut self, place: &str, output: Output) -> Option<i32> {
        self.add(place, String::from_utf8_lossy(&output.stdout));
        self.add(place, String::from_utf8_lossy(&output.stderr));
        output.status.code()
    }

    fn has(&self, what: &str) -> bool {
        self.0.iter().any(|(_, text)| text.contains(what))
    }
}

/// An upstream that fails in another way each time, and repeats what it was sent where that goes
/// nowhere.
fn failing() -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    let address = listener.local_addr().expect("it has an address");
    let json = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n";
    let faults = [
        "HTTP/1.1 500 Internal Server Error\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<pre>ECHO</pre>".to_owned(),
        "HTTP/1.1 302 Found\r\nLocation: https://evil.example/?ECHO\r\nContent-Length: 0\r\n\r\n".to_owned(),
        "HTTP/1.1 401 Unauthorized\r\nContent-Type: application/json\r\nX-Token: ECHO\r\nConnection: close\r\n\r\n{\"success\":false,\"errors\":[{\"code\":10000,\"message\":\"ECHO\"}],\"messages\":[],\"result\":null}".to_owned(),
        format!("{json}Content-Length: 900\r\nSet-Cookie: a=ECHO\r\n\r\n{{\"success\":true,\"result\":\"ECHO"),
        format!("{json}\r\n[\"ECHO\"]"),
        "ECHO is no HTTP\r\n\r\n".to_owned(),
        String::new(),
    ];
    thread::spawn(move || {
        for (stream, fault) in listener.incoming().flatten().zip(faults.iter().cycle()) {
            let mut reader = BufReader::new(stream);
            let (mut sent, mut line) = (String::new(), String::new());
            while reader.read_line(&mut line).is_ok_and(|length| length > 2) {
                sent += line.trim_end();
                line.clear();
            }
            assert!(sent.contains(TOKEN), "the token goes upstream: {sent}");
            // Whoever has been answered may be gone.
            let _ = reader.get_mut().write_all(fault.replace("ECHO", &sent).as_bytes());
        }
    });
    address
}

/// Uses a server as people do, and as they should not.
fn use_it(server: &Server, assertion: &str, readable: &mut Readable) -> Vec<u16> {
    let mut statuses = Vec::new();
    for _ in 0..8 {
        let answer = ask(server, &format!("GET {RISK}/behaviors"), assertion, "", "");
        statuses.push(readable.answer("a read", &answer));
        let answer = ask(server, &format!("PUT {RISK}/behaviors"), assertion, OWN_PAGE, LEVELS);
        statuses.push(readable.answer("a change", &answer));
    }
    for line in [
        "GET /api/v1/whoami",
        "GET /api/v1/audit",
        "GET /api/v1/audit?x=1",
        "TRACE /api/v1/whoami",
        "GET /client/v4/zones",
        "GET /healthz",
        "GET /readyz",
        "GET /",
        "GET /metrics",
    ] {
        readable.answer(line, &ask(server, line, assertion, "", ""));
    }
    // The app's own files, as the page names them; there are none where it was not built.
    let page = get(server.address, "/").text();
    for file in page.split(['"', '\'']).filter(|word| word.starts_with('/') && word.contains('.')) {
        readable.answer(file, &get(server.address, file));
    }
    let reason = "X-Riskdesk-Reason: canary%20found";
    let answer = ask(
        server,
        &format!("PUT {RISK}/behaviors"),
        assertion,
        &format!("{OWN_PAGE}\n{reason}"),
        "{",
    );
    readable.answer("a bad change", &answer);
    // A good assertion where none belongs, and bad ones.
    let twice = format!("Cf-Access-Jwt-Assertion: {assertion}");
    readable.answer("twice", &ask(server, "GET /api/v1/whoami", assertion, &twice, ""));
    for bad in [&assertion[1..], &assertion[..assertion.len() - 4], &assertion.repeat(30)] {
        readable.answer("a bad assertion", &ask(server, "GET /api/v1/whoami", bad, "", ""));
    }
    let cookie = format!("GET /api/v1/whoami\nCookie: CF_Authorization={assertion}");
    readable.answer("a cookie", &send(server.address, &cookie, ""));
    statuses
}

#[test]
fn h9_the_token_and_assertions_are_nowhere_to_be_read() {
    let mut readable = Readable::default();
    let access = Access::start();
    let sim = Server::start(&["sim", "--users", "20", "--token", TOKEN]);
    let assertion = user(&access, "admin@corp.example");
    let forged = Key::unpublished().assertion(&access.issuer().user("admin@corp.example"));

    for (what, upstream, good) in [("well", sim.address, true), ("failing", failing(), false)] {
        let files = Files::new(TOKEN);
        let flags = flags(&access, upstream, &files);
        let arguments: Vec<&str> = ["serve", "--metrics-listen", "127.0.0.1:0"]
            .into_iter()
            .chain(flags.iter().map(String::as_str))
            .collect();
        let mut server = Server::start_talkative(&arguments);
        let metrics = server.next_address();
        let statuses = use_it(&server, &assertion, &mut readable);
        let as_expected = |status: &u16| (*status == 200) == good;
        assert!(statuses.iter().all(as_expected), "{what}: {statuses:?}");
        readable.answer("forged", &ask(&server, "GET /api/v1/whoami", &forged, "", ""));
        readable.answer("metrics", &get(metrics, "/metrics"));

        let check: Vec<&str> =
            ["check"].into_iter().chain(flags.iter().map(String::as_str)).collect();
        let code = readable.output("check", run_with(&check, &[("RUST_LOG", "trace")]));
        assert!(code == Some(0) || !good, "{what}: {code:?}");

        server.terminate();
        let (code, logs) = server.finish();
        assert_eq!(code, Some(0), "{logs}");
        assert!(logs.contains("\"DEBUG\"") && logs.contains("\"TRACE\""), "it is talkative");
        readable.add(&format!("logs, {what}"), logs);
        for format in ["jsonl", "csv"] {
            let export = ["audit", "export", "--format", format, "--database", files.database()];
            assert_eq!(readable.output("export", run(&export)), Some(0));
        }
        let verify = ["audit", "verify", "--database", files.database()];
        assert_eq!(readable.output("verify", run(&verify)), Some(0));
        let mut database = Vec::new();
        fs::File::open(files.database()).unwrap().read_to_end(&mut database).unwrap();
        readable.add("database", String::from_utf8_lossy(&database));
    }

    for command in [&["--help"][..], &["serve", "--help"], &["check", "--help"], &["sim", "--help"]]
    {
        let help = run_with(command, &[("CLOUDFLARE_API_TOKEN", TOKEN)]);
        assert_eq!(readable.output("help", help), Some(0));
    }
    let odd = format!("{TOKEN} and more");
    let token_file = Files::new(&odd);
    let path = token_file.path();
    for (arguments, environment) in [
        (&["serve"][..], &[("CLOUDFLARE_API_TOKEN", odd.as_str())][..]),
        (&["serve", "--api-token-file", &path], &[]),
        (&["serve", "--config", &path], &[]),
        (&["check", "--api-token-file", &path], &[("CLOUDFLARE_API_TOKEN", TOKEN)]),
        (&["serve", "--api-token", TOKEN], &[]),
    ] {
        let code = readable.output("mistakes", run_with(arguments, environment));
        assert_eq!(code, Some(2), "{arguments:?}");
    }

    // What was looked through is what it should be.
    for seen in ["riskdesk_requests_total", "995022", "995026", "994011", "Usage:", "good: "] {
        assert!(readable.has(seen), "{seen} was not read");
    }
    let (_, signature) = assertion.rsplit_once('.').unwrap();
    let parts: Vec<&str> = assertion.split('.').collect();
    for (name, secret) in [
        ("the token", TOKEN),
        ("the assertion", &assertion),
        ("its payload", parts[1]),
        ("its signature", signature),
        ("a forged assertion's signature", forged.rsplit_once('.').unwrap().1),
    ] {
        for (place, text) in &readable.0 {
            if let Some(at) = text.find(secret) {
                let around: String = text[..at].chars().rev().take(200).collect();
                let around: String = around.chars().rev().collect();
                panic!("{name} is in {place}, after {around:?}");
            }
        }
    }
}
