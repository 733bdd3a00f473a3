//! What is counted for whoever watches over a host.

use chrono::TimeDelta;
use conformance::mint::{Key, key};

use super::site::{Outcome, Site};
use crate::access::Vitals;

#[test]
fn what_access_does_is_counted() {
    let site = Site::new();
    assert_eq!(site.vitals(), Vitals::default());
    let assertion = key().assertion(&site.issuer().user("ana@corp.example"));
    for _ in 0..3 {
        assert_eq!(site.admit(&assertion), 200);
    }
    assert_eq!(site.admit(&Key::unpublished().assertion(&site.issuer().user("x@y.example"))), 401);
    site.pass(TimeDelta::seconds(40));
    let vitals = site.vitals();
    assert_eq!((vitals.known, vitals.new), (2, 2));
    assert_eq!((vitals.fetched, vitals.failed, vitals.keys), (1, 0, 1));
    assert_eq!(vitals.keys_age, Some(40));

    site.published.replace(None);
    site.pass(TimeDelta::hours(2));
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(200, 0));
    assert_eq!((site.vitals().failed, site.vitals().keys_age), (1, Some(7240)));
}

#[test]
fn f11_a_clock_that_is_behind_is_told_for_an_hour() {
    let site = Site::new();
    let admit = |ahead: i64, status| {
        let mut issuer = site.issuer();
        // It says that it issued a minute ago.
        issuer.now += 60 + ahead;
        assert_eq!(site.admit(&key().assertion(&issuer.user("ana@corp.example"))), status);
        site.vitals().clock_behind
    };
    assert_eq!(admit(-5, 200), 0);
    assert_eq!(admit(20, 200), 20);
    assert_eq!(admit(7, 200), 20, "the most of them");
    assert_eq!(admit(31, 401), 20, "only what was good is believed");
    site.pass(TimeDelta::hours(1));
    assert_eq!(site.vitals().clock_behind, 20);
    site.pass(TimeDelta::seconds(1));
    assert_eq!(admit(7, 200), 7);
}

#[test]
fn ready_needs_keys_and_a_log_that_can_be_written() {
    let site = Site::new();
    let _ = site.ask("GET /readyz", &[]);
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(200, 0));
    site.records.set(false);
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(503, 995_034));
    assert_eq!(site.ask("GET /healthz", &[]), Outcome::Answered(200, 0), "it runs all the same");
}
