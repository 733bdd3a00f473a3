//! The conformance table, the malformed requests and the payloads, put to `riskdesk serve`.

use conformance::{
    Access, Answer, Case, Count, Host, PUBLIC_URL, Sent, Socket, Upstream, cases, payloads, run,
};

use crate::{
    program::Server,
    serve::{Files, serve_with},
};

/// Where hyper, or the build, answers in our stead.
fn accepted(case: &Case, answer: &Answer) -> Option<&'static str> {
    let large = match &case.sent {
        Sent::Request(request) => request.bytes().len() - request.body.len() > 60_000,
        Sent::Bytes(_) => false,
    };
    if answer.status == 431 && large {
        Some("hyper refuses a head of more than 64 KiB")
    } else if answer.status == 503 && answer.text().starts_with("The app is not built in") {
        Some("a test's build has no app")
    } else {
        None
    }
}

/// `riskdesk serve` between an Access and an upstream.
struct Site {
    access: Access,
    upstream: Upstream,
    server: Server,
    _files: Files,
}

impl Site {
    fn start() -> Self {
        let (access, upstream) = (Access::start(), Upstream::start());
        let (server, files) = serve_with(&access, upstream.address, &["--public-url", PUBLIC_URL]);
        Self { access, upstream, server, _files: files }
    }

    fn put(&self, cases: &[Case]) -> Count {
        let keyed = |jwks: &str| -> Box<dyn Host> {
            self.access.publish(jwks.to_owned());
            Box::new(Keyed::start(&self.access, &self.upstream))
        };
        let host = Socket::new(self.server.address, &self.upstream);
        let count = run(&host.accepting(accepted).with_keys(&keyed), cases);
        println!("{count}");
        assert_eq!(count.skipped(), 0);
        count
    }
}

/// A server of its own, for keys of its own.
struct Keyed<'a> {
    socket: Socket<'a>,
    _server: (Server, Files),
}

impl<'a> Keyed<'a> {
    fn start(access: &Access, upstream: &'a Upstream) -> Self {
        let server = serve_with(access, upstream.address, &["--public-url", PUBLIC_URL]);
        Self { socket: Socket::new(server.0.address, upstream), _server: server }
    }
}

impl Host for Keyed<'_> {
    fn send(&self, sent: &Sent) -> Option<Answer> {
        self.socket.send(sent)
    }

    fn calls(&self) -> Vec<conformance::Call> {
        self.socket.calls()
    }

    fn keyed(&self, _: &str) -> Option<Box<dyn Host + '_>> {
        None
    }
}

#[test]
fn the_table_over_a_socket() {
    let site = Site::start();
    let count = site.put(&cases::all(&site.access.issuer()));
    assert!(count.ran() > 1_000, "{count}");
}

#[test]
fn h7_what_is_no_request_goes_nowhere() {
    let site = Site::start();
    let malformed = cases::malformed(&site.access.issuer());
    assert!(malformed.len() >= 50, "{}", malformed.len());
    site.put(&malformed);
}

#[test]
fn p_no_path_leads_elsewhere() {
    let site = Site::start();
    let paths = payloads::paths(&site.access.issuer());
    assert!(paths.len() >= 500, "{}", paths.len());
    site.put(&paths);
}

#[test]
fn c10_no_redirect_is_to_be_had() {
    let site = Site::start();
    let redirects = payloads::redirects(&site.access.issuer());
    assert!(redirects.len() >= 500, "{}", redirects.len());
    site.put(&redirects);
}
