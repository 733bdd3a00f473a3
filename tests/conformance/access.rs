//! An Access of the tests' own: it publishes keys and counts how often it is asked for them.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpListener},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{SystemTime, UNIX_EPOCH},
};

use crate::mint::{self, Issuer};

#[derive(Debug)]
pub struct Access {
    pub address: SocketAddr,
    published: Arc<Mutex<String>>,
    asked: Arc<AtomicUsize>,
}

impl Access {
    /// Starts it on a port of its own, with the one good key.
    ///
    /// # Panics
    /// No port is free.
    #[must_use]
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it has an address");
        let published = Arc::new(Mutex::new(mint::jwks(&[mint::key().jwk()])));
        let asked = Arc::new(AtomicUsize::new(0));
        let (keys, count) = (published.clone(), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.expect("it connects");
                let mut head = [0; 4096];
                let length = stream.read(&mut head).unwrap_or_default();
                assert!(head[..length].starts_with(b"GET /cdn-cgi/access/certs HTTP/1.1\r\n"));
                count.fetch_add(1, Ordering::SeqCst);
                let body = keys.lock().expect("nobody panicked").clone();
                let head = format!(
                    "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: {}",
                    body.len()
                );
                stream.write_all(format!("{head}\r\n\r\n{body}").as_bytes()).expect("it reads");
            }
        });
        Self { address, published, asked }
    }

    /// Publishes other keys from now on.
    ///
    /// # Panics
    /// Never: nothing panics with the lock.
    pub fn publish(&self, jwks: String) {
        *self.published.lock().expect("nobody panicked") = jwks;
    }

    /// How often somebody has asked for the keys.
    #[must_use]
    pub fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    /// The team domain.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Who issues assertions here, now.
    ///
    /// # Panics
    /// The clock is wrong by centuries.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the program under test reads the same clock")]
    pub fn issuer(&self) -> Issuer {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("it is after 1970");
        Issuer { url: self.url(), now: now.as_secs().try_into().expect("and before 9999") }
    }
}
