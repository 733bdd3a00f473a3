//! Does what the proxy's gate says, with every request: the gate is the router, so there is one
//! handler for all addresses.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::body::Body;
use bytes::Bytes;
use http::{Request, Response, Uri};
use hyper::{body::Incoming, service::service_fn};
use proxy::{
    Gate, Refusal, Verdict,
    access::{Doubt, Refreshed, RsaKey},
    assets,
    check::Trouble,
    headers,
};
use tracing::{debug, error, info, warn};

use crate::{
    audit::{
        Audit,
        change::{self, UnderWay},
    },
    body, clock, files,
    flights::Flights,
    ids::Ids,
    listener::Answers,
    metrics::Metrics,
    relay,
    room::Room,
    signature::Keys,
    upstream::Upstream,
};

#[derive(Clone)]
pub struct Host {
    pub gate: Arc<Gate>,
    pub upstream: Upstream,
    pub audit: Audit,
    pub under_way: UnderWay,
    pub metrics: Metrics,
    pub flights: Flights,
    pub room: Room,
    pub ids: Ids,
    pub keys: Keys,
}

impl Host {
    pub fn into_service(self) -> impl Answers {
        // One for all requests: a copy of its own for each would count up every part of it.
        let host = Arc::new(self);
        service_fn(move |request| {
            let host = Arc::clone(&host);
            async move { Ok::<_, Infallible>(handle(&host, request).await) }
        })
    }

    /// Fetches the keys of Access.
    pub async fn refresh(&self) {
        match self.gate.refresh(self, clock::now()).await {
            Ok(Refreshed { keys, changed: true }) => info!(keys, "Access has other keys"),
            Ok(_) => debug!("Access has the same keys"),
            Err(error) => warn!(%error, "no keys: those at hand are used for a day"),
        }
    }
}

impl proxy::Host for Host {
    async fn is_signed(&self, key: &RsaKey, message: &[u8], signature: &[u8]) -> bool {
        self.keys.is_good(key.modulus(), key.exponent(), message, signature)
    }

    async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        self.upstream.fetch_keys(url).await
    }

    fn refresh_soon(&self) {
        let host = self.clone();
        tokio::spawn(async move { host.refresh().await });
    }

    async fn can_record(&self) -> bool {
        self.audit.is_writable().await
    }

    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

async fn handle(host: &Arc<Host>, request: Request<Incoming>) -> Response<Body> {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let id = host.ids.next();
    let topic = host.gate.topic(&method, request.uri());
    let mut response = match body::read(request).await {
        Ok(request) => answer(host, &request, &id).await,
        Err(refusal) => refusal.response().map(Body::from),
    };
    headers::name_request(response.headers_mut(), &id);
    host.gate.finish(response.headers_mut());
    if let Some(doubt) = response.extensions().get::<Doubt>() {
        info!(request_id = id, %doubt, %method, path, "nobody that Access vouches for");
    }
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        warn!(request_id = id, %method, path, "{trouble}");
    }
    host.metrics.answered(topic, &response);
    debug!(request_id = id, %method, path, status = response.status().as_u16(), "request");
    response
}

async fn answer(host: &Arc<Host>, request: &Request<Bytes>, id: &str) -> Response<Body> {
    let answer = match host.gate.receive(&**host, request, clock::now()).await {
        Verdict::Answer(response) => response,
        Verdict::App(path) => {
            assets::answer(files::TABLE, &path, request.method(), request.headers())
        }
        Verdict::Audit(query) => match host.audit.page(query.clone(), clock::now()).await {
            Ok(lines) => {
                let (page, encoding) =
                    (proxy::audit::page(&query, lines), host.gate.encoding(request.headers()));
                return relay::packed(page.into(), encoding, |page| page).await;
            }
            Err(error) => {
                error!(%error, request_id = id, "the audit log can't be read");
                Refusal::NoAudit.response()
            }
        },
        Verdict::Demo(change) => {
            let set = host.upstream.set(change);
            // Nobody may have the answer of a read that began before.
            host.flights.part();
            set.map_or_else(|| Refusal::NotFound.response(), proxy::demo::answer)
        }
        Verdict::Forward(mut forward) => match forward.change.take() {
            Some(change) => change::make(Host::clone(host), id.to_owned(), *forward, change).await,
            None => return relay::read(host, *forward).await,
        },
    };
    answer.map(Body::from)
}
