//! An answer as it came over the wire.

use std::{
    fmt,
    io::{self, Read},
};

use serde_json::Value;

pub struct Answer {
    /// 0 where the connection ended without an answer.
    pub status: u16,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// The connection ended without a word.
    #[must_use]
    pub fn none() -> Self {
        Self { status: 0, headers: Vec::new(), body: Vec::new() }
    }

    /// Reads the bytes of one answer: to its last byte or chunk, or to the connection's end where
    /// it says neither or is broken off. A runtime may keep the connection open for longer.
    ///
    /// # Errors
    /// The connection fails. What has come until then is in `bytes`.
    pub fn receive(from: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<()> {
        let mut part = [0; 16 * 1024];
        let mut end = None;
        loop {
            let length = from.read(&mut part)?;
            bytes.extend(&part[..length]);
            end = end.or_else(|| End::of(bytes));
            if length == 0 || end.is_some_and(|end| end.is_reached(bytes)) {
                return Ok(());
            }
        }
    }

    /// Reads an answer; nothing where its head is not whole.
    #[must_use]
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
        let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
        let (line, headers) = head.split_once("\r\n").unwrap_or((&head, ""));
        let status = line.split(' ').nth(1)?.parse().ok()?;
        let headers = headers.split("\r\n").filter_map(|header| header.split_once(": "));
        let headers: Vec<_> =
            headers.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect();
        Some(Self { status, headers, body: bytes[end + 4..].to_vec() })
    }

    /// A header's value; empty where there is none.
    #[must_use]
    pub fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(own, _)| own == name);
        found.map_or("", |(_, value)| value)
    }

    #[must_use]
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON.
    ///
    /// # Panics
    /// It is none.
    #[must_use]
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|_| panic!("not JSON: {}", self.text()))
    }

    /// The status and the code of the envelope's first error.
    #[must_use]
    pub fn refusal(&self) -> (u16, i64) {
        (self.status, self.json()["errors"][0]["code"].as_i64().unwrap_or_default())
    }
}

/// Where an answer ends (RFC 9112 §6.3).
#[derive(Clone, Copy)]
enum End {
    /// After so many bytes.
    At(usize),
    /// After the last of the chunks that begin here.
    Chunks(usize),
    /// With the connection; so does one to a `HEAD`.
    Connection,
}

impl End {
    /// Nothing before the head is whole.
    fn of(bytes: &[u8]) -> Option<Self> {
        let answer = Answer::parse(bytes)?;
        let head = bytes.len() - answer.body.len();
        Some(match answer.header("content-length").parse::<usize>() {
            _ if matches!(answer.status, 204 | 304) => Self::At(head),
            _ if answer.header("transfer-encoding") == "chunked" => Self::Chunks(head),
            Ok(length) => Self::At(head + length),
            Err(_) => Self::Connection,
        })
    }

    fn is_reached(self, bytes: &[u8]) -> bool {
        match self {
            Self::At(length) => bytes.len() >= length,
            Self::Chunks(head) => bytes[head..].ends_with(b"0\r\n\r\n"),
            Self::Connection => false,
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text().chars().take(200).collect();
        write!(f, "{} {text:?}", self.status)
    }
}
