//! A host behind an address, spoken to over raw sockets.

use std::{
    fmt,
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use crate::{Answer, Call, Case, Host, Sent, Upstream, Verdict};

/// How long an answer may take: longer than a host waits for a body.
const PATIENCE: Duration = Duration::from_secs(10);

/// How long a connection is watched after its first answer, for one that nobody asked for.
const WATCH: Duration = Duration::from_millis(100);

/// Where a host's own HTTP layer answers first: why this answer is as good as the table's.
pub type Accept = fn(&Case, &Answer) -> Option<&'static str>;

/// Where it leaves another request of what was sent: the verdict on that one, and why.
pub type Instead = fn(&Case) -> Option<(Verdict, &'static str)>;

pub struct Socket<'a> {
    address: SocketAddr,
    upstream: &'a Upstream,
    accept: Accept,
    instead: Instead,
    added: &'static [&'static str],
    /// Starts the same host with other keys published.
    with_keys: Option<&'a KeyedHost<'a>>,
}

/// Publishes these keys, and starts a host that fetches them.
type KeyedHost<'a> = dyn Fn(&str) -> Box<dyn Host + 'a> + 'a;

impl<'a> Socket<'a> {
    /// The host at `address`, which sends its requests to `upstream`.
    #[must_use]
    pub fn new(address: SocketAddr, upstream: &'a Upstream) -> Self {
        let (accept, instead): (Accept, Instead) = (|_, _| None, |_| None);
        Self { address, upstream, accept, instead, added: &[], with_keys: None }
    }

    /// What this host may answer otherwise.
    #[must_use]
    pub fn accepting(mut self, accept: Accept) -> Self {
        self.accept = accept;
        self
    }

    /// Which verdicts are others here.
    #[must_use]
    pub fn with_verdicts(mut self, instead: Instead) -> Self {
        self.instead = instead;
        self
    }

    /// Which headers its runtime puts on what goes upstream.
    #[must_use]
    pub fn adding(mut self, names: &'static [&'static str]) -> Self {
        self.added = names;
        self
    }

    /// How to start it with other keys; without, the cases that need some are not run.
    #[must_use]
    pub fn with_keys(mut self, start: &'a KeyedHost<'a>) -> Self {
        self.with_keys = Some(start);
        self
    }
}

impl Host for Socket<'_> {
    fn send(&self, sent: &Sent) -> Option<Answer> {
        let (bytes, watch) = match sent {
            Sent::Request(request) => (request.bytes(), None),
            Sent::Bytes(bytes) => (bytes.clone(), Some(WATCH)),
        };
        Some(exchange(self.address, &bytes, watch))
    }

    fn calls(&self) -> Vec<Call> {
        self.upstream.take()
    }

    fn accepts(&self, case: &Case, answer: &Answer) -> Option<&'static str> {
        (self.accept)(case, answer)
    }

    fn instead(&self, case: &Case) -> Option<(Verdict, &'static str)> {
        (self.instead)(case)
    }

    fn adds(&self) -> &'static [&'static str] {
        self.added
    }

    fn keyed(&self, jwks: &str) -> Option<Box<dyn Host + '_>> {
        self.with_keys.map(|start| start(jwks))
    }
}

impl fmt::Debug for Socket<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Socket").field("address", &self.address).finish_non_exhaustive()
    }
}

/// Sends bytes and reads the first answer; then watches the connection for more, if asked to.
fn exchange(address: SocketAddr, bytes: &[u8], watch: Option<Duration>) -> Answer {
    let mut stream = TcpStream::connect(address).expect("it listens");
    stream.set_read_timeout(Some(PATIENCE)).expect("a deadline can be set");
    // A host may answer and hang up before it has read all.
    let _ = stream.write_all(bytes);
    let mut read = Vec::new();
    // What came before a connection failed is judged.
    let _ = Answer::receive(&mut stream, &mut read);
    if let Some(watch) = watch {
        stream.set_read_timeout(Some(watch)).expect("a deadline can be set");
        let mut part = [0; 1024];
        while stream.read(&mut part).is_ok_and(|length| length > 0) {}
    }
    Answer::parse(&read).unwrap_or_else(Answer::none)
}
