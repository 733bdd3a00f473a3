//! The keys of Access, fetched. What was fetched is kept for half a minute in the cache of this
//! data center, so that isolates that start together ask once, as one host would: the core asks no
//! more often than that either (`src/proxy/access/keystore.rs`).

use bytes::Bytes;
use http::{Request, StatusCode, Uri};
use proxy::limits;
use worker::{Cache, Headers, ResponseBuilder};

use crate::{clock, relay, upstream};

/// A cache of our own, beside the one that the zone's pages are in.
const CACHE: &str = "riskdesk-access-keys";

const KEPT: &str = "max-age=30";

/// The body at `url`, if a GET is answered 200 in time and within the size of such an answer.
pub async fn fetch(url: &Uri) -> Option<Bytes> {
    clock::within(limits::KEYS_TIME, kept_or_fetched(url)).await?
}

async fn kept_or_fetched(url: &Uri) -> Option<Bytes> {
    let (cache, address) = (Cache::open(CACHE.to_owned()).await, url.to_string());
    if let Ok(Some(mut kept)) = cache.get(address.as_str(), false).await {
        return kept.bytes().await.ok().map(Bytes::from);
    }
    let mut request = Request::new(Bytes::new());
    *request.uri_mut() = url.clone();
    let mut opened = upstream::open(&request).await.ok()?;
    let (body, has_ended) = relay::start(&mut opened.body, limits::KEYS_BODY).await.ok()?;
    if opened.head.status != StatusCode::OK || !has_ended {
        return None;
    }
    let headers = Headers::new();
    let _ = headers.set("cache-control", KEPT);
    let copy = ResponseBuilder::new().with_headers(headers).fixed(body.to_vec());
    // Without a copy the next isolate fetches its own.
    let _ = cache.put(address.as_str(), copy).await;
    Some(body)
}
