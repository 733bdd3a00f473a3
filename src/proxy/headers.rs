//! The security headers of every answer, from one source, for every host.

use http::{HeaderMap, HeaderName, HeaderValue};

use crate::assets;

/// Name and value, in the order of the `_headers` file.
///
/// - CSP: nothing but our own files. WebAssembly needs `'wasm-unsafe-eval'` (CSP Level 3 §2.3.1),
///   which doesn't allow JavaScript's `eval`. No inline script or style. The people of an account
///   are held by a Web Worker.
/// - COOP and CORP: no other site holds our window or loads our data
///   (<https://developer.mozilla.org/docs/Web/HTTP/Headers/Cross-Origin-Resource-Policy>).
/// - `X-Frame-Options` says `frame-ancestors 'none'` to browsers older than CSP Level 2.
/// - The app copies IDs and URLs, and uses no other feature that asks for permission.
const SECURITY: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; style-src 'self'; \
         img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "no-referrer"),
    (
        "permissions-policy",
        "camera=(), clipboard-write=(self), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
];

/// Puts the security headers on an answer.
pub(crate) fn secure(headers: &mut HeaderMap) {
    for (name, value) in SECURITY {
        headers.insert(HeaderName::from_static(name), HeaderValue::from_static(value));
    }
}

/// Tells browsers to come over HTTPS for the next year (RFC 6797). It is said of our own name alone:
/// what other names the domain has is not ours to know. Over plain HTTP it must not be said.
pub(crate) fn keep_secure(headers: &mut HeaderMap) {
    let year = HeaderValue::from_static("max-age=31536000");
    headers.insert(http::header::STRICT_TRANSPORT_SECURITY, year);
}

/// Names a request in its answer, as it is named on record.
pub fn name_request(headers: &mut HeaderMap, id: &str) {
    if let Ok(id) = HeaderValue::from_str(id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
}

/// The content security policy as a page can say it of itself, in `<meta http-equiv>`: who may frame
/// it is for headers alone to say (CSP Level 3 §6.4.2).
#[must_use]
pub fn policy_for_meta() -> String {
    let directives = SECURITY[0].1.split("; ").filter(|one| !one.starts_with("frame-ancestors"));
    directives.collect::<Vec<_>>().join("; ")
}

/// The same headers as a `_headers` file for static hosts, and how long each of `files` (paths
/// relative to the site's root) may be kept.
///
/// Format: <https://developers.cloudflare.com/workers/static-assets/headers/>
#[must_use]
pub fn headers_file<'a>(files: impl IntoIterator<Item = &'a str>) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in SECURITY {
        text.push_str(&format!("  {name}: {value}\n"));
    }
    let mut names: Vec<&str> = files.into_iter().collect();
    names.sort_unstable();
    for name in names.into_iter().filter(|name| assets::is_hashed(name)) {
        text.push_str(&format!("/{name}\n  cache-control: {}\n", assets::IMMUTABLE));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_answer_gets_the_headers() {
        let mut headers = HeaderMap::new();
        secure(&mut headers);
        assert_eq!(headers.len(), SECURITY.len());
        let csp = headers["content-security-policy"].to_str().unwrap();
        assert!(csp.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"));
        assert!(!csp.contains("unsafe-inline") && !csp.contains("'unsafe-eval'"));
        assert!(!csp.contains("  ") && !csp.contains('\n'));
    }

    #[test]
    fn a_page_says_the_same_of_itself() {
        let policy = policy_for_meta();
        assert_eq!(format!("{policy}; frame-ancestors 'none'"), SECURITY[0].1);
    }

    #[test]
    fn a_static_host_gets_the_same() {
        let file = headers_file(["index.html", "app-0123456789abcdef_bg.wasm"]);
        for (name, value) in SECURITY {
            assert!(file.contains(&format!("\n  {name}: {value}\n")), "{name}");
        }
        let cached = "\n/app-0123456789abcdef_bg.wasm\n  cache-control: public, max-age=31536000, immutable\n";
        assert!(file.starts_with("/*\n") && file.ends_with(cached), "{file}");
        assert!(!file.contains("index.html"));
    }
}
