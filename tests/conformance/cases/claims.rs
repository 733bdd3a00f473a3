//! J12 to J17 and J22 to J24: what an assertion may not say.

use serde_json::{Value, json};

use super::{HEADER, Table, admin};
use crate::mint::{AUD, Issuer, SERVICE, key, with};

pub(super) fn claims(table: &mut Table, issuer: &Issuer) {
    let now = issuer.now;
    let slash = format!("{}/", issuer.url);
    for (id, what, change) in [
        ("J12", "exp past", json!({"exp": now - 31})),
        ("J12", "exp at the leeway's end", json!({"exp": now - 30})),
        ("J12", "exp missing", json!({"exp": null})),
        ("J12", "exp a text", json!({"exp": (now + 3600).to_string()})),
        ("J12", "exp 1e300", json!({"exp": 1e300})),
        ("J12", "exp a fraction", json!({"exp": now as f64 + 0.5})),
        ("J12", "exp beyond dates", json!({"exp": 253_402_300_800_i64})),
        ("J12", "exp the largest", json!({"exp": i64::MAX})),
        ("J12", "exp larger than that", json!({"exp": u64::MAX})),
        ("J12", "exp negative", json!({"exp": -1})),
        ("J12", "exp in milliseconds", json!({"exp": now * 1000})),
        ("J12", "exp a list", json!({"exp": [now + 3600]})),
        ("J12", "exp true", json!({"exp": true})),
        ("J13", "nbf future", json!({"nbf": now + 120})),
        ("J13", "nbf a text", json!({"nbf": "0"})),
        ("J13", "nbf negative", json!({"nbf": -1})),
        ("J14", "iat future", json!({"iat": now + 120})),
        ("J14", "iat missing", json!({"iat": null})),
        ("J14", "iat a text", json!({"iat": now.to_string()})),
        ("J14", "good for 32 days", json!({"exp": now + 32 * 86_400})),
        ("J14", "issued in 1970", json!({"iat": 0})),
        ("J15", "aud wrong", json!({"aud": ["x"]})),
        ("J15", "aud missing", json!({"aud": null})),
        ("J15", "aud a text", json!({"aud": AUD})),
        ("J15", "aud empty", json!({"aud": []})),
        ("J15", "aud of ours and a number", json!({"aud": [AUD, 1]})),
        ("J15", "aud in capitals", json!({"aud": [AUD.to_uppercase()]})),
        ("J15", "aud cut", json!({"aud": [&AUD[..63]]})),
        ("J15", "aud joined", json!({"aud": [format!("{AUD},x")]})),
        ("J15", "aud in a list", json!({"aud": [[AUD]]})),
        ("J16", "iss wrong", json!({"iss": "https://evil.cloudflareaccess.com"})),
        ("J16", "iss a list", json!({"iss": [issuer.url]})),
        ("J16", "iss with a slash", json!({"iss": slash})),
        ("J16", "iss in capitals", json!({"iss": issuer.url.to_uppercase()})),
        ("J16", "iss longer", json!({"iss": format!("{}.evil.example", issuer.url)})),
        ("J16", "iss missing", json!({"iss": null})),
        ("J17", "type org", json!({"type": "org"})),
        ("J17", "type missing", json!({"type": null})),
        ("J17", "type APP", json!({"type": "APP"})),
        ("J17", "type a list", json!({"type": ["app"]})),
        ("J22", "user and service", json!({"common_name": SERVICE})),
        ("J22", "user and an empty service", json!({"common_name": ""})),
        ("J22", "neither", json!({"email": null})),
        ("J22", "user without sub", json!({"sub": null})),
        ("J22", "user with an empty sub", json!({"sub": ""})),
        ("J22", "an empty address", json!({"email": ""})),
        ("J22", "two addresses", json!({"email": ["admin@corp.example", "b@corp.example"]})),
        ("J22", "a long address", json!({"email": format!("{}@corp.example", "a".repeat(400))})),
    ] {
        table.add(id, what, key().assertion(&with(admin(issuer), change)));
    }
    for (what, change) in [
        ("a service with a sub", json!({"sub": "7335d417-61da-459d-899c-0a01c76a2f94"})),
        ("a service without sub", json!({"sub": null})),
        ("a service with an address", json!({"email": "admin@corp.example"})),
        ("a service with an empty address", json!({"email": ""})),
        ("a service without a name", json!({"common_name": ""})),
        ("a service of two names", json!({"common_name": [SERVICE]})),
    ] {
        table.add("J22", what, key().assertion(&with(issuer.service(SERVICE), change)));
    }
}

pub(super) fn subjects(table: &mut Table, issuer: &Issuer) {
    let mut signed = |id, what: String, claims: &Value| {
        let header = vec![(HEADER, key().assertion(claims))];
        table.sent(id, what, header, 403);
    };
    for email in [
        "a@b@corp.example",
        "a@corp.example.evil.example",
        "a@notcorp.example",
        "a@c\u{43e}rp.example",
        "admin@corp.ex\u{430}mple",
        "\u{212a}@corp.example",
        "admin@corp.example\u{0}",
        " admin@corp.example",
        "admin@corp.example.",
        "\"admin@corp.example\"@evil.example",
        "admin@corp.example,a@evil.example",
        "@corp.example",
        "admin",
    ] {
        signed("J23", format!("{email:?}"), &issuer.user(email));
    }
    signed("J24", "another domain".into(), &issuer.user("admin@elsewhere.example"));
    signed("J24", "another service".into(), &issuer.service("another.access"));
    signed("J24", "a service by an address".into(), &issuer.service("admin@corp.example"));
    for groups in [
        json!({"groups": ["SecOps"]}),
        json!({"custom": {"group": ["SecOps"]}}),
        json!({"custom": {"groups": ["secops", "SecOps "]}}),
        json!({"custom": {"groups": {"SecOps": true}}}),
        json!({"custom": {"groups": ["SecOps", 1]}}),
        json!({"custom": ["SecOps"]}),
    ] {
        let claims = with(issuer.user("x@elsewhere.example"), groups.clone());
        signed("J24", format!("groups in {groups}"), &claims);
    }
}
