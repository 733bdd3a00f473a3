use super::*;

const FILES: [Asset; 4] = [
    file("app-0123456789abcdef_bg.wasm", b"\0asm", Some(b"br"), Some(b"gzip")),
    file("icon.png", b"png", None, None),
    file("index.html", b"<!doctype html>", Some(b"br"), Some(b"gz")),
    file("snippets/x/inline0.js", b"x", None, None),
];

const fn file(
    name: &'static str,
    raw: &'static [u8],
    br: Option<&'static [u8]>,
    gzip: Option<&'static [u8]>,
) -> Asset {
    Asset { name, digest: "d1", raw, br, gzip }
}

fn ask(method: Method, path: &str, headers: &[(&'static str, &'static str)]) -> Response<Bytes> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, HeaderValue::from_static(value));
    }
    answer(&FILES, &AppPath::parse(path).unwrap(), &method, &map)
}

fn get(path: &str, headers: &[(&'static str, &'static str)]) -> Response<Bytes> {
    ask(Method::GET, path, headers)
}

#[test]
fn every_page_is_the_index_and_is_asked_for_again() {
    for path in ["/", "/index.html", "/users", "/users/9b3a", "/a%20b", "/integrations/new"] {
        let response = get(path, &[("accept", "text/html,application/xhtml+xml")]);
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.body(), "<!doctype html>");
        assert_eq!(response.headers()["content-type"], "text/html; charset=utf-8");
        assert_eq!(response.headers()["cache-control"], "no-cache");
        assert_eq!(response.headers()["x-frame-options"], "DENY");
    }
    assert_eq!(get("/users", &[]).status(), 200);
    assert_eq!(get("/users", &[("accept", "*/*")]).status(), 200);
    assert_eq!(get("/users", &[("accept", "image/png")]).status(), 404);
}

#[test]
fn an_unknown_file_is_404_and_never_the_index() {
    for path in ["/old-0123456789abcdef.js", "/favicon.ico", "/users/x.js", "/snippets/gone"] {
        let response = get(path, &[("accept", "*/*")]);
        assert_eq!(response.status(), 404, "{path}");
        assert_eq!(response.headers()["content-type"], "text/plain; charset=utf-8");
    }
}

#[test]
fn a_hashed_file_is_kept_and_others_are_not() {
    let wasm = get("/app-0123456789abcdef_bg.wasm", &[("accept-encoding", "gzip, br")]);
    assert_eq!(wasm.headers()["cache-control"], IMMUTABLE);
    assert_eq!(wasm.headers()["content-type"], "application/wasm");
    assert_eq!(wasm.headers()["content-encoding"], "br");
    assert_eq!(wasm.headers()["vary"], "accept-encoding");
    assert_eq!(wasm.headers()["etag"], "\"d1-br\"");
    assert_eq!(wasm.body(), "br");
    let icon = get("/icon.png", &[("accept-encoding", "br")]);
    assert_eq!(icon.headers()["cache-control"], "no-cache");
    assert!(!icon.headers().contains_key("vary"));

    for name in ["app-0123456789abcdef.js", "a/tokens-deadbeef.css", "x-deadbeef.js.map"] {
        assert!(is_hashed(name), "{name}");
    }
    for name in
        ["index.html", "app-deadbee.js", "app-DEADBEEF.js", "deadbeef00.js", "a-deadbeef/b.js"]
    {
        assert!(!is_hashed(name), "{name}");
    }
}

#[test]
fn a_copy_that_is_still_good_is_not_sent_again() {
    for (tag, status) in [
        ("\"d1-gzip\"", 304),
        ("W/\"d1-gzip\"", 304),
        ("\"old\", \"d1-gzip\"", 304),
        ("*", 304),
        ("\"d1\"", 200),
        ("\"d1-br\"", 200),
    ] {
        let headers = [("accept-encoding", "gzip"), ("if-none-match", tag)];
        let response = get("/", &headers);
        assert_eq!(response.status(), status, "{tag}");
        assert_eq!(response.headers()["etag"], "\"d1-gzip\"");
        assert_eq!(response.headers()["cache-control"], "no-cache");
        assert_eq!(response.body().is_empty(), status == 304);
        assert_eq!(response.headers().contains_key("content-length"), status == 200);
    }
}

#[test]
fn head_is_get_without_the_body() {
    let head = ask(Method::HEAD, "/", &[]);
    assert_eq!(head.headers(), get("/", &[]).headers());
    assert_eq!(head.headers()["content-length"], "15");
    assert!(head.body().is_empty());
}

#[test]
fn without_the_app_it_says_so() {
    let path = AppPath::parse("/").unwrap();
    let response = answer(&[], &path, &Method::GET, &HeaderMap::new());
    assert_eq!(response.status(), 503);
    assert!(String::from_utf8_lossy(response.body()).contains("cargo xtask build"));
}
