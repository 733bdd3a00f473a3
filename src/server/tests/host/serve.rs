//! `riskdesk serve` between an Access and an upstream of the tests' own.

use std::{
    env, fs,
    io::Write,
    net::{SocketAddr, TcpListener},
    path::PathBuf,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use conformance::{
    ACCOUNT, Access, RISK, TOKEN,
    mint::{self, AUD, Key, SERVICE, key, other_key},
};

use crate::{
    database::File,
    program::{Server, run},
    wire::{Answer, connect, receive, send},
};

pub use conformance::wire::{LEVELS, OWN_PAGE};

/// What a server has of its own on the disk; gone with the test.
pub struct Files {
    token: PathBuf,
    database: File,
}

impl Files {
    pub fn new(token: &str) -> Self {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        let name = format!("serve-{}", COUNT.fetch_add(1, Ordering::SeqCst));
        let path = env::temp_dir().join(format!("riskdesk-{name}-{}", std::process::id()));
        fs::write(&path, format!("{token}\n")).expect("a file can be written");
        Self { token: path, database: File::new(&name) }
    }

    /// The token's file.
    pub fn path(&self) -> String {
        self.token.display().to_string()
    }

    pub fn database(&self) -> &str {
        self.database.path()
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // A file that stays behind in the temporary folder harms nobody.
        let _ = fs::remove_file(&self.token);
    }
}

/// The flags for an Access, an upstream and a server's files.
pub fn flags(access: &Access, upstream: SocketAddr, files: &Files) -> Vec<String> {
    let base = format!("http://{upstream}/client/v4");
    [
        ("--account-id", ACCOUNT),
        ("--api-token-file", &files.path()),
        ("--database", files.database.path()),
        ("--base-url", &base),
        ("--access-team-domain", &access.url()),
        ("--access-aud", AUD),
        ("--admins", "admin@corp.example"),
        ("--operators", &format!("service:{SERVICE}")),
        ("--viewers", "@corp.example"),
    ]
    .into_iter()
    .flat_map(|(name, value)| [name.to_owned(), value.to_owned()])
    .collect()
}

pub fn serve(access: &Access, upstream: SocketAddr) -> (Server, Files) {
    serve_with(access, upstream, &[])
}

/// The same, with more flags.
pub fn serve_with(access: &Access, upstream: SocketAddr, more: &[&str]) -> (Server, Files) {
    let files = Files::new(TOKEN);
    (serve_on(access, upstream, &files, more), files)
}

/// The same, on files that are there already.
pub fn serve_on(access: &Access, upstream: SocketAddr, files: &Files, more: &[&str]) -> Server {
    let flags = flags(access, upstream, files);
    let arguments = ["serve"].into_iter().chain(flags.iter().map(String::as_str));
    let arguments: Vec<&str> = arguments.chain(more.iter().copied()).collect();
    Server::start(&arguments)
}

fn with_simulator() -> (Access, Server, (Server, Files)) {
    let access = Access::start();
    let sim = Server::start(&["sim", "--users", "20", "--token", TOKEN]);
    let server = serve(&access, sim.address);
    (access, sim, server)
}

pub fn ask(server: &Server, line: &str, assertion: &str, more: &str, body: &str) -> Answer {
    let mut head = format!("{line}\nCf-Access-Jwt-Assertion: {assertion}");
    if !body.is_empty() {
        head += "\nContent-Type: application/json";
    }
    for line in more.lines() {
        head += &format!("\n{line}");
    }
    send(server.address, &head, body)
}

pub fn user(access: &Access, email: &str) -> String {
    key().assertion(&access.issuer().user(email))
}

#[test]
fn a_poll_that_finds_nothing_new_is_short_and_still_asks() {
    let (access, _sim, (server, _files)) = with_simulator();
    let viewer = user(&access, "ana@corp.example");
    let poll = |more: &str| ask(&server, &format!("GET {RISK}/summary"), &viewer, more, "");
    let first = poll("");
    let tag = first.header("etag");
    assert_eq!((first.status, tag.len()), (200, 24), "{tag}");
    // Who compresses on the way weakens it.
    for seen in [tag.to_owned(), format!("W/{tag}"), format!("\"other\", {tag}")] {
        let again = poll(&format!("If-None-Match: {seen}"));
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag));
        assert_eq!(again.header("cache-control"), "no-store");
        assert_eq!(again.header("x-content-type-options"), "nosniff");
    }
    assert_eq!(poll("If-None-Match: \"other\"").status, 200);

    let id = first.json()["result"]["users"][0]["user_id"].as_str().unwrap().to_owned();
    let service = key().assertion(&access.issuer().service(SERVICE));
    assert_eq!(ask(&server, &format!("POST {RISK}/{id}/reset"), &service, "", "").status, 200);
    let changed = poll(&format!("If-None-Match: {tag}"));
    assert_eq!(changed.status, 200);
    assert_ne!(changed.header("etag"), tag);
}

#[test]
fn users_and_services_do_what_their_roles_may() {
    let (access, _sim, (server, files)) = with_simulator();
    let (viewer, admin) = (user(&access, "ana@corp.example"), user(&access, "admin@corp.example"));
    let service = key().assertion(&access.issuer().service(SERVICE));

    let summary = ask(&server, &format!("GET {RISK}/summary"), &viewer, "", "");
    assert_eq!(summary.status, 200, "{}", summary.text());
    let id = summary.json()["result"]["users"][0]["user_id"].as_str().unwrap().to_owned();
    let reset = format!("POST {RISK}/{id}/reset");
    let behaviors = format!("PUT {RISK}/behaviors");
    assert_eq!(ask(&server, &reset, &viewer, OWN_PAGE, "").refusal(), (403, 994_031));
    assert_eq!(ask(&server, &reset, &service, "", "").status, 200);
    assert_eq!(ask(&server, &behaviors, &service, "", LEVELS).refusal(), (403, 994_031));
    assert_eq!(ask(&server, &behaviors, &admin, "", LEVELS).refusal(), (403, 994_032));
    assert_eq!(ask(&server, &behaviors, &admin, OWN_PAGE, LEVELS).status, 200);

    let whoami = ask(&server, "GET /api/v1/whoami", &admin, "", "").json()["result"].clone();
    assert_eq!(
        (&whoami["email"], &whoami["role"]),
        (&"admin@corp.example".into(), &"admin".into())
    );
    assert_eq!(whoami["logout_url"], "/cdn-cgi/access/logout");
    assert!(whoami["expires_at"].is_string());
    let nobody = send(server.address, &format!("GET {RISK}/summary"), "");
    assert_eq!(nobody.refusal(), (401, 994_011));

    server.terminate();
    let (code, logs) = server.finish();
    assert_eq!(code, Some(0), "{logs}");
    assert!(logs.contains("no assertion"), "{logs}");
    let log = run(&["audit", "export", "--database", files.database.path()]).stdout;
    let log = String::from_utf8_lossy(&log);
    assert!(log.contains(&format!("service:{SERVICE}")) && log.contains("admin@corp.example"));
    for secret in [TOKEN, &viewer, &admin, &service] {
        for text in [&logs, &summary.text(), log.as_ref()] {
            assert!(!text.contains(secret));
        }
    }
}

#[test]
fn a_tunnels_name_is_ours_with_an_assertion_and_a_rebound_one_is_not() {
    let (access, _sim, (server, _files)) = with_simulator();
    let admin = user(&access, "admin@corp.example");
    let ask = |line: &str, more: &str| {
        let head = format!("{line} HTTP/1.1\r\nHost: riskdesk.example\r\nConnection: close\r\n");
        let mut stream = connect(server.address);
        stream.write_all(format!("{head}{more}\r\n").as_bytes()).unwrap();
        receive(&mut stream)
    };
    let pass = format!("Cf-Access-Jwt-Assertion: {admin}\r\n");
    let read = format!("GET {RISK}/behaviors");
    for line in ["GET /healthz", "GET /api/v1/whoami", &read] {
        assert_eq!(ask(line, &pass).status, 200, "{line}");
        assert_eq!(ask(line, "").refusal(), (421, 994_211), "{line}");
    }
    assert_eq!(ask(&read, "Cf-Access-Jwt-Assertion: x\r\n").refusal(), (401, 994_011));
    let delete = format!("DELETE {RISK}/integrations/9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10");
    let own =
        format!("{pass}X-Requested-With: XMLHttpRequest\r\nOrigin: https://riskdesk.example\r\n");
    assert_eq!(ask(&delete, &own).status, 404, "it came through, and there is none");
    let other = own.replace("https://riskdesk", "https://evil");
    assert_eq!(ask(&delete, &other).refusal(), (403, 994_033));
}

#[test]
fn f1_an_upstream_that_is_not_there_changes_nothing() {
    let access = Access::start();
    let gone = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (server, _files) = serve(&access, gone);
    let admin = user(&access, "admin@corp.example");
    let read = ask(&server, &format!("GET {RISK}/summary"), &admin, "", "");
    assert_eq!(read.refusal(), (502, 995_025));
    let write = ask(&server, &format!("PUT {RISK}/behaviors"), &admin, OWN_PAGE, LEVELS);
    assert_eq!(write.refusal(), (502, 995_025));
    assert!(write.text().contains("Nothing changed"), "{}", write.text());
}

#[test]
fn f13_a_rotation_fails_nobody_and_l5_a_flood_is_one_fetch() {
    let (access, _sim, (server, _files)) = with_simulator();
    let ask = |assertion: &str| ask(&server, "GET /api/v1/whoami", assertion, "", "").status;
    let new = |number: usize| {
        other_key().assertion(&access.issuer().user(&format!("u{number}@corp.example")))
    };
    let old = user(&access, "ana@corp.example");
    assert_eq!(ask(&old), 200);
    assert_eq!(access.asked(), 1);
    // Keys were fetched at the start; the next fetch may come half a minute later.
    thread::sleep(Duration::from_secs(31));

    access.publish(mint::jwks(&[other_key().jwk(), key().jwk()]));
    let stop = AtomicBool::new(false);
    let asked = thread::scope(|scope| {
        let load = |number: usize| {
            let (stop, ask, old, new) = (&stop, &ask, &old, &new);
            scope.spawn(move || {
                let mut asked = 0;
                while !stop.load(Ordering::SeqCst) {
                    assert_eq!((ask(old), ask(&new(number * 10_000 + asked))), (200, 200));
                    asked += 1;
                }
                asked
            })
        };
        let threads: Vec<_> = (0..8).map(load).collect();
        thread::sleep(Duration::from_secs(2));
        stop.store(true, Ordering::SeqCst);
        threads.into_iter().map(|thread| thread.join().unwrap()).sum::<usize>()
    });
    assert!(asked > 50, "{asked}");
    assert_eq!(access.asked(), 2);

    let unknown = Key::unpublished().assertion(&access.issuer().user("admin@corp.example"));
    for _ in 0..200 {
        assert_eq!(ask(&unknown), 401);
    }
    assert_eq!(access.asked(), 2);
}
