//! An upstream of the tests' own, over sockets, that does what real ones do on a bad day. What it
//! does is planned by `METHOD PATH` (the path under the service); without a plan it answers well.

use std::{
    collections::{HashMap, VecDeque},
    io::{self, Read, Write},
    net::{SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, MutexGuard},
    thread,
    time::Duration,
};

use crate::RISK;

/// The envelope around no result, as the vendor sends it.
pub const GOOD: &str = r#"{"result":null,"success":true,"errors":[],"messages":[]}"#;

const JSON: &str = "application/json; charset=UTF-8";

/// What becomes of a request.
#[derive(Clone, Debug)]
pub enum Act {
    /// A status, headers and a body, after which the connection is kept.
    Say(u16, &'static [(&'static str, &'static str)], Vec<u8>),
    /// A good answer, after which the connection is closed without a word.
    SayAndClose,
    /// Nothing, for as long as the other side waits.
    Silence,
    /// The connection is reset without an answer.
    Reset,
    /// The head of an answer and half of its body; then the connection ends.
    Half,
    /// The body of an answer, a byte a second.
    Drip,
    /// A summary of at least so many bytes in chunks, and how it ends.
    Flood(usize, End),
    /// A length that is announced and begun.
    Announce(usize),
    /// A good answer after a while.
    Late(Duration),
}

/// How a large answer ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    Well,
    /// The connection ends in the middle.
    Cut,
    /// HTTP ends as it should, JSON doesn't.
    Short,
    /// The JSON is complete, and something comes after it.
    More,
    /// A byte that is no UTF-8.
    NotText,
}

impl Act {
    /// An answer in JSON.
    #[must_use]
    pub fn say(status: u16, body: &str) -> Self {
        Self::Say(status, &[("Content-Type", JSON)], body.into())
    }

    /// The vendor's limit, met.
    #[must_use]
    pub fn limited(retry_after: &'static str) -> Self {
        let body = r#"{"success":false,"errors":[{"code":10429,"message":"Slow down"}]}"#;
        let headers = Box::leak(Box::new([("Content-Type", JSON), ("Retry-After", retry_after)]));
        Self::Say(429, headers, body.into())
    }
}

#[derive(Debug, Default)]
struct State {
    plans: HashMap<String, VecDeque<Act>>,
    calls: Vec<String>,
}

/// The upstream; it ends with the test.
#[derive(Clone, Debug)]
pub struct Faulty {
    pub address: SocketAddr,
    state: Arc<Mutex<State>>,
}

impl Faulty {
    /// Starts it on a port of its own.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let faulty = Self { address, state: Arc::default() };
        let own = faulty.clone();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, own) = (stream.expect("it connects"), own.clone());
                // Whatever goes wrong on a connection was the plan.
                thread::spawn(move || own.connection(stream));
            }
        });
        faulty
    }

    /// What becomes of the next requests; the last act stays.
    pub fn plan(&self, request: &str, acts: impl IntoIterator<Item = Act>) {
        self.state().plans.insert(request.to_owned(), acts.into_iter().collect());
    }

    /// How many of these requests came.
    #[must_use]
    pub fn calls(&self, request: &str) -> usize {
        self.state().calls.iter().filter(|call| *call == request).count()
    }

    /// How many requests came.
    #[must_use]
    pub fn all_calls(&self) -> usize {
        self.state().calls.len()
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("nobody panics with it")
    }

    fn connection(&self, mut stream: TcpStream) -> io::Result<()> {
        stream.set_nodelay(true)?;
        while let Some(request) = peek(&stream)? {
            let act = self.next(&request.name);
            if matches!(act, Act::Reset) {
                // What was sent stays unread: closing now is a reset (RFC 1122 §4.2.2.13).
                return Ok(());
            }
            stream.read_exact(&mut vec![0; request.length])?;
            match act {
                Act::Say(status, headers, body) => say(&mut stream, status, headers, &body)?,
                Act::SayAndClose => {
                    say(&mut stream, 200, &[("Content-Type", JSON)], GOOD.as_bytes())?;
                    return Ok(());
                }
                Act::Late(time) => {
                    thread::sleep(time);
                    say(&mut stream, 200, &[("Content-Type", JSON)], GOOD.as_bytes())?;
                }
                Act::Silence => return stream.read_to_end(&mut Vec::new()).map(|_| ()),
                Act::Half => return announce(&mut stream, GOOD.len(), &GOOD.as_bytes()[..20]),
                Act::Announce(length) => {
                    announce(&mut stream, length, b"{\"success\":true,")?;
                    return stream.read_to_end(&mut Vec::new()).map(|_| ());
                }
                Act::Drip => {
                    announce(&mut stream, GOOD.len(), b"")?;
                    for byte in GOOD.bytes() {
                        thread::sleep(Duration::from_secs(1));
                        stream.write_all(&[byte])?;
                    }
                }
                Act::Flood(size, end) => {
                    flood(&mut stream, size, end)?;
                    if end == End::Cut {
                        return Ok(());
                    }
                }
                Act::Reset => {}
            }
        }
        Ok(())
    }

    fn next(&self, request: &str) -> Act {
        let mut state = self.state();
        state.calls.push(request.to_owned());
        match state.plans.get_mut(request) {
            Some(acts) if acts.len() > 1 => acts.pop_front(),
            Some(acts) => acts.front().cloned(),
            None => None,
        }
        .unwrap_or_else(|| Act::say(200, GOOD))
    }
}

struct Request {
    name: String,
    length: usize,
}

/// The next request, once all of it is there; it stays unread.
fn peek(stream: &TcpStream) -> io::Result<Option<Request>> {
    let mut buffer = vec![0; 16 * 1024];
    loop {
        let read = stream.peek(&mut buffer)?;
        if read == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&buffer[..read]);
        if let Some((head, _)) = text.split_once("\r\n\r\n") {
            let (line, _) = head.split_once(" HTTP/1.1\r\n").expect("a request line");
            let body = head.lines().find_map(|line| {
                let (name, value) = line.split_once(": ")?;
                name.eq_ignore_ascii_case("content-length").then(|| value.parse().ok())?
            });
            let length = head.len() + 4 + body.unwrap_or(0);
            if read >= length {
                let name = line.replace(RISK, "");
                return Ok(Some(Request { name, length }));
            }
        }
        thread::sleep(Duration::from_millis(2));
    }
}

fn say(
    stream: &mut TcpStream,
    status: u16,
    headers: &[(&str, &str)],
    body: &[u8],
) -> io::Result<()> {
    let headers: String =
        headers.iter().map(|(name, value)| format!("{name}: {value}\r\n")).collect();
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Odd\r\nCf-Ray: 8f00-TXL\r\n{headers}Content-Length: {length}\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), body].concat())
}

/// A head with this length, and the beginning of its body.
fn announce(stream: &mut TcpStream, length: usize, begin: &[u8]) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nCf-Ray: 8f00-TXL\r\nContent-Length: {length}\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), begin].concat())
}

const ROW: &str = r#"{"user_id":"9b3ae8a1-6f1c-4c6e-8c79-0f4f6d9b7a10","name":"Zoë","email":"z@corp.example","max_risk_level":"high","event_count":3,"last_event":"2026-08-01T10:00:00Z"},"#;

fn flood(stream: &mut TcpStream, size: usize, end: End) -> io::Result<()> {
    let head = format!(
        "HTTP/1.1 200 OK\r\nContent-Type: {JSON}\r\nCf-Ray: 8f00-TXL\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    let mut chunk = |body: &[u8]| {
        let size = format!("{:x}\r\n", body.len());
        stream.write_all(&[size.as_bytes(), body, b"\r\n"].concat())
    };
    chunk(br#"{"result":{"users":["#)?;
    let rows = ROW.repeat(1_000);
    for _ in 0..size.div_ceil(rows.len()) {
        chunk(rows.as_bytes())?;
    }
    match end {
        End::Cut => return Ok(()),
        End::Short => {}
        End::NotText => chunk(b"\"\xff\"]},\"success\":true}")?,
        End::Well | End::More => {
            chunk(br#"{}]},"success":true,"errors":[],"messages":[]}"#)?;
        }
    }
    if end == End::More {
        chunk(b" \n{")?;
    }
    stream.write_all(b"0\r\n\r\n")
}
