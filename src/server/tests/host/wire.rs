//! HTTP by hand, on a connection that is kept.

use std::{
    io::{self, Read, Write},
    net::{SocketAddr, TcpStream},
};

pub use conformance::{
    Answer,
    wire::{connect, get, receive, send},
};

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
