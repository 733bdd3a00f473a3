//! HTTP by hand: what is sent is exactly what stands in the test.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use crate::{Access, Answer, mint};

/// What a page of the host's own sends with a change.
pub const OWN_PAGE: &str = "X-Requested-With: XMLHttpRequest\nSec-Fetch-Site: same-origin";

/// A change of one behavior.
pub const LEVELS: &str = r#"{"behaviors":{"imp_travel":{"enabled":true,"risk_level":"low"}}}"#;

/// Connects to a host, for as long as it may take to answer.
///
/// # Panics
/// Nobody listens.
#[must_use]
pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    // Longer than any deadline of the host's, which it may be a little late for.
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a deadline can be set");
    stream
}

/// Sends a request on a connection of its own and reads the answer. `head` is the request line and any headers but
/// `Host`, a line each.
///
/// # Panics
/// There is no answer.
#[must_use]
pub fn send(address: SocketAddr, head: &str, body: &str) -> Answer {
    let mut stream = connect(address);
    let (line, headers) = head.split_once('\n').unwrap_or((head, ""));
    let mut text = format!("{line} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n");
    for header in headers.lines() {
        text += &format!("{header}\r\n");
    }
    if !body.is_empty() {
        text += &format!("Content-Length: {}\r\n", body.len());
    }
    text += &format!("\r\n{body}");
    stream.write_all(text.as_bytes()).expect("it reads");
    let mut bytes = Vec::new();
    Answer::receive(&mut stream, &mut bytes).expect("it answers");
    Answer::parse(&bytes).expect("an answer has a head")
}

/// Gets a path, as nobody in particular.
#[must_use]
pub fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, &format!("GET {path}"), "")
}

/// Reads an answer up to the connection's end.
///
/// # Panics
/// There is none.
#[must_use]
pub fn receive(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("it answers and closes");
    Answer::parse(&bytes).expect("an answer has a head")
}

/// A host, and who asks it.
#[derive(Clone, Debug)]
pub struct Console {
    pub address: SocketAddr,
    risk: String,
    assertion: Option<String>,
}

impl Console {
    /// Behind an Access, as the person with this e-mail address.
    #[must_use]
    pub fn of(address: SocketAddr, access: &Access, email: &str) -> Self {
        Self::with(address, &mint::key().assertion(&access.issuer().user(email)))
    }

    /// Behind an Access, as whoever this assertion is of.
    #[must_use]
    pub fn with(address: SocketAddr, assertion: &str) -> Self {
        Self { address, risk: crate::RISK.to_owned(), assertion: Some(assertion.to_owned()) }
    }

    /// A demo, which takes in everybody, with the service at `risk`.
    #[must_use]
    pub fn open(address: SocketAddr, risk: &str) -> Self {
        Self { address, risk: risk.to_owned(), assertion: None }
    }

    /// Asks; `{R}` in the line is the service, `more` has headers, a line each.
    #[must_use]
    pub fn ask(&self, line: &str, more: &str, body: &str) -> Answer {
        let mut head = line.replace("{R}", &self.risk);
        if let Some(assertion) = &self.assertion {
            head += &format!("\nCf-Access-Jwt-Assertion: {assertion}");
        }
        if !body.is_empty() {
            head += "\nContent-Type: application/json";
        }
        for line in more.lines() {
            head += &format!("\n{line}");
        }
        send(self.address, &head, body)
    }

    /// Gets a path, `{R}` in it as above.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        self.ask(&format!("GET {path}"), "", "")
    }
}
