//! The app's files, which Workers keeps and serves. A request for one by its very name never gets
//! here, unless the settings of the deployment say so; what does is a navigation, which is answered
//! with `index.html`, or names a file that isn't there.

use http::{HeaderMap, Request, header};
use proxy::assets::{self, AppPath};
use worker::{Env, Headers, RequestInit};

use crate::{body::Body, outgoing};

/// The files' names, in order; `build.rs` makes the list.
const NAMES: &[&str] = include!(concat!(env!("OUT_DIR"), "/names.rs"));

/// What a file is asked for with, beside its name.
const PASSED: [header::HeaderName; 2] = [header::ACCEPT_ENCODING, header::IF_NONE_MATCH];

pub async fn answer<B>(
    env: &Env,
    path: &AppPath,
    request: &Request<B>,
) -> worker::Result<worker::Response> {
    let Some(name) = assets::name(NAMES, path, request.headers()) else {
        return outgoing::answer(assets::missing().map(Body::from));
    };
    let mut init = RequestInit::new();
    init.headers = Headers::new();
    for passed in PASSED {
        if let Some(value) = request.headers().get(&passed).and_then(|value| value.to_str().ok()) {
            init.headers.set(passed.as_str(), value)?;
        }
    }
    // The name of the host is not looked at.
    let found = env.assets("ASSETS")?.fetch(format!("https://assets/{name}"), Some(init)).await?;
    let mut dress = HeaderMap::new();
    assets::dress(name, &mut dress);
    let headers = outgoing::headers(&dress)?;
    for (name, value) in found.headers() {
        if !headers.has(&name)? {
            headers.append(&name, &value)?;
        }
    }
    Ok(found.with_headers(headers))
}
