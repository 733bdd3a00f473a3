//! C: what other sites' pages can have a browser send, and what a page of ours may.

use super::Table;
use crate::{PUBLIC_URL, Request};

const NO_XHR: i64 = 994_032;
const CROSS: i64 = 994_033;
const METHOD: i64 = 994_051;

const RESET: &str = "POST {R}/{ID}/reset";
const XHR: (&str, &str) = ("x-requested-with", "XMLHttpRequest");

pub(super) fn origins(table: &mut Table) {
    let reset = table.admin(RESET);
    let xhr = reset.clone().with(XHR.0, XHR.1);
    let site = |request: &Request, site| request.clone().with("sec-fetch-site", site);
    let origin = |request: &Request, origin: &str| request.clone().with("origin", origin);

    let form = site(&reset, "cross-site")
        .with("origin", "https://evil.example")
        .with("content-type", "application/x-www-form-urlencoded");
    table.refused("C1", "another site's form", form, NO_XHR);
    let cross = origin(&site(&xhr, "cross-site"), "https://evil.example");
    table.refused("C1", "another site's page", cross, CROSS);
    let sibling = origin(&site(&xhr, "same-site"), "https://sibling.example");
    table.refused("C2", "a sibling's page", sibling, CROSS);
    table.refused("C2", "a sibling without an origin", site(&xhr, "same-site"), CROSS);
    for odd in [
        "null",
        "https://evil.example",
        "https://riskdesk.example.evil.example",
        "https://riskdesk.example:8443",
        "https://riskdesk.example/",
        "https://riskdesk.example@evil.example",
        "http://riskdesk.example",
        "https://localhost",
        "riskdesk.example",
        "file://riskdesk.example",
        "",
    ] {
        table.refused("C3", format!("origin {odd:?}"), origin(&xhr, odd), CROSS);
        let same = origin(&site(&xhr, "same-origin"), odd);
        table.refused("C3", format!("origin {odd:?}, said to be our own"), same, CROSS);
    }
    let twice = origin(&origin(&xhr, PUBLIC_URL), "https://evil.example");
    table.refused("C3", "two origins", twice, CROSS);
    for site_of in ["cross-site", "none", "Same-Origin", ""] {
        table.refused("C3", format!("from {site_of:?}"), site(&xhr, site_of), CROSS);
    }

    let own = site(&reset, "same-origin");
    table.refused("C4", "no custom header", own.clone(), NO_XHR);
    for value in ["", "fetch", "xmlhttprequest", "XMLHttpRequest, XMLHttpRequest"] {
        let request = own.clone().with(XHR.0, value);
        table.refused("C4", format!("the custom header {value:?}"), request, NO_XHR);
    }
    let twice = own.clone().with(XHR.0, XHR.1).with(XHR.0, XHR.1);
    table.refused("C4", "the custom header twice", twice, CROSS);
    table.refused("C5", "a browser that says nothing", xhr.clone(), CROSS);
    table.forwarded("C5", "our own page, by site", site(&xhr, "same-origin"), RESET);
    table.forwarded("C5", "our own page, by origin", origin(&xhr, PUBLIC_URL), RESET);

    let service = table.service(RESET);
    table.forwarded("C5", "a service that says nothing", service.clone(), RESET);
    table.forwarded("C5", "a service from here", origin(&service, PUBLIC_URL), RESET);
    for odd in ["https://evil.example", "null", "http://riskdesk.example"] {
        let request = origin(&service, odd);
        table.refused("C5", format!("a service from {odd}"), request, CROSS);
    }
    for odd in ["cross-site", "same-site"] {
        let request = site(&service, odd);
        table.refused("C5", format!("a service, {odd}"), request, CROSS);
    }

    for path in ["{R}/behaviors", "{R}/{ID}/reset", "/api/v1/whoami", "/"] {
        let preflight = super::plain(&format!("OPTIONS {path}"))
            .with("origin", "https://evil.example")
            .with("access-control-request-method", "PUT")
            .with("access-control-request-headers", "x-requested-with");
        table.refused("C7", format!("a preflight of {path}"), preflight, METHOD);
    }
    let read = table.admin("GET {R}/summary").with("origin", "https://evil.example");
    table.forwarded("C7", "a read says nothing to other sites", read, "GET {R}/summary");
    table.carrying(&[("cross-origin-resource-policy", "same-origin")]);

    for line in ["GET {R}/{ID}/reset", "GET {R}/integrations/{ID}/delete"] {
        let request = table.admin(line).with(XHR.0, XHR.1);
        let code = if line.ends_with("reset") { METHOD } else { 994_041 };
        table.refused("C8", line, request, code);
    }
    for path in ["/healthz", "/api/v1/whoami"] {
        let request = table.admin(&format!("GET {path}"));
        table.answered("C9", request, 200);
        table.carrying(&[
            ("x-frame-options", "DENY"),
            ("cross-origin-opener-policy", "same-origin"),
        ]);
    }
    for host in ["evil.example", "riskdesk.example.rebound.example", "192.0.2.1"] {
        for path in ["/", "/healthz", "/api/v1/whoami", "{R}/summary"] {
            let bare = super::plain(&format!("GET {path}")).without("host").with("host", host);
            table.refused("C11", format!("{host}{path}"), bare, 994_211);
            let let_in = table.admin(&format!("GET {path}")).without("host").with("host", host);
            table.refused("C11", format!("{host}{path}, let in"), let_in, 994_211);
        }
    }
}
