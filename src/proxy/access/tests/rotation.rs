//! Keys that change, fail to come or are asked for too often: F12, F13, L5.

use chrono::TimeDelta;
use conformance::mint::{self, Key, key, other_key};

use super::site::{Outcome, Site, WHOAMI};
use crate::access::cache::{Cache, digest};

fn admin(site: &Site, key: &Key) -> String {
    key.assertion(&site.issuer().user("admin@corp.example"))
}

#[test]
fn f12_without_access_nobody_comes_in_until_it_answers() {
    let site = Site::new();
    site.published.replace(None);
    let assertion = admin(&site, key());
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(503, 995_031));
    assert_eq!(site.ask("GET /healthz", &[]), Outcome::Answered(200, 0));
    assert_eq!(site.admit(&assertion), 503);
    assert_eq!(site.ask(WHOAMI, &[]), Outcome::Answered(401, 994_011));
    site.publish(mint::jwks(&[key().jwk()]));
    assert_eq!(site.admit(&assertion), 503, "asked a moment ago");
    site.pass(TimeDelta::seconds(30));
    assert_eq!(site.admit(&assertion), 200);
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(200, 0));
    assert_eq!(site.fetches.get(), 2);
}

#[test]
fn f12_a_host_that_has_just_started_is_ready_once_it_has_keys() {
    let site = Site::new();
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(200, 0));
    assert_eq!(site.fetches.get(), 1);
}

#[test]
fn f12_the_last_good_keys_serve_for_a_day() {
    let site = Site::new();
    assert_eq!(site.admit(&admin(&site, key())), 200);
    for odd in [None, Some(String::new()), Some("<html>".into()), Some(mint::jwks(&[]))] {
        site.published.replace(odd);
        site.pass(TimeDelta::hours(5));
        assert_eq!(site.admit(&admin(&site, key())), 200);
    }
    site.pass(TimeDelta::hours(4));
    assert_eq!(site.admit(&admin(&site, key())), 200);
    site.pass(TimeDelta::seconds(1));
    assert_eq!(site.admit(&admin(&site, key())), 503);
    assert_eq!(site.ask("GET /readyz", &[]), Outcome::Answered(503, 995_031));
}

#[test]
fn f13_a_new_key_is_fetched_once_and_the_old_one_stays_while_it_is_published() {
    let site = Site::new();
    let old = admin(&site, key());
    assert_eq!(site.admit(&old), 200);
    site.pass(TimeDelta::seconds(60));
    site.publish(mint::jwks(&[other_key().jwk(), key().jwk()]));
    assert_eq!(site.admit(&admin(&site, other_key())), 200);
    assert_eq!((site.admit(&old), site.fetches.get()), (200, 2));
    assert_eq!(site.checks.get(), 3, "a rotation has everybody verified again");

    site.pass(TimeDelta::minutes(50));
    let old = admin(&site, key());
    assert_eq!(site.admit(&old), 200);
    site.publish(mint::jwks(&[other_key().jwk()]));
    site.pass(TimeDelta::minutes(20));
    assert_eq!(
        site.admit(&old),
        200,
        "the keys are old enough to be fetched, not to be waited for"
    );
    assert_eq!((site.admit(&old), site.fetches.get()), (401, 3), "its key is gone");
}

#[test]
fn keys_are_fetched_again_when_they_are_older_than_an_hour() {
    let site = Site::new();
    assert_eq!(site.admit(&admin(&site, key())), 200);
    site.pass(TimeDelta::hours(1));
    assert_eq!((site.admit(&admin(&site, key())), site.fetches.get()), (200, 1));
    site.pass(TimeDelta::milliseconds(1));
    assert_eq!((site.admit(&admin(&site, key())), site.fetches.get()), (200, 2));
    assert_eq!(site.pauses.get(), 1, "only the first request waited");
}

#[test]
fn keys_are_counted() {
    let jwks = mint::jwks(&[other_key().jwk(), key().jwk()]);
    assert_eq!(crate::access::count_keys(jwks.as_bytes()), Ok(2));
    assert!(crate::access::count_keys(b"{}").is_err());
}

#[test]
fn l5_a_flood_of_unknown_keys_is_one_fetch_in_half_a_minute() {
    let site = Site::new();
    assert_eq!(site.admit(&admin(&site, key())), 200);
    site.pass(TimeDelta::seconds(30));
    let unknown = Key::unpublished();
    for _ in 0..300 {
        assert_eq!(site.admit(&admin(&site, &unknown)), 401);
        site.pass(TimeDelta::milliseconds(100));
    }
    assert_eq!(site.fetches.get(), 2);
    assert_eq!(site.admit(&admin(&site, &unknown)), 401);
    assert_eq!(site.fetches.get(), 3);
    assert_eq!(site.checks.get(), 1, "there is no key to check with");
    assert_eq!(site.pauses.get(), site.fetches.get(), "whoever need not wait doesn't");
}

/// Requests are judged by the moment they came, and not always in that order.
#[test]
fn l5_who_came_a_moment_earlier_fetches_nothing_again() {
    let site = Site::new();
    assert_eq!(site.admit(&admin(&site, key())), 200);
    site.pass(TimeDelta::seconds(60));
    let unknown = Key::unpublished();
    assert_eq!((site.admit(&admin(&site, &unknown)), site.fetches.get()), (401, 2));
    for early in [1, 20, 1_000] {
        site.pass(TimeDelta::milliseconds(-early));
        assert_eq!((site.admit(&admin(&site, &unknown)), site.fetches.get()), (401, 2), "{early}");
    }
}

#[test]
fn what_is_not_meant_for_us_makes_us_fetch_nothing() {
    let site = Site::new();
    assert_eq!(site.admit(&admin(&site, key())), 200);
    site.pass(TimeDelta::seconds(60));
    let mut issuer = site.issuer();
    issuer.url = "https://evil.cloudflareaccess.com".to_owned();
    let foreign = Key::unpublished().assertion(&issuer.user("admin@corp.example"));
    assert_eq!((site.admit(&foreign), site.fetches.get()), (401, 1));
}

#[test]
fn a_clock_that_is_set_back_does_not_stop_fetching() {
    let site = Site::new();
    assert_eq!(site.admit(&admin(&site, key())), 200);
    site.pass(TimeDelta::hours(-3));
    site.publish(mint::jwks(&[other_key().jwk()]));
    assert_eq!(site.admit(&admin(&site, other_key())), 200);
}

#[test]
fn what_is_remembered_is_bounded_and_forgotten_with_its_keys() {
    let site = Site::new();
    let issuer = site.issuer();
    let expected = crate::access::Expected {
        issuer: issuer.url.clone(),
        audiences: vec![mint::AUD.to_owned()],
        groups_claim: None,
    };
    let claims = issuer.user("a@corp.example").to_string();
    let claims = crate::access::claims::Claims::parse(claims.as_bytes(), &expected).unwrap();
    let claims = std::sync::Arc::new(claims);
    let mut cache = Cache::default();
    assert_eq!(cache.era(), 0);
    let used = digest("used");
    cache.insert(used, claims.clone(), 0);
    for number in 0..1_000 {
        cache.insert(digest(&number.to_string()), claims.clone(), 0);
    }
    assert_eq!(cache.len(), 1_001, "few of them all stay");
    for number in 0..10_000 {
        cache.insert(digest(&number.to_string()), claims.clone(), 0);
        assert!(cache.get(&used).is_some(), "what is in use stays");
        assert!(cache.len() <= 2 * 1024);
    }
    assert!(cache.get(&digest("0")).is_none());
    cache.clear();
    assert_eq!((cache.len(), cache.era()), (0, 1));
    cache.insert(used, claims, 0);
    assert!(cache.get(&used).is_none(), "verified with keys that are gone");
}
