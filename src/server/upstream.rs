//! Where forwarded requests go.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use http::{Request, Response, Uri};
use sim::Sim;

use crate::clock;

#[derive(Clone)]
pub enum Upstream {
    /// The simulator in this process, without a socket in between.
    Simulated(Arc<Mutex<Sim>>),
}

impl Upstream {
    pub fn simulated(sim: Sim) -> Self {
        Self::Simulated(Arc::new(Mutex::new(sim)))
    }

    /// The keys of Access; the simulator has none.
    pub async fn fetch_keys(&self, _: &Uri) -> Option<Bytes> {
        match self {
            Self::Simulated(_) => None,
        }
    }

    /// Sends a request; how long to wait for it is the caller's to say.
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
        }
    }
}
