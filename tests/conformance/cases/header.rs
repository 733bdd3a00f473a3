//! J8 to J11, J18 and J19: what a header or a text may not be.

use serde_json::{Value, json};

use super::{Table, admin, good};
use crate::mint::{Issuer, key, other_key, with};

pub(super) fn headers(table: &mut Table, issuer: &Issuer) {
    let claims = admin(issuer).to_string();
    let plain = json!({"alg": "RS256", "kid": key().kid, "typ": "JWT"});
    let mut signed = |id, what: &str, header: &Value| {
        table.add(id, what, key().sign(&header.to_string(), &claims));
    };
    for (what, kid) in [
        ("missing", json!(null)),
        ("unknown", json!("unknown")),
        ("a path", json!("../../../../dev/null")),
        ("SQL", json!("' UNION SELECT 'key' --")),
        ("200 letters", json!("k".repeat(200))),
        ("10 KB", json!("k".repeat(10_000))),
        ("empty", json!("")),
        ("a number", json!(0)),
        ("a list", json!([key().kid])),
        ("ours in capitals", json!(key().kid.to_uppercase())),
        ("ours and a zero byte", json!(format!("{}\0", key().kid))),
    ] {
        signed("J8", what, &with(plain.clone(), json!({"kid": kid})));
    }
    let url = "http://127.0.0.1:9/keys";
    for (id, what, extra) in [
        ("J9", "jku", json!({"jku": url})),
        ("J9", "x5u", json!({"x5u": url})),
        ("J9", "x5c", json!({"x5c": ["MIIB"]})),
        ("J9", "jwk", json!({"jwk": key().jwk()})),
        ("J9", "x5t", json!({"x5t": "abc"})),
        ("J10", "crit exp", json!({"crit": ["exp"]})),
        ("J10", "crit empty", json!({"crit": []})),
        ("J10", "crit b64", json!({"crit": ["b64"], "b64": true})),
        ("J10", "crit unknown", json!({"crit": ["x"], "x": 1})),
        ("J11", "b64 false", json!({"b64": false})),
        ("J11", "zip", json!({"zip": "DEF"})),
        ("J11", "enc", json!({"enc": "A256GCM"})),
        ("J11", "cty", json!({"cty": "JWT"})),
        ("J11", "typ of something else", json!({"typ": "dpop+jwt"})),
        ("J11", "typ of no text", json!({"typ": ["JWT"]})),
    ] {
        signed(id, what, &with(plain.clone(), extra));
    }
    let own = json!({"alg": "RS256", "kid": key().kid, "jwk": other_key().jwk()}).to_string();
    table.add("J9", "signed by the key it brings", other_key().sign(&own, &claims));
    let good = good(issuer);
    table.add("J11", "five parts", format!("{good}.AAAA.AAAA"));
    let parts: Vec<&str> = good.split('.').collect();
    let json = json!({"protected": parts[0], "payload": parts[1], "signature": parts[2]});
    table.add("J11", "the JSON form", json.to_string());
}

pub(super) fn form(table: &mut Table, issuer: &Issuer) {
    let header = json!({"alg": "RS256", "kid": key().kid}).to_string();
    let claims = admin(issuer).to_string();
    let open = |text: &str, more: &str| format!("{{{more},{}", &text[1..]);
    for (what, header, claims) in [
        ("alg", open(&header, r#""alg":"none""#), claims.clone()),
        ("alg, escaped", open(&header, r#""\u0061lg":"none""#), claims.clone()),
        ("kid", open(&header, r#""kid":"x""#), claims.clone()),
        ("email", header.clone(), open(&claims, r#""email":"x@corp.example""#)),
        ("exp", header.clone(), open(&claims, r#""exp":1"#)),
        ("deep", header.clone(), open(&claims, r#""custom":{"a":[{"b":1,"b":2}]}"#)),
    ] {
        table.add("J18", format!("{what} twice"), key().sign(&header, &claims));
    }

    let long = with(admin(issuer), json!({"custom": {"a": "x".repeat(8 * 1024)}}));
    table.add("J19", "over 8 KiB", key().assertion(&long));
    table.add("J19", "1 MB", "A".repeat(1_000_000));
    let deep = format!(r#""custom":{}1{}"#, "[".repeat(8), "]".repeat(8));
    table.add("J19", "nine levels", key().sign(&header, &open(&claims, &deep)));
    let deepest = format!(r#""custom":{}1{}"#, "[".repeat(3000), "]".repeat(3000));
    table.add("J19", "3,000 levels", key().sign(&header, &open(&claims, &deepest)));
    for text in ["null", "[]", "\"app\"", "", "{}x", "{"] {
        table.add("J19", format!("claims {text:?}"), key().sign(&header, text));
        table.add("J19", format!("header {text:?}"), key().sign(text, &claims));
    }
    let good = good(issuer);
    let parts: Vec<&str> = good.split('.').collect();
    for (what, parts) in [
        ("= on the header", [&format!("{}=", parts[0]), parts[1], parts[2]]),
        ("== on the claims", [parts[0], &format!("{}==", parts[1]), parts[2]]),
        ("= on the signature", [parts[0], parts[1], &format!("{}==", parts[2])]),
        ("a blank", [parts[0], &format!("{} ", parts[1]), parts[2]]),
        ("the other alphabet", [parts[0], parts[1], &parts[2].replace(['-', '_'], "+")]),
        ("a letter more", [parts[0], parts[1], &format!("{}A", parts[2])]),
        ("stray bits", [parts[0], parts[1], &stray_bits(parts[2])]),
    ] {
        table.add("J19", what, parts.join("."));
    }
    table.add("J19", "a dot more", format!("{good}."));
    table.add("J19", "a dot before", format!(".{good}"));
    table.add("J19", "Bearer", format!("Bearer {good}"));
}

/// The same bytes in another spelling: 256 bytes leave the last letter four bits to spare.
fn stray_bits(signature: &str) -> String {
    let (rest, last) = signature.split_at(signature.len() - 1);
    let next = match last {
        "A" => "B",
        "Q" => "R",
        "g" => "h",
        _ => "x",
    };
    format!("{rest}{next}")
}
