//! Who is let in, and as what.

use chrono::TimeDelta;
use conformance::mint::{SERVICE, key, with};
use serde_json::{Value, json};

use super::site::{Outcome, RESET, SUMMARY, Site, WHOAMI};
use crate::{Verdict, access::Doubt};

fn whoami(site: &Site, headers: &[(&str, &str)]) -> Value {
    let Verdict::Answer(response) = site.verdict(WHOAMI, headers) else { panic!("ours to answer") };
    let body: Value = serde_json::from_slice(response.body()).unwrap();
    body["result"].clone()
}

const HEADER: &str = "cf-access-jwt-assertion";

#[test]
fn a_user_comes_in_by_header_or_cookie() {
    let site = Site::new();
    let assertion = key().assertion(&site.issuer().user("Ana@Corp.example"));
    let cookie = format!("a=b; CF_Authorization={assertion}");
    for header in [(HEADER, assertion.as_str()), ("cookie", &cookie)] {
        assert_eq!(
            whoami(&site, &[header]),
            json!({
                "kind": "user", "email": "ana@corp.example", "role": "viewer",
                "account_id": "0123456789abcdef0123456789abcdef",
                "expires_at": "2026-09-21T15:13:20Z", "logout_url": "/cdn-cgi/access/logout",
                "demo": false,
            })
        );
        assert_eq!(site.ask(SUMMARY, &[header]), Outcome::Forwarded);
        assert_eq!(site.ask(RESET, &[header]), Outcome::Answered(403, 994_031));
    }
    assert_eq!((site.fetches.get(), site.checks.get()), (1, 1), "verified once");
}

#[test]
fn a_service_comes_in_and_is_no_browser() {
    let site = Site::new();
    let assertion = key().assertion(&site.issuer().service(SERVICE));
    let header = (HEADER, assertion.as_str());
    let result = whoami(&site, &[header]);
    assert_eq!((&result["kind"], &result["name"]), (&"service".into(), &SERVICE.into()));
    assert_eq!((&result["role"], &result["logout_url"]), (&"operator".into(), &Value::Null));
    let Verdict::Forward(forward) = site.verdict(RESET, &[header]) else { panic!("it may reset") };
    assert_eq!(forward.change.unwrap().actor, format!("service:{SERVICE}"));
    let foreign = ("origin", "https://evil.example");
    assert_eq!(site.ask(RESET, &[header, foreign]), Outcome::Answered(403, 994_033));
}

#[test]
fn groups_come_from_the_named_claim() {
    let site = Site::new();
    let user = site.issuer().user("x@elsewhere.example");
    for custom in [json!({"groups": ["a", "SecOps"]}), json!({"groups": "SecOps"})] {
        let assertion = key().assertion(&with(user.clone(), json!({"custom": custom})));
        assert_eq!(whoami(&site, &[(HEADER, &assertion)])["role"], "admin");
    }
}

#[test]
fn clocks_may_differ_by_half_a_minute() {
    let site = Site::new();
    let issuer = site.issuer();
    let user = issuer.user("admin@corp.example");
    for change in [
        json!({"exp": issuer.now - 29}),
        json!({"nbf": issuer.now + 30, "iat": issuer.now + 30}),
        json!({"nbf": null}),
        json!({"iat": issuer.now, "exp": issuer.now + 31 * 86_400}),
    ] {
        let assertion = key().assertion(&with(user.clone(), change.clone()));
        assert_eq!(site.admit(&assertion), 200, "{change}");
    }
}

#[test]
fn clocks_may_not_differ_by_more() {
    let site = Site::new();
    let issuer = site.issuer();
    let user = issuer.user("admin@corp.example");
    for change in [
        json!({"exp": issuer.now - 30}),
        json!({"nbf": issuer.now + 31}),
        json!({"nbf": null, "iat": issuer.now + 31}),
        json!({"iat": issuer.now, "exp": issuer.now + 31 * 86_400 + 1}),
    ] {
        let assertion = key().assertion(&with(user.clone(), change.clone()));
        assert_eq!(site.admit(&assertion), 401, "{change}");
    }
}

#[test]
fn what_was_verified_still_expires() {
    let site = Site::new();
    let assertion = key().assertion(&site.issuer().user("admin@corp.example"));
    assert_eq!(site.admit(&assertion), 200);
    site.pass(TimeDelta::seconds(3629));
    assert_eq!(site.admit(&assertion), 200);
    site.pass(TimeDelta::seconds(1));
    assert_eq!(site.admit(&assertion), 401);
    assert_eq!(site.checks.get(), 1);
}

#[test]
fn a_refusal_says_little_and_the_log_says_why() {
    let site = Site::new();
    let claims = with(site.issuer().user("admin@corp.example"), json!({"aud": ["x"]}));
    let assertion = key().assertion(&claims);
    let Verdict::Answer(none) = site.verdict(WHOAMI, &[]) else { panic!("ours to answer") };
    let Verdict::Answer(bad) = site.verdict(WHOAMI, &[(HEADER, &assertion)]) else {
        panic!("ours to answer")
    };
    assert_eq!(none.body(), bad.body());
    assert_eq!(none.headers(), bad.headers());
    assert_eq!(bad.headers()["www-authenticate"], "Cloudflare-Access");
    assert_eq!(none.extensions().get(), Some(&Doubt::Missing));
    assert_eq!(bad.extensions().get(), Some(&Doubt::Audience));
    assert_eq!(Doubt::Audience.to_string(), "meant for another application");
}
