//! H6, H7, P and L over a socket: bytes that are no request, or that two readers could take for
//! different ones (RFC 9112 §11.2). Each carries an admin's assertion, and where it could hide a
//! second request, that one does too.

use super::{good, plain};
use crate::{Case, RISK, Sent, Verdict, mint::Issuer};

struct Wire {
    cases: Vec<Case>,
    /// The header that lets an admin in.
    pass: String,
    /// A read that must not be seen upstream.
    hidden: String,
}

/// Every case that only a socket can send.
#[must_use]
pub fn malformed(issuer: &Issuer) -> Vec<Case> {
    let pass = format!("{}: {}\r\n", super::HEADER, good(issuer));
    let hidden = plain("GET {R}/behaviors").with(super::HEADER, good(issuer)).bytes();
    let hidden = String::from_utf8(hidden).expect("it is text");
    let mut wire = Wire { cases: Vec::new(), pass, hidden };
    wire.lengths();
    wire.chunks();
    wire.header_lines();
    wire.request_lines();
    wire.other_protocols();
    wire.tolerated();
    wire.cases
}

impl Wire {
    fn push(&mut self, id: &'static str, what: &str, bytes: Vec<u8>, verdict: Verdict) {
        let (what, sent) = (what.to_owned(), Sent::Bytes(bytes));
        self.cases.push(Case { id, what, sent, jwks: None, verdict, carries: &[] });
    }

    /// A read with these header lines more and this after it is no request.
    fn read(&mut self, id: &'static str, what: &str, lines: impl AsRef<[u8]>, rest: &str) {
        let bytes = self.read_bytes(lines.as_ref(), rest);
        self.push(id, what, bytes, Verdict::Malformed);
    }

    fn read_bytes(&self, lines: &[u8], rest: &str) -> Vec<u8> {
        let head =
            format!("GET {RISK}/summary HTTP/1.1\r\nHost: riskdesk.example\r\n{}", self.pass);
        [head.as_bytes(), lines, b"\r\n", rest.as_bytes()].concat()
    }

    /// This first line, with all that makes a good request after it, is none.
    fn line(&mut self, id: &'static str, what: &str, line: impl AsRef<[u8]>) {
        let bytes = self.line_bytes(line.as_ref());
        self.push(id, what, bytes, Verdict::Malformed);
    }

    fn line_bytes(&self, line: &[u8]) -> Vec<u8> {
        let rest = format!("\r\nHost: riskdesk.example\r\n{}\r\n", self.pass);
        [line, rest.as_bytes()].concat()
    }

    fn lengths(&mut self) {
        let hidden = self.hidden.clone();
        let length = hidden.len();
        for (what, lines) in [
            ("two lengths", format!("Content-Length: 0\r\nContent-Length: {length}\r\n")),
            ("a length in a list", format!("Content-Length: 0, {length}\r\n")),
            ("a length with a plus", format!("Content-Length: +{length}\r\n")),
            ("a length below zero", "Content-Length: -1\r\n".to_owned()),
            ("a length in base 16", "Content-Length: 0x0\r\n".to_owned()),
            ("a length with a blank in it", "Content-Length: 0 0\r\n".to_owned()),
            ("no length", "Content-Length:\r\n".to_owned()),
            ("a length past 64 bits", format!("Content-Length: {}\r\n", "9".repeat(30))),
            ("a length with a letter", "Content-Length: 0a\r\n".to_owned()),
            ("a body for a read", format!("Content-Length: {length}\r\n")),
        ] {
            self.read("H7", what, lines, &hidden);
        }
    }

    fn chunks(&mut self) {
        let hidden = self.hidden.clone();
        let chunk = format!("{:x}\r\n{hidden}\r\n0\r\n\r\n", hidden.len());
        for (what, lines) in [
            ("chunked last but one", "Transfer-Encoding: chunked, identity\r\n"),
            ("an unknown coding", "Transfer-Encoding: xchunked\r\n"),
            ("identity", "Transfer-Encoding: identity\r\n"),
            ("chunked with a parameter", "Transfer-Encoding: chunked;x=1\r\n"),
            ("no coding", "Transfer-Encoding:\r\n"),
            ("in quotes", "Transfer-Encoding: \"chunked\"\r\n"),
            ("with an underscore", "Transfer_Encoding: chunked\r\n"),
            ("a blank before the colon", "Transfer-Encoding : chunked\r\n"),
            ("folded", "Transfer-Encoding:\r\n chunked\r\n"),
            ("a chunked body for a read", "Transfer-Encoding: chunked\r\n"),
            ("packed and chunked", "Transfer-Encoding: gzip, chunked\r\n"),
            ("chunked twice", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"),
        ] {
            self.read("H7", what, lines, &chunk);
        }
        for (what, rest) in [
            ("a chunk of size -1", "-1\r\n\r\n0\r\n\r\n".to_owned()),
            ("a chunk of size 0x1", "0x1\r\na\r\n0\r\n\r\n".to_owned()),
            ("a chunk's size past 64 bits", format!("{}\r\na\r\n0\r\n\r\n", "f".repeat(20))),
            ("a chunk without a size", "\r\na\r\n0\r\n\r\n".to_owned()),
            ("a chunk's size in letters", "xyz\r\na\r\n0\r\n\r\n".to_owned()),
            ("a chunk longer than its size", format!("1\r\nab\r\n0\r\n\r\n{hidden}")),
            ("a chunk that ends in a bare LF", format!("1\na\n0\n\n{hidden}")),
            ("a chunk's extension of 70 KB", format!("1;{}\r\na\r\n0\r\n\r\n", "x".repeat(70_000))),
        ] {
            self.read("H7", what, "Transfer-Encoding: chunked\r\n", &rest);
        }
        let trailer = format!("1\r\na\r\n0\r\nHost: evil.example\r\n{}\r\n", self.pass);
        self.read("H7", "headers after a body", "Transfer-Encoding: chunked\r\n", &trailer);
        let old = format!(
            "GET {RISK}/summary HTTP/1.0\r\nHost: riskdesk.example\r\n{}Transfer-Encoding: chunked\r\n\r\n{chunk}",
            self.pass
        );
        self.push("H7", "chunked in HTTP/1.0", old.into_bytes(), Verdict::Malformed);
    }

    fn header_lines(&mut self) {
        for (id, what, lines) in [
            ("H7", "a folded header", b"X-A: 1\r\n  2\r\n".as_slice()),
            ("H7", "a header folded by a tab", b"X-A: 1\r\n\t2\r\n"),
            ("H7", "a header without a colon", b"X-A\r\n"),
            ("H7", "a header without a name", b": x\r\n"),
            ("H7", "a blank before the colon", b"X-A : x\r\n"),
            ("H7", "a blank in a name", b"X A: x\r\n"),
            ("H7", "a name in parentheses", b"(X): x\r\n"),
            ("H7", "a name that is no ASCII", b"X-\xc3\xbc: x\r\n"),
            ("H7", "a control character in a name", b"X-\x01: x\r\n"),
            ("H7", "a zero byte in a value", b"X-A: a\0b\r\n"),
            ("H7", "a bare CR in a value", b"X-A: a\rHost: evil.example\r\n"),
            ("H7", "an escape character in a value", b"X-A: \x1b[2J\r\n"),
            ("H6", "a host and a folded one", b"Host:\r\n evil.example\r\n"),
            ("H6", "a second host", b"Host: evil.example\r\n"),
            ("H6", "a host with an underscore", b"Host_: x\r\nHOST: riskdesk.example\r\n"),
            ("H1", "Connection names the host", b"Connection: Host\r\n"),
            ("H2", "a reason with an underscore", b"X_Riskdesk_Reason: x\r\n"),
        ] {
            self.read(id, what, lines, "");
        }
        let long = format!("X-A: {}\r\n", "x".repeat(200_000));
        self.read("L4", "a header of 200 KB", long, "");
        let many: String = (0..2_000).map(|number| format!("X-{number}: x\r\n")).collect();
        self.read("L4", "2,000 headers", many, "");
    }

    fn request_lines(&mut self) {
        let path = format!("{RISK}/summary");
        for (id, what, line) in [
            ("H7", "HTTP/0.9", format!("GET {path}")),
            ("H7", "HTTP/1.2", format!("GET {path} HTTP/1.2")),
            ("H7", "HTTP/2.0", format!("GET {path} HTTP/2.0")),
            ("H7", "HTTP/1.10", format!("GET {path} HTTP/1.10")),
            ("H7", "http/1.1", format!("GET {path} http/1.1")),
            ("H7", "a version and more", format!("GET {path} HTTP/1.1 x")),
            ("H7", "a blank before it all", format!(" GET {path} HTTP/1.1")),
            ("H7", "tabs for blanks", format!("GET\t{path}\tHTTP/1.1")),
            ("P6", "a zero byte in the address", format!("GET {path}\0 HTTP/1.1")),
            ("P6", "a bare CR in the address", format!("GET {path}\rx HTTP/1.1")),
            ("P6", "a blank in the address", format!("GET {path} x HTTP/1.1")),
            ("P11", "an address without a slash", format!("GET {} HTTP/1.1", &path[1..])),
            ("P11", "the asterisk", "GET * HTTP/1.1".to_owned()),
            ("P11", "the asterisk of OPTIONS", "OPTIONS * HTTP/1.1".to_owned()),
            ("P11", "CONNECT", "CONNECT riskdesk.example:443 HTTP/1.1".to_owned()),
            ("P11", "another host's address", format!("GET http://evil.example{path} HTTP/1.1")),
            ("P11", "a host without a path", "GET http://riskdesk.example HTTP/1.1".to_owned()),
            ("P11", "another scheme", "GET file:///etc/passwd HTTP/1.1".to_owned()),
            ("P15", "a method in parentheses", format!("GE(T {path} HTTP/1.1")),
            ("P15", "no method", format!("{path} HTTP/1.1")),
            ("P15", "a method in small letters", format!("get {path} HTTP/1.1")),
            ("P15", "a method of 10 KB", format!("{} {path} HTTP/1.1", "A".repeat(10_000))),
            ("P15", "TRACE", format!("TRACE {path} HTTP/1.1")),
            ("L4", "an address of 200 KB", format!("GET {path}?{} HTTP/1.1", "x".repeat(200_000))),
        ] {
            self.line(id, what, line);
        }
        self.line("H7", "an empty line that is none", "\rGET / HTTP/1.1");
        let bad = format!("NONSENSE\r\n\r\n{}", self.hidden);
        self.push("H7", "a request after nonsense", bad.into_bytes(), Verdict::Malformed);
        let bare =
            format!("GET {path} HTTP/1.1\r\nHost: riskdesk.example\r\n\r\n{}\r\n", self.pass);
        self.push("H7", "the assertion after the head", bare.into_bytes(), Verdict::Malformed);
    }

    fn other_protocols(&mut self) {
        for (what, bytes) in [
            ("HTTP/2", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0".as_slice()),
            ("TLS", b"\x16\x03\x01\x00\x05\x01\x00\x00\x01\x03\r\n\r\n"),
            ("SSH", b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
            ("SMTP", b"EHLO evil.example\r\nMAIL FROM:<a@b>\r\n\r\n"),
            ("PROXY", b"PROXY TCP4 127.0.0.1 127.0.0.1 1 2\r\n\r\n"),
            ("zero bytes", &[0; 64]),
        ] {
            self.push("H7", &format!("{what} instead of HTTP"), bytes.to_vec(), Verdict::Malformed);
        }
    }

    /// What a lenient reader takes for the one plain request that it also is.
    fn tolerated(&mut self) {
        let (hidden, path) = (self.hidden.clone(), format!("{RISK}/summary"));
        let smuggled = format!("0\r\n\r\n{hidden}");
        let both = format!("Content-Length: {}\r\nTransfer-Encoding: chunked\r\n", smuggled.len());
        let other = format!("Transfer-Encoding: chunked\r\nContent-Length: {}\r\n", smuggled.len());
        for (id, what, lines, rest) in [
            ("H7", "a length and chunks", both, smuggled.as_str()),
            ("H7", "chunks and a length", other, &smuggled),
            ("H7", "the same length twice", "Content-Length: 0\r\n".repeat(2), ""),
            ("H7", "an upgrade to HTTP/2", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAARAAAAAAAIAAAAA\r\n".into(), ""),
            ("H7", "an upgrade to a web socket", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n".into(), ""),
            ("H7", "an expectation", "Expect: 100-continue\r\n".into(), ""),
            ("H7", "an expectation of something else", "Expect: 200-ok\r\n".into(), ""),
            ("H3", "Max-Forwards", "Max-Forwards: 0\r\n".into(), ""),
        ] {
            let bytes = self.read_bytes(lines.as_bytes(), rest);
            self.push(id, what, bytes, Verdict::Harmless);
        }
        let bare_lf = String::from_utf8(self.read_bytes(b"", "")).expect("it is text");
        let bare_lf = bare_lf.replace("\r\n", "\n").into_bytes();
        self.push("H7", "bare LF for line ends", bare_lf, Verdict::Harmless);
        for (id, what, line) in [
            ("H7", "empty lines before it all", format!("\r\n\r\nGET {path} HTTP/1.1")),
            ("H7", "two blanks", format!("GET  {path}  HTTP/1.1")),
            ("P8", "a fragment", format!("GET {path}#x HTTP/1.1")),
            ("P9", "letters that belong in no address", format!("GET {path}?<>\"^`{{|}} HTTP/1.1")),
        ] {
            let bytes = self.line_bytes(line.as_bytes());
            self.push(id, what, bytes, Verdict::Harmless);
        }
        let after = format!("GET /users/.. HTTP/1.1\r\nHost: riskdesk.example\r\n\r\n{hidden}");
        self.push("H7", "a request after a refused one", after.into_bytes(), Verdict::Harmless);
    }
}
