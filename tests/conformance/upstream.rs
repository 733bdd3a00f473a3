//! A vendor of the tests' own: it takes down what it is sent, and answers with an empty envelope
//! and with headers that must go no further.

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
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let calls = Arc::new(Mutex::new(Vec::new()));
        let seen = calls.clone();
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let seen = seen.clone();
                thread::spawn(move || serve(stream, &seen));
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
fn serve(stream: TcpStream, seen: &Mutex<Vec<Call>>) {
    let Ok(mut answers) = stream.try_clone() else { return };
    let mut requests = BufReader::new(stream);
    while let Some(call) = read(&mut requests) {
        seen.lock().unwrap_or_else(PoisonError::into_inner).push(call);
        let body = r#"{"success":true,"errors":[],"messages":[],"result":{}}"#;
        let hostile: String =
            HOSTILE.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
        let answer = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n{hostile}Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        if answers.write_all(answer.as_bytes()).is_err() {
            return;
        }
    }
}

fn read(requests: &mut impl BufRead) -> Option<Call> {
    let mut line = || {
        let mut line = String::new();
        let read = requests.read_line(&mut line).ok()?;
        (read > 0).then(|| line.trim_end().to_owned())
    };
    let first = line()?;
    let mut headers = Vec::new();
    while let Some((name, value)) = line()?.split_once(": ") {
        headers.push((name.to_ascii_lowercase(), value.to_owned()));
    }
    let length = headers.iter().find(|(name, _)| name == "content-length");
    let length = length.and_then(|(_, value)| value.parse().ok()).unwrap_or_default();
    requests.take(length).read_to_end(&mut Vec::new()).ok()?;
    let line = first.strip_suffix(" HTTP/1.1").unwrap_or(&first).to_owned();
    Some(Call { line, headers })
}
