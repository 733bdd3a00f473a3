//! An answer as it came over the wire.

use std::fmt;

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

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text: String = self.text().chars().take(200).collect();
        write!(f, "{} {text:?}", self.status)
    }
}
