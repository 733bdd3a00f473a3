//! J20, J21, H1 and H2: keys that are not to be used, and places where an assertion is not to be.

use serde_json::{Value, json};

use super::{HEADER, Table, admin, good};
use crate::{
    Case, Sent, Verdict,
    mint::{Issuer, encode, jwks, key, other_key, with},
};

pub(super) fn keys(table: &mut Table, issuer: &Issuer) {
    let jwk = key().jwk();
    let n = |bytes: &[u8]| json!({"n": encode(bytes)});
    let mut short = key().modulus()[..128].to_vec();
    short[127] |= 1;
    let long = [key().modulus(), key().modulus(), vec![1]].concat();
    let mut bits_2047 = key().modulus();
    bits_2047[0] &= 0x7f;
    let mut even = key().modulus();
    even[255] &= 0xfe;
    for (what, bad) in [
        ("use enc", json!({"use": "enc"})),
        ("use no text", json!({"use": ["sig"]})),
        ("alg RS512", json!({"alg": "RS512"})),
        ("key_ops encrypt", json!({"key_ops": ["encrypt"]})),
        ("key_ops no list", json!({"key_ops": "verify"})),
        ("kty oct", json!({"kty": "oct"})),
        ("1,024 bits", n(&short)),
        ("2,047 bits", n(&bits_2047)),
        ("over 4,096 bits", n(&long)),
        ("even", n(&even)),
        ("no modulus", json!({"n": null})),
        ("padded", json!({"n": format!("{}==", encode(key().modulus()))})),
        ("exponent 1", json!({"e": "AQ"})),
        ("exponent 3", json!({"e": "Aw"})),
        ("exponent 0", json!({"e": "AA"})),
        ("private", json!({"d": "AQAB"})),
        ("private, in part", json!({"qi": "AQAB"})),
        ("symmetric", json!({"k": "AQAB"})),
        ("no kid", json!({"kid": null})),
    ] {
        published(table, what, issuer, &[with(jwk.clone(), bad), other_key().jwk()]);
    }
    published(table, "a kid twice", issuer, &[jwk.clone(), jwk.clone(), other_key().jwk()]);
    let other = with(other_key().jwk(), json!({"kid": key().kid}));
    let third = with(other_key().jwk(), json!({"kid": "third"}));
    published(table, "two keys of one kid", issuer, &[jwk, other, third]);
}

fn published(table: &mut Table, what: &str, issuer: &Issuer, keys: &[Value]) {
    let request = super::plain("GET {R}/summary").with(HEADER, good(issuer));
    table.cases.push(Case {
        id: "J20",
        what: what.to_owned(),
        sent: Sent::Request(request),
        jwks: Some(jwks(keys)),
        verdict: Verdict::Refused(401, 994_011),
        carries: &[],
    });
}

pub(super) fn places(table: &mut Table, issuer: &Issuer) {
    let good = good(issuer);
    let cookie = |text: &str| ("cookie", format!("CF_Authorization={text}"));
    let header = |text: &str| (HEADER, text.to_owned());
    for (what, headers) in [
        ("two headers", vec![header(&good), header(&good)]),
        ("a good header and a bad one", vec![header(&good), header("x")]),
        ("headers joined", vec![header(&format!("{good}, {good}"))]),
        ("two cookies", vec![cookie(&format!("{good}; CF_Authorization={good}"))]),
        ("two cookie headers", vec![cookie(&good), cookie(&good)]),
        ("a bad header and a good cookie", vec![header("x"), cookie(&good)]),
        ("an empty header and a good cookie", vec![header(""), cookie(&good)]),
        ("an expired header and a good cookie", vec![header(&expired(issuer)), cookie(&good)]),
        ("a cookie in quotes", vec![cookie(&format!("\"{good}\""))]),
        ("another cookie", vec![("cookie", format!("cf_authorization={good}"))]),
    ] {
        table.sent("J21", what, headers, 401);
    }
    let named = |name: &str| vec![header(&good), ("connection", name.to_owned())];
    table.sent("H1", "Connection names it", named("Cf-Access-Jwt-Assertion"), 400);
    table.sent(
        "H1",
        "Connection names it among others",
        named("close, cf-access-jwt-assertion"),
        400,
    );
    table.sent("H1", "Connection names the cookie", named("cookie"), 400);
    for name in ["cf_access_jwt_assertion", "cf-access-jwt_assertion", "cf_access-jwt-assertion"] {
        table.sent("H2", name, vec![(name, good.clone())], 400);
        table.sent(
            "H2",
            format!("{name} beside ours"),
            vec![(name, "x".into()), header(&good)],
            400,
        );
    }
}

fn expired(issuer: &Issuer) -> String {
    key().assertion(&with(admin(issuer), json!({"exp": issuer.now - 31})))
}
