//! The conformance table, the malformed requests and the payloads, put to the Worker.

use std::net::SocketAddr;

use conformance::{
    Access, Answer, Case, Count, Host, Sent, Socket, Upstream, cases, payloads, run,
};
use riskdesk_worker_tests::{Folder, Worker};

use crate::{site, verdicts};

/// A Worker at an address.
fn socket(address: SocketAddr, upstream: &Upstream) -> Socket<'_> {
    // Which zone a request to the vendor comes from, says the runtime:
    // https://developers.cloudflare.com/fundamentals/reference/http-headers/#cf-worker
    Socket::new(address, upstream).with_verdicts(verdicts::of).adding(&["cf-worker"])
}

/// The Worker between an Access and an upstream.
struct Site {
    access: Access,
    upstream: Upstream,
    worker: Worker,
    _folder: Folder,
}

impl Site {
    fn start() -> Self {
        let (access, upstream) = (Access::start(), Upstream::start());
        let folder = site::folder(&access, upstream.address, &[]);
        Self { access, upstream, worker: Worker::start(&folder), _folder: folder }
    }

    fn put(&self, cases: &[Case]) -> Count {
        let keyed = |jwks: &str| -> Box<dyn Host> {
            self.access.publish(jwks.to_owned());
            Box::new(Keyed::start(&self.access, &self.upstream))
        };
        let host = socket(self.worker.address, &self.upstream);
        let count = run(&host.with_keys(&keyed), cases);
        println!("{count}");
        assert_eq!(count.skipped(), 0);
        count
    }
}

/// A Worker of its own, for keys of its own.
struct Keyed<'a> {
    socket: Socket<'a>,
    _worker: (Worker, Folder),
}

impl<'a> Keyed<'a> {
    fn start(access: &Access, upstream: &'a Upstream) -> Self {
        let folder = site::folder(access, upstream.address, &[]);
        let worker = Worker::start(&folder);
        Self { socket: socket(worker.address, upstream), _worker: (worker, folder) }
    }
}

impl Host for Keyed<'_> {
    fn send(&self, sent: &Sent) -> Option<Answer> {
        self.socket.send(sent)
    }

    fn calls(&self) -> Vec<conformance::Call> {
        self.socket.calls()
    }

    fn adds(&self) -> &'static [&'static str] {
        self.socket.adds()
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
