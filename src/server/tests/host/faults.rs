//! F1 to F14: each of the upstream's faults for real, what the client is told, how often the
//! upstream was asked, and what is on record.

use std::{fs, io::Write, net::TcpListener, thread, time::Instant};

use serde_json::Value;

use conformance::{Access, RISK, mint};

use crate::{
    faulty::{Act, End, Faulty, GOOD},
    program::Server,
    serve::{Files, LEVELS, OWN_PAGE, ask, flags, serve, user},
    wire::{Answer, connect, get, receive},
};

const ID: &str = "9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10";

/// An admin in front of a faulty upstream.
struct Site {
    access: Access,
    upstream: Faulty,
    server: Server,
    admin: String,
    _files: Files,
}

impl Site {
    fn new() -> Self {
        let (access, upstream) = (Access::start(), Faulty::start());
        let (server, files) = serve(&access, upstream.address);
        Self::around(access, upstream, server, files)
    }

    fn around(access: Access, upstream: Faulty, server: Server, files: Files) -> Self {
        let admin = user(&access, "admin@corp.example");
        Self { access, upstream, server, admin, _files: files }
    }

    fn read(&self, path: &str) -> Answer {
        ask(&self.server, &format!("GET {RISK}{path}"), &self.admin, "", "")
    }

    /// Reads one person, of whom the upstream does this.
    fn person(&self, acts: impl IntoIterator<Item = Act>) -> Answer {
        self.upstream.plan(&format!("GET /{ID}"), acts);
        self.read(&format!("/{ID}"))
    }

    fn save(&self) -> Answer {
        ask(&self.server, &format!("PUT {RISK}/behaviors"), &self.admin, OWN_PAGE, LEVELS)
    }

    /// Saves behaviors, of which the upstream does this. It must come there exactly once.
    fn save_with(&self, act: Act) -> Answer {
        let before = self.upstream.calls("PUT /behaviors");
        self.upstream.plan("PUT /behaviors", [act.clone()]);
        let answer = self.save();
        assert_eq!(self.upstream.calls("PUT /behaviors"), before + 1, "{act:?}");
        answer
    }

    /// What is on record of all changes, newest first.
    fn record(&self) -> Vec<String> {
        let answer = ask(&self.server, "GET /api/v1/audit", &self.admin, "", "").json();
        let lines = answer["result"].as_array().expect("lines are a list");
        lines.iter().map(|line| line["state"].as_str().unwrap_or_default().to_owned()).collect()
    }

    fn persons(&self) -> usize {
        self.upstream.calls(&format!("GET /{ID}"))
    }
}

const UNKNOWN: &str = "Outcome unknown";

#[test]
fn f1_not_connected_in_three_seconds_is_504_and_changes_nothing() {
    // It takes connections and never shakes hands.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || listener.incoming().collect::<Vec<_>>());
    let (access, files) = (Access::start(), Files::new("token"));
    let (http, https) = (format!("http://{address}/"), format!("https://{address}/"));
    let flags = flags(&access, address, &files);
    let arguments: Vec<String> =
        flags.into_iter().map(|flag| flag.replace(&http, &https)).collect();
    let arguments = ["serve"].into_iter().chain(arguments.iter().map(String::as_str));
    let server = Server::start(&arguments.collect::<Vec<_>>());
    let site = Site::around(access, Faulty::start(), server, files);
    let begun = begin();
    assert_eq!(site.read("/summary").refusal(), (504, 995_042));
    assert!((2..9).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    let save = site.save();
    assert_eq!(save.refusal(), (504, 995_042));
    assert!(save.text().contains("Nothing changed"));
    assert_eq!(site.record(), ["failed"]);
}

#[expect(clippy::disallowed_methods, reason = "a deadline is what is tested")]
fn begin() -> Instant {
    Instant::now()
}

#[test]
fn f1_silence_is_504_after_ten_seconds_and_nothing_is_sent_twice() {
    let site = Site::new();
    let begun = begin();
    thread::scope(|scope| {
        scope.spawn(|| {
            assert_eq!(site.person([Act::Silence]).refusal(), (504, 995_041));
            assert_eq!(site.persons(), 1);
        });
        scope.spawn(|| {
            let save = site.save_with(Act::Silence);
            assert_eq!(save.refusal(), (504, 995_041));
            assert!(save.text().contains(UNKNOWN), "{}", save.text());
        });
    });
    assert!((9..15).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(site.record(), ["unknown"]);
}

#[test]
fn f1_f2_a_read_that_breaks_off_is_sent_once_more() {
    let site = Site::new();
    for broken in [Act::Reset, Act::Half] {
        let before = site.persons();
        let answer = site.person([broken.clone(), Act::say(200, GOOD)]);
        assert_eq!((answer.status, answer.text().as_str()), (200, GOOD), "{broken:?}");
        assert_eq!(site.persons(), before + 2, "{broken:?}");
        assert_eq!(site.person([broken.clone()]).refusal(), (502, 995_026));
        assert_eq!(site.persons(), before + 4, "{broken:?}");
    }
}

#[test]
fn f2_a_change_that_breaks_off_is_sent_once_and_its_outcome_is_unknown() {
    let site = Site::new();
    for broken in [Act::Reset, Act::Half] {
        let save = site.save_with(broken.clone());
        assert_eq!(save.refusal(), (502, 995_026), "{broken:?}");
        assert!(save.text().contains(UNKNOWN), "{}", save.text());
    }
    assert_eq!(site.record(), ["unknown", "unknown"]);
    let reset = format!("POST {RISK}/{ID}/reset");
    site.upstream.plan(&format!("POST /{ID}/reset"), [Act::Reset]);
    let answer = ask(&site.server, &reset, &site.admin, OWN_PAGE, "");
    assert_eq!(answer.refusal(), (502, 995_026));
    assert_eq!(site.upstream.calls(&format!("POST /{ID}/reset")), 1);
}

/// A connection that lay idle is no reason for a change to fail.
#[test]
fn f2_a_change_is_never_written_to_a_connection_that_may_be_closed() {
    let site = Site::new();
    site.upstream.plan("GET /behaviors", [Act::SayAndClose]);
    site.upstream.plan("PUT /behaviors", [Act::SayAndClose]);
    for count in 1..=30 {
        assert_eq!(site.save().status, 200);
        assert_eq!(site.upstream.calls("PUT /behaviors"), count);
        assert_eq!(site.read("/behaviors").status, 200);
    }
    assert!(site.record().iter().all(|state| state == "succeeded"));
}

#[test]
fn f3_a_read_waits_out_a_short_limit_once() {
    let site = Site::new();
    let answer = site.person([Act::limited("1"), Act::say(200, GOOD)]);
    assert_eq!((answer.status, site.persons()), (200, 2));
    let answer = site.person([Act::limited("1")]);
    assert_eq!((answer.refusal(), site.persons()), ((429, 10_429), 4));
    assert_eq!(answer.header("retry-after"), "1");
}

#[test]
fn f3_a_longer_limit_is_passed_on_and_holds_everybody_back() {
    let site = Site::new();
    let limited = site.person([Act::limited("60")]);
    assert_eq!((limited.refusal(), limited.header("retry-after")), ((429, 10_429), "60"));
    assert_eq!(site.persons(), 1);

    let ana = user(&site.access, "ana@corp.example");
    let held = ask(&site.server, &format!("GET {RISK}/summary"), &ana, "", "");
    assert_eq!(held.refusal(), (429, 994_292));
    let left: u32 = held.header("retry-after").parse().unwrap();
    assert!((50..=60).contains(&left), "{left}");
    assert!(held.text().contains(&format!("Wait {left} s")), "{}", held.text());
    let save = site.save();
    assert_eq!(save.refusal(), (429, 994_292));
    assert_eq!(site.upstream.all_calls(), 1, "nothing is sent");
    assert_eq!(site.record(), [""; 0], "and nothing was tried");
    assert_eq!(get(site.server.address, "/healthz").status, 200);
}

#[test]
fn f3_a_change_is_not_sent_again_and_an_odd_wait_is_a_sane_one() {
    let site = Site::new();
    let save = site.save_with(Act::limited("1"));
    assert_eq!((save.refusal(), save.header("retry-after")), ((429, 10_429), "1"));
    assert_eq!(site.record(), ["refused"]);
    for (odd, seconds) in [("-5", "30"), ("99999999999999", "300"), ("soon", "30")] {
        let site = Site::new();
        let answer = site.person([Act::limited(odd)]);
        assert_eq!((answer.status, answer.header("retry-after")), (429, seconds), "{odd}");
        assert_eq!(site.persons(), 1);
    }
}

#[test]
fn f4_html_is_never_relayed() {
    let site = Site::new();
    for status in [500, 502, 503, 520, 530] {
        let html = || {
            Act::Say(
                status,
                &[("Content-Type", "text/html")],
                b"<h1>Bad <i>gateway</i></h1>".into(),
            )
        };
        let answer = site.person([html()]);
        assert_eq!(answer.refusal(), (502, 995_022), "{status}");
        assert_eq!(answer.header("content-type"), "application/json; charset=utf-8");
        assert_eq!(answer.header("cf-ray"), "8f00-TXL");
        assert!(!answer.text().contains('<'));
        assert_eq!(site.save_with(html()).refusal(), (502, 995_022));
    }
    assert_eq!(site.persons(), 5, "it came to an answer, so it is not sent again");
    assert_eq!(site.record(), ["unknown"; 5]);
}

#[test]
fn f5_f8_what_is_not_json_in_the_envelope_is_502() {
    let site = Site::new();
    let json = |body: &[u8]| Act::Say(200, &[("Content-Type", "application/json")], body.into());
    for (what, act) in [
        ("F5: cut short", json(&GOOD.as_bytes()[..40])),
        ("F5: nothing", json(b"")),
        ("F5: a list", json(b"[true]")),
        ("F5: no UTF-8", json(b"{\"success\":true,\"x\":\"\xff\"}")),
        ("F8: HTML", Act::Say(200, &[("Content-Type", "text/html")], GOOD.into())),
        ("F8: text", Act::Say(200, &[("Content-Type", "text/plain")], GOOD.into())),
        ("F8: no type", Act::Say(200, &[], GOOD.into())),
        (
            "F8: compressed, though nobody asked",
            Act::Say(
                200,
                &[("Content-Type", "application/json"), ("Content-Encoding", "gzip")],
                b"\x1f\x8b\x08\x00\x00".into(),
            ),
        ),
    ] {
        assert_eq!(site.person([act.clone()]).refusal(), (502, 995_022), "{what}");
        let save = site.save_with(act);
        assert_eq!(save.refusal(), (502, 995_022), "{what}");
        assert!(save.text().contains(UNKNOWN), "{what}");
    }
    assert!(site.record().iter().all(|state| state == "unknown"));
}

#[test]
fn f6_a_body_that_drips_ends_after_fifteen_seconds() {
    let site = Site::new();
    let begun = begin();
    assert_eq!(site.person([Act::Drip]).refusal(), (504, 995_041));
    assert!((14..20).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(site.persons(), 1);
}

/// The most memory that a server has had, in bytes.
pub fn peak_memory(server: &Server) -> usize {
    let status =
        fs::read_to_string(format!("/proc/{}/status", server.id())).expect("a server has a status");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("it has a peak");
    line.trim().trim_end_matches(" kB").parse::<usize>().expect("in KiB") * 1024
}

#[test]
fn f7_a_summary_of_200_mb_is_passed_on_in_little_memory() {
    let site = Site::new();
    site.upstream.plan("GET /summary", [Act::Flood(200_000_000, End::Well)]);
    let mut stream = connect(site.server.address);
    let head = format!(
        "GET {RISK}/summary HTTP/1.1\r\nHost: localhost\r\nCf-Access-Jwt-Assertion: {}\r\n",
        site.admin
    );
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    let (size, end) = chunks(&mut stream);
    assert!(size >= 200_000_000, "{size}");
    assert!(end.ends_with(br#"{}]},"success":true,"errors":[],"messages":[]}"#));
    let peak = peak_memory(&site.server);
    println!("{size} bytes passed on; at most {} KiB of memory", peak / 1024);
    assert!(peak < 64 * 1024 * 1024, "{peak}");

    // The connection is good for the next request.
    site.upstream.plan("GET /summary", [Act::say(200, GOOD)]);
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes()).unwrap();
    let answer = receive(&mut stream);
    assert_eq!((answer.status, answer.text().as_str()), (200, GOOD));
    assert_eq!(answer.header("content-length"), GOOD.len().to_string());
}

/// Reads an answer in chunks up to its last: the size of its body, and how it ends.
fn chunks(stream: &mut std::net::TcpStream) -> (usize, Vec<u8>) {
    use std::io::{BufRead, BufReader, Read};

    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    while line != "\r\n" {
        line.clear();
        reader.read_line(&mut line).expect("a line");
    }
    let (mut size, mut end) = (0, Vec::new());
    loop {
        line.clear();
        reader.read_line(&mut line).expect("a line");
        let length = usize::from_str_radix(line.trim(), 16).expect("a size");
        let mut chunk = vec![0; length + 2];
        reader.read_exact(&mut chunk).expect("a chunk");
        if length == 0 {
            return (size, end);
        }
        size += length;
        end.extend_from_slice(&chunk[..length]);
        end.drain(..end.len().saturating_sub(100));
    }
}

#[test]
fn f7_a_large_summary_that_goes_wrong_is_broken_off_and_never_whole() {
    let site = Site::new();
    for (size, end) in [
        (3_000_000, End::Cut),
        (3_000_000, End::Short),
        (3_000_000, End::More),
        (3_000_000, End::NotText),
        (300_000_000, End::Well),
    ] {
        site.upstream.plan("GET /summary", [Act::Flood(size, end)]);
        let before = site.upstream.calls("GET /summary");
        let answer = site.read("/summary");
        assert_eq!(answer.status, 200);
        assert!(answer.body.len() > 1_000_000);
        assert!(!answer.body.ends_with(b"\r\n0\r\n\r\n"), "{end:?}: HTTP says it is whole");
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("\"messages\":[]}"), "{end:?}: JSON says it is whole");
        assert_eq!(site.upstream.calls("GET /summary"), before + 1, "{end:?}");
    }
    assert!(peak_memory(&site.server) < 64 * 1024 * 1024);
    // Small, the same faults are told in words.
    for (end, refusal) in [
        (End::Cut, (502, 995_026)),
        (End::Short, (502, 995_022)),
        (End::More, (502, 995_022)),
        (End::NotText, (502, 995_022)),
    ] {
        site.upstream.plan("GET /summary", [Act::Flood(1, end)]);
        assert_eq!(site.read("/summary").refusal(), refusal, "{end:?}");
    }
}

#[test]
fn f7_anything_else_is_cut_at_8_mib() {
    let site = Site::new();
    for act in [Act::Flood(20_000_000, End::Well), Act::Announce(20_000_000)] {
        let answer = site.person([act.clone()]);
        assert_eq!(answer.refusal(), (502, 995_023), "{act:?}");
        assert_eq!(answer.header("cf-ray"), "8f00-TXL");
        let save = site.save_with(act);
        assert_eq!(save.refusal(), (502, 995_023));
        assert!(save.text().contains(UNKNOWN));
    }
    site.upstream.plan("GET /summary", [Act::Announce(300_000_000)]);
    assert_eq!(site.read("/summary").refusal(), (502, 995_023));
    assert_eq!(site.person([Act::Flood(7_000_000, End::Well)]).status, 200);
    assert!(peak_memory(&site.server) < 64 * 1024 * 1024);
}

#[test]
fn f9_a_level_we_do_not_know_is_passed_on_and_never_sent_back() {
    let site = Site::new();
    let body =
        r#"{"success":true,"result":{"users":[{"user_id":"x","max_risk_level":"critical"}]}}"#;
    site.upstream.plan("GET /summary", [Act::say(200, body)]);
    assert_eq!(site.read("/summary").text(), body);
    let levels = LEVELS.replace("low", "critical");
    let save = ask(&site.server, &format!("PUT {RISK}/behaviors"), &site.admin, OWN_PAGE, &levels);
    assert_eq!(save.status, 422, "{}", save.text());
    assert_eq!(site.upstream.calls("PUT /behaviors"), 0);
}

#[test]
fn f10_what_is_missing_in_the_envelope_is_the_readers_to_say() {
    let site = Site::new();
    for body in [
        r#"{"success":true}"#,
        r#"{"success":true,"result":null}"#,
        r#"{"success":true,"result":{"users":null},"errors":null}"#,
        r#"{"success":true,"result":{"users":[{}]},"messages":[],"errors":[],"new":1e99}"#,
    ] {
        let answer = site.person([Act::say(200, body)]);
        assert_eq!((answer.status, answer.text().as_str()), (200, body));
        let save = site.save_with(Act::say(200, body));
        assert_eq!((save.status, save.text().as_str()), (200, body));
    }
    assert_eq!(site.record(), ["succeeded"; 4]);
}

#[test]
fn f11_clocks_may_differ_by_half_a_minute() {
    let site = Site::new();
    for (ahead, status) in [(-20, 200), (20, 200), (50, 401)] {
        let mut issuer = site.access.issuer();
        // It writes assertions that are a minute old.
        issuer.now += 60 + ahead;
        let assertion = mint::key().assertion(&issuer.user("ana@corp.example"));
        let whoami = ask(&site.server, "GET /api/v1/whoami", &assertion, "", "");
        assert_eq!(whoami.status, status, "{ahead} s ahead");
    }
}

#[test]
fn f12_without_keys_nobody_comes_in() {
    let (access, upstream) = (Access::start(), Faulty::start());
    access.publish("<html>".to_owned());
    let (server, files) = serve(&access, upstream.address);
    let site = Site::around(access, upstream, server, files);
    assert_eq!(get(site.server.address, "/healthz").status, 200);
    assert_eq!(get(site.server.address, "/readyz").refusal(), (503, 995_031));
    assert_eq!(site.read("/summary").refusal(), (503, 995_031));
    assert_eq!(site.save().refusal(), (503, 995_031));
    let nobody = get(site.server.address, &format!("{RISK}/summary"));
    assert_eq!(nobody.refusal(), (401, 994_011));
    assert_eq!((site.upstream.all_calls(), site.access.asked()), (0, 1));
}

#[test]
fn f14_a_redirect_is_not_followed() {
    let site = Site::new();
    let elsewhere = Faulty::start();
    let location: &'static str = String::leak(format!("http://{}/client/v4", elsewhere.address));
    let headers = Vec::leak(vec![("Location", location), ("Content-Type", "application/json")]);
    for status in [301, 302, 303, 307, 308] {
        let act = || Act::Say(status, headers, GOOD.into());
        let answer = site.person([act()]);
        assert_eq!(answer.refusal(), (502, 995_021), "{status}");
        assert_eq!(answer.header("location"), "");
        assert!(site.save_with(act()).text().contains(UNKNOWN));
    }
    assert_eq!(elsewhere.all_calls(), 0);
    assert_eq!(site.persons(), 5);
}

#[test]
fn the_vendors_words_are_passed_on_to_the_letter_and_explained_beside_them() {
    let site = Site::new();
    for (body, read, write) in [
        (
            r#"{"success":false,"errors":[{"code":3314,"message":"Forbidden"}]}"#,
            "Enterprise",
            "Enterprise",
        ),
        (
            r#"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}]}"#,
            "PII Read",
            "Zero Trust: Write",
        ),
    ] {
        let answer = site.person([Act::say(403, body)]);
        assert_eq!((answer.status, answer.text().as_str()), (403, body));
        let explanation = answer.header("x-riskdesk-explanation");
        assert!(explanation.contains(read), "{explanation}");
        let save = site.save_with(Act::say(403, body));
        assert_eq!((save.status, save.text().as_str()), (403, body));
        let explanation = save.header("x-riskdesk-explanation");
        assert!(explanation.contains(write), "{explanation}");
    }
    assert_eq!(site.record(), ["refused", "refused"]);
    let refused: Value = site.person([Act::say(401, GOOD)]).json();
    assert_eq!(refused["errors"][0]["code"], 995_024, "our token is not the caller's trouble");
    site.server.terminate();
    let (_, logs) = site.server.finish();
    assert!(logs.contains("lacks the permission Zero Trust: PII Read"), "{logs}");
}
