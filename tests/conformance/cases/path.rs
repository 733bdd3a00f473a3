//! P: addresses that mean two things, queries that nobody takes, methods that are none.

use super::Table;
use crate::{ACCOUNT, Request};

const ADDRESS: i64 = 994_001;
const QUERY: i64 = 994_003;
const NO_ID: i64 = 994_007;
const NOTHING: i64 = 994_041;
const OTHER_ACCOUNT: i64 = 994_042;
const METHOD: i64 = 994_051;

pub(super) fn paths(table: &mut Table) {
    for (id, path, code) in [
        ("P1", "{R}/%2e%2e/summary", NOTHING),
        ("P1", "{R}/%2e%2e", NO_ID),
        ("P1", "{R}/..", NO_ID),
        ("P1", "{R}/../zt_risk_scoring/summary", NOTHING),
        ("P1", "{R}/integrations/%2E%2E", NO_ID),
        ("P1", "{R}/integrations/reference_id/%2e%2e", NO_ID),
        ("P1", "{R}/integrations/reference_id/.", NO_ID),
        ("P1", "/client/v4/accounts/../user/tokens", NOTHING),
        ("P1", "/x/../client/v4/user/tokens", ADDRESS),
        ("P1", "/users/%2e%2e/x", ADDRESS),
        ("P2", "{R}%2fsummary", NOTHING),
        ("P2", "{R}/summary%2f", NO_ID),
        ("P2", "{R}/{ID}%2freset", NO_ID),
        ("P2", "{R}/..%2fbehaviors", NO_ID),
        ("P2", "{R}/integrations/reference_id/a%2fb", NO_ID),
        ("P2", "{R}/integrations/reference_id/a%5cb", NO_ID),
        ("P2", "{R}/..%5cbehaviors", NO_ID),
        ("P2", "/client%2fv4/user/tokens", ADDRESS),
        ("P2", "/%5cclient/v4/user/tokens", ADDRESS),
        ("P3", "//client/v4/user/tokens", NOTHING),
        ("P3", "{R}//summary", NOTHING),
        ("P3", "/client//v4/user/tokens", NOTHING),
        ("P3", "/users//x", ADDRESS),
        ("P3", "//", ADDRESS),
        ("P4", "{R}/summary;x=1", NO_ID),
        ("P4", "{R};x/summary", NOTHING),
        ("P4", "{R}/integrations/{ID};x", NO_ID),
        ("P4", "/client;x/v4/user/tokens", NOTHING),
        ("P4", "/users;x", ADDRESS),
        ("P5", "{R}/Summary", NO_ID),
        ("P5", "{R}/9B3AE8A1-6F1C-4C6E-8C79-0F4F6D9B7A10", NO_ID),
        ("P5", "/Client/v4/user/tokens", NOTHING),
        ("P5", "/client/V4/user/tokens", NOTHING),
        ("P5", "/API/v1/whoami", NOTHING),
        ("P6", "{R}/summary%00", NO_ID),
        ("P6", "{R}/{ID}%00", NO_ID),
        ("P6", "{R}/integrations/reference_id/a%00b", NO_ID),
        ("P6", "{R}/integrations/reference_id/a%0d%0ab", NO_ID),
        ("P6", "/users/%00", ADDRESS),
        ("P6", "/x%0d%0aSet-Cookie:%20a=b", ADDRESS),
        ("P7", "{R}/%252e%252e", NO_ID),
        ("P7", "{R}/%252e%252e/summary", NOTHING),
        ("P7", "{R}/integrations/reference_id/%252e%252e", NO_ID),
        ("P7", "{R}/integrations/reference_id/..%252f..%252fsummary", NO_ID),
        ("P7", "/users/%252e%252e", ADDRESS),
        ("P8", "{R}/summary%23", NO_ID),
        ("P8", "{R}/%23/summary", NOTHING),
        ("P8", "/users%23x", ADDRESS),
        ("P9", "{R}/%c0%ae%c0%ae", NO_ID),
        ("P9", "{R}/%c0%ae%c0%ae/summary", NOTHING),
        ("P9", "{R}/integrations/reference_id/%c0%af", NO_ID),
        ("P9", "{R}/%ef%bc%8e%ef%bc%8e/summary", NOTHING),
        ("P9", "{R}/\u{ff0e}\u{ff0e}/summary", NOTHING),
        ("P9", "/%c0%ae/x", ADDRESS),
        ("P9", "/\u{fc}", ADDRESS),
        ("P10", "{R}/summary/", NOTHING),
        ("P10", "{R}/behaviors/", NOTHING),
        ("P10", "{R}/{ID}/", NOTHING),
        ("P10", "{R}/", NO_ID),
        ("P10", "{R}", NOTHING),
        ("P10", "/api/v1/whoami/", NOTHING),
        ("P11", "http://riskdesk.example{R}/summary", ADDRESS),
        ("P11", "https://evil.example{R}/summary", ADDRESS),
        ("P11", "http://riskdesk.example/healthz", ADDRESS),
        ("P14", "{R}/integrations/reference_id", NO_ID),
        ("P14", "{R}/integrations/summary", NO_ID),
        ("P16", "/../../etc/passwd", ADDRESS),
        ("P16", "/%2e%2e/%2e%2e/etc/passwd", ADDRESS),
        ("P16", "/..%2f..%2fetc/passwd", ADDRESS),
        ("P16", "/index.html%00.js", ADDRESS),
        ("P16", "/users/..;/..;/etc/passwd", ADDRESS),
        ("P16", "/%u002e%u002e/etc/passwd", ADDRESS),
        ("P16", "/.env", NOTHING),
        ("P16", "/.git/config", NOTHING),
        ("P16", "/users/%2ehidden", NOTHING),
        ("P17", "/api", NOTHING),
        ("P17", "/api/", NOTHING),
        ("P17", "/api/v1", NOTHING),
        ("P17", "/api/v2/whoami", NOTHING),
        ("P17", "/api/v1/demo", NOTHING),
        ("P17", "/api/v1/demo/", NOTHING),
        ("P17", "/api/v1/demo?x", NOTHING),
        ("P17", "/api/index.html", NOTHING),
        ("P17", "/%61pi/v1/nothing", NOTHING),
        ("P17", "/client", NOTHING),
        ("P17", "/client/v4/zones", NOTHING),
        ("P17", "/client/v4/user/tokens/verify", NOTHING),
    ] {
        let request = table.admin(&format!("GET {path}"));
        table.refused(id, path, request.with("accept", "text/html"), code);
    }
    // The demo's own address is none anywhere else, whatever is asked of it and whoever asks.
    for method in ["POST", "PUT", "DELETE"] {
        let line = format!("{method} /api/v1/demo");
        let set = |request: Request| {
            let request = request.from_own_page().with("content-type", "application/json");
            request.with_body(r#"{"scenario":"quiet"}"#)
        };
        table.refused("P17", format!("an admin: {line}"), set(table.admin(&line)), NOTHING);
        table.refused("P17", format!("a service: {line}"), set(table.service(&line)), NOTHING);
    }
    let upper = ACCOUNT.to_uppercase();
    for tag in ["ffffffffffffffffffffffffffffffff", "x", "", "..", &ACCOUNT[1..], &upper] {
        let path = format!("GET /client/v4/accounts/{tag}/zt_risk_scoring/summary");
        let request = table.admin(&path);
        table.refused("P12", path, request, OTHER_ACCOUNT);
    }
    let other = format!("GET /client/v4/accounts/{ACCOUNT}/access/users");
    let request = table.admin(&other);
    table.refused("P12", "another service of ours", request, NOTHING);
    // No client sends a fragment; a library cuts it off (RFC 9110 §7.1).
    let request = table.admin("GET {R}/summary#/../behaviors");
    table.forwarded("P8", "a fragment is cut off", request, "GET {R}/summary");
    let request = table.admin("GET {R}/integrations/reference_id/50%25%20sure");
    let to = "GET {R}/integrations/reference_id/50%25%20sure";
    table.forwarded("P7", "a percent sign in a reference", request, to);
    for path in ["/c:/windows/win.ini", "/WEB-INF/web.xml", "/Cargo.toml", "/users/x.css"] {
        let request = table.admin(&format!("GET {path}"));
        table.answered("P16", request, 404);
    }
}

pub(super) fn queries(table: &mut Table) {
    for target in [
        "{R}/summary?x=1",
        "{R}/summary?page=1&page=2",
        "{R}/summary?page=0",
        "{R}/summary?page=1%26x",
        "{R}/summary?Page=1",
        "{R}/summary?page=1&account_id=ffffffffffffffffffffffffffffffff",
        "{R}/summary?_method=DELETE",
        "{R}/{ID}?order_by=name",
        "{R}/behaviors?page=1",
        "{R}/integrations?per_page=5",
        "{R}/integrations/{ID}?x",
        "/api/v1/whoami?x",
        "/api/v1/audit?limit=1&limit=2",
        "/api/v1/audit?order=asc",
    ] {
        let request = table.admin(&format!("GET {target}"));
        table.refused("P13", target, request, QUERY);
    }
    for line in
        ["POST {R}/{ID}/reset?x=1", "DELETE {R}/integrations/{ID}?x=1", "PUT {R}/behaviors?x=1"]
    {
        let request = table.admin(line).from_own_page();
        table.refused("P13", line, request, QUERY);
    }
    let request = table.admin("GET {R}/summary?per_page=050&page=2");
    let to = "GET {R}/summary?page=2&per_page=50";
    table.forwarded("P13", "pages, written anew", request, to);
}

pub(super) fn methods(table: &mut Table) {
    for (id, line, code) in [
        ("P14", "POST {R}/behaviors/reset", NO_ID),
        ("P14", "POST {R}/summary/reset", NO_ID),
        ("P14", "POST {R}/integrations/reset", NO_ID),
        ("P14", "POST {R}/summary", METHOD),
        ("P14", "DELETE {R}/behaviors", METHOD),
        ("P15", "TRACE {R}/summary", METHOD),
        ("P15", "TRACE /", METHOD),
        ("P15", "get {R}/summary", METHOD),
        ("P15", "GeT /api/v1/whoami", METHOD),
        ("P15", "PATCH {R}/behaviors", METHOD),
        ("P15", "OPTIONS {R}/summary", METHOD),
        ("P15", "PROPFIND /", METHOD),
        ("P15", "DELETE /", METHOD),
        ("P15", "POST /healthz", METHOD),
        ("P15", "PUT /api/v1/audit", METHOD),
    ] {
        let request = table.admin(line).from_own_page();
        table.refused(id, line, request, code);
    }
    for name in ["x-http-method-override", "x-http-method", "x-method-override"] {
        let request = table.admin("GET {R}/integrations/{ID}").from_own_page();
        let request = request.with(name, "DELETE");
        table.forwarded("P15", name, request, "GET {R}/integrations/{ID}");
        let request = table.admin("POST {R}/integrations/{ID}").from_own_page();
        table.refused("P15", format!("POST and {name}"), request.with(name, "DELETE"), METHOD);
    }
}
