//! F1 to F14 at the Worker. Those that leave it as they found it share one, since it takes some
//! seconds to start.
//!
//! Some are another host's alone: that no connection is made in three seconds (the runtime connects,
//! and tells of it when it gives up), that each change has a connection of its own (they are the
//! runtime's, too), and how much memory it takes (all of the runtime is one process).

use conformance::{
    Access, RISK,
    faults::{self, Site},
    faulty::{Act, End, Faulty},
    mint,
    wire::{Console, get},
};
use riskdesk_worker_tests::{Folder, Worker};

use crate::site;

/// The Worker in front of a faulty upstream.
fn site() -> (Site, Worker, Folder) {
    around(Access::start())
}

fn around(access: Access) -> (Site, Worker, Folder) {
    let upstream = Faulty::start();
    let folder = site::folder(&access, upstream.address, &[]);
    let worker = Worker::start(&folder);
    (Site::new(worker.address, access, upstream), worker, folder)
}

/// A fault by its name.
type Named = (&'static str, fn(&Site));

fn put(all: &[Named]) {
    let (site, _worker, _folder) = site();
    // A deadline is measured on a Worker that has started, with its keys and its tables.
    assert_eq!(get(site.admin.address, "/readyz").status, 200);
    for (name, fault) in all {
        println!("{name}");
        fault(&site);
    }
    println!("{} faults", all.len());
}

/// Functions with their names.
macro_rules! named {
    ($($fault:ident,)*) => { &[$((stringify!($fault), faults::$fault)),*] };
}

#[test]
fn f1_to_f14_are_told_as_on_every_host() {
    put(named![
        f1_silence_is_504_after_ten_seconds_and_nothing_is_sent_twice,
        f1_f2_a_read_that_breaks_off_is_sent_once_more,
        f2_a_change_that_breaks_off_is_sent_once_and_its_outcome_is_unknown,
        f3_a_read_waits_out_a_short_limit_once,
        f4_html_is_never_relayed,
        f5_f8_what_is_not_json_in_the_envelope_is_502,
        f6_a_body_that_drips_ends_after_fifteen_seconds,
        f9_a_level_we_do_not_know_is_passed_on_and_never_sent_back,
        f10_what_is_missing_in_the_envelope_is_the_readers_to_say,
        f11_clocks_may_differ_by_half_a_minute,
        f14_a_redirect_is_not_followed,
        the_vendors_words_are_passed_on_to_the_letter_and_explained_beside_them,
    ]);
}

/// Which connection a change goes out on is the runtime's to say. It may be one that the other side
/// is just closing: then nobody can tell whether it was sent.
#[test]
fn f2_a_change_on_a_connection_that_is_being_closed_is_sent_once_at_most() {
    let (site, _worker, _folder) = site();
    site.upstream.plan("GET /behaviors", [Act::SayAndClose]);
    site.upstream.plan("PUT /behaviors", [Act::SayAndClose]);
    let mut states = Vec::new();
    for _ in 0..30 {
        let before = site.upstream.calls("PUT /behaviors");
        let save = site.save();
        let sent = site.upstream.calls("PUT /behaviors") - before;
        if save.status == 200 {
            assert_eq!(sent, 1);
            states.push("succeeded");
        } else {
            assert_eq!((save.refusal(), sent.min(1)), ((502, 995_026), sent));
            assert!(save.text().contains("Outcome unknown"), "{}", save.text());
            states.push("unknown");
        }
    }
    states.reverse();
    assert_eq!(site.record(), states);
}

#[test]
fn f3_what_a_limit_does_to_everybody() {
    put(named![f3_a_longer_limit_is_passed_on_and_holds_everybody_back,]);
    put(named![f3_a_change_is_not_sent_again,]);
    for (odd, seconds) in faults::ODD_WAITS {
        let (site, _worker, _folder) = site();
        faults::f3_an_odd_wait_is_a_sane_one(&site, odd, seconds);
    }
}

/// The runtime ends an answer whose stream fails with a last chunk, as if it were whole: what tells
/// the half of a summary is that its JSON is never closed.
#[test]
fn f7_what_is_too_large_is_cut_and_half_is_never_whole() {
    let half = |site: &Site| {
        faults::f7_a_large_summary_that_goes_wrong_is_never_whole(site, true);
    };
    put(&[("f7_a_large_summary_that_goes_wrong_is_never_whole", half)]);
    put(named![f7_anything_else_is_cut_at_8_mib,]);
}

/// 128 MB is all that an isolate has
/// (<https://developers.cloudflare.com/workers/platform/limits/#memory>).
#[test]
fn f7_a_summary_of_200_mb_is_passed_on() {
    let (site, _worker, _folder) = site();
    site.upstream.plan("GET /summary", [Act::Flood(200_000_000, End::Well)]);
    let answer = site.admin.get("{R}/summary");
    assert_eq!(answer.status, 200);
    assert!(answer.body.len() >= 200_000_000, "{}", answer.body.len());
    assert!(answer.body.ends_with(b"\r\n0\r\n\r\n"), "HTTP says it is whole");
}

/// The runtime unpacks it, fails, and says no more than that the answer broke off.
#[test]
fn f8_what_is_packed_though_nobody_asked_is_502() {
    let (site, _worker, _folder) = site();
    let read = site.person([faults::packed_badly()]);
    assert_eq!((read.refusal(), site.persons()), ((502, 995_026), 2), "so it is tried once more");
    let save = site.save_with(faults::packed_badly());
    assert_eq!(save.refusal(), (502, 995_026));
    assert!(save.text().contains("Outcome unknown"), "{}", save.text());
    assert_eq!(site.record(), ["unknown"]);
}

#[test]
fn f12_without_keys_nobody_comes_in() {
    let access = Access::start();
    access.publish("<html>".to_owned());
    let (site, _worker, _folder) = around(access);
    assert_eq!(faults::f12_without_keys_nobody_comes_in(&site), 1, "and Access is asked once");
}

/// An isolate starts with a request: it waits for its keys before it says that it has none.
#[test]
fn f12_the_first_look_at_readyz_is_200() {
    let (site, _worker, _folder) = site();
    assert_eq!(get(site.admin.address, "/readyz").status, 200);
    assert_eq!((site.access.asked(), site.upstream.all_calls()), (1, 0));
}

#[test]
fn f13_a_new_key_is_fetched_half_a_minute_after_the_last_fetch_and_no_sooner() {
    let (site, _worker, _folder) = site();
    let ask = |key: &mint::Key| {
        let assertion = key.assertion(&site.access.issuer().user(conformance::ADMIN));
        Console::with(site.admin.address, &assertion).get("{R}/behaviors").status
    };
    assert_eq!((ask(mint::key()), site.access.asked()), (200, 1));
    let both = mint::jwks(&[mint::other_key().jwk(), mint::key().jwk()]);
    site.access.publish(both);
    // Within half a minute of the last fetch there is none, whoever asks.
    assert_eq!((ask(mint::other_key()), site.access.asked()), (401, 1));
    std::thread::sleep(std::time::Duration::from_secs(31));
    assert_eq!((ask(mint::other_key()), site.access.asked()), (200, 2));
    assert_eq!((ask(mint::key()), site.access.asked()), (200, 2));
    let nobody = get(site.admin.address, &format!("{RISK}/behaviors"));
    assert_eq!(nobody.refusal(), (401, 994_011));
}
