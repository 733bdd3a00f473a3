//! HTTP by hand: what is sent is exactly what stands in the test.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

pub use conformance::Answer;

pub fn connect(address: SocketAddr) -> TcpStream {
    let stream = TcpStream::connect(address).expect("it listens");
    // Longer than any deadline of the server's, which it may be a little late for.
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a deadline can be set");
    stream
}

/// Sends a request on a connection of its own. `head` is the request line and any headers but
/// `Host`, a line each.
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
    receive(&mut stream)
}

pub fn get(address: SocketAddr, path: &str) -> Answer {
    send(address, &format!("GET {path}"), "")
}

/// Reads an answer up to the connection's end.
pub fn receive(stream: &mut TcpStream) -> Answer {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).expect("it answers and closes");
    Answer::parse(&bytes).expect("an answer has a head")
}

/// A connection that is kept open for more requests.
pub struct Kept {
    pub stream: TcpStream,
    address: SocketAddr,
}

impl Kept {
    pub fn open(address: SocketAddr) -> Self {
        Self { stream: connect(address), address }
    }

    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        let text = format!("GET {path} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        self.stream.write_all(text.as_bytes())?;
        let mut bytes = Vec::new();
        loop {
            let mut more = [0; 8192];
            let length = self.stream.read(&mut more)?;
            if length == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            bytes.extend_from_slice(&more[..length]);
            if let Some(answer) = Answer::parse(&bytes)
                && answer.header("content-length").parse() == Ok(answer.body.len())
            {
                return Ok(answer);
            }
        }
    }
}
