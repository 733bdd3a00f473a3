//! H3 to H6, H8, H10 and H11: headers of the client's, of those in between, and of the vendor's.

use super::Table;

pub(super) fn headers(table: &mut Table) {
    let read = "GET {R}/summary";
    for (name, value) in [
        ("authorization", "Bearer stolen"),
        ("cookie", "session=1"),
        ("x-auth-key", "key"),
        ("x-auth-email", "a@b.example"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-forwarded-host", "evil.example"),
        ("x-forwarded-proto", "http"),
        ("forwarded", "for=10.0.0.1;host=evil.example"),
        ("x-real-ip", "127.0.0.1"),
        ("cf-connecting-ip", "127.0.0.1"),
        ("range", "bytes=0-1"),
        ("if-none-match", "*"),
        ("accept-encoding", "gzip"),
        ("te", "trailers"),
    ] {
        let request = table.admin(read).with(name, value);
        table.forwarded("H3", name, request, read);
    }
    let reset = table.admin("POST {R}/{ID}/reset").from_own_page();
    let request = reset.with("authorization", "Bearer stolen").with("cookie", "a=b");
    table.forwarded("H3", "a change", request, "POST {R}/{ID}/reset");

    for name in ["x-original-url", "x-rewrite-url", "x-forwarded-path", "x-forwarded-prefix"] {
        let request = table.admin(read).with(name, "/client/v4/user/tokens");
        table.forwarded("H4", name, request, read);
        let request = super::plain(read).with(name, "/healthz");
        table.refused("H4", format!("{name} without an assertion"), request, 994_011);
    }
    for agent in ["", "kube-probe/1.29", "GoogleHC/1.0", "ELB-HealthChecker/2.0", "cloudflared"] {
        let request = super::plain(read).with("user-agent", agent);
        table.refused("H5", format!("user agent {agent:?}"), request, 994_011);
    }

    let absent = table.admin(read).without("host");
    table.refused("H6", "no host", absent.clone(), 994_002);
    table.refused("H6", "an empty host", absent.clone().with("host", ""), 994_002);
    let twice = absent.clone().with("host", "riskdesk.example").with("host", "riskdesk.example");
    table.refused("H6", "the host twice", twice, 994_002);
    let two = absent.clone().with("host", "riskdesk.example").with("host", "evil.example");
    table.refused("H6", "two hosts", two, 994_002);
    for host in [
        "evil.example",
        "riskdesk.example.evil.example",
        "riskdesk.example.",
        "evil.example:8787",
        "a@riskdesk.example",
        "riskdesk.example@evil.example",
        "riskdesk.example, evil.example",
        "riskdesk.example/x",
        "10.0.0.1",
        "169.254.169.254",
    ] {
        let request = absent.clone().with("host", host);
        table.refused("H6", format!("host {host:?}"), request, 994_211);
    }

    for line in [read, "GET {R}/behaviors", "GET {R}/integrations"] {
        let request = table.admin(line);
        table.forwarded("H8", "the vendor's cookies and redirects end here", request, line);
    }
    for (path, code) in [
        ("/api/x.css", 994_041),
        ("/api/v1/whoami.css", 994_041),
        ("/api/v1/whoami/x.css", 994_041),
        ("{R}/summary.css", 994_007),
        ("{R}/summary/x.js", 994_041),
        ("{R}/summary%2ex.css", 994_007),
    ] {
        let request = table.admin(&format!("GET {path}"));
        table.refused("H10", path, request, code);
        table.carrying(&[("cache-control", "no-store")]);
    }
    let request = table.admin("GET /api/v1/whoami");
    table.answered("H10", request, 200);
    table.carrying(&[("cache-control", "no-store")]);
    let request = table.admin(read);
    table.forwarded("H10", "data is not kept", request, read);
    table.carrying(&[("cache-control", "no-store"), ("x-content-type-options", "nosniff")]);

    let reset = || table.admin("POST {R}/{ID}/reset").from_own_page();
    let lines = reset().with("x-riskdesk-reason", "a%0d%0aactor:%20somebody%00%1b%5b2J");
    let (odd_reasons, two_reasons) = (
        ["%", "%2", "%zz", "%ff", "\u{fc}"].map(|text| reset().with("x-riskdesk-reason", text)),
        reset().with("x-riskdesk-reason", "a").with("x-riskdesk-reason", "b"),
    );
    let batch = "0198c1de-5d2f-7c3a-9f4e-3b1a2c4d5e6f";
    let of_batch = |batch: &str| reset().with("x-riskdesk-batch", batch);
    let (together, twice, odd) = (
        of_batch(batch),
        of_batch(batch).with("x-riskdesk-batch", batch),
        ["", "1", "{0198c1de-5d2f-7c3a-9f4e-3b1a2c4d5e6f}", "a%0d%0ab"].map(of_batch),
    );
    table.forwarded("H11", "lines in a reason", lines, "POST {R}/{ID}/reset");
    for request in odd_reasons {
        table.refused("H11", "a reason that can't be read", request, 994_006);
    }
    table.refused("H11", "two reasons", two_reasons, 994_006);
    table.forwarded("H11", "one of several changes", together, "POST {R}/{ID}/reset");
    for request in odd {
        table.refused("H11", "a batch that is no UUID", request, 994_000);
    }
    table.refused("H11", "two batches", twice, 994_000);
}
