//! A vendor of the tests' own: it takes down what it is sent, and answers with an empty envelope
//! and with headers that must go no further. Or it passes all on to another, a simulator say, and
//! only takes it down.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
};

/// What the vendor might say to a browser, and must not.
pub const HOSTILE: [(&str, &str); 5] = [
    ("set-cookie", "CF_Authorization=stolen; Path=/"),
    ("location", "https://evil.example/"),
    ("refresh", "0; url=https://evil.example/"),
    ("access-control-allow-origin", "*"),
    ("content-security-policy", "default-src *"),
];

/// A request as it came upstream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    /// Method, path and query: `GET /client/v4/accounts/…`.
    pub line: String,
    /// In lower case, with their values.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

#[derive(Clone, Debug)]
pub struct Upstream {
    pub address: SocketAddr,
    calls: Arc<Mutex<Vec<Call>>>,
}

impl Upstream {
    /// Starts it on a port of its own.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn start() -> Self {
        Self::before(None)
    }

    /// Starts it before another server, which answers in its stead.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn before(other: Option<SocketAddr>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = calls.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = seen.clone();
                thread::spawn(move || serve(stream, &seen, other));
            }
        });
        Self { address, calls }
    }

    /// What has come since this was last asked.
    #[must_use]
    pub fn take(&self) -> Vec<Call> {
        std::mem::take(&mut *self.calls.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Answers each request of a connection until it ends.
fn serve(stream: TcpStream, seen: &Mutex<Vec<Call>>, other: Option<SocketAddr>) {
    let Ok(mut answers) = stream.try_clone() else { return };
    let mut requests = BufReader::new(stream);
    let mut other = other.and_then(|address| TcpStream::connect(address).ok()).map(BufReader::new);
    while let Some(message) = Message::read(&mut requests) {
        let call = message.call();
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(call);
        let answer = match &mut other {
            None => own_answer(),
            Some(other) => {
                let sent = other.get_mut().write_all(&message.bytes());
                let Some(answer) = sent.ok().and_then(|()| Message::read(other)) else { return };
                answer.bytes()
            }
        };
        if answers.write_all(&answer).is_err() {
            return;
        }
    }
}

fn own_answer() -> Vec<u8> {
    let body = r#"{"success":true,"errors":[],"messages":[],"result":{}}"#;
    let hostile: String =
        HOSTILE.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json";
    format!("{head}\r\n{hostile}Content-Length: {length}\r\n\r\n{body}").into_bytes()
}

/// A request or an answer whose body has a length.
struct Message {
    /// The lines of its head, without their ends.
    head: Vec<String>,
    body: Vec<u8>,
}

impl Message {
    fn read(from: &mut impl BufRead) -> Option<Self> {
        let mut head = Vec::new();
        loop {
            let mut line = String::new();
            if from.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.trim_end() {
                "" => break,
                line => head.push(line.to_owned()),
            }
        }
        let mut message = Self { head, body: Vec::new() };
        let length = message.headers().into_iter().find(|(name, _)| name == "content-length");
        let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
        from.take(length).read_to_end(&mut message.body).ok()?;
        Some(message)
    }

    fn headers(&self) -> Vec<(String, String)> {
        let pairs = self.head.iter().skip(1).filter_map(|line| line.split_once(": "));
        pairs.map(|(name, value)| (name.to_ascii_lowercase(), value.to_owned())).collect()
    }

    fn bytes(&self) -> Vec<u8> {
        let head = self.head.join("\r\n");
        [head.as_bytes(), b"\r\n\r\n", &self.body].concat()
    }

    fn call(&self) -> Call {
        let line = self.head.first().cloned().unwrap_or_default();
        Call {
            line: line.strip_suffix(" HTTP/1.1").unwrap_or(&line).to_owned(),
            headers: self.headers(),
            body: String::from_utf8_lossy(&self.body).into_owned(),
        }
    }
}
