//! A row of the table.

use crate::PUBLIC_NAME;

/// What is sent, and what must come of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// As in the catalogue of abuse cases: `J12`.
    pub id: &'static str,
    pub what: String,
    pub sent: Sent,
    /// What Access publishes, if it isn't the one good key: such a case needs a host of its own.
    pub jwks: Option<String>,
    pub verdict: Verdict,
    /// Headers that the answer must have.
    pub carries: &'static [(&'static str, &'static str)],
}

#[derive(Clone, Debug)]
pub enum Sent {
    Request(Request),
    /// What no well-behaved client would send: it needs a socket.
    Bytes(Vec<u8>),
}

/// What must come of a case. A refusal never goes upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Refused by us, with this status and code.
    Refused(u16, i64),
    /// Refused, by whichever layer sees it first: with a 4xx or 5xx, or by hanging up.
    Malformed,
    /// Refused, or read as the plain request that it also is: at most one read of our own account
    /// goes upstream, or the app answers.
    Harmless,
    /// Read as two requests on one connection, where nobody behind this host reads them again: at most
    /// two reads of our own account go upstream.
    Split,
    /// This goes upstream: method, path and query as they are sent.
    Forwarded(String),
    /// Answered by us, with this status.
    Answered(u16),
}

/// A request that an HTTP library could send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: String,
    pub target: String,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Request {
    /// `METHOD TARGET`, to the host's own name.
    ///
    /// # Panics
    /// There is no blank between the two.
    #[must_use]
    pub fn new(line: &str) -> Self {
        let (method, target) = line.split_once(' ').expect("a method and a target");
        let headers = vec![("host", PUBLIC_NAME.into())];
        Self { method: method.to_owned(), target: target.to_owned(), headers, body: Vec::new() }
    }

    /// One header more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl AsRef<[u8]>) -> Self {
        self.headers.push((name, value.as_ref().to_vec()));
        self
    }

    /// Without a header.
    #[must_use]
    pub fn without(mut self, name: &str) -> Self {
        self.headers.retain(|(own, _)| *own != name);
        self
    }

    #[must_use]
    pub fn with_body(mut self, body: impl AsRef<[u8]>) -> Self {
        self.body = body.as_ref().to_vec();
        self
    }

    /// With what the app adds to a change.
    #[must_use]
    pub fn from_own_page(self) -> Self {
        self.with("x-requested-with", "XMLHttpRequest").with("sec-fetch-site", "same-origin")
    }

    /// As it goes over the wire.
    #[must_use]
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = format!("{} {} HTTP/1.1\r\n", self.method, self.target).into_bytes();
        let has = |name| self.headers.iter().any(|(own, _)| *own == name);
        let mut header = |name: &str, value: &[u8]| {
            bytes.extend([name.as_bytes(), b": ", value, b"\r\n"].concat());
        };
        for (name, value) in &self.headers {
            header(name, value);
        }
        if !has("connection") {
            header("connection", b"close");
        }
        if !self.body.is_empty() {
            header("content-length", self.body.len().to_string().as_bytes());
        }
        bytes.extend(b"\r\n");
        bytes.extend(&self.body);
        bytes
    }
}
