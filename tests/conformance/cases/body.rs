//! B6, B10, C6, D1, D2 and L4: what a change may hold, and who may make it.

use super::Table;
use crate::Request;

const NO_BODY: i64 = 994_004;
const NO_JSON: i64 = 994_005;
const NO_TAG: i64 = 994_009;
const ROLE: i64 = 994_031;
const TOO_LARGE: i64 = 994_131;
const KIND: i64 = 994_151;
const VALUE: i64 = 994_221;

const LEVELS: &str = r#"{"behaviors":{"imp_travel":{"enabled":true,"risk_level":"high"}}}"#;
const CREATE: &str = r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com"}"#;
const UPDATE: &str = r#"{"tenant_url":"https://acme.okta.com","active":true,"reference_id":null}"#;

pub(super) fn bodies(table: &mut Table) {
    let json = |request: Request, body: &str| {
        request.from_own_page().with("content-type", "application/json").with_body(body)
    };
    for (line, body) in [
        ("PUT {R}/behaviors", LEVELS),
        ("POST {R}/integrations", CREATE),
        ("PUT {R}/integrations/{ID}", UPDATE),
    ] {
        let request = json(table.admin(line), body);
        table.forwarded("D2", "as it should be", request, line);
        let request = json(table.viewer(line), body);
        table.refused("B10", format!("a viewer: {line}"), request, ROLE);
        let request = json(table.service(line), body);
        table.refused("B10", format!("an operator: {line}"), request, ROLE);
    }
    for line in ["POST {R}/{ID}/reset", "DELETE {R}/integrations/{ID}", "GET /api/v1/audit"] {
        let request = table.viewer(line).from_own_page();
        table.refused("B10", format!("a viewer: {line}"), request, ROLE);
    }

    for url in [
        "http://acme.okta.com",
        "https://a:b@acme.okta.com",
        "https://acme.okta.com@evil.example",
        "https://127.0.0.1",
        "https://[::1]",
        "https://0x7f000001",
        "https://2130706433",
        "https://localhost",
        "https://acme.okta.com:8443",
        "https://acme.okta.com/path",
        "https://acme.okta.com?x",
        "https://acme.okta.com#x",
        "javascript:alert(1)",
        "//acme.okta.com",
        "acme.okta.com",
        "",
    ] {
        let create = format!(r#"{{"integration_type":"Okta","tenant_url":"{url}"}}"#);
        let request = json(table.admin("POST {R}/integrations"), &create);
        table.refused("B6", format!("created with {url:?}"), request, VALUE);
        let update = UPDATE.replace("https://acme.okta.com", url);
        let request = json(table.admin("PUT {R}/integrations/{ID}"), &update);
        table.refused("B6", format!("changed to {url:?}"), request, VALUE);
    }

    for kind in [
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-16",
        "application/json, text/plain",
        "application/jsonp",
        "",
    ] {
        let request = table.admin("PUT {R}/behaviors").from_own_page().with_body(LEVELS);
        table.refused("C6", format!("{kind:?}"), request.with("content-type", kind), KIND);
    }
    let untold = table.admin("PUT {R}/behaviors").from_own_page().with_body(LEVELS);
    table.refused("C6", "no type at all", untold.clone(), KIND);
    let twice = untold.with("content-type", "application/json").with("content-type", "text/plain");
    table.refused("C6", "two types", twice, KIND);
    let packed = json(table.admin("PUT {R}/behaviors"), LEVELS).with("content-encoding", "gzip");
    table.refused("C6", "packed", packed, KIND);

    for (line, body, code) in [
        ("PUT {R}/behaviors", r#"{"behaviors":{},"extra":1}"#, VALUE),
        ("PUT {R}/behaviors", r#"{"behaviors":{"a":{"enabled":true}}}"#, VALUE),
        ("PUT {R}/behaviors", r#"{"behaviors":{"a":{"enabled":1,"risk_level":"low"}}}"#, VALUE),
        (
            "PUT {R}/behaviors",
            r#"{"behaviors":{"a":{"enabled":true,"risk_level":"critical"}}}"#,
            VALUE,
        ),
        (
            "PUT {R}/behaviors",
            r#"{"behaviors":{"a":{"enabled":true,"risk_level":"low","name":"x"}}}"#,
            VALUE,
        ),
        ("PUT {R}/behaviors", "[]", VALUE),
        ("PUT {R}/behaviors", "", NO_JSON),
        ("PUT {R}/behaviors", "{", NO_JSON),
        ("PUT {R}/behaviors", "{\"behaviors\":{}} {}", NO_JSON),
        ("PUT {R}/integrations/{ID}", r#"{"tenant_url":"https://acme.okta.com"}"#, VALUE),
        ("PUT {R}/integrations/{ID}", r#"{"active":true}"#, VALUE),
        (
            "PUT {R}/integrations/{ID}",
            r#"{"tenant_url":"https://acme.okta.com","active":true,"integration_type":"Okta"}"#,
            VALUE,
        ),
        (
            "POST {R}/integrations",
            r#"{"integration_type":"Okta","tenant_url":"https://acme.okta.com","active":false}"#,
            VALUE,
        ),
        (
            "POST {R}/integrations",
            r#"{"integration_type":"Other","tenant_url":"https://acme.okta.com"}"#,
            VALUE,
        ),
        ("POST {R}/{ID}/reset", "{}", NO_BODY),
        ("DELETE {R}/integrations/{ID}", "{}", NO_BODY),
        ("GET {R}/summary", "{}", NO_BODY),
    ] {
        let request = json(table.admin(line), body);
        table.refused("D2", format!("{line} {body}"), request, code);
    }

    for (line, body, tag) in [
        ("PUT {R}/behaviors", LEVELS, "x"),
        ("PUT {R}/behaviors", LEVELS, "W/\"x\""),
        ("PUT {R}/behaviors", LEVELS, "\"x"),
        ("PUT {R}/integrations/{ID}", UPDATE, "*, \"x\""),
        ("POST {R}/integrations", CREATE, "\"x\""),
        ("GET {R}/behaviors", "", "\"x\""),
    ] {
        let request = json(table.admin(line), body).with("if-match", tag);
        table.refused("D1", format!("{line}, if it matches {tag}"), request, NO_TAG);
    }

    let large = format!("{LEVELS}{}", " ".repeat(64 * 1024));
    let request = json(table.admin("PUT {R}/behaviors"), &large);
    table.refused("L4", "a body of more than 64 KiB", request, TOO_LARGE);
    let most = format!("{LEVELS}{}", " ".repeat(64 * 1024 - LEVELS.len()));
    let request = json(table.admin("PUT {R}/behaviors"), &most);
    table.forwarded("L4", "a body of 64 KiB", request, "PUT {R}/behaviors");
}
