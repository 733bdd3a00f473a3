//! Where forwarded requests go.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, Uri};
use model::{Demo, DemoChange};
use proxy::refusal::Fault;
use sim::Sim;

use crate::{clock, web::Web};

#[derive(Clone)]
pub enum Upstream {
    /// The simulator in this process, without a socket in between.
    Simulated(Arc<Mutex<Sim>>),
    /// Cloudflare, or whatever the settings name.
    Cloudflare(Arc<Web>),
}

impl Upstream {
    pub fn simulated(sim: Sim) -> Self {
        Self::Simulated(Arc::new(Mutex::new(sim)))
    }

    pub fn cloudflare(web: Web) -> Self {
        Self::Cloudflare(Arc::new(web))
    }

    /// Sets the simulator, and says what it is set to; nothing where it is none.
    pub fn set(&self, change: DemoChange) -> Option<Demo> {
        match self {
            Self::Simulated(sim) => Some(tokio::task::block_in_place(|| {
                sim.lock().unwrap_or_else(PoisonError::into_inner).set(change, clock::now())
            })),
            Self::Cloudflare(_) => None,
        }
    }

    /// The keys of Access; the simulator has none.
    pub async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        match self {
            Self::Simulated(_) => None,
            Self::Cloudflare(web) => web.keys(url).await,
        }
    }

    /// Sends a request; the answer's body is still to be read. How long to wait for all of it is
    /// the caller's to say.
    pub async fn open(&self, request: &Request<Bytes>) -> Result<Response<Body>, Fault> {
        match self {
            Self::Simulated(sim) => Ok(simulate(sim, request).await.map(Body::from)),
            Self::Cloudflare(web) => Ok(web.open(request).await?.map(Body::new)),
        }
    }
}

/// The simulator's answer, as late as it says.
pub async fn simulate(sim: &Mutex<Sim>, request: &Request<Bytes>) -> Response<Bytes> {
    // A large account's summary takes long enough to be in other requests' way.
    let answer = tokio::task::block_in_place(|| {
        sim.lock().unwrap_or_else(PoisonError::into_inner).answer(request, clock::now())
    });
    tokio::time::sleep(answer.delay).await;
    answer.response
}
