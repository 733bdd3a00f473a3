//! F1 to F14 at `riskdesk serve`, and what only a host can be held to that runs in a process of ours:
//! its memory, its logs, how it connects.

use std::{fs, io::Write, net::TcpListener, thread, time::Instant};

use conformance::{
    Access, RISK,
    faults::{self, Site},
    faulty::{Act, End, Faulty, GOOD},
};

use crate::{
    program::Server,
    serve::{Files, flags, serve, user},
    wire::{connect, receive},
};

/// `riskdesk serve` in front of a faulty upstream.
fn site() -> (Site, Server, Files) {
    let (access, upstream) = (Access::start(), Faulty::start());
    let (server, files) = serve(&access, upstream.address);
    (Site::new(server.address, access, upstream), server, files)
}

/// Puts a fault to a server of its own.
fn put(fault: fn(&Site)) {
    let (site, _server, _files) = site();
    fault(&site);
}

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
    let site = Site::new(server.address, access, Faulty::start());
    let begun = begin();
    assert_eq!(site.admin.get("{R}/summary").refusal(), (504, 995_042));
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
    put(faults::f1_silence_is_504_after_ten_seconds_and_nothing_is_sent_twice);
}

#[test]
fn f1_f2_a_read_that_breaks_off_is_sent_once_more() {
    put(faults::f1_f2_a_read_that_breaks_off_is_sent_once_more);
}

#[test]
fn f2_a_change_that_breaks_off_is_sent_once_and_its_outcome_is_unknown() {
    put(faults::f2_a_change_that_breaks_off_is_sent_once_and_its_outcome_is_unknown);
}

#[test]
fn f2_a_change_is_never_written_to_a_connection_that_may_be_closed() {
    put(faults::f2_a_change_is_never_written_to_a_connection_that_may_be_closed);
}

#[test]
fn f3_a_read_waits_out_a_short_limit_once() {
    put(faults::f3_a_read_waits_out_a_short_limit_once);
}

#[test]
fn f3_a_longer_limit_is_passed_on_and_holds_everybody_back() {
    put(faults::f3_a_longer_limit_is_passed_on_and_holds_everybody_back);
}

#[test]
fn f3_a_change_is_not_sent_again() {
    put(faults::f3_a_change_is_not_sent_again);
}

#[test]
fn f4_html_is_never_relayed() {
    put(faults::f4_html_is_never_relayed);
}

#[test]
fn f5_f8_what_is_not_json_in_the_envelope_is_502() {
    put(faults::f5_f8_what_is_not_json_in_the_envelope_is_502);
}

#[test]
fn f6_a_body_that_drips_ends_after_fifteen_seconds() {
    put(faults::f6_a_body_that_drips_ends_after_fifteen_seconds);
}

#[test]
fn f9_a_level_we_do_not_know_is_passed_on_and_never_sent_back() {
    put(faults::f9_a_level_we_do_not_know_is_passed_on_and_never_sent_back);
}

#[test]
fn f10_what_is_missing_in_the_envelope_is_the_readers_to_say() {
    put(faults::f10_what_is_missing_in_the_envelope_is_the_readers_to_say);
}

#[test]
fn f11_clocks_may_differ_by_half_a_minute() {
    put(faults::f11_clocks_may_differ_by_half_a_minute);
}

#[test]
fn f14_a_redirect_is_not_followed() {
    put(faults::f14_a_redirect_is_not_followed);
}

#[test]
fn f3_an_odd_wait_is_a_sane_one() {
    for (odd, seconds) in faults::ODD_WAITS {
        let (site, _server, _files) = site();
        faults::f3_an_odd_wait_is_a_sane_one(&site, odd, seconds);
    }
}

#[test]
fn f8_what_is_packed_though_nobody_asked_is_502() {
    let (site, _server, _files) = site();
    let what = "compressed, though nobody asked";
    faults::f8_an_answer_that_is_none(&site, what, faults::packed_badly(), (502, 995_022));
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
    let (site, server, _files) = site();
    site.upstream.plan("GET /summary", [Act::Flood(200_000_000, End::Well)]);
    let mut stream = connect(server.address);
    let head = format!(
        "GET {RISK}/summary HTTP/1.1\r\nHost: localhost\r\nCf-Access-Jwt-Assertion: {}\r\n",
        user(&site.access, "admin@corp.example")
    );
    stream.write_all(format!("{head}\r\n").as_bytes()).unwrap();
    let (size, end) = chunks(&mut stream);
    assert!(size >= 200_000_000, "{size}");
    assert!(end.ends_with(br#"{}]},"success":true,"errors":[],"messages":[]}"#));
    let peak = peak_memory(&server);
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

/// Neither may take the memory that it would take to hold it.
fn put_in_little_memory(fault: fn(&Site)) {
    let (site, server, _files) = site();
    fault(&site);
    let peak = peak_memory(&server);
    assert!(peak < 64 * 1024 * 1024, "{peak}");
}

#[test]
fn f7_a_large_summary_that_goes_wrong_is_broken_off_and_never_whole() {
    put_in_little_memory(|site| {
        faults::f7_a_large_summary_that_goes_wrong_is_never_whole(site, false);
    });
}

#[test]
fn f7_anything_else_is_cut_at_8_mib() {
    put_in_little_memory(faults::f7_anything_else_is_cut_at_8_mib);
}

#[test]
fn f12_without_keys_nobody_comes_in() {
    let (access, upstream) = (Access::start(), Faulty::start());
    access.publish("<html>".to_owned());
    let (server, _files) = serve(&access, upstream.address);
    let site = Site::new(server.address, access, upstream);
    assert_eq!(faults::f12_without_keys_nobody_comes_in(&site), 1, "and Access is asked once");
}

#[test]
fn the_vendors_words_are_passed_on_to_the_letter_and_explained_beside_them() {
    let (site, server, _files) = site();
    faults::the_vendors_words_are_passed_on_to_the_letter_and_explained_beside_them(&site);
    server.terminate();
    let (_, logs) = server.finish();
    assert!(logs.contains("lacks the permission Zero Trust: PII Read"), "{logs}");
}
