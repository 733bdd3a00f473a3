//! Does what the proxy's gate says, with every request: the gate is the router, so there is one
//! handler for all addresses.

use std::sync::Arc;

use axum::{Router, body::Body, extract::State};
use bytes::Bytes;
use chrono::SecondsFormat;
use http::{Request, Response};
use proxy::{Change, Forward, Gate, Verdict, assets};
use tokio::time::timeout;
use tracing::{debug, info};

use crate::{body, clock, files, upstream::Upstream};

pub struct Host {
    pub gate: Gate,
    pub upstream: Upstream,
}

impl Host {
    pub fn into_router(self) -> Router {
        Router::new().fallback(handle).with_state(Arc::new(self))
    }
}

async fn handle(State(host): State<Arc<Host>>, request: Request<Body>) -> Response<Body> {
    let method = request.method().clone();
    let path = request.uri().path().to_owned();
    let response = match body::read(request).await {
        Ok(request) => answer(host, &request).await,
        Err(refusal) => refusal.response(),
    };
    debug!(%method, path, status = response.status().as_u16(), "request");
    response.map(Body::from)
}

async fn answer(host: Arc<Host>, request: &Request<Bytes>) -> Response<Bytes> {
    match host.gate.receive(request, clock::now()) {
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
