//! Where forwarded requests go.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri};
use sim::Sim;

use crate::{clock, metrics::Metrics, web::Web};

#[derive(Clone)]
pub struct Upstream {
    kind: Kind,
    metrics: Metrics,
}

#[derive(Clone)]
enum Kind {
    /// The simulator in this process, without a socket in between.
    Simulated(Arc<Mutex<Sim>>),
    /// Cloudflare, or whatever the settings name.
    Cloudflare(Web),
}

impl Upstream {
    pub fn simulated(sim: Sim, metrics: Metrics) -> Self {
        Self { kind: Kind::Simulated(Arc::new(Mutex::new(sim))), metrics }
    }

    pub fn cloudflare(web: Web, metrics: Metrics) -> Self {
        Self { kind: Kind::Cloudflare(web), metrics }
    }

    /// The keys of Access; the simulator has none.
    pub async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        match &self.kind {
            Kind::Simulated(_) => None,
            Kind::Cloudflare(web) => web.keys(url).await,
        }
    }

    /// Sends a request; how long to wait for it is the caller's to say. Where no answer comes, the
    /// response has the fault for an extension, and nothing else.
    pub async fn send(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let _timed = self.metrics.time(request.extensions().get());
        match &self.kind {
            Kind::Simulated(sim) => {
                // A large account's summary takes long enough to be in other requests' way.
                let answer = tokio::task::block_in_place(|| {
                    let mut sim = sim.lock().unwrap_or_else(PoisonError::into_inner);
                    sim.answer(request, clock::now())
                });
                tokio::time::sleep(answer.delay).await;
                answer.response
            }
            Kind::Cloudflare(web) => web.send(request).await.unwrap_or_else(|fault| {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = StatusCode::BAD_GATEWAY;
                response.extensions_mut().insert(fault);
                response
            }),
        }
    }
}
