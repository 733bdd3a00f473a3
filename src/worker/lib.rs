//! Riskdesk on Cloudflare Workers: the same proxy as `riskdesk serve`, beside the Access that people
//! already have. What may pass is the proxy crate's to say; there is no policy here.
//!
//! - [`site`]: what an isolate keeps: the gate, made of the [`settings`]
//! - [`host`]: does what the gate says, with every request
//! - [`incoming`], [`outgoing`], [`body`]: requests and answers as the runtime has them
//! - [`files`]: the app's files, which Workers keeps
//! - [`upstream`], [`relay`], [`passing`]: requests to others
//! - [`keys`], [`signature`]: what Access says
//! - [`ledger`]: the one object that changes go through, and the audit log on D1; [`change`]:
//!   intent, upstream, outcome
//! - [`clock`], [`ids`], [`logs`]
//! - `demo`: simulated data for everybody who comes
//!
//! An isolate answers many requests, and what one of them waits for no other may wait for: so
//! nothing is shared between requests but data. In the ledger's object it may be.

mod body;
mod change;
mod clock;
#[cfg(feature = "demo")]
mod demo;
mod files;
mod host;
mod ids;
mod incoming;
mod keys;
mod ledger;
mod logs;
mod outgoing;
mod passing;
mod relay;
#[cfg_attr(feature = "demo", expect(dead_code, reason = "the demo has no settings"))]
mod settings;
mod signature;
mod site;
mod upstream;

use std::rc::Rc;

use proxy::Refusal;
use worker::{Context, Env, Request, Response, event};

use crate::{body::Body, host::Host};

#[event(fetch)]
async fn fetch(request: Request, env: Env, context: Context) -> worker::Result<Response> {
    let Some(site) = site::of(&env) else { return not_configured() };
    let tasks = Rc::new(move |task| context.wait_until(task));
    host::handle(&Host { site, env, tasks, desk: None }, request).await
}

/// The answer to everything, while the settings have mistakes.
fn not_configured() -> worker::Result<Response> {
    outgoing::answer(Refusal::NotConfigured.response().map(Body::from))
}
