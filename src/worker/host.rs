//! Does what the proxy's gate says, with every request: near whoever asks, and once more in the
//! ledger's object for what goes on record.

use std::{future::Future, pin::Pin, rc::Rc, time::Duration};

use bytes::Bytes;
use chrono::{DateTime, Utc};
use http::{HeaderMap, Request, Response, Uri};
use proxy::{
    Refusal, Verdict,
    access::{Doubt, Refreshed, RsaKey},
    check::Trouble,
    headers,
};
use serde_json::json;
use worker::{Delay, Env};

use crate::{
    body::Body,
    change, clock, files, ids, incoming, keys,
    ledger::{self, Desk},
    logs, outgoing, relay, signature,
    site::Site,
};

pub type Task = Pin<Box<dyn Future<Output = ()>>>;

#[derive(Clone)]
pub struct Host {
    pub site: Rc<Site>,
    pub env: Env,
    /// Runs a task that goes on when whoever asked has gone.
    pub tasks: Rc<dyn Fn(Task)>,
    /// In the ledger's object alone.
    pub desk: Option<Rc<Desk>>,
}

/// An answer, and what is still to be said on it.
enum Answered {
    Own(Response<Body>),
    File(worker::Response),
    /// The ledger's, which has said it all.
    Ledgers(worker::Response),
}

impl Host {
    pub fn spawn(&self, task: impl Future<Output = ()> + 'static) {
        (self.tasks)(Box::pin(task));
    }

    /// Fetches the keys of Access.
    async fn refresh(&self) {
        match self.site.gate.refresh(self, clock::now()).await {
            Ok(Refreshed { keys, changed: true }) => {
                logs::info("Access has other keys", json!({ "keys": keys }));
            }
            Ok(_) => {}
            Err(error) => logs::warn(
                "no keys: those at hand are used for a day",
                json!({ "error": error.to_string() }),
            ),
        }
    }
}

impl proxy::Host for Host {
    async fn is_signed(&self, key: &RsaKey, message: &[u8], signature: &[u8]) -> bool {
        signature::is_good(key, message, signature).await
    }

    async fn fetch_keys(&self, url: &Uri) -> Option<Bytes> {
        keys::fetch(url).await
    }

    fn refresh_soon(&self) {
        let host = self.clone();
        self.spawn(async move { host.refresh().await });
    }

    async fn can_record(&self) -> bool {
        match &self.desk {
            Some(desk) => desk.can_record().await,
            None => ledger::can_record(&self.env).await,
        }
    }

    async fn pause(&self, time: Duration) {
        Delay::from(time).await;
    }
}

/// Answers a request.
pub async fn handle(host: &Host, mut request: worker::Request) -> worker::Result<worker::Response> {
    let id = ids::next();
    let (method, url) = (request.inner().method(), request.inner().url());
    let answered = match incoming::read(&mut request).await {
        Ok(request) => answer(host, &url, &request, &id, clock::now()).await?,
        Err(refusal) => Answered::Own(refusal.response().map(Body::from)),
    };
    let mut said = HeaderMap::new();
    headers::name_request(&mut said, &id);
    host.site.gate.finish(&mut said);
    match answered {
        Answered::Ledgers(response) => Ok(response),
        Answered::File(response) => {
            let headers = response.headers().clone();
            for (name, value) in &said {
                headers.set(name.as_str(), value.to_str().unwrap_or_default())?;
            }
            Ok(response.with_headers(headers))
        }
        Answered::Own(mut response) => {
            response.headers_mut().extend(said);
            tell(&id, &method, &url, &response);
            outgoing::answer(response)
        }
    }
}

/// What an answer tells whoever runs Riskdesk.
fn tell(id: &str, method: &str, url: &str, response: &Response<Body>) {
    let path = incoming::target(url).map(|target| target.path().to_owned()).unwrap_or_default();
    if let Some(doubt) = response.extensions().get::<Doubt>() {
        let doubt = doubt.to_string();
        let fields = json!({ "request_id": id, "doubt": doubt, "method": method, "path": path });
        logs::info("nobody that Access vouches for", fields);
    }
    if let Some(trouble) = response.extensions().get::<Trouble>() {
        let fields = json!({ "request_id": id, "method": method, "path": path });
        logs::warn(&trouble.to_string(), fields);
    }
}

async fn answer(
    host: &Host,
    url: &str,
    request: &Request<Bytes>,
    id: &str,
    now: DateTime<Utc>,
) -> worker::Result<Answered> {
    let verdict = host.site.gate.receive(host, request, now).await;
    let recorded = matches!(&verdict, Verdict::Audit(_))
        || matches!(&verdict, Verdict::Forward(forward) if forward.change.is_some());
    // Judged here, so that nobody who may not write keeps the object busy; judged there again, so
    // that it takes nobody's word.
    if recorded && host.desk.is_none() {
        return Ok(match ledger::pass_on(host, url, request).await {
            Ok(response) => Answered::Ledgers(response),
            Err(error) => {
                let error = error.to_string();
                logs::error(
                    "the ledger can't be reached",
                    json!({ "request_id": id, "error": error }),
                );
                Answered::Own(lost(&verdict).map(Body::from))
            }
        });
    }
    Ok(Answered::Own(match verdict {
        Verdict::Answer(response) => response.map(Body::from),
        Verdict::App(path) => {
            return files::answer(&host.env, &path, request).await.map(Answered::File);
        }
        Verdict::Demo(change) => {
            let set = host.site.upstream.set(change);
            set.map_or_else(|| Refusal::NotFound.response(), proxy::demo::answer).map(Body::from)
        }
        Verdict::Audit(query) => match host.desk.as_ref() {
            Some(desk) => desk.page(&query, id).await.map(Body::from),
            None => Refusal::NoAudit.response().map(Body::from),
        },
        Verdict::Forward(mut forward) => match (forward.change.take(), &host.desk) {
            (None, _) => relay::read(host, *forward).await,
            (Some(change), Some(desk)) => {
                change::make(host, desk, id.to_owned(), *forward, change).await.map(Body::from)
            }
            (Some(_), None) => Refusal::NoRecord.response().map(Body::from),
        },
    }))
}

/// The answer where the ledger gave none. Whether it made the change is open.
fn lost(verdict: &Verdict) -> Response<Bytes> {
    match verdict {
        Verdict::Forward(forward) => forward.reply.refuse(proxy::refusal::Fault::Broken),
        _ => Refusal::NoAudit.response(),
    }
}
