use crate::{
    program::Server,
    wire::{get, send},
};

#[test]
fn the_app_is_served_or_said_to_be_missing() {
    let server = Server::start(&["demo"]);
    let index = get(server.address, "/");
    if index.status == 503 {
        assert!(index.text().contains("cargo xtask build"));
        return;
    }
    assert_eq!(index.status, 200);
    assert_eq!(index.header("cache-control"), "no-cache");
    assert_eq!(index.header("content-type"), "text/html; charset=utf-8");
    assert_eq!(get(server.address, "/users/some-id").body, index.body);

    let head = send(server.address, "HEAD /", "");
    assert_eq!((head.status, head.body.len()), (200, 0));
    assert_eq!(head.header("content-length"), index.body.len().to_string());

    for (accept, encoding, magic) in
        [("gzip, br", "br", None), ("gzip", "gzip", Some([0x1f, 0x8b]))]
    {
        let head = format!("GET /\nAccept-Encoding: {accept}");
        let packed = send(server.address, &head, "");
        assert_eq!(packed.header("content-encoding"), encoding);
        assert_eq!(packed.header("vary"), "accept-encoding");
        assert!(magic.is_none_or(|magic| packed.body.starts_with(&magic)));
        let tag = packed.header("etag");
        let again = send(server.address, &format!("{head}\nIf-None-Match: {tag}"), "");
        assert_eq!((again.status, again.body.len(), again.header("etag")), (304, 0, tag));
    }

    for path in ["/gone-0123456789abcdef.js", "/favicon.gone"] {
        let gone = get(server.address, path);
        assert_eq!((gone.status, gone.header("cache-control")), (404, "no-store"));
    }
}
