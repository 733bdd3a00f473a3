//! The ledger: one object for the whole deployment, through which every change goes. What
//! `riskdesk serve` keeps in its process is here in this object: who changes what right now, the
//! end of the audit log's chain, and the vendor's limit as changes meet it.
//!
//! - [`pass_on`]: hands a request to it that the gate has let through
//! - [`Ledger`]: the object. It judges the request again and takes nobody's word
//! - [`Desk`]: what it keeps: who changes what, and the [`log`] on D1, through [`database`]
//!
//! Of such an object there is one at a time
//! (<https://developers.cloudflare.com/durable-objects/concepts/what-are-durable-objects/>), so
//! the log has one writer. Should an old one still be writing when a new one starts, the table
//! takes the record of whoever is first, and the other looks again: the chain can't fork.

mod database;
mod log;

use std::{fmt, rc::Rc};

use bytes::Bytes;
use futures_channel::oneshot;
use http::{Request, Response};
use model::AuditQuery;
use proxy::{Refusal, turns::Turns};
use serde_json::json;
use worker::{DurableObject, Env, State, Stub, durable_object};

use crate::{
    clock,
    host::{self, Host},
    logs, not_configured, outgoing, site,
};
use database::Database;
pub use log::Log;

/// The binding, and the object's name.
const BINDING: &str = "LEDGER";
const NAME: &str = "ledger";

/// Where the object is asked whether it could record a change. The gate knows no such address, so
/// no request that it passes on has it.
const CAN_RECORD: &str = "https://ledger/-/can-record";

/// What the object keeps.
pub struct Desk {
    pub turns: Turns,
    pub log: Log,
}

impl Desk {
    pub async fn can_record(&self) -> bool {
        match self.log.try_append().await {
            Ok(()) => true,
            Err(error) => {
                logs::error(
                    "the audit log can't be written",
                    json!({ "error": error.to_string() }),
                );
                false
            }
        }
    }

    /// The answer to `/api/v1/audit`.
    pub async fn page(&self, query: &AuditQuery, request_id: &str) -> Response<Bytes> {
        match self.log.page(query, clock::now()).await {
            Ok(lines) => proxy::audit::page(query, lines),
            Err(error) => {
                let fields = json!({ "error": error.to_string(), "request_id": request_id });
                logs::error("the audit log can't be read", fields);
                Refusal::NoAudit.response()
            }
        }
    }
}

#[durable_object(fetch)]
pub struct Ledger {
    state: Rc<State>,
    env: Env,
    desk: Result<Rc<Desk>, String>,
}

impl fmt::Debug for Ledger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ledger").finish_non_exhaustive()
    }
}

impl DurableObject for Ledger {
    fn new(state: State, env: Env) -> Self {
        let state = Rc::new(state);
        let tasks = state.clone();
        let desk = Database::of(&env).map(|database| {
            let log = Log::new(database, Rc::new(move |task| tasks.wait_until(task)));
            Rc::new(Desk { turns: Turns::default(), log })
        });
        Self { state, env, desk: desk.map_err(|error| error.to_string()) }
    }

    async fn fetch(&self, request: worker::Request) -> worker::Result<worker::Response> {
        let Some(site) = site::of(&self.env) else { return not_configured() };
        let desk = match &self.desk {
            Ok(desk) => desk.clone(),
            Err(error) => {
                logs::error("there is no database", json!({ "error": error }));
                return outgoing::answer(Refusal::NoRecord.response().map(Into::into));
            }
        };
        if request.inner().url() == CAN_RECORD {
            let status = if desk.can_record().await { 200 } else { 503 };
            return worker::Response::empty().map(|response| response.with_status(status));
        }
        let state = self.state.clone();
        let tasks = Rc::new(move |task| state.wait_until(task));
        let host = Host { site, env: self.env.clone(), tasks, desk: Some(desk) };
        host::handle(&host, request).await
    }
}

/// Has the ledger answer a request. It does so to the end, also when whoever asked hangs up.
pub async fn pass_on(
    host: &Host,
    url: &str,
    request: &Request<Bytes>,
) -> worker::Result<worker::Response> {
    let stub = stub(&host.env)?;
    let passed = outgoing::request(url, request)?;
    let (tell, told) = oneshot::channel();
    host.spawn(async move {
        // Whoever asked may have gone.
        let _ = tell.send(stub.fetch_with_request(passed).await);
    });
    told.await.map_err(|_| worker::Error::from("nobody is there to tell"))?
}

/// Whether a change could be put on record now.
pub async fn can_record(env: &Env) -> bool {
    let Ok(stub) = stub(env) else { return false };
    stub.fetch_with_str(CAN_RECORD).await.is_ok_and(|answer| answer.status_code() == 200)
}

fn stub(env: &Env) -> worker::Result<Stub> {
    env.durable_object(BINDING)?.get_by_name(NAME)
}
