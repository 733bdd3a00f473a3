//! F1 to F14: each of the upstream's faults for real, what the client is told, how often the
//! upstream was asked, and what is on record. Each is a function of a [`Site`]; where one leaves the
//! site as no other should find it, it says so.

use std::{cell::Cell, net::SocketAddr, thread, time::Instant};

use crate::{
    Access, Answer, ID,
    faulty::{Act, End, Faulty, GOOD},
    mint,
    wire::{Console, LEVELS, OWN_PAGE},
};

const UNKNOWN: &str = "Outcome unknown";
const NOTHING: [&str; 0] = [];

/// A host in front of a faulty upstream, and its admin.
#[derive(Debug)]
pub struct Site {
    pub access: Access,
    pub upstream: Faulty,
    pub admin: Console,
    /// How many lines of the record were looked at.
    seen: Cell<usize>,
}

impl Site {
    /// Around a host at `address` that was told of both, and that nobody has asked anything yet.
    #[must_use]
    pub fn new(address: SocketAddr, access: Access, upstream: Faulty) -> Self {
        let admin = Console::of(address, &access, crate::ADMIN);
        Self { access, upstream, admin, seen: Cell::new(0) }
    }

    /// Reads one person, of whom the upstream does this.
    ///
    /// # Panics
    /// There is no answer.
    #[must_use]
    pub fn person(&self, acts: impl IntoIterator<Item = Act>) -> Answer {
        self.upstream.plan(&format!("GET /{ID}"), acts);
        self.admin.get(&format!("{{R}}/{ID}"))
    }

    /// Saves behaviors.
    #[must_use]
    pub fn save(&self) -> Answer {
        self.admin.ask("PUT {R}/behaviors", OWN_PAGE, LEVELS)
    }

    /// Saves behaviors, of which the upstream does this. It must come there exactly once.
    ///
    /// # Panics
    /// It doesn't.
    #[must_use]
    pub fn save_with(&self, act: Act) -> Answer {
        let before = self.upstream.calls("PUT /behaviors");
        self.upstream.plan("PUT /behaviors", [act.clone()]);
        let answer = self.save();
        assert_eq!(self.upstream.calls("PUT /behaviors"), before + 1, "{act:?}");
        answer
    }

    /// What is on record of the changes since this was last asked, newest first.
    ///
    /// # Panics
    /// It can't be read.
    #[must_use]
    pub fn record(&self) -> Vec<String> {
        let answer = self.admin.get("/api/v1/audit?limit=500").json();
        let lines = answer["result"].as_array().expect("lines are a list");
        let new = lines.len() - self.seen.replace(lines.len());
        let states = lines.iter().take(new).map(|line| line["state"].as_str().unwrap_or_default());
        states.map(str::to_owned).collect()
    }

    /// How often the upstream was asked of the one person.
    #[must_use]
    pub fn persons(&self) -> usize {
        self.upstream.calls(&format!("GET /{ID}"))
    }
}

#[expect(clippy::disallowed_methods, reason = "a deadline is what is tested")]
pub(crate) fn begin() -> Instant {
    Instant::now()
}

pub fn f1_silence_is_504_after_ten_seconds_and_nothing_is_sent_twice(site: &Site) {
    let before = site.persons();
    let begun = begin();
    // Together, since each takes its time.
    let reader = site.admin.clone();
    site.upstream.plan(&format!("GET /{ID}"), [Act::Silence]);
    let read = thread::spawn(move || reader.get(&format!("{{R}}/{ID}")));
    let save = site.save_with(Act::Silence);
    assert_eq!(save.refusal(), (504, 995_041));
    assert!(save.text().contains(UNKNOWN), "{}", save.text());
    assert_eq!(read.join().expect("it answers").refusal(), (504, 995_041));
    assert_eq!(site.persons(), before + 1);
    assert!((9..15).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(site.record(), ["unknown"]);
}

pub fn f1_f2_a_read_that_breaks_off_is_sent_once_more(site: &Site) {
    for broken in [Act::Reset, Act::Half] {
        let before = site.persons();
        let answer = site.person([broken.clone(), Act::say(200, GOOD)]);
        assert_eq!((answer.status, answer.text().as_str()), (200, GOOD), "{broken:?}");
        assert_eq!(site.persons(), before + 2, "{broken:?}");
        assert_eq!(site.person([broken.clone()]).refusal(), (502, 995_026));
        assert_eq!(site.persons(), before + 4, "{broken:?}");
    }
}

pub fn f2_a_change_that_breaks_off_is_sent_once_and_its_outcome_is_unknown(site: &Site) {
    for broken in [Act::Reset, Act::Half] {
        let save = site.save_with(broken.clone());
        assert_eq!(save.refusal(), (502, 995_026), "{broken:?}");
        assert!(save.text().contains(UNKNOWN), "{}", save.text());
    }
    assert_eq!(site.record(), ["unknown", "unknown"]);
    let reset = format!("POST /{ID}/reset");
    site.upstream.plan(&reset, [Act::Reset]);
    let answer = site.admin.ask(&format!("POST {{R}}/{ID}/reset"), OWN_PAGE, "");
    assert_eq!(answer.refusal(), (502, 995_026));
    assert_eq!(site.upstream.calls(&reset), 1);
    assert_eq!(site.record(), ["unknown"]);
}

/// A connection that lay idle is no reason for a change to fail.
pub fn f2_a_change_is_never_written_to_a_connection_that_may_be_closed(site: &Site) {
    site.upstream.plan("GET /behaviors", [Act::SayAndClose]);
    let before = site.upstream.calls("PUT /behaviors");
    for count in 1..=30 {
        assert_eq!(site.save_with(Act::SayAndClose).status, 200);
        assert_eq!(site.upstream.calls("PUT /behaviors"), before + count);
        assert_eq!(site.admin.get("{R}/behaviors").status, 200);
    }
    assert_eq!(site.record(), ["succeeded"; 30]);
}

pub fn f3_a_read_waits_out_a_short_limit_once(site: &Site) {
    let before = site.persons();
    let answer = site.person([Act::limited("1"), Act::say(200, GOOD)]);
    assert_eq!((answer.status, site.persons()), (200, before + 2));
    let answer = site.person([Act::limited("1")]);
    assert_eq!((answer.refusal(), site.persons()), ((429, 10_429), before + 4));
    assert_eq!(answer.header("retry-after"), "1");
    // It holds everybody back for as long.
    thread::sleep(std::time::Duration::from_millis(1_100));
}

/// The site sends nothing for a minute after it.
pub fn f3_a_longer_limit_is_passed_on_and_holds_everybody_back(site: &Site) {
    let before = site.upstream.all_calls();
    let limited = site.person([Act::limited("60")]);
    assert_eq!((limited.refusal(), limited.header("retry-after")), ((429, 10_429), "60"));

    let ana = Console::of(site.admin.address, &site.access, "ana@corp.example");
    let held = ana.get("{R}/summary");
    assert_eq!(held.refusal(), (429, 994_292));
    let left: u32 = held.header("retry-after").parse().expect("it is in seconds");
    assert!((50..=60).contains(&left), "{left}");
    assert!(held.text().contains(&format!("Wait {left} s")), "{}", held.text());
    let save = site.save();
    assert_eq!(save.refusal(), (429, 994_292));
    assert_eq!(site.upstream.all_calls(), before + 1, "nothing is sent");
    assert_eq!(site.record(), NOTHING, "and nothing was tried");
    assert_eq!(crate::wire::get(site.admin.address, "/healthz").status, 200);
}

/// The site sends nothing for a second after it.
pub fn f3_a_change_is_not_sent_again(site: &Site) {
    let save = site.save_with(Act::limited("1"));
    assert_eq!((save.refusal(), save.header("retry-after")), ((429, 10_429), "1"));
    assert_eq!(site.record(), ["refused"]);
}

/// What an upstream may say of how long to wait, and the seconds that are passed on.
pub const ODD_WAITS: [(&str, &str); 3] = [("-5", "30"), ("99999999999999", "300"), ("soon", "30")];

/// The site sends nothing for so long after it.
pub fn f3_an_odd_wait_is_a_sane_one(site: &Site, odd: &'static str, seconds: &str) {
    let before = site.persons();
    let answer = site.person([Act::limited(odd)]);
    assert_eq!((answer.status, answer.header("retry-after")), (429, seconds), "{odd}");
    assert_eq!(site.persons(), before + 1);
}

pub fn f4_html_is_never_relayed(site: &Site) {
    let before = site.persons();
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
    assert_eq!(site.persons(), before + 5, "it came to an answer, so it is not sent again");
    assert_eq!(site.record(), ["unknown"; 5]);
}

pub fn f5_f8_what_is_not_json_in_the_envelope_is_502(site: &Site) {
    let json = |body: &[u8]| Act::Say(200, &[("Content-Type", "application/json")], body.into());
    let acts = [
        ("F5: cut short", json(&GOOD.as_bytes()[..40])),
        ("F5: nothing", json(b"")),
        ("F5: a list", json(b"[true]")),
        ("F5: no UTF-8", json(b"{\"success\":true,\"x\":\"\xff\"}")),
        ("F8: HTML", Act::Say(200, &[("Content-Type", "text/html")], GOOD.into())),
        ("F8: text", Act::Say(200, &[("Content-Type", "text/plain")], GOOD.into())),
        ("F8: no type", Act::Say(200, &[], GOOD.into())),
    ];
    let count = acts.len();
    for (what, act) in acts {
        f8_an_answer_that_is_none(site, what, act, (502, 995_022));
    }
    assert_eq!(site.record(), vec!["unknown"; count]);
}

/// To a read and to a change.
pub fn f8_an_answer_that_is_none(site: &Site, what: &str, act: Act, refusal: (u16, i64)) {
    assert_eq!(site.person([act.clone()]).refusal(), refusal, "{what}");
    let save = site.save_with(act);
    assert_eq!(save.refusal(), refusal, "{what}");
    assert!(save.text().contains(UNKNOWN), "{what}");
}

/// F8: packed, though nobody asked for that; and packed badly.
#[must_use]
pub fn packed_badly() -> Act {
    let headers = &[("Content-Type", "application/json"), ("Content-Encoding", "gzip")];
    Act::Say(200, headers, b"\x1f\x8b\x08\x00\x00".into())
}

pub fn f6_a_body_that_drips_ends_after_fifteen_seconds(site: &Site) {
    let before = site.persons();
    let begun = begin();
    assert_eq!(site.person([Act::Drip]).refusal(), (504, 995_041));
    assert!((14..20).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    assert_eq!(site.persons(), before + 1);
}

/// What HTTP says at the end of half a summary is the host's HTTP layer's to say: `ends_well` where
/// that can't break an answer off. The JSON is never whole.
pub fn f7_a_large_summary_that_goes_wrong_is_never_whole(site: &Site, ends_well: bool) {
    for (size, end) in [
        (3_000_000, End::Cut),
        (3_000_000, End::Short),
        (3_000_000, End::More),
        (3_000_000, End::NotText),
        (300_000_000, End::Well),
    ] {
        site.upstream.plan("GET /summary", [Act::Flood(size, end)]);
        let before = site.upstream.calls("GET /summary");
        let answer = site.admin.get("{R}/summary");
        assert_eq!(answer.status, 200);
        assert!(answer.body.len() > 1_000_000);
        assert_eq!(answer.body.ends_with(b"\r\n0\r\n\r\n"), ends_well, "{end:?}: says HTTP");
        let body = String::from_utf8_lossy(&answer.body);
        assert!(!body.contains("\"messages\":[]}"), "{end:?}: JSON says it is whole");
        assert_eq!(site.upstream.calls("GET /summary"), before + 1, "{end:?}");
    }
    // Small, the same faults are told in words.
    for (end, refusal) in [
        (End::Cut, (502, 995_026)),
        (End::Short, (502, 995_022)),
        (End::More, (502, 995_022)),
        (End::NotText, (502, 995_022)),
    ] {
        site.upstream.plan("GET /summary", [Act::Flood(1, end)]);
        assert_eq!(site.admin.get("{R}/summary").refusal(), refusal, "{end:?}");
    }
}

pub fn f7_anything_else_is_cut_at_8_mib(site: &Site) {
    for act in [Act::Flood(20_000_000, End::Well), Act::Announce(20_000_000)] {
        let answer = site.person([act.clone()]);
        assert_eq!(answer.refusal(), (502, 995_023), "{act:?}");
        assert_eq!(answer.header("cf-ray"), "8f00-TXL");
        let save = site.save_with(act);
        assert_eq!(save.refusal(), (502, 995_023));
        assert!(save.text().contains(UNKNOWN));
    }
    site.upstream.plan("GET /summary", [Act::Announce(300_000_000)]);
    assert_eq!(site.admin.get("{R}/summary").refusal(), (502, 995_023));
    assert_eq!(site.person([Act::Flood(7_000_000, End::Well)]).status, 200);
    assert_eq!(site.record(), ["unknown"; 2]);
}

pub fn f9_a_level_we_do_not_know_is_passed_on_and_never_sent_back(site: &Site) {
    let body =
        r#"{"success":true,"result":{"users":[{"user_id":"x","max_risk_level":"critical"}]}}"#;
    site.upstream.plan("GET /summary", [Act::say(200, body)]);
    assert_eq!(site.admin.get("{R}/summary").text(), body);
    let before = site.upstream.calls("PUT /behaviors");
    let levels = LEVELS.replace("low", "critical");
    let save = site.admin.ask("PUT {R}/behaviors", OWN_PAGE, &levels);
    assert_eq!(save.status, 422, "{}", save.text());
    assert_eq!(site.upstream.calls("PUT /behaviors"), before);
}

pub fn f10_what_is_missing_in_the_envelope_is_the_readers_to_say(site: &Site) {
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

pub fn f11_clocks_may_differ_by_half_a_minute(site: &Site) {
    for (ahead, status) in [(-20, 200), (20, 200), (50, 401)] {
        let mut issuer = site.access.issuer();
        // It writes assertions that are a minute old.
        issuer.now += 60 + ahead;
        let assertion = mint::key().assertion(&issuer.user("ana@corp.example"));
        let head = format!("GET /api/v1/whoami\nCf-Access-Jwt-Assertion: {assertion}");
        let whoami = crate::wire::send(site.admin.address, &head, "");
        assert_eq!(whoami.status, status, "{ahead} s ahead");
    }
}

/// For a site where Access publishes no keys; how often it was asked for some.
#[must_use]
pub fn f12_without_keys_nobody_comes_in(site: &Site) -> usize {
    let get = |path: &str| crate::wire::get(site.admin.address, path);
    assert_eq!(get("/healthz").status, 200);
    assert_eq!(get("/readyz").refusal(), (503, 995_031));
    assert_eq!(site.admin.get("{R}/summary").refusal(), (503, 995_031));
    assert_eq!(site.save().refusal(), (503, 995_031));
    assert_eq!(get(&format!("{}/summary", crate::RISK)).refusal(), (401, 994_011));
    assert_eq!(site.upstream.all_calls(), 0);
    site.access.asked()
}

pub fn f14_a_redirect_is_not_followed(site: &Site) {
    let elsewhere = Faulty::start();
    let location: &'static str = String::leak(format!("http://{}/client/v4", elsewhere.address));
    let headers = Vec::leak(vec![("Location", location), ("Content-Type", "application/json")]);
    let before = site.persons();
    for status in [301, 302, 303, 307, 308] {
        let act = || Act::Say(status, headers, GOOD.into());
        let answer = site.person([act()]);
        assert_eq!(answer.refusal(), (502, 995_021), "{status}");
        assert_eq!(answer.header("location"), "");
        assert!(site.save_with(act()).text().contains(UNKNOWN));
    }
    assert_eq!(elsewhere.all_calls(), 0);
    assert_eq!(site.persons(), before + 5);
    assert_eq!(site.record(), ["unknown"; 5]);
}

pub fn the_vendors_words_are_passed_on_to_the_letter_and_explained_beside_them(site: &Site) {
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
    let refused = site.person([Act::say(401, GOOD)]).json();
    assert_eq!(refused["errors"][0]["code"], 995_024, "our token is not the caller's trouble");
}
