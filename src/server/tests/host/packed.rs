//! Answers on the wire: compressed as whoever asks likes it, whole or while they come.

use std::io::Read as _;

use conformance::{
    Access, RISK,
    faulty::{Act, End, Faulty},
};

use crate::{
    demo,
    faults::peak_memory,
    program::Server,
    serve::{ask, serve, serve_with, user},
    wire::{Answer, get, send},
};

/// The forms, by their names.
const FORMS: [&str; 3] = ["zstd", "br", "gzip"];

/// What was sent of a body, without the marks of its chunks, and whether HTTP says that it ended.
pub fn body(answer: &Answer) -> (Vec<u8>, bool) {
    if answer.header("transfer-encoding") != "chunked" {
        return (answer.body.clone(), true);
    }
    let (mut rest, mut body) = (&answer.body[..], Vec::new());
    while let Some(line) = rest.windows(2).position(|two| two == b"\r\n") {
        let size = str::from_utf8(&rest[..line]).ok();
        let Some(size) = size.and_then(|size| usize::from_str_radix(size, 16).ok()) else { break };
        let chunk = &rest[line + 2..];
        if size == 0 {
            return (body, true);
        }
        body.extend_from_slice(&chunk[..size.min(chunk.len())]);
        rest = chunk.get(size + 2..).unwrap_or_default();
    }
    (body, false)
}

/// As much as can be read of a body in this form, and whether the form is whole.
fn unpacked(form: &str, packed: &[u8]) -> (Vec<u8>, bool) {
    let mut plain = Vec::new();
    let read = match form {
        "zstd" => zstd::stream::copy_decode(packed, &mut plain),
        "br" => brotli::Decompressor::new(packed, 4096).read_to_end(&mut plain).map(drop),
        "gzip" => flate2::read::GzDecoder::new(packed).read_to_end(&mut plain).map(drop),
        _ => {
            plain.extend_from_slice(packed);
            Ok(())
        }
    };
    (plain, read.is_ok())
}

#[test]
fn an_answer_is_compressed_as_its_client_likes_it() {
    // Some 200 KB are read whole, some 2 MB passed on while they come.
    for people in ["1000", "10000"] {
        let server = Server::start(&["demo", "--users", people]);
        let summary = format!("{}/summary", demo::RISK);
        let plain = get(server.address, &summary);
        assert_eq!((plain.status, plain.header("content-encoding")), (200, ""));
        assert_eq!(plain.header("vary"), "accept-encoding");
        let (plain, _) = body(&plain);
        assert!(serde_json::from_slice::<serde_json::Value>(&plain).is_ok());
        for form in FORMS {
            let head = format!("GET {summary}\nAccept-Encoding: {form}");
            let packed = send(server.address, &head, "");
            assert_eq!((packed.status, packed.header("content-encoding")), (200, form));
            assert_eq!(packed.header("vary"), "accept-encoding");
            assert_eq!(packed.header("cache-control"), "no-store");
            let (content, has_ended) = body(&packed);
            assert!(has_ended && content.len() < plain.len() / 2, "{form}: {}", content.len());
            assert!(unpacked(form, &content) == (plain.clone(), true), "{form}");
        }
    }
}

#[test]
fn each_form_has_a_tag_of_its_own_and_nothing_new_is_said_in_little() {
    let server = Server::start(&["demo", "--users", "1000"]);
    let ask = |more: &str| {
        let head = format!("GET {}/summary\nAccept-Encoding: zstd, gzip\n{more}", demo::RISK);
        send(server.address, &head, "")
    };
    let first = ask("");
    let tag = first.header("etag");
    assert!(tag.starts_with('"') && tag.ends_with("-zstd\""), "{tag}");
    let again = ask(&format!("If-None-Match: {tag}"));
    assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag));
    assert_eq!(again.header("content-encoding"), "");
    let plain_tag = tag.replace("-zstd", "");
    assert_eq!(ask(&format!("If-None-Match: {plain_tag}")).status, 200, "another form");
}

#[test]
fn what_is_short_or_compared_by_its_tag_is_sent_as_it_is() {
    let server = Server::start(&["demo"]);
    for path in ["/api/v1/whoami", &format!("{}/behaviors", demo::RISK)] {
        let answer = send(server.address, &format!("GET {path}\nAccept-Encoding: gzip, br"), "");
        assert_eq!((answer.status, answer.header("content-encoding")), (200, ""), "{path}");
        assert!(answer.json()["success"].as_bool().unwrap_or_default());
    }
}

#[test]
fn the_settings_may_say_no() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve_with(&access, upstream.address, &["--compression", "false"]);
    upstream.plan("GET /summary", [Act::Flood(100_000, End::Well)]);
    let ana = user(&access, "ana@corp.example");
    let answer = ask(&server, &format!("GET {RISK}/summary"), &ana, "Accept-Encoding: zstd", "");
    assert_eq!((answer.status, answer.header("content-encoding")), (200, ""));
}

#[test]
fn half_of_a_compressed_answer_never_looks_whole() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    let ana = user(&access, "ana@corp.example");
    for end in [End::Cut, End::Short, End::More, End::NotText] {
        upstream.plan("GET /summary", [Act::Flood(3_000_000, end)]);
        for form in FORMS {
            let wish = format!("Accept-Encoding: {form}");
            let answer = ask(&server, &format!("GET {RISK}/summary"), &ana, &wish, "");
            assert_eq!((answer.status, answer.header("content-encoding")), (200, form));
            let (packed, has_ended) = body(&answer);
            let (_, is_whole) = unpacked(form, &packed);
            assert!(!has_ended && !is_whole, "{form}, {end:?}");
        }
    }
}

/// A poll of the summary: its status, its tag, and how many bytes came, the head among them.
fn poll(site: &(Access, Server), wish: &str, seen: &str) -> (u16, String, usize) {
    let seen = if seen.is_empty() { String::new() } else { format!("If-None-Match: {seen}\n") };
    let ana = user(&site.0, "ana@corp.example");
    let more = format!("Accept-Encoding: {wish}\n{seen}");
    let answer = ask(&site.1, &format!("GET {RISK}/summary"), &ana, &more, "");
    let (packed, has_ended) = body(&answer);
    let form = answer.header("content-encoding").to_owned();
    if answer.status == 200 {
        let (plain, is_whole) = unpacked(&form, &packed);
        assert!(has_ended && is_whole);
        assert!(serde_json::from_slice::<serde_json::Value>(&plain).is_ok());
    }
    let head: usize = answer.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    (answer.status, answer.header("etag").to_owned(), head + answer.body.len())
}

#[test]
fn a_large_summary_that_has_not_changed_is_not_sent_again() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    let site = (access, server);
    for form in ["zstd", "br", "gzip", "identity"] {
        upstream.plan("GET /summary", [Act::Flood(3_000_000, End::Well)]);
        let (status, first, _) = poll(&site, form, "");
        assert_eq!(status, 200);
        assert!(first.len() >= 24, "{form}: {first}");
        // Its name stands for its content as often as it is asked for, weakened or not.
        for seen in [first.clone(), format!("W/{first}"), format!("\"x\", {first}")] {
            let (status, again, size) = poll(&site, form, &seen);
            assert_eq!((status, &again), (304, &first), "{form}");
            assert!(size < 1200, "{size}");
        }
        upstream.plan("GET /summary", [Act::Flood(3_500_000, End::Well)]);
        let (status, second, _) = poll(&site, form, &first);
        assert_eq!(status, 200);
        assert_ne!(second, first);
        assert_eq!(poll(&site, form, &second).0, 304);
        assert_eq!(poll(&site, form, &first).0, 200, "what it was then is not what it is now");
        let other = if form == "zstd" { "gzip" } else { "zstd" };
        assert_eq!(poll(&site, other, &second).0, 200, "the tag is of another form");
    }
}

#[test]
fn a_large_summary_that_is_held_and_goes_wrong_is_told_in_words() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    upstream.plan("GET /summary", [Act::Flood(3_000_000, End::Well)]);
    let ana = user(&access, "ana@corp.example");
    let read = |more: &str| ask(&server, &format!("GET {RISK}/summary"), &ana, more, "");
    let seen = format!("If-None-Match: {}", read("").header("etag"));
    for (end, refusal) in [
        (End::Cut, (502, 995_026)),
        (End::Short, (502, 995_022)),
        (End::More, (502, 995_022)),
        (End::NotText, (502, 995_022)),
    ] {
        upstream.plan("GET /summary", [Act::Flood(3_000_000, end)]);
        assert_eq!(read(&seen).refusal(), refusal, "{end:?}");
    }
    upstream.plan("GET /summary", [Act::Flood(3_000_000, End::Well)]);
    assert_eq!(read(&seen).status, 304);
}

#[test]
fn polls_of_a_large_summary_share_one_call() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    upstream.plan("GET /summary", [Act::Flood(30_000_000, End::Well)]);
    let site = (access, server);
    let (_, tag, _) = poll(&site, "zstd", "");
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| assert_eq!(poll(&site, "zstd", &tag).0, 304));
        }
    });
    assert!(upstream.calls("GET /summary") < 9, "{}", upstream.calls("GET /summary"));
}

#[test]
fn f7_many_large_summaries_at_once_wait_for_room() {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, _files) = serve(&access, upstream.address);
    upstream.plan("GET /summary", [Act::Flood(4_000_000, End::Well)]);
    let site = (access, server);
    std::thread::scope(|scope| {
        for number in 0..16 {
            let form = ["zstd", "identity", "br", "gzip"][number % 4];
            let site = &site;
            scope.spawn(move || assert_eq!(poll(site, form, "").0, 200));
        }
    });
    let peak = peak_memory(&site.1);
    println!("16 summaries of 4 MB at once; at most {} KiB of memory", peak / 1024);
    assert!(peak < 64 * 1024 * 1024, "{peak}");
}
