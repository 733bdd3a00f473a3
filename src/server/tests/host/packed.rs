//! Answers on the wire: compressed as whoever asks likes it, whole or while they come.

use std::io::Read as _;

use conformance::{Access, RISK};

use crate::{
    demo,
    faulty::{Act, End, Faulty},
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
        _ => Ok(plain.extend_from_slice(packed)),
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
