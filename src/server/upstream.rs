//! Where forwarded requests go.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response, StatusCode, Uri};
use sim::Sim;

use crate::{clock, web::Web};

#[derive(Clone)]
pub enum Upstream {
    /// The simulator in this process, without a socket in between.
    Simulated(Arc<Mutex<Sim>>),
    /// Cloudflare, or whatever the settings name.
    Cloudflare(Web),
}

impl Upstream {
    pub fn simulated(sim: Sim) -> Self {
        Self::Simulated(Arc::new(Mutex::new(sim)))
    }

    /// The keys of Access; the simulator has none.
    pub async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        match self {
            Self::Simulated(_) => None,
            Self::Cloudflare(web) => web.keys(url).await,
        }
    }

    /// Sends a request; how long to wait for it is the caller's to say. Where no answer comes, the
    /// response has the fault for an extension, and nothing else.
    pub async fn send(&self, request: &Request<Bytes>) -> Response<Bytes> {
        match self {
            Self::Simulated(sim) => {
                // A large account's summary takes long enough to be in other requests' way.
                let answer = tokio::task::block_in_place(|| {
                    let mut sim = sim.lock().unwrap_or_else(PoisonError::into_inner);
                    sim.answer(request, clock::now())
                });
                tokio::time::sleep(answer.delay).await;
                answer.response
            }
            Self::Cloudflare(web) => web.send(request).await.unwrap_or_else(|fault| {
                let mut response = Response::new(Bytes::new());
                *response.status_mut() = StatusCode::BAD_GATEWAY;
                response.extensions_mut().insert(fault);
                response
            }),
        }
    }
}
