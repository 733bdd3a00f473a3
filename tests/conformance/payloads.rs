//! Addresses made from small grammars: 500 that try to leave their path, and 500 that try to have
//! us send somebody elsewhere. Whatever comes of them, it is [`Verdict::Harmless`].

use crate::{Case, ID, RISK, Sent, Verdict, cases, mint::Issuer};

/// Spellings of `..`, of what follows it, and of a slash.
const UP: [&str; 12] = [
    "..",
    "%2e%2e",
    "%2E.",
    ".%2e",
    "%252e%252e",
    "%c0%ae%c0%ae",
    "%e0%80%ae%e0%80%ae",
    "%u002e%u002e",
    "\u{ff0e}\u{ff0e}",
    "%ef%bc%8e%ef%bc%8e",
    "..%00",
    "..;x=1",
];
const SLASH: [&str; 7] = ["/", "//", "%2f", "%5c", "\\", "%252f", "%c0%af"];

/// Where a climb starts, and where it would end: other services, other accounts, files.
const FROM: [&str; 3] = ["/client/v4/accounts/{A}", "{R}", "{R}/integrations/reference_id"];
const TO: [&str; 4] = [
    "user/tokens",
    "zones",
    "accounts/ffffffffffffffffffffffffffffffff/zt_risk_scoring/summary",
    "access/users",
];

/// What is put into the middle of a good address or after it.
const ODD: [&str; 16] = [
    "%00",
    "%0d%0a",
    "%20",
    "%09",
    "%7f",
    ";x",
    ";x=1/..",
    "%3b",
    "%3f",
    "%23",
    "\u{2f}\u{2f}",
    "%ff",
    "%ed%a0%80",
    "\u{2215}",
    "+",
    "~",
];

/// 500 addresses that try to leave their path.
#[must_use]
pub fn paths(issuer: &Issuer) -> Vec<Case> {
    let mut targets = Vec::new();
    for from in FROM {
        for (number, up) in UP.iter().enumerate() {
            for (turn, slash) in SLASH.iter().enumerate() {
                let to = TO[(number + turn) % TO.len()];
                let depth = 1 + (number + turn) % 4;
                let climb = [*up, *slash].concat().repeat(depth);
                targets.push(format!("{from}/{climb}{to}"));
            }
        }
    }
    for (front, back) in [
        ("{R}/summary", ""),
        ("{R}", "/summary"),
        ("{R}/{ID}", "/reset"),
        ("{R}/integrations/{ID}", ""),
        ("{R}/integrations/reference_id/a", "b"),
        ("/client", "/v4/user/tokens"),
        ("/client/v4/accounts", "/ffffffffffffffffffffffffffffffff/zt_risk_scoring/summary"),
        ("/api", "/v1/whoami"),
        ("/users", "/x"),
    ] {
        targets.extend(ODD.map(|odd| format!("{front}{odd}{back}")));
    }
    for prefix in ["/", "//", "/./", "/.//", "/%2e/", "/x/../", "/\\", "/%2f"] {
        for to in ["client/v4/user/tokens", "client/v4/accounts", "api/v1/audit/../whoami"] {
            targets.push(format!("{prefix}{to}"));
        }
    }
    for tag in
        ["{A}%20", "{A}%00", " {A}", "{A}/", "{A}%2f", "{A},ffff", "*", "me", "%2a", "{A}.{A}"]
    {
        for rest in ["zt_risk_scoring/summary", "zt_risk_scoring/behaviors", "zt_risk_scoring/{ID}"]
        {
            targets.push(format!("/client/v4/accounts/{}/{rest}", tag.replace(' ', "%20")));
        }
    }
    for file in
        ["etc/passwd", "proc/self/environ", "riskdesk.toml", "riskdesk.db", "windows/win.ini"]
    {
        for up in UP {
            targets.push(format!("/{up}/{up}/{file}"));
        }
    }
    harmless(issuer, "P1", targets)
}

/// 500 addresses that try to have us, or the app, send a browser to another site.
#[must_use]
pub fn redirects(issuer: &Issuer) -> Vec<Case> {
    const SLASHES: [&str; 16] = [
        "//",
        "///",
        "////",
        "/\\",
        "\\\\",
        "/\\/",
        "/%09/",
        "/%0a/",
        "/%0d/",
        "/%2f",
        "/%5c",
        "/.//",
        "/..//",
        "/;/",
        "/%20//",
        "/\u{ff0f}",
    ];
    const SITES: [&str; 8] = [
        "evil.example",
        "evil.example/%2e%2e",
        "riskdesk.example@evil.example",
        "riskdesk.example.evil.example/",
        "evil.example%23",
        "evil%E3%80%82example",
        "[::1]",
        "2130706433/",
    ];
    const NAMES: [&str; 14] = [
        "next",
        "url",
        "redirect",
        "redirect_url",
        "redirect_uri",
        "return",
        "returnTo",
        "to",
        "continue",
        "dest",
        "callback",
        "kid",
        "state",
        "RelayState",
    ];
    const PAGES: [&str; 6] =
        ["/", "/users", "/audit", "/integrations/new", "/cdn-cgi/access/logout", "/logout"];
    const URLS: [&str; 4] =
        ["https://evil.example", "//evil.example", "javascript:alert(1)", "/%5cevil.example"];
    let mut targets = Vec::new();
    for slashes in SLASHES {
        targets.extend(SITES.map(|site| format!("{slashes}{site}")));
    }
    for page in PAGES {
        for name in NAMES {
            targets.extend(URLS.map(|url| format!("{page}?{name}={url}")));
        }
    }
    for split in
        ["%0d%0aLocation:%20//evil.example", "%0aLocation:x", "%E5%98%8A%E5%98%8DLocation:x"]
    {
        for page in
            ["/", "/users/", "/api/v1/", "{R}/", "{R}/summary", "/healthz", "/x.css", "/users?q="]
        {
            targets.push(format!("{page}{split}"));
        }
    }
    for page in
        ["/users/", "/integrations/", "/login", "/healthz/", "/api/v1/whoami/", "{R}/summary/"]
    {
        targets.extend(
            ["", "//evil.example", "?/", "/..//evil.example"].map(|end| format!("{page}{end}")),
        );
    }
    harmless(issuer, "C10", targets)
}

fn harmless(issuer: &Issuer, id: &'static str, mut targets: Vec<String>) -> Vec<Case> {
    targets.sort();
    targets.dedup();
    let admin = cases::request(issuer, "GET /");
    let case = |target: String| {
        let target = target.replace("{R}", RISK).replace("{ID}", ID).replace("{A}", crate::ACCOUNT);
        let mut request = admin.clone();
        request.target.clone_from(&target);
        Case {
            id,
            what: target,
            sent: Sent::Request(request),
            jwks: None,
            verdict: Verdict::Harmless,
            carries: &[],
        }
    };
    targets.into_iter().map(case).collect()
}
