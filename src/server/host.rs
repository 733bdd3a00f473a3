//! Does what the proxy's gate says, with every request: the gate is the router, so there is one
//! handler for all addresses.

use std::{sync::Arc, time::Duration};

use axum::{Router, body::Body, extract::State};
use bytes::Bytes;
use chrono::SecondsFormat;
use http::{Request, Response, Uri};
use proxy::{
    Change, Forward, Gate, Verdict,
    access::{Doubt, Refreshed, RsaKey},
    assets,
};
use tokio::time::timeout;
use tracing::{debug, info, warn};

use crate::{body, clock, files, signature, upstream::Upstream};

#[derive(Clone)]
pub struct Host {
    pub gate: Arc<Gate>,
    pub upstream: Upstream,
}

impl Host {
    pub fn into_router(self) -> Router {
        Router::new().fallback(handle).with_state(self)
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
        signature::is_good(key.modulus(), key.exponent(), message, signature)
    }

    async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        self.upstream.fetch_keys(url).await
    }

    fn refresh_soon(&self) {
        let host = self.clone();
        tokio::spawn(async move { host.refresh().await });
    }

    async fn pause(&self, time: Duration) {
        tokio::time::sleep(time).await;
    }
}

async fn handle(State(host): State<Host>, request: Request<Body>) -> Response<Body> {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = match body::read(request).await {
        Ok(request) => answer(host, &request).await,
        Err(refusal) => refusal.response(),
    };
    if let Some(doubt) = response.extensions().get::<Doubt>() {
        info!(%doubt, %method, path, "nobody that Access vouches for");
    }
    debug!(%method, path, status = response.status().as_u16(), "request");
    response.map(Body::from)
}

async fn answer(host: Host, request: &Request<Bytes>) -> Response<Bytes> {
    match host.gate.receive(&host, request, clock::now()).await {
        Verdict::Answer(response) => response,
        Verdict::App(path) => {
            assets::answer(files::TABLE, &path, request.method(), request.headers())
        }
        Verdict::Forward(forward) if forward.change.is_some() => {
            // A change is seen through and put on record even when whoever asked hangs up.
            let reply = forward.reply;
            let seen_through = tokio::spawn(async move { send(&host, *forward).await });
            seen_through.await.unwrap_or_else(|_| reply.out_of_time())
        }
        Verdict::Forward(forward) => send(&host, *forward).await,
    }
}

async fn send(host: &Host, forward: Forward) -> Response<Bytes> {
    let Forward { request, deadline, reply, change } = forward;
    let response = match timeout(deadline, host.upstream.send(&request)).await {
        Ok(answer) => reply.finish(answer),
        Err(_) => reply.out_of_time(),
    };
    if let Some(change) = change {
        record(&change, &response);
    }
    response
}

fn record(change: &Change, response: &Response<Bytes>) {
    info!(
        at = change.at.to_rfc3339_opts(SecondsFormat::Millis, true),
        actor = change.actor,
        role = change.role.as_str(),
        operation = change.operation,
        target = change.target,
        reason = change.reason.as_ref().map(proxy::Reason::as_str),
        status = response.status().as_u16(),
        "change"
    );
}
